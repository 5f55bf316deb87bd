"""Whole résumés of many trades, layouts and languages, against profiles written down by hand."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.documents import Document
from bot.profile.build import build_profile
from bot.profile.jsonresume import to_json_resume
from bot.profile.profile import Profile, Span, Value
from tests.profile.reading import HERE, RESUMES, read_file
from tests.profile.scoring import Score, compare

LEAST_SHARE = 0.95


@cache
def built(path: Path) -> tuple[Document, Profile]:
    document = read_file(path)
    return document, build_profile([document])


@cache
def scored(path: Path) -> Score:
    document, profile = built(path)
    expected = json.loads((HERE / "expected" / f"{path.stem}.json").read_text(encoding="utf-8"))
    return compare(expected, to_json_resume(profile, [document]))


def test_share_of_facts_right() -> None:
    """Over all résumés; `pytest -s` or a failure shows the share by kind."""
    total = Score()
    for path in RESUMES:
        total.add(scored(path))
    print("\n" + total.table())  # noqa: T201
    assert total.share >= LEAST_SHARE, "\n".join(total.wrong)


@pytest.mark.parametrize("path", RESUMES, ids=lambda path: path.name)
def test_profile_entry_by_entry(path: Path) -> None:
    assert scored(path).wrong == []


@pytest.mark.parametrize("path", RESUMES, ids=lambda path: path.name)
def test_every_span_reads_as_its_value(path: Path) -> None:
    document, profile = built(path)
    values = list(values_of(profile))
    assert values
    for value in values:
        assert value.spans, value
        texts = [readable(document.text[span.start : span.end]) for span in value.spans]
        assert texts[0] == readable(value.text)
        assert {text.casefold() for text in texts} == {texts[0].casefold()}


@pytest.mark.parametrize("path", RESUMES, ids=lambda path: path.name)
def test_every_date_is_where_it_says(path: Path) -> None:
    document, profile = built(path)
    for span in spans_of(profile):
        assert span.source == document.source
        assert 0 <= span.start < span.end <= len(document.text)
    for name in ("work", "volunteer", "education", "projects"):
        for fact in getattr(profile, name):
            if fact.dates and (date := fact.dates.period.start or fact.dates.period.end):
                quoted = " ".join(document.text[s.start : s.end] for s in fact.dates.spans)
                assert str(date.year)[2:] in quoted


@pytest.mark.parametrize("path", RESUMES, ids=lambda path: path.name)
def test_found_names_every_value(path: Path) -> None:
    document, profile = built(path)
    resume = to_json_resume(profile, [document])
    found = resume["meta"]["found"]
    paths = {
        path
        for section, part in resume.items()
        if section not in ("$schema", "meta")
        for path in paths_of(part, section)
    }
    assert paths == set(found)
    for places in found.values():
        for place in places:
            assert place["line"] == document.line(place["start"])


def test_the_schema_accepts_the_profile() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = HERE.parent.parent / "bot" / "data" / "jsonresume-schema.json"
    validator = jsonschema.Draft4Validator(json.loads(schema.read_text(encoding="utf-8")))
    for path in RESUMES:
        document, profile = built(path)
        assert list(validator.iter_errors(to_json_resume(profile, [document]))) == []


def test_projects_are_linked_to_the_jobs_they_were_done_in() -> None:
    linked = {
        (project.name.text, profile.work[project.employer].name.text)  # type: ignore[union-attr]
        for path in RESUMES
        for profile in [built(path)[1]]
        for project in profile.projects
        if project.employer is not None and project.name
    }
    assert {
        ("Zwalm Live", "Scheldt Valley University"),
        ("No-Show Predictor", "The Copper Heron"),
        ("One-Handed", "Tramline Health"),
        ("Food bank cold room", "Bright Mesa Energy"),
        ("Stromfluss", "Netzwerk Auenstrom GmbH"),
        ("银发预约", "青岚医疗科技"),
        ("Guía del barrio", "Hotel Mirador del Turia"),
        ("Quiet Corner", "Thornwick Academy"),
        ("Factures sans papier", "Conserveries Kerlouan"),
        ("Tide Tables for Readers", "Corio Quay Library"),
    } <= linked


def values_of(thing: Any) -> Iterator[Value]:
    """All values in a profile or a part of it."""
    if isinstance(thing, Value):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from values_of(part)
    elif is_dataclass(thing):
        for each in fields(thing):
            yield from values_of(getattr(thing, each.name))


def spans_of(thing: Any) -> Iterator[Span]:
    """All spans in a profile, those of dates included."""
    if isinstance(thing, Span):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from spans_of(part)
    elif is_dataclass(thing):
        for each in fields(thing):
            yield from spans_of(getattr(thing, each.name))


def paths_of(part: Any, path: str) -> Iterator[str]:
    """The paths of the values in a part of a JSON document."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from paths_of(value, f"{path}.{key}")
    elif isinstance(part, list):
        for i, value in enumerate(part):
            yield from paths_of(value, f"{path}[{i}]")
    else:
        yield path


def readable(text: str) -> str:
    """The text without Markdown's markup and blanks."""
    text = re.sub(r"\n> |(?<=\])\((?:https?://|mailto:)[^()\s]*\)|[*`\[\]]", " ", text)
    return "".join(text.split())
