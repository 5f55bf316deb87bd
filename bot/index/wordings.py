"""Wordings: questions that serving compares others with, and their vectors, made by the build."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from bot.models.onnx import Floats

FILE = "wordings.npz"


def write_wordings(folder: Path, vectors: Mapping[str, Floats]) -> None:
    """Write the vectors of the wordings into `folder`."""
    stacked = np.stack(list(vectors.values())) if vectors else np.empty((0, 0), np.float32)
    np.savez(folder / FILE, texts=np.array(list(vectors), dtype=np.str_), vectors=stacked)


def read_wordings(folder: Path) -> dict[str, Floats]:
    """The vectors of the wordings.

    Raises:
        OSError, ValueError: there are none.
    """
    with np.load(folder / FILE) as content:
        return dict(zip(content["texts"].tolist(), content["vectors"], strict=True))
