"""Human languages and how well they are spoken, from the lines of their sections."""

import re
from collections.abc import Iterator

from bot.documents import Document, Kind
from bot.profile.areas import Area
from bot.profile.headings import word_count
from bot.profile.lists import LABEL, joined_members, list_members, list_rows
from bot.profile.pieces import Piece
from bot.profile.profile import Language
from bot.profile.vocabulary import is_language, labels, word_list
from bot.words import words

_LEVEL = re.compile(
    r"^(?:[ABC][12][+]?(?:[-/–][ABC]?[12])?|N[1-5]|JLPT\s?N[1-5]|HSK\s?[1-9]|CET-?[46]|[0-9](?:[.,][05])?\s?/\s?[0-9]{1,2}|(?:IELTS|TOEFL|TOEIC|DELE|DELF|DALF|TestDaF)\b.*)$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"\s*[,，、;；|•/]\s*|\s+·\s+|\s+(?:and|und|et|y|&)\s+|(?<=\w{2})[.。]\s+|(?<=[)）])[.。]\s+"
)
_PARTED = re.compile(
    r"^(?P<name>.+?)\s*(?::|：|\s[–—-]\s|\s·\s|–|—|(?=[(（]))\s*[(（]?(?P<fluency>[^()（）]+)[)）]?$"
)
_UNKNOWN = re.compile(r"(?:[a-z]+\s){0,2}(?P<name>[^\W\d_]*[A-Z][^\W\d_]*)")  # "some Fanakalo"
_BROKEN = re.compile(r"[^\w\s'’.-]")  # no name goes over it
_DASH = re.compile(r"\s[–—-]\s")
_BESIDE = " :：–—-·.。"  # around how well a language is spoken
_LONGEST_NAME = 4  # words of a language's name
_MOST_WORDS = 10  # of a language with how well it is spoken


def read_languages(document: Document, area: Area) -> list[Language]:
    """The human languages of an area, and how well each is spoken."""
    found: list[Language] = []
    for block, lines in list_rows(document, area.blocks):
        if block.kind is Kind.HEADING:
            continue
        if block.kind is Kind.ROW:
            if lines and (is_language(lines[0].text) or len(lines) == 2):
                fluency = lines[1].value() if len(lines) > 1 else None
                found.append(Language(lines[0].value(), fluency))
            continue
        for line in lines:
            found += _languages(line)
    return found


def _languages(line: Piece) -> Iterator[Language]:
    if match := LABEL.match(line.text):
        name, rest = line.cut(*match.span(1)), line.cut(match.end())
        if _is_fluency(name.text) and not is_language(name.text):
            for part in list_members(rest):
                for each in joined_members(part):
                    yield Language(each.value(), name.value())
            return
        if "language" in labels(name.text):
            line = rest
    found: list[Language] = []
    others: list[Language] = []
    dashed = line.split(_DASH)
    apart = len(dashed) > 1 and all(_name(part.text) for part in dashed)
    for part in (p for each in (dashed if apart else [line]) for p in each.split(_SEPARATOR)):
        part = part.strip(".。 ")
        if spoken := _language(part):
            found.append(spoken)
        elif found and found[-1].fluency is None and _is_fluency(part.text):
            found[-1] = Language(found[-1].language, part.value())  # "Dutch, mother tongue."
        elif match := _UNKNOWN.fullmatch(part.text):
            how = part.cut(0, match.start("name"))
            unknown = part.cut(*match.span("name")).value()
            others.append(Language(unknown, how.value() if how else None))
    yield from found
    if len(found) > 1:  # a list of languages: what CLDR doesn't know is one, too
        yield from others


def _language(part: Piece) -> Language | None:
    """The language that the part names, with what else it says; None if it names none."""
    if not part or word_count(part.text) > _MOST_WORDS:
        return None
    span = _name(part.text)
    if span is None:
        match = _PARTED.match(part.text)
        if match and _is_fluency(match["fluency"]):
            name, fluency = part.cut(*match.span("name")), part.cut(*match.span("fluency"))
            return Language(name.value(), fluency.value())
        return None
    before, name, after = part.cut(0, span[0]), part.cut(*span), part.cut(span[1])
    before, after = before.strip(_BESIDE), _unbracketed(after.strip(_BESIDE))
    said = part if before and after else before or after
    return Language(name.value(), said.value() if said else None)


def _unbracketed(piece: Piece) -> Piece:
    """The piece without brackets around all of it."""
    whole = re.fullmatch(r"[(（][^()（）]*[)）]", piece.text)
    return piece.cut(1, len(piece) - 1) if whole else piece


def _name(text: str) -> tuple[int, int] | None:
    """Where the first name of a language stands in the text, the longest there."""
    tokens = words(text)
    for first in range(len(tokens)):
        for last in range(min(len(tokens), first + _LONGEST_NAME), first, -1):
            start, end = tokens[first].start, tokens[last - 1].end
            if _BROKEN.search(text[start:end]) or not is_language(text[start:end]):
                continue
            several = last - first > 1
            # "Swiss German" is a name; "some Polish", "A1 Polish" and "Polish fair" are Polish.
            if several and any(
                _is_fluency(word) or (word.islower() and not text[start:end].islower())
                for word in (tokens[first].text, tokens[last - 1].text)
            ):
                continue
            return start, end
    return None


def _is_fluency(text: str) -> bool:
    return bool(_LEVEL.match(text)) or word_list("fluency").count(text) > 0
