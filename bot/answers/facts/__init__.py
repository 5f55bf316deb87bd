"""The facts answerer: questions over the Profile, such as who, when, how long and how many."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from bot.answers.answer import Answer
from bot.answers.facts import (
    claims,
    credentials,
    jobs,
    kinds,
    lists,
    person,
    projects,
    skills,
    studies,
    times,
)
from bot.answers.facts.asked import Asked
from bot.answers.facts.items import answer_items
from bot.answers.wording import Wording
from bot.index.store import PassageStore
from bot.profile.profile import Profile
from bot.questions.question import JOB_KINDS, MentionKind, Question

# Each takes the question and gives the answer if the Profile holds one, NOT_STATED if it settles
# that the résumé doesn't say, or None if another answerer should try.
_HANDLERS: dict[str, Callable[[Asked], Answer | None]] = {
    "name": person.name,
    "location": person.location,
    "email": person.email,
    "phone": person.phone,
    "website": person.website,
    "label": person.summary,
    "summary": person.summary,
    "employer": jobs.employer,
    "position": jobs.position,
    "work_list": jobs.overview,
    "work_count": jobs.count,
    "work_period": jobs.period,
    "work_duration": jobs.duration,
    "work_compare": claims.compare,
    "work_tasks": jobs.tasks,
    "company_check": claims.check,
    "experience_total": jobs.experience,
    "experience_skill": jobs.experience_with_skill,
    "project_list": projects.overview,
    "project_count": projects.overview,
    "project_period": projects.period,
    "project_organization": projects.organization,
    "project_language": projects.tools,
    "project_summary": projects.summary,
    "skill_use": projects.use,
    "skill_list": skills.overview,
    "skill_check": skills.check,
    "programming_languages": skills.programming_languages,
    "school": studies.school,
    "school_check": studies.check,
    "school_period": studies.period,
    "school_score": studies.score,
    "degree": studies.degree,
    "courses": studies.courses,
    "speech_list": person.languages,
    "speech_check": person.language,
    "certificate_list": credentials.certificates,
    "award_list": credentials.awards,
    "publication_list": credentials.publications,
    "interest_list": person.interests,
    "reference_list": person.references,
    "volunteer_list": jobs.volunteering,
    "detail": credentials.given,
}
# These look at other signs than the intent, and are tried first.
_WHATEVER_INTENT: tuple[Callable[[Asked], Answer | None], ...] = (
    answer_items,
    times.between,
    times.at_item,
    lists.listed,
    kinds.of_kind,
    jobs.abroad,
)
# What is asked like a fact of a job is one of a project, if the question is about a project.
_OF_PROJECT = {
    "work_period": "project_period",
    "work_duration": "project_period",
    "work_tasks": "project_summary",
    "employer": "project_organization",
}
# These answer about names that the résumé doesn't hold; no other fact does.
_ON_UNKNOWN_NAMES = frozenset(
    {"company_check", "employer", "school_check", "skill_check", "website"}
)


def answer_facts(
    question: Question,
    profile: Profile,
    passages: PassageStore,
    wording: Wording,
    today: date,
    cosines: Callable[[Sequence[int]], Sequence[float]],
) -> Answer | None:
    """The answer from the Profile, or None if another answerer should try."""
    asked = Asked(question, profile, passages, wording, today, cosines)
    for answers in _WHATEVER_INTENT:
        if answer := answers(asked):
            return answer
    question = times.during(asked)
    asked = replace(asked, question=question)
    intent = question.intent
    if intent in _OF_PROJECT and _is_about_project(asked):
        intent = _OF_PROJECT[intent]
    handler = _HANDLERS.get(intent)
    if question.of_another:
        return None  # the Profile has only the candidate's
    if handler is None or (question.unknown and question.intent not in _ON_UNKNOWN_NAMES):
        return None
    return handler(asked)


def _is_about_project(asked: Asked) -> bool:
    """Whether the question names a project and no employer, or goes on about a project."""
    question = asked.question
    if question.named(*JOB_KINDS):
        return False
    if question.named(MentionKind.PROJECT):
        return True
    return any(asked.is_focused(project) for project in asked.profile.projects)
