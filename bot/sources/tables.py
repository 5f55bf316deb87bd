"""Tables on a printed page: lines whose pieces stand in the same columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.dates import find_periods
from bot.sources.columns import PageLine, Piece

_FEWEST_ROWS = 2
_LOOSE = 0.12  # of the type's size by which rows are further apart than lines of a cell
_LEVEL = 0.8  # of the type's size: lines that are nearer than this aren't in one column
_EDGE = 3.0  # points that left edges of cells may differ
_FIRST_LINES = 4  # of a table, that show where its columns begin
_MOST_LINES = 3  # of a row of a table with a header, on the average
_MOST_ROWS = 60  # of a table on a page
_GAP = 0.5  # of the type's size between a title and what stands at its right, at least
_FARTHEST = 3.0  # of the type's size between the lines of a table


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        cells: the pieces of each cell that isn't empty, from top to bottom.
        header: whether it is the table's first row, and bold.
        table: the table's number on its page, from 1.
    """

    cells: tuple[tuple[Piece, ...], ...]
    header: bool
    table: int
    line: PageLine


def with_tables(lines: Sequence[PageLine], pitch: float) -> list[PageLine | Row]:
    """The lines, those of tables put together as rows.

    Args:
        pitch: the distance of lines in a paragraph, relative to the size of their type.
    """
    found: list[PageLine | Row] = []
    lines = _with_whole_titles(lines, pitch)
    table = 0
    i = 0
    while i < len(lines):
        if rows := _staggered(lines, i, pitch, table + 1):
            table += 1
            found += rows[0]
            i = rows[1]
            continue
        ahead = lines[i : i + _MOST_ROWS]
        if any(len(line.pieces) > 1 for line in ahead[:_FIRST_LINES]):
            ahead = _parted(ahead)
        last = i + _last_of_run(ahead, 0, pitch)
        parted = _parted(lines[i : last + 1])
        columns = _table_columns(parted)
        if columns:
            table += 1
            found += _rows(parted, columns, table, pitch)
            i = last + 1
        else:
            found.append(lines[i])
            i += 1
    return found


def _with_whole_titles(lines: Sequence[PageLine], pitch: float) -> list[PageLine]:
    """The lines, a bold title that goes on below the dates at its right made one with them."""
    joined: list[PageLine] = []
    for line in lines:
        above = joined[-1] if joined else None
        if above is not None and _goes_on_beside(above, line, pitch):
            title, beside = above.pieces
            rest = line.pieces[1].words if len(line.pieces) > 1 else ()
            whole = Piece(title.words + line.pieces[0].words), Piece(beside.words + rest)
            joined[-1] = replace(above, pieces=whole)
        else:
            joined.append(line)
    return joined


def _goes_on_beside(above: PageLine, line: PageLine, pitch: float) -> bool:
    """Whether the line holds the rest of a title, and maybe of what stands at its right."""
    if len(above.pieces) != 2 or len(line.pieces) > 2 or line.column != above.column:
        return False
    if not 0 < (line.base - above.base) / line.size < pitch + _LOOSE:
        return False
    (title, beside), rest = above.pieces, line.pieces[0]
    if not (_is_bold_piece(title) and _is_bold_piece(rest)) or _is_bold_piece(beside):
        return False
    if abs(title.left - rest.left) > _EDGE or not find_periods(beside.text):
        return False
    if len(line.pieces) == 2 and abs(line.pieces[1].left - beside.left) > _EDGE:
        return False
    word = rest.words[0][-1].right - rest.left
    return title.right + word + _GAP * line.size > beside.left


def _staggered(
    lines: Sequence[PageLine], first: int, pitch: float, table: int
) -> tuple[list[Row], int] | None:
    """The rows of a table whose cells have different numbers of lines and stand at half their
    height, so that lines of one row aren't level; and the number of the line below.
    """
    last = first
    level = True
    for i in range(first + 1, len(lines)):
        line, above = lines[i], lines[i - 1]
        distance = (line.base - above.base) / line.size
        if line.column != above.column or not 0 <= distance < _FARTHEST:
            break
        if abs(line.size - above.size) > 0.5:
            break
        level &= distance > _LEVEL
        last = i
        if level and i - first > 1:
            return None
    if level:
        return None
    parted = _parted(lines[first : last + 1])
    while last > first:
        inside = parted[: last + 1 - first]
        rows = _cell_rows([piece for line in inside for piece in line.pieces], pitch)
        if rows and all(len(row) > 1 for row in (rows[0], rows[-1])):
            break
        last -= 1
    else:
        return None
    if any(below.base - above.base < _LEVEL * below.size for above, below in pairwise(inside)):
        header = all(_is_bold_piece(piece) for cell in rows[0] for piece in cell)
        line = lines[first]
        made = [Row(tuple(row), header and not n, table, line) for n, row in enumerate(rows)]
        return made, last + 1
    return None


