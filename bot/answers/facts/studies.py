"""Facts about education: where, what, when."""

from bot.answers.answer import Answer, Statement
from bot.answers.facts.asked import NAME, Asked
from bot.profile.profile import Education
from bot.questions.question import MentionKind

_SURE = 0.6  # nearness from which an unknown name is taken for a school's
_AREA_WORDS = frozenset({"subject", "major", "field", "topic"})


def school(asked: Asked) -> Answer | None:
    """Where somebody studied."""
    studies = _chosen(asked)
    if not studies or (asked.asks_for_more and not asked.question.yes_no):
        return None
    items = [
        (_in_words(study), asked.proof(study.institution or study.heading)) for study in studies
    ]
    return asked.listing("studied", "schools", items, studies)


def check(asked: Asked) -> Answer | None:
    """Yes or no to a school or a degree; a school that isn't in the résumé is corrected."""
    question = asked.question
    if not question.yes_no:
        return school(asked)
    only = len(question.mentions) == len(question.named(MentionKind.SCHOOL)) and not question.rest
    if question.named(MentionKind.SCHOOL) and only and not question.relation:
        studies = _chosen(asked)
        items = [(_in_words(s), asked.proof(s.institution or s.heading)) for s in studies]
        return asked.listing("affirm", "what", items, studies)
    if question.unknown and question.confidence >= _SURE and not question.mentions:
        answer = school(asked)
        if answer is None:
            return None
        first, *rest = answer.statements
        denied = Statement(asked.say.say("deny_but", what=first.text), first.proof)
        return Answer(answer.outcome, (denied, *rest), NAME, focus=answer.focus)
    return None


def degree(asked: Asked) -> Answer | None:
    """What was studied."""
    studies = [study for study in _chosen(asked) if study.study_type or study.area]
    if not studies or asked.asks_for_more:
        return None
    wants_area = any(term.word.casefold() in _AREA_WORDS for term in asked.question.terms)
    if wants_area and not any(study.area for study in studies):
        return asked.not_stated(related=asked.entry_proof(studies[0]))
    items = [
        (
            ", ".join(v.text for v in (study.study_type, study.area, study.institution) if v),
            asked.proof(study.area or study.study_type),
        )
        for study in studies
    ]
    return asked.listing("list", "list", items, studies)


def period(asked: Asked) -> Answer | None:
    """When somebody studied."""
    studies = _chosen(asked)
    if not studies or asked.asks_for_more:
        return None
    items = [
        (f"{asked.titled(study)}: {asked.say.period(study.dates.period)}", asked.entry_proof(study))
        for study in studies
        if study.dates
    ]
    related = asked.entry_proof(studies[0])
    return asked.listing("list", "list", items, studies) or asked.not_stated(related=related)


def score(asked: Asked) -> Answer | None:
    """The grade of a degree."""
    return asked.values([study.score for study in _chosen(asked) if study.score])


def courses(asked: Asked) -> Answer | None:
    """The courses that were taken."""
    return asked.values([course for study in _chosen(asked) for course in study.courses])


def _chosen(asked: Asked) -> list[Education]:
    """The studies that the question names, or the conversation was about, or else all."""
    studies = asked.profile.education
    named = [s for s in studies if asked.is_named(s.institution, MentionKind.SCHOOL)]
    focused = [study for study in studies if asked.is_focused(study)]
    return named or focused or list(studies)


def _in_words(study: Education) -> str:
    what = ", ".join(value.text for value in (study.study_type, study.area) if value)
    if study.institution is None:
        return study.heading.text
    return f"{study.institution.text} ({what})" if what else study.institution.text
