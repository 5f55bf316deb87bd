"""Findings: what `check` tells the candidate, and where."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.documents import Document


class About(StrEnum):
    """What a finding is about."""

    CONTRADICTION = "contradiction"
    OVERLAP = "overlap"
    REVERSED = "reversed dates"
    DATE = "unreadable date"
    SECTION = "section not understood"
    PRIVATE = "private data"
    HIDDEN = "hidden text"
    INSTRUCTION = "instruction to a machine"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something the candidate should look at.

    Attributes:
        source, line: where; the line is 1-based.
        message: a sentence for someone who isn't a programmer.
        remark: whether it may well be right as it is.
    """

    source: str
    line: int
    kind: About
    message: str
    remark: bool = False

    def __str__(self) -> str:
        return f"{self.source}:{self.line}: {self.message}"


def text_lines(document: Document) -> Iterator[tuple[int, str]]:
    """Each line of the source with the offset of its first character that is no blank."""
    for match in re.finditer(r"[^\r\n]+", document.text):
        if match[0].strip():
            yield match.start() + len(match[0]) - len(match[0].lstrip()), match[0].strip()


def short(text: str) -> str:
    """The text in one line, cut where it is long."""
    plain = " ".join(text.split())
    return plain if len(plain) <= 80 else plain[:79] + "…"
