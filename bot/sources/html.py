"""A saved web page (HTML) to a Document, by lxml: what it says, without the site around it."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from bot.documents import Document, Kind, Run, Style
from bot.errors import SourceError
from bot.sources.contact import holds_contact
from bot.sources.runs import trimmed
from bot.sources.structure import Line, build_document
from bot.sources.writing import lay_out

# Parts of a page that aren't its text, by element, role, and words in class or id. The head isn't
# among them, only what is in it: where a page leaves out its body tag, as HTML allows, lxml takes
# elements such as main for parts of the head.
_UNREAD = {
    "script", "style", "noscript", "template", "nav", "form", "button", "select", "iframe",
    "svg", "menu", "dialog", "canvas", "video", "audio", "object", "map", "title",
}  # fmt: skip
_UNREAD_ROLES = {"navigation", "search", "menu", "menubar", "dialog", "alert", "tablist"}
_UNREAD_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|cookies?|consent|skip|skip-link"
    r"|share|sharing|pagination|toc|sr-only|visually-hidden|banner-ad|no-print)(?:$|[\s_-])",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "header", "hgroup", "hr", "html", "li",
    "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
}  # fmt: skip
_SPACED = {"p", "ul", "ol", "table", "blockquote", "section", "article", "hr", "dl", "pre"}
_STRONG = {"strong", "b", "th", "dt"}
_EMPHASIS = {"em", "i", "cite"}
_MOST_OF_PAGE = 0.6  # of the page's text, for an element to count as its main part
_DEEPEST = 200


def read_html(source: str, content: bytes) -> Document:
    """Read a page.

    Raises:
        SourceError: it holds no text.
    """
    from lxml import etree, html

    try:
        root = html.document_fromstring(_decoded(content))
    except (etree.LxmlError, ValueError, AssertionError):
        raise SourceError(f"{source}: holds no page that can be read; save it again") from None
    _Cleaner().clean(root)
    page = _Page()
    page.read(_main_part(root), _Place())
    page.end()
    if not page.lines:
        raise SourceError(
            f"{source}: holds no text (a page that a script fills?); save it from the browser "
            "as text or PDF"
        )
    text, lines, _ = lay_out(page.lines)
    return build_document(source, text, lines)


def _decoded(content: bytes) -> Any:
    """The page as text if it is UTF-8, else as bytes, for the parser to guess from."""
    content = content.replace(b"\0", b"")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


class _Cleaner:
    """Empties what isn't the page's text."""

    def clean(self, root: Any) -> None:
        for element in list(root.iter()):
            if isinstance(element.tag, str) and self._is_chrome(element):
                element.clear(keep_tail=True)
                element.tag = "template"

    def _is_chrome(self, element: Any) -> bool:
        if element.tag in ("html", "body", "main", "article"):
            return False
        if element.tag in _UNREAD or element.get("role") in _UNREAD_ROLES:
            return True
        if element.get("hidden") is not None or element.get("aria-hidden") == "true":
            return True
        if _UNSEEN.search(element.get("style") or ""):
            return True
        if _UNREAD_NAMES.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return element.tag in (
                "div",
                "ul",
                "ol",
                "a",
                "p",
                "section",
                "aside",
                "header",
                "span",
            )
        return element.tag == "footer" and not holds_contact(element.text_content())


def _main_part(root: Any) -> Any:
    body = root.find("body")
    whole = body if body is not None else root
    length = len(whole.text_content())
    for name in ("main", "article"):
        parts = list(whole.iter(name))
        # The name may stand above the main part, in the page's header.
        if (
            len(parts) == 1
            and len(parts[0].text_content()) > _MOST_OF_PAGE * length
            and (parts[0].find(".//h1") is not None or whole.find(".//h1") is None)
        ):
            return parts[0]
    return whole


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the page's tree a text stands.

    Attributes:
        level: of the heading it is in, else 0.
        item: index of the line that holds the text of the list item it is in.
    """

    level: int = 0
    depth: int = 0
    style: Style = Style.PLAIN
    href: str | None = None
    code: bool = False
    nesting: int = 0


