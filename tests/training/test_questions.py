"""The training data: well formed, and as the models read it."""

from pathlib import Path

import pytest

from bot.errors import BotError
from training import questions
from training.questions import Resume, reading, resumes

FILE = """@resume tiny md
[1] # Ada Brandvold
[2]
[3] ## Work
[4] ### Cook, The Anchor
[5] - Led a brigade of 18. Baked the bread.
@questions
yesno | ever been in charge of people? | 5 | 4 | yes / brigade
followup | ever been in charge of people? >> did they like it | - | |
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(questions, "RESUMES", tmp_path)
    return tmp_path


def test_all_files_are_well_formed_and_none_is_in_both_parts() -> None:
    trained, held_out = resumes(held_out=False), resumes(held_out=True)
    assert len(trained) >= 180
    assert len(held_out) == 24
    assert not {r.name for r in trained} & {r.name for r in held_out}
    for resume in (*trained, *held_out):
        assert len(resume.asked) >= 50, resume.name
        assert any(not asked.lines for asked in resume.asked), resume.name


def test_a_question_is_put_to_the_passages_that_answer(folder: Path) -> None:
    (folder / "tiny.txt").write_text(FILE, encoding="utf-8")
    (resume,) = resumes(held_out=False)
    read = reading(resume)
    first, second = read.examples
    assert [read.passages[i] for i in first.right] == [
        "Work > Cook, The Anchor: Led a brigade of 18."
    ]
    assert len(first.fair) == 2  # the heading, and the other sentence of the line
    assert second.right == ()
    assert second.text == "Cook, The Anchor: did they like it"


@pytest.mark.parametrize(
    ("line", "wrong", "said"),
    [
        ("[2]", "[3] ## Work", "tiny.txt:3: expected"),
        ("yesno | ever", "yesno | ever?", "tiny.txt:8: expected"),
        ("yesno | ever", "yesno | ever? | 9 | | yes", "tiny.txt:8: names no line"),
    ],
)
def test_a_faulty_file_is_refused_with_its_line(
    folder: Path, line: str, wrong: str, said: str
) -> None:
    lines = [wrong if text.startswith(line) else text for text in FILE.splitlines()]
    (folder / "tiny.txt").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(BotError, match=said):
        resumes(held_out=False)


def test_a_long_line_is_covered_by_its_passages() -> None:
    resume: Resume = resumes(held_out=True)[0]
    read = reading(resume)
    assert len(read.examples) == len(resume.asked)
