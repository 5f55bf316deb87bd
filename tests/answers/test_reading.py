"""What the reranker reads, which is most of an answer's cost."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bot.answers.answerer import Answerer
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


def test_only_lines_that_can_answer_are_read(answerer: Answerer, read: list[str]) -> None:
    answerer.converse(["How many drawings were lent to other houses?"])
    assert read
    assert not [text for text in read if "archive" in text]


def test_where_no_line_can_answer_none_is_read_and_the_nearest_are_shown(
    answerer: Answerer, read: list[str]
) -> None:
    turn = answerer.converse(["What percentage of the archive of coins was put online?"])
    assert not turn.answer.outcome.found
    assert turn.answer.related
    assert read == []
