"""The held-out résumés to measure with: `python -m training.held_out FOLDER`.

Writes each as a corpus of its own, `FOLDER/NAME/`, and its questions in the format of
`bot/evaluation.py`, `FOLDER/NAME.jsonl`.
"""

import re
import sys
from pathlib import Path

from bot.evaluation import Row
from training.questions import Resume, resumes

_MARKS = re.compile(r"^\s*(#+|[-*•·–]|\d+[.)])\s+")  # of a heading or an item


def main() -> None:
    """Write all of them into the folder that is named."""
    folder = Path(sys.argv[1])
    for resume in resumes(held_out=True):
        corpus = folder / resume.name
        corpus.mkdir(parents=True, exist_ok=True)
        text = "\n".join(resume.lines) + "\n"
        (corpus / f"resume.{resume.suffix}").write_text(text, encoding="utf-8")
        rows = "".join(row.model_dump_json() + "\n" for row in _rows(resume))
        (folder / f"{resume.name}.jsonl").write_text(rows, encoding="utf-8")


def _rows(resume: Resume) -> list[Row]:
    shown = [_MARKS.sub("", line).strip() for line in resume.lines]
    return [
        Row(
            id=f"{resume.name}-{number:02}",
            kind=asked.kind,
            q=asked.question,
            history=list(asked.history),
            answerable=bool(asked.lines),
            gold=[list(words) for words in asked.gold],
            evidence=[[shown[line - 1]] for line in asked.lines],
            also_ok=[shown[line - 1] for line in asked.also],
            forbid=[],
        )
        for number, asked in enumerate(resume.asked, 1)
    ]


if __name__ == "__main__":
    main()
