"""The models as sentence-transformers runs them: what an exported one is held against.

This module imports torch, inside its functions: `build` needs it only for a model that it
hasn't exported yet and for many passages that it hasn't embedded yet.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.errors import BotError
from bot.models.adapter import add_adapter
from bot.models.dequantise import save_dequantised
from bot.models.onnx import GRAPH, Floats
from bot.models.weights import Source


class ReferenceEncoder:
    """A sentence-transformers model."""

    def __init__(self, source: Source) -> None:
        """Load the model.

        Raises:
            BotError: the folder holds no sentence-transformers model.
        """
        from sentence_transformers import SentenceTransformer

        self.model = _loaded(SentenceTransformer, "encoder", source.name, source.folder)
        if source.adapter:
            add_adapter(self.model[0].auto_model, source.adapter)

    def passages(self, texts: Sequence[str], *, progress: bool = False) -> Floats:
        """Unit vectors, shape (len(texts), dimensions)."""
        return np.asarray(
            self.model.encode_document(
                list(texts), normalize_embeddings=True, show_progress_bar=progress
            ),
            dtype=np.float32,
        )

    def queries(self, texts: Sequence[str]) -> Floats:
        """Unit vectors, shape (len(texts), dimensions)."""
        return np.asarray(
            self.model.encode_query(
                list(texts), normalize_embeddings=True, show_progress_bar=False
            ),
            dtype=np.float32,
        )


class ReferenceReranker:
    """A cross-encoder of sentence-transformers."""

    def __init__(self, source: Source) -> None:
        """Load the model.

        Raises:
            BotError: the folder holds no cross-encoder.
        """
        from sentence_transformers import CrossEncoder

        if (source.folder / GRAPH).is_file():
            with tempfile.TemporaryDirectory() as scratch:
                save_dequantised(source.folder, Path(scratch))
                self.model = _loaded(CrossEncoder, "reranker", source.name, Path(scratch))
        else:
            self.model = _loaded(CrossEncoder, "reranker", source.name, source.folder)
        if source.adapter:
            add_adapter(self.model.model, source.adapter)

    def scores(self, question: str, passages: Sequence[str]) -> Floats:
        """A logit for each passage, shape (len(passages),)."""
        import torch

        pairs = [(question, passage) for passage in passages]
        return np.asarray(
            self.model.predict(pairs, activation_fn=torch.nn.Identity(), show_progress_bar=False),
            dtype=np.float32,
        ).reshape(len(passages), -1)[:, 0]


def _loaded(kind: Any, role: str, name: str, folder: Path) -> Any:
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return kind(str(folder), device="cpu")
    except Exception as error:
        said = str(error).splitlines()[0] if str(error) else ""
        raise BotError(
            f"{role} {name!r}: {folder} can't be loaded by sentence-transformers "
            f"({type(error).__name__}: {said})"
        ) from error
