"""What the reranker reads, which is most of an answer's cost."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bot.answers.answerer import Answerer
from bot.answers.reading import STEPS
from bot.index.load import load_index
from bot.models.onnx import Floats
from bot.models.reranker import Reranker
from tests.conftest import build

LINES = "\n".join(
    f"- Ran the archive of {place}." for place in ("maps", "coins", "seals", "prints")
)
RESUME = f"""\
# Rosalind Achterberg

Archivist, Utrecht

## Experience

### Archivist, Merel Museum
*March 2019 - present*

{LINES}
- Brought the backlog down from 31 to 9 boxes a month.
- Lent 63 drawings to other houses.
"""


@pytest.fixture(scope="module")
def answerer(new_index: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    corpus = tmp_path_factory.mktemp("reading")
    (corpus / "resume.md").write_text(RESUME, encoding="utf-8")
    index = new_index()
    build(corpus, index)
    return Answerer(load_index(index))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passages that the reranker has read."""
    texts: list[str] = []
    scores = Reranker.scores

    def noting(self: Reranker, question: str, passages: Sequence[str]) -> Floats:
        texts.extend(passages)
        return scores(self, question, passages)

    monkeypatch.setattr(Reranker, "scores", noting)
    return texts


def test_what_is_plainly_asked_for_needs_no_reading(answerer: Answerer, read: list[str]) -> None:
    turn = answerer.converse(["What is her name?"])
    assert turn.answer.outcome.found
    assert read == []


def test_no_more_is_read_once_one_clearly_answers(answerer: Answerer, read: list[str]) -> None:
    turn = answerer.converse(["How many drawings were lent to other houses?"])
    assert turn.answer.outcome.found
    assert len(read) == STEPS[0][0]


def test_more_is_read_if_none_answers(answerer: Answerer, read: list[str]) -> None:
    turn = answerer.converse(["Which forklift did she drive in the quarry?"])
    assert not turn.answer.outcome.found
    assert STEPS[0][0] < len(read) <= STEPS[-1][0]


def test_lines_of_another_time_are_not_read(answerer: Answerer, read: list[str]) -> None:
    answerer.converse(["What did she bring down in 2012?"])
    assert not [text for text in read if "backlog" in text]
