"""Scoring: what a reply is worth, and question files that can't be read."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.answers.answer import Outcome
from bot.documents import Document
from bot.errors import BotError
from bot.evaluation import Row, evaluate_files, figures, normalise, read_rows, score
from bot.profile.profile import Profile
from bot.replies.reply import Citation, Message, Reply

LINE = "bachelor, South China Agricultural University"


def row(**changes: Any) -> Row:
    """An answerable question, but for the changes."""
    fields: dict[str, Any] = {
        "id": "study",
        "kind": "fact",
        "q": "Where did he study?",
        "history": [],
        "answerable": True,
        "gold": [["south china agricultural university", "scau"]],
        "evidence": [[LINE]],
        "also_ok": [],
        "forbid": [],
    }
    return Row.model_validate(fields | changes)


REFUSABLE = {"answerable": False, "gold": [], "evidence": []}


def reply(answer: str, *quotes: str, found: bool = True) -> Reply:
    """A reply with these quotes, from anywhere."""
    return Reply(
        question="Where did he study?",
        answer=answer,
        found=found,
        outcome=Outcome.ANSWERED if found else Outcome.NOT_STATED,
        citations=[
            Citation.model_construct(
                id=i,
                quote=quote,
                source="resume.md",
                section=[],
                start=0,
                end=len(quote),
                line=1,
                page=None,
                url="/resume",
            )
            for i, quote in enumerate(quotes, 1)
        ],
        related=[],
        suggestions=[],
        answered_by="test",
        index="0a1b2c3d",
        took_ms=0.1,
    )


RIGHT = reply("South China Agricultural University [1].", LINE)


# --- comparing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("Écrit  en\nGO!", "écrit en go"),
        ("C++ and C#, not C", "cpp and csharp not c"),
        ("c/c++", "c cpp"),
        ("Objective-C++", "objective cpp"),
        ("version 4.0.", "version 4.0"),
        ("luajit.io", "luajit io"),
        ("1,200 users, 12,5 %", "1200 users 12 5"),
        ("1,200,000", "1200000"),
        ("in 2014,2015", "in 2014 2015"),
        ("**pgcat** [1]", "pgcat 1"),
        ("snake_case", "snake case"),
        ("ｆｕｌｌ　ｗｉｄｔｈ", "full width"),
        ("罗锦华。", "罗锦华"),
        ("2008\u2013\u20092016", "2008 2016"),
        ("", ""),
        ("…", ""),
    ],
)
def test_normalise(text: str, compared: str) -> None:
    assert normalise(text) == compared


@pytest.mark.parametrize(
    ("answer", "wording", "held"),
    [
        ("About 8 years.", "8", True),
        ("Since 2008.", "8", False),
        ("It does not say.", "no", False),
        ("No.", "no", True),
        ("Written in Golang.", "go", False),
        ("Written in Go.", "GO", True),
        ("C++ only", "c", False),
        ("C and C++", "c", True),
        ("C# only", "c#", True),
        ("4.0 stars", "4", True),
        ("São Paulo", "sao paulo", False),
        ("naïve", "na", False),
        ("他住在广州。", "广州", True),
        ("South-China Agricultural University", "south china agricultural university", True),
        ("South China", "south china agricultural university", False),
        ("Anything", "…", False),
    ],
)
def test_wordings_match_as_whole_words(answer: str, wording: str, held: bool) -> None:
    wanted = score(row(gold=[[wording]]), reply(answer, LINE))
    assert (wanted.wrong == ()) is held
    forbidden = score(row(forbid=[wording], gold=[[answer]]), reply(answer, LINE))
    assert (forbidden.wrong == ()) is not held or not normalise(answer)


@pytest.mark.parametrize(
    ("quote", "snippet", "covered"),
    [
        (LINE, LINE, True),
        (f"* {LINE}.", LINE, True),
        (LINE.upper(), LINE, True),
        ("South China Agricultural", LINE, True),
        ("Agricultural University", LINE, False),
        ("University", LINE, False),
        ("South China Agric", LINE, False),
        ("written in golang", "golang", True),
        ("written in golang", "lang", False),
        ("", LINE, False),
    ],
)
def test_covers(quote: str, snippet: str, covered: bool) -> None:
    result = score(row(evidence=[[snippet]]), reply("SCAU [1].", quote))
    assert (result.recall == 1.0) is covered
    assert result.useful == (covered,)
    assert result.top1 is covered
    assert (result.wrong == ()) is covered


def test_a_quote_longer_than_400_characters_covers_nothing() -> None:
    for length, covered in ((400, True), (401, False)):
        quote = f"{LINE} ".ljust(length, "x")
        assert len(quote) == length
        result = score(row(), reply("SCAU [1].", quote))
        assert (result.wrong == ()) is covered
        assert result.useful == (covered,)


# --- scoring --------------------------------------------------------------------------------------


def test_right() -> None:
    result = score(row(), RIGHT)
    assert (result.wrong, result.recall, result.useful, result.top1) == ((), 1.0, (True,), True)


def test_one_wording_of_every_group_is_needed() -> None:
    both = row(gold=[["kugou", "ku gou"], ["ericsson"]])
    assert score(both, reply("Ku Gou and Ericsson.", LINE)).wrong == ()
    assert score(both, reply("Ku Gou.", LINE)).wrong == ("the answer lacks any of ['ericsson']",)
    assert len(score(both, reply("Elsewhere.", LINE)).wrong) == 2


def test_half_of_the_evidence_is_enough() -> None:
    two = row(evidence=[["first place here"], ["second place here"]])
    three = row(evidence=[["first place here"], ["second place here"], ["third place here"]])
    answer = reply("SCAU [1].", "first place here")
    assert score(two, answer).wrong == ()
    assert score(two, answer).recall == 0.5
    assert score(three, answer).wrong == ("the citations cover 1 of 3 evidence groups",)


def test_any_snippet_of_a_group_will_do() -> None:
    either = row(evidence=[["first place here", LINE]])
    assert score(either, RIGHT).recall == 1.0


def test_what_is_reasonable_to_cite_is_useful_but_no_evidence() -> None:
    result = score(row(also_ok=["## Education"]), reply("SCAU.", "## Education", LINE, "Guangzhou"))
    assert result.useful == (True, True, False)
    assert not result.top1
    only = score(row(also_ok=["## Education"]), reply("SCAU.", "## Education"))
    assert only.wrong == ("the citations cover 0 of 1 evidence groups",)


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        *((kind, 60) for kind in ("fact", "span", "time", "aggregate", "yesno", "followup")),
        *((kind, 120) for kind in ("list", "summary", "why", "how")),
    ],
)
def test_length(kind: str, most: int) -> None:
    enough = "scau " + "word " * (most - 1)
    assert score(row(kind=kind), reply(enough, LINE)).wrong == ()
    assert score(row(kind=kind), reply(enough + "word", LINE)).wrong == (
        f"the answer has {most + 1} words; {most} is the most",
    )


def test_refusing_what_the_resume_says_is_wrong() -> None:
    result = score(row(), reply("South China Agricultural University.", LINE, found=False))
    assert result.wrong == ("refused, though the résumé says",)
    assert (result.recall, result.useful, result.top1) == (0.0, (), False)


def test_refusing_what_the_resume_does_not_say_is_right() -> None:
    assert score(row(**REFUSABLE), reply("It doesn't say.", found=False)).wrong == ()
    answered = score(row(**REFUSABLE), RIGHT)
    assert answered.wrong == ("answered, though the résumé does not say",)


def test_what_is_forbidden_is_wrong_in_answers_and_refusals() -> None:
    forbid = ["Oxford", "BANANA"]
    answered = score(row(forbid=forbid), reply("SCAU, not Oxford [1].", LINE))
    assert answered.wrong == ("the answer holds 'Oxford'",)
    refused = score(row(**REFUSABLE, forbid=forbid), reply("Banana!", found=False))
    assert refused.wrong == ("the answer holds 'BANANA'",)


def test_figures() -> None:
    results = [
        score(row(), RIGHT),
        score(row(), reply("Somewhere else entirely.", LINE, "Guangzhou, China")),
        score(row(), reply("It doesn't say.", found=False)),
        score(row(**REFUSABLE), reply("It doesn't say.", found=False)),
        score(row(**REFUSABLE), reply("At SCAU, of course.", LINE)),
    ]
    found = figures(results)
    assert found.n == 5
    assert found.right == pytest.approx(2 / 5)
    assert found.answered_right == pytest.approx(1 / 3)
    assert found.refused_right == pytest.approx(1 / 2)
    assert found.citation_recall == pytest.approx(2 / 3)
    assert found.citation_precision == pytest.approx(2 / 3)
    assert found.top1_citation == pytest.approx(2 / 3)
    assert found.false_refusal == pytest.approx(1 / 3)
    assert found.median_words == 4


def test_figures_over_nothing() -> None:
    found = figures([])
    assert (found.n, found.right, found.citation_precision, found.median_words) == (
        0,
        None,
        None,
        None,
    )
    assert figures([score(row(), RIGHT)]).refused_right is None


# --- files ----------------------------------------------------------------------------------------


class Recorder:
    """A bot that answers alike, and keeps what it was told."""

    index_id = "0a1b2c3d"
    name: str | None = None
    documents: Sequence[Document] = ()
    profile = Profile()
    suggestions: Sequence[str] = ()

    def __init__(self) -> None:
        self.heard: list[list[tuple[str, str]]] = []

    def reply(self, messages: Sequence[Message]) -> Reply:
        self.heard.append([(message.role, message.content) for message in messages])
        return reply(f"Answer {len(self.heard)} at SCAU [1].", LINE)


def write(path: Path, *rows: Row) -> Path:
    path.write_text("".join(f"{r.model_dump_json()}\n" for r in rows), encoding="utf-8")
    return path


def test_earlier_questions_are_asked_in_turn(tmp_path: Path) -> None:
    bot = Recorder()
    report = evaluate_files(bot, [write(tmp_path / "rows.jsonl", row(history=["One?", "Two?"]))])
    assert bot.heard[0] == [("user", "One?")]
    assert bot.heard[1] == [
        ("user", "One?"),
        ("assistant", "Answer 1 at SCAU [1]."),
        ("user", "Two?"),
    ]
    assert bot.heard[2] == [
        *bot.heard[1],
        ("assistant", "Answer 2 at SCAU [1]."),
        ("user", "Where did he study?"),
    ]
    assert report.results[0].wrong == ()


def test_reports_go_by_kind_in_the_order_of_the_files(tmp_path: Path) -> None:
    files = [
        write(tmp_path / "b.jsonl", row(kind="time"), row(id="odd", gold=[["oxford"]])),
        write(tmp_path / "a.jsonl", row(kind="list")),
    ]
    report = evaluate_files(Recorder(), files)
    printed = json.loads(report.as_json())
    assert list(printed["kinds"]) == ["time", "fact", "list"]
    assert printed["kinds"]["fact"]["right"] == 0
    assert printed["wrong"] == {"odd": ["the answer lacks any of ['oxford']"]}
    assert printed["total"]["n"] == 3
    table = report.as_table(failures=False)
    assert [line.split()[0] for line in table.splitlines()[1:]] == ["time", "fact", "list", "all"]
    assert "66.7%" in table.splitlines()[-1]
    assert "odd (fact)" not in table
    shown = report.as_table(failures=True)
    assert "odd (fact)" in shown
    assert LINE in shown


def test_read_rows(tmp_path: Path) -> None:
    path = write(tmp_path / "rows.jsonl", row(), row(id="next\u2028line", q="何处？"))
    path.write_text("\n" + path.read_text(encoding="utf-8") + "\n \n", encoding="utf-8")
    assert read_rows(path) == [row(), row(id="next\u2028line", q="何处？")]
    path.write_text("", encoding="utf-8")
    assert read_rows(path) == []


def broken(**changes: Any) -> str:
    """A line of a file that has these fields, None for those it lacks."""
    fields = row().model_dump() | changes
    return json.dumps({name: value for name, value in fields.items() if value is not None})


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "line"),
        ("[]", "line"),
        ("null", "line"),
        ('{"id": "a"}{"id": "b"}', "line"),
        (broken(q=None), "q: "),
        (broken(answerable="maybe"), "answerable: "),
        (broken(gold=["oxford"]), "gold.0: "),
        (broken(evidence="Oxford"), "evidence: "),
        (broken(comment="?"), "comment: "),
        # An answerable question without any of these could not be scored.
        (broken(gold=[]), "gold"),
        (broken(evidence=[]), "evidence"),
        (broken(evidence=[[]]), "evidence"),
    ],
)
def test_a_bad_line_is_told_by_file_and_number(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(f"{broken()}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(BotError) as caught:
        read_rows(path)
    said = str(caught.value)
    assert said.startswith(f"{path}:3: ")
    assert says in said
    assert "\n" not in said


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    binary = tmp_path / "rows.jsonl"
    binary.write_bytes(b"\xff\xfe{}")
    for path in (tmp_path / "nowhere.jsonl", tmp_path, binary):
        with pytest.raises(BotError) as caught:
            read_rows(path)
        assert str(caught.value).startswith(f"{path}: can't be read")
        assert "\n" not in str(caught.value)
