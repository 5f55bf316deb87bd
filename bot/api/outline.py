"""Where things stand in the documents of a corpus: in which block, under which heading."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from bot.documents import Block, Document, Kind
from bot.profile.profile import Span

Home = tuple[int, int]  # a document, and its section of the highest level
At = tuple[int, int]  # a document, and a block in it


class Outline:
    """Finds the blocks of spans and entries, and the sections they are in."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = documents
        self._number = {document.source: i for i, document in enumerate(documents)}
        self._first_entry = [0, *accumulate(len(document.entries) for document in documents)]
        self._starts = [[block.start for block in document.blocks] for document in documents]
        self._tops = [_tops(document) for document in documents]

    def block(self, at: At) -> Block:
        """The block there."""
        return self.documents[at[0]].blocks[at[1]]

    def of_span(self, span: Span) -> At:
        """Where the block is that a span begins in."""
        number = self._number[span.source]
        return number, max(bisect_right(self._starts[number], span.start) - 1, 0)

    def of_entry(self, entry: int) -> list[At]:
        """Where the blocks of an entry are; entries are numbered through the corpus."""
        number = bisect_right(self._first_entry, entry) - 1
        found = self.documents[number].entries[entry - self._first_entry[number]]
        return [(number, index) for index in found.blocks]

    def home(self, at: At) -> Home:
        """The section of the highest level that a block is in."""
        return at[0], self._tops[at[0]][self.block(at).section]

    def heading(self, home: Home) -> Block | None:
        """The heading of a section, if it has one."""
        index = self.documents[home[0]].sections[home[1]].heading
        return None if index is None else self.block((home[0], index))

    def with_between(self, places: Sequence[At]) -> list[At]:
        """Blocks, and those between them in the same sections; no headings."""
        found = set(places)
        for number, document in enumerate(self.documents):
            inside = [index for at, index in places if at == number]
            sections = {document.blocks[index].section for index in inside}
            for index in range(min(inside, default=0), max(inside, default=0)):
                block = document.blocks[index]
                if block.section in sections and block.kind is not Kind.HEADING:
                    found.add((number, index))
        return sorted(found)

    def with_headings(self, home: Home, indices: Iterable[int]) -> list[Block]:
        """Blocks of a section, and the headings below its own that they stand under."""
        document = self.documents[home[0]]
        wanted = set(indices)
        paths = {document.sections[document.blocks[index].section].path for index in wanted}
        for number, section in enumerate(document.sections):
            below = self._tops[home[0]][number] == home[1] != number
            if below and any(path[: len(section.path)] == section.path for path in paths):
                assert section.heading is not None
                wanted.add(section.heading)
        return [document.blocks[index] for index in sorted(wanted)]


def _tops(document: Document) -> list[int]:
    """For each section, the one of the highest level that it is in."""
    tops: list[int] = []
    for number, section in enumerate(document.sections):
        above = document.sections[tops[-1]].path if tops else ()
        inside = len(section.path) > 1 and above and above[0] == section.path[0]
        tops.append(tops[-1] if inside else number)
    return tops
