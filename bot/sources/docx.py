"""Word (DOCX) to a Document, by python-docx: paragraphs in the order they are read.

Text boxes follow the paragraph they hang on. A table that only arranges the page gives
paragraphs, any other gives rows. A header or footer counts if it holds how to reach somebody.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.dates import find_periods
from bot.documents import Document, Kind, Run, Style
from bot.errors import SourceError
from bot.sources.contact import holds_contact
from bot.sources.headings import Candidate, find_headings
from bot.sources.printed import MARKER, is_attribution
from bot.sources.runs import is_bold, split_lines, without
from bot.sources.structure import Line, build_document
from bot.sources.writing import lay_out

MOST_BYTES = 60_000_000  # of XML and media, unpacked
MOST_FILES = 5_000
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING = re.compile(r"heading ([1-9])")
_LIST = re.compile(r"list (?:bullet|number|paragraph|continue)?\s?([2-5])?")
_LARGE = 1.1
_SMALLEST = 3.0  # points
_WHITES = ("FFFFFF", "FEFEFE", "AUTO")
_CELL_LINES = 2  # of a cell of data; more is a part of the page
_DEEPEST = 40  # boxes and tables in one another
_MOST_LINES = 50_000


@dataclass(slots=True)
class _Paragraph:
    """A paragraph, or one line of it, before it is a block.

    Attributes:
        level: of a heading by its style, else 0.
        depth: of a list item, from 1; 0 for what is none.
        size: of its type in points.
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
        return "".join(run.text for run in self.runs)


@dataclass(slots=True)
class _Found:
    """What a walk over the document collects."""

    paragraphs: list[_Paragraph] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    blank: bool = False

    def add(self, paragraph: _Paragraph) -> None:
        paragraph.blank_above = self.blank or not self.paragraphs
        self.blank = False
        if len(self.paragraphs) < _MOST_LINES:
            self.paragraphs.append(paragraph)


def read_docx(source: str, content: bytes) -> Document:
    """Read a DOCX.

    Raises:
        SourceError: it is damaged, encrypted, unpacks to more than a résumé can, or is empty.
    """
    found = _walk(source, content)
    if not found.paragraphs:
        raise SourceError(
            f"{source}: holds no text; if the résumé is a picture, type it or run OCR on it"
        )
    text, lines, _ = lay_out(list(_lines(found.paragraphs)))
    return build_document(source, text, lines)


def hidden_text(source: str, content: bytes) -> tuple[str, ...]:
    """What the file holds that a reader can't see: hidden, white or tiny.

    Raises:
        SourceError: as `read_docx`.
    """
    return tuple(text for text in (part.strip() for part in _walk(source, content).hidden) if text)


def _walk(source: str, content: bytes) -> _Found:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    _check_size(source, content)
    try:
        document = docx.Document(io.BytesIO(content))
        found = _Found()
        walker = _Walker(document, found)
        walker.margins("header")
        walker.blocks(document.element.body, document.part)
        walker.margins("footer")
    except (
        OpcError,
        etree.LxmlError,
        zipfile.BadZipFile,
        zlib.error,
        ArithmeticError,
        AssertionError,
        AttributeError,
        EOFError,
        LookupError,
        NotImplementedError,
        OSError,
        RecursionError,
        RuntimeError,
        TypeError,
        ValueError,
    ) as error:
        # python-docx takes the parts of a package for what they say they are.
        raise SourceError(
            f"{source}: isn't a Word file that can be read ({type(error).__name__}); "
            "open it in your word processor and save it again"
        ) from None
    return found


