"""Lists: the lines of a section that name one thing after another, and their members."""

import re
from collections.abc import Iterator, Sequence

from bot.documents import Block, Document, Kind
from bot.profile.headings import word_count
from bot.profile.pieces import Piece, piece_of
from bot.profile.rows import cells_of, is_head

LABEL = re.compile(r"^([^:：,，;、.。]{1,60}?)\s*[:：]\s*(?=\S)")
_SEPARATOR = re.compile(r"\s*[,，、;；|•●▪◦]\s*|\s+[·/‧・]\s+|\s*·\s*(?=\S)|\s{3,}")
_LONGEST = 7  # words in a member; more is a sentence
_AND = re.compile(r"^(?:and|und|et|y|sowie|以及)\s+", re.IGNORECASE)
_JOINED = re.compile(r"\s+(?:and|und|et|y)\s+|(?<=[\u3400-\u9fff])[和与及]")


def list_rows(document: Document, blocks: Sequence[Block]) -> Iterator[tuple[Block, list[Piece]]]:
    """The blocks with what is in them: the cells of a row, else the lines that stand alone. The
    heads of tables are left out.
    """
    for block in blocks:
        if block.kind is not Kind.ROW:
            yield block, _own_lines(piece_of(document, block))
        elif not is_head(document, block):
            yield block, cells_of(document, block)


def _own_lines(piece: Piece) -> list[Piece]:
    """The lines of a paragraph if each is a list of its own, else the paragraph."""
    lines = piece.lines()
    if len(lines) > 1 and (
        all(LABEL.match(line.text) for line in lines)
        or not any(re.search("[,，、;]", line.text) for line in lines)
    ):
        return lines
    if len(lines) > 1 and sum(bool(LABEL.match(line.text)) for line in lines) > 1:
        joined: list[Piece] = []
        for line in lines:
            if joined and not LABEL.match(line.text):
                joined[-1] = joined[-1].upto(line)
            else:
                joined.append(line)
        return joined
    if (
        len(lines) > 1
        and not any(line.text.endswith((",", "，", "、", "-")) for line in lines[:-1])
        and all(re.search("[,，、;]", line.text) for line in lines)
        and all(line.text[:1].isupper() for line in lines)
    ):
        return lines
    return [piece]


def list_members(piece: Piece) -> list[Piece]:
    """The members of a list, without the sentences in it."""
    found = []
    for part in piece.strip(".。 ").split(_SEPARATOR):
        if match := _AND.match(part.text):
            part = part.cut(match.end())
        part = part.strip(".。 ")
        if part and word_count(part.text) <= _LONGEST:
            found.append(part)
    return found


def joined_members(part: Piece) -> list[Piece]:
    """The members of "A and B"."""
    return part.split(_JOINED)
