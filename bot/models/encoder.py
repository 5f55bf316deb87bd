"""The encoder: a question or passage to a vector of meaning."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from bot.models.onnx import Floats, OnnxModel

_CACHED = 1024  # questions whose vector is kept; one is 1.5 KB in the default model


class Encoder:
    """A bi-encoder (Reimers & Gurevych 2019, Sentence-BERT) exported to ONNX."""

    def __init__(self, model: OnnxModel) -> None:
        self.model = model
        # One answer may want a question's vector several times.
        self._query = lru_cache(maxsize=_CACHED)(self._one)

    def queries(self, texts: Sequence[str]) -> Floats:
        """Unit vectors, shape (len(texts), dimensions). Not to be changed."""
        if len(texts) == 1:
            return self._query(texts[0])[np.newaxis]
        return self._run(texts)

    def passages(self, texts: Sequence[str]) -> Floats:
        """Unit vectors, shape (len(texts), dimensions)."""
        return self.model.run([self.model.card.passage_prompt + text for text in texts])

    def _one(self, text: str) -> Floats:
        vector: Floats = self._run([text])[0]
        return vector

    def _run(self, texts: Sequence[str]) -> Floats:
        return self.model.run([self.model.card.query_prompt + text for text in texts])
