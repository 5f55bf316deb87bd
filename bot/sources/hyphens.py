"""Hyphens at the ends of printed lines: which divide a word, and which belong to it."""

import re
from collections.abc import Sequence
from itertools import pairwise

SOFT_HYPHEN = "\u00ad"
_HYPHENS = ("-", "‐")
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HYPHENATED = 10  # one line in so many ends in a hyphen where words are divided


class Hyphens:
    """Tells hyphens that only divide a word at a line's end from those that belong to it.

    A word that is written elsewhere in the text shows how it is spelled. Of the rest, all are
    taken to divide where more lines end in one than compounds alone would make.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        """Of the lines of a document."""
        self._written = {word.lower() for text in texts for word in _COMPOUND.findall(text)}
        ends = sum(is_divided(above, below) for above, below in pairwise(texts))
        self._usual = ends * _HYPHENATED > len(texts)

    def is_soft(self, above: str, below: str) -> bool:
        """Whether the hyphen between two lines only divides a word."""
        if above.endswith(SOFT_HYPHEN):
            return True
        if not is_divided(above, below):
            return False
        if above.endswith("‐"):
            return True  # what typesetting puts in; keyboards write another
        first, second = _COMPOUND.findall(above)[-1].lower(), _COMPOUND.findall(below)[0].lower()
        if f"{first}-{second}" in self._written:
            return False
        return first + second in self._written or self._usual


def is_divided(above: str, below: str) -> bool:
    """Whether a word goes over the line's end with a hyphen."""
    return (
        len(above) > 2
        and above.endswith(_HYPHENS)
        and above[-2].isalpha()
        and below[:1].islower()
        and not _is_small(below)
    )


def _is_small(text: str) -> bool:
    """Whether a word follows that joins two: "Ein- und Ausgang"."""
    return text.split(maxsplit=1)[0] in ("und", "oder", "bis", "and", "or", "to", "et", "y", "ou")
