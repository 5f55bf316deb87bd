"""From a flat run of lines to a Document with sections, the same way for every format."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.documents import Block, Document, Kind, Run, Section
from bot.sources.contact import holds_contact
from bot.sources.entries import find_entries, named_entries
from bot.sources.headings import Candidate, find_headings, may_be_name
from bot.sources.runs import is_bold
from bot.sources.sections import is_section_title
from bot.words import ends_in_colon, guess_language

_HEAD_LINES = 7  # below the name, among which the addresses are


@dataclass(frozen=True, slots=True)
class Line:
    """A block before its place in the document is known.

    Attributes:
        level: 1 to 6 for a heading, the depth from 1 for a list item, else 0.
        parent: index of the line this one is nested in or belongs to: an item's parent item,
            a table row's header row.
        apart: whether a blank line or more space than usual sets it off from the line above.
        entry: in a format that names its entries, the number of the one it belongs to.
    """

    kind: Kind
    runs: tuple[Run, ...]
    level: int = 0
    parent: int | None = None
    apart: bool = True
    entry: int | None = None

    @property
    def text(self) -> str:
        """The line as it reads."""
        return "".join(run.text for run in self.runs)


def build_document(
    source: str,
    text: str,
    lines: Sequence[Line],
    pages: Sequence[int] = (),
    titles: Sequence[str] = (),
) -> Document:
    """The Document of `lines`, which are in reading order and have at least one run each.

    Args:
        pages: offset of each page's start.
        titles: of the entries, where `Line.entry` numbers them.
    """
    lines = _with_found_headings(lines)
    title = _title(lines)
    sections, blocks = _sections(lines, title, _subtitle(lines, title))
    blocks = _leads(lines, blocks)
    language = guess_language(" ".join(line.text for line in lines))
    if titles:
        entries, blocks = named_entries(blocks, [line.entry for line in lines], titles)
    else:
        entries, blocks = find_entries(blocks, sections, language, [line.apart for line in lines])
    return Document(
        source=source,
        text=text,
        title=lines[title].text if title is not None else None,
        language=language,
        blocks=tuple(blocks),
        sections=tuple(sections),
        entries=tuple(entries),
        pages=tuple(pages),
    )


def _with_found_headings(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines; where none but a title is a heading, those that look like headings are made so."""
    if sum(line.kind is Kind.HEADING for line in lines) > 1:
        return lines
    candidates = []
    for i, line in enumerate(lines):
        below = lines[i + 1] if i + 1 < len(lines) else None
        candidates.append(
            Candidate(
                line.text if line.kind in (Kind.PARAGRAPH, Kind.HEADING) else "",
                frozenset(["bold"] if is_bold(line.runs) else []),
                line.apart,
                below.text if below else "",
                below is None or below.apart,
            )
        )
    levels = find_headings(candidates)
    if 2 not in levels.values():
        return lines
    return [
        replace(line, kind=Kind.HEADING, level=levels[i])
        if i in levels and line.kind is Kind.PARAGRAPH
        else line
        for i, line in enumerate(lines)
    ]


def _title(lines: Sequence[Line]) -> int | None:
    """The document's own title: the first heading, if no other is as high, or if it is a name
    above addresses.
    """
    headings = [i for i, line in enumerate(lines) if line.kind is Kind.HEADING]
    if not headings:
        return None
    first = headings[0]
    alone = all(lines[i].level > lines[first].level for i in headings[1:])
    named = first == 0 and may_be_name(lines[0].text) and _is_above_contacts(lines, 0)
    return first if alone or named else None


def _subtitle(lines: Sequence[Line], title: int | None) -> int | None:
    """A heading straight below the title that opens nothing: the next heading is higher, or the
    candidate's addresses stand in it or below it.
    """
    if title is None or len(lines) < title + 2 or lines[title + 1].kind is not Kind.HEADING:
        return None
    at = title + 1
    below = [line.level for line in lines[at + 1 :] if line.kind is Kind.HEADING]
    opens = is_section_title(lines[at].text) or not _is_above_contacts(lines, at)
    return at if not opens or (below and below[0] < lines[at].level) else None


def _is_above_contacts(lines: Sequence[Line], heading: int) -> bool:
    """Whether an address or number stands in the heading or right below it, be that another
    heading.
    """
    under = [lines[heading]]
    for line in lines[heading + 1 :]:
        if line.kind is Kind.HEADING and line is not lines[heading + 1]:
            break
        under.append(line)
    return any(holds_contact(line.text) for line in under[:_HEAD_LINES])


def _sections(
    lines: Sequence[Line], title: int | None, subtitle: int | None
) -> tuple[list[Section], list[Block]]:
    """Every heading but the title opens a section, inside the last one of a lower level."""
    sections = [Section(path=(), heading=None)]
    blocks: list[Block] = []
    open_: list[tuple[int, int]] = []  # (heading level, section), outermost first
    for i, line in enumerate(lines):
        if i == subtitle:
            line = replace(line, kind=Kind.PARAGRAPH, level=0)
        elif line.kind is Kind.HEADING and i != title:
            while open_ and open_[-1][0] >= line.level:
                open_.pop()
            outer = sections[open_[-1][1]].path if open_ else ()
            open_.append((line.level, len(sections)))
            sections.append(Section(path=(*outer, line.text), heading=i))
        current = open_[-1][1] if open_ else 0
        blocks.append(Block(line.kind, line.runs, line.level, section=current))
    return sections, blocks


def _leads(lines: Sequence[Line], blocks: Sequence[Block]) -> list[Block]:
    """Tie each item to its parent item, or to the line that ends in a colon above its list."""
    led = []
    above: int | None = None
    for i, (line, block) in enumerate(zip(lines, blocks, strict=True)):
        lead = line.parent
        if line.kind is Kind.ITEM:
            lead = lead if lead is not None else above
        elif line.kind is not Kind.CODE:
            introduces = line.kind is Kind.PARAGRAPH and ends_in_colon(line.text)
            above = i if introduces else None
        led.append(replace(block, lead=lead))
    return led
