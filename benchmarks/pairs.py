"""How many passages the reranker should read: `python -m benchmarks.pairs INDEX=QUESTIONS.jsonl …`.

Scores the bot with fewer and fewer of them, and draws what is right against the pairs of question
and passage that are read, second readings included.
"""

from collections.abc import Sequence
from math import inf
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from benchmarks.machine import described
from benchmarks.scoring import README, Score, arguments, mean, score, tell
from bot.index.load import Index, load_index
from bot.models.onnx import Floats
from bot.models.reranker import Reranker
from bot.service import ResumeBot

# At most how many passages, and how far their ranking may be below the first one's.
BOUNDS = ((24, inf), (8, inf), (6, inf), (4, inf), (4, 2.0), (4, 1.5), (4, 1.0), (4, 0.5), (1, 1.0))
FIGURES = ("right", "answered_right", "top1_citation", "false_refusal")


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
            for passage, score in zip(new, self._reranker.scores(question, new), strict=True):
                self._known[question, passage] = score
        return np.array([self._known[question, p] for p in passages], dtype=np.float32)


def main() -> None:
    """Score, print the table and draw it, and write it into the README beside this file."""
    sets, write = arguments(__doc__, "INDEX")
    loaded: list[tuple[Index, Counting, Path]] = []
    for folder, questions in sets:
        index = load_index(folder, loaded[-1][0] if loaded else None)
        counting = loaded[-1][1] if loaded else Counting(index.reranker)  # all have one model
        object.__setattr__(index, "reranker", counting)
        loaded.append((index, counting, questions))
    rows = [figures(most, within, loaded) for most, within in BOUNDS]
    lines = [
        f"{described(['onnxruntime'])}; {rows[0]['n']} questions.",
        "",
        f"| read at most | within | pairs for a question | {' | '.join(FIGURES)} |",
        "|---" * (len(FIGURES) + 3) + "|",
        *(
            f"| {row['most']} | {_shown(row['within'])} | {row['pairs']:.2f} | "
            f"{' | '.join(f'{row[key]:.3f}' for key in FIGURES)} |"
            for row in rows
        ),
    ]
    tell("pairs", "\n".join(lines), write)
    if write:
        draw(rows, README.with_name("pairs.svg"))


def figures(most: int, within: float, loaded: Sequence[tuple[Index, Counting, Path]]) -> Score:
    """What is right, over all questions, if the reranker reads so many of a question's passages."""
    totals = []
    for index, counting, questions in loaded:
        counting.pairs = 0
        with patch.multiple("bot.answers.ranking", _READ=most, _CONTENDING=within):
            total = score(ResumeBot(index), questions)
        totals.append({**total, "pairs": counting.pairs / total["n"]})
    return {"most": most, "within": within, **mean(totals, ("pairs", *FIGURES))}


def _shown(within: float) -> str:
    return "any" if within == inf else f"{within:.1f}"


def draw(rows: Sequence[Score], to: Path) -> None:
    """The curve as a picture."""
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 3.5))
    for key in FIGURES[:3]:
        axes.plot([row["pairs"] for row in rows], [row[key] for row in rows], "o", label=key)
    axes.set_xlabel("pairs that the reranker reads for a question, in the mean")
    axes.set_ylabel("share of questions")
    axes.set_ylim(bottom=0.5)
    axes.legend()
    figure.tight_layout()
    figure.savefig(to, metadata={"Date": None})


if __name__ == "__main__":
    main()
