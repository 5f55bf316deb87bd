"""The outline of a document: what each section is about, and the entries in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.dates import find_periods, undated
from bot.documents import Block, Document, Kind, Style
from bot.profile.entities import is_job, is_organization
from bot.profile.headings import edge_periods, labelled, word_count
from bot.profile.persons import is_in_address, is_name
from bot.profile.pieces import Piece, piece_of, piece_of_runs
from bot.profile.places import is_place
from bot.profile.vocabulary import is_language, labels, word_list
from bot.sources.sections import is_section_title, section_kind

_JOINT = re.compile(
    r"\s*[&/+,，、]\s*|\s+(?:and|und|et|y|e|plus|sowie)\s+|(?<=[\u3400-\u9fff])[与和及](?=[\u3400-\u9fff])",
    re.IGNORECASE,
)
_SENTENCE_ENDS = (".", "!", "?", "。", "！", "？", ";", "；")
_COLONS = (":", "：")
_MOST_META = 4  # lines below a title that still belong to the heading
_LONGEST_META = 160
_LONGEST_NAME = 60
WITH_ENTRIES = ("work", "volunteer", "education", "projects")
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


@dataclass
class Area:
    """The blocks of one kind under one section heading.

    Attributes:
        kind: as `section_kind` names it; "preamble" for what is before the first section; None
            if it wasn't understood.
        title: the heading, if there is one.
        blocks: all of its blocks but the heading.
    """

    kind: str | None
    title: str
    blocks: list[Block]
    items: list[Item] = field(default_factory=list)


def outline(document: Document) -> list[Area]:
    """The areas in reading order, with items where the kind has any."""
    areas = [area for area in _areas(document) if area.blocks]
    for area in areas:
        area.items = _items(document, area.blocks)
    known = {area.kind for area in areas}
    for area in areas:
        if area.kind is None:
            area.kind = _inferred(area, known)
    return [part for area in areas for part in _unmixed(area)]


def _areas(document: Document) -> Iterator[Area]:
    """Runs of blocks whose innermost known section is the same."""
    kinds = [_section_kind(document, number) for number in range(len(document.sections))]
    headings = {section.heading for section in document.sections if section.heading is not None}
    head = _head_in_the_middle(document)
    area: Area | None = None
    last: tuple[str | None, str] | None = None
    for i, block in enumerate(document.blocks):
        kind, title = kinds[block.section]
        if head is not None and i >= head and block.section == document.blocks[head].section:
            kind, title = "preamble", ""
        if area is None or (kind, title) != last or (i in headings and block.entry is None):
            if area is not None:
                yield area
            area = Area(kind, title, [])
            last = kind, title
        if i in headings and block.entry is None:
            continue
        if opened := _opens_section(block, area.kind):
            if area.blocks:
                yield area
            area = Area(opened, block.text.strip().strip(":："), [])
            if is_section_title(block.text.rstrip(" :：")):
                continue
        area.blocks.append(block)
    if area is not None:
        yield area


def _head_in_the_middle(document: Document) -> int | None:
    """The block with the candidate's name, where a column with sections stands before it.

    It is a line by itself whose words are in an address above.
    """
    if document.title is not None:
        return None
    addresses = ""
    for i, block in enumerate(document.blocks):
        text = block.text.strip()
        if re.search(r"\S@\S|/", text):
            addresses += f" {text}"
            continue
        inside = document.sections[block.section].path and block.kind is Kind.PARAGRAPH
        short = len(text) <= _LONGEST_NAME
        if inside and short and is_name(text) and is_in_address(text, addresses):
            return i
    return None


# Titles of sections that aren't used inside an entry, and may stand as a plain line.
_PLAIN_TITLES = (
    *("languages", "interests", "references", "certificates"),
    *("education", "volunteer", "publications"),
)


def _opens_section(block: Block, kind: str | None) -> str | None:
    """The kind of the section that a plain line opens: "Interests", "Languages: Dutch (B1)"."""
    if block.kind is not Kind.PARAGRAPH or kind == "preamble":
        return None
    label, _, rest = block.text.partition(":")
    if not is_section_title(label.strip()):
        return None
    opened = section_kind(label.strip())
    if opened == kind or opened not in _PLAIN_TITLES:
        return None
    if rest.strip():
        spoken = any(is_language(word) for word in re.split(r"[\s,;:()]+", rest) if word)
        return opened if opened == "interests" or (opened == "languages" and spoken) else None
    return opened


def _section_kind(document: Document, number: int) -> tuple[str | None, str]:
    """The kind and the title of the innermost section that has a kind and names no entry."""
    path = document.sections[number].path
    if not path:
        return "preamble", ""
    found: tuple[str | None, str] = (None, path[0])
    for depth in range(len(path)):
        above = [
            section.heading
            for section in document.sections[: number + 1]
            if section.path == path[: depth + 1] and section.heading is not None
        ]
        if above and document.blocks[above[-1]].entry is not None:
            continue
        kind = section_kind(path[depth])
        if kind is None and "courses" in labels(path[depth]):
            kind = "courses"
        if kind:
            if found[0] == "skills" and kind == "languages" and not _speaks(document, path):
                continue
            found = (kind, path[depth])
        elif depth and found[0]:
            found = (found[0], path[depth])
    return found


def _speaks(document: Document, path: tuple[str, ...]) -> bool:
    """Whether the section is about human languages, not those of computers."""
    return any(
        is_language(word)
        for block in document.blocks
        if document.sections[block.section].path == path
        for word in re.split(r"[\s,;:()]+", block.text)
        if word and block.kind is not Kind.HEADING
    )


# -- entries


def _items(document: Document, blocks: Sequence[Block]) -> list[Item]:
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
        elif block.kind is Kind.HEADING or _heads_table(document, block):
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
        item.cells, item.columns = _cells(document, title)
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
            open_ = open_ and block.start < title.start
            item.body.append(block)
    # A line of dates may stand above the title.
    item.lines = lines
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
    if (text.endswith(_SENTENCE_ENDS) and word_count(text) > 4) or text.endswith(_COLONS):
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
    return beside <= 5 and len(above) < 3 and (is_job(text) or is_organization(text))


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


def _heads_table(document: Document, block: Block) -> bool:
    return block.kind is Kind.ROW and any(
        other.lead is not None and document.blocks[other.lead] is block
        for other in document.blocks
        if other.kind is Kind.ROW
    )


def _cells(document: Document, row: Block) -> tuple[list[Piece], list[str]]:
    """The cells of a row and the heads of their columns, "" where they can't be told."""
    cells = cells_of(document, row)
    head = document.blocks[row.lead] if row.lead is not None else None
    columns = [cell.text for cell in cells_of(document, head)] if head else []
    if len(columns) != len(cells):
        columns = [""] * len(cells)
    return cells, columns


