"""Telephone numbers in a line, by Google's libphonenumber."""

import re
from collections.abc import Iterator

from bot.dates import find_periods

# Where numbers are tried as dialled: where the text's language is spoken, then elsewhere.
_REGIONS = {"en": ("GB", "US"), "de": ("DE",), "fr": ("FR",), "es": ("ES",), "zh": ("CN",)}
_EVERYWHERE = ("US", "GB", "DE", "FR", "ES", "CN", "IN", "AU")
_FEWEST_DIGITS = 7
_MOST_DIGITS = 15  # of a number with its country's (ITU-T E.164)
_BEFORE = re.compile(r"[+(]?[0-9]{2,5}\)?[ .-]$")  # a number's first digits


def phone_numbers(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Where telephone numbers stand in a text, as they are dialled where its language is spoken.

    Args:
        language: ISO 639-1 code of the text.

    Yields:
        Start and end of each, in code points of the text, not overlapping, in order for each
        country that they are dialled in.
    """
    import phonenumbers

    dates = {i for p in find_periods(text) for i in range(p.start_offset, p.end_offset)}
    taken: set[int] = set()
    for region in dict.fromkeys((*_REGIONS.get(language, ()), *_EVERYWHERE)):
        matcher = phonenumbers.PhoneNumberMatcher(
            text, region, leniency=phonenumbers.Leniency.POSSIBLE
        )
        for match in matcher:
            digits = sum(char.isdigit() for char in match.raw_string)
            if (
                digits >= _FEWEST_DIGITS
                and not taken & set(range(match.start, match.end))
                and not _is_years(match.raw_string)
                and not dates >= set(range(match.start, match.end))
            ):
                start = _beginning(text, match.start, match.end)
                taken |= set(range(start, match.end))
                yield start, match.end


def _beginning(text: str, start: int, end: int) -> int:
    """Where the number begins of which the library may have found the end: it takes no number
    for one that is longer than those of the country.
    """
    while before := _BEFORE.search(text[:start]):
        if sum(char.isdigit() for char in text[before.start() : end]) > _MOST_DIGITS:
            break
        start = before.start()
    return start


def _is_years(text: str) -> bool:
    return bool(
        re.fullmatch(
            r"(?:19|20)[0-9]{2}\s*[-–—/.]\s*(?:(?:19|20)[0-9]{2}|[0-9]{1,2}(?:[-/.][0-9]{1,2})?)|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}",
            text.strip(),
        )
    )
