"""Dates with the precision they are written in, periods of time, and what can be asked of them."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month of a year, or a day.

    Raises:
        ValueError: there is no such date, or a day is given without its month.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if 0 in (self.month, self.day) or (self.day and not self.month):
            raise ValueError("a day needs a month, and both count from 1")
        self.earliest()  # raises if there's none

    def earliest(self) -> date:
        """The first day it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """The last day it may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def isoformat(self) -> str:
        """ISO 8601 in the precision it has: "2017", "2017-09" or "2017-09-03"."""
        return self.latest().isoformat()[: 4 if self.month is None else 10 if self.day else 7]


@dataclass(frozen=True, slots=True)
class Period:
    """A time from `start` to `end`, both included; a single date is both.

    Attributes:
        start: None if the text gives only the end ("until 2019").
        end: None if the period goes on ("since 2020", "2020 – present").
        ongoing: whether it goes on; then `end` is None.
        start_offset, end_offset: where it stands in the text.
    """

    start: PartialDate | None
    end: PartialDate | None
    ongoing: bool
    start_offset: int
    end_offset: int

    @property
    def reversed(self) -> bool:
        """Whether it is written with its end before its start ("2018 – 2015")."""
        return bool(self.start and self.end and self.start.earliest() > self.end.latest())

    def _in_order(self) -> "Period":
        return replace(self, start=self.end, end=self.start) if self.reversed else self

    def _days(self) -> tuple[date, date]:
        """The first and the last day it may include, in order even if it is reversed."""
        period = self._in_order()
        return (
            period.start.earliest() if period.start else date.min,
            period.end.latest() if period.end else date.max,
        )

    def contains(self, when: date | PartialDate) -> bool:
        """Whether any day `when` may mean is one the period may include."""
        if isinstance(when, date):
            when = PartialDate(when.year, when.month, when.day)
        first, last = self._days()
        return when.earliest() <= last and first <= when.latest()

    def overlaps(self, other: "Period") -> bool:
        """Whether the two may have a day in common."""
        (first, last), (other_first, other_last) = self._days(), other._days()
        return first <= other_last and other_first <= last

    def is_within(self, other: "Period") -> bool:
        """Whether all that is told of it lies in the other: of "until 2019", 2019 does.

        A period that goes on lies in none, and none lies in one of which only the start or the
        end is told. Reversed periods count as if in order.
        """
        period, other = self._in_order(), other._in_order()
        first, last = period.start or period.end, period.end or period.start
        if period.ongoing or not (first and last and other.start and other.end):
            return False
        return other.start.earliest() <= first.earliest() and last.latest() <= other.end.latest()

    def months(self, today: date | None = None) -> tuple[int, int] | None:
        """The least and the most whole months it may last, both its end days included.

        The least runs from the last day the start may mean to the first day the end may mean,
        the most from the first to the last: 2008 – 2016 is (84, 108), from 31 December 2008 to
        1 January 2016 or from 1 January 2008 to 31 December 2016; 2017 is (0, 12). A month
        begun on the 15th is whole on the 14th. A reversed period counts as if in order.

        Args:
            today: where a period that goes on is taken to end; others don't use it.

        Returns:
            None if there is no start, or the period goes on and `today` isn't given.
        """
        start, end = self._in_order().start, self._in_order().end
        if self.ongoing and today:
            end = PartialDate(today.year, today.month, today.day)
        if start is None or end is None:
            return None
        return (
            _whole_months(start.latest(), end.earliest()),
            _whole_months(start.earliest(), end.latest()),
        )


def _whole_months(first: date, last: date) -> int:
    months = (last.year - first.year) * 12 + last.month - first.month
    if last.day == monthrange(last.year, last.month)[1]:
        return max(0, months + (first.day == 1))
    return max(0, months - (last.day + 1 < first.day))


def merge(periods: Iterable[Period]) -> list[Period]:
    """The periods in order of time, those that may overlap or follow on the next day as one.

    Periods that may meet are taken to meet: where dates are only years there may be gaps, and
    the least `months` of a union too many. A union starts with the earliest start and ends
    with the latest end, each in the precision it has; its offsets are those of the period it
    starts with. Reversed periods are put in order.
    """
    merged: list[Period] = []
    for period in sorted((period._in_order() for period in periods), key=_first_start):
        if merged and (period._days()[0] - merged[-1]._days()[1]).days <= 1:
            longest = max(merged[-1], period, key=_last_end)
            merged[-1] = replace(merged[-1], end=longest.end, ongoing=longest.ongoing)
        else:
            merged.append(period)
    return merged


def undated(text: str, periods: Iterable[Period]) -> str:
    """The text in which the periods were found, with a blank in the place of each."""
    parts, start = [], 0
    for period in sorted(periods, key=lambda period: period.start_offset):
        parts.append(text[start : period.start_offset])
        start = period.end_offset
    return " ".join([*parts, text[start:]])


def _first_start(period: Period) -> tuple[date, date]:
    return period._days()[0], period.start.latest() if period.start else date.min


def _last_end(period: Period) -> tuple[date, date]:
    return period._days()[1], period.end.earliest() if period.end else date.max
