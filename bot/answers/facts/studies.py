"""Facts about education: where, what, when."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answer import Answer, Statement
from bot.answers.degrees import levels, levels_of
from bot.answers.facts.asked import NAME, Asked
from bot.answers.facts.timeline import end
from bot.data import load_yaml
from bot.profile.profile import Education
from bot.questions.cues import cues, tells
from bot.questions.mentions import names_work
from bot.questions.question import MentionKind, Pick, Term
from bot.words import fold, function_words, words

_SURE = 0.6  # nearness from which an unknown name is taken for a school's


def school(asked: Asked) -> Answer | None:
    """Where somebody studied."""
    if _asks_for_more(asked) and not asked.question.yes_no:
        return None
    return _at(asked, _chosen(asked))


def _at(asked: Asked, chosen: Sequence[Education]) -> Answer | None:
    studies = [study for study in chosen if study.institution or study.study_type]
    studies = [study for study in studies if study.institution] or studies
    items = (
        (_in_words(study), asked.proof(study.institution or study.heading)) for study in studies
    )
    return asked.listing("studied", "schools", items, studies)


def check(asked: Asked) -> Answer | None:
    """Yes or no to a school or a degree; a school that isn't in the résumé is corrected."""
    question = asked.question
    if not question.yes_no:
        return school(asked)
    if answer := _by_level(asked):
        return answer
    only = len(question.mentions) == len(question.named(MentionKind.SCHOOL)) and not question.rest
    if question.named(MentionKind.SCHOOL) and only and not question.relation:
        studies = _chosen(asked)
        items = ((_in_words(s), asked.proof(s.institution or s.heading)) for s in studies)
        return asked.listing("affirm", "what", items, studies)
    unknown = [name for name in question.unknown if not levels(name)]
    if unknown and question.confidence >= _SURE and not question.mentions:
        answer = _at(asked, _chosen(asked) or asked.profile.education)
        if answer is None:
            return None
        first, *rest = answer.statements
        denied = Statement(asked.say.say("deny_but", what=first.text), first.proof)
        return Answer(answer.outcome, (denied, *rest), NAME, focus=answer.focus)
    return None


def _by_level(asked: Asked) -> Answer | None:
    """Yes or no to a level of degree, at a school of the résumé or anywhere, and what it is."""
    question = asked.question
    wanted = levels(question.text)
    rest = [term for term in question.rest if not levels(term.word)]
    schools = question.named(MentionKind.SCHOOL)
    beside = len(question.mentions) > len(schools) or question.period or question.relation
    if not wanted or rest or beside:
        return None
    studies = [
        study
        for study in asked.profile.education
        if not schools or asked.is_named(study.institution, MentionKind.SCHOOL)
    ]
    having = [study for study in studies if wanted & levels_of(study)]
    if having and question.unknown:
        return None  # a master's is no "MBA"
    if having:
        settled = not any(_is_in_doubt(asked, study) for study in having)
    else:
        # A study that doesn't say its level may be of the one, and what isn't listed is no no.
        settled = bool(schools) and all(map(levels_of, studies))
    if not settled:
        return None
    items = (
        (_in_words(study), asked.proof(study.institution or study.heading, study.study_type))
        for study in having or studies
    )
    return asked.listing("affirm" if having else "deny_but", "what", items, having or studies)


def _is_in_doubt(asked: Asked, study: Education) -> bool:
    """Whether a line of the study has a no in it: "not completed"."""
    lines = [] if study.entry is None else asked.passages.of_entry(study.entry)
    return any(tells("negated", line.text) for line in lines)


def degree(asked: Asked) -> Answer | None:
    """What was studied."""
    studies = [study for study in _chosen(asked) if study.study_type or study.area]
    if not studies or _asks_for_more(asked):
        return None
    wants_area = cues(asked.question.language).has("areas", asked.question.text)
    if wants_area and not any(_tells_area(study) for study in studies):
        return asked.not_stated(related=asked.entry_proof(studies[0]))
    items = (
        (
            _in_full(study),
            asked.proof(study.area or study.study_type),
        )
        for study in studies
    )
    return asked.listing("list", "list", items, studies)


def _in_full(study: Education) -> str:
    """What was studied, and where."""
    return ", ".join(v.text for v in (study.study_type, study.area, study.institution) if v)


