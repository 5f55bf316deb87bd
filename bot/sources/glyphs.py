"""Glyphs: what a PDF page draws as text, where, and how, by PDFium."""

import ctypes
import math
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from bot.errors import SourceError
from bot.sources.drawings import Box, Drawings, is_inside, read_drawings

MOST_PAGES = 300
MOST_GLYPHS = 1_500_000
_SMALLEST = 3.0  # points; smaller text is there for machines
_CLEAR = 8  # of 255: what can't be seen through less
_WHITE = 247  # of 255: what can't be told from paper
_MOST_DOTS = 2_000  # on a page; more is a picture
_BOLD = re.compile(r"bold|black|heavy|semib|demi(?!l)|extrab", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|kursiv", re.IGNORECASE)
# Bullets of the fonts Symbol and Wingdings, which have no code points of their own.
_BULLETS = dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf0a8\uf06e\uf071\uf02d", "•")
_DIVIDING = {"\x02": "-", "\ufffe": "-", "\u00ad": "\u00ad"}  # PDFium's hyphens at a line's end


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on a page.

    Attributes:
        left, right, base: in points; `base` is where the line of text stands, from the top.
        size: height of the type in points.
        hidden: whether a reader can't see it.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    italic: bool
    hidden: bool
    href: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page's size in points, and its glyphs in the order they are drawn."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]


def read_pages(source: str, content: bytes) -> list[Page]:
    """The pages of a PDF.

    Raises:
        SourceError: it is damaged, encrypted or longer than any résumé.
    """
    import pypdfium2
    import pypdfium2.raw as raw

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise SourceError(
                f"{source}: needs a password; save a copy without one and put that in"
            ) from None
        raise SourceError(
            f"{source}: isn't a PDF that can be read (damaged?); export it again"
        ) from None
    with document:
        if len(document) > MOST_PAGES:
            raise SourceError(
                f"{source}: has {len(document)} pages, more than a résumé can; leave it out"
            )
        pages: list[Page] = []
        count = 0
        for i in range(len(document)):
            try:
                page = document[i]
            except pypdfium2.PdfiumError:
                continue  # one damaged page among others
            pages.append(_PageReader(page, raw).read())
            page.close()
            count += len(pages[-1].glyphs)
            if count > MOST_GLYPHS:
                raise SourceError(f"{source}: holds more text than a résumé can; leave it out")
        return pages


@dataclass(frozen=True, slots=True)
class _Look:
    """What all glyphs of one text object share."""

    scale: float
    turn: int
    bold: bool
    italic: bool
    white: bool
    unseen: bool


class _PageReader:
    def __init__(self, page: Any, raw: Any) -> None:
        self._raw = raw
        self._page = page
        left, bottom, right, top = page.get_cropbox()
        self._origin = (left, bottom)
        self._box = (right - left, top - bottom)
        self._text = page.get_textpage()
        self._looks: dict[int, _Look] = {}
        self._fonts: dict[int, tuple[bool, bool]] = {}
        self._matrix = raw.FS_MATRIX()
        self._channels = [ctypes.c_uint() for _ in range(4)]

    def read(self) -> Page:
        """The glyphs that stand the way most of the page's text does."""
        by_turn: dict[int, list[Glyph]] = {}
        for turn, glyph in self._glyphs():
            by_turn.setdefault(turn, []).append(glyph)
        turn = max(by_turn, key=lambda turn: len(by_turn[turn]), default=0)
        glyphs = by_turn.get(turn, [])
        if turn == 0:
            glyphs += self._bullets(glyphs)
        self._text.close()
        width, height = self._box if turn == 0 else self._box[::-1]
        return Page(width, height, tuple(glyphs))

    def _glyphs(self) -> Iterator[tuple[int, Glyph]]:
        """Each glyph with the way it is turned: 0 if upright, 1 or -1 if it runs up or down."""
        links = self._links()
        raw, text = self._raw, self._text.raw
        x, y = ctypes.c_double(), ctypes.c_double()
        box = raw.FS_RECTF()
        for i in range(min(raw.FPDFText_CountChars(text), MOST_GLYPHS + 1)):
            if raw.FPDFText_IsGenerated(text, i) == 1:
                continue
            shown = _shown(raw.FPDFText_GetUnicode(text, i))
            if not shown:
                continue
            look = self._look(i)
            raw.FPDFText_GetCharOrigin(text, i, x, y)
            raw.FPDFText_GetLooseCharBox(text, i, box)
            size = raw.FPDFText_GetFontSize(text, i) * look.scale
            left, up = x.value - self._origin[0], y.value - self._origin[1]
            right, base = box.right - self._origin[0], self._box[1] - up
            hidden = self._is_hidden(look, left, right, base, size)
            area = (left, base - size / 4)
            if look.turn:
                start, end = (box.bottom, box.top) if look.turn > 0 else (-box.top, -box.bottom)
                bottom = self._origin[1] if look.turn > 0 else -self._origin[1] - self._box[1]
                left, right = start - bottom, end - bottom
                base = x.value - self._origin[0]
                base = base if look.turn > 0 else self._box[0] - base
            if not all(map(math.isfinite, (left, right, base, size))):
                continue
            href = next((uri for place, uri in links if is_inside(place, *area)), None)
            yield (
                look.turn,
                Glyph(
                    shown,
                    left,
                    max(left, right),
                    base,
                    size,
                    look.bold,
                    look.italic,
                    hidden,
                    href,
                ),
            )

    def _look(self, i: int) -> _Look:
        raw, text = self._raw, self._text.raw
        thing = raw.FPDFText_GetTextObject(text, i)
        key = ctypes.addressof(thing.contents) if thing else 0
        if key and key in self._looks:
            return self._looks[key]
        matrix = self._matrix
        raw.FPDFText_GetMatrix(text, i, matrix)
        red, green, blue, alpha = self._channels
        coloured = bool(raw.FPDFText_GetFillColor(text, i, red, green, blue, alpha))
        mode = raw.FPDFTextObj_GetTextRenderMode(thing) if thing else 0
        bold, italic = self._font(i, thing)
        look = _Look(
            scale=math.hypot(matrix.c, matrix.d) or 1.0,
            turn=(abs(matrix.b) > abs(matrix.a)) * (1 if matrix.b > 0 else -1),
            bold=bold,
            italic=italic,
            white=coloured and min(red.value, green.value, blue.value) >= _WHITE,
            unseen=(coloured and alpha.value < _CLEAR)
            or mode in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP),
        )
        if key:
            self._looks[key] = look
        return look

    def _font(self, i: int, thing: Any) -> tuple[bool, bool]:
        """Whether the glyph's font is bold, and whether it is italic."""
        raw = self._raw
        font = raw.FPDFTextObj_GetFont(thing) if thing else None
        key = ctypes.addressof(font.contents) if font else 0
        if key not in self._fonts or not key:
            name = ctypes.create_string_buffer(256)
            flags = ctypes.c_int()
            raw.FPDFText_GetFontInfo(self._text.raw, i, name, 256, flags)
            shown = name.value.decode("utf-8", "replace")
            weight = raw.FPDFText_GetFontWeight(self._text.raw, i)
            self._fonts[key] = (
                weight >= 600 or bool(_BOLD.search(shown)),
                bool(_ITALIC.search(shown)) or bool(flags.value & 64),
            )
        return self._fonts[key]

    def _is_hidden(self, look: _Look, left: float, right: float, base: float, size: float) -> bool:
        if size < _SMALLEST:
            return True
        if right < 0 or left > self._box[0] or base < 0 or base - size > self._box[1]:
            return True
        if not look.white and not look.unseen:
            return False
        # White on a dark ground is seen; so is what a scanner laid under a picture of the page.
        middle, height = (left + right) / 2, base - size / 3
        dark = self._drawings.dark
        return not any(is_inside(place, middle, height) for place in dark)

    @cached_property
    def _drawings(self) -> Drawings:
        return read_drawings(self._page, self._raw, self._origin, self._box[1])

    def _bullets(self, glyphs: list[Glyph]) -> list[Glyph]:
        """A bullet for each dot that is drawn left of a line's first glyph."""
        dots = self._drawings.dots
        if not dots or len(dots) > _MOST_DOTS:
            return []
        by_base = sorted(glyphs, key=lambda glyph: glyph.base)
        bases = [glyph.base for glyph in by_base]
        bullets: list[Glyph] = []
        for left, top, right, bottom in dots:
            middle = (top + bottom) / 2
            near = by_base[bisect_left(bases, middle - 1) : bisect_left(bases, middle + 30)]
            beside = [g for g in near if g.base - g.size <= middle <= g.base + 1 and g.text != " "]
            ahead = [g for g in beside if 0 < g.left - right < 2.5 * g.size]
            behind = [g for g in beside if -1 < left - g.right < 3 * g.size]
            if ahead and not behind:
                first = min(ahead, key=lambda g: g.left)
                bullets.append(replace(first, text="•", left=left, right=right, href=None))
        return bullets

    def _links(self) -> list[tuple[Box, str]]:
        """The page's links to the web: where they are, and their addresses."""
        raw, page = self._raw, self._page.raw
        document = self._page.pdf.raw
        found: list[tuple[Box, str]] = []
        position = ctypes.c_int(0)
        link = raw.FPDF_LINK()
        while raw.FPDFLink_Enumerate(page, position, link) and len(found) < 1000:
            action = raw.FPDFLink_GetAction(link)
            if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
                continue
            length = raw.FPDFAction_GetURIPath(document, action, None, 0)
            buffer = ctypes.create_string_buffer(min(length, 4096))
            raw.FPDFAction_GetURIPath(document, action, buffer, len(buffer))
            rect = raw.FS_RECTF()
            if not raw.FPDFLink_GetAnnotRect(link, rect):
                continue
            x, y = self._origin
            height = self._box[1]
            address = buffer.value.decode("utf-8", "replace")
            left, right = rect.left - x, rect.right - x
            found.append(
                ((left, height - (rect.top - y), right, height - (rect.bottom - y)), address)
            )
        return found


