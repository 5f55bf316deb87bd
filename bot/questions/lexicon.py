"""The lexicon: which words the language and the résumé have, to mend typing errors by."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.data import load_yaml
from bot.index.dictionary import Dictionary
from bot.questions.translate import is_known
from bot.words import fold, function_words, words

_PLAIN = re.compile(r"[a-z]+")
_SHORTEST = 4  # letters of a word that is mended; shorter ones have too many neighbours
_ENDINGS = ("", "s", "es", "d", "ed", "ing", "er", "ers", "ly")
_IN_COMPOUNDS = 20  # occurrences of a word that others are made of
_USUAL = 300  # occurrences in the dictionary's corpus from which a word may be what was meant


class Lexicon:
    """The dictionary's words and the résumé's own."""

    def __init__(self, own: frozenset[str], dictionary: Dictionary) -> None:
        """`own` has the folded words of the corpus."""
        self._own = own
        self._dictionary = dictionary
        self.mend = lru_cache(maxsize=4096)(self._mend)

    @cached_property
    def _candidates(self) -> Mapping[int, Sequence[str]]:
        """What a mistyped word may have been meant to be, by the number of letters, in order."""
        usual = self._dictionary.usual("en", _USUAL)
        found: dict[int, list[str]] = {}
        for word in sorted(self._own.union(usual, _asked_words())):
            found.setdefault(len(word), []).append(word)
        return found

    def is_common(self, word: str, language: str = "en") -> bool:
        """Whether it is a word of the language's dictionary, in any inflection, and no name.

        Every word of a language without a dictionary is.
        """
        folded = fold(word)
        if language != "en":
            return is_known(folded, language) or self._is_in_dictionary(word.lower(), language)
        if folded in _asked_words():
            return True
        stems = [folded.removesuffix(ending) for ending in _ENDINGS if folded.endswith(ending)]
        return bool(self._dictionary.counts(stems, "en"))

    def is_own(self, word: str) -> bool:
        """Whether the résumé has the word."""
        return fold(word) in self._own

    def mended(self, text: str, language: str) -> str:
        """The text with typing errors mended. Names are left: a near word isn't the name."""
        if language != "en":
            return text
        mended = text
        for position, word in reversed(list(enumerate(words(text)))):
            if fold(word.text) in function_words(language):
                continue
            better = self.mend(word.text)
            name = position > 0 and word.text[0].isupper()
            if better != word.text and (not name or self.is_own(better)):
                mended = mended[: word.start] + better + mended[word.end :]
        return mended

    def _mend(self, word: str) -> str:
        """The word that was meant: itself if it is one, else the nearest, if one is near.

        Near is an optimal string alignment distance of 1 up to 7 letters, of 2 above.
        """
        folded = fold(word)
        if (
            len(folded) < _SHORTEST
            or not _PLAIN.fullmatch(folded)
            or folded in self._own
            or self.is_common(folded)
        ):
            return word
        most = 1 if len(folded) < 8 else 2
        lengths = range(max(_SHORTEST, len(folded) - most), len(folded) + most + 1)
        candidates = [word for length in lengths for word in self._candidates.get(length, ())]
        near = process.extract(folded, candidates, scorer=OSA.distance, score_cutoff=most, limit=32)
        if not near:
            return word
        # Of equally near words, one that only lacks its end comes first ("wher" is "where", not
        # "when"), then the résumé's own, then the most usual.
        counts = self._dictionary.counts([hit[0] for hit in near], "en")
        best = min(
            near,
            key=lambda hit: (
                hit[1],
                not hit[0].startswith(folded),
                hit[0] not in self._own,
                hit[0][0] != folded[0],
                -counts.get(hit[0], 0),
            ),
        )
        return best[0]

    def _is_in_dictionary(self, word: str, language: str) -> bool:
        """Whether the language has the word; True if there is no dictionary of it."""
        speaks = self._dictionary.speaks(language)
        if not speaks or self._dictionary.counts([word], language):
            return True
        return language == "de" and self._is_compound(word)

    def _is_compound(self, word: str) -> bool:
        """Whether a German word is made of two words of the dictionary: "Nacht" and "Schicht"."""
        for i in range(_SHORTEST, len(word) - _SHORTEST + 1):
            first, second = word[:i], word[i:]
            firsts = [first, first.removesuffix("s"), first.removesuffix("en"), f"{first}e"]
            seconds = [second.removesuffix(ending) for ending in ("", "n", "en")]
            if self._is_usual(firsts) and self._is_usual(seconds):
                return True
        return False

    def _is_usual(self, words: Sequence[str]) -> bool:
        """Whether one of the German words is usual enough to be part of others."""
        counts = self._dictionary.counts(words, "de").values()
        return max(counts, default=0) >= _IN_COMPOUNDS


@cache
def _asked_words() -> frozenset[str]:
    """The words of the example questions, of the aliases, and those that the dictionary lacks."""
    texts = [
        text
        for intent in load_yaml("intents").values()
        for text in [*intent["examples"], *map(str, intent.get("words", ()))]
    ]
    texts += [name for group in load_yaml("aliases") for name in group]
    texts += load_yaml("everyday")
    return frozenset(fold(word.text) for text in texts for word in words(text))
