"""Who the candidate is and how to reach them, from the head of the document."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.dates import find_periods
from bot.documents import Document, Kind
from bot.profile.accounts import addresses
from bot.profile.areas import Area
from bot.profile.entities import is_job
from bot.profile.headings import labelled, word_count
from bot.profile.links import DOMAIN, EMAIL, Link, links
from bot.profile.persons import is_name
from bot.profile.phones import phone_numbers
from bot.profile.pieces import Piece, piece_of
from bot.profile.places import is_place, is_region, is_street, read_place
from bot.profile.profile import Basics, Place, Value
from bot.profile.vocabulary import labels, sentences, word_list
from bot.sources.sections import is_document_title, is_section_title
from bot.words import words

_SEPARATOR = re.compile(r"\s*[|│¦｜•●▪◦⋅∙\t]\s*|\s+[-–—/]\s+|\s*·\s+|\s+·\s*|\s{3,}|[;；]\s*")
_FIELDS = ("birth", "name", "email", "phone", "url", "location", "headline", "position")
_PICTURES = re.compile(r"^[^\w+(@\"“„«]+|[^\w)@.!?\"”»]+$")
_SENTENCE_ENDS = (".", "!", "?", "。", "！", "？")
_COMMA = re.compile(r"\s*[,，]\s*")
_BRACKET = re.compile(r"\s*[(（][^()（）]*[)）]$")
_OPEN_ENDS = (":", "：", "|", "·", "•")  # of a line that goes on below
_NAME_END = re.compile(r"[,.;!?，。；！？]|\s+(?:and|und|et|y)\s+|(?<=\S)\s+[–—-]\s")
_ROLE_END = re.compile(r"[.;!?。；！？,，]|\s+(?:with|who|that|mit|der|die|qui|avec|que|con)\s+")
_MOST_WORDS = 14  # in a headline
_MOST_PARTS = 5  # of an address
# What is left of a line beside its addresses: sentences, the last perhaps a label of what follows.
_SENTENCE = re.compile(r"(?<=\w{3})[.。]\s+(?=\w)|(?<=[)）])[.。]\s+")
_LAST_COMMA = re.compile(r"[,;，；](?!.*[,;，；])")
_LABEL = re.compile(r"^([^\W\d][^:：,.]{1,24})[:：]\s*")
_LABELLED_SITE = re.compile(r"[:：]\s*((?:[a-z0-9-]+\.)+[a-z]{2,8})/?$", re.IGNORECASE)


@dataclass
class _Found:
    name: Value | None = None
    label: Value | None = None
    email: Value | None = None
    phone: Value | None = None
    location: Place | None = None
    links: list[tuple[Link, Piece]] = field(default_factory=list)  # with the part it stands in
    summary: list[Value] = field(default_factory=list)


def read_basics(document: Document, areas: Sequence[Area]) -> Basics:
    """The candidate's name, headline, address … of one document."""
    found = _Found()
    _title(document, found)
    for area in areas:
        if area.kind in ("preamble", "basics", "contact", "location"):
            for block in area.blocks:
                piece = piece_of(document, block)
                if (
                    block.kind is Kind.HEADING
                    and found.name
                    and piece.value().text == document.title
                ):
                    continue
                for line in _lines(piece):
                    _read_line(document, line, area.kind, found)
        elif area.kind == "summary":
            _read_summary(document, area, found)
    for area in areas:
        if area.kind in ("preamble", "basics", "summary"):
            _read_sentences(document, area, found)
    url, profiles = addresses(found.links)
    return Basics(
        name=found.name,
        label=found.label,
        email=found.email,
        phone=found.phone,
        url=url,
        summary=tuple(found.summary),
        location=found.location,
        profiles=profiles,
    )


def _title(document: Document, found: _Found) -> None:
    if document.title is None:
        return
    block = next((b for b in document.blocks if b.text == document.title), None)
    if block is None:
        return
    piece = piece_of(document, block)
    for part in [piece, *piece.split(_SEPARATOR), *piece.split(re.compile(r",\s+|:\s+"))]:
        plain = _without_title_words(part)
        if plain and is_name(plain.text):
            found.name = plain.value()
            return


def _without_title_words(piece: Piece) -> Piece:
    """The piece without "CV of" and the like at its ends."""
    known = word_list("titles")
    while (end := known.leads(piece.text)) and end < len(piece):
        piece = piece.cut(end).strip(" :–—-|·,'’")
    while (start := known.ends(piece.text)) is not None and start > 0:
        piece = piece.cut(0, start).strip(" :–—-|·,'’")
    return piece


def _lines(piece: Piece) -> list[Piece]:
    """The lines of the head of a document; prose stays whole."""
    lines: list[Piece] = []
    for line in piece.lines():
        if lines and lines[-1].text.endswith(_OPEN_ENDS):
            lines[-1] = lines[-1].upto(line)
        else:
            lines.append(line)
    if len(lines) > 1 and piece.text.endswith(_SENTENCE_ENDS) and not EMAIL.search(piece.text):
        return [piece]
    return lines


