"""Claims about jobs, to which the answer is yes or no, and comparisons of two."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answer import Answer, Statement
from bot.answers.facts.asked import Asked
from bot.answers.facts.entries import in_words, listed
from bot.answers.facts.timeline import (
    anchored,
    end,
    is_during,
    latest_first,
    months,
    pick,
    select,
    start,
)
from bot.data import load_yaml
from bot.profile.profile import Experience
from bot.questions.cues import cues
from bot.questions.question import MentionKind, Pick, Relation
from bot.words import holds_phrase

_SURE = 0.55  # nearness from which an unknown name is taken for an employer's


def check(asked: Asked) -> Answer | None:
    """Yes or no to a statement about a job: "He was still at Acme in 2016, right?"."""
    question = asked.question
    pool = asked.profile.positions
    jobs = anchored(asked, pool)
    if not jobs:
        return _without_job(asked)
    if question.unknown:
        return None
    if mode := _mode(asked, jobs):
        return mode
    in_turn = question.pick is Pick.FIRST and question.relation is Relation.AFTER
    if len(jobs) == 2 and question.relation and (in_turn or not question.period):
        return compare(asked)
    dated = sorted((job for job in jobs if job.dates), key=latest_first)
    if question.pick:
        best = pick(asked, sorted(asked.profile.work, key=latest_first))
        key = "affirm" if any(job in best for job in jobs) else "deny"
        if question.rest:
            return None
        answer = listed(asked, key, best if key == "deny" else jobs, slot="what", position=True)
        # What is asked next is about the job that was asked about, not about the right one.
        return answer and replace(answer, focus=asked.found((), jobs).focus)
    if question.period:
        right = dated and all(_fits(asked, job) for job in dated)
        if right and question.rest:
            return None  # the time is right, but more was said than that
        answer = listed(
            asked, "affirm" if right else "deny", dated or jobs, slot="what", position=True
        )
        return answer if right or answer is None else _but_then(asked, answer, jobs)
    if question.rest or question.relation or question.intent not in ("company_check", "employer"):
        return None
    return listed(asked, "affirm", jobs, slot="what", position=True)


def _without_job(asked: Asked) -> Answer | None:
    """What is said if the question names no job of the résumé's: that it lists none there, or the
    jobs of the time.
    """
    question = asked.question
    if question.unknown and question.intent in ("company_check", "employer"):
        if question.confidence < _SURE:
            return None
        return asked.not_stated("no_job_at", what=", ".join(question.unknown))
    if question.period and not any(term.name for term in question.rest):
        held = select(asked, asked.profile.work)
        return listed(asked, "list", held, slot="list", position=True)
    return None


def _mode(asked: Asked, jobs: Sequence[Experience]) -> Answer | None:
    """Yes or no to how somebody was employed, if the job's lines say how: "Was that full time?"."""
    for modes in load_yaml("cues")["employment_modes"]:
        wanted = _modes_in(asked.question.text, modes)
        for job in jobs if wanted else ():
            for value in (job.position, job.kind, job.heading):
                told = _modes_in(value.text, modes) if value else set()
                if value and told:
                    key = "affirm" if told & wanted else "deny"
                    return asked.sentence(key, asked.proof(value, job.name), [job], what=value.text)
    return None


def _modes_in(text: str, modes: Sequence[Sequence[str]]) -> set[int]:
    """Which of the modes the text names."""
    return {i for i, mode in enumerate(modes) if any(holds_phrase(text, word) for word in mode)}


def _but_then(asked: Asked, denied: Answer, jobs: Sequence[Experience]) -> Answer:
    """The denial with the jobs that were held at the time instead, before those asked about."""
    question = asked.question
    when = question.period
    if when is None or when.start is None or question.says_start or question.says_end:
        return denied
    held = [job for job in asked.profile.positions if job not in jobs and is_during(job, when)]
    items = [
        (in_words(asked, job, position=True), asked.entry_proof(job, job.position)) for job in held
    ]
    if not items:
        return denied
    then = asked.say.listing("deny_then", "what", items, when=asked.say.period(when))
    asked_of = listed(asked, "list", jobs, slot="list", position=True)
    told = asked_of.statements if asked_of else ()
    return replace(denied, statements=(*then[:-1], Statement("; "), *told))


def _fits(asked: Asked, job: Experience) -> bool:
    """Whether a job was, began or ended in the time that the question says."""
    when = asked.question.period
    assert when is not None
    first, last = when.start, when.end
    ends = asked.question.says_end or first is None
    if ends and last is not None:
        finished = end(job)
        return last.earliest() <= finished <= last.latest()
    if (asked.question.says_start or when.ongoing) and first is not None:
        return first.earliest() <= start(job) <= first.latest()
    return is_during(job, when)


def compare(asked: Asked) -> Answer | None:
    """Which of two jobs was longer, or came first."""
    jobs = [job for job in anchored(asked, asked.profile.work) if job.dates]
    if len(jobs) != 2:
        return None
    question = asked.question
    names = asked.names(MentionKind.COMPANY)
    jobs.sort(key=lambda job: names.index(asked.titled(job)) if asked.titled(job) in names else 9)
    one, other = jobs
    items = [(in_words(asked, job), asked.entry_proof(job)) for job in jobs]
    if question.relation and question.yes_no:
        # "First at Acme, later at Globex?" says that the one named first came before.
        before = question.relation is Relation.BEFORE or question.pick is Pick.FIRST
        truth = (start(one) < start(other)) == before
        return asked.listing("affirm" if truth else "deny", "what", items, jobs)
    if question.pick is Pick.FIRST or question.relation:
        earlier = min(jobs, key=start)
        return listed(asked, "list", [earlier], slot="list")
    longer, shorter = sorted(jobs, key=lambda job: sum(months(asked, job)), reverse=True)
    equal = months(asked, longer) == months(asked, shorter)
    asks = question.yes_no and not cues(question.language).has("alternatives", question.text)
    if equal or asks:
        # "Was he longer at Acme than at Globex?" is true of the one that is named first.
        truth = not equal and (longer is one) != (question.pick is Pick.SHORTEST)
        key, slot = ("affirm" if truth else "deny", "what") if asks else ("list", "list")
        lengths = [asked.say.length(months(asked, job)) for job in jobs]
        told = [(f"{t}, {n}", proof) for (t, proof), n in zip(items, lengths, strict=True)]
        return asked.listing(key, slot, told, jobs)
    return asked.sentence(
        "longer",
        (*asked.entry_proof(longer), *asked.entry_proof(shorter)),
        [longer],
        longer=in_words(asked, longer),
        length=asked.say.length(months(asked, longer)),
        shorter=in_words(asked, shorter),
    )
