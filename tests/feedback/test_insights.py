"""What the owner is shown of the log: whole, counted right, and harmless."""

import csv
import io
import json
import unicodedata

import pytest
from rich.console import Console

from bot.feedback.insights import Insight, as_csv, as_json, insights, print_table
from bot.feedback.log import Asked, Judged

NASTY = "\x1b[2J=cmd|' /C calc'!A0 \u202egnp.exe \x9b31m <b>[red]x[/red]"


def asked(question: str, reply: str = "a", outcome: str = "answered", at: int = 0) -> Asked:
    return Asked(reply, question, outcome, "facts", "0a", at)


def shown(found: list[Insight], width: int = 100) -> str:
    out = io.StringIO()
    print_table(found, Console(file=out, width=width, markup=False, highlight=False, emoji=False))
    return out.getvalue()


def test_alike_questions_are_one() -> None:
    found = insights(
        [asked("Where does she live?", at=0), asked("where does SHE live", "b", at=60)],
        [Judged("a", True), Judged("b", False, "Which town?"), Judged("zz", True)],
    )
    assert found == [
        Insight(
            "where does SHE live", 2, "1970-01-01T00:01+00:00", "answered", "facts", 1, 1,
            ("Which town?",),
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    "pair", [("Does he know C?", "Does he know C++?"), ("?", "!"), ("好", "他")]
)
def test_other_questions_are_others(pair: tuple[str, str]) -> None:
    assert len(insights([asked(pair[0]), asked(pair[1], "b")], [])) == 2


def test_the_most_frequent_first() -> None:
    found = insights([asked("b"), asked("a"), asked("c"), asked("c")], [])
    assert [one.question for one in found] == ["c", "a", "b"]


def test_lists() -> None:
    found = insights(
        [asked("Salary?", "a", "not_stated"), asked("Weather?", "b", "off_topic"), asked("x", "c")],
        [Judged("c", False)],
    )
    lists = json.loads(as_json(found))
    assert [one["question"] for one in lists["asked"]] == ["Salary?", "Weather?", "x"]
    assert lists["unanswered"] == ["Salary?"]
    assert lists["disliked"] == ["x"]


def test_json_holds_the_very_words() -> None:
    found = insights([asked(NASTY)], [])
    printed = as_json(found)
    assert json.loads(printed)["asked"][0]["question"] == NASTY
    assert steering(printed) == set()


def steering(text: str) -> set[str]:
    return {char for char in text if unicodedata.category(char) in ("Cc", "Cf") and char != "\n"}


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1", "\n@x"])
def test_csv_holds_no_formula(start: str) -> None:
    found = insights([asked(start)], [Judged("a", False, start)])
    header, row = csv.reader(io.StringIO(as_csv(found)))
    cells = dict(zip(header, row, strict=True))
    assert cells["question"].startswith("'")
    assert cells["comments"].startswith("'")
    assert cells["times"] == "1"


def test_csv_keeps_commas_quotes_and_languages() -> None:
    question = 'Er sagte: "Grüße", 你好; and?'
    _, row = csv.reader(io.StringIO(as_csv(insights([asked(question)], []))))
    assert row[0] == question


def test_a_table_steers_no_terminal() -> None:
    printed = shown(insights([asked(NASTY, outcome="not_stated")], [Judged("a", False, NASTY)]))
    assert steering(printed) == set()
    assert "<U+001B>" in printed
    assert "<U+202E>" in printed
    assert "[red]x[/red]" in printed.replace("\n", "")


def test_long_questions_wrap() -> None:
    printed = shown(insights([asked("word " * 100)], []), width=80)
    assert max(map(len, printed.splitlines())) <= 80
    assert printed.count("word") == 100


def test_nothing() -> None:
    assert shown([]).splitlines() == [
        "Asked (0): nothing",
        "Not answered: nothing",
        "Disliked: nothing",
    ]
