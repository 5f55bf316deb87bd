"""Reading order: the lines of a page, of one column or several, as a reader takes them in."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bot.dates import find_periods
from bot.sources.glyphs import Glyph
from bot.sources.sections import is_section_title

_SPACE = 0.15  # of the type's size: a gap this wide parts two words
_SPACE_DRAWN = 0.02  # of the type's size: the same where a space is drawn
_BREAK = 1.2  # of the type's size: a gap this wide parts two pieces of a line
_EVEN = 1.4  # by which the gaps of a justified line may differ
_VERY_EVEN = 1.05  # the same where there are only two
_STRETCHED = 3.0  # of the type's size: up to where two alike are only a stretched line's
_SAME_LINE = 0.35  # of the type's size that bases on one line may differ
_EDGE = 3.0  # points that edges of a column may differ
_GUTTER = 6.0  # points between two columns, at least
_NARROWEST = 0.12  # of the page's width a column has at least
_FEWEST_LINES = 3  # of a column
_SIDEBAR = 0.75  # of the other column's width: a narrower one is a sidebar
_MOST_EDGES = 12  # tried for a page


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line without a wide gap in it.

    Attributes:
        words: its glyphs word by word, at least one of each.
        left, right, base: as of a `Glyph`, in points.
        size: of its type in points, the median.
    """

    words: tuple[tuple[Glyph, ...], ...]

    @property
    def left(self) -> float:
        return self.words[0][0].left

    @property
    def right(self) -> float:
        return self.words[-1][-1].right

    @property
    def base(self) -> float:
        return self.words[0][0].base

    @property
    def size(self) -> float:
        return median(glyph.size for word in self.words for glyph in word)

    @property
    def text(self) -> str:
        return " ".join("".join(glyph.text for glyph in word) for word in self.words)


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line as it is read: its pieces from left to right.

    Attributes:
        start, end: left and right edge of the column it is in, in points.
        column: number of the column on its page, from 0.
        base: where the line stands, in points from the top of the page.
        size: of its largest type in points.
    """

    pieces: tuple[Piece, ...]
    start: float
    end: float
    column: int

    @property
    def base(self) -> float:
        return self.pieces[0].base

    @property
    def size(self) -> float:
        return max(piece.size for piece in self.pieces)


def page_lines(
    glyphs: Sequence[Glyph], width: float, before: Sequence[PageLine] = ()
) -> list[PageLine]:
    """The lines of a page in reading order.

    Args:
        width: of the page, in points.
        before: the lines of the page before, whose columns may go on.
    """
    pieces = [piece for row in _rows(glyphs) for piece in _pieces(row)]
    if not pieces:
        return []
    lines: list[PageLine] = []
    columns = _columns(pieces, width)
    if len(columns) == 1:
        columns = _going_on(columns[0], before)
    for column, group in enumerate(columns):
        lines += (
            PageLine(tuple(row), group.start, group.end, column) for row in _aligned(group.pieces)
        )
    return lines


@dataclass(frozen=True, slots=True)
class _Column:
    pieces: list[Piece]
    start: float
    end: float


def _going_on(page: _Column, before: Sequence[PageLine]) -> list[_Column]:
    """The columns of the page before where they hold the last few lines, a title among them."""
    for edge in sorted({line.start for line in before if line.column}):
        left, right = _left(page.pieces, edge), _right(page.pieces, edge)
        if not left or not right or len(left) + len(right) < len(page.pieces):
            continue
        begins = any(abs(piece.left - edge) < _EDGE for piece in right)
        if begins and any(is_section_title(piece.text) for piece in page.pieces):
            return [_Column(left, page.start, edge - _GUTTER), _Column(right, edge, page.end)]
    return [page]


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The glyphs that stand on one line, from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.base, glyph.left)):
        if rows and glyph.base - rows[-1][0].base <= _SAME_LINE * max(glyph.size, 1):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [sorted(row, key=lambda glyph: glyph.left) for row in rows]


def _pieces(row: Sequence[Glyph]) -> list[Piece]:
    """The row cut at wide gaps, and its words."""
    words = _words(row)
    if not words:
        return []
    gaps = [second[0].left - first[-1].right for first, second in pairwise(words)]
    size = row[0].size
    even = _is_even([gap / size for gap in (gaps[1:] if len(words[0]) == 1 else gaps)])
    pieces = [[words[0]]]
    for word, gap in zip(words[1:], gaps, strict=True):
        if not even and gap > _BREAK * max(word[0].size, pieces[-1][-1][-1].size):
            pieces.append([word])
        else:
            pieces[-1].append(word)
    return [Piece(tuple(piece)) for piece in pieces]


def _is_even(gaps: Sequence[float]) -> bool:
    """Whether a line is stretched to the measure: it has wide gaps, all of them alike."""
    if len(gaps) > 2:
        return 0 < max(gaps) < _EVEN * min(gaps)
    return len(gaps) == 2 and 0 < max(gaps) < min(_VERY_EVEN * min(gaps), _STRETCHED)


def _words(row: Sequence[Glyph]) -> list[tuple[Glyph, ...]]:
    drawn = [glyph for glyph in row if glyph.text != " "]
    # Letters set apart have the same gap after each; a space is wider still.
    gaps = [second.left - first.right for first, second in pairwise(drawn)]
    usual = min(max(median(gaps), 0.0), drawn[0].size) if len(gaps) > 3 else 0.0
    words: list[tuple[Glyph, ...]] = []
    word: list[Glyph] = []
    spaced = False
    for glyph in row:
        if glyph.text == " ":
            spaced = True
            continue
        if word:
            gap = glyph.left - word[-1].right
            size = max(word[-1].size, glyph.size)
            if gap < -0.5 * size and glyph.text == word[-1].text:
                continue  # drawn twice for boldness
            if gap > usual + _least_space(word[-1], glyph, spaced) * size:
                words.append(tuple(word))
                word = []
        word.append(glyph)
        spaced = False
    return [*words, tuple(word)] if word else words


def _least_space(first: Glyph, second: Glyph, spaced: bool) -> float:
    """The gap that parts two words, relative to the type's size; `spaced` if there is a space."""
    if spaced:
        return _SPACE_DRAWN
    # Justified lines set the signs of a script without spaces apart.
    cjk = first.text > "\u2e80" and second.text > "\u2e80"
    return _BREAK if cjk else _SPACE


