"""Facts about certificates, awards and publications: which, when, from whom."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from bot.answers.answer import Answer
from bot.answers.expected import expected_kind
from bot.answers.facts.asked import Asked, Item
from bot.dates import find_periods
from bot.profile.profile import Credential, Value
from bot.questions.cues import cues, tells
from bot.questions.question import MentionKind, Pick, Question, Relation, Term
from bot.words import fold, terms, words

_MOST_ENTRIES = 200  # whose lines are looked through
_FEW = 3  # words of a question
_MOST_TOLD = 6  # lines that tell of a prize
_NEWEST_OR_OLDEST = frozenset({Pick.FIRST, Pick.LAST})


def certificates(asked: Asked) -> Answer | None:
    """The certificates that fit."""
    return _listed_that_fit(asked, asked.profile.certificates)


def awards(asked: Asked) -> Answer | None:
    """The awards that fit; and what only a line of a job tells of, where all are asked for, or what
    is of a time or has a word that the line has.
    """
    pool = asked.profile.awards
    question = asked.question
    every = not (question.mentions or question.pick or question.goes_on or question.yes_no)
    told = _told_in_lines(asked) if every and not _asks_giver(asked) else []
    if not told or _left(question) or question.period:
        listed = _listed_that_fit(asked, pool)
        return listed or asked.listing("list", "list", told)
    items = [*_items(asked, pool), *told]
    return asked.counted(items, len(items), written=True)


def _told_in_lines(asked: Asked) -> list[Item]:
    """The lines of jobs, projects and studies that tell of a prize which is no award of its own, of
    the time that is asked for and with all words that are left of the question.
    """
    if len(asked.profile.entries) > _MOST_ENTRIES:
        return []  # of many people, who aren't asked for all their prizes
    period, rest = asked.question.period, _left(asked.question)
    own = {i for award in asked.profile.awards for i in asked.proof(*told_of(award))}
    lines = [
        passage
        for entry in asked.profile.entries
        if entry.entry is not None
        for passage in asked.passages.of_entry(entry.entry)
        if passage.id not in own and tells("prizes", passage.text)
        if period is None or any(one.overlaps(period) for one in find_periods(passage.text))
        if all(set(term.terms) & set(terms(passage.text)) for term in rest)
    ]
    return [(line.text.rstrip(".;,"), (line.id,)) for line in lines[:_MOST_TOLD]]


def _left(question: Question) -> list[Term]:
    """The words left of the question; where every prize is asked for, those that the résumé has."""
    every = cues(question.language).has("every", question.text)
    return [term for term in question.rest if term.known or term.name or not every]


def publications(asked: Asked) -> Answer | None:
    """The publications and talks that fit; where papers are asked for, no patents."""
    pool = asked.profile.publications
    if cues(asked.question.language).has("papers", asked.question.text):
        pool = tuple(item for item in pool if not tells("patents", item.heading.text))
    return _listed_that_fit(asked, pool)


def given(asked: Asked) -> Answer | None:
    """Who gave the certificate, award or publication that the question names."""
    if not _asks_giver(asked):
        return None
    profile = asked.profile
    pool = (*profile.certificates, *profile.awards, *profile.publications)
    wanted = _without_giving(asked, pool).question.rest
    named = [
        item
        for item in pool
        if holds((item.name,), wanted) and all(holds(told_of(item), [term]) for term in wanted)
    ]
    return _givers(asked, _in_time(asked, named))


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
    given = shape.has("gives", question.text) or shape.has("by_whom", question.text)
    if given and (question.asks_who or question.head):
        return _givers(asked, chosen)
    when = shape.has("when", question.text)
    chooses = question.pick in _NEWEST_OR_OLDEST or question.other
    if not (when or chooses or question.period) or (question.rest and not given and not chooses):
        return None
    return _listed(asked, [item for item in chosen if item.dates or not when])


def _listed_that_fit(asked: Asked, pool: Sequence[Credential]) -> Answer | None:
    tell = _listed
    if _asks_giver(asked):
        asked, tell = _without_giving(asked, pool), _givers
    question = asked.question
    if cues(question.language).has("times", question.text):
        return None  # "How often was the paper cited?"
    if question.refers_back:
        return None  # "Did it win a prize?" is about what was said before
    if denied := _of_another_time(asked, pool):
        return denied
    chosen = _picked(_in_time(asked, pool), question.pick)
    wanted = [term for term in question.terms if term.known and not term.plain]
    level = _level(question)
    if level:  # "What level is the first aid certificate?"
        wanted = [term for term in question.terms if term.known and term != level]
    telling = _holding_most(chosen, wanted)
    if level and telling and not any(holds(told_of(item), [level]) for item in telling):
        # The levels of others don't speak against that.
        others = [item.name for item in chosen if holds(told_of(item), [level])]
        return asked.not_stated(related=asked.proof(telling[0].name, *others))
    if question.yes_no and any(
        not holds(told_of(item), [term]) for item in telling or chosen for term in question.rest
    ):
        return None  # "Is he a master electrician?": another licence is no yes
    # "When did she get her pilot's licence?", "HGV licence?": one is meant that isn't here.
    brief = expected_kind(question) == "when" or len(words(question.text)) <= _FEW
    one = question.rest and not question.pick and brief
    more = one or asked.asks_for_more or question.named(MentionKind.PROJECT)
    if not telling and more:
        return None
    return tell(asked, telling or chosen)


def _holding_most(items: Sequence[Credential], wanted: Sequence[Term]) -> list[Credential]:
    """Those that hold the most of the terms, if any holds one."""
    held = [sum(holds(told_of(item), [term]) for term in wanted) for item in items]
    most = max(held, default=0)
    return [item for item, many in zip(items, held, strict=True) if many == most > 0]


def _level(question: Question) -> Term | None:
    """The level, class … that is asked for: "What level is the certificate?"."""
    kinds = cues(question.language).single("levelled")
    return next((term for term in question.head[:1] if fold(term.word) in kinds), None)


def _of_another_time(asked: Asked, pool: Sequence[Credential]) -> Answer | None:
    """No, with when it was, to a wrong time of what the question's other words all tell of."""
    question = asked.question
    wanted = [term for term in question.terms if not term.plain]
    if not (question.yes_no and question.period and wanted) or question.relation:
        return None
    told = [item for item in pool if item.dates and all(holds(told_of(item), [t]) for t in wanted)]
    if not told or _in_time(asked, told):
        return None
    return asked.listing("deny", "what", _items(asked, told))