def _shown(code: int) -> str:
    """The character as text: ligatures taken apart, icons and signs without meaning left out."""
    if not 0 < code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return ""
    char = chr(code)
    if char in _DIVIDING:
        return _DIVIDING[char]
    if char in _BULLETS:
        return _BULLETS[char]
    if "\ufb00" <= char <= "\ufb06":
        return unicodedata.normalize("NFKC", char)
    if char.isspace():
        return " "
    return (
        "" if unicodedata.category(char) in ("Co", "Cc", "Cs", "Cn") or char == "\ufffd" else char
    )


def hidden_text(pages: list[Page]) -> Iterator[str]:
    """What the pages hold that a reader can't see, each stretch by itself."""
    for page in pages:
        stretch: list[Glyph] = []
        for glyph in [*page.glyphs, None]:
            if glyph and glyph.hidden:
                stretch.append(glyph)
            elif stretch:
                if shown := _stretch(stretch):
                    yield shown
                stretch = []


def _stretch(glyphs: list[Glyph]) -> str:
    parts: list[str] = []
    for above, glyph in zip([None, *glyphs], glyphs, strict=False):
        if above and (
            abs(above.base - glyph.base) > glyph.size / 2
            or glyph.left - above.right > glyph.size / 5
        ):
            parts.append(" ")
        parts.append(glyph.text)
    return " ".join("".join(parts).split())
