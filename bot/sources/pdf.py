"""PDF with a text layer to a Document: reading order, then structure by type and words."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from bot.documents import Document, Run, Style
from bot.errors import SourceError
from bot.sources.columns import PageLine, Piece, page_lines
from bot.sources.contact import holds_contact
from bot.sources.glyphs import Page, read_pages
from bot.sources.glyphs import hidden_text as _hidden
from bot.sources.headings import Candidate, find_headings
from bot.sources.printed import MARKER, Printed, group
from bot.sources.structure import build_document
from bot.sources.tables import Row, with_tables
from bot.sources.writing import lay_out

_MARGIN = 0.09  # of the page's height, at top and bottom, where headers and footers are
_FOLIO = re.compile(
    r"(?:\W*(?:page|p|seite|s|página|pág|pagina|第))?\W*\d{1,3}\s*(?:/|of|von|sur|de|页|頁|\|)?\W*(?:共\W*)?\d{0,3}\W*[页頁]?\W*",
    re.IGNORECASE,
)
_COLUMN = 0.5  # of the type's size: the width of a character
_LARGE = 1.1  # of the text's size: type that sets a heading apart
_STRIDE = 1_000_000  # runs of line n begin at n times this, until their text is laid out
_NEAR_COLUMN = 20  # points that the edges of one column may differ from page to page
_WIDE = "  "  # what is written for a gap between two pieces of a line


def read_pdf(source: str, content: bytes) -> Document:
    """Read a PDF.

    Raises:
        SourceError: it is damaged, encrypted, too long, or holds no text.
    """
    pages = read_pages(source, content)
    lines = list(_without_margins(_page_lines(pages), pages))
    if not lines:
        raise SourceError(
            f"{source}: holds no text, only pictures; export it from your word processor "
            "or run OCR on it (for example ocrmypdf)"
        )
    grouped = group(_with_headings(list(_printed(lines))))
    page_of = _pages_of(lines)
    starts = [
        next(
            (
                i
                for i, line in enumerate(grouped)
                if page_of[line.runs[0].start // _STRIDE] >= number
            ),
            len(grouped),
        )
        for number in range(len(pages))
    ]
    text, written, offsets = lay_out(grouped, starts)
    return build_document(source, text, written, offsets)


def hidden_text(source: str, content: bytes) -> tuple[str, ...]:
    """What the PDF holds that a reader can't see: white, tiny or off the page.

    Raises:
        SourceError: as `read_pdf`.
    """
    return tuple(_hidden(read_pages(source, content)))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page; `row` if it is one of a table."""

    line: PageLine
    page: int
    row: Row | None = None


def _page_lines(pages: Sequence[Page]) -> list[list[PageLine]]:
    """The lines of each page."""
    found: list[list[PageLine]] = []
    for page in pages:
        glyphs = [glyph for glyph in page.glyphs if not glyph.hidden]
        found.append(page_lines(glyphs, page.width, found[-1] if found else ()))
    return found


def _without_margins(pages: Sequence[Sequence[PageLine]], sizes: Sequence[Page]) -> Iterator[_Line]:
    """The lines without page numbers, and without what each page repeats at top or bottom."""
    repeated = Counter(
        key
        for lines, page in zip(pages, sizes, strict=True)
        for key in {_margin_key(line) for line in lines if _in_margin(line, page)}
    )
    pitch = _pitch(pages)
    for number, (lines, page) in enumerate(zip(pages, sizes, strict=True)):
        kept: list[PageLine] = []
        for line in lines:
            if _in_margin(line, page):
                text = " ".join(piece.text for piece in line.pieces)
                times = repeated[_margin_key(line)]
                again = times > 1 and 2 * times >= len(pages)
                if again and (number or not holds_contact(text)):
                    continue
                if _is_folio(text, number):
                    continue
            kept.append(line)
        for found in with_tables(kept, pitch):
            if isinstance(found, Row):
                yield _Line(found.line, number, found)
            else:
                yield _Line(found, number)


def _in_margin(line: PageLine, page: Page) -> bool:
    return not _MARGIN * page.height < line.base < (1 - _MARGIN) * page.height


def _is_folio(text: str, number: int) -> bool:
    """Whether the text is the page's number: "3", "Page 3 of 7"; a year isn't."""
    if not _FOLIO.fullmatch(text):
        return False
    numbers = [int(digits) for digits in re.findall(r"\d+", text)]
    return numbers[0] in (number + 1, number)


def _margin_key(line: PageLine) -> str:
    """The line without what changes from page to page."""
    return re.sub(r"\d+", "0", " ".join(piece.text for piece in line.pieces))


# -- lines


def _printed(lines: Sequence[_Line]) -> Iterator[tuple[Printed, float, bool]]:
    """The lines as printed, their size relative to the text, and whether they are all bold.

    The runs' offsets tell their line's number, by `_STRIDE`, and nothing else.
    """
    body = _body_size(lines)
    pitch = _pitch([[found.line for found in lines]])
    above: _Line | None = None
    for number, found in enumerate(lines):
        line = found.line
        char = line.size * _COLUMN
        left = (line.pieces[0].left - line.start) / char
        runs = _cells(found.row, number) if found.row else _runs(line.pieces, number)
        bold = all(
            glyph.bold
            for piece in line.pieces
            for word in piece.words
            for glyph in word
            if glyph.text.isalnum()
        )
        printed = Printed(
            tuple(runs),
            left,
            (line.pieces[-1].right - line.start) / char,
            (line.end - line.start) / char,
            _is_apart(above, found, pitch),
            table=found.page * 1000 + found.row.table if found.row else 0,
            header=bool(found.row and found.row.header),
            word=(line.pieces[0].words[0][-1].right - line.pieces[0].left) / char,
            column=round(line.start / _NEAR_COLUMN),
        )
        yield printed, line.size / body, bold
        above = found


