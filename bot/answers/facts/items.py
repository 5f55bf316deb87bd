"""Facts about what the conversation spoke of last: a certificate, a prize, a paper, a language."""

from bot.answers.answer import Answer
from bot.answers.expected import expected_kind
from bot.answers.facts import credentials
from bot.answers.facts.asked import Asked
from bot.profile.profile import Credential, Language
from bot.questions.cues import cues

_MOST = 3  # entries that "that" may mean


def answer_items(asked: Asked) -> Answer | None:
    """Who gave it, when, how well, which of them: asked of the items that were spoken of."""
    question = asked.question
    if not question.goes_on or any(term.name for term in question.rest):
        return None
    if expected_kind(question) == "when" and not question.rest and (dates := _dates(asked)):
        return dates
    spoken = question.about.items
    languages = [item for item in spoken if isinstance(item, Language)]
    if len(languages) == 1:
        return _level(asked, languages[0])
    given = [item for item in spoken if isinstance(item, Credential)]
    return credentials.spoken_of(asked, given) if given else None


def _dates(asked: Asked) -> Answer | None:
    """When the jobs, projects or studies were that were spoken of."""
    entries = [e for e in asked.profile.entries if asked.is_focused(e) and e.dates]
    if len(entries) > _MOST or asked.question.relation or asked.question.pick:
        return None
    items = [
        (
            f"{asked.titled(entry)} ({asked.say.period(entry.dates.period)})",
            asked.entry_proof(entry),
        )
        for entry in entries
        if entry.dates
    ]
    return asked.listing("list", "list", items, entries)


def _level(asked: Asked, language: Language) -> Answer | None:
    """How well the language is spoken."""
    if not cues(asked.question.language).has("level", asked.question.text):
        return None
    proof = asked.proof(language.language, language.fluency)
    if language.fluency is None:
        return asked.not_stated(related=proof)
    text = f"{language.language.text} ({language.fluency.text})"
    return asked.sentence("list", proof, list=text)
