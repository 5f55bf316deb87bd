"""Pieces: a stretch of a block as it reads, which knows where each character stands."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from bot.documents import Block, Document, Run, Style
from bot.profile.profile import Span, Value

_EDGES = " \t\r\n\u00a0\u3000"


class Place(NamedTuple):
    """A character: where it stands in the source, and the run it is in."""

    start: int
    end: int
    run: Run


@dataclass(frozen=True)
class Piece:
    """A stretch of readable text.

    Attributes:
        text: as it reads; characters and `places` correspond one to one.
        runs: those of the whole block.
    """

    document: Document
    text: str
    places: tuple[Place, ...]
    runs: tuple[Run, ...]

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def cut(self, start: int, end: int | None = None) -> "Piece":
        """The part from `start` to `end` without blanks at its ends."""
        end = len(self.text) if end is None else end
        inner = self.text[start:end]
        start += len(inner) - len(inner.lstrip(_EDGES))
        end = max(start, end - (len(inner) - len(inner.rstrip(_EDGES))))
        return Piece(self.document, self.text[start:end], self.places[start:end], self.runs)

    def strip(self, chars: str) -> "Piece":
        """The piece without these characters and blanks at its ends."""
        chars += _EDGES
        start = len(self.text) - len(self.text.lstrip(chars))
        return self.cut(start, max(start, len(self.text.rstrip(chars))))

    def split(self, separator: str | re.Pattern[str]) -> list["Piece"]:
        """The non-empty parts between the matches of `separator`, which brackets protect."""
        return [piece for _, piece in self.parted(separator)]

    def parted(self, separator: str | re.Pattern[str]) -> list[tuple[str, "Piece"]]:
        """As `split`, each part with the separator before it; "" for the first."""
        parts: list[tuple[str, Piece]] = []
        start, before = 0, ""
        depth = _depths(self.text)
        for match in re.finditer(separator, self.text):
            if depth[match.start()] or not match[0]:
                continue
            if part := self.cut(start, match.start()):
                parts.append((before, part))
            start, before = match.end(), match[0]
        if part := self.cut(start):
            parts.append((before, part))
        return parts

    def lines(self) -> list["Piece"]:
        """The lines as they stand in the source."""
        breaks = [
            i
            for i, place in enumerate(self.places)
            if "\n" in self.document.text[place.start : place.end] and self.text[i] in " \n"
        ]
        edges = [-1, *breaks, len(self.text)]
        cuts = (self.cut(a + 1, b) for a, b in pairwise(edges))
        return [cut for cut in cuts if cut]

    def styled(self, by: Callable[[Run], object]) -> Iterator["Piece"]:
        """The stretches whose runs have the same `by`; breaks between lines take no part."""
        start = 0
        for i in range(1, len(self.text) + 1):
            if i == len(self.text) or by(self.places[i].run) != by(self.places[i - 1].run):
                if part := self.cut(start, i):
                    yield part
                start = i

    @property
    def style(self) -> Style | None:
        """The style of all of it; None if it has several."""
        styles = {
            place.run.style
            for place, char in zip(self.places, self.text, strict=True)
            if not char.isspace()
        }
        return styles.pop() if len(styles) == 1 else None

    @property
    def href(self) -> str | None:
        """The first link in it."""
        return next((place.run.href for place in self.places if place.run.href), None)

    @property
    def path(self) -> str | None:
        """The path of the field it is from, in a file with named fields."""
        return self.places[0].run.field if self.places else None

    @cached_property
    def span(self) -> Span:
        """Where it stands in the source, in code points.

        Raises:
            IndexError: the piece is empty.
        """
        start, end = self.places[0].start, self.places[-1].end
        written = self.document.text[start:end]
        # What doesn't read as it is written is known as a whole only; the words in it are sought.
        if written != self.text and written.count(self.text) == 1:
            start += written.index(self.text)
            end = start + len(self.text)
        return Span(self.document.source, start, end, self.path)

    def value(self) -> Value:
        """The piece as a fact, in one line.

        Raises:
            IndexError: the piece is empty.
        """
        return Value(" ".join(self.text.split()), (self.span,))

    def upto(self, other: "Piece") -> "Piece":
        """All from the beginning of this to the end of `other`.

        Raises:
            ValueError: `other` is of another block.
        """
        whole = piece_of_runs(self.document, self.runs)
        starts = [place.start for place in whole.places]
        first = starts.index(self.places[0].start)
        last = len(starts) - 1 - starts[::-1].index(other.places[-1].start)
        return whole.cut(first, last + 1)


def piece_of(document: Document, block: Block) -> Piece:
    """The whole block."""
    return piece_of_runs(document, block.runs)


def piece_of_runs(document: Document, runs: Sequence[Run]) -> Piece:
    """The runs as one piece."""
    places: list[Place] = []
    for run in runs:
        if run.end - run.start == len(run.text):
            places += [Place(run.start + i, run.start + i + 1, run) for i in range(len(run.text))]
        else:
            places += [Place(run.start, run.end, run)] * len(run.text)
    text = "".join(run.text for run in runs)
    return Piece(document, text, tuple(places), tuple(runs)).cut(0)


_OPEN, _CLOSE = "([{（【〔", ")]}）】〕"


def _depths(text: str) -> list[int]:
    """For each character, how many brackets it stands in; one that never closes is no bracket."""
    depths: list[int] = []
    depth = 0
    for i, char in enumerate(text):
        if char in _OPEN and any(close in text[i:] for close in _CLOSE[_OPEN.index(char)]):
            depth += 1
        depths.append(depth)
        if char in _CLOSE:
            depth = max(0, depth - 1)
    return depths