@dataclass(slots=True)
class _Page:
    lines: list[Line] = field(default_factory=list)
    _runs: list[Run] = field(default_factory=list)
    _place: _Place = field(default_factory=_Place)
    _apart: bool = True
    _items: list[int | None] = field(default_factory=list)
    _row: list[Run] | None = None
    _header: int | None = None

    def read(self, element: Any, place: _Place) -> None:
        """The element's text and what is in it."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _UNREAD or place.nesting > _DEEPEST:
            return
        inner = self._inner(element, place)
        block = tag in _BLOCKS or inner.level != place.level
        if tag == "br":
            self.end()
            self._apart = False
        elif tag == "tr" and self._row is None:
            self._read_row(element, inner)
        elif tag == "table" and self._row is None and not _is_data(element):
            self._read_children(element, inner, block=True)
        elif tag in ("td", "th") and self._row is not None:
            self._read_cell(element, inner)
        else:
            if block and self._row is None:
                self.end()
                self._apart |= tag in _SPACED or inner.level > 0
            opened = tag == "li" and self._row is None
            if opened:
                self._items.append(None)
                self._apart = False
            self._read_children(element, inner, block and self._row is None)
            if opened:
                self._items.pop()
            if block and self._row is None:
                self._apart |= tag in _SPACED

    def _inner(self, element: Any, place: _Place) -> _Place:
        tag = element.tag
        place = replace(place, nesting=place.nesting + 1)
        if re.fullmatch("h[1-6]", tag):
            return replace(place, level=int(tag[1]), style=Style.PLAIN)
        if tag in ("ul", "ol"):
            return replace(place, depth=place.depth + 1)
        if tag in _STRONG:
            return replace(place, style=Style.STRONG)
        if tag in _EMPHASIS and place.style is Style.PLAIN:
            return replace(place, style=Style.EMPHASIS)
        if tag == "code":
            return replace(place, style=Style.CODE)
        if tag == "pre":
            return replace(place, code=True)
        if tag == "a" and element.get("href"):
            return replace(place, href=element.get("href"))
        return place

    def _read_children(self, element: Any, place: _Place, block: bool) -> None:
        self._say(element.text, place)
        above: Any = None
        for child in element.iterchildren():
            if (
                above is not None
                and {above.tag, child.tag} <= {"span", "time", "small"}
                and not (above.tail or "").strip()
            ):
                self._say("  ", place)  # set apart by the page's style
            self.read(child, place)
            self._say(child.tail, place)
            above = child
        if block:
            self.end()

    def _read_row(self, element: Any, place: _Place) -> None:
        self.end()
        first = element.getprevious() is None and element.getparent().tag != "tbody"
        header = element.find("th") is not None and element.find("td") is None
        table = next(element.iterancestors("table"), None)
        if not _is_data(table):
            self._read_children(element, place, block=True)
            return
        if first or header:
            self._header = None
        self._row = []
        for child in element.iterchildren():
            self.read(child, place)
        runs, self._row = trimmed(self._row), None
        if runs:
            self.lines.append(Line(Kind.ROW, runs, 0, self._header, self._apart))
            self._apart = False
            if header:
                self._header = len(self.lines) - 1

    def _read_cell(self, element: Any, place: _Place) -> None:
        assert self._row is not None
        before, self._row = self._row, []
        self._read_children(element, place, block=False)
        cell = list(trimmed(self._row))
        self._row = [*before, Run(0, 0, " | "), *cell] if before and cell else before + cell

    def _say(self, text: str | None, place: _Place) -> None:
        if not text:
            return
        if place.code and self._row is None:
            for i, line in enumerate(text.split("\n")):
                if i:
                    self._end_code()
                self._runs += [Run(0, 0, line, Style.CODE)] if line else []
            self._place = place
            return
        shown = text if text == "  " else re.sub(r"[\s\x00-\x1f]+", " ", text)
        into = self._runs if self._row is None else self._row
        if not into and not shown.strip():
            return
        if into and into[-1].text.endswith(" "):
            shown = shown.lstrip(" ")
        if shown:
            into.append(Run(0, 0, shown, place.style, place.href))
            self._place = place

    def _end_code(self) -> None:
        runs, self._runs = trimmed(self._runs), []
        if runs:
            self.lines.append(Line(Kind.CODE, runs))

    def end(self) -> None:
        """End the line."""
        if self._place.code:
            self._end_code()
            self._place = replace(self._place, code=False)
            return
        runs, self._runs = trimmed(self._runs), []
        if not runs:
            return
        place = self._place
        if place.level:
            self.lines.append(Line(Kind.HEADING, runs, place.level))
        elif place.depth:
            parent = next((item for item in reversed(self._items) if item is not None), None)
            self.lines.append(Line(Kind.ITEM, runs, place.depth, parent, self._apart))
            if self._items and self._items[-1] is None:
                self._items[-1] = len(self.lines) - 1
        else:
            self.lines.append(Line(Kind.PARAGRAPH, runs, apart=self._apart))
        self._apart = False


def _is_data(table: Any) -> bool:
    """Whether the table holds data, and doesn't only arrange the page."""
    if table is None or table.get("role") in ("presentation", "none"):
        return False
    cells = list(table.iter("td", "th"))
    return len(cells) > 1 and not any(
        cell.find(f".//{tag}") is not None
        for cell in cells
        for tag in ("h1", "h2", "h3", "h4", "ul", "ol", "table", "p")
    )
