"""The reranker: how well a passage answers a question, read together."""

from collections.abc import Sequence

from bot.models.onnx import Floats, OnnxModel


class Reranker:
    """A cross-encoder (Nogueira & Cho 2019) exported to ONNX."""

    def __init__(self, model: OnnxModel) -> None:
        self.model = model

    def scores(self, question: str, passages: Sequence[str]) -> Floats:
        """A logit for each passage, shape (len(passages),): higher is better, unbounded, and
        comparable between passages of one question only.
        """
        return self.model.run_pairs(question, passages)[:, 0]
