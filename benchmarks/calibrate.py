"""What certainty is worth: `python -m benchmarks.calibrate INDEX=QUESTIONS.jsonl …`.

Tells how well the certainty of `bot/data/calibration.yaml` tells whether the first passage of a
question answers it, beside a logistic regression on the same evidence (on each index by weights
that were fitted on the others), and what the bot's threshold trades.
"""

from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path
from unittest.mock import patch

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from benchmarks.machine import described
from benchmarks.scoring import arguments, mean, score, tell
from bot.answers.evidence import Evidence, certainty
from bot.answers.ranking import Ranked, Ranking
from bot.evaluation import converse, covers, normalise, read_rows
from bot.index.load import Index, load_index
from bot.service import ResumeBot

THRESHOLDS = (0.5, 0.6, 0.7)
FIGURES = ("right", "refused_right", "false_refusal")
_FREEDOM = 30.0  # the inverse of the regularisation; any from 3 to 30 does as well

Case = tuple[Evidence, bool]  # of the first passage, and whether it answers


def main() -> None:
    """Score and print; into the README beside this file, too, with --write."""
    sets, write = arguments(__doc__, "INDEX")
    loaded: list[tuple[Index, Path]] = []
    for folder, questions in sets:
        loaded.append((load_index(folder, loaded[-1][0] if loaded else None), questions))
    cases = [first_passages(index, questions) for index, questions in loaded]
    everything = [case for of_index in cases for case in of_index]
    own = roc_auc_score([label for _, label in everything], [certainty(e) for e, _ in everything])
    rows = [
        f"| {threshold} | {' | '.join(f'{traded[figure]:.3f}' for figure in FIGURES)} |"
        for threshold in THRESHOLDS
        for traded in [at(threshold, loaded)]
    ]
    lines = [
        f"{described(['scikit-learn'])}.",
        "",
        f"Area under the ROC curve over the first passages of {len(everything)} questions: "
        f"{own:.3f}, of the regression on indexes left out {left_out(cases):.3f}.",
        "",
        f"| threshold | {' | '.join(FIGURES)} |",
        "|---" * (len(FIGURES) + 1) + "|",
        *rows,
    ]
    tell("calibrate", "\n".join(lines), write)


def first_passages(index: Index, questions: Path) -> list[Case]:
    """For each question that stands alone and gets so far, the evidence for its first passage
    and whether that is one of the lines that answer it.
    """
    found: list[Ranked] = []
    read_again = Ranking.read_again

    def noting(self: Ranking, *arguments: object) -> Ranked:
        found.append(read_again(self, *arguments))  # type: ignore[arg-type]
        return found[-1]

    bot = ResumeBot(index)
    cases = []
    for row in read_rows(questions):
        found.clear()
        with patch.object(Ranking, "read_again", noting):
            reply = converse(bot, row)
        if reply.answered_by == "passages" and found and found[-1] and not row.history:
            hit, evidence = found[-1][0]
            told = [snippet for group in row.evidence for snippet in group]
            cases.append((evidence, covers(normalise(hit.passage.text), told)))
    return cases


def left_out(cases: Sequence[Sequence[Case]]) -> float:
    """The area under the ROC curve of what was told of each index by a fit on the others."""
    told: list[float] = []
    answers: list[bool] = []
    for i, of_index in enumerate(cases):
        others = [case for j, of_other in enumerate(cases) if j != i for case in of_other]
        if of_index:
            values, labels = _arrays(of_index)
            fitted = LogisticRegression(C=_FREEDOM, max_iter=2000).fit(*_arrays(others))
            told += fitted.decision_function(values).tolist()
            answers += labels.tolist()
    return float(roc_auc_score(answers, told))


def at(threshold: float, loaded: Sequence[tuple[Index, Path]]) -> dict[str, float]:
    """The figures over all questions with this threshold."""
    with patch("bot.answers.passages._LEAST_CERTAINTY", threshold):
        return dict(mean([score(ResumeBot(index), path) for index, path in loaded], FIGURES))


def _arrays(
    cases: Sequence[Case],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    values = np.array([astuple(evidence) for evidence, _ in cases])
    return values, np.array([answers for _, answers in cases])


if __name__ == "__main__":
    main()
