"""The intents that the shape of a question allows: it counts, asks yes or no, names a project."""

from collections.abc import Iterable, Sequence

from bot.questions.cues import Cues
from bot.questions.mentions import organisation_nouns
from bot.questions.question import Mention, MentionKind
from bot.words import fold, words

# Intents that only a question for yes or no can have.
_CHECKS = frozenset({"company_check", "school_check"})
# Intents that a question with the name of a project can't have.
OF_NO_PROJECT = frozenset(
    {"project_list", "project_count", "skill_list", "skill_check", "speech_list", "speech_check"}
)
# Intents that only a question for a length can have.
_LENGTHS = frozenset({"work_duration", "experience_total", "experience_skill"})
_OF_A_JOB = frozenset({"work_count", "work_list", "work_tasks", "employer", "position"})
_HEAD = 2  # words behind "which", one of which may be what is asked for
_DURATIONS = frozenset({"work_period", "employer", "position", "work_list", "work_tasks"})


def allowed_intents(
    ranked: Iterable[tuple[str, float]],
    text: str,
    shape: Cues,
    mentions: Sequence[Mention],
    *,
    yes_no: bool,
    goes_on: bool,
) -> list[tuple[str, float]]:
    """The intents with their nearness, in their order, that the question can have; of two near
    ones that which a cue tells. `goes_on` is whether it may be about what was said before.
    """
    counts = shape.has("count", text)
    long = counts or shape.has("lengths", text)
    return [
        (_reshaped(intent, text, shape, counts=counts, yes_no=yes_no), nearness)
        for intent, nearness in ranked
        if _may_be(intent, mentions, yes_no=yes_no, goes_on=goes_on)
        and (long or intent not in _LENGTHS)
    ]


def _may_be(intent: str, mentions: Sequence[Mention], *, yes_no: bool, goes_on: bool) -> bool:
    """Whether the question's shape and what it names allow the intent."""
    if intent in _CHECKS and not yes_no:
        return False
    companies = {fold(m.name) for m in mentions if m.kind is MentionKind.COMPANY}
    if intent == "work_compare" and len(companies) < 2:
        return False
    has_project = any(m.kind is MentionKind.PROJECT for m in mentions)
    has_skill = any(m.kind is MentionKind.SKILL for m in mentions)
    if intent == "project_language" and not (has_project or has_skill or goes_on):
        return False
    return not (has_project and intent in OF_NO_PROJECT)


def _reshaped(intent: str, text: str, shape: Cues, *, counts: bool, yes_no: bool) -> str:
    """The intent, where a cue tells that of two near ones the other is meant."""
    if intent in _DURATIONS and shape.has("duration", text):
        return "work_duration"
    if intent == "work_duration" and not shape.has("duration", text):
        return "work_period" if shape.has("when", text) else intent
    if intent in _OF_A_JOB and (shape.has("sizes", text) or shape.has("seeks", text)):
        return "detail"  # "How big is the company?", "What sort of employer is he after next?"
    if intent == "work_count" and not counts:
        return "work_list"
    if intent == "school" and yes_no:
        return "school_check"
    asks_place = shape.opens("who", text) or shape.opens("where", text)
    if intent == "work_period" and asks_place:
        return "employer"
    if intent in ("employer", "position") and shape.opens("when", text):
        return "work_period"
    of_job = intent in ("work_period", "work_tasks") and not shape.has("when", text)
    # "Which firm did he join?"
    if of_job and not organisation_nouns().isdisjoint(behind_which(text, shape, _HEAD)):
        return "employer"
    return intent


def behind_which(text: str, shape: Cues, most: int) -> list[str]:
    """The first words behind "which" or "what", folded; none if there is no such word."""
    start = shape.find("heads", text)
    behind = [] if start is None else words(text[start:])[1 : most + 1]
    return [fold(word.text) for word in behind]
