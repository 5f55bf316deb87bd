"""Layouts: which part of each heading is which field, the same for all entries of a section.

A section is formatted consistently: each order of the fields is scored over all its entries, and
the best is taken for all; an entry departs from it only where its own words speak for another.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.profile.headings import DASH, WEAK, Part
from bot.profile.pieces import Piece

_MOST_PARTS = 7
_DEPARTURE = 1.5  # what an entry's own best layout must have over the section's
_DROPPED = -0.7
_DROPPED_FIRST = -2.0  # the part that a heading begins with, which it is named by

Order = tuple[str, ...]


@dataclass(frozen=True)
class Segment:
    """One or more neighbouring parts taken for one field.

    Attributes:
        alone: whether its line has no other part.
        last: whether it ends its line.
        first: whether it begins the heading.
    """

    text: str
    parts: tuple[Part, ...]
    alone: bool
    last: bool
    first: bool

    @property
    def before(self) -> str:
        """The kind of separator before it, as in `Part`."""
        return self.parts[0].before

    @property
    def line(self) -> int:
        """Number of its line within the heading, from 0."""
        return self.parts[0].line

    @property
    def dated(self) -> bool:
        """Whether dates stand in the same line."""
        return self.parts[0].dated


@dataclass(frozen=True)
class Field:
    """A field that a part may be.

    Attributes:
        score: how well the segment fits, unbounded.
        missing: what is added where an entry lacks it, 0 or less.
        joining: what each further part of a segment adds, 0 or less; None if it has one part
            only.
    """

    name: str
    score: Callable[[Segment], float]
    missing: float = 0.0
    joining: float | None = None


def assign(
    headings: Sequence[Sequence[Part]],
    fields: Sequence[Field],
    orders: Mapping[Order, float],
) -> list[dict[str, Piece]]:
    """For each heading its fields by name, each a piece; fields that it lacks are left out.

    Args:
        headings: of the entries of one section, each with its parts in reading order; parts
            beyond the seventh are left out.
        orders: the orders of fields that are usual, at least one, with what each is worth per
            entry, in units of `Field.score`.
    """
    best = [_best_by_order(list(parts)[:_MOST_PARTS], fields, orders) for parts in headings]
    totals: dict[Order, float] = {}
    for order in orders:
        totals[order] = sum(by_order[order][0] for by_order in best)
    elected = max(totals, key=lambda order: totals[order])
    found = []
    for by_order in best:
        score, chosen = by_order[elected]
        own_score, own = max(by_order.values(), key=lambda scored: scored[0])
        found.append(own if own_score > score + _DEPARTURE else chosen)
    return found


Scored = tuple[float, dict[str, Piece]]


def _best_by_order(
    parts: Sequence[Part], fields: Sequence[Field], orders: Mapping[Order, float]
) -> dict[Order, Scored]:
    @cache
    def score(i: int, j: int, number: int) -> float:
        field = fields[number]
        if j - i > 1 and field.joining is None:
            return float("-inf")
        return field.score(_segment(parts, i, j)) + (j - i - 1) * (field.joining or 0.0)

    by_name = {field.name: number for number, field in enumerate(fields)}

    def best(i: int, left: Order) -> tuple[float, tuple[tuple[str, int, int], ...]]:
        if i == len(parts):
            return sum(fields[by_name[name]].missing for name in left), ()
        dropped, rest = best(i + 1, left)
        options = [(dropped + (_DROPPED if i else _DROPPED_FIRST), rest)]
        for k, name in enumerate(left):
            skipped = sum(fields[by_name[other]].missing for other in left[:k])
            for j in range(i + 1, len(parts) + 1):
                if j - 1 > i and not _joinable(parts[j - 2], parts[j - 1]):
                    break
                after, taken = best(j, left[k + 1 :])
                total = skipped + score(i, j, by_name[name]) + after
                options.append((total, ((name, i, j), *taken)))
        return max(options, key=lambda option: option[0])

    found: dict[Order, Scored] = {}
    for order, worth in orders.items():
        total, taken = best(0, order)
        pieces = {name: parts[i].piece.upto(parts[j - 1].piece) for name, i, j in taken}
        found[order] = (total + worth, pieces)
    return found


def _joinable(left: Part, right: Part) -> bool:
    return left.line == right.line and right.before in (WEAK, DASH)


def _segment(parts: Sequence[Part], i: int, j: int) -> Segment:
    taken = tuple(parts[i:j])
    line = taken[0].line
    return Segment(
        text=taken[0].text if j - i == 1 else taken[0].piece.upto(taken[-1].piece).text,
        parts=taken,
        alone=all(part.line != line or part in taken for part in parts),
        last=j == len(parts) or parts[j].line != line,
        first=i == 0,
    )