def cells_of(document: Document, row: Block) -> list[Piece]:
    """The cells of a table's row that aren't empty."""
    cells: list[list[int]] = [[]]
    for number, run in enumerate(row.runs):
        if run.text == " | ":
            cells.append([])
        else:
            cells[-1].append(number)
    return [piece_of_runs(document, [row.runs[i] for i in cell]) for cell in cells if cell]


def columns_of(document: Document, row: Block) -> list[str]:
    """The heads of the columns of a row's cells."""
    return _cells(document, row)[1]


def _belongs(document: Document, item: Item, block: Block) -> bool:
    """Whether a block without an entry goes on with the item above it."""
    if block.kind is Kind.ITEM and block.lead is not None:
        above: Block = block
        for above in document.introducing(block):
            if above.start <= item.title.span.start <= above.end:
                return True
        return False
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
        cells, columns = _cells(document, block)
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


# -- sections of several kinds, and of none that is known


def _inferred(area: Area, known: set[str | None]) -> str | None:
    """The kind of a section whose title says nothing, by its entries."""
    dated = [
        item
        for item in area.items
        if item.entry is not None and any(edge_periods(line.text) for line in item.lines)
    ]
    if not dated:
        return None
    texts = [" ".join(line.text for line in item.lines) for item in dated]
    jobs = sum(word_list("jobs").count(text) > 0 for text in texts)
    degrees = sum(word_list("degrees").count(text) > 0 for text in texts)
    if degrees * 2 > len(dated) and "education" not in known:
        return "education"
    if jobs * 2 > len(dated) and "work" not in known and section_kind(area.title) is None:
        return "work"
    return None


def _unmixed(area: Area) -> list[Area]:
    """The area, or one for each kind its title names: "Education and certificates"."""
    if area.kind is None or area.kind == "preamble":
        return [area]
    kinds: list[str] = []
    for part in _JOINT.split(area.title):
        kind = section_kind(part) if part.strip() else None
        if kind and kind not in kinds:
            kinds.append(kind)
    if len(kinds) < 2:
        return [area]
    areas = {kind: Area(kind, area.title, []) for kind in kinds}
    if all(
        kind in WITH_ENTRIES or kind in ("certificates", "awards", "publications") for kind in kinds
    ):
        for item in area.items:
            areas[_item_kind(item, kinds)].items.append(item)
    else:
        for block in area.blocks:
            kind = _block_kind(block.text, kinds, area.kind)
            areas[kind].blocks.append(block)
        for part_area in areas.values():
            part_area.items = [
                item
                for item in area.items
                if any(
                    block.start <= item.title.span.start < block.end for block in part_area.blocks
                )
            ]
    return [part for part in areas.values() if part.blocks or part.items]


def _item_kind(item: Item, kinds: Sequence[str]) -> str:
    text = " ".join(line.text for line in item.lines)
    degree = word_list("degrees").count(text) + word_list("courses_whole").count(text)
    scores = {
        "work": 2.0 * (word_list("jobs").count(text) > 0) - degree,
        "volunteer": 1.0 * (word_list("jobs").count(text) > 0) - degree,
        "education": 2.5 * (degree > 0)
        + (word_list("schools").count(text) > 0)
        - 0.5 * (not item.body and not degree),
        "projects": 0.6,
        "certificates": 0.7 + word_list("certificates").count(text),
        "awards": 0.5 + word_list("awards").count(text),
        "publications": 0.4 + bool(re.search('["“„«]', text)),
    }
    return max(kinds, key=lambda kind: scores.get(kind, 0.0))


def _block_kind(text: str, kinds: Sequence[str], first: str) -> str:
    tokens = [token for token in re.split(r"[,;:：，、|·()（）\s]+", text) if token]
    named = sum(is_language(token) for token in tokens)
    if "languages" in kinds and (
        named * 3 >= len(tokens)
        or (any("language" in labels(part) for part in re.split("[:：]", text)[:1]) and named)
    ):
        return "languages"
    for part in re.split("[:：]", text)[:1]:
        kind = section_kind(part) if part != text else None
        if kind in kinds and kind is not None:
            return kind
    rest = [kind for kind in kinds if kind != "languages"]
    return first if first in rest else rest[0]
