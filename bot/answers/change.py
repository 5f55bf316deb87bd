"""Changes: how far a figure moved that the résumé gives before and after ("from 74 to 48")."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from bot.data import load_yaml
from bot.dates import find_periods
from bot.questions.cues import tells

_SIGN = 11  # characters in which a percent sign or word stands behind a number
_BESIDE = re.compile(r" in (?:19|20)\d\d\b| \([^()]*\)")  # when it was so: "from 31 in 2017 to 12"
_NUMBER = r"\d[\d.,\u202f ]*\d|\d"


@dataclass(frozen=True, slots=True)
class Change:
    """A figure before and after, as it is written, without its unit.

    Attributes:
        amount: the distance between the two, at least 0, written plainly.
        percent: whether both are percentages, so that the distance is in percentage points.
    """

    before: str
    after: str
    amount: str
    percent: bool


def find_change(text: str) -> Change | None:
    """The first change that the text tells of; None if it tells of none."""
    for match in _told().finditer(text):
        groups = [group for group in match.groups() if group is not None]
        before, after = (_value(group) for group in groups)
        if before is None or after is None or find_periods(_BESIDE.sub("", match[0])):
            continue
        percent = tells("percent", text[match.start() : match.end() + _SIGN])
        sign = "%" if percent else ""
        amount = format((before - after).copy_abs().normalize(), "f")
        return Change(groups[0] + sign, groups[1] + sign, amount, percent)
    return None


@cache
def _told() -> re.Pattern[str]:
    """The ways of `cues.yaml` to tell a change; N stands for a number."""
    ways = [way.replace("N", f"({_NUMBER})") for way in load_yaml("cues")["changes_told"]]
    return re.compile("|".join(f"(?:{way})" for way in ways), re.IGNORECASE)


def _value(written: str) -> Decimal | None:
    """The number; "1,200" is a thousand and two hundred, "1,3" is one and three tenths."""
    plain = re.sub(r"[\u202f ]", "", written)
    plain = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", plain).replace(",", ".")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None
