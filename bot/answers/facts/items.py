"""Facts about what the conversation spoke of last: a certificate, a prize, a paper, a language."""

from collections.abc import Sequence
from datetime import date

from bot.answers.answer import Answer
from bot.answers.evidence import expected_kind
from bot.answers.facts.asked import Asked
from bot.profile.profile import Credential, Language
from bot.questions.cues import cues
from bot.questions.question import Pick

_MOST = 3  # entries that "that" may mean
_PICKED = (Pick.FIRST, Pick.LAST)


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
    credentials = [item for item in spoken if isinstance(item, Credential)]
    return _credentials(asked, _chosen(asked, credentials)) if credentials else None


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


def _chosen(asked: Asked, spoken: Sequence[Credential]) -> list[Credential]:
    """Those of the items that are meant, or the others of their kind."""
    question = asked.question
    chosen = list(spoken)
    if question.other:
        pools = (asked.profile.certificates, asked.profile.awards, asked.profile.publications)
        pool = next(pool for pool in pools if spoken[0] in pool)
        chosen = [item for item in pool if item not in spoken]
    if question.period:
        when = question.period
        chosen = [item for item in chosen if item.dates and item.dates.period.overlaps(when)]
    dated = [item for item in chosen if item.dates]
    if question.pick in _PICKED and dated:
        best = (min if question.pick is Pick.FIRST else max)(map(_day, dated))
        chosen = [item for item in dated if _day(item) == best]
    return chosen


def _credentials(asked: Asked, chosen: Sequence[Credential]) -> Answer | None:
    """Who gave the items, when they were given, or which they are."""
    question = asked.question
    shape = cues(question.language)
    given = shape.has("gives", question.text)
    if given and (question.asks_who or question.head):
        items = [
            (f"{item.issuer.text} ({item.name.text})", asked.proof(item.issuer, item.name))
            for item in chosen
            if item.issuer
        ]
        return asked.listing("list", "list", items)
    when = shape.has("when", question.text)
    if not when and not (question.pick in _PICKED or question.other or question.period):
        return None
    if question.rest and not given and not (question.pick or question.other):
        return None
    items = [
        (
            f"{item.name.text} ({asked.say.period(item.dates.period)})"
            if item.dates
            else item.name.text,
            asked.proof(item.name, item.dates),
        )
        for item in chosen
        if item.dates or not when
    ]
    return asked.listing("list", "list", items)


def _day(item: Credential) -> date:
    begun = item.dates.period.start if item.dates else None
    return begun.earliest() if begun else date.min
