"""The approximate index over vectors, which only large corpora have."""

import numpy as np
import pytest

from bot.index.vectors import Vectors, build_vectors


def test_most_of_the_nearest_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(1)
    topics = chance.normal(size=(60, 48))
    made = topics[chance.integers(60, size=3_000)] + chance.normal(scale=0.8, size=(3_000, 48))
    unit = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)
    exact = Vectors(build_vectors(unit))
    monkeypatch.setattr("bot.index.vectors._EXACT_UP_TO", 1_000)
    near = Vectors(build_vectors(unit))
    shared = [
        len({i for i, _ in exact.search(query, 10)} & {i for i, _ in near.search(query, 10)})
        for query in unit[:200]
    ]
    assert np.mean(shared) >= 9.5
    assert (near.get([5, 2_999]) == unit[[5, 2_999]]).all()
