"""Facts about certificates, awards and publications: which, when, from whom."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.answers.answer import Answer
from bot.answers.facts.asked import Asked
from bot.profile.profile import Credential
from bot.questions.cues import cues
from bot.questions.question import MentionKind, Pick, Relation, Term
from bot.words import terms

_NEWEST_OR_OLDEST = frozenset({Pick.FIRST, Pick.LAST})


def certificates(asked: Asked) -> Answer | None:
    """The certificates that fit."""
    return _listed_that_fit(asked, asked.profile.certificates)


def awards(asked: Asked) -> Answer | None:
    """The awards that fit."""
    return _listed_that_fit(asked, asked.profile.awards)


def publications(asked: Asked) -> Answer | None:
    """The publications and talks that fit."""
    return _listed_that_fit(asked, asked.profile.publications)


def spoken_of(asked: Asked, spoken: Sequence[Credential]) -> Answer | None:
    """Who gave what was spoken of, when it was given, which of it or what other is meant."""
    question = asked.question
    chosen: Sequence[Credential] = spoken
    if question.other:
        pools = (asked.profile.certificates, asked.profile.awards, asked.profile.publications)
        pool = next(pool for pool in pools if spoken[0] in pool)
        chosen = [item for item in pool if item not in spoken]
    chosen = _picked(_in_time(asked, chosen), question.pick)
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
    chooses = question.pick in _NEWEST_OR_OLDEST or question.other
    if not (when or chooses or question.period) or (question.rest and not given and not chooses):
        return None
    return _listed(asked, [item for item in chosen if item.dates or not when])


def _listed_that_fit(asked: Asked, pool: Sequence[Credential]) -> Answer | None:
    question = asked.question
    if question.refers_back:
        return None  # "Did it win a prize?" is about what was said before
    chosen = _picked(_in_time(asked, pool), question.pick)
    wanted = [term for term in question.terms if term.known and not term.plain]
    telling = [item for item in chosen if _holds(item, wanted)]
    if question.yes_no and any(
        not _holds(item, [term]) for item in telling for term in question.rest
    ):
        return None  # "Is he a master electrician?": another licence is no yes
    if not telling and (asked.asks_for_more or question.named(MentionKind.PROJECT)):
        return None
    return _listed(asked, telling or chosen)


def _listed(asked: Asked, chosen: Sequence[Credential]) -> Answer | None:
    items = (
        (
            item.name.text + (f" ({asked.say.period(item.dates.period)})" if item.dates else ""),
            asked.proof(item.name, item.dates),
        )
        for item in chosen
    )
    when = cues(asked.question.language).has("when", asked.question.text)
    return asked.counted(items, len(chosen), written=not when)


def _in_time(asked: Asked, items: Sequence[Credential]) -> Sequence[Credential]:
    """Those of the time that is asked for, if any is."""
    period = asked.question.period
    if period is None:
        return items
    goes_on = period.ongoing or asked.question.relation is Relation.AFTER
    since = period.start.earliest() if goes_on and period.start else date.max
    return [
        item
        for item in items
        if item.dates and (item.dates.period.overlaps(period) or _day(item) >= since)
    ]


def _picked(items: Sequence[Credential], pick: Pick | None) -> Sequence[Credential]:
    """The newest or oldest, if that is asked for and any has a date; of equal dates, all."""
    dated = [item for item in items if item.dates]
    if pick not in _NEWEST_OR_OLDEST or not dated:
        return items
    best = (min if pick is Pick.FIRST else max)(map(_day, dated))
    return [item for item in dated if _day(item) == best]


def _day(item: Credential) -> date:
    """The first day that it may have been given; the beginning of time if it isn't dated."""
    given = item.dates.period.start or item.dates.period.end if item.dates else None
    return given.earliest() if given else date.min


def _holds(item: Credential, wanted: Iterable[Term]) -> bool:
    """Whether what the item is called, who gave it, or what for, holds one of the terms."""
    told = (item.heading, item.name, item.issuer, item.summary)
    own = {term for value in told if value is not None for term in terms(value.text)}
    return any(own & set(term.terms) for term in wanted)
