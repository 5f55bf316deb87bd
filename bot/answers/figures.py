"""Figures: what the numbers of a line come to, a change of one ("from 74 to 48"), a sum, a share
or a rest of two ("220 arms and 90 legs", "210 officers in 18 courses", "ten cases, two of them
won").
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache

from bot.data import load_yaml
from bot.dates import find_periods
from bot.questions.cues import tells
from bot.words import fold, words

_SIGN = 11  # characters in which a percent sign or word stands behind a number
_BESIDE = re.compile(r" in (?:19|20)\d\d\b| \([^()]*\)")  # when it was so: "from 31 in 2017 to 12"
_GROUPED = re.compile(r"\d([.,\u202f ])\d{3}(?!\d)")
_DIGITS = r"\d[\d.,\u202f ]*\d|\d"


class Operation(StrEnum):
    """What is done to two numbers; the values are the prefixes of `*_told` in `cues.yaml`."""

    CHANGE = "changes"
    SUM = "sums"
    SHARE = "shares"
    REST = "rests"


@dataclass(frozen=True, slots=True)
class Figures:
    """Two numbers of a line, and what they come to.

    Attributes:
        first, second: as they are written, without their unit; of a change, before and after.
        result: at least 0; rounded to a tenth, if it is a share.
        percent: whether both are percentages, so that a change is in percentage points.
    """

    first: str
    second: str
    result: str
    percent: bool = False


def find_figures(operation: Operation, text: str) -> Figures | None:
    """The first two numbers that the text tells in a way that stands for the operation; None if
    there are none.
    """
    for match in _told(operation).finditer(text):
        groups = [group for group in match.groups() if group is not None]
        if tells("backwards", match[0]):
            groups.reverse()
        first, second = (_value(group) for group in groups)
        if first is None or second is None or find_periods(_BESIDE.sub("", match[0])):
            continue
        if operation is Operation.CHANGE and _is_of_two_units(text, match):
            continue
        percent = tells("percent", text[match.start() : match.end() + _SIGN])
        sign = "%" if percent else ""
        result = _result(operation, first, second)
        if result is not None:
            written = _written(result, " ".join(groups))
            return Figures(groups[0] + sign, groups[1] + sign, written, percent)
    return None


def _is_of_two_units(text: str, match: re.Match[str]) -> bool:
    """Whether the numbers are of two units of time: "from nine hours to 70 minutes"."""
    ends = [match.end(i) for i in range(1, len(match.groups()) + 1) if match[i] is not None]
    behind = (next(iter(words(text[end : end + _SIGN])), None) for end in ends)
    units = {_unit(fold(word.text)) for word in behind if word} - {None}
    return len(units) > 1


def _unit(word: str) -> int | None:
    known: list[list[str]] = load_yaml("cues")["time_units"]
    return next((i for i, names in enumerate(known) if word in names), None)


def _result(operation: Operation, first: Decimal, second: Decimal) -> Decimal | None:
    match operation:
        case Operation.CHANGE | Operation.REST:
            return (first - second).copy_abs()
        case Operation.SUM:
            return first + second
        case Operation.SHARE:
            return round(first / second, 1) if second else None


def _written(result: Decimal, like: str) -> str:
    """The result with thousands set apart as in the numbers that it comes of."""
    plain = format(result.normalize(), "f")
    grouped = _GROUPED.search(like)
    if grouped is None or result != result.to_integral_value():
        return plain
    return format(int(result), ",").replace(",", grouped[1])


@cache
def _told(operation: Operation) -> re.Pattern[str]:
    """The ways of `cues.yaml` to tell of two numbers; N stands for a number."""
    number = "|".join([_DIGITS, *(rf"\b{word}\b" for word in load_yaml("cues")["numbers"])])
    ways = [
        re.sub(r"(?<!\\)N", lambda _: f"({number})", way)
        for way in load_yaml("cues")[f"{operation}_told"]
    ]
    return re.compile("|".join(f"(?:{way})" for way in ways), re.IGNORECASE)


def _value(written: str) -> Decimal | None:
    """The number; "1,200" is a thousand and two hundred, "1,3" is one and three tenths."""
    if (word := load_yaml("cues")["numbers"].get(written.casefold())) is not None:
        return Decimal(word)
    plain = re.sub(r"[\u202f ]", "", written)
    plain = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", plain).replace(",", ".")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None
