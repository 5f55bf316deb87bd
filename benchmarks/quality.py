"""What int8 costs in answers: `python -m benchmarks.quality CORPUS=QUESTIONS.jsonl …`.

Builds each corpus twice, with both models in int8 and in fp32, and scores both on the questions.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from benchmarks.machine import described
from benchmarks.scoring import Score, arguments, mean, score, tell
from bot.config import Settings
from bot.index.build import build_index
from bot.index.load import load_index
from bot.questions.intents import intent_fit
from bot.service import ResumeBot

FIGURES = ("right", "answered_right", "refused_right", "top1_citation", "false_refusal")
DEFAULTS = Settings.model_fields


def built(corpus: Path, questions: Path, index: Path) -> tuple[str, Score]:
    """The encoder's precision in an index of the corpus, and what is right of its answers."""
    report = build_index(
        corpus,
        index,
        encoder=DEFAULTS["encoder"].default,
        reranker=DEFAULTS["reranker"].default,
        fit=intent_fit(),
        report=lambda _: None,
    )
    total = score(ResumeBot(load_index(index)), questions)
    return report.manifest.encoder.precision, total


def main() -> None:
    """Score, print the table, and write it into the README beside this file."""
    sets, write = arguments(__doc__, "CORPUS")
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for corpus, questions in sets:
            precision, small = built(corpus, questions, Path(scratch) / "int8")
            assert precision == "int8"
            with patch("bot.models.export._quantise", side_effect=RuntimeError):
                precision, full = built(corpus, questions, Path(scratch) / "fp32")
            assert precision == "fp32"
            rows.append((questions.stem, small, full))
    text = "\n".join([f"{described(['onnxruntime', 'torch'])}.", "", *table(rows)])
    tell("quality", text, write)


def table(rows: list[tuple[str, Score, Score]]) -> Iterator[str]:
    """Each set's figures, int8 and fp32, in Markdown; then those of all questions."""
    yield f"| int8 / fp32 | n | {' | '.join(FIGURES)} |"
    yield "|---" * (len(FIGURES) + 2) + "|"
    for name, small, full in [
        *rows,
        ("all", mean([r[1] for r in rows], FIGURES), mean([r[2] for r in rows], FIGURES)),
    ]:
        cells = [f"{small[key]:.3f} / {full[key]:.3f}" for key in FIGURES]
        yield f"| {name} | {small['n']} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
