"""Employers: whether two names mean the same organisation, and whose project a project is."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from bot.profile.profile import Experience
from bot.profile.vocabulary import word_list
from bot.words import fold, words

_ALIKE = 88  # of 100, for names as a whole
_ALIKE_AS_WORD = 0.9  # of 1, for names of one word, by Jaro and Winkler
_LEAST_LETTERS = 5  # of a name that may be spelled in two ways


@lru_cache(maxsize=16_384)
def is_alike(one: str, other: str) -> bool:
    """Whether two names mean the same organisation, however they are spelled.

    Case, spaces, points, articles and legal forms make no difference; a slip of the pen is
    forgiven in a name of five letters and more; a name may be shortened to some of its words
    if these aren't words that many organisations have.
    """
    first, second = _key_words(one), _key_words(other)
    if not first or not second:
        return False
    joined, other_joined = "".join(first), "".join(second)
    if joined == other_joined:
        return True
    if min(len(joined), len(other_joined)) < _LEAST_LETTERS:
        return _is_shortened(first, second)
    if fuzz.ratio(joined, other_joined) >= _ALIKE:
        return not _differ_in_a_word(first, second)
    if len(first) == len(second) == 1 and joined.isascii() and other_joined.isascii():
        slips = DamerauLevenshtein.distance(joined, other_joined)
        likeness = JaroWinkler.similarity(joined, other_joined)
        return (
            slips <= len(joined) // 2
            and likeness >= _ALIKE_AS_WORD
            and joined[0] == other_joined[0]
        )
    return _is_shortened(first, second)


def _differ_in_a_word(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the names are alike but for a word that makes them two: "North …", "South …"."""
    if len(first) != len(second):
        return False
    return any(
        a != b and fuzz.ratio(a, b) < 70 and not a.startswith(b[:3]) and min(len(a), len(b)) > 2
        for a, b in zip(first, second, strict=True)
    )


def _is_shortened(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether one name is the beginning or the end of the other, by words that tell."""
    short, long = sorted(
        (list(first), list(second)), key=lambda name: (len(name), len("".join(name)))
    )
    general = word_list("organizations")
    # Chinese isn't cut into words.
    telling = [word for word in short if word not in general or not word.isascii()]
    if not telling or len("".join(telling)) < (4 if short[0].isascii() else 3):
        return False
    if len(short) == len(long) == 1:
        # Chinese names are one word: the shorter is the beginning of the longer.
        return not short[0].isascii() and len(short[0]) >= 3 and long[0].startswith(short[0])

    def same(a: str, b: str) -> bool:
        return (
            a == b
            or (len(a) >= _LEAST_LETTERS and fuzz.ratio(a, b) >= _ALIKE)
            or (
                2 < len(a) < len(b)
                and a in ("univ", "gen", "dept", "inst", "intl")
                and b.startswith(a)
            )
        )

    size = len(short)
    if size == len(long):
        return all(same(*sorted(pair, key=len)) for pair in zip(short, long, strict=True))
    starts = (long[:size], long[-size:])
    return any(
        all(same(*sorted(pair, key=len)) for pair in zip(short, part, strict=True))
        for part in starts
    ) and (len(telling) > 1 or size * 2 >= len(long) or len(telling[0]) >= 5)


@lru_cache(maxsize=16_384)
def _key_words(name: str) -> tuple[str, ...]:
    """The folded words of a name without articles and legal forms."""
    plain = name.split("(")[0].split("（")[0] or name
    cut = word_list("legal").ends(plain.rstrip(". "))
    if cut:
        plain = plain[:cut]
    found = tuple(fold(word.text).replace("'", "") for word in words(plain))
    if len(found) > 1 and found[0] in (
        "the",
        "der",
        "die",
        "das",
        "la",
        "le",
        "el",
        "los",
        "les",
        "l",
    ):
        found = found[1:]
    return found


def link_projects(
    projects: Sequence[Experience], jobs: Sequence[Experience]
) -> tuple[Experience, ...]:
    """The projects, each with the job it was done in, if its organisation is an employer.

    Of several jobs at one employer, the one whose dates overlap the project's, else the first.
    """
    return tuple(replace(project, employer=_employer(project, jobs)) for project in projects)


def _employer(project: Experience, jobs: Sequence[Experience]) -> int | None:
    if project.organization is None:
        return None
    named = project.organization.text
    alike = [
        number for number, job in enumerate(jobs) if job.name and is_alike(named, job.name.text)
    ]
    if not alike:
        return None

    def fits(number: int) -> bool:
        dates = jobs[number].dates
        return bool(dates and project.dates and dates.period.overlaps(project.dates.period))

    return next((number for number in alike if fits(number)), alike[0])
