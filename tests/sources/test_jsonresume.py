"""JSON Resume."""

import json
from typing import Any

import pytest

from bot.documents import Document
from bot.errors import SourceError
from bot.passages import split
from bot.sources.jsonresume import read_json_resume
from tests.sources.made import check_verbatim

OLA: dict[str, Any] = {
    "$schema": "https://example.org/schema.json",
    "basics": {
        "name": "Ola Birch",
        "label": "Baker",
        "image": "https://rye.example/ola.png",
        "email": "ola@rye.example",
        "summary": "Bakes at St. Mary's. Likes rye.\nNever late.",
        "location": {"city": "Oslo", "countryCode": "NO"},
        "profiles": [{"network": "Loafbook", "username": "ola"}],
    },
    "work": [
        {
            "name": "St. Rye Co.",
            "position": "Head Baker",
            "startDate": "2019-02-01",
            "endDate": "",
            "highlights": ["Rye", "Oats"],
            "team": {"size": 4},
        },
        {"name": "Oat Ltd", "startDate": "2018", "endDate": "2019-01"},
    ],
    "skills": [{"name": "Bread", "level": "Master", "keywords": ["Rye", "Brioche"]}],
    "interests": [{"name": "Chess"}],
    "languages": [],
    "meta": {"version": "v1.0.0"},
}


def read(resume: object) -> Document:
    text = resume if isinstance(resume, str) else json.dumps(resume)
    document = read_json_resume("resume.json", text)
    check_verbatim(document)
    return document


def at(path: str) -> Any:
    """The value of OLA at a path such as "work[0].name"."""
    value: Any = OLA
    for step in path.replace("]", "").replace("[", ".").split("."):
        value = value[int(step) if step.isdigit() else step]
    return value


def test_every_value_stands_as_in_the_file() -> None:
    found = read(OLA)
    values = {}
    for block in found.blocks:
        (run,) = block.runs
        if block.kind != "heading" or run.field == "basics.name":
            assert run.field is not None
            assert run.text in str(at(run.field))
            values[run.field] = run.text
    assert values["work[0].highlights[1]"] == "Oats"
    assert values["work[0].team.size"] == "4"
    assert values["basics.location.countryCode"] == "NO"
    assert not any(path.startswith(("meta", "$schema", "basics.image")) for path in values)


def test_a_passage_never_joins_two_values() -> None:
    written = json.dumps(OLA, ensure_ascii=False)
    found = read(OLA)
    for passage in split([found]):
        quote = found.text[passage.start : passage.end]
        assert quote in written or quote.lower() in OLA
    quotes = [passage.text for passage in split([found])]
    assert "St. Rye Co." in quotes  # not cut at "St."
    assert "Likes rye." in quotes


def test_elements_are_entries() -> None:
    found = read(OLA)
    assert [entry.title for entry in found.entries] == [
        "Loafbook", "Head Baker, St. Rye Co.", "Oat Ltd", "Bread", "Chess",
    ]  # fmt: skip
    assert [part.path for part in found.sections[1:]] == [("Work",), ("Skills",), ("Interests",)]
    assert found.title == "Ola Birch"
    assert "Head Baker, St. Rye Co.\n2019-02-01\n• Rye\n• Oats" in found.text


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("startDate", "2014-13", "work[0].startDate: '2014-13' is not a date (YYYY, YYYY-MM or"),
        ("startDate", "2014-02-30", "work[0].startDate: '2014-02-30' is not a date"),
        ("endDate", "Present", "work[0].endDate: 'Present' is not a date (YYYY, YYYY-MM or YYYY-M"),
        ("startDate", 2014, "work[0].startDate: 2014 should be a text in quotes"),
        ("highlights", "Rye", "work[0].highlights: 'Rye' should be a list"),
        ("highlights", [1], "work[0].highlights[0]: 1 should be a text in quotes"),
        ("name", {"a": 1}, "work[0].name: {\"a\": 1} should be a text in quotes"),
        ("name", "a\ud800", "'work[0].name': holds a character that is no text"),
    ],
)  # fmt: skip
def test_errors_name_the_field(path: str, value: object, message: str) -> None:
    resume = {"work": [{**OLA["work"][0], path: value}]}
    with pytest.raises(SourceError) as caught:
        read(resume)
    assert str(caught.value).startswith(f"resume.json: {message}")
    assert "\n" not in str(caught.value)


def test_unknown_section_is_named() -> None:
    with pytest.raises(SourceError, match=r"wrok: no part of JSON Resume; did you mean 'work'\?"):
        read({"basics": {}, "wrok": []})


def test_missing_values() -> None:
    found = read({"basics": {"name": "Ola", "email": None}, "work": [{}, {"summary": "Bread."}]})
    assert [block.text for block in found.blocks] == ["Ola", "Work", "Bread."]
    assert [entry.title for entry in found.entries] == ["Bread."]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"work": [}', "resume.json:1:11: not JSON"),
        ('{\n "a": 1,\n}', "resume.json:3:1: not JSON"),
        ('{"a": NaN}', "resume.json: not JSON (NaN"),
        ("", "resume.json:1:1: not JSON"),
        ("[" * 100_000, "resume.json: nested too deep"),
        ('{"basics": {"x": ' + "9" * 5000 + "}}", "resume.json: not JSON"),
        ("[]", "resume.json: isn't a JSON Resume"),
        ("3", "resume.json: isn't a JSON Resume"),
        ('{"name": "left-pad", "version": "1.0.0"}', "resume.json: isn't a JSON Resume"),
    ],
)
def test_what_is_no_json_resume(text: str, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(text)
    assert str(caught.value).startswith(message)
    assert "; " in str(caught.value)
