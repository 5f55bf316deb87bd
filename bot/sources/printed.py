"""Printed lines: text without markup, as plain text and PDF have it, grouped into blocks.

What a line break means is told by the lines alone: whether the next word would still have
fitted, how far a line is indented, and what it begins with.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.documents import Kind, Run, Style
from bot.sources.breaks import breaks_after, ends_sentence, goes_over, is_date_divided, is_open
from bot.sources.hyphens import SOFT_HYPHEN, Hyphens, is_divided
from bot.sources.runs import without
from bot.sources.structure import Line

MARKER = re.compile(
    r"(?:[-*+•·–—−▪▫‣⁃◦●○◘◙■□◆◇➢➤►▶▸✓✔✦❖★☆→»\u2043\u25aa\uf0a7\uf0b7]"
    r"|o(?=\s{1,4}\S)|\(?(?:[0-9]{1,2}|[a-z]|[ivx]{1,4})[.)](?![0-9]))(?:\s+|$)"
)
_LABEL = re.compile(r"[^\W\d_](?:\S| (?! )){1,30}\s{2,}(?=\S)")  # with the gap before its value
LABELLED = ": "  # read for the gap behind a label that is known to be one
_LETTER_MARKER = re.compile(r"o\s|\(?[a-z]+[.)]")
_DASHES = ("-", "‐", "–", "/")
_NARROWEST = 50  # columns of wrapped text whose measure is unknown
_WIDEST = 130  # longer lines aren't wrapped at all
_BLANK = 0.5  # columns of a space, where widths of letters are known
_NEARLY = 0.8  # of the measure that a line wrapped by hand reaches
_RARE = 20  # one longer line in so many doesn't tell that the others aren't
_HANG = 0.8  # columns that an indentation may be off
_MOST_DEPTH = 9
_MOST_INDENT = 4  # columns that a paragraph's first line may be set in


@dataclass(frozen=True, slots=True)
class Printed:
    """A line as it stands on the page.

    Attributes:
        runs: its text, without blanks around it.
        left, right: the columns it begins and ends in, in widths of a character.
        measure: the column up to which text may run here; 0 if unknown.
        apart: whether a blank line or more space than usual is above.
        level: of a heading, 1 to 6; 0 for any other line.
        table: for a row of a table, the number of the table; else 0.
        header: whether it is the row that names the table's columns.
        word: columns that its first word takes; 0 if one for each character.
        column: of the page, by where it begins.
    """

    runs: tuple[Run, ...]
    left: float
    right: float
    measure: float = 0
    apart: bool = False
    level: int = 0
    table: int = 0
    header: bool = False
    word: float = 0
    column: int = 0

    @property
    def text(self) -> str:
        """The line as it reads."""
        return "".join(run.text for run in self.runs)

    def without(self, length: int) -> "Printed":
        """The line less its first `length` characters."""
        return replace(self, runs=without(self.runs, length), left=self.left + length)


def group(printed: Sequence[Printed]) -> list[Line]:
    """The blocks that the lines make, in order. A line break inside a block is a run that
    reads as a space, or as nothing after a hyphen that only divides a word.
    """
    grouping = _Grouping(Hyphens([line.text for line in printed]))
    for line, measure in zip(printed, _measures(printed), strict=True):
        grouping.add(line, measure)
    return grouping.lines


@dataclass(frozen=True, slots=True)
class _Open:
    """A list item that lines may still belong to: the columns of its marker and its text."""

    marker: float
    text: float
    line: int


class _Grouping:
    def __init__(self, hyphens: Hyphens) -> None:
        self.lines: list[Line] = []
        self._hyphens = hyphens
        self._items: list[_Open] = []
        self._previous: Printed | None = None
        self._marker: Printed | None = None  # that stands alone
        self._headers: dict[int, int] = {}  # of tables

    def add(self, line: Printed, measure: float) -> None:
        previous, self._previous = self._previous, line
        if line.level or line.table:
            self._add_whole(line)
            return
        marker = MARKER.match(line.text)
        if marker and not self._is_item(line, marker, previous):
            marker = None
        if self._marker and not marker:
            self._add_item(line, self._marker.left, self._marker.apart or line.apart)
        elif marker:
            body = line.without(marker.end())
            if body.runs:
                self._add_item(body, line.left, line.apart)
            else:
                self._marker = line
        elif previous and self.lines and self._continues(previous, line, measure):
            runs = _joined(self.lines[-1].runs, line.runs, self._hyphens)
            self.lines[-1] = replace(self.lines[-1], runs=runs)
        else:
            self._add_paragraph(line)

    def _add_whole(self, line: Printed) -> None:
        """A heading or a row, which nothing continues."""
        if line.level:
            self.lines.append(Line(Kind.HEADING, line.runs, line.level))
        elif line.header and line.text == self._header_text():
            # Repeated at the top of a page.
            self._headers[line.table] = self._headers[max(self._headers)]
        else:
            header = self._headers.get(line.table)
            self.lines.append(Line(Kind.ROW, line.runs, 0, header, line.apart))
            if line.header:
                self._headers[line.table] = len(self.lines) - 1
        self._items, self._previous, self._marker = [], None, None

    def _header_text(self) -> str | None:
        """The header of the table above, if nothing has followed it."""
        if not self._headers or self.lines[-1].kind is not Kind.ROW:
            return None
        return self.lines[self._headers[max(self._headers)]].text

    def _add_item(self, body: Printed, marker_at: float, apart: bool) -> None:
        self._marker = None
        while self._items and self._items[-1].marker > marker_at - _HANG:
            self._items.pop()
        parent = self._items[-1].line if self._items else None
        level = min(len(self._items) + 1, _MOST_DEPTH)
        self._items.append(_Open(marker_at, body.left, len(self.lines)))
        self.lines.append(Line(Kind.ITEM, body.runs, level, parent, apart))

    def _add_paragraph(self, line: Printed) -> None:
        while self._items and line.left < self._items[-1].text - 2:
            self._items.pop()
        if self._items and line.left >= self._items[-1].marker + _HANG:
            # A further paragraph of the item.
            item = self._items[-1].line
            level = self.lines[item].level
            self.lines.append(Line(Kind.ITEM, line.runs, level, item, line.apart))
        else:
            self._items = []
            self.lines.append(Line(Kind.PARAGRAPH, line.runs, apart=line.apart))

    def _is_item(self, line: Printed, marker: re.Match[str], previous: Printed | None) -> bool:
        """Whether the marker begins an item: "o" and "a)" may begin a line of prose, too."""
        if previous and not line.apart and goes_over(previous.text, line.text):
            return False
        if not _LETTER_MARKER.match(marker[0]):
            return True
        return line.apart or not previous or bool(self._items)

    def _continues(self, above: Printed, line: Printed, measure: float) -> bool:
        """Whether the line goes on with what the line above says."""
        if line.apart:
            return False
        if self._items:
            item = self._items[-1]
            if line.left >= item.marker + _HANG and item.text > item.marker:
                return True  # below the item's text
            if line.left > item.text + _HANG:
                return False
        elif _hangs(above, line):
            return True
        elif abs(line.left - above.left) > _MOST_INDENT:
            return False
        if above.text.endswith(SOFT_HYPHEN):
            return True
        known = line.measure > 0
        if not known and not _NARROWEST <= measure <= _WIDEST:
            return False
        first = line.text.split(maxsplit=1)[0]
        full = above.right + (_BLANK + line.word if line.word else 1 + _width(first)) > measure
        if full and known and (is_date_divided(above.text, line.text) or is_open(above.text)):
            return True
        if breaks_after(above.text, line.text):
            return False
        goes_on = line.text[0].islower() and not ends_sentence(above.text)
        nearly = goes_on and above.right > _NEARLY * measure
        return full or nearly or is_divided(above.text, line.text)


def _hangs(above: Printed, line: Printed) -> bool:
    """Whether the line stands below the value of a label: "Languages    English, Welsh,"."""
    first, *rest = above.runs
    label = _LABEL.match(first.text)
    if label:
        width = label.end()
    elif len(rest) > 1 and rest[0].text == LABELLED:
        width = rest[1].start - first.start
    else:
        return False
    return abs(above.left + width - line.left) < _HANG


def _measures(printed: Sequence[Printed]) -> Iterator[float]:
    """For each line the column that text near it runs up to."""
    measure = 0.0
    long = sum(line.right > _WIDEST for line in printed)
    if long * _RARE > len(printed):
        measure = _WIDEST + 1.0  # nothing is wrapped
        yield from (line.measure or measure for line in printed)
        return
    for i, line in enumerate(printed):
        if line.apart or line.level or not i:
            measure = 0.0
            for near in printed[i : i + 60]:
                if measure and (near.apart or near.level):
                    break
                measure = max(measure, near.right)
        yield line.measure or measure


def _joined(above: Sequence[Run], below: Sequence[Run], hyphens: Hyphens) -> tuple[Run, ...]:
    last, first = above[-1], below[0]
    if hyphens.is_soft(last.text, first.text):
        above = [*above[:-1], replace(last, end=last.end - 1, text=last.text[:-1])]
        return (*above, _between(last, first, last.end - 1, ""), *below)
    solid = last.text.endswith(_DASHES) and last.text[-2:-1].isalnum()
    cjk = "\u2e80" < last.text[-1:] < "\ufffe" or "\u2e80" < first.text[:1] < "\ufffe"
    return (*above, _between(last, first, last.end, "" if cjk or solid else " "), *below)


def _between(last: Run, first: Run, start: int, text: str) -> Run:
    """The break between two lines, of their style and link where these go on."""
    style = last.style if last.style is first.style else Style.PLAIN
    return Run(start, first.start, text, style, last.href if last.href == first.href else None)


def _width(text: str) -> int:
    """Columns that the text takes where a Chinese character takes two."""
    return sum(2 if char > "\u2e80" else 1 for char in text)