def _parted(lines: Sequence[PageLine]) -> list[PageLine]:
    """The lines, cut where a word begins at the edge of a column that other lines show."""
    edges = [piece.left for line in lines for piece in line.pieces]
    shared = {edge for edge in edges if sum(abs(edge - other) < 1 for other in edges) > 1}
    return [
        replace(line, pieces=tuple(part for piece in line.pieces for part in _cut(piece, shared)))
        for line in lines
    ]


def _cut(piece: Piece, edges: Iterable[float]) -> list[Piece]:
    edges = list(edges)
    parts = [[piece.words[0]]]
    for above, word in pairwise(piece.words):
        at_edge = any(abs(word[0].left - edge) < 1 for edge in edges)
        if at_edge and word[0].left - above[-1].right > _GAP * piece.size:
            parts.append([])
        parts[-1].append(word)
    return [Piece(tuple(part)) for part in parts]


def _cell_rows(pieces: Sequence[Piece], pitch: float) -> list[list[tuple[Piece, ...]]] | None:
    """The pieces as rows of cells; None if they are no table. Cells of a row overlap in
    height, those of two rows don't.
    """
    columns = _spans((piece.left, piece.right) for piece in pieces)
    if len(columns) < 2:
        return None
    cells: list[list[Piece]] = []
    for left, right in columns:
        inside = sorted((p for p in pieces if left <= p.left <= right), key=lambda p: p.base)
        if len(inside) < _FEWEST_ROWS or any(p.left - left > _EDGE for p in inside):
            return None
        for number, piece in enumerate(inside):
            above = inside[number - 1]
            tight = (piece.base - above.base) / piece.size < pitch + _LOOSE
            if number and tight and _is_bold_piece(piece) == _is_bold_piece(above):
                cells[-1].append(piece)
            else:
                cells.append([piece])
    heights = _spans((cell[0].base - cell[0].size / 2, cell[-1].base) for cell in cells)
    rows = [
        sorted((cell for cell in cells if top <= cell[-1].base <= end), key=lambda c: c[0].left)
        for top, end in heights
    ]
    if len(rows) < _FEWEST_ROWS or any(len(row) > len(columns) for row in rows):
        return None
    return [[tuple(cell) for cell in row] for row in rows]


def _spans(edges: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """The stretches that the edges cover together."""
    spans: list[tuple[float, float]] = []
    for start, end in sorted(edges):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return spans


def _last_of_run(lines: Sequence[PageLine], first: int, pitch: float) -> int:
    """The last of the lines that may be one table with the first."""
    if len(lines[first].pieces) < 2:
        return first
    several = first
    for i in range(first + 1, len(lines)):
        line, above = lines[i], lines[i - 1]
        distance = (line.base - above.base) / line.size
        near = 0 <= distance < _FARTHEST
        if line.column != above.column or not near or abs(line.size - above.size) > 0.5:
            break
        if len(line.pieces) > 1 or (i - several == 1 and distance < pitch + _LOOSE):
            several = i
        elif i - several > 1:
            break
    return several


def _table_columns(lines: Sequence[PageLine]) -> list[tuple[float, float]] | None:
    """Left and right edges of the columns, if the lines are a table."""
    if len(lines) < _FEWEST_ROWS:
        return None
    columns = _spans((piece.left, piece.right) for line in lines for piece in line.pieces)
    most = max(len(line.pieces) for line in lines)
    titled = _is_bold(lines[0]) and len(lines[0].pieces) == most
    least = len(lines) / (_MOST_LINES if titled else 2)
    if len(columns) != most or sum(len(line.pieces) > 1 for line in lines) < least:
        return None
    if all(map(_is_bold, lines)):
        return None  # a title whose words are set far apart
    return columns if titled or most > 2 else None


def _is_bold(line: PageLine) -> bool:
    return all(map(_is_bold_piece, line.pieces))


def _is_bold_piece(piece: Piece) -> bool:
    return all(glyph.bold for word in piece.words for glyph in word)


def _rows(
    lines: Sequence[PageLine], columns: Sequence[tuple[float, float]], table: int, pitch: float
) -> list[Row]:
    distances = [(below.base - above.base) / below.size for above, below in pairwise(lines)]
    tight = pitch + _LOOSE
    wraps = max(distances) > tight
    rows: list[list[PageLine]] = [[lines[0]]]
    for line, distance in zip(lines[1:], distances, strict=True):
        full = len(line.pieces) == len(columns)
        headed = _is_bold(rows[-1][-1]) and not _is_bold(line)
        if distance <= tight and (wraps or not full) and not headed:
            rows[-1].append(line)
        else:
            rows.append([line])
    found = []
    for number, row in enumerate(rows):
        pieces = [piece for line in row for piece in line.pieces]
        cells = [
            tuple(piece for piece in pieces if left <= piece.left <= right)
            for left, right in columns
        ]
        header = number == 0 and all(map(_is_bold, row))
        found.append(Row(tuple(filter(None, cells)), header, table, row[0]))
    return found