def during(asked: Asked) -> Answer | None:
    """What was studied at a time, where it isn't a job that is asked for."""
    question = asked.question
    shape = cues(question.language)
    of_job = names_work(question) or any(
        shape.has(kind, question.text) for kind in ("title_nouns", "employment")
    )
    if question.period is None or question.relation or of_job or asked.asks_for_more:
        return None
    studies = [
        study
        for study in asked.profile.education
        if study.dates and study.dates.period.overlaps(question.period)
    ]
    items = (
        (
            f"{_in_full(study)} ({asked.say.period(study.dates.period)})",
            asked.entry_proof(study, study.study_type),
        )
        for study in studies
        if study.dates
    )
    return asked.listing("list", "list", items, studies)


def period(asked: Asked) -> Answer | None:
    """When somebody studied."""
    studies = _chosen(asked)
    if not studies or _asks_for_more(asked):
        return None
    long = cues(asked.question.language).has("duration", asked.question.text)
    items = (
        (_lasted(asked, study) if long else _dated(asked, study), asked.entry_proof(study))
        for study in studies
        if study.dates
    )
    related = asked.entry_proof(studies[0])
    return asked.listing("list", "list", items, studies) or asked.not_stated(related=related)


def _dated(asked: Asked, study: Education) -> str:
    return f"{asked.titled(study)}: {asked.say.period(study.dates.period)}" if study.dates else ""


def _lasted(asked: Asked, study: Education) -> str:
    """How long the study took; when it was, if that can't be told."""
    months = study.dates.period.months(asked.today) if study.dates else None
    if study.dates is None or months is None or study.dates.period.end is None:
        return _dated(asked, study)
    return asked.say.say(
        "duration",
        length=asked.say.length(months),
        what=asked.titled(study),
        dates=asked.say.period(study.dates.period),
    )


def score(asked: Asked) -> Answer | None:
    """The grade of a degree; "doesn't say" of what no study with one tells of."""
    graded = [study for study in _chosen(asked) if study.score]
    wanted = [term for term in asked.question.rest if term.known and not levels(term.word)]
    for term in wanted:
        graded = [study for study in graded if _tells(asked, study, term)]
    if wanted and not graded:
        return asked.not_stated()
    return asked.values([study.score for study in graded if study.score])


def _tells(asked: Asked, study: Education, term: Term) -> bool:
    """Whether a line of the study, or where it stands, holds the term."""
    lines = [] if study.entry is None else asked.passages.of_entry(study.entry)
    return bool(asked.passages.which_hold(term.terms, [line.id for line in lines]))


def courses(asked: Asked) -> Answer | None:
    """The courses that were taken."""
    return asked.values([course for study in _chosen(asked) for course in study.courses])


def _chosen(asked: Asked) -> list[Education]:
    """The studies that the question names, by school or level, or the conversation was about, or
    else all.
    """
    studies: Sequence[Education] = asked.profile.education
    if wanted := levels(asked.question.text):
        studies = [study for study in studies if wanted & levels_of(study)]
    named = [s for s in studies if asked.is_named(s.institution, MentionKind.SCHOOL)]
    focused = [study for study in studies if asked.is_focused(study)]
    return named or focused or _picked(asked, studies)


def _picked(asked: Asked, studies: Sequence[Education]) -> list[Education]:
    """The first or the last study, if that is asked for and all have dates."""
    chosen = asked.question.pick
    if chosen not in (Pick.FIRST, Pick.LAST) or not studies or not all(s.dates for s in studies):
        return list(studies)
    return [min(studies, key=end)] if chosen is Pick.FIRST else [max(studies, key=end)]


def _asks_for_more(asked: Asked) -> bool:
    """Whether a word is left over, besides those for the level of a degree."""
    terms = tuple(term for term in asked.question.terms if not levels(term.word))
    return replace(asked, question=replace(asked.question, terms=terms)).asks_for_more


def _tells_area(study: Education) -> bool:
    """Whether it says what was studied, as "Bachelor of Commerce" does."""
    if study.area:
        return True
    kind = study.study_type.text if study.study_type else ""
    idle = function_words("en") | {fold(noun) for noun in load_yaml("cues")["degree_nouns"]}
    return any(fold(w.text) not in idle and not levels(w.text) for w in words(kind))


def _in_words(study: Education) -> str:
    what = ", ".join(value.text for value in (study.study_type, study.area) if value)
    if study.institution is None:
        return study.heading.text
    return f"{study.institution.text} ({what})" if what else study.institution.text
