"""Names and dates as Unicode's CLDR has them, as far as questions and answers need them.

`data/cldr.yaml` has them for the languages that the bot speaks: Babel, where they come from, would
take 8 MB of a server and 30 ms of its start. Other languages are asked of Babel.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from bot.data import load_yaml

# No part of this date could be taken for another.
_YEAR, _DAY = 2222, 28


@dataclass(frozen=True, slots=True)
class Cldr:
    """What CLDR says of one language.

    Attributes:
        months: the number of each month by its names and abbreviations.
        month: how each month of a year is written, with `{year}`.
        day: how a day of each month is written, with `{year}` and `{day}`.
        speeches: the names of the languages of `speech.yaml` by their codes.
    """

    months: Mapping[str, int]
    month: Sequence[str]
    day: Sequence[str]
    speeches: Mapping[str, str]


@cache
def cldr(language: str) -> Cldr:
    """What CLDR says of the language, an ISO 639-1 code.

    Raises:
        babel.UnknownLocaleError: it knows nothing of it.
    """
    known = load_yaml("cldr").get(language)
    return Cldr(**known) if known else from_babel(language)


def from_babel(language: str) -> Cldr:
    """What Babel knows of it; otherwise like `cldr`."""
    from babel import Locale
    from babel.dates import format_date, format_skeleton

    locale = Locale.parse(language)
    days = [date(_YEAR, month, _DAY) for month in range(1, 13)]
    return Cldr(
        # Babel may give another language's stand-alone names (python-babel#1234), the same months.
        months={
            name: number
            for context in locale.months.values()
            for width in ("wide", "abbreviated")
            for number, name in context[width].items()
            if not any("0" <= sign <= "9" for sign in name)
        },
        month=[_pattern(format_skeleton("yMMMM", day, locale=locale)) for day in days],
        day=[_pattern(format_date(day, "long", locale=locale)) for day in days],
        speeches={
            code: locale.languages[code] for code in load_yaml("speech") if code in locale.languages
        },
    )


def _pattern(written: str) -> str:
    return written.replace(str(_YEAR), "{year}").replace(str(_DAY), "{day}")
