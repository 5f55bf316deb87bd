"""Which intent a question has, by the example questions of each."""

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from bot.data import load_yaml
from bot.index.fitted import Fit, Fitted
from bot.models.encoder import Encoder
from bot.models.onnx import Floats
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
# Who the question is about, and which year it names, makes no other intent of it.
_PERSON = re.compile(r"\b(?:the|this|that) (?:candidate|applicant|person)(['’]s)?\b", re.IGNORECASE)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WORD_BONUS = 0.06  # of nearness, for the first word that speaks for the intent
# Of the regression: how far an example reaches (the variance of the Gaussian kernel over unit
# vectors) and how little a single one is trusted. Any near value does as well.
_REACH = 0.5
_DOUBT = 0.1
OPEN = "detail"


class Intents:
    """The intents of `intents.yaml`, told apart by kernel ridge regression over the embeddings of
    their examples (regularized least-squares classification, Rifkin, Yeo & Poggio 2003): a
    question's likeness to all examples counts, for and against, not to the nearest alone.
    """

    def __init__(self, encoder: Encoder, fitted: Fitted | None = None) -> None:
        """`fitted` is `intent_fit` with the encoder, which takes long, if it is at hand."""
        self._encoder = encoder
        fit = intent_fit()
        if fitted is None or fitted.key != fit.key:
            fitted = fit.fitted(encoder)  # the examples have changed since the index was built
        self._vectors, self._weights = fitted.vectors, fitted.arrays["weights"]
        self._names: list[str] = []
        self._starts: list[int] = []  # where each intent's examples begin among the vectors
        self._needs: dict[str, tuple[str, ...]] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._wordings: dict[str, frozenset[str]] = {}
        start = 0
        for name, intent in load_yaml("intents").items():
            self._names.append(name)
            self._starts.append(start)
            start += len(intent["examples"])
            self._needs[name] = tuple(intent.get("needs", ()))
            self._words[name] = frozenset(stem(fold(word)) for word in intent.get("words", ()))
            self._wordings[name] = self._words[name] | {
                stem(fold(word.text)) for text in intent["examples"] for word in words(text)
            }

    def needs(self, intent: str) -> tuple[str, ...]:
        """Words one of which the answer to this intent must hold; none if it is free."""
        return self._needs[intent]

    def words_it(self, intent: str, folded: str) -> bool:
        """Whether the folded word is one that the intent is usually asked with."""
        return intent != OPEN and stem(folded) in self._wordings[intent]

    def begin(self, search: str) -> None:
        """Begin with the vector of what will be searched for, if it is."""
        self._encoder.begin(search)

    def rank(self, question: str) -> Sequence[tuple[str, float]]:
        """Every intent, the likeliest first, with how near it is, about -0.1 to 1.1: the cosine
        to its nearest example and a bonus for words that speak for it.
        """
        asked_for = self._encoder.queries([_plain(question)])[0]
        # Not "@": the linear algebra's threads would spin for longer than this takes.
        cosines = np.einsum("ed,d->e", self._vectors, asked_for)
        likely = np.einsum("e,ei->i", _kernel(cosines), self._weights)
        nearest = np.maximum.reduceat(cosines, self._starts)
        asked = {stem(fold(word.text)) for word in words(question)}
        hits = np.array([len(asked & self._words[name]) for name in self._names])
        nearness = nearest + _WORD_BONUS * np.log2(1 + hits)
        return [
            (self._names[i], float(nearness[i]))
            for i in np.argsort(-likely, kind="stable").tolist()
        ]


def intent_fit() -> Fit:
    """The examples of every intent, to be fitted: the weight of each for each intent."""
    intents = load_yaml("intents").values()
    numbers = [number for number, intent in enumerate(intents) for _ in intent["examples"]]
    questions = [
        _plain(_PLACEHOLDER.sub(lambda match: STAND_INS[match[0]], example))
        for intent in intents
        for example in intent["examples"]
    ]

    def make(vectors: Floats) -> dict[str, Floats]:
        alike = _kernel(vectors @ vectors.T).astype(np.float64)
        wanted = np.eye(len(intents))[numbers]
        weights = np.linalg.solve(alike + _DOUBT * np.eye(len(numbers)), wanted)
        return {"weights": weights.astype(np.float32)}

    made_from = repr((numbers, questions, _REACH, _DOUBT))
    return Fit(hashlib.sha256(made_from.encode()).hexdigest(), questions, make)


def _plain(text: str) -> str:
    """The text as the encoder reads it."""
    text = _PERSON.sub(lambda match: "his" if match[1] else "he", text)
    return one_pronoun(YEAR.sub(STAND_INS["YEAR"], text))


def _kernel(cosines: Floats) -> Floats:
    """How alike texts are: 1 for the same, towards 0 for others."""
    alike: Floats = np.exp((cosines - 1) / _REACH)
    return alike


def one_pronoun(text: str) -> str:
    """The text with every pronoun for a person the same."""
    return _PRONOUN.sub(lambda match: _PRONOUNS[match[0].lower()], text)
