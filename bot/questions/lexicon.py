"""The lexicon: which words the language and the résumé have, to mend typing errors by."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.data import load_yaml
from bot.questions.translate import is_known
from bot.words import fold, words

_PLAIN = re.compile(r"[a-z]+")
_SHORTEST = 4  # letters of a word that is mended; shorter ones have too many neighbours
_ENDINGS = ("", "s", "es", "d", "ed", "ing", "er", "ers", "ly")
_IN_COMPOUNDS = 20  # occurrences of a word that others are made of
_USUAL = 300  # occurrences in the dictionary's corpus from which a word may be what was meant


class Lexicon:
    """The dictionary's words and the résumé's own."""

    def __init__(self, own: Mapping[str, int]) -> None:
        """`own` has the folded words of the corpus, each with how often it stands there."""
        self._own = frozenset(own)
        usual = {word for word, count in _dictionary("en").items() if count >= _USUAL}
        self._candidates = sorted(
            word for word in self._own | usual | _asked_words() if len(word) >= _SHORTEST
        )
        self.mend = lru_cache(maxsize=4096)(self._mend)

    def is_common(self, word: str, language: str = "en") -> bool:
        """Whether it is a word of the language's dictionary, in any inflection, and no name.

        Every word of a language without a dictionary is.
        """
        folded = fold(word)
        if language != "en":
            return is_known(folded, language) or _is_in_dictionary(word.lower(), language)
        counts = _dictionary("en")
        return folded in _asked_words() or any(
            folded.endswith(ending) and folded[: len(folded) - len(ending)] in counts
            for ending in _ENDINGS
        )

    def is_own(self, word: str) -> bool:
        """Whether the résumé has the word."""
        return fold(word) in self._own

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
        near = process.extract(
            folded, self._candidates, scorer=OSA.distance, score_cutoff=most, limit=32
        )
        if not near:
            return word
        # Of equally near words, the résumé's own comes first, then the most usual.
        counts = _dictionary("en")
        best = min(
            near,
            key=lambda hit: (
                hit[1],
                hit[0] not in self._own,
                hit[0][0] != folded[0],
                -counts.get(hit[0], 0),
            ),
        )
        return best[0]


@cache
def _dictionary(language: str) -> Mapping[str, int]:
    """The language's words with how often they occur; none if there is no dictionary."""
    from spellchecker import SpellChecker

    if language not in SpellChecker.languages():
        return {}
    counts: Mapping[str, int] = SpellChecker(language=language).word_frequency.dictionary
    return counts


def _is_in_dictionary(word: str, language: str) -> bool:
    counts = _dictionary(language)
    return not counts or word in counts or (language == "de" and _is_compound(word, counts))


def _is_compound(word: str, counts: Mapping[str, int]) -> bool:
    """Whether a German word is made of two words of the dictionary: "Nacht" and "Schicht"."""
    for i in range(_SHORTEST, len(word) - _SHORTEST + 1):
        first, second = word[:i], word[i:]
        parts = (first, first.removesuffix("s"), first.removesuffix("en"), f"{first}e")
        usual = any(counts.get(part, 0) >= _IN_COMPOUNDS for part in parts)
        if usual and any(
            counts.get(second.removesuffix(ending), 0) >= _IN_COMPOUNDS
            for ending in ("", "n", "en")
        ):
            return True
    return False


@cache
def _asked_words() -> frozenset[str]:
    """The words of the example questions and of the aliases."""
    texts = [
        text
        for intent in load_yaml("intents").values()
        for text in [*intent["examples"], *map(str, intent.get("words", ()))]
    ]
    texts += [name for group in load_yaml("aliases") for name in group]
    return frozenset(fold(word.text) for text in texts for word in words(text))
