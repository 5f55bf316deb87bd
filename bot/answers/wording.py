"""Wording: what is said, from `wording.yaml`, in the question's language."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.answers.answer import Statement
from bot.cldr import cldr
from bot.data import load_yaml
from bot.dates import PartialDate, Period

_FALLBACK = "en"
_TO_THE_MONTH = 2  # months between the least and the most, if both dates name theirs


@dataclass(frozen=True, slots=True)
class Wording:
    """The bot's own words in one language.

    Attributes:
        language: ISO 639-1 code.
        who: the candidate's name; None if it isn't known.
    """

    language: str
    who: str | None

    def say(self, key: str, **values: str) -> str:
        """The line with this key, filled in. It ends without a full stop if it takes proof."""
        line = str(self._line(key))
        return line.format(who=self.who or str(self._line("candidate")), **values)

    def listing(
        self, key: str, slot: str, items: Sequence[tuple[str, tuple[int, ...]]], **values: str
    ) -> tuple[Statement, ...]:
        """The line with items in its slot, each followed by its own proof."""
        before, after = self.say(key, **values, **{slot: "\0"}).split("\0", 1)
        last = len(items) - 1
        joined = [
            Statement(
                (before if i == 0 else str(self._line("and")) if i == last else ", ") + text, proof
            )
            for i, (text, proof) in enumerate(items)
        ]
        return (*joined, Statement(after + "."))

    def sentence(self, key: str, proof: tuple[int, ...], **values: str) -> tuple[Statement, ...]:
        """The line as one statement."""
        return (Statement(self.say(key, **values), proof), Statement("."))

    def period(self, period: Period) -> str:
        """A period as people write it: "March 2019 – August 2023", "2016", "2020 – present"."""
        start = self.date(period.start) if period.start else None
        end = self.date(period.end) if period.end else None
        if period.ongoing:
            return f"{start or ''} – {self._line('present')}".strip()
        if start == end or end is None:
            return start or ""
        return f"{start or '…'} – {end}"

    def date(self, when: PartialDate) -> str:
        """A date in the precision it has."""
        if when.month is None:
            return str(when.year)
        known = cldr(self.language)
        pattern = (known.month if when.day is None else known.day)[when.month - 1]
        return pattern.format(year=when.year, day=when.day)

    def day(self, day: datetime.date) -> str:
        return self.date(PartialDate(day.year, day.month, day.day))

    def length(self, months: tuple[int, int]) -> str:
        """A length between two numbers of whole months, to the precision they allow."""
        middle = sum(months) / 2
        if months[1] - months[0] > _TO_THE_MONTH:
            return self._plural("years", max(1, round(middle / 12)))
        if middle >= 12:
            years, rest = divmod(round(middle), 12)
            parts = [self._plural("years", years)]
            return " ".join([*parts, self._plural("months", rest)] if rest else parts)
        return self._plural("months", max(1, round(middle)))

    def _plural(self, key: str, count: int) -> str:
        forms = self._line(key)
        return str(forms["one" if count == 1 else "other"]).format(n=count)

    def _line(self, key: str) -> Any:
        lines = load_yaml("wording")
        return lines.get(self.language, {}).get(key) or lines[_FALLBACK][key]


def words_in(statements: Iterable[Statement]) -> int:
    """How many words the statements have, as a reader counts them."""
    return len(" ".join(statement.text for statement in statements).split())