def _listed(asked: Asked, chosen: Sequence[Credential]) -> Answer | None:
    when = cues(asked.question.language).has("when", asked.question.text)
    return asked.counted(_items(asked, chosen), len(chosen), written=not when)


def _items(asked: Asked, chosen: Sequence[Credential]) -> Iterable[Item]:
    """Each with its date, if it has one."""
    return (
        (
            item.name.text + (f" ({asked.say.period(item.dates.period)})" if item.dates else ""),
            asked.proof(item.name, item.dates),
        )
        for item in chosen
    )


def _givers(asked: Asked, chosen: Sequence[Credential]) -> Answer | None:
    """Who gave or published each."""
    items = (
        (f"{item.issuer.text} ({item.name.text})", asked.proof(item.issuer, item.name))
        for item in chosen
        if item.issuer
    )
    return asked.listing("list", "list", items)


def _asks_giver(asked: Asked) -> bool:
    """Whether it asks who gave: "Who awarded …?", "By which guild …?", "Which guild honoured …?";
    not "Which prize was awarded …?".
    """
    question = asked.question
    shape = cues(question.language)
    gives = shape.has("gives", question.text) and (
        question.asks_who or any(_is_giving(asked, term) for term in question.head[1:2])
    )
    return gives or shape.has("by_whom", question.text)


def _without_giving(asked: Asked, pool: Sequence[Credential]) -> Asked:
    """The question without its word for giving, and that for who gives if none of them has it:
    "organisation".
    """
    question = asked.question
    terms = tuple(
        term
        for term in question.terms
        if not _is_giving(asked, term)
        and (term not in question.head[:1] or any(holds(told_of(item), [term]) for item in pool))
    )
    return replace(asked, question=replace(question, terms=terms))


def _is_giving(asked: Asked, term: Term) -> bool:
    """Whether the term, which may be translated, is a word for giving."""
    return any(cues(lang).has("gives", term.word) for lang in ("en", asked.question.language))


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


def told_of(item: Credential) -> tuple[Value | None, ...]:
    """What the item is called, who gave it, and what for."""
    return (item.heading, item.name, item.issuer, item.summary)


def holds(told: Iterable[Value | None], wanted: Iterable[Term]) -> bool:
    """Whether what is told holds one of the terms."""
    own = {term for value in told if value is not None for term in terms(value.text)}
    return any(own & set(term.terms) for term in wanted)
