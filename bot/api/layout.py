"""A Document as a page sets it: headings, nested lists, tables, with a citation marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby
from urllib.parse import urlsplit

from bot.documents import Block, Document, Kind, Run, Style

_LINKED = ("http", "https", "mailto", "tel")
_CELL_BORDER = " | "


@dataclass(frozen=True, slots=True)
class Span:
    """Code points of a source, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one style. `href` is of a scheme that is safe to follow."""

    text: str
    style: Style
    href: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """The text of a block or cell, the cited part apart.

    Attributes:
        first: whether the citation begins in this line.
    """

    before: tuple[Piece, ...]
    cited: tuple[Piece, ...] = ()
    after: tuple[Piece, ...] = ()
    first: bool = False


@dataclass(slots=True)
class Item:
    """A list item: its lines, and the items nested in it."""

    lines: list[Line]
    items: list["Item"] = field(default_factory=list)


@dataclass(slots=True)
class Part:
    """A heading, paragraph, list, table or piece of code; the others' fields are empty.

    Attributes:
        level: of a heading, 1 to 6.
        header: whether the first of `rows` is the table's header.
        opens: whether the rows are named fields that an entry begins with.
    """

    kind: Kind
    level: int = 0
    lines: list[Line] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    rows: list[list[Line]] = field(default_factory=list)
    header: bool = False
    opens: bool = False

    @property
    def fields(self) -> bool:
        """Whether the rows are the values of named fields rather than a table's."""
        return not self.header and all(len(row) == 1 for row in self.rows)


def lay_out(
    document: Document,
    cited: Span | None = None,
    top: int = 1,
    blocks: Sequence[Block] | None = None,
) -> list[Part]:
    """The parts of a page that shows all of the document, or some of its blocks.

    A citation that reaches beyond the text is of an earlier text: nothing is marked then.
    The highest headings get level `top`.
    """
    parts = _Layout(document, cited).parts(document.blocks if blocks is None else blocks)
    headings = [part for part in parts if part.kind is Kind.HEADING]
    down = top - min((part.level for part in headings), default=top)
    for heading in headings:
        heading.level = min(heading.level + down, 6)
    return parts


def safe_href(href: str | None) -> str | None:
    """The link's target if it leads to a site, a mailbox or a telephone, else None."""
    try:
        safe = href is not None and urlsplit(href).scheme.lower() in _LINKED
    except ValueError:
        return None
    return href if safe else None


class _Layout:
    def __init__(self, document: Document, cited: Span | None) -> None:
        self._document = document
        whole = cited is not None and 0 <= cited.start < cited.end <= len(document.text)
        self._cited = cited if cited is not None and whole else Span(0, 0)
        self._begun = False

    def parts(self, shown: Sequence[Block]) -> list[Part]:
        parts: list[Part] = []
        for kind, blocks in groupby(shown, key=lambda block: block.kind):
            match kind:
                case Kind.ITEM:
                    parts.append(Part(kind, items=self._items(list(blocks))))
                case Kind.ROW:
                    parts += self._tables(list(blocks))
                case Kind.CODE:
                    parts.append(Part(kind, lines=[self._line(block.runs) for block in blocks]))
                case _:
                    parts += [
                        Part(kind, block.level, lines=[self._line(block.runs)]) for block in blocks
                    ]
        return parts

    def _items(self, blocks: Sequence[Block]) -> list[Item]:
        top: list[Item] = []
        open_: list[tuple[Block, Item]] = []  # the innermost last
        for block in blocks:
            while open_ and open_[-1][0].level > block.level:
                open_.pop()
            line = self._line(block.runs)
            if open_ and open_[-1][0].level == block.level:
                above, item = open_[-1]
                if block.lead is not None and self._document.blocks[block.lead] is above:
                    item.lines.append(line)  # a further line of the same item
                    continue
                open_.pop()
            item = Item([line])
            (open_[-1][1].items if open_ else top).append(item)
            open_.append((block, item))
        return top

    def _tables(self, blocks: Sequence[Block]) -> Iterator[Part]:
        table = Part(Kind.ROW)
        for index, block in enumerate(blocks):
            following = blocks[index + 1] if index + 1 < len(blocks) else None
            heads = (
                following is not None
                and following.lead is not None
                and self._document.blocks[following.lead] is block
            )
            cells = _cells(block)
            begins = len(cells) == 1 and self._begins(block)
            if (heads or begins) and table.rows:
                yield table
                table = Part(Kind.ROW)
            table.opens = table.opens or begins
            table.header = table.header or heads
            table.rows.append([self._line(runs) for runs in cells])
        yield table

    def _begins(self, block: Block) -> bool:
        """Whether an entry begins with the block."""
        if block.entry is None:
            return False
        first = self._document.entries[block.entry].blocks[0]
        return self._document.blocks[first] is block

    def _line(self, runs: Sequence[Run]) -> Line:
        before: list[Piece] = []
        cited: list[Piece] = []
        after: list[Piece] = []
        for run in runs:
            first, last = self._cited_part(run)
            href = safe_href(run.href)
            # What stands before the citation in the source stands before it in the line.
            rest = after if cited or run.start >= self._cited.end else before
            for text, pieces in (
                (run.text[:first], rest),
                (run.text[first:last], cited),
                (run.text[last:], after if last > first else rest),
            ):
                if text:
                    pieces.append(Piece(text, run.style, href))
        begins = bool(cited) and not self._begun
        self._begun = self._begun or begins
        return Line(tuple(before), tuple(cited), tuple(after), begins)

    def _cited_part(self, run: Run) -> tuple[int, int]:
        """The part of the run's text, as offsets in it, that the citation covers."""
        start, end = self._cited.start, self._cited.end
        if end <= run.start or start >= run.end or start >= end:
            return 0, 0
        if start <= run.start and end >= run.end:
            return 0, len(run.text)
        places = _places(run, self._document.text[run.start : run.end])
        inside = [i for i, at in enumerate(places) if start <= at < end]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _places(run: Run, written: str) -> list[int]:
    """For each character that is shown, the offset in the source where it is written."""
    if len(written) == len(run.text):
        return list(range(run.start, run.end))
    places: list[int] = []
    at = 0
    matcher = SequenceMatcher(None, written, run.text, autojunk=False)
    for match in matcher.get_matching_blocks():
        # An escaped or referenced character is written where the last one ended.
        places += [run.start + min(at, len(written) - 1)] * (match.b - len(places))
        places += range(run.start + match.a, run.start + match.a + match.size)
        at = match.a + match.size
    return places


def _cells(block: Block) -> list[list[Run]]:
    cells: list[list[Run]] = [[]]
    for run in block.runs:
        if run.text == _CELL_BORDER:
            cells.append([])
        else:
            cells[-1].append(run)
    return cells
