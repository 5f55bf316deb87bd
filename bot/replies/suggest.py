"""Suggestions: what to ask next."""

from collections.abc import Iterator

from bot.data import load_yaml
from bot.profile.profile import Profile
from bot.questions.question import Question


def opening_questions(profile: Profile, language: str = "en") -> Iterator[str]:
    """Questions to begin with; whether they have an answer is for the caller to see."""
    del profile
    yield from _table(language)["opening"]


def suggest(question: Question, profile: Profile) -> Iterator[str]:
    """Questions that go on from one, then those to begin with."""
    table = _table(question.language)
    named = [mention.name for mention in question.mentions]
    for template in table["after"].get(question.intent, ()):
        if "{name}" not in template:
            yield template
        elif named:
            yield template.format(name=named[0])
    yield from opening_questions(profile, question.language)


def _table(language: str) -> dict[str, dict[str, list[str]]]:
    tables: dict[str, dict[str, dict[str, list[str]]]] = load_yaml("suggestions")
    return tables.get(language, tables["en"])
