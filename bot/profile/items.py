"""Items: one job, degree, project, certificate … each, before its fields are known."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.dates import find_periods, undated
from bot.documents import Block, Document, Kind, Style
from bot.profile.entities import is_job, is_organization
from bot.profile.headings import edge_periods, labelled, word_count
from bot.profile.pieces import Piece, piece_of
from bot.profile.places import is_place, is_region
from bot.profile.rows import cells_of, columns_of, is_head
from bot.profile.vocabulary import word_list
from bot.words import ends_in_colon

_SENTENCE_ENDS = (".", "!", "?", "。", "！", "？", ";", "；")
_MOST_META = 4  # lines below a title that still belong to the heading
_LONGEST_META = 160
_DETAIL_FIELDS = (
    "position", "organization", "institution", "study", "area", "dates", "keywords", "location",
    "kind", "url",
)  # fmt: skip


@dataclass
class Item:
    """One job, degree, project, certificate …, before its fields are known.

    Attributes:
        lines: what names it: the title's line and those below that tell when and where.
        body: the blocks that follow.
        cells: a table row's cells; then `columns` are the heads of the table.
        entry: number of its entry in the document, if it is one.
        group: the item whose heading this one's is under.
        below: the item with dates and no more whose heading an undated bold title is under.
    """

    title: Piece
    lines: list[Piece]
    body: list[Block] = field(default_factory=list)
    cells: list[Piece] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    entry: int | None = None
    group: "Item | None" = None
    is_group: bool = False
    below: "Item | None" = None


def find_items(document: Document, blocks: Sequence[Block]) -> list[Item]:
    """The items among the blocks, in reading order: the document's entries, and of the other
    blocks each line or row by itself.
    """
    items: list[Item] = []
    by_entry: dict[int, Item] = {}
    by_section: dict[int, Item] = {}
    loose: Item | None = None
    here = {id(block) for block in blocks}
    for block in blocks:
        if block.entry is not None:
            loose = None
            if block.entry not in by_entry:
                members = document.entries[block.entry].blocks
                known = [document.blocks[i] for i in members]
                item = _item(document, [one for one in known if id(one) in here], block.entry)
                by_entry[block.entry] = item
                _put_in_group(document, item, members[0], by_section)
                items.append(item)
        elif block.kind is Kind.HEADING or is_head(document, block):
            loose = None
        elif loose is not None and _belongs(document, loose, block):
            loose.body.append(block)
        else:
            made = list(_loose(document, block))
            items += made
            loose = made[-1] if made else None
    return items


def _item(document: Document, members: Sequence[Block], entry: int | None) -> Item:
    title = members[0]
    whole = piece_of(document, title)
    lines = _title_lines(whole)
    item = Item(whole, lines, entry=entry)
    if title.kind is Kind.ROW:
        item.cells, item.columns = cells_of(document, title), columns_of(document, title)
    rest = list(members[1:])
    open_ = title.kind is not Kind.ITEM
    count = 0
    for number, block in enumerate(rest):
        piece = piece_of(document, block)
        if (
            open_
            and count < _MOST_META
            and block.kind is Kind.PARAGRAPH
            and _is_meta(piece, lines, rest[number + 1 :])
        ):
            lines += _title_lines(piece)
            count += 1
        else:
            # A line of dates may stand above the title.
            open_ = open_ and block.start < title.start
            item.body.append(block)
    return item


def _title_lines(piece: Piece) -> list[Piece]:
    """The lines of a title: a break counts where dates or another style begin."""
    lines: list[Piece] = []
    for line in piece.lines():
        sets_off = (
            not lines
            or (_is_styled(line) and not _is_wrapped(lines[-1], line))
            or bool(edge_periods(line.text))
            or (_is_styled(lines[-1]) and not _is_wrapped(lines[-1], line))
            or labelled(line, _DETAIL_FIELDS)[0] is not None
        )
        if sets_off:
            lines.append(line)
        else:
            lines[-1] = lines[-1].upto(line)
    return lines


def _is_styled(line: Piece) -> bool:
    return line.style not in (None, Style.PLAIN)


def _is_wrapped(above: Piece, line: Piece) -> bool:
    """Whether the break between two lines is only the end of the page's measure."""
    return bool(line.document.pages) and above.style == line.style


