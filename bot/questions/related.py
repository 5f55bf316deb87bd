"""Related words: groups of words that are about one thing, from `related.yaml`."""

from collections import defaultdict
from functools import cache, lru_cache

from bot.data import load_yaml
from bot.words import fold, words

_CACHED = 8192  # texts whose groups are kept; a passage is compared with many questions


@lru_cache(maxsize=_CACHED)
def groups_in(text: str) -> frozenset[int]:
    """The numbers of the groups that the text holds a word of."""
    spaced, unspaced = _groups()
    cut = _folded(text)
    found = {
        group
        for start, first in enumerate(cut)
        for phrase, group in spaced.get(first, ())
        if cut[start : start + len(phrase)] == phrase
    }
    found |= {group for phrase, group in unspaced if phrase in text}
    return frozenset(found)


@cache
def _groups() -> tuple[dict[str, list[tuple[tuple[str, ...], int]]], list[tuple[str, int]]]:
    """Each phrase with the number of its group: spaced ones by their first word, Chinese ones."""
    spaced: dict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)
    unspaced = []
    for group, phrases in enumerate(load_yaml("related")):
        for phrase in map(str, phrases):
            cut = _folded(phrase)
            if phrase > "\u3000":
                unspaced.append((phrase, group))
            else:
                spaced[cut[0]].append((cut, group))
    return spaced, unspaced


def _folded(text: str) -> tuple[str, ...]:
    """The words without case, diacritics and the plural's s; a stem would make one word of
    "manager" and "management".
    """
    return tuple(fold(word.text).removesuffix("s") for word in words(text))
