"""Rows of a table: their cells, and what the head of the table calls these."""

from bot.documents import Block, Document, Kind
from bot.profile.pieces import Piece, piece_of_runs


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
    """The heads of the columns of a row's cells, one each; "" where they can't be told."""
    cells = cells_of(document, row)
    head = document.blocks[row.lead] if row.lead is not None else None
    columns = [cell.text for cell in cells_of(document, head)] if head else []
    return columns if len(columns) == len(cells) else [""] * len(cells)


def is_head(document: Document, block: Block) -> bool:
    """Whether the block is the row that names a table's columns."""
    return block.kind is Kind.ROW and any(
        other.lead is not None and document.blocks[other.lead] is block
        for other in document.blocks
        if other.kind is Kind.ROW
    )
