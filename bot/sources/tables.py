"""Tables on a printed page: lines whose pieces stand in the same columns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.sources.columns import PageLine, Piece

_FEWEST_ROWS = 2
_LOOSE = 0.12  # of the type's size by which rows are further apart than lines of a cell
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
    table = 0
    i = 0
    while i < len(lines):
        last = _last_of_run(lines, i, pitch)
        columns = _table_columns(lines[i : last + 1])
        if columns:
            table += 1
            found += _rows(lines[i : last + 1], columns, table, pitch)
            i = last + 1
        else:
            found.append(lines[i])
            i += 1
    return found


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
    edges = sorted((piece.left, piece.right) for line in lines for piece in line.pieces)
    columns: list[tuple[float, float]] = []
    for left, right in edges:
        if columns and left <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    most = max(len(line.pieces) for line in lines)
    if len(columns) != most or sum(len(line.pieces) > 1 for line in lines) * 2 < len(lines):
        return None
    if all(map(_is_bold, lines)):
        return None  # a title whose words are set far apart
    titled = _is_bold(lines[0])
    full = len(lines[0].pieces) == most
    return columns if (titled and full) or most > 2 else None


def _is_bold(line: PageLine) -> bool:
    return all(glyph.bold for piece in line.pieces for word in piece.words for glyph in word)


def _rows(
    lines: Sequence[PageLine], columns: Sequence[tuple[float, float]], table: int, pitch: float
) -> list[Row]:
    distances = [(below.base - above.base) / below.size for above, below in pairwise(lines)]
    tight = pitch + _LOOSE
    wraps = max(distances) > tight
    rows: list[list[PageLine]] = [[lines[0]]]
    for line, distance in zip(lines[1:], distances, strict=True):
        full = len(line.pieces) == len(columns) == len(rows[-1][-1].pieces)
        if distance <= tight and (wraps or not full) and not _is_bold(rows[-1][-1]):
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
        found.append(Row(tuple(filter(None, cells)), header, table, replace(row[0])))
    return found
