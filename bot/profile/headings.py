"""The lines that name an entry, cut into parts: "Cook, The Inn | Bath", "*2018 – 2020, Bath*"."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bot.dates import Period, find_periods, undated
from bot.profile.pieces import Piece
from bot.profile.places import is_place, is_region
from bot.profile.profile import Dates
from bot.profile.vocabulary import labels, phrases, word_list
from bot.words import words

_STRONG = re.compile(
    r"\s*\u3000\s*|(?<=[\u3400-\u9fff）)])\s+(?=[\u3400-\u9fff])|\s+[-–—―~]\s+|\s*[|│¦｜@＠●▪◦→←►]\s*|\s+[·•⋅∙‧・]\s*|\s*[·•⋅∙‧・]\s+|\s*\t\s*|\s{2,}|\s*[—―]\s*|\s+/\s+"
)
_WEAK = re.compile(r",\s+|[，；、]\s*|;\s+|:\s+|：\s*")
_LABEL = re.compile(r"^([^:：]{2,40}?)\s*[:：](?!//)\s*(?=\S)")
# A sentence behind the name that leads to a list: "Ashe Ltd, Bath. Nine clients, among them:".
_INTRODUCING = re.compile(r"(?<=\w\.)\s+(?=[^.]+[:：]\s*$)")
_EDGES = " \t\u3000|·•∙,，;；()（）[]【】–—―-/:：→*_~＊.。"
_PAIRS = {")": "(", "）": "（", "]": "[", "】": "【"}
_BEFORE_DATE = "|·•∙,，;；(（[【–—―-/:：→\t*"
_AFTER_DATE = "|·•∙,，;；)）]】–—―-/:：→\t*."
AT, FOR, WEAK, DASH, STRONG, STYLE = "at", "for", ",", "–", "|", "*"


@dataclass(frozen=True)
class Part:
    """What stands between two separators.

    Attributes:
        before: the kind of separator before it: `AT`, `FOR`, `WEAK` (a comma), `DASH`,
            `STRONG` (others) or `STYLE`; "" for the first of its line.
        line: number of its line within the heading, from 0.
        dated: whether dates stand in the same line.
    """

    piece: Piece
    before: str
    line: int
    dated: bool

    @property
    def text(self) -> str:
        """The part as it reads."""
        return self.piece.text


@dataclass
class Heading:
    """What the lines that name an entry say.

    Attributes:
        named: parts whose field a label or the head of a column gives.
        kind: a part that says what sort of work or project it is.
        has_roles_below: whether a line tells only how long: the time of several roles that
            follow, at one employer.
    """

    parts: list[Part] = field(default_factory=list)
    dates: Dates | None = None
    named: dict[str, Piece] = field(default_factory=dict)
    kind: Piece | None = None
    has_roles_below: bool = False


def read_heading(
    lines: Sequence[Piece],
    fields: Sequence[str] = (),
    is_organization: Callable[[str], bool] | None = None,
) -> Heading:
    """The parts of an entry's lines, the title's first.

    Args:
        fields: names of the fields that a label may give; others are text.
        is_organization: whether words are known to name an organisation, where a name may
            follow "at" or "for"; None where these words are part of titles.
    """
    heading = Heading()
    for number, line in enumerate(lines):
        name, rest = labelled(line, fields)
        if name == "dates":
            heading.dates = heading.dates or _first_dates(rest)
        elif name:
            heading.named.setdefault(name, rest)
        elif _is_duration(line.text) and not find_periods(line.text):
            heading.has_roles_below = True
        else:
            named = _INTRODUCING.split(line.text)[0]
            _read_line(line.cut(0, len(named)), number, heading, is_organization)
    heading.parts = _without_kinds(_joined(heading.parts), heading)
    return heading


def read_cells(cells: Sequence[Piece], columns: Sequence[str], fields: Sequence[str]) -> Heading:
    """The cells of a table's row; `columns` are the heads of the table, "" where unknown."""
    heading = Heading()
    told = {
        name for column in columns if "location" not in labels(column) for name in labels(column)
    }
    # "Where" is for whom, if no other column tells that.
    tells_for_whom = bool(told & {"organization", "institution"})
    for number, (cell, column) in enumerate(zip(cells, columns, strict=True)):
        known = labels(column)
        name = next((name for name in fields if name in known), None)
        dates = _first_dates(cell)
        if dates and (name == "dates" or "dates" in known or not _beside(cell)):
            heading.dates = heading.dates or dates
        elif name and (name != "location" or tells_for_whom):
            heading.named.setdefault(name, cell)
        elif "skip" not in known:
            _read_line(cell, number, heading, None)
    return heading


