"""Headings among printed lines: by how they are set, and by the vocabulary of sections.

Titles that the vocabulary knows show how this document sets its headings; what is set the same
way is a heading, too, whatever it says.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.dates import find_periods
from bot.sources.sections import (
    is_document_title,
    is_navigation,
    is_section_title,
    join_letters,
)
from bot.words import COLONS, ends_in_colon, words

_LONGEST = 60  # characters of a section's title
_LONGEST_LARGE = 140  # of a heading that is set in larger type
_MOST_WORDS = 8
_ENDS = (".", "!", "?", ",", ";", "。", "，", "；", "-", "–")
_CONTACT = re.compile(r"@|https?:|www\.|[0-9]{4}|\+[0-9]|\.[a-z]{2,4}/")
_NAME_LINES = 6  # lines at the top among which the name is
_MOST_NAME_WORDS = 6
_LONGEST_TITLE = 6  # characters of what may follow a name: "Jr.", "Ph.D."
_DRAWN = ("ruled", "underlined", "hash")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may be a heading.

    Attributes:
        text: what it says, without rules or signs around it; "" if it can't be one.
        marks: how it is set: "ruled", "underlined", "hash" with the signs, "decorated",
            "bold", "large". "caps", "colon" and "sign" are seen in the text.
        apart: whether it is set off from the line above.
        below: the text of the next line, "" at the end.
        below_apart: whether the next line is set off from it.
        size: of its letters, relative to the document's text.
        column: where the column it is in begins, roughly: a sidebar may set its titles smaller.
    """

    text: str
    marks: frozenset[str] = frozenset()
    apart: bool = True
    below: str = ""
    below_apart: bool = False
    size: float = 1
    column: int = 0


def find_headings(lines: Sequence[Candidate]) -> dict[int, int]:
    """The lines that are headings, with their levels: 1 for the name at the top of the
    document, 2 for a section, 3 and more for what is set smaller.
    """
    marks = [line.marks | _text_marks(line.text) for line in lines]
    menus = _menus(lines)
    known = {
        i
        for i, line in enumerate(lines)
        if i not in menus and _may_be(line) and is_section_title(line.text)
    }
    known = _set_alike(lines, marks, known)
    headings = {i for i in known if marks[i] or lines[i].apart}
    if len(headings) < 2:
        headings |= known  # a page whose headings have lost how they were set
    known = set(headings)
    ways = {_way(lines[i], marks[i]) for i in headings if marks[i]}
    title = _title(lines, headings)
    for i, line in enumerate(lines):
        if i in headings or i == title or is_navigation(line.text):
            continue
        above = title is not None and i < max(title, min(known, default=0))
        if above and (i < (title or 0) or _way(line, marks[i]) not in ways):
            continue  # what stands with the name
        if _is_large(line, marks[i]) or (
            _may_be(line) and _is_set_apart(line, marks[i], ways) and not _is_above_dates(line)
        ):
            headings.add(i)
    levels = _levels(lines, marks, sorted(headings), known)
    if title is not None:
        levels[title] = 1
    return levels


def _is_all_caps(text: str) -> bool:
    """Whether all of at least three letters are capitals; scripts without case have none."""
    letters = [char for char in text if char.isalpha() and char.lower() != char.upper()]
    return len(letters) >= 3 and all(char.isupper() for char in letters)


def _text_marks(text: str) -> frozenset[str]:
    marks = set()
    if _is_all_caps(text):
        marks.add("caps")
    if ends_in_colon(text):
        marks.add("colon")
    if text and unicodedata.category(text[0]) == "So":
        marks.add("sign")
    return frozenset(marks)


def _may_be(line: Candidate) -> bool:
    text = line.text.strip()
    return (
        0 < len(text) <= _LONGEST
        and len(words(join_letters(text))) in range(1, _MOST_WORDS + 1)
        and not text.endswith(_ENDS)
        and not _CONTACT.search(text)
        and any(char.isalpha() for char in text)
    )


def _set_alike(
    lines: Sequence[Candidate], marks: Sequence[frozenset[str]], known: set[int]
) -> set[int]:
    """The known titles, less those set in a way that other lines mostly are: a title of a part
    of a section, or a word that only happens to be one.
    """
    set_as = [(marks[i], round(line.size, 1), line.column) for i, line in enumerate(lines)]
    used = Counter(set_as[i] for i, line in enumerate(lines) if line.text)
    titles = Counter(set_as[i] for i in known)
    ways = {way for way, count in titles.items() if way[0] and count * 2 > used[way]}
    alike = {i for i in known if set_as[i] in ways}
    return alike if len(alike) > 1 else known


