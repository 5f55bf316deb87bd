"""What certainty is worth: `python -m benchmarks.calibrate INDEX=QUESTIONS.jsonl …`.

Fits the weights of `certainty` in `bot/data/calibration.yaml` by logistic regression, so that they
tell whether the first passage of a question answers it. How well they do is told on each index by
weights that were fitted on the others, and what the bot's threshold trades by those that it has.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from unittest.mock import patch

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from benchmarks.machine import described
from benchmarks.scoring import arguments, mean, score, tell
from bot.answers.evidence import Evidence
from bot.answers.ranking import Ranked, Ranking
from bot.data import load_yaml
from bot.evaluation import converse, covers, normalise, read_rows
from bot.index.load import Index, load_index
from bot.service import ResumeBot

THRESHOLDS = (0.25, 0.3, 0.35, 0.4, 0.5)
FIGURES = ("right", "refused_right", "false_refusal")
_FREEDOM = 30.0  # the inverse of the regularisation; any from 3 to 30 does as well

Case = tuple[Evidence, bool]  # of the first passage, and whether it answers


def main() -> None:
    """Fit, score, and print both tables; into the README beside this file, too, with --write."""
    sets, write = arguments(__doc__, "INDEX")
    loaded: list[tuple[Index, Path]] = []
    for folder, questions in sets:
        loaded.append((load_index(folder, loaded[-1][0] if loaded else None), questions))
    cases = [first_passages(index, questions) for index, questions in loaded]
    names = [name for name in load_yaml("calibration")["certainty"] if name != "intercept"]
    everything = [case for of_index in cases for case in of_index]
    fitted = fit(everything, names)
    rows = [
        f"| {threshold} | {' | '.join(f'{traded[figure]:.3f}' for figure in FIGURES)} |"
        for threshold in THRESHOLDS
        for traded in [at(threshold, loaded)]
    ]
    weights = ", ".join(
        f"{name} {weight:.2f}" for name, weight in zip(names, fitted.coef_[0], strict=True)
    )
    lines = [
        f"{described(['scikit-learn'])}.",
        "",
        f"Weights from {len(everything)} questions: "
        f"intercept {fitted.intercept_[0]:.2f}, {weights}.",
        f"Area under the ROC curve on indexes left out: {left_out(cases, names):.3f}.",
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


def fit(cases: Sequence[Case], names: Sequence[str]) -> LogisticRegression:
    """The regression of whether the passage answers on the named evidence."""
    return LogisticRegression(C=_FREEDOM, max_iter=2000).fit(*_arrays(cases, names))


def left_out(cases: Sequence[Sequence[Case]], names: Sequence[str]) -> float:
    """The area under the ROC curve of what was told of each index by a fit on the others."""
    told: list[float] = []
    answers: list[bool] = []
    for i, of_index in enumerate(cases):
        others = [case for j, of_other in enumerate(cases) if j != i for case in of_other]
        if of_index:
            values, labels = _arrays(of_index, names)
            told += fit(others, names).decision_function(values).tolist()
            answers += labels.tolist()
    return float(roc_auc_score(answers, told))


def at(threshold: float, loaded: Sequence[tuple[Index, Path]]) -> dict[str, float]:
    """The figures over all questions with this threshold."""
    with patch("bot.answers.passages._LEAST_CERTAINTY", threshold):
        return dict(mean([score(ResumeBot(index), path) for index, path in loaded], FIGURES))


def _arrays(
    cases: Sequence[Case], names: Sequence[str]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    get: Callable[[Evidence, str], float] = getattr
    values = np.array([[get(evidence, name) for name in names] for evidence, _ in cases])
    return values, np.array([answers for _, answers in cases])


if __name__ == "__main__":
    main()
