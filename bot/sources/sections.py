"""What a section is about, told by its title. The vocabulary is `data/sections.yaml`."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from bot.data import load_yaml
from bot.words import fold, fold_words

MOST_WORDS = 8  # of a section's title; more is a sentence
_LEAST_ALIKE = 88  # of 100, for a title with a slip of the pen
_LEAST_LETTERS = 6  # of a title that may have one: shorter words are too near to others
_NUMBER = re.compile(r"^\s*(?:\(?(?:[0-9]{1,2}|[ivxIVX]{1,5}|[A-Za-z])[.)]|§?\s?[0-9]{1,2}\s)\s*")
_SPACED = re.compile(r"^\W*\w(?:\s\w)(?:\s{1,3}\w){2,}\W*$")
_REMARK = re.compile(r"(?<=\w)\s*[(（][^()（）]*[)）]\s*$")
_PARTS = re.compile(r"\s*(?:[&/|+,;·•]|\s[-–—]\s)\s*")


def section_kind(title: str) -> str | None:
    """What a section with this title holds, as JSON Resume names it.

    Besides the names of JSON Resume's sections: "summary", "contact" and "location". An emoji,
    a number or other signs around the words, case, width, accents, letters set apart and small
    slips are ignored. Of a title joined from several the first known part counts; in a longer
    title the words at its end or beginning do ("Nursing experience").

    Returns:
        None if the title isn't known, or tells of none of the sections.
    """
    kind = _exact_kind(title) or (None if is_document_title(title) else _contained_kind(title))
    return None if kind == "other" else kind


def is_section_title(text: str) -> bool:
    """Whether the text is nothing but a section's title: alone, joined or with a slip."""
    return _exact_kind(text) is not None


def tells_of_earlier(title: str) -> bool:
    """Whether the title begins with a word for what was before: "Before teaching"."""
    parts = fold_words(title).split()
    return bool(parts) and parts[0] in _small_words("earlier")


def is_document_title(text: str) -> bool:
    """Whether the text is the name of the document: "Curriculum vitae", "Lebenslauf"."""
    return fold_words(text) in _titles("documents")


def is_navigation(text: str) -> bool:
    """Whether the text is a link or button of a website: "Home page", "Back to top"."""
    return fold_words(text) in _titles("navigation")


@lru_cache(maxsize=4096)
def _exact_kind(title: str) -> str | None:
    if len(title) > 100:
        return None
    known, alone = _kinds("sections"), _kinds("alone")
    plain = _plain(title)
    key = fold_words(plain)
    if not key or key.count(" ") >= MOST_WORDS:
        return None
    if key in known or key in alone:
        return known.get(key) or alone[key]
    parts = [fold_words(part) for part in _parts(plain)]
    if len(parts) > 1 and all(parts):
        kinds = [known.get(part) or _misspelt(part) for part in parts]
        if all(kinds):
            return next((kind for kind in kinds if kind != "other"), kinds[0])
        if kinds[0] and len(parts) == 2 and parts[1].count(" ") < 2:
            return kinds[0]
    return _misspelt(key)


@lru_cache(maxsize=4096)
def _contained_kind(title: str) -> str | None:
    """The kind of a longer title, by the longest known words at its end, or those at its
    beginning that "in", "de" … follow.
    """
    if len(title) > 100:
        return None
    known = _kinds("sections")
    for part in [title, *_parts(_plain(title))]:
        parts = fold_words(_plain(part)).split()
        if not 0 < len(parts) <= MOST_WORDS:
            continue
        # Of a title the whole is known not to be listed, of its parts it may be.
        whole = 1 if part == title else 0
        ends = [" ".join(parts[i:]) for i in range(whole, len(parts))]
        beginnings = [
            " ".join(parts[:i])
            for i in range(len(parts) - 1, 0, -1)
            if parts[i] in _small_words("linking")
        ]
        for found in [*beginnings, *ends]:
            if found in known:
                return known[found]
        if not part.isascii():
            # Without spaces between words, the end of the title is its head.
            for i in range(1, len(parts[-1]) - 1):
                if parts[-1][i:] in known and not parts[-1][i:].isascii():
                    return known[parts[-1][i:]]
    return None


@lru_cache(maxsize=4096)
def _misspelt(key: str) -> str | None:
    from rapidfuzz import fuzz, process

    if len(key) < _LEAST_LETTERS or not key.replace(" ", "").isalpha():
        return None
    known = _kinds("sections")
    near = process.extractOne(key, known.keys(), scorer=fuzz.ratio, score_cutoff=_LEAST_ALIKE)
    # One letter makes another word of a short one, and a word more isn't a slip.
    alike = near and len(near[0]) >= _LEAST_LETTERS and near[0].count(" ") == key.count(" ")
    return known[near[0]] if near and alike else None


def _plain(title: str) -> str:
    """The title without its number and what stands in brackets at its end, and with letters that
    were set apart joined.
    """
    title = join_letters(_REMARK.sub("", title))
    return _NUMBER.sub("", title, count=1)


def join_letters(title: str) -> str:
    """The title, joined if its letters are set apart: "S K I L L S"."""
    if _SPACED.match(title):
        return " ".join(word.replace(" ", "") for word in re.split(r"\s{2,}", title.strip()))
    return title


def _parts(title: str) -> list[str]:
    """The title cut at signs and words that join two titles."""
    parts: list[str] = []
    for piece in _PARTS.split(title):
        part: list[str] = []
        for word in piece.split():
            if fold(word) in _small_words("joining"):
                parts.append(" ".join(part))
                part = []
            else:
                part.append(word)
        parts.append(" ".join(part))
    return [part for part in parts if part]


@cache
def _kinds(which: str) -> dict[str, str]:
    sections = load_yaml("sections")[which]
    return {fold_words(title): kind for kind in sections for title in _listed(sections[kind])}


@cache
def _small_words(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in _listed(load_yaml("sections")[name]))


@cache
def _titles(name: str) -> frozenset[str]:
    return frozenset(fold_words(title) for title in _listed(load_yaml("sections")[name]))


def _listed(by_language: dict[str, list[str]]) -> Iterator[str]:
    for titles in by_language.values():
        yield from titles
