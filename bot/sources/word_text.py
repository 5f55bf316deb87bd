"""The text of a Word file: its paragraphs in the order they are read, and what nobody sees.

Text boxes follow the paragraph they hang on. A table that only arranges the page gives
paragraphs, any other gives rows. A header or footer counts if it holds how to reach somebody.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.dates import find_periods
from bot.documents import Run
from bot.sources.contact import holds_contact
from bot.sources.runs import is_bold, split_lines
from bot.sources.word_styles import WORD, Styles, heading_level, list_depth

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{WORD}txbxContent"
_CELL_LINES = 2  # of a cell of data; more is a part of the page
_CELL_LENGTH = 200  # characters of a cell of data
_DEEPEST = 40  # boxes and tables in one another
_MOST_LINES = 50_000


@dataclass(slots=True)
class Paragraph:
    """A paragraph, or one line of it, or a row of a table, before it is a block.

    Attributes:
        level: of a heading by its style, else 0.
        depth: of a list item, from 1; 0 for what is none.
        size: of its type in points.
        blank_above: whether an empty paragraph, or the edge of a box or table, is above.
        row, header: whether it is a row, and whether it names the table's columns.
    """

    runs: tuple[Run, ...]
    level: int = 0
    depth: int = 0
    size: float = 11
    blank_above: bool = False
    row: bool = False
    header: bool = False

    @property
    def text(self) -> str:
        """The paragraph as it reads."""
        return "".join(run.text for run in self.runs)


@dataclass(slots=True)
class Found:
    """What a walk over a document, or a part of it, collects.

    Attributes:
        hidden: stretches that a reader can't see.
        blank: whether the next paragraph has a blank above it.
    """

    paragraphs: list[Paragraph] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    blank: bool = False

    def add(self, paragraph: Paragraph) -> None:
        """Take the paragraph, unless there are far more than any résumé has."""
        paragraph.blank_above = self.blank or not self.paragraphs
        self.blank = False
        if len(self.paragraphs) < _MOST_LINES:
            self.paragraphs.append(paragraph)


def read_text(document: Any) -> Found:
    """All that a document of python-docx holds, headers first and footers last.

    Raises:
        Exception: whatever python-docx raises on a damaged file, of many types.
    """
    styles = Styles(document)
    found = Found()
    _read_margins(document, "header", styles, found)
    _Walker(styles, found).blocks(document.element.body, document.part)
    _read_margins(document, "footer", styles, found)
    return found


def _read_margins(document: Any, which: str, styles: Styles, found: Found) -> None:
    """Headers or footers, each once, if they hold how to reach somebody."""
    seen: set[str] = set()
    for section in document.sections:
        part = getattr(section, which)
        if part.is_linked_to_previous:
            continue
        inside = Found()
        _Walker(styles, inside).blocks(part._element, part.part)
        text = "\n".join(paragraph.text for paragraph in inside.paragraphs)
        if text not in seen and holds_contact(text):
            seen.add(text)
            for paragraph in inside.paragraphs:
                found.add(paragraph)


class _Walker:
    def __init__(self, styles: Styles, found: Found) -> None:
        self._styles = styles
        self._found = found

    def blocks(self, parent: Any, part: Any, depth: int = 0) -> None:
        """The paragraphs and tables inside an element, in order."""
        if depth > _DEEPEST:
            return
        for element in parent.iterchildren():
            match _name(element):
                case "p":
                    self._paragraph(element, part, depth)
                case "tbl":
                    self._table(element, part, depth)
                case "sdt" | "sdtContent" | "ins" | "customXml":
                    self.blocks(element, part, depth + 1)

    # -- paragraphs

    def _paragraph(self, element: Any, part: Any, depth: int) -> None:
        boxes: list[Any] = []
        style = self._styles.of_paragraph(element)
        parts = list(self._parts(element, part, style, boxes, None))
        size = max((size for run, size in parts if run.text.strip()), default=self._styles.size)
        level, listed = heading_level(element, style), list_depth(element, style)
        lines = list(split_lines(run for run, _ in parts))
        for runs in lines:
            self._found.add(Paragraph(runs, level, listed, size))
        if not lines and not boxes:
            self._found.blank = True
        for box in boxes:
            self._found.blank = True
            self.blocks(box, part, depth + 1)
            self._found.blank = True

    def _parts(
        self, element: Any, part: Any, style: Any, boxes: list[Any], href: str | None
    ) -> Iterator[tuple[Run, float]]:
        """The runs of a paragraph with their size; what a reader doesn't see goes aside."""
        for child in element.iterchildren():
            match _name(child):
                case "r":
                    yield from self._run(child, style, boxes, href)
                case "hyperlink":
                    relation = part.rels.get(child.get(_RELATION)) if child.get(_RELATION) else None
                    target = relation.target_ref if relation and relation.is_external else href
                    yield from self._parts(child, part, style, boxes, target)
                case "ins" | "smartTag" | "sdt" | "sdtContent" | "fldSimple" | "customXml":
                    yield from self._parts(child, part, style, boxes, href)

    def _run(
        self, element: Any, style: Any, boxes: list[Any], href: str | None
    ) -> Iterator[tuple[Run, float]]:
        text = []
        for child in element.iterchildren():
            match _name(child):
                case "t":
                    text.append(_readable(child.text or ""))
                case "tab" | "ptab":
                    text.append("\t")
                case "br" if child.get(f"{WORD}type") in (None, "textWrapping"):
                    text.append("\n")
                case "cr":
                    text.append("\n")
                case "noBreakHyphen":
                    text.append("-")
                case "drawing" | "pict" | "object":
                    boxes += _text_boxes(child)
                case _ if child.tag == _ALTERNATE:
                    boxes += _text_boxes(child)
        written = "".join(text)
        if not written:
            return
        look = self._styles.look(element, style)
        if look.hidden:
            self._found.hidden.append(written)
        else:
            yield Run(0, 0, written, look.style, href), look.size

    # -- tables

    def _table(self, element: Any, part: Any, depth: int) -> None:
        rows = [
            [cell for cell in row.iter(f"{WORD}tc") if _row_of(cell) is row]
            for row in element.iterchildren(f"{WORD}tr")
        ]
        inside = [[self._inside(cell, part, depth) for cell in row] for row in rows]
        self._found.hidden += [text for row in inside for cell in row for text in cell.hidden]
        self._found.blank = True
        if _is_data(inside):
            self._add_rows(inside, _has_header(rows, inside))
        else:
            self._add_paragraphs(inside)
        self._found.blank = True

    def _inside(self, cell: Any, part: Any, depth: int) -> Found:
        found = Found()
        _Walker(self._styles, found).blocks(cell, part, depth + 1)
        return found

    def _add_rows(self, rows: list[list[Found]], has_header: bool) -> None:
        for number, row in enumerate(rows):
            runs: list[Run] = []
            for cell in row:
                for i, paragraph in enumerate(cell.paragraphs):
                    runs += [Run(0, 0, " " if i else " | ")] if runs else []
                    runs += paragraph.runs
            if runs:
                header = has_header and number == 0
                self._found.add(Paragraph(tuple(runs), row=True, header=header))

    def _add_paragraphs(self, rows: list[list[Found]]) -> None:
        for cell in (cell for row in rows for cell in row):
            self._found.blank = True
            for paragraph in cell.paragraphs:
                self._found.blank |= paragraph.blank_above
                self._found.add(paragraph)


