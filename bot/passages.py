"""Passages: the line, bullet or sentence that can be found, and quoted exactly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.documents import Block, Document, Kind

MOST_CHARACTERS = 400  # of a quote
_CLAUSE_ENDS = ("; ", ", ", "，", "；", " ")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a source that says one thing.

    Attributes:
        id: position among all passages of the corpus, from 0, in reading order.
        start, end: what is quoted, code points into the source's text; at most
            `MOST_CHARACTERS` apart.
        text: the quote as it reads, without markup.
        context: where it stands: section, entry and introducing line, in one line.
        lead: id of the passage that introduces this one.
        entry: number of the entry among all entries of the corpus.
        field: path of the value in a file that has named fields: `work[0].position`.
    """

    id: int
    source: str
    kind: Kind
    start: int
    end: int
    line: int
    page: int | None
    section: tuple[str, ...]
    text: str
    context: str
    lead: int | None = None
    entry: int | None = None
    field: str | None = None

    @property
    def embedded(self) -> str:
        """What the encoder and the reranker read: the passage with its context."""
        return f"{self.context}: {self.text}" if self.context else self.text


def split(documents: Sequence[Document]) -> list[Passage]:
    """All passages of the corpus in reading order. For each, the source holds its quote:
    `document.text[passage.start:passage.end]`.
    """
    passages: list[Passage] = []
    entries = 0
    for document in documents:
        of_block: dict[int, int] = {}  # block → its last passage, which introduces what follows
        for i, block in enumerate(document.blocks):
            context = _context(document, block)
            for start, end, text in _merged(_pieces(document, block)):
                passages.append(
                    Passage(
                        id=len(passages),
                        source=document.source,
                        kind=block.kind,
                        start=start,
                        end=end,
                        line=document.line(start),
                        page=document.page(start),
                        section=document.sections[block.section].path,
                        text=text,
                        context=context,
                        lead=of_block.get(block.lead) if block.lead is not None else None,
                        entry=entries + block.entry if block.entry is not None else None,
                        field=next((r.field for r in block.runs if r.end > start), None),
                    )
                )
                of_block[i] = len(passages) - 1
        entries += len(document.entries)
    return passages


def _context(document: Document, block: Block) -> str:
    """The section path, the entry's title and the line that introduces the block."""
    parts = list(document.sections[block.section].path)
    if block.entry is not None:
        parts.append(document.entries[block.entry].title)
    lead = next(document.introducing(block), None)
    if lead is not None:
        # Of a paragraph that leads to a list, its last sentence does.
        first, last = list(_sentences(lead.text, document.language, lead.kind))[-1]
        parts.append(lead.text[first:last])
    named = dict.fromkeys(_readable(part).rstrip(":：") for part in parts)
    named.pop(_readable(block.text), None)
    return " > ".join(named)


def _pieces(document: Document, block: Block) -> Iterator[tuple[int, int, str]]:
    """The block cut into sentences, as source offsets and readable text."""
    shown = block.text
    for first, last in _sentences(shown, document.language, block.kind):
        for start, end in _fitting(shown, first, last):
            yield *_source_span(block, start, end), _readable(shown[start:end])


def _merged(pieces: Iterator[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Pieces that can only be quoted together, as one."""
    last: tuple[int, int, str] | None = None
    for start, end, text in pieces:
        if last is not None and last[:2] == (start, end):
            last = (start, end, f"{last[2]} {text}")
            continue
        if last is not None:
            yield last
        last = (start, end, text)
    if last is not None:
        yield last


def _sentences(text: str, language: str, kind: Kind) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences without blanks around them; only prose is cut."""
    if kind in (Kind.PARAGRAPH, Kind.ITEM):
        import sentencex

        ends = [found["end_index"] for found in sentencex.get_sentence_boundaries(language, text)]
    else:
        ends = [len(text)]
    start = 0
    for end in ends:
        piece = text[start:end]
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        start = end


def _fitting(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence, cut at clauses where it is too long to quote."""
    # Markup inside the quote makes it longer than it reads.
    most = MOST_CHARACTERS * 3 // 4
    while end - start > most:
        window = text[start : start + most]
        cut = next(
            (at + len(mark) for mark in _CLAUSE_ENDS if (at := window.rfind(mark)) > most // 3),
            most,
        )
        piece = text[start : start + cut]
        yield start, start + len(piece.rstrip())
        start += cut
        start += len(text[start:end]) - len(text[start:end].lstrip())
    yield start, end


def _source_span(block: Block, start: int, end: int) -> tuple[int, int]:
    """Offsets in the source of `block.text[start:end]`."""
    first = last = None
    offset = 0
    for run in block.runs:
        length = len(run.text)
        verbatim = run.end - run.start == length
        if first is None and start < offset + length:
            first = run.start + (start - offset if verbatim else 0)
        if end <= offset + length:
            last = run.start + (end - offset) if verbatim else run.end
            break
        offset += length
    assert first is not None
    assert last is not None
    return first, last


def _readable(text: str) -> str:
    return " ".join(text.split())