def _aligned(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces of one column as lines from top to bottom."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.base, piece.left)):
        if lines and piece.base - lines[-1][0].base <= _SAME_LINE * piece.size:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda piece: piece.left) for line in lines]


def _columns(pieces: list[Piece], width: float) -> list[_Column]:
    """The columns in reading order. What runs across them parts the page into bands."""
    end = max(piece.right for piece in pieces)
    best: tuple[int, float, list[list[Piece]]] | None = None
    for edge in _edges(pieces, width):
        bands = _bands(pieces, edge)
        held = sum(
            min(len(_left(band, edge)), len(_right(band, edge)))
            for band in bands
            if _is_columned(band, edge, width)
        )
        if held and (best is None or held > best[0]):
            best = held, edge, bands
    if best is None:
        return [_column_of(pieces, end)]
    _, edge, bands = best
    columns: list[_Column] = []
    whole: list[Piece] = []  # what runs over the page's width, since the last columns
    start = min(piece.left for piece in pieces)
    for band in bands:
        if not _is_columned(band, edge, width):
            whole += band
            continue
        columns += [_Column(whole, start, end)] if whole else []
        columns += _in_order(_left(band, edge), _right(band, edge), edge, width)
        whole = []
    return [*columns, _Column(whole, start, end)] if whole else columns


def _column_of(pieces: list[Piece], end: float) -> _Column:
    return _Column(pieces, min(piece.left for piece in pieces), end)


def _in_order(left: list[Piece], right: list[Piece], edge: float, width: float) -> list[_Column]:
    """The two columns one after the other, a sidebar inside the column beside it: below the
    name, or what goes on from the page before, and above the first section that begins there.
    So sections that run over pages stay whole.
    """
    first = _column_of(left, _left_end(left, edge, max(piece.right for piece in left)))
    second = _columns(right, width)
    wide = max(piece.right for piece in right) - edge
    narrow = first.end - first.start
    if min(wide, narrow) > _SIDEBAR * max(wide, narrow) or len(second) > 1:
        return [first, *second]
    main, side = (first, second[0]) if narrow > wide else (second[0], first)
    opening = min((p.base for p in main.pieces if _is_title(p, main, side)), default=None)
    if opening is None:
        return [main, side]
    above = [piece for piece in main.pieces if piece.base < opening - _EDGE]
    below = [piece for piece in main.pieces if piece.base >= opening - _EDGE]
    head = [_Column(above, main.start, main.end)] if above else []
    return [*head, side, _Column(below, main.start, main.end)]


