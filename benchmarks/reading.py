"""What reading is worth: `python -m benchmarks.reading INDEX=QUESTIONS.jsonl …`.

Scores the bot with more and fewer passages read, and with higher and lower odds from which one
answers, and draws wrong answers against refusals.
"""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from math import inf
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from benchmarks.machine import described
from benchmarks.scoring import README, Score, arguments, mean, score, tell
from bot.answers.reading import LEAST, STEPS
from bot.index.load import Index, load_index
from bot.models.onnx import Floats
from bot.models.reranker import Reranker
from bot.service import ResumeBot

# Passages that have been read after each step, and the log-odds from which no more are.
LADDERS = (
    ((8, inf),),
    ((4, inf),),
    ((3, inf),),
    STEPS,
    ((2, LEAST), (4, inf)),
    ((2, inf),),
    ((1, 1.0), (2, inf)),
    ((1, inf),),
)
THRESHOLDS = (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5)
FIGURES = ("right", "answered_right", "refused_right", "top1_citation", "false_refusal")

Bounds = dict[str, Any]
Loaded = Sequence[tuple[Index, "Counting", Path]]


class Counting:
    """A reranker that counts what it reads. What it has read once isn't read again."""

    def __init__(self, reranker: Reranker) -> None:
        self._reranker = reranker
        self._known: dict[tuple[str, str], Any] = {}
        self.model = reranker.model
        self.pairs = 0

    def scores(self, question: str, passages: Sequence[str]) -> Floats:
        """As `Reranker.scores`."""
        self.pairs += len(passages)
        new = [p for p in dict.fromkeys(passages) if (question, p) not in self._known]
        if new:
            for passage, logit in zip(new, self._reranker.scores(question, new), strict=True):
                self._known[question, passage] = logit
        return np.array([self._known[question, p] for p in passages], dtype=np.float32)


def main() -> None:
    """Score, print the tables and draw the curve, into the README beside this file with --write."""
    sets, write = arguments(__doc__, "INDEX")
    loaded: list[tuple[Index, Counting, Path]] = []
    for folder, questions in sets:
        index = load_index(folder, loaded[-1][0] if loaded else None)
        counting = loaded[-1][1] if loaded else Counting(index.reranker)  # all have one model
        object.__setattr__(index, "reranker", counting)
        loaded.append((index, counting, questions))
    depths = [{"read": _told(steps), **figures(loaded, {"STEPS": steps}, {})} for steps in LADDERS]
    odds = [{"least": least, **figures(loaded, {}, {"LEAST": least})} for least in THRESHOLDS]
    lines = [f"{described(['onnxruntime'])}; {depths[0]['n']} questions.", ""]
    lines += _table(depths, ("read", "pairs", *FIGURES))
    lines += ["", *_table(odds, ("least", "pairs", *FIGURES))]
    tell("reading", "\n".join(lines), write)
    if write:
        draw(odds, README.with_name("refusals.svg"))


def figures(loaded: Loaded, of_reading: Bounds, of_passages: Bounds) -> Score:
    """The figures over all questions with other bounds of the two modules; `pairs` are those read
    for a question.
    """
    totals = []
    for index, counting, questions in loaded:
        counting.pairs = 0
        with ExitStack() as patched:
            for module, bounds in (("reading", of_reading), ("passages", of_passages)):
                for name, value in bounds.items():
                    patched.enter_context(patch(f"bot.answers.{module}.{name}", value))
            total = score(ResumeBot(index), questions)
        totals.append({**total, "pairs": counting.pairs / total["n"]})
    return mean(totals, ("pairs", *FIGURES))


def _table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> list[str]:
    return [
        f"| {' | '.join(columns)} |",
        "|---" * len(columns) + "|",
        *(f"| {' | '.join(_shown(row[column]) for column in columns)} |" for row in rows),
    ]


def _told(steps: Sequence[tuple[int, float]]) -> str:
    told = ", ".join(f"{many} to {enough:g}" for many, enough in steps[:-1])
    return f"{told}, {steps[-1][0]}".removeprefix(", ")


def _shown(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.3f}"


def draw(rows: Sequence[Score], to: Path) -> None:
    """Wrong answers to what the résumé doesn't say against refusals of what it does."""
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 3.5))
    wrong = [1 - row["refused_right"] for row in rows]
    axes.plot([row["false_refusal"] for row in rows], wrong, "o-")
    for row, at in zip(rows, wrong, strict=True):
        label = f"{row['least']:g}" + (" (the bot's)" if row["least"] == LEAST else "")
        axes.annotate(label, (row["false_refusal"], at), xytext=(5, 5), textcoords="offset points")
    axes.set_xlabel("answerable questions that are refused")
    axes.set_ylabel("others that are answered")
    figure.tight_layout()
    figure.savefig(to, metadata={"Date": None})


if __name__ == "__main__":
    main()
