"""Telephone numbers in a line, by Google's libphonenumber."""

import re
from collections.abc import Iterator

# Where numbers are tried as dialled: where the text's language is spoken, then elsewhere.
_REGIONS = {"en": ("GB", "US"), "de": ("DE",), "fr": ("FR",), "es": ("ES",), "zh": ("CN",)}
_EVERYWHERE = ("US", "GB", "DE", "FR", "ES", "CN", "IN", "AU")
_FEWEST_DIGITS = 7


def phone_numbers(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Where telephone numbers stand in a text, as they are dialled where its language is spoken.

    Args:
        language: ISO 639-1 code of the text.

    Yields:
        Start and end of each, in code points of the text, not overlapping, in order for each
        country that they are dialled in.
    """
    import phonenumbers

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
            ):
                taken |= set(range(match.start, match.end))
                yield match.start, match.end


def _is_years(text: str) -> bool:
    return bool(
        re.fullmatch(
            r"(?:19|20)[0-9]{2}\s*[-–—/.]\s*(?:(?:19|20)[0-9]{2}|[0-9]{1,2}(?:[-/.][0-9]{1,2})?)|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}",
            text.strip(),
        )
    )