def _read_line(document: Document, line: Piece, kind: str | None, found: _Found) -> None:
    rest, any_contact = _take_contacts(document, line, found)
    for part in rest:
        part = _unpictured(part)
        name, value = labelled(part, _FIELDS)
        if name:
            _take_labelled(name, value, found)
            continue
        part = _without_label(part)
        if not part or labels(part.text) or is_document_title(part.text):
            continue
        if is_section_title(part.text):
            continue
        _take_part(part, kind, any_contact, found)


def _take_contacts(document: Document, line: Piece, found: _Found) -> tuple[list[Piece], bool]:
    """Take addresses and numbers from a line; what is left of it, and whether any were there."""
    taken: list[tuple[int, int]] = []
    starts = [place.start for place in line.places]
    for link in links(line):
        start = starts.index(link.shown.places[0].start)
        taken.append((start, start + len(link.shown)))
        if not EMAIL.search(link.shown.text):
            at = link.shown.places[0].start
            part = next(
                p for p in line.split(_SEPARATOR) if p.places[0].start <= at <= p.places[-1].start
            )
            found.links.append((link, part))
    for match in EMAIL.finditer(line.text):
        taken.append(match.span())
        found.email = found.email or line.cut(*match.span()).value()
    masked = _masked(line.text, taken)
    for start, end in phone_numbers(masked, document.language):
        if not _is_birth(line.text[:start]):
            taken.append((start, end))
            found.phone = found.phone or line.cut(start, end).value()
    masked = _masked(line.text, taken)
    rest: list[Piece] = []
    parts = line.split(_SEPARATOR)
    name = found.name.text if found.name else None
    named = any(part.text == name if name else is_name(part.text) for part in parts)
    known = named or any(_is_location(part.text, False, None) for part in parts)
    if not taken and len(parts) < 3 and not known:
        parts = [line]
    for part in parts:
        start = starts.index(part.places[0].start)
        inside = [(a, b) for a, b in taken if start <= a < start + len(part)]
        bracket = re.search(r"\s*[(（]", part.text)
        site = part.cut(0, bracket.start()) if bracket else part
        if label := _LABELLED_SITE.search(site.text):
            site = site.cut(*label.span(1))
        if not inside and DOMAIN.match(site.text) and _is_site(site.text):
            found.links.append((Link(site, site.value()), part))
            taken.append((start, start + len(part)))
            continue
        if not inside:
            rest.append(part)
            continue
        at = start
        for a, b in [*sorted(inside), (start + len(part), start + len(part))]:
            rest += _left(line.cut(at, a), before_contact=a < start + len(part))
            at = max(at, b)
    return rest, bool(taken)


def _left(piece: Piece, *, before_contact: bool) -> list[Piece]:
    """The sentences of what stands beside an address, without the words that only announce it:
    "Bristol. Write to:".
    """
    parts = piece.strip(",;·|–—-").split(_SENTENCE)
    if parts and before_contact and parts[-1].text.endswith((":", "：")):
        parts[-1:] = parts[-1].split(_LAST_COMMA)[:-1]
    parts = [part.strip(",;:：·|–—-.") for part in parts]
    return [
        part if part.text.count("(") == part.text.count(")") else part.strip("()")
        for part in parts
        if part.strip("()")
    ]


def _masked(text: str, taken: Sequence[tuple[int, int]]) -> str:
    for start, end in taken:
        text = text[:start] + "\n" * (end - start) + text[end:]
    return text


def _is_site(text: str) -> bool:
    # "B.Sc" isn't a site: its last part would be.
    return bool(re.search(r"[a-z]{3,}\.[a-z]{2,8}/?$", text))


def _is_birth(before: str) -> bool:
    tail = re.split(r"[|·;\n]", before)[-1]
    return "birth" in labels(tail.strip(" :："))


def _unpictured(part: Piece) -> Piece:
    """The part without pictures and signs at its ends."""
    match = _PICTURES.match(part.text)
    return part.cut(match.end()) if match and match.end() < len(part) else part


def _take_labelled(name: str, value: Piece, found: _Found) -> None:
    match name:
        case "name" if found.name is None:
            found.name = value.value()
        case "headline" | "position" if found.label is None:
            found.label = value.value()
        case "location" if found.location is None:
            found.location = read_place(value)
        case _:
            pass


def _without_label(part: Piece) -> Piece:
    """The part without a word such as "Phone" that stands where the number was."""
    tokens = words(part.text)
    if tokens and len(tokens) <= 2 and labels(part.text):
        return part.cut(len(part))
    return part


