"""A résumé file as a Document: its text, and its blocks and sections as spans of that text.

All offsets are Unicode code points into `Document.text`, end exclusive.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What a block is on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    CODE = "code"


class Style(StrEnum):
    """How a run is set."""

    PLAIN = "plain"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of visible text of one style.

    `text` is what a reader sees. It equals `Document.text[start:end]`, save for escapes,
    character references, and line breaks inside a paragraph, which read as one space.
    `field` is the path of the value in a file that has named fields: `work[0].position`.
    """

    start: int
    end: int
    text: str
    style: Style = Style.PLAIN
    href: str | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, table row or piece of code.

    Attributes:
        level: 1 to 6 for a heading, the depth from 1 for a list item, else 0.
        section: index into `Document.sections`.
        lead: index of the block that introduces this one: an item's parent item or the line
            above its list, a row's header row, the heading or title line of an entry.
        entry: index into `Document.entries`, if the block belongs to one.
    """

    kind: Kind
    runs: tuple[Run, ...]
    level: int
    section: int
    lead: int | None = None
    entry: int | None = None

    @property
    def start(self) -> int:
        return self.runs[0].start

    @property
    def end(self) -> int:
        return self.runs[-1].end

    @property
    def text(self) -> str:
        """The block as it reads, without markup."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document under a heading.

    Attributes:
        path: titles from the outermost section to this one. The document's own title is no
            section.
        heading: index of the heading block; None for what stands before the first heading.
    """

    path: tuple[str, ...]
    heading: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One job, project, degree …: a title, what stands beside it, and what follows.

    Attributes:
        title: the title as it reads.
        blocks: indices of its blocks, its title's first, in reading order.
    """

    title: str
    section: int
    blocks: tuple[int, ...]


@dataclass(frozen=True)
class Document:
    """A file of the corpus as it was understood.

    Attributes:
        source: the file's path below the corpus folder, with forward slashes.
        text: what citations quote, and what `GET /sources/{source}` returns.
        title: the document's own title, if it has one.
        language: ISO 639-1 code of the text.
        pages: offset of each page's start; empty where the source has no pages.
    """

    source: str
    text: str
    title: str | None
    language: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    entries: tuple[Entry, ...]
    pages: tuple[int, ...] = ()

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(r"\r\n?|\n", self.text))]

    def line(self, offset: int) -> int:
        """The 1-based number of the line that holds the code point at `offset`."""
        return bisect_right(self._line_starts, offset)

    def page(self, offset: int) -> int | None:
        """The 1-based number of the page that holds `offset`; None without pages."""
        return bisect_right(self.pages, offset) if self.pages else None

    def introducing(self, block: Block) -> Iterator[Block]:
        """The blocks that introduce this one, the nearest first."""
        while block.lead is not None:
            block = self.blocks[block.lead]
            yield block