def _name(element: Any) -> str:
    """The element's name in the language of Word; "" for comments and other languages."""
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag.removeprefix(WORD) if tag.startswith(WORD) else ""


def _is_data(rows: list[list[Found]]) -> bool:
    """Whether the table holds data, not parts of the page."""
    cells = [cell for row in rows for cell in row]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return False
    return all(
        len(cell.paragraphs) <= _CELL_LINES
        and not any(part.level or part.depth or part.row for part in cell.paragraphs)
        and sum(len(part.text) for part in cell.paragraphs) <= _CELL_LENGTH
        for cell in cells
    )


def _has_header(rows: list[list[Any]], inside: list[list[Found]]) -> bool:
    """Whether the first row is marked as one that names the columns, bold, or alone undated."""
    first = rows[0][0].getparent() if rows[0] else None
    if first is not None and first.find(f"{WORD}trPr/{WORD}tblHeader") is not None:
        return True
    runs = [run for cell in inside[0] for part in cell.paragraphs for run in part.runs]
    if runs and is_bold(runs):
        return True
    texts = [" ".join(part.text for cell in row for part in cell.paragraphs) for row in inside]
    return not find_periods(texts[0]) and any(map(find_periods, texts[1:]))


def _row_of(cell: Any) -> Any:
    """The row that the cell is in, through content controls."""
    return next(cell.iterancestors(f"{WORD}tr"), None)


def _text_boxes(element: Any) -> list[Any]:
    """The contents of the text boxes, each once: the fallback for old readers is a copy."""
    boxes = list(element.iter(_BOX))
    return [
        box
        for box in boxes
        if next(box.iterancestors(_BOX), None) not in boxes  # read with the box it is in
        and next(box.iterancestors(_FALLBACK), None) is None
    ]


def _readable(text: str) -> str:
    """Without soft hyphens and private-use signs, which only an icon font shows."""
    return "".join(
        char
        for char in text.replace("\n", " ")
        if not "\ue000" <= char <= "\uf8ff" and char != "\u00ad"
    )
