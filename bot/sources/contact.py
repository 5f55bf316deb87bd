"""Ways to reach somebody in a line of text: e-mail and web addresses, telephone numbers."""

import re

from bot.dates import find_periods

_ADDRESS = re.compile(r"\S@\S+\.\S|https?://|www\.|mailto:|tel:")
_NUMBER = re.compile(r"\+?[0-9](?:[\s()./-]{0,2}[0-9]){7,}")


def find_contacts(text: str) -> list[tuple[int, int]]:
    """Where the text says how to reach somebody; dates aren't telephone numbers."""
    found = [match.span() for match in _ADDRESS.finditer(text)]
    numbers = [match.span() for match in _NUMBER.finditer(text)]
    if numbers:
        dates = [(period.start_offset, period.end_offset) for period in find_periods(text)]
        found += [
            (first, last)
            for first, last in numbers
            if not any(start < last and first < end for start, end in dates)
        ]
    return found


def holds_contact(text: str) -> bool:
    """Whether the text says how to reach somebody."""
    return bool(find_contacts(text))
