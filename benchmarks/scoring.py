"""What is right of the bot's answers, over several files of questions."""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.machine import written
from bot.evaluation import evaluate_files
from bot.service import Bot

README = Path(__file__).with_name("README.md")
Score = Mapping[str, Any]


def arguments(doc: str | None, left: str) -> tuple[Sequence[tuple[Path, Path]], bool]:
    """The pairs `LEFT=QUESTIONS.jsonl` of the command line, and whether README.md is written."""
    parser = argparse.ArgumentParser(description=doc and doc.splitlines()[0])
    parser.add_argument("sets", nargs="+", metavar=f"{left}=QUESTIONS.jsonl")
    parser.add_argument("--write", action="store_true", help="into README.md, too")
    options = parser.parse_args()
    sets = [pair.split("=", 1) for pair in options.sets]
    return [(Path(one), Path(questions)) for one, questions in sets], options.write


def score(bot: Bot, questions: Path) -> Score:
    """The figures of `resume-bot eval --json` over all of a file's questions, `n` among them."""
    total: Score = json.loads(evaluate_files(bot, [questions]).as_json())["total"]
    return total


def mean(scores: Sequence[Score], figures: Sequence[str]) -> Score:
    """The mean of the figures, each score counted by its questions; `n` is all of them."""
    n = sum(score["n"] for score in scores)
    return {"n": n} | {
        figure: sum((score[figure] or 0) * score["n"] for score in scores) / n for figure in figures
    }


def tell(mark: str, text: str, write: bool) -> None:
    """Print the text, and put it into README.md, under its mark, if that is wanted."""
    print(text)  # noqa: T201
    if write:
        written(README, mark, text)
