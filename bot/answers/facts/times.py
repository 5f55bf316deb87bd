"""Facts about a time that the question tells by entries: between two of them, during one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.answers.answer import Answer
from bot.answers.expected import expected_kind
from bot.answers.facts.asked import Asked
from bot.answers.facts.credentials import holds, told_of
from bot.answers.facts.entries import in_words, listed
from bot.answers.facts.timeline import end, is_during, start
from bot.dates import PartialDate, Period, find_periods
from bot.profile.profile import Education, Experience
from bot.questions.cues import cues
from bot.questions.mentions import names_work
from bot.questions.question import MentionKind, Pick, Question, Term
from bot.words import fold, words

_ANCHORS = (MentionKind.COMPANY, MentionKind.SCHOOL, MentionKind.PLACE, MentionKind.TITLE)
# Intents whose answers have dates of their own, so that "while she was at Acme" is a time.
_TIMED = frozenset(
    {"publication_list", "award_list", "certificate_list", "volunteer_list", "project_list"}
)
_MOST_YEARS = 10  # of a time between two entries


def between(asked: Asked) -> Answer | None:
    """What was between two entries that the question names: "What did she do between Acme and
    the museum?".
    """
    question = asked.question
    shape = cues(question.language)
    of_entries = expected_kind(question) in (None, "who")
    if not shape.has("between", question.text) or question.yes_no or not of_entries:
        return None
    ends = _ends(asked)
    if ends is None:
        return None
    earlier, later = ends
    gap = _months_of(end(earlier), start(later))
    profile = asked.profile
    for entries in (profile.positions, profile.projects):
        begun = [entry for entry in entries if entry not in ends and _begins_in(gap, entry)]
        if begun:
            return listed(asked, "list", begun, slot="list", position=True)
    return asked.told_lines(_dated_in(asked, gap, ends))


def during(asked: Asked) -> Question:
    """The question with the time of the entry that it names instead of its name, where it asks
    for what has dates of its own: "What did he publish while he was at Acme?".
    """
    question = asked.question
    told = cues(question.language).has("during", question.text)
    if question.intent not in _TIMED or question.period or not told:
        return question
    named = [e for e in _named(asked) if e.dates]
    if len(named) != 1 or named[0].dates is None:
        return question
    mentions = tuple(m for m in question.mentions if m.kind not in _ANCHORS)
    terms = tuple(term for term in question.terms if not term.mentioned)
    period = named[0].dates.period
    return replace(question, period=period, mentions=mentions, terms=terms)


def at_item(asked: Asked) -> Answer | None:
    """The job that was held at the time of a certificate, award, publication or project that the
    question describes: "Where was she working when she passed the wine exam?".
    """
    question, profile = asked.question, asked.profile
    shape = cues(question.language)
    at = shape.find("meanwhile", question.text)
    if not at or question.yes_no or question.period or question.named(*_ANCHORS):
        return None
    before = question.text[:at]
    of_job = names_work(question) or any(
        shape.has(kind, before) for kind in ("title_nouns", "employment")
    )
    if not of_job or expected_kind(question) not in (None, "who"):
        return None
    behind = {fold(word.text) for word in words(question.text[at:])}
    items = (*profile.certificates, *profile.awards, *profile.publications)
    wanted = [
        term
        for term in question.terms
        if term.known
        and not term.plain
        and fold(term.word) in behind
        # What all items lack says what was done with one: "passed".
        and (
            any(holds(told_of(item), [term]) for item in items)
            or any(_tells_all(asked, project, [term]) for project in profile.projects)
        )
    ]
    given = [
        item
        for item in items
        if item.dates and all(holds(told_of(item), [term]) for term in wanted)
    ]
    made = [e for e in profile.projects if e.dates and _tells_all(asked, e, wanted)]
    if not wanted or len(given) + len(made) != 1:
        return None
    dated = given[0] if given else made[0]
    assert dated.dates is not None
    jobs = [job for job in profile.work if is_during(job, dated.dates.period)]
    said = [
        (in_words(asked, job, position=True), asked.entry_proof(job, job.position)) for job in jobs
    ]
    told_at = f"{asked.titled(dated)} ({asked.say.period(dated.dates.period)})"
    said.append((told_at, asked.proof(dated.name or dated.heading, dated.dates)))
    return asked.listing("list", "list", said, jobs) if jobs else None


def _tells_all(asked: Asked, entry: Experience, wanted: Sequence[Term]) -> bool:
    """Whether the lines of the entry hold all of the terms."""
    lines = [] if entry.entry is None else [p.id for p in asked.passages.of_entry(entry.entry)]
    return all(asked.passages.which_hold(term.terms, lines) for term in wanted)


def _ends(asked: Asked) -> tuple[Experience | Education, Experience | Education] | None:
    """The two entries of which the time between is asked for, the earlier first."""
    named = [entry for entry in _named(asked) if entry.dates]
    if asked.question.pick is Pick.CURRENT:
        named += [
            job
            for job in asked.profile.work
            if job.dates and job.dates.period.ongoing and job not in named
        ]
    named.sort(key=start)
    if len(named) < 2 or end(named[0]) >= start(named[-1]):
        return None
    if (start(named[-1]) - end(named[0])).days > 366 * _MOST_YEARS:
        return None
    return named[0], named[-1]


def _named(asked: Asked) -> list[Experience | Education]:
    return [
        entry
        for entry in asked.profile.entries
        if (
            asked.is_named(entry.institution, MentionKind.SCHOOL)
            if isinstance(entry, Education)
            else asked.is_named(entry.name, MentionKind.COMPANY)
            or asked.is_named(entry.position, MentionKind.TITLE)
        )
        or asked.is_named(entry.location, MentionKind.PLACE)
    ]


def _begins_in(gap: Period, entry: Experience) -> bool:
    """Whether the entry may have begun in the gap, to the precision of its date."""
    begun = entry.dates.period.start if entry.dates else None
    return begun is not None and (gap.contains(begun.earliest()) or gap.contains(begun.latest()))


def _dated_in(asked: Asked, gap: Period, ends: Sequence[Experience | Education]) -> list[int]:
    """The passages with a date in the gap, but for those of its ends."""
    assert gap.start is not None
    assert gap.end is not None
    own = {entry.entry for entry in ends}
    years = range(gap.start.year, gap.end.year + 1)
    ids = sorted({i for year in years for i in asked.passages.holding_itself(str(year))})
    return [
        passage.id
        for passage in asked.passages.passages(ids)
        if passage.entry not in own or passage.entry is None
        if any(period.is_within(gap) for period in find_periods(passage.text))
    ]


def _months_of(first: date, last: date) -> Period:
    """The time between two days with the months that these are in."""
    month = timedelta(days=31)
    days = (first - month, last + month)
    begun, ended = (PartialDate(day.year, day.month, day.day) for day in days)
    return Period(begun, ended, ongoing=False, start_offset=0, end_offset=0)
