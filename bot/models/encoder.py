"""The encoder: a question or passage to a vector of meaning."""

from collections.abc import Sequence
from pathlib import Path

from bot.models.onnx import Floats, OnnxModel


class Encoder:
    """A bi-encoder (Reimers & Gurevych 2019, Sentence-BERT) exported to ONNX."""

    def __init__(self, folder: Path) -> None:
        self._model = OnnxModel(folder)
        self.card = self._model.card

    def queries(self, texts: Sequence[str]) -> Floats:
        """Unit vectors, shape (len(texts), dimensions)."""
        return self._model.run([self.card.query_prompt + text for text in texts])

    def passages(self, texts: Sequence[str]) -> Floats:
        """Unit vectors, shape (len(texts), dimensions)."""
        return self._model.run([self.card.passage_prompt + text for text in texts])