def _is_large(line: Candidate, marks: frozenset[str]) -> bool:
    """Type that is larger than the text is a heading, unless it is a sentence."""
    text = line.text.strip()
    return (
        "large" in marks
        and 0 < len(text) <= _LONGEST_LARGE
        and (len(words(text)) <= _MOST_WORDS or not text.endswith((".", ";", "。")))
        and any(char.isalpha() for char in text)
    )


def _is_set_apart(line: Candidate, marks: frozenset[str], ways: set[tuple[object, ...]]) -> bool:
    if any(mark.startswith(_DRAWN) for mark in marks):
        return True
    if not line.apart:
        return False
    if marks and marks != {"bold"} and _way(line, marks) in ways:
        return True
    return line.below_apart and ("sign" in marks or ("caps" in marks and not ways))


def _menus(lines: Sequence[Candidate]) -> set[int]:
    """The lines of menus: titles in a row without anything below them. The last of a row may
    be the heading of what follows; not so below "Home".
    """
    menus: set[int] = set()
    row: list[int] = []
    for i in range(len(lines) + 1):
        if i < len(lines) and (is_section_title(lines[i].text) or is_navigation(lines[i].text)):
            row.append(i)
            continue
        if len(row) > 2:
            site = any(is_navigation(lines[j].text) for j in row[:-1])
            menus.update(row if site else row[:-1])
        row = []
    return menus


def _way(line: Candidate, marks: frozenset[str]) -> tuple[object, ...]:
    """How a heading is set. An unknown title must be set the same in all of this."""
    return marks, line.below_apart, round(line.size, 1)


def _is_above_dates(line: Candidate) -> bool:
    """Whether dates stand right below, as below the title of an entry."""
    periods = find_periods(line.below) if not line.below_apart else []
    return bool(periods) and len(line.below) < 80 and periods[0].start_offset < 3


def _title(lines: Sequence[Candidate], headings: set[int]) -> int | None:
    """The candidate's name, or else the name of the document."""
    first = min(headings, default=len(lines))
    top = [i for i in range(min(first, len(lines))) if not is_navigation(lines[i].text)]
    large = [
        i
        for i, line in enumerate(lines[:200])
        if line.size > 1.3 and line.size >= max(other.size for other in lines) - 0.05
    ]
    if large and may_be_name(lines[large[0]].text):
        return large[0]  # where the type tells, the name is the largest, in whatever column
    for is_it in (may_be_name, is_document_title):
        found = [i for i in top[:_NAME_LINES] if is_it(lines[i].text)]
        if found:
            return max(found, key=lambda i: (round(lines[i].size, 1), -i))
    return None


def may_be_name(text: str) -> bool:
    """Whether the text may be a person's name, by its form."""
    found = words(text)
    if not 0 < len(found) <= _MOST_NAME_WORDS or len(text) > _LONGEST:
        return False
    if _CONTACT.search(text) or any(char.isdigit() for char in text):
        return False
    title = text.endswith(".") and len(text.split()[-1]) < _LONGEST_TITLE
    if text.endswith((*_ENDS, *COLONS)) and not title:
        return False
    if is_section_title(text) or is_document_title(text) or "|" in text or "·" in text:
        return False
    capital = sum(not word.text[0].islower() for word in found)
    return capital * 2 > len(found) and len(text) > 1


def _levels(
    lines: Sequence[Candidate],
    marks: Sequence[frozenset[str]],
    headings: Sequence[int],
    known: set[int],
) -> dict[int, int]:
    """Levels by size of type, then by the order in which ways of underlining appear."""
    sizes = {i: round(lines[i].size, 1) for i in headings}
    columns = {i: (sizes[i], lines[i].column) for i in headings}
    # Sizes in which most titles are known ones set sections: in a sidebar, say, a smaller one.
    section = {i for by in (sizes, columns) for i in headings if _is_mostly_known(by, by[i], known)}
    others = sorted({sizes[i] for i in headings if i not in section}, reverse=True)
    drawn: list[str] = []
    levels: dict[int, int] = {}
    for i in headings:
        depth = 0 if i in section else others.index(sizes[i]) + bool(section)
        way = next((mark for mark in sorted(marks[i]) if mark.startswith(_DRAWN)), "")
        if way:
            if way not in drawn:
                drawn.append(way)
            depth += drawn.index(way)
        levels[i] = min(2 + depth, 6)
    return levels


def _is_mostly_known(by: Mapping[int, object], kind: object, known: set[int]) -> bool:
    alike = [i for i in by if by[i] == kind]
    return 2 * sum(i in known for i in alike) > len(alike)