def labelled(line: Piece, fields: Sequence[str]) -> tuple[str | None, Piece]:
    """The field that a line's label names, if it is one of `fields`, and what follows it."""
    match = _LABEL.match(line.text)
    if match:
        known = labels(match[1])
        name = next((name for name in fields if name in known), None)
        if name:
            return name, line.cut(match.end())
    return None, line


def edge_periods(text: str) -> list[Period]:
    """The dates in a line that stand at its edge or are set off, not within words."""
    return [period for period in find_periods(text) if _is_set_off(text, period)]


def _is_set_off(text: str, period: Period) -> bool:
    before, after = text[: period.start_offset], text[period.end_offset :]
    ahead, behind = before.rstrip(), after.lstrip()
    return (
        not ahead.strip(_EDGES)
        or not behind.strip(_EDGES)
        or ahead[-1] in _BEFORE_DATE
        or behind[0] in _AFTER_DATE
        or before.endswith("  ")
        or after.startswith("  ")
    )


def _first_dates(piece: Piece) -> Dates | None:
    periods = find_periods(piece.text)
    if not periods:
        return None
    best = max(periods, key=lambda p: (p.start != p.end or p.ongoing, -p.start_offset))
    return Dates(best, (piece.cut(best.start_offset, best.end_offset).span,))


def _beside(piece: Piece) -> str:
    """What stands in the piece beside its dates."""
    return undated(piece.text, find_periods(piece.text)).strip(_EDGES)


def _read_line(
    line: Piece, number: int, heading: Heading, is_organization: Callable[[str], bool] | None
) -> None:
    periods = edge_periods(line.text)
    stretches: list[Piece] = []
    if periods and heading.dates is None:
        best = max(periods, key=lambda p: (p.start != p.end or p.ongoing, -p.start_offset))
        heading.dates = Dates(best, (line.cut(best.start_offset, best.end_offset).span,))
    start = 0
    for period in periods:
        stretches.append(line.cut(start, period.start_offset))
        start = period.end_offset
    stretches.append(line.cut(start))
    for stretch in stretches:
        before = ""
        trimmed = _trim(stretch)
        if trimmed and not (periods and _is_duration(trimmed.text)):
            if heading.parts and heading.parts[-1].line == number:
                before = STRONG
            heading.parts += _parts(trimmed, before, number, bool(periods), is_organization)


def _is_duration(text: str) -> bool:
    """Whether the text only tells how long something took: "(3 years 2 months)"."""
    known = word_list("durations")
    tokens = [word.text for word in words(re.sub("[0-9]+", " ", text))]
    return any(char.isdigit() for char in text) and bool(tokens) and all(t in known for t in tokens)


def _trim(piece: Piece) -> Piece:
    """The piece without separators at its ends; a bracket that has its partner stays."""
    start, end = 0, len(piece.text)
    while (
        start < end
        and piece.text[start] in _EDGES + "@"
        and not (piece.text[start] in _PAIRS.values() and _closes(piece.text[start:end]))
    ):
        start += 1
    while (
        end > start
        and piece.text[end - 1] in _EDGES
        and not (
            (piece.text[end - 1] == "." and _is_abbreviation(piece.text[start:end]))
            or (
                piece.text[end - 1] in _PAIRS
                and _PAIRS[piece.text[end - 1]] in piece.text[start:end]
            )
        )
    ):
        end -= 1
    return piece.cut(start, end)


def _closes(text: str) -> bool:
    return any(close in text for close, open_ in _PAIRS.items() if open_ == text[0])


