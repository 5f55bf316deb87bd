"""Jobs and projects in words, each with its proof."""

from collections.abc import Sequence

from bot.answers.answer import Answer, Statement
from bot.answers.facts.asked import Asked
from bot.answers.facts.timeline import months
from bot.profile.profile import Experience
from bot.questions.cues import cues


def in_words(asked: Asked, job: Experience, *, position: bool = False, town: bool = False) -> str:
    """A job in words: "Acme (2008 – 2016)", or with its position first, and with its town."""
    text = asked.titled(job)
    if job.location and (town or _asks_for_town(asked)):
        text = f"{text}, {job.location.text}"
    if position and job.position:
        text = (
            asked.say.say("at", position=job.position.text, name=text)
            if job.name
            else job.position.text
        )
    return f"{text} ({asked.say.period(job.dates.period)})" if job.dates else text


def _asks_for_town(asked: Asked) -> bool:
    return cues(asked.question.language).has("towns", asked.question.text)


def listed(
    asked: Asked,
    key: str,
    jobs: Sequence[Experience],
    *,
    slot: str = "jobs",
    position: bool = False,
) -> Answer | None:
    """The jobs as a list, each with its line; with positions and towns, or the oldest first, if
    that is asked for.
    """
    if cues(asked.question.language).has("chronological", asked.question.text):
        jobs = jobs[::-1]
    towns = _asks_for_town(asked)
    if towns and not any(job.location for job in jobs):
        return None
    items = (
        (
            in_words(asked, job, position=position),
            asked.entry_proof(
                job, job.position if position else None, job.location if towns else None
            ),
        )
        for job in jobs
    )
    return asked.listing(key, slot, items, jobs)


def lasted(asked: Asked, jobs: Sequence[Experience]) -> Answer:
    """How long each of the dated jobs or projects lasted."""
    statements: list[Statement] = []
    for job in jobs[:3]:
        assert job.dates is not None
        dates = asked.say.period(job.dates.period)
        if job.dates.period.ongoing:
            dates += "; " + asked.say.say("today", date=asked.say.day(asked.today))
        text = asked.say.say(
            "duration",
            length=asked.say.length(months(asked, job)),
            what=asked.titled(job),
            dates=dates,
        )
        proof = (*asked.proof(job.dates), *asked.proof(job.name or job.heading))
        statements += [Statement(text, tuple(dict.fromkeys(proof))), Statement(". ")]
    return asked.found((*statements[:-1], Statement(".")), jobs)
