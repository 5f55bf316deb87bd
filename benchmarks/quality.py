"""What int8 costs in answers: `python -m benchmarks.quality CORPUS=QUESTIONS.jsonl …`.

Builds each corpus twice, with the encoder in int8 and in fp32, and scores both on the questions.
The default reranker is published in int8 only, so both have that one.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.machine import described, written
from bot.config import Settings
from bot.evaluation import evaluate_files
from bot.index.build import build_index
from bot.index.load import load_index
from bot.questions.intents import intent_fit
from bot.service import ResumeBot

HERE = Path(__file__).parent
FIGURES = ("right", "answered_right", "refused_right", "top1_citation", "false_refusal")
DEFAULTS = Settings.model_fields
Score = Mapping[str, Any]


def score(corpus: Path, questions: Path, index: Path) -> tuple[str, Score]:
    """The encoder's precision in an index of the corpus, and what is right of its answers."""
    report = build_index(
        corpus,
        index,
        encoder=DEFAULTS["encoder"].default,
        reranker=DEFAULTS["reranker"].default,
        fit=intent_fit(),
        report=lambda _: None,
    )
    evaluated = evaluate_files(ResumeBot(load_index(index)), [questions])
    return report.manifest.encoder.precision, json.loads(evaluated.as_json())["total"]


def main() -> None:
    """Score, print the table, and write it into the README beside this file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("sets", nargs="+", metavar="CORPUS=QUESTIONS.jsonl")
    parser.add_argument("--write", action="store_true", help="the table into README.md")
    options = parser.parse_args()
    sets = [tuple(map(Path, pair.split("=", 1))) for pair in options.sets]
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for corpus, questions in sets:
            precision, small = score(corpus, questions, Path(scratch) / "int8")
            assert precision == "int8"
            with patch("bot.models.export._quantise", side_effect=RuntimeError):
                precision, full = score(corpus, questions, Path(scratch) / "fp32")
            assert precision == "fp32"
            rows.append((questions.stem, small, full))
    text = "\n".join([f"{described(['onnxruntime', 'torch'])}.", "", *table(rows)])
    print(text)  # noqa: T201
    if options.write:
        written(HERE / "README.md", "quality", text)


def table(rows: list[tuple[str, Score, Score]]) -> Iterator[str]:
    """Each set's figures, int8 and fp32, in Markdown; then those of all questions."""
    yield f"| int8 / fp32 | n | {' | '.join(FIGURES)} |"
    yield "|---" * (len(FIGURES) + 2) + "|"
    for name, small, full in [
        *rows,
        ("all", _mean([r[1] for r in rows]), _mean([r[2] for r in rows])),
    ]:
        cells = [f"{small[key]:.3f} / {full[key]:.3f}" for key in FIGURES]
        yield f"| {name} | {small['n']} | {' | '.join(cells)} |"


def _mean(scores: list[Score]) -> Score:
    """The mean, each set counted by its questions."""
    n = sum(score["n"] for score in scores)
    return {"n": n} | {
        key: sum((score[key] or 0) * score["n"] for score in scores) / n for key in FIGURES
    }


if __name__ == "__main__":
    main()