def _is_title(piece: Piece, column: _Column, beside: _Column) -> bool:
    return is_section_title(piece.text) and (
        not _is_beside(piece, beside.pieces)
        or piece.size > 1.05 * median(other.size for other in column.pieces)
    )


def _left_end(left: Sequence[Piece], edge: float, furthest: float) -> float:
    """Up to where text may run in a column that ends before `edge`."""
    near = sum(furthest - piece.right < 0.08 * furthest for piece in left)
    return furthest if near > 1 else max(furthest, edge - _GUTTER * 2)


def _edges(pieces: Sequence[Piece], width: float) -> list[float]:
    """Where a second column may begin: left edges that several pieces share."""
    counts: dict[float, int] = {}
    for piece in pieces:
        counts[round(piece.left / _EDGE)] = counts.get(round(piece.left / _EDGE), 0) + 1
    least = min(piece.left for piece in pieces) + _NARROWEST * width
    shared = [
        (count, place * _EDGE)
        for place, count in counts.items()
        if count >= 2 and place * _EDGE > least
    ]
    return [edge for _, edge in sorted(shared, reverse=True)[:_MOST_EDGES]]


def _left(band: Sequence[Piece], edge: float) -> list[Piece]:
    return [piece for piece in band if piece.right <= edge - _EDGE]


def _right(band: Sequence[Piece], edge: float) -> list[Piece]:
    return [piece for piece in band if piece.left >= edge - _EDGE]


def _bands(pieces: Sequence[Piece], edge: float) -> list[list[Piece]]:
    """The pieces between lines that run across the edge, and those lines, from the top."""
    bands: list[list[Piece]] = [[]]
    across = False
    for line in _aligned(pieces):
        crosses = any(p.left < edge - _EDGE and p.right > edge - _EDGE for p in line)
        if crosses != across and bands[-1]:
            bands.append([])
        across = crosses
        bands[-1] += line
    return bands


def _is_columned(band: Sequence[Piece], edge: float, width: float) -> bool:
    """Whether the two sides of the edge are read one after the other, and not line by line,
    as titles with their dates or the cells of a table are.
    """
    left, right = _left(band, edge), _right(band, edge)
    least = min(len(left), len(right))
    if len(left) + len(right) < len(band) or least < 2:
        return False
    if least < _FEWEST_LINES and not (_has_title(left, right) and _has_title(right, left)):
        return False
    if max(piece.right for piece in left) - min(piece.left for piece in left) < _NARROWEST * width:
        return False
    if _is_margin(left, right) or _is_margin(right, left):
        return False
    return _stands_alone(left, right) and _stands_alone(right, left)


def _is_margin(side: Sequence[Piece], other: Sequence[Piece]) -> bool:
    """Whether the side holds what belongs to the lines beside it: dates, or titles."""
    beside = sum(_is_beside(piece, other) for piece in side)
    if beside < 0.8 * len(side):
        return False
    dated = sum(bool(find_periods(piece.text)) for piece in side)
    titles = 0 if _has_title(other, side) else sum(is_section_title(p.text) for p in side)
    return (dated + titles) * 2 >= len(side)


def _is_beside(piece: Piece, others: Sequence[Piece]) -> bool:
    return any(abs(piece.base - other.base) < _SAME_LINE * piece.size for other in others)


def _stands_alone(side: Sequence[Piece], other: Sequence[Piece]) -> bool:
    """Whether the side is a text by itself: it has a section's title, or prose."""
    return _has_title(side, other) or sum(len(piece.words) >= 4 for piece in side) >= 4


def _has_title(side: Sequence[Piece], other: Sequence[Piece]) -> bool:
    """Whether a section's title is in it, other than in a line with cells of a table."""
    size = median(piece.size for piece in side)
    return any(
        is_section_title(piece.text) and (piece.size > 1.05 * size or not _is_beside(piece, other))
        for piece in side
    )
