"""Line breaks: whether two lines that follow on each other are two, or one that goes on."""

import re

from bot.dates import find_periods
from bot.sources.contact import find_contacts, holds_contact
from bot.words import words

_LABEL = re.compile(r"[^\W\d_][^\s:：.!?]*(?:\s[^\s:：.!?]+){0,3}\s?(?::\s|：)\S")
_GAP = re.compile(r"\S(?:\t|\s{3,})\S")
_SENTENCE_END = re.compile(r"[.!?。！？…][\"'”’»)]*$")
_QUOTE = re.compile(r"[\"“„«「].*[\"”“»」][.,]?")


def breaks_after(above: str, below: str) -> bool:
    """Whether two lines that follow on each other are surely two: the second is a label with
    its value, dates alone, or a way to reach somebody, or the first ends with a date that is
    set apart.
    """
    label = _LABEL.match(below)
    if label and (_LABEL.match(above) or below[0].isupper()) and not is_open(above):
        return True
    if _GAP.search(above) or _GAP.search(below):
        return True
    if holds_contact(above) and not is_open(above):
        return True
    if _QUOTE.fullmatch(below) and not is_open(above):
        return True
    if _is_dated_end(above) or _is_date(below) or _is_dated_start(below):
        return True
    if is_open(above) or not below[:1].isupper():  # nothing is left of a comment
        return False
    return _is_dated_start(above) or (_is_dated_item(above) and _is_dated_item(below))


def is_attribution(above: str, below: str) -> bool:
    """Whether the line names who said what is quoted above."""
    return below[:1] in "-–—―" and above.rstrip().endswith(('"', "”", "“", "»", "」", "’"))


def goes_over(above: str, below: str) -> bool:
    """Whether what looks like a marker belongs to the end of a number, of dates or a quote."""
    if above.endswith(("–", "-", "/")) and below[:1].isdigit():
        return True
    if is_attribution(above, below):
        return True
    return below[:1] in "-–—" and is_date_divided(above, below)


def is_date_divided(above: str, below: str) -> bool:
    """Whether dates or a number go over the line's end: "Jan / 2021", "(608) / 555-0119"."""
    both = f"{above} {below}"
    spans = [(period.start_offset, period.end_offset) for period in find_periods(both)]
    spans += find_contacts(both)
    return any(start < len(above) < end for start, end in spans)


def ends_sentence(text: str) -> bool:
    """Whether the line ends in the sign that ends a sentence, and maybe in a bracket or quote."""
    return bool(_SENTENCE_END.search(text))


def _is_dated_end(text: str) -> bool:
    """Whether the line ends with dates that stand in a place of their own, as a title's do."""
    periods = find_periods(text)
    if not periods or text[periods[-1].end_offset :].strip(" )."):
        return False
    before = text[: periods[-1].start_offset].rstrip(" (")
    return not before or before.endswith((",", "|", "·", "–", "•", "，", "\t"))


def _is_dated_start(text: str) -> bool:
    """Whether dates begin the line and stand in a place of their own."""
    periods = find_periods(text)
    if not periods or text[: periods[0].start_offset].strip(" (["):
        return False
    after = text[periods[0].end_offset :].lstrip(")]")
    return after.startswith(("  ", "\t", " |", " ·", " –", " •", ":", "：", ","))


def _is_dated_item(text: str) -> bool:
    """Whether the line tells something with its date, and not in a sentence."""
    return bool(find_periods(text)) and not ends_sentence(text)


def is_open(text: str) -> bool:
    """Whether the line can't be the end of what it says."""
    return text.rstrip().endswith((",", "-", "–", "(", "&", "/", "，", "、", "|", "·", "•", "："))


def _is_date(text: str) -> bool:
    """Whether the line holds dates and at most a place."""
    periods = find_periods(text)
    if not periods or len(text) > 60 or ends_sentence(text):
        return False
    rest = len(text) - sum(period.end_offset - period.start_offset for period in periods)
    first = not text[: periods[0].start_offset].strip()
    return (first and rest < 30 and len(words(text[periods[0].end_offset :])) < 4) or rest < 3