def _check_size(source: str, content: bytes) -> None:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise SourceError(
            f"{source}: is an old or encrypted Word file; save it as .docx without a password"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            sizes = [member.file_size for member in package.infolist()]
            if any(member.flag_bits & 1 for member in package.infolist()):
                raise SourceError(f"{source}: needs a password; save it without one")
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise SourceError(f"{source}: isn't a Word file ({error}); save it again") from None
    if sum(sizes) > MOST_BYTES or len(sizes) > MOST_FILES:
        raise SourceError(
            f"{source}: unpacks to {sum(sizes) / 1e6:.0f} MB in {len(sizes)} files, more than "
            "a résumé can; leave its pictures out"
        )


class _Walker:
    def __init__(self, document: Any, found: _Found) -> None:
        self._document = document
        self._found = found
        self._styles = {style.style_id: style for style in document.styles}
        self._size = self._default_size()

    def margins(self, which: str) -> None:
        """Headers or footers, each once, if they hold how to reach somebody."""
        seen: set[str] = set()
        for section in self._document.sections:
            part = getattr(section, which)
            if part.is_linked_to_previous:
                continue
            inside = _Walker(self._document, _Found())
            inside.blocks(part._element, part.part)
            text = "\n".join(paragraph.text for paragraph in inside._found.paragraphs)
            if text not in seen and holds_contact(text):
                seen.add(text)
                for paragraph in inside._found.paragraphs:
                    self._found.add(paragraph)

    def blocks(self, parent: Any, part: Any, depth: int = 0) -> None:
        """The paragraphs and tables inside an element, in order."""
        if depth > _DEEPEST:
            return
        for element in parent.iterchildren():
            match element.tag:
                case str(tag) if tag == f"{_WORD}p":
                    self._paragraph(element, part, depth)
                case str(tag) if tag == f"{_WORD}tbl":
                    self._table(element, part, depth)
                case str(tag) if tag in (f"{_WORD}sdt", f"{_WORD}ins", f"{_WORD}customXml"):
                    self.blocks(element, part, depth + 1)
                case str(tag) if tag == f"{_WORD}sdtContent":
                    self.blocks(element, part, depth + 1)

    # -- paragraphs

    def _paragraph(self, element: Any, part: Any, depth: int) -> None:
        boxes: list[Any] = []
        style = self._style_of(element)
        parts = list(self._parts(element, part, style, boxes, None))
        shown = [run for run, _ in parts]
        sizes = [size for run, size in parts if run.text.strip()]
        size = max(sizes, default=self._size)
        level, listed = self._heading_level(element, style), self._list_depth(element, style)
        any_ = False
        for runs in split_lines(shown):
            any_ = True
            self._found.add(_Paragraph(runs, level, listed, size))
        if not any_ and not boxes:
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
            tag = child.tag if isinstance(child.tag, str) else ""
            name = tag.removeprefix(_WORD)
            if name == "r":
                yield from self._run(child, style, boxes, href)
            elif name == "hyperlink":
                relation = part.rels.get(child.get(_RELATION)) if child.get(_RELATION) else None
                target = relation.target_ref if relation and relation.is_external else href
                yield from self._parts(child, part, style, boxes, target)
            elif name in ("ins", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml"):
                yield from self._parts(child, part, style, boxes, href)

    def _run(
        self, element: Any, style: Any, boxes: list[Any], href: str | None
    ) -> Iterator[tuple[Run, float]]:
        looks = self._looks(element, style)
        text = []
        for child in element.iterchildren():
            tag = child.tag if isinstance(child.tag, str) else ""
            match tag.removeprefix(_WORD):
                case "t":
                    text.append(_readable(child.text or ""))
                case "tab" | "ptab":
                    text.append("\t")
                case "br" if child.get(f"{_WORD}type") in (None, "textWrapping"):
                    text.append("\n")
                case "cr":
                    text.append("\n")
                case "noBreakHyphen":
                    text.append("-")
                case "drawing" | "pict" | "object":
                    boxes += _text_boxes(child)
                case _ if tag.endswith("}AlternateContent"):
                    boxes += _text_boxes(child)
        written = "".join(text)
        if not written:
            return
        if looks.hidden:
            self._found.hidden.append(written)
        else:
            yield Run(0, 0, written, looks.style, href), looks.size

    def _looks(self, element: Any, style: Any) -> "_Looks":
        properties = element.find(f"{_WORD}rPr")
        chain = [properties] if properties is not None else []
        if properties is not None:
            named = properties.find(f"{_WORD}rStyle")
            if named is not None:
                chain += self._run_properties(self._styles.get(named.get(f"{_WORD}val")))
        chain += self._run_properties(style)
        colour = _first(chain, "color")
        shaded = _first(chain, "shd") or _first(chain, "highlight")
        size = _points(_first(chain, "sz")) or self._size
        white = (colour or "").upper() in _WHITES and (shaded or "auto").upper() in _WHITES
        hidden = (
            _is_on(chain, "vanish") or size < _SMALLEST or (white and not _is_in_table(element))
        )
        kind = Style.PLAIN
        if _is_on(chain, "b"):
            kind = Style.STRONG
        elif _is_on(chain, "i"):
            kind = Style.EMPHASIS
        return _Looks(kind, size, hidden)

    def _run_properties(self, style: Any) -> list[Any]:
        found = []
        for _ in range(10):
            if style is None:
                break
            properties = style.element.find(f"{_WORD}rPr")
            if properties is not None:
                found.append(properties)
            style = style.base_style
        return found

    def _style_of(self, element: Any) -> Any:
        named = element.find(f"{_WORD}pPr/{_WORD}pStyle")
        return self._styles.get(named.get(f"{_WORD}val") if named is not None else "Normal")

    def _default_size(self) -> float:
        path = f"{_WORD}docDefaults/{_WORD}rPrDefault/{_WORD}rPr/{_WORD}sz"
        size = self._document.styles.element.find(path)
        return _points(size.get(f"{_WORD}val") if size is not None else None) or 10.0

    def _heading_level(self, element: Any, style: Any) -> int:
        """1 for the title, 2 and more for headings."""
        outline = element.find(f"{_WORD}pPr/{_WORD}outlineLvl")
        if outline is not None and (outline.get(f"{_WORD}val") or "").isdigit():
            level = int(outline.get(f"{_WORD}val"))
            return min(level + 2, 6) if level < 9 else 0
        for _ in range(10):
            if style is None:
                break
            name = (style.name or "").lower()
            if name == "title":
                return 1
            if match := _HEADING.fullmatch(name):
                return min(int(match[1]) + 1, 6)
            style = style.base_style
        return 0

    def _list_depth(self, element: Any, style: Any) -> int:
        number = element.find(f"{_WORD}pPr/{_WORD}numPr")
        inherited = style
        for _ in range(10):
            if number is not None or inherited is None:
                break
            number = inherited.element.find(f"{_WORD}pPr/{_WORD}numPr")
            inherited = inherited.base_style
        named = _LIST.match((style.name or "").lower()) if style is not None else None
        if number is None:
            return int(named[1] or 1) if named and "paragraph" not in named[0] else 0
        identity = number.find(f"{_WORD}numId")
        if identity is not None and identity.get(f"{_WORD}val") == "0":
            return 0
        depth = number.find(f"{_WORD}ilvl")
        value = depth.get(f"{_WORD}val") if depth is not None else None
        own = int(value) + 1 if value and value.isdigit() else 1
        return min(max(own, int(named[1] or 1) if named else 1), 9)

    # -- tables

    def _table(self, element: Any, part: Any, depth: int) -> None:
        rows = [
            [cell for cell in row.iter(f"{_WORD}tc") if _row_of(cell) is row]
            for row in element.iterchildren(f"{_WORD}tr")
        ]
        inside = [[self._inside(cell, part, depth) for cell in row] for row in rows]
        if not _is_data(inside):
            for row in inside:
                for cell in row:
                    self._found.blank = True
                    self._found.hidden += cell.hidden
                    for paragraph in cell.paragraphs:
                        self._found.blank |= paragraph.blank_above
                        self._found.add(paragraph)
            self._found.blank = True
            return
        self._found.blank = True
        header = _has_header(rows, inside)
        for number, row in enumerate(inside):
            runs: list[Run] = []
            for cell in row:
                self._found.hidden += cell.hidden
                for i, paragraph in enumerate(cell.paragraphs):
                    between = " " if i else " | "
                    runs += [Run(0, 0, between)] if runs else []
                    runs += paragraph.runs
            if runs:
                self._found.add(_Paragraph(tuple(runs), row=True, header=header and number == 0))
        self._found.blank = True

    def _inside(self, cell: Any, part: Any, depth: int) -> _Found:
        walker = _Walker(self._document, _Found())
        walker.blocks(cell, part, depth + 1)
        return walker._found


@dataclass(frozen=True, slots=True)
class _Looks:
    style: Style
    size: float
    hidden: bool


def _is_data(rows: list[list[_Found]]) -> bool:
    """Whether the table holds data, not parts of the page."""
    cells = [cell for row in rows for cell in row]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return False
    return all(
        len(cell.paragraphs) <= _CELL_LINES
        and not any(part.level or part.depth or part.row for part in cell.paragraphs)
        and sum(len(part.text) for part in cell.paragraphs) <= 200
        for cell in cells
    )


def _has_header(rows: list[list[Any]], inside: list[list[_Found]]) -> bool:
    first = rows[0][0].getparent() if rows[0] else None
    if first is not None and first.find(f"{_WORD}trPr/{_WORD}tblHeader") is not None:
        return True
    runs = [run for cell in inside[0] for part in cell.paragraphs for run in part.runs]
    if runs and is_bold(runs):
        return True
    texts = [" ".join(part.text for cell in row for part in cell.paragraphs) for row in inside]
    return not find_periods(texts[0]) and any(map(find_periods, texts[1:]))


def _row_of(cell: Any) -> Any:
    """The row that the cell is in, through content controls."""
    above = cell.getparent()
    while above is not None and above.tag != f"{_WORD}tr":
        above = above.getparent()
    return above


def _is_in_table(element: Any) -> bool:
    """Whether a coloured cell may be behind white text."""
    return any(True for _ in element.iterancestors(f"{_WORD}tc", f"{_WORD}txbxContent"))


def _text_boxes(element: Any) -> list[Any]:
    """The contents of the text boxes, each once: the fallback for old readers is a copy."""
    return [
        box
        for box in element.iter(f"{_WORD}txbxContent")
        if not any(True for _ in box.iterancestors(_FALLBACK))
        and not any(
            above is not element and above.tag == f"{_WORD}txbxContent"
            for above in _between(box, element)
        )
    ]


def _between(inner: Any, outer: Any) -> Iterator[Any]:
    above = inner.getparent()
    while above is not None and above is not outer:
        yield above
        above = above.getparent()


def _first(chain: Iterable[Any], name: str) -> str | None:
    """The property's value where it is set first."""
    for properties in chain:
        found = properties.find(f"{_WORD}{name}")
        if found is not None:
            value: str | None = found.get(f"{_WORD}val") or found.get(f"{_WORD}fill")
            return value
    return None


def _is_on(chain: Iterable[Any], name: str) -> bool:
    for properties in chain:
        found = properties.find(f"{_WORD}{name}")
        if found is not None:
            return found.get(f"{_WORD}val") not in ("0", "false", "off", "none")
    return False


def _points(half_points: str | None) -> float | None:
    return int(half_points) / 2 if half_points and half_points.isdigit() else None


def _readable(text: str) -> str:
    """Without soft hyphens and private-use signs, which only an icon font shows."""
    return "".join(
        char
        for char in text.replace("\n", " ")
        if not "\ue000" <= char <= "\uf8ff" and char != "\u00ad"
    )


# -- blocks


def _lines(paragraphs: list[_Paragraph]) -> Iterator[Line]:
    _number_headings(paragraphs)
    usual = sum(part.blank_above for part in paragraphs) > 2
    items: list[tuple[int, int]] = []  # open list items: depth, line
    header: int | None = None
    for i, part in enumerate(paragraphs):
        apart = part.blank_above or not usual
        if part.level:
            items = []
            yield Line(Kind.HEADING, part.runs, part.level)
            continue
        if part.row:
            header = i if part.header else header if i and paragraphs[i - 1].row else None
            yield Line(Kind.ROW, part.runs, 0, None if header == i else header, apart)
            continue
        marker = MARKER.match(part.text) if not part.depth else None
        said = i > 0 and is_attribution(paragraphs[i - 1].text, part.text)
        if marker and not said and not marker[0][0].isalnum() and marker.end() < len(part.text):
            part.depth, part.runs = 1, without(part.runs, marker.end())
        if part.depth:
            items = [item for item in items if item[0] < part.depth]
            parent = items[-1][1] if items else None
            items.append((part.depth, i))
            yield Line(Kind.ITEM, part.runs, len(items), parent, part.blank_above)
            continue
        items = []
        yield Line(Kind.PARAGRAPH, part.runs, apart=apart)


def _number_headings(paragraphs: list[_Paragraph]) -> None:
    """Set the levels of headings: by their styles, or where there are none, by their type."""
    styled = [part.level for part in paragraphs if part.level]
    if len(styled) > 1:
        # Without a title, headings begin one level higher.
        raised = 0 if 1 in styled else 1
        for part in paragraphs:
            part.level = max(part.level - raised, 0)
        return
    sizes = sorted(
        size for part in paragraphs for size in [part.size] * len(part.text) if not part.row
    )
    body = sizes[len(sizes) // 2] if sizes else 11.0
    candidates = []
    for i, part in enumerate(paragraphs):
        below = paragraphs[i + 1] if i + 1 < len(paragraphs) else None
        marks = set()
        if is_bold(part.runs):
            marks.add("bold")
        if part.size >= _LARGE * body:
            marks.add("large")
        candidates.append(
            Candidate(
                "" if part.row or part.depth or MARKER.match(part.text) else part.text,
                frozenset(marks),
                True,
                below.text if below else "",
                below is None or below.blank_above,
                part.size / body,
            )
        )
    levels = find_headings(candidates)
    for i, part in enumerate(paragraphs):
        part.level = levels.get(i, 0)