def _is_abbreviation(text: str) -> bool:
    return bool(re.search(r"(?:^|[\s.,&])[^\W\d_]{1,5}\.$", text))


def _parts(
    piece: Piece,
    before: str,
    line: int,
    dated: bool,
    is_organization: Callable[[str], bool] | None,
) -> Iterator[Part]:
    for strong, stretch in piece.parted(_STRONG):
        first = _kind(strong) if strong else before
        for styled in _by_style(stretch):
            for weak, part in styled.parted(_WEAK):
                kind = WEAK if weak else first
                first = STYLE
                for k, inner in _at_words(part, kind, is_organization):
                    trimmed = _trim(inner)
                    if trimmed:
                        yield Part(trimmed, k, line, dated)


def _kind(separator: str) -> str:
    if "@" in separator or "＠" in separator:
        return AT
    return DASH if separator.strip() in tuple("-–—―") else STRONG


def _by_style(piece: Piece) -> list[Piece]:
    """The piece cut where bold or italic words begin or end, if between words."""
    styled = list(piece.styled(lambda run: run.style if run.text.strip() else None))
    merged = [part for part in styled if _trim(part)]
    if len(merged) < 2 or len(merged) > 3:
        return [piece]
    for left, right in pairwise(merged):
        gap = right.places[0].start - left.places[-1].end
        if gap == 0 and left.text[-1].isalnum() and right.text[0].isalnum():
            return [piece]
    return merged


def _at_words(
    part: Piece, before: str, is_organization: Callable[[str], bool] | None
) -> list[tuple[str, Piece]]:
    """The part cut before "at", and before "for" and the like if an organisation follows."""
    if is_organization is None:
        return [(before, part)]
    for name, sure in (("at", True), ("for", False)):
        for match in phrases(name).finditer(part.text):
            rest = part.text[match.end() :].lstrip()
            if not rest or not (rest[0].isupper() or not rest[0].isascii()):
                continue
            if not part.text[match.end() : match.end() + 1].isspace():
                continue
            if match.start() == 0:
                return [(AT if sure else FOR, part.cut(match.end()))]
            left = part.text[: match.start()]
            if sure or (is_organization(rest) and not is_organization(left)):
                return [
                    (before, part.cut(0, match.start())),
                    (AT if sure else FOR, part.cut(match.end())),
                ]
    return [(before, part)]


def _joined(parts: Sequence[Part]) -> list[Part]:
    """The parts, with the short name of a state or a legal form joined to what it follows."""
    joined: list[Part] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last and part.before == WEAK and part.line == last.line:
            degree = part.text in word_list("degrees") and not is_place(last.text)
            region = is_region(part.text) and (len(part.text) == 2 or is_place(last.text))
            if (region and not degree) or part.text in word_list("legal"):
                joined[-1] = replace(last, piece=last.piece.upto(part.piece))
                continue
        joined.append(part)
    return joined


def _without_kinds(parts: list[Part], heading: Heading) -> list[Part]:
    """The parts but one that says what sort of work it is."""
    kinds = word_list("kinds")
    for part in parts:
        plain = part.text.strip("()（） ")
        if plain in kinds and len(parts) > 1 and not (part.line == 0 and part.before == ""):
            heading.kind = part.piece.strip("()（）")
            return [other for other in parts if other is not part]
    for part in parts:
        if (
            part.text in kinds
            and not any(other is not part and other.line == part.line for other in parts)
            and part.line > 0
        ):
            heading.kind = part.piece
            return [other for other in parts if other is not part]
    return parts


def groups(parts: Sequence[Part]) -> list[list[Part]]:
    """The parts by what strong separators part: "A, B | C" is two groups."""
    grouped: list[list[Part]] = []
    for part in parts:
        if grouped and part.before == WEAK and part.line == grouped[-1][0].line:
            grouped[-1].append(part)
        else:
            grouped.append([part])
    return grouped


def word_count(text: str) -> int:
    """How many words the text has; a Chinese character counts as half a word."""
    return sum(1 if word.text[0] < "\u3040" else (len(word.text) + 1) // 2 for word in words(text))
