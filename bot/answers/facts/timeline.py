"""The timeline: which entries a question means, by name and by time."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from bot.answers.degrees import levels, levels_of
from bot.answers.facts.asked import Asked
from bot.dates import Period
from bot.profile.profile import Education, Experience
from bot.questions.cues import cues
from bot.questions.mentions import names_work, same_name
from bot.questions.question import JOB_KINDS, MentionKind, Pick, Relation, Term
from bot.words import fold, terms

_OVERLAP = timedelta(days=366)  # by how much a job may begin before the end of what it came after


def select(asked: Asked, pool: Sequence[Experience]) -> list[Experience]:
    """The entries that are asked for, the latest first."""
    question = asked.question
    if question.excluded or question.excludes_current:
        pool = [entry for entry in pool if not _is_excluded(asked, entry)]
    anchors = anchored(asked, pool)
    if question.period and not question.mentions and not question.relation:
        # "And in 2006?" asks anew; "there" in that year is meant only if it was there then.
        there = [entry for entry in anchors if is_during(entry, question.period)]
        anchors = there if question.refers_back else []
    # "The first job after Acme" is the one after Acme.
    if anchors and question.relation and question.pick in (None, Pick.FIRST, Pick.LAST):
        jobs = set(map(id, asked.profile.work))
        alike = [entry for entry in pool if (id(entry) in jobs) == (id(anchors[0]) in jobs)]
        return _beside(sorted(alike, key=latest_first), anchors, question.relation)
    chosen = sorted(anchors or pool, key=latest_first)
    if question.relation and not question.period and not anchors:
        return _described_beside(asked, chosen)
    if question.period:
        chosen = [entry for entry in chosen if is_during(entry, question.period, question.relation)]
    return pick(asked, chosen) if question.pick else chosen


def _is_excluded(asked: Asked, entry: Experience) -> bool:
    """Whether the question sets the job aside, by name, place or as the current one; one whose
    place isn't known is neither inside nor outside of another.
    """
    question = asked.question
    places = {m.name for m in question.excluded if m.kind is MentionKind.PLACE}
    if places:
        return entry.location is None or entry.location.text in places
    if question.excludes_current:
        return bool(entry.dates and entry.dates.period.ongoing)
    name = entry.name.text if entry.name else ""
    return any(same_name(name, mention.name) for mention in question.excluded)


def _described_beside(asked: Asked, latest_first_pool: Sequence[Experience]) -> list[Experience]:
    """The job before or after the one that the question's other words describe ("before he ran his
    own bakery"); the previous one, if there are none; nothing, if they describe none.
    """
    question = asked.question
    assert question.relation is not None
    if studies := _studies_named(asked):
        if question.relation is Relation.AFTER:
            ended = max(map(end, studies))
            return [e for e in latest_first_pool if e.dates and start(e) >= ended - _OVERLAP][-1:]
        begun = min(map(start, studies))
        return [e for e in latest_first_pool if e.dates and start(e) < begun][:1]
    if question.rest:
        described = _described(asked, latest_first_pool)
        return _beside(latest_first_pool, described, question.relation) if described else []
    if question.relation is Relation.AFTER:
        return list(latest_first_pool)
    done = [e for e in latest_first_pool if not (e.dates and e.dates.period.ongoing)]
    one = names_work(question) or cues(question.language).has("title_nouns", question.text)
    return done[:1] if one else done


def _studies_named(asked: Asked) -> list[Education]:
    """The dated studies of the level that the question names ("after her doctorate"), or all of
    them ("after uni").
    """
    question = asked.question
    studies = [study for study in asked.profile.education if study.dates]
    if wanted := levels(question.text):
        return [study for study in studies if wanted & levels_of(study)]
    nouns = cues(question.language).single("school_nouns")
    if nouns.isdisjoint(fold(term.word) for term in question.terms):
        return []
    begun = min((start(job) for job in asked.profile.work if job.dates), default=date.max)
    # Of those beside a job none is meant.
    return [s for s in studies if end(s) - _OVERLAP <= begun] or studies


def _described(asked: Asked, pool: Sequence[Experience]) -> list[Experience]:
    """The jobs that hold most of the words that the question has left, in their titles or else in
    their lines; none, if another holds as many.
    """
    wanted = [term for term in asked.question.rest if term.known]
    if not wanted:
        return []
    titled = [e for e in pool if e.position and _holds(e.position.text, wanted)]
    if titled:
        return titled
    entries = {entry.entry: entry for entry in pool if entry.entry is not None}
    held = Counter[int]()
    for term in wanted:
        ids = set().union(*(asked.passages.holding_itself(form) for form in term.terms))
        held.update({p.entry for p in asked.passages.passages(sorted(ids)) if p.entry in entries})
    best = held.most_common(2)
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return []
    return [entries[best[0][0]]]


def _holds(text: str, wanted: Sequence[Term]) -> bool:
    """Whether a title has one of the words itself: a supervisor is no "manager" here."""
    return any(term.terms[0] in terms(text) for term in wanted)


def anchored(asked: Asked, pool: Sequence[Experience]) -> list[Experience]:
    """The entries that the question names, or else the conversation was about."""
    if asked.question.named(*JOB_KINDS):
        named = [
            entry
            for entry in pool
            if asked.is_named(entry.name, MentionKind.COMPANY)
            or asked.is_named(entry.organization, MentionKind.COMPANY)
            or asked.is_named(entry.position, MentionKind.TITLE)
            or asked.is_named(entry.location, MentionKind.PLACE)
        ]
        by_name = [e for e in named if asked.is_named(e.name, MentionKind.COMPANY)]
        return by_name or named
    employers = {
        project.employer
        for project in asked.profile.projects
        if asked.is_named(project.name, MentionKind.PROJECT)
        or (asked.is_focused(project) and not asked.question.named(MentionKind.PROJECT))
    }
    jobs = [job for i, job in enumerate(asked.profile.work) if i in employers]
    return [entry for entry in pool if asked.is_focused(entry) or entry in jobs]


def pick(asked: Asked, latest_first_pool: Sequence[Experience]) -> list[Experience]:
    """The first, last, current, longest or shortest entry; several if they are equal."""
    question = asked.question
    dated = [entry for entry in latest_first_pool if entry.dates]
    if question.pick is Pick.LAST and question.says_end:
        dated = [entry for entry in dated if entry.dates and not entry.dates.period.ongoing]
    match question.pick:
        case Pick.CURRENT:
            return [entry for entry in dated if entry.dates and entry.dates.period.ongoing]
        case Pick.FIRST:
            first = min((start(entry) for entry in dated), default=None)
            return [entry for entry in dated if start(entry) == first]
        case Pick.LAST if asked.question.says_start:  # "Which did she start last?"
            return sorted(dated, key=start)[-1:]
        case Pick.LAST:
            return dated[:1]
        case Pick.LONGEST | Pick.SHORTEST as wanted:
            best = (max if wanted is Pick.LONGEST else min)(
                (months(asked, entry) for entry in dated), default=None
            )
            return [entry for entry in dated if months(asked, entry) == best]
    return list(latest_first_pool)


def months(asked: Asked, entry: Experience) -> tuple[int, int]:
    """The least and most whole months that the entry lasted, up to today if it goes on."""
    return (entry.dates.period.months(asked.today) if entry.dates else None) or (0, 0)


def start(entry: Experience | Education) -> date:
    """The first day that the entry may have begun; the beginning of time if it isn't dated."""
    begun = entry.dates.period.start if entry.dates else None
    return begun.earliest() if begun else date.min


