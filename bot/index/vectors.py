"""Vectors of the passages in FAISS, searched by inner product."""

from pathlib import Path

import faiss
import numpy as np

from bot.models.onnx import Floats

FILE = "vectors.faiss"
# Up to here an exact search takes about as long as encoding the question does.
_EXACT_UP_TO = 50_000
# Share of the cells that an approximate search looks into. Of 33,000 passages it finds 0.97 of the
# ten nearest; a sixteenth finds 0.86, and HNSW 0.84 in more time.
_PROBED = 1 / 4


def build_vectors(vectors: Floats) -> faiss.Index:
    """An index over unit vectors, shape (passages, dimensions), ids in their order.

    Exact (flat) up to 50,000 passages; above, an inverted file (Jégou et al. 2011) with
    4·√n cells, of which a quarter are searched.
    """
    count, dimensions = vectors.shape
    if count <= _EXACT_UP_TO:
        index: faiss.Index = faiss.IndexFlatIP(dimensions)
    else:
        cells = int(4 * count**0.5)
        quantizer = faiss.IndexFlatIP(dimensions)
        index = faiss.IndexIVFFlat(quantizer, dimensions, cells, faiss.METRIC_INNER_PRODUCT)
        index.train(vectors)
        index.nprobe = max(1, int(cells * _PROBED))
    index.add(vectors)
    if count > _EXACT_UP_TO:
        faiss.extract_index_ivf(index).make_direct_map()  # so that vectors can be read back
    return index


class Vectors:
    """A FAISS index of unit vectors. Safe to search from several threads."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def load(cls, folder: Path) -> "Vectors":
        return cls(faiss.read_index(str(folder / FILE)))

    def save(self, folder: Path) -> None:
        faiss.write_index(self._index, str(folder / FILE))

    def search(self, query: Floats, most: int) -> list[tuple[int, float]]:
        """The nearest passages to one vector of shape (dimensions,), best first: (id, cosine)."""
        scores, ids = self._index.search(query[np.newaxis], min(most, self._index.ntotal))
        found = zip(ids[0].tolist(), scores[0].tolist(), strict=True)
        return [(i, score) for i, score in found if i >= 0]

    def get(self, ids: list[int]) -> Floats:
        """The vectors of these passages, shape (len(ids), dimensions)."""
        if not ids:
            return np.empty((0, self._index.d), dtype=np.float32)
        return np.stack([self._index.reconstruct(i) for i in ids])