def _cells(row: Row, number: int) -> Iterator[Run]:
    for i, cell in enumerate(row.cells):
        if i:
            yield Run(number * _STRIDE, number * _STRIDE, " | ")
        yield from _runs(cell, number, " ")


def _runs(pieces: Sequence[Piece], number: int, wide: str = _WIDE) -> Iterator[Run]:
    """Runs of one style and link; words parted by a space, pieces by a wider gap."""
    shown: list[tuple[str, Style, str | None]] = []
    for piece in pieces:
        for word in piece.words:
            gap = ""
            if shown:
                gap = wide if word is piece.words[0] else " "
            for i, glyph in enumerate(word):
                style = (
                    Style.STRONG if glyph.bold else Style.EMPHASIS if glyph.italic else Style.PLAIN
                )
                before = gap if i == 0 else ""
                if before and shown and shown[-1][1:] == (style, glyph.href):
                    shown.append((before, style, glyph.href))
                elif before:
                    shown.append((before, Style.PLAIN, None))
                shown.append((glyph.text, style, glyph.href))
    for (style, href), parts in groupby(shown, key=lambda part: part[1:]):
        text = "".join(text for text, *_ in parts)
        yield Run(number * _STRIDE, number * _STRIDE, text, style, href)


def _body_size(lines: Sequence[_Line]) -> float:
    """The size that most of the text is set in."""
    sizes: Counter[float] = Counter()
    for found in lines:
        for piece in found.line.pieces:
            sizes[round(piece.size, 1)] += len(piece.text)
    return max(sizes.most_common(1)[0][0], 1.0)


def _pitch(pages: Sequence[Sequence[PageLine]]) -> float:
    """The distance of lines within a paragraph, relative to the size of their type."""
    distances: Counter[float] = Counter()
    for above, below in (pair for lines in pages for pair in pairwise(lines)):
        distance = (below.base - above.base) / max(below.size, 1.0)
        if above.column == below.column and 0.8 < distance < 3:
            distances[round(distance, 1)] += 1
    most = max(distances.values(), default=0)
    return min(
        (distance for distance, count in distances.items() if count * 4 >= most), default=1.2
    )


def _is_apart(above: _Line | None, below: _Line, pitch: float) -> bool:
    if above is None:
        return True
    if above.page == below.page and above.line.column == below.line.column:
        distance = below.line.base - above.line.base
        return distance > (pitch + 0.25) * max(below.line.size, 1.0)
    # Over the end of a page or column only a sentence goes on.
    last, first = above.line.pieces[-1], below.line.pieces[0]
    if last.text.endswith((".", "!", "?", ":", ";")) or MARKER.match(first.text):
        return True
    word = first.words[0][-1].right - first.left
    full = last.right + word > above.line.end and abs(last.size - first.size) < 0.3
    return not (first.text[:1].islower() or (full and len(last.words) > 3))


def _with_headings(lines: Sequence[tuple[Printed, float, bool]]) -> list[Printed]:
    lines = _joined_large(lines)
    candidates = []
    for i, (line, size, bold) in enumerate(lines):
        below = lines[i + 1][0] if i + 1 < len(lines) else None
        marks = {"bold"} if bold else set()
        if size >= _LARGE:
            marks.add("large")
        candidates.append(
            Candidate(
                "" if MARKER.match(line.text) or line.table else line.text,
                frozenset(marks),
                line.apart,
                below.text if below else "",
                below is None or below.apart,
                size,
                line.column,
            )
        )
    levels = find_headings(candidates)
    return [replace(line, level=levels.get(i, 0)) for i, (line, *_) in enumerate(lines)]


def _joined_large(
    lines: Sequence[tuple[Printed, float, bool]],
) -> list[tuple[Printed, float, bool]]:
    """The lines, with what is set in larger type over two lines as one."""
    joined: list[tuple[Printed, float, bool]] = []
    for line, size, bold in lines:
        above, above_size, above_bold = joined[-1] if joined else (line, 0.0, bold)
        if (
            size >= _LARGE
            and abs(size - above_size) < 0.02
            and bold == above_bold
            and not line.apart
            and above.right + 1 + len(line.text.split()[0]) > above.measure
        ):
            solid = above.text.endswith(("-", "‐")) and above.text[-2:-1].isalpha()
            between = "" if solid else " "
            space = Run(line.runs[0].start, line.runs[0].start, between, above.runs[-1].style)
            runs = (*above.runs, space, *line.runs)
            joined[-1] = (replace(above, runs=runs, right=line.right), size, bold)
        else:
            joined.append((line, size, bold))
    return joined


def _pages_of(lines: Sequence[_Line]) -> list[int]:
    return [found.page for found in lines]