def _take_part(part: Piece, kind: str | None, with_contacts: bool, found: _Found) -> None:
    text = part.text
    heads = kind in ("preamble", "basics", "contact")
    if found.name is None and heads and is_name(text) and not is_place(text):
        found.name = part.value()
        return
    if found.name and text == found.name.text:
        return
    for end in (_SENTENCE, _COMMA) if kind == "preamble" else ():
        job, place = _halves(part, end)
        known = is_place(re.split(_COMMA, place.text)[-1])
        if is_job(job.text) and known and _is_location(place.text, False, kind):
            found.label = found.label or job.value()
            found.location = found.location or read_place(place)
            return
    address = part.strip("*•.")
    if (bracket := _BRACKET.search(address.text)) and bracket.start():
        address = address.cut(0, bracket.start())  # "Odense, Denmark (open to relocation)"
    if based := word_list("based").leads(address.text):
        address = address.cut(based)
    elif (label := _LABEL.match(address.text)) and any(
        "location" in labels(word.text) for word in words(label[1])
    ):
        address = address.cut(label.end())
    if kind == "location" or (
        found.location is None and address and _is_location(address.text, with_contacts, kind)
    ):
        found.location = found.location or read_place(address or part)
        return
    if kind != "preamble":
        return
    count = word_count(text)
    if count > _MOST_WORDS or (count > 6 and text.endswith(_SENTENCE_ENDS)):
        found.summary.append(part.value())
    elif found.label is None and count and (is_job(text) or (found.name and not with_contacts)):
        found.label = part.value()


def _halves(part: Piece, end: re.Pattern[str]) -> tuple[Piece, Piece]:
    """What stands before and behind the first match, without a full stop at the end."""
    match = end.search(part.text)
    at, to = match.span() if match else (len(part), len(part))
    return part.cut(0, at).strip("."), part.cut(to).strip(".")


def _is_location(text: str, with_contacts: bool, kind: str | None) -> bool:
    if is_place(text):
        return True
    if is_job(text) or text.endswith(_SENTENCE_ENDS) or len(text) > 80 or find_periods(text):
        return False
    parts = [part for part in re.split(r"\s*[,，]\s*", text) if part]
    street = any(is_street(part) for part in parts[:2]) and len(parts) > 1
    if re.search(r"\b[0-9]{4,6}\b|\b[A-Z]{1,2}[0-9]{1,2}[A-Z]?\b", text) and any(
        re.search(r"[^\W\d]{3,}", part) for part in parts
    ):
        return any(char.isdigit() for char in text) and (
            with_contacts or len(parts) > 1 or kind in ("contact", "basics")
        )
    if len(parts) == 2 and is_region(parts[1]):
        return True
    capital = all(is_street(part) or part[:1].isupper() for part in parts)
    proper = capital and any(_is_proper(part) for part in parts)
    most = _MOST_PARTS if street else 3
    if not 0 < len(parts) <= most or not proper or _is_name_of_network(text):
        return False
    # Beside a number or address a place is likely; elsewhere part of it must be known.
    return with_contacts or street or any(is_place(part) for part in parts)


def _is_proper(part: str) -> bool:
    """Whether the words are a name's: "Kirchbrunn near Kassel", not "Write to"."""
    plain = re.sub(r"[(（].*?[)）]", "", part).split()
    return (
        0 < len(plain) <= 4
        and plain[0][:1].isupper()
        and not (plain[-1][:1].islower() or plain[-1].isdigit())
    )


def _is_name_of_network(text: str) -> bool:
    """Whether the text is a word before a link, or a button: "LinkedIn", "Website"."""
    return len(text.split()) == 1 and (bool(labels(text)) or text != text.title())


def _read_summary(document: Document, area: Area, found: _Found) -> None:
    for block in area.blocks:
        if block.kind is not Kind.HEADING:
            piece = piece_of(document, block)
            if found.email is None or found.phone is None:
                for match in EMAIL.finditer(piece.text):
                    found.email = found.email or piece.cut(*match.span()).value()
            if piece:
                found.summary.append(piece.value())


def _read_sentences(document: Document, area: Area, found: _Found) -> None:
    """The name and the profession where the candidate says them in a sentence."""
    for block in area.blocks:
        piece = piece_of(document, block)
        for match in sentences("names").finditer(piece.text):
            name = _ended(piece.cut(match.end()), _NAME_END)
            if found.name is None and name and is_name(name.text):
                found.name = name.value()
        for match in sentences("roles").finditer(piece.text):
            role = _ended(piece.cut(match.end()), _ROLE_END)
            if found.label is None and role and word_list("jobs").count(role.text):
                found.label = role.value()


def _ended(piece: Piece, end: re.Pattern[str]) -> Piece:
    # A point within a word ends nothing: C++/.NET, Dr. Doe
    for match in end.finditer(piece.text):
        before = piece.text[: match.start()].split()[-1:]
        if match[0] == "." and (
            piece.text[match.end() : match.end() + 1].strip()
            or (before and before[0] in word_list("honorifics"))
        ):
            continue
        return piece.cut(0, match.start())
    return piece
