"""Nothing that the bot knows is of the résumé that it was developed on: with every proper noun of
it replaced by an invented one, it answers as well.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from bot.evaluation import Row, evaluate_files, figures, read_rows
from bot.index.load import load_index
from bot.service import ResumeBot
from tests.conftest import build

EVAL = Path(__file__).parent / "eval"
QUESTIONS = EVAL / "paraphrases" / "jinhua.jsonl"
RESUME = Path(__file__).parents[1] / "corpus" / "resume.md"
# Of the shares of right answers and right refusals. Some questions lean on what the encoder knows
# of a technology's name, which nobody knows of an invented one.
MOST_LOST = 0.06


@pytest.fixture(scope="module")
def renamed() -> Callable[[str], str]:
    """The text with the proper nouns replaced, in capitals or not as they are written."""
    names = yaml.safe_load((EVAL / "renaming.yaml").read_text(encoding="utf-8"))
    by_name = {name.casefold(): invented for name, invented in names.items()}
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile(
        "|".join(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])" for name in longest_first),
        re.IGNORECASE,
    )

    def replaced(match: re.Match[str]) -> str:
        invented: str = by_name[match[0].casefold()]
        return invented.lower() if match[0].islower() else invented

    return lambda text: pattern.sub(replaced, text)


def test_renamed_it_answers_as_well(
    renamed: Callable[[str], str], seed_index: Path, new_index: Callable[[], Path], tmp_path: Path
) -> None:
    corpus, questions = tmp_path / "corpus", tmp_path / "renamed.jsonl"
    corpus.mkdir()
    text = renamed(RESUME.read_text(encoding="utf-8"))
    assert "pgcat" not in text.casefold()
    (corpus / "resume.md").write_text(text, encoding="utf-8")
    rows = [Row.model_validate_json(renamed(row.model_dump_json())) for row in read_rows(QUESTIONS)]
    questions.write_text("\n".join(row.model_dump_json() for row in rows), encoding="utf-8")
    index = new_index()
    build(corpus, index)
    own, other = (
        figures(evaluate_files(ResumeBot(load_index(folder)), [file]).results)
        for folder, file in ((seed_index, QUESTIONS), (index, questions))
    )
    for before, after in ((own.right, other.right), (own.refused_right, other.refused_right)):
        assert before is not None
        assert after is not None
        assert after > before - MOST_LOST, (own, other)
