"""Which intent a question has: the nearest example wording, by meaning and by words."""

import re
from collections.abc import Sequence

import numpy as np

from bot.data import load_yaml
from bot.models.encoder import Encoder
from bot.words import fold, stem, words

# What stands in an example for something the résumé names, as the encoder reads it.
STAND_INS = {
    "COMPANY": "the company",
    "SCHOOL": "the school",
    "PROJECT": "the project",
    "SKILL": "Python",
    "SPEECH": "French",
    "PLACE": "London",
    "YEAR": "2015",
    "TITLE": "manager",
    "KIND": "open source",
    "DEGREE": "PhD",
    "PERSON": "he",
}
_PLACEHOLDER = re.compile("|".join(STAND_INS))
# The encoder takes he and she for different questions; nobody who asks means that.
_PRONOUNS = {"she": "he", "they": "he", "her": "his", "hers": "his", "their": "his", "them": "him"}
_PRONOUN = re.compile(rf"\b({'|'.join(_PRONOUNS)})\b", re.IGNORECASE)
_WORD_BONUS = 0.06  # in cosine, for the first word that speaks for the intent
OPEN = "detail"


class Intents:
    """The intents of `intents.yaml`, embedded."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._names = [name for name, _ in _examples()]
        self._words: dict[str, frozenset[str]] = {}
        self._needs: dict[str, tuple[str, ...]] = {}
        self._wordings: dict[str, set[str]] = {}
        for name, intent in load_yaml("intents").items():
            self._words[name] = frozenset(stem(fold(word)) for word in intent.get("words", ()))
            self._needs[name] = tuple(intent.get("needs", ()))
            self._wordings[name] = set(self._words[name])
            for example in intent["examples"]:
                self._wordings[name] |= {stem(fold(word.text)) for word in words(example)}
        self._vectors = encoder.queries(example_questions())

    def needs(self, intent: str) -> tuple[str, ...]:
        """Words one of which the answer to this intent must hold; none if it is free."""
        return self._needs[intent]

    def words_it(self, intent: str, folded: str) -> bool:
        """Whether the folded word is one that the intent is usually asked with."""
        return intent != OPEN and stem(folded) in self._wordings[intent]

    def rank(self, question: str) -> Sequence[tuple[str, float]]:
        """Every intent with its nearness, about -0.1 to 1.1, the nearest first."""
        similarity = self._vectors @ self._encoder.queries([one_pronoun(question)])[0]
        asked = {stem(fold(word.text)) for word in words(question)}
        nearness = dict.fromkeys(self._words, -1.0)
        for name, value in zip(self._names, similarity.tolist(), strict=True):
            nearness[name] = max(nearness[name], value)
        for name, own in self._words.items():
            hits = len(asked & own)
            nearness[name] += _WORD_BONUS * float(np.log2(1 + hits))
        return sorted(nearness.items(), key=lambda item: (-item[1], item[0]))


def example_questions() -> list[str]:
    """The examples of every intent, as they are embedded."""
    return [
        one_pronoun(_PLACEHOLDER.sub(lambda match: STAND_INS[match[0]], example))
        for _, example in _examples()
    ]


def _examples() -> list[tuple[str, str]]:
    """Every example with the name of its intent."""
    intents = load_yaml("intents").items()
    return [(name, example) for name, intent in intents for example in intent["examples"]]


def one_pronoun(text: str) -> str:
    """The text with every pronoun for a person the same."""
    return _PRONOUN.sub(lambda match: _PRONOUNS[match[0].lower()], text)
