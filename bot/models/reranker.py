"""The reranker: how well a passage answers a question, read together."""

from collections.abc import Sequence
from pathlib import Path

from bot.models.onnx import Floats, OnnxModel


class Reranker:
    """A cross-encoder (Nogueira & Cho 2019) exported to ONNX."""

    def __init__(self, folder: Path) -> None:
        self._model = OnnxModel(folder)
        self.card = self._model.card

    def scores(self, question: str, passages: Sequence[str]) -> Floats:
        """A logit for each passage, shape (len(passages),): higher is better, unbounded, and
        comparable between passages of one question only.
        """
        return self._model.run([(question, passage) for passage in passages])[:, 0]
