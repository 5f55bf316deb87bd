"""The encoder: a question or passage to a vector of meaning."""

from collections.abc import Sequence
from concurrent.futures import Future
from functools import lru_cache

import numpy as np

from bot.models.onnx import Floats, OnnxModel

_CACHED = 1024  # questions whose vector is kept; one is 1.5 KB in the default model


class Encoder:
    """A bi-encoder (Reimers & Gurevych 2019, Sentence-BERT) exported to ONNX."""

    def __init__(self, model: OnnxModel) -> None:
        self.model = model
        # One answer may want a question's vector several times.
        self._query = lru_cache(maxsize=_CACHED)(self._begun)

    def begin(self, text: str) -> None:
        """Begin with the vector of a question that will be wanted, while other things are done."""
        self._query(text)

    def queries(self, texts: Sequence[str]) -> Floats:
        """Unit vectors, shape (len(texts), dimensions)."""
        return np.stack([begun.result() for begun in [self._query(text) for text in texts]])

    def passages(self, texts: Sequence[str]) -> Floats:
        """Unit vectors, shape (len(texts), dimensions)."""
        return self.model.run([self.model.card.passage_prompt + text for text in texts])

    def _begun(self, text: str) -> Future[Floats]:
        return self.model.begin(self.model.card.query_prompt + text)
