"""What of a résumé a question names."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.index.load import load_index
from bot.profile.profile import Education, Experience, Profile, Span, Value
from bot.questions.lexicon import Lexicon
from bot.questions.mentions import Gazetteer


def value(text: str) -> Value:
    return Value(text, (Span("resume.md", 0, len(text)),))


@pytest.fixture(scope="session")
def gazetteer(seed_index: Path) -> Gazetteer:
    employers = ["Zubeldia Kabeltechnik", "Zubeldia Kabeltechnik", "Acme"]
    profile = Profile(
        work=tuple(Experience(value(name), value(name)) for name in employers),
        education=(Education(value("Universidad de Tucson"), value("Universidad de Tucson")),),
    )
    return Gazetteer(profile, Lexicon(frozenset(), load_index(seed_index).dictionary))


def names(gazetteer: Gazetteer, question: str) -> Sequence[str]:
    return [mention.name for mention in gazetteer.find(question, "en")]


@pytest.mark.parametrize(
    "spelled", ["Zubeldia", "Zubelda", "Zubelddia", "Zubleida", "Zubeldya", "Zubeldi", "ZUBÉLDIA"]
)
def test_a_name_is_found_however_it_is_spelled(gazetteer: Gazetteer, spelled: str) -> None:
    assert names(gazetteer, f"When was she at {spelled}?") == ["Zubeldia Kabeltechnik"]


@pytest.mark.parametrize("spelled", ["Subeldia", "Zubeldianos", "Zubxxxia", "Akme"])
def test_what_is_not_so_near_is_another_name(gazetteer: Gazetteer, spelled: str) -> None:
    assert names(gazetteer, f"When was she at {spelled}?") == []


def test_a_name_that_several_jobs_have_is_mentioned_once(gazetteer: Gazetteer) -> None:
    assert names(gazetteer, "What did she do at Zubeldia Kabeltechnik?") == [
        "Zubeldia Kabeltechnik"
    ]