def _is_meta(piece: Piece, above: Sequence[Piece], following: Sequence[Block]) -> bool:
    """Whether a paragraph below a title only tells when, where, for whom or with what."""
    text = piece.text
    if len(text) > _LONGEST_META:
        return False
    if labelled(piece, _DETAIL_FIELDS)[0]:
        return True
    if piece.style in (Style.EMPHASIS, Style.STRONG):
        return True
    if (text.endswith(_SENTENCE_ENDS) and word_count(text) > 4) or ends_in_colon(text):
        return False
    if edge_periods(text):
        return _words_beside(text) <= 10
    dated = any(edge_periods(line.text) for line in above)
    if word_count(text) > 10:
        return False
    if not dated:
        return any(
            block.kind is Kind.PARAGRAPH
            and edge_periods(block.text)
            and _words_beside(block.text) <= 10
            for block in following[:2]
        )
    if is_place(text):
        return True
    # Dates and an employer in the title, the job below, or the other way round.
    beside = sum(_words_beside(line.text) for line in above)
    if beside > 5 or len(above) > 2:
        return False
    title = undated(above[0].text, find_periods(above[0].text)).strip(" ,;:|()[]–—-")
    names_job = len(above) == 1 and is_job(title)
    employer = _may_be_employer(text) and (names_job or "," in text)
    return is_job(text) or is_organization(text) or (len(above) == 1 and employer)


def _may_be_employer(text: str) -> bool:
    """Whether a line below a job has the form of an employer with its place: "Hill & Vale
    Renewables, Leeds (40 people)".
    """
    parts = [part.strip() for part in re.sub(r"\s*[(（][^()（）]*[)）]", "", text).split(",")]
    tokens = [token for token in parts[0].split() if token[0].isalpha()]
    small = word_list("particles")
    named = len(tokens) > 1 and all(token[0].isupper() or token in small for token in tokens)
    placed = len(parts) > 1 and (is_place(parts[-1]) or is_region(parts[-1]))
    proper = all(part[:1].isupper() for part in parts)
    return proper and len(parts) < 4 and (named or placed or is_organization(parts[0]))


def _words_beside(text: str) -> int:
    return word_count(undated(text, find_periods(text)))


def _put_in_group(document: Document, item: Item, title: int, by_section: dict[int, Item]) -> None:
    """Tie an item to the one whose heading it is under."""
    block = document.blocks[title]
    if block.kind is not Kind.HEADING:
        parent = by_section.get(block.section)
        # A heading that has several bold titles under it, each with dates, is a group.
        if parent is not None and edge_periods(" ".join(line.text for line in item.lines)):
            item.group = parent
            parent.is_group = True
        elif parent is not None and not parent.body and block.kind is Kind.PARAGRAPH:
            item.below = parent
        return
    path = document.sections[block.section].path
    for number in range(block.section - 1, -1, -1):
        if document.sections[number].path == path[:-1]:
            if number in by_section:
                item.group = by_section[number]
                by_section[number].is_group = True
            break
    by_section[block.section] = item


def _belongs(document: Document, item: Item, block: Block) -> bool:
    """Whether a block without an entry goes on with the item above it."""
    if block.kind is Kind.ITEM and block.lead is not None:
        title_at = item.title.span.start
        return any(above.start <= title_at <= above.end for above in document.introducing(block))
    title = next(
        other
        for other in document.blocks
        if other.start <= item.title.span.start and item.title.span.end <= other.end
    )
    return title.kind is Kind.PARAGRAPH and block.kind is Kind.ITEM


def _loose(document: Document, block: Block) -> Iterator[Item]:
    """The items of a block that is no entry: itself, or each of its lines."""
    piece = piece_of(document, block)
    if block.kind is Kind.ROW:
        cells, columns = cells_of(document, block), columns_of(document, block)
        yield Item(piece, [piece], cells=cells, columns=columns)
        return
    lines = piece.lines()
    listed = (
        block.kind is Kind.PARAGRAPH
        and len(lines) > 1
        and all(word_count(line.text) <= 14 and not line.text.endswith(",") for line in lines)
    )
    for line in lines if listed else [piece]:
        yield Item(line, [line])