def end(entry: Experience | Education) -> date:
    """The last day that the entry may have ended; the end of time if it goes on."""
    if not entry.dates:
        return date.min
    period = entry.dates.period
    return date.max if period.ongoing or not period.end else period.end.latest()


def latest_first(entry: Experience) -> tuple[int, int]:
    """Sorts the entry that ended last first; of those that ended alike, the later begun."""
    return -end(entry).toordinal(), -start(entry).toordinal()


def is_during(entry: Experience, asked: Period, relation: Relation | None = None) -> bool:
    """Whether the entry falls into the time that is asked for."""
    if not entry.dates:
        return False
    if relation is Relation.AFTER and asked.start and asked.end:
        return end(entry) > asked.end.latest()
    if relation is Relation.BEFORE and asked.start and asked.end:
        return start(entry) < asked.start.earliest()
    return entry.dates.period.overlaps(asked)


def _beside(
    pool: Sequence[Experience], anchors: Sequence[Experience], relation: Relation
) -> list[Experience]:
    """The entry next to the anchors in time; `pool` is the latest first."""
    others = [entry for entry in pool if entry.dates and entry not in anchors]
    if relation is Relation.AFTER:
        begun = max(start(anchor) for anchor in anchors)
        return [entry for entry in others if start(entry) > begun][-1:]
    begun = min(start(anchor) for anchor in anchors)
    # The latest to end comes first.
    return [entry for entry in others if start(entry) < begun][:1]
