"""Facts about jobs: where, as what, when, how long, how many."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answer import Answer, Outcome, Statement
from bot.answers.facts import studies
from bot.answers.facts.asked import MOST_LISTED, NAME, Asked
from bot.answers.facts.claims import check
from bot.answers.facts.entries import in_words, lasted, listed
from bot.answers.facts.timeline import (
    anchored,
    end,
    latest_first,
    pick,
    select,
    start,
)
from bot.dates import Period, find_periods, merge
from bot.passages import Passage
from bot.profile.profile import Experience, Value
from bot.questions.cues import cues, tells
from bot.questions.mentions import spellings
from bot.questions.question import JOB_KINDS, MentionKind, Pick

_SURE = 0.55  # nearness from which an unknown name is taken for an employer's
_MOST_TOLD = 4  # lines of one job


def employer(asked: Asked) -> Answer | None:
    """Where somebody worked: by name, place, time or order."""
    if asked.question.yes_no:
        return check(asked)
    jobs = select(asked, asked.profile.work)
    if not jobs:
        return _none(asked)
    if asked.asks_for_more:
        return None
    goes_on = all(job.dates and job.dates.period.ongoing for job in jobs)
    return listed(asked, "works" if goes_on else "worked", jobs)


def position(asked: Asked) -> Answer | None:
    """As what somebody worked."""
    if asked.question.yes_no:
        return check(asked)
    pool = asked.profile.positions
    jobs = select(asked, pool if anchored(asked, pool) else asked.profile.work)
    if not jobs:
        return _none(asked)
    if asked.asks_for_more:
        return None
    if not any(job.position for job in jobs):
        titled = cues(asked.question.language).has("title_nouns", asked.question.text)
        if titled or not (asked.question.pick or asked.question.period):
            return asked.not_stated(related=asked.entry_proof(jobs[0]))
        return listed(asked, "worked", jobs)
    return listed(asked, "list", jobs, slot="list", position=True)


def _none(asked: Asked) -> Answer | None:
    """What is said if no job fits."""
    if studied := studies.during(asked):
        return studied
    question = asked.question
    if question.pick is Pick.CURRENT:
        latest = sorted((job for job in asked.profile.work if job.dates), key=latest_first)[:1]
        answer = listed(asked, "no_current", latest, position=True)
        return answer and Answer(Outcome.PARTIAL, answer.statements, NAME, focus=answer.focus)
    if (
        question.period
        and asked.profile.work
        and not asked.asks_for_more
        and not _is_dated(asked, question.period)
    ):
        return asked.not_stated("no_job_in", when=asked.say.period(question.period))
    return None


def _is_dated(asked: Asked, period: Period) -> bool:
    """Whether any line outside of the education is of that time, and so may tell of a job."""
    studied = {study.entry for study in asked.profile.education}
    return any(
        any(told.overlaps(period) for told in find_periods(passage.text))
        for passage in asked.passages.dated()
        if passage.entry is None or passage.entry not in studied
    )


def overview(asked: Asked) -> Answer | None:
    """All jobs that fit, the latest first."""
    jobs = select(asked, asked.profile.work)
    if not jobs:
        return _none(asked)
    if asked.asks_for_more:
        return None
    if asked.question.count:
        return count(asked)
    titled = all(job.position for job in jobs)
    return listed(asked, "worked_as" if titled else "worked", jobs, position=titled)


def count(asked: Asked) -> Answer | None:
    """How many jobs there were, or how many employers."""
    question = asked.question
    jobs = select(asked, asked.profile.work)
    # "How many apprentices has he had?" counts no jobs, "At how many sites was that?" none of one.
    if not jobs or asked.asks_for_more or question.named(MentionKind.TITLE):
        return None
    if question.goes_on and len(jobs) == 1:
        return None
    if cues(question.language).has("title_nouns", question.text):
        each = ((in_words(asked, job), asked.entry_proof(job)[:1]) for job in jobs)
        return asked.counted(each, len(jobs), jobs)
    employers: dict[str, list[Experience]] = {}
    for job in jobs:
        employers.setdefault(min(spellings(asked.titled(job))), []).append(job)
    items = (
        (asked.titled(held[0]), tuple(i for job in held for i in asked.entry_proof(job)[:1]))
        for held in employers.values()
    )
    return asked.counted(items, len(employers), jobs)


def period(asked: Asked) -> Answer | None:
    """From when to when a job was."""
    if asked.question.yes_no:
        return check(asked)
    pool = asked.profile.positions
    if not anchored(asked, pool) and not asked.question.pick:
        return None
    if cues(asked.question.language).has("promotions", asked.question.text):
        return None
    jobs = [job for job in select(asked, pool) if job.dates]
    bounds = asked.question.says_start or asked.question.says_end
    if not jobs or (asked.question.rest and not bounds):
        return None  # another date may be meant: "When did she change wards there?"
    return listed(asked, "list", jobs, slot="list")


def duration(asked: Asked) -> Answer | None:
    """How long a job lasted, to the precision of its dates."""
    pool = asked.profile.positions
    anchors = anchored(asked, pool)
    if not anchors and not asked.question.pick:
        # "How long was the break?" isn't answered by how long everything was.
        return None if asked.question.rest else experience(asked)
    jobs = [job for job in (pick(asked, anchors) if anchors else select(asked, pool)) if job.dates]
    if not jobs or asked.asks_for_more:
        return None
    return lasted(asked, jobs)


def experience(asked: Asked) -> Answer | None:
    """How long somebody has worked in all; as the résumé claims, if it does."""
    if asked.question.named(*JOB_KINDS):
        return duration(asked)
    if asked.question.named(MentionKind.SKILL):
        return experience_with_skill(asked)
    if span := _career(asked):
        return span
    claims = [
        passage
        for value in asked.profile.basics.summary
        for passage in asked.passages_of(value)
        if tells("years", passage.text)
    ]
    claimed = claims and cues(asked.question.language).has("claims", asked.question.text)
    covered = claimed or asked.covers_rest(_said_of_all(asked, claims))
    if asked.question.rest and not covered:
        return None  # years of something that the jobs aren't said to be
    if claims:
        statement = Statement(claims[0].text.rstrip("."), (claims[0].id,))
        return asked.found((statement, Statement(".")))
    return _total(asked, asked.profile.work, "experience")


def _career(asked: Asked) -> Answer | None:
    """How long it is from the beginning of the first job to the end of the last, if asked for."""
    shape, text = cues(asked.question.language), asked.question.text
    jobs = sorted((job for job in asked.profile.work if job.dates), key=start)
    if not (jobs and shape.has("first", text) and shape.has("last", text)):
        return None
    first, last = jobs[0], max(jobs, key=end)
    if first.dates is None or last.dates is None:
        return None
    whole = replace(last.dates.period, start=first.dates.period.start, start_offset=0, end_offset=0)
    months = whole.months(asked.today)
    if months is None:
        return None
    proof = tuple(dict.fromkeys((*asked.entry_proof(first), *asked.entry_proof(last))))
    length, dates = asked.say.length(months), asked.say.period(whole)
    if whole.ongoing:
        dates += "; " + asked.say.say("today", date=asked.say.day(asked.today))
    return asked.sentence("span", proof, [first, last], length=length, dates=dates)


def _said_of_all(asked: Asked, claims: Sequence[Passage]) -> list[int]:
    """The passages that say what the jobs have in common, or name one."""
    basics = asked.profile.basics
    told = asked.proof(basics.label, *basics.summary)
    jobs = [i for job in asked.profile.work for i in asked.entry_proof(job, job.position)]
    return [*(claim.id for claim in claims), *told, *jobs]


def experience_with_skill(asked: Asked) -> Answer | None:
    """How long somebody worked with something, by the entries that name it."""
    entries = [
        entry
        for entry in [*asked.profile.work, *asked.profile.projects]
        if any(asked.is_named(word, MentionKind.SKILL) for word in entry.keywords)
    ]
    skill = ", ".join(asked.names(MentionKind.SKILL)[:1])
    return _total(asked, entries, "experience_with", skill=skill) if skill else None


def _total(asked: Asked, entries: Sequence[Experience], key: str, **values: str) -> Answer | None:
    dated = [entry for entry in entries if entry.dates and entry.dates.period.start]
    if not dated:
        return None
    merged = merge([entry.dates.period for entry in dated if entry.dates])
    lengths = [part.months(asked.today) or (0, 0) for part in merged]
    total = (sum(least for least, _ in lengths), sum(most for _, most in lengths))
    dated.sort(key=latest_first)
    dates = [asked.say.period(part) for part in merged]
    if any(part.ongoing for part in merged):
        dates.append(asked.say.say("today", date=asked.say.day(asked.today)))
    proof = tuple(
        dict.fromkeys(i for e in dated for i in (asked.proof(e.dates) or asked.entry_proof(e)))
    )
    return asked.sentence(
        key,
        proof[:MOST_LISTED],
        dated,
        length=asked.say.length(total),
        dates=", ".join(dates),
        **values,
    )


def tasks(asked: Asked) -> Answer | None:
    """What was done in a job: its first lines, or the projects made there."""
    pool = asked.profile.positions
    jobs = select(asked, pool)
    if not jobs or not anchored(asked, pool) or asked.asks_for_more or asked.question.asks_who:
        return None
    job = jobs[0]
    lines = [line for line in (job.summary, *job.highlights) if line is not None]
    projects = [
        project
        for project in asked.profile.projects
        if project.employer is not None and asked.profile.work[project.employer] is job
    ]
    if lines:
        return asked.told(asked.titled(job), lines[:_MOST_TOLD], [job])
    lines = [
        line
        for project in projects
        for line in (project.summary or next(iter(project.highlights), project.heading),)
    ]
    if len(projects) == 1:
        return asked.told(asked.titled(projects[0]), lines, projects)
    items = [(asked.titled(project), asked.entry_proof(project)[:1]) for project in projects]
    return asked.listing("list", "list", items, projects)


def volunteering(asked: Asked) -> Answer | None:
    """What was done unpaid."""
    entries = select(asked, asked.profile.volunteer)
    # How long one of them went on is told of that one.
    if asked.asks_for_more or cues(asked.question.language).has("duration", asked.question.text):
        return None
    return listed(asked, "list", entries, slot="list", position=True)


def abroad(asked: Asked) -> Answer | None:
    """The jobs in another country than where the candidate lives, if they are asked for."""
    question = asked.question
    shape = cues(question.language)
    at_home = {region.names for region in asked.profile.home_regions}
    asks = shape.has("abroad", question.text) and not question.count and not question.mentions
    if not (asks and at_home):
        return None
    of_work = "abroad", "employment", "uses"
    if any(not any(shape.has(kind, term.word) for kind in of_work) for term in question.rest):
        return None  # "Did she study abroad?"
    placed = [(job, _regions(asked, job.location)) for job in asked.profile.work]
    jobs = [job for job, regions in placed if regions and regions.isdisjoint(at_home)]
    if not jobs and not all(regions for _, regions in placed):
        return None
    jobs.sort(key=latest_first)
    items = (
        (in_words(asked, job, position=True, town=True), asked.entry_proof(job, job.location))
        for job in jobs
    )
    key, slot = ("affirm", "what") if question.yes_no else ("list", "list")
    return asked.listing(key, slot, items, jobs) or asked.not_stated()


def _regions(asked: Asked, place: Value | None) -> set[tuple[str, ...]]:
    """The names of the countries, and parts of them, in which a place lies."""
    regions = asked.profile.regions
    return {r.names for r in regions if place is not None and place.text in r.places}
