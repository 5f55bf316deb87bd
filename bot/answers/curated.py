"""The curated answerer: what the candidate wrote for questions that a résumé doesn't answer."""

import re

import numpy as np

from bot.answers.answer import Answer, Outcome, Statement
from bot.documents import Kind
from bot.index.load import Index
from bot.questions.intents import one_pronoun
from bot.questions.question import Question
from bot.questions.translate import to_english
from bot.sources.faq import is_faq
from bot.words import guess_language

NAME = "curated"
# Nearness of a question to a wording, from which its answer is given. Two wordings of one
# question are about 0.8 apart in the default encoder, two questions of one topic below 0.65.
_LEAST_COSINE = 0.72


_YOU = re.compile(r"\byou(r)?\b", re.IGNORECASE)


class CuratedAnswerer:
    """Answers from `faq.yaml`. Immutable."""

    def __init__(self, index: Index) -> None:
        self._index = index
        wordings: list[str] = []
        self._answers: list[tuple[int, ...]] = []
        for source in filter(is_faq, index.manifest.corpus):
            passages = index.passages.of_source(source)
            for passage in passages:
                if passage.kind is Kind.HEADING:
                    wordings.append(_compared(passage.text))
                    self._answers.append(
                        tuple(
                            other.id
                            for other in passages
                            if other.kind is not Kind.HEADING and other.section == passage.section
                        )
                    )
        self._vectors = index.encoder.queries(wordings) if wordings else None

    def answer(self, question: Question) -> Answer | None:
        """The answer to the nearest wording, if it is near."""
        if self._vectors is None:
            return None
        vector = self._index.encoder.queries([_compared(question.asked)])[0]
        nearness = self._vectors @ vector
        best = int(np.argmax(nearness))
        if nearness[best] < _LEAST_COSINE:
            return None
        passages = self._index.passages.passages(self._answers[best])
        statements = [
            Statement((" " if i else "") + passage.text, (passage.id,))
            for i, passage in enumerate(passages)
        ]
        return Answer(Outcome.ANSWERED, tuple(statements), NAME)


def _compared(text: str) -> str:
    """The text as it is compared: the candidate is "you" to some and "he" or "she" to others."""
    english = to_english(text, guess_language(text))
    return one_pronoun(_YOU.sub(lambda match: "his" if match[1] else "he", english))
