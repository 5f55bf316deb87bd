"""The vocabulary of `data/profile.yaml`: words by which the parts of a résumé are told apart."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from bot.data import load_yaml
from bot.words import fold, fold_words, words

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SMALL = 3  # letters that a longer word must have before an ending


class WordList:
    """Words, phrases and endings of all languages, looked up by their folded form."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._phrases: dict[str, list[tuple[str, ...]]] = {}
        endings: set[str] = set()
        chinese: set[str] = set()
        for entry in entries:
            key = tuple(fold(word.text) for word in words(entry.removeprefix("-")))
            if not key:
                continue
            if _CJK.search(entry):
                chinese.add("".join(key))
            elif entry.startswith("-"):
                endings.add(key[0])
            self._phrases.setdefault(key[0], []).append(key)
        self._endings = tuple(endings)
        self._chinese = tuple(chinese)
        for phrases in self._phrases.values():
            phrases.sort(key=len, reverse=True)

    def find(self, text: str) -> list[tuple[int, int]]:
        """Where the words stand in the text, the longest at each place."""
        found: list[tuple[int, int]] = []
        tokens = words(text)
        folded = [fold(token.text) for token in tokens]
        i = 0
        while i < len(tokens):
            length = self._length(folded, i)
            if length:
                found.append((tokens[i].start, tokens[i + length - 1].end))
            i += length or 1
        return found

    def _length(self, folded: list[str], i: int) -> int:
        for phrase in self._phrases.get(folded[i], ()):
            if tuple(folded[i : i + len(phrase)]) == phrase:
                return len(phrase)
        word = folded[i]
        if _CJK.search(word):
            return int(bool(self._chinese) and word.endswith(self._chinese))
        if self._endings and word.endswith(self._endings):
            ending = max((e for e in self._endings if word.endswith(e)), key=len)
            return int(len(word) - len(ending) >= _SMALL)
        return 0

    def __contains__(self, text: str) -> bool:
        """Whether the text is one of the words and nothing else."""
        found = self.find(text)
        tokens = words(text)
        return bool(tokens) and found == [(tokens[0].start, tokens[-1].end)]

    def count(self, text: str) -> int:
        """How many of the words are in the text."""
        return len(self.find(text))

    def leads(self, text: str) -> int:
        """Where the words at the beginning of the text end; 0 if it begins with another."""
        found, tokens = self.find(text), words(text)
        return found[0][1] if found and found[0][0] == tokens[0].start else 0

    def ends(self, text: str) -> int | None:
        """Where the word at the end of the text begins; None if it ends in another."""
        found, tokens = self.find(text), words(text)
        return found[-1][0] if found and found[-1][1] == tokens[-1].end else None


@cache
def word_list(name: str) -> WordList:
    """A list of `data/profile.yaml`, of all languages."""
    return WordList(_entries(name))


@cache
def sentences(name: str) -> re.Pattern[str]:
    """A pattern for a list of sentences with a gap, …; the gap is what follows the match."""
    beginnings = {entry.split("…")[0].strip() for entry in _entries(name)}
    return _alternatives(beginnings)


@cache
def phrases(name: str) -> re.Pattern[str]:
    """A pattern for any of a list's phrases as whole words."""
    return _alternatives(set(_entries(name)))


def _alternatives(entries: set[str]) -> re.Pattern[str]:
    patterns = []
    for entry in sorted(entries, key=len, reverse=True):
        pattern = re.escape(entry).replace(r"\ ", r"\s+").replace("'", "['’]")
        if _CJK.match(entry):
            patterns.append(pattern)
        else:
            patterns.append(rf"(?<!\w){pattern}" + (r"(?!\w)" if entry[-1].isalnum() else ""))
    return re.compile("|".join(patterns) or r"(?!)", re.IGNORECASE)


def _entries(name: str) -> list[str]:
    languages = load_yaml("profile")["languages"]
    return [entry for section in languages.values() for entry in section.get(name, ())]


@lru_cache(maxsize=4096)
def labels(text: str) -> frozenset[str]:
    """The fields that a label or the head of a column names: {"issuer", "organization"}."""
    key = fold_words(text)
    return _labels().get(key, frozenset())


@cache
def _labels() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for section in load_yaml("profile")["languages"].values():
        for field, names in section.get("labels", {}).items():
            for name in names:
                found.setdefault(fold_words(name), set()).add(field)
    return {key: frozenset(fields) for key, fields in found.items()}


@cache
def language_names() -> frozenset[str]:
    """The names of human languages in the languages of the vocabulary (Unicode CLDR), folded."""
    from babel import Locale

    return frozenset(
        fold_words(name)
        for language in load_yaml("profile")["languages"]
        for code, name in Locale.parse(language).languages.items()
        if len(name) > 1
    )


def is_language(text: str) -> bool:
    """Whether the text is the name of a human language: "Deutsch", "Brazilian Portuguese"."""
    key = fold_words(text)
    known = language_names()
    if key in known or word_list("signed").ends(text) is not None:
        return True
    return (
        # CLDR has the prefixed name of few languages, and none with what is meant by it.
        any(part in known for part in re.split(r"[\s/-]+", key) if len(part) > 3)
        and key.count(" ") < 2
    )
