"""What an answer must hold by the question's form: a number, a date, a change of a figure."""

from bot.answers.figures import Figures, Operation, find_figures
from bot.dates import find_periods
from bot.questions.cues import cues, tells
from bot.questions.question import Question
from bot.words import words

_ASKING = ("heads", "how", "why", "when", "who", "where")
_FEW = 9  # words of a phrase
_DATED = frozenset({"work_period", "school_period", "project_period"})


def expected_kind(question: Question) -> str | None:
    """What the answer must hold: "percent", "money", "duration", "count", "when", "who", or None
    if anything will do.
    """
    shape = cues(question.language)
    if question.yes_no:
        return None
    for kind in ("percent", "money", "duration", "count"):
        if shape.has(kind, question.text):
            return kind
    asks_how = shape.has("how", question.text)
    dated = question.intent in _DATED or shape.has("when", question.text)
    if question.goes_on and dated and not asks_how:
        return "when"
    # "When the disk is full, how does it …?" asks for no date.
    opening = shape.behind("continues", question.text)  # "And who …?"
    if shape.closes("when", question.text):  # "First aid certificate when?"
        return "when"
    for kind in ("when", "who"):
        if shape.opens(kind, opening) and not asks_how:
            return kind
    return None


def may_answer(question: Question, text: str) -> bool:
    """Whether the text gives a share or a sum of money if that is asked for, or how a figure moved,
    of which the share can be told.
    """
    expected = expected_kind(question)
    if expected not in ("percent", "money") or tells(expected, text):
        return True
    return expected == "percent" and find_figures(Operation.CHANGE, text) is not None


def figures_asked(question: Question, text: str) -> tuple[Operation, Figures] | None:
    """What the text's figures come to, if that is asked for: how far one moved ("By how much did
    the waiting time fall?"), in percentage points or else; what two come to together; how many of
    the one there are for one of the other on average; how many of the one aren't the other.
    """
    shape = cues(question.language)
    points = shape.has("percent", question.text)
    counts = shape.has("count", question.text)
    asks = points or counts or _is_phrase(question)
    if question.yes_no or not asks:
        return None
    for operation in (Operation.SHARE, Operation.SUM, Operation.REST, Operation.CHANGE):
        if not shape.has(operation.value, question.text):
            continue
        figures = find_figures(operation, text)
        if figures is None:
            continue
        # "How many fewer errors?" asks for no percentage points, "By how much …?" may.
        either = not points and shape.has("points", question.text)
        if operation is not Operation.CHANGE or either or figures.percent == points:
            return operation, figures
    return None


def _is_phrase(question: Question) -> bool:
    """Whether it asks by a few words alone: "Weeks saved per order?"."""
    shape = cues(question.language)
    asks = any(shape.has(kind, question.text) for kind in _ASKING)
    return not asks and not question.sums_up and len(words(question.text)) <= _FEW


def length_told(text: str) -> tuple[int, int] | None:
    """The least and most whole months of the only period that the text gives from start to end."""
    periods = find_periods(text)
    if len(periods) != 1 or periods[0].start == periods[0].end:
        return None
    return periods[0].months()
