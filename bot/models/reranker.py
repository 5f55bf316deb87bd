"""The reranker: how well a passage answers a question, read together."""

from collections.abc import Sequence
from functools import lru_cache

from bot.models.onnx import Floats, OnnxModel

_CACHED = 128  # questions with their passages


class Reranker:
    """A cross-encoder (Nogueira & Cho 2019) exported to ONNX."""

    def __init__(self, model: OnnxModel) -> None:
        self.model = model
        # One question is answered by several answerers, which may ask the same.
        self._cached = lru_cache(maxsize=_CACHED)(self._scores)

    def scores(self, question: str, passages: Sequence[str]) -> Floats:
        """The log-odds for each passage that it answers the question, shape (len(passages),). Of a
        reranker that wasn't trained to tell that, they only rank the passages of one question. Not
        to be changed.
        """
        return self._cached(question, tuple(passages))

    def _scores(self, question: str, passages: tuple[str, ...]) -> Floats:
        return self.model.run_pairs(question, passages)[:, 0] + self.model.card.bias
