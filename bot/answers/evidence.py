"""Evidence: what speaks for a passage being the answer to a question.

The features of a passage are weighed by the weights of `calibration.yaml`: to rank the passages of
a question, and to judge whether the first one answers it.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from bot.answers.change import Change, find_change
from bot.answers.search import Hit
from bot.data import load_yaml
from bot.dates import find_periods
from bot.documents import Kind
from bot.questions.cues import cues, tells
from bot.questions.question import Question
from bot.questions.related import groups_in
from bot.words import DEFAULT_LANGUAGE, ends_in_colon, terms

_DATED = frozenset({"work_period", "school_period", "project_period"})
_NUMBER = re.compile(r"\d")
_NAME = re.compile(r"(?<=[\w,;(] )[\"“„(]?[A-ZÀ-Þ]\w+")  # a capital inside a sentence


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a passage, each feature about 0 to 1.

    Attributes:
        cosine: of question and passage.
        coverage: share of the carrying words that stand in the passage or its context.
        own_coverage: share of them that stand in the passage itself.
        named: whether the passage is of an entry that the question names.
        dates_fit: whether it bears a date in the time that the question names.
        kind_fits: whether it holds a number, a date, a name or a reason, if that is asked for;
            0.5 if nothing of the kind is asked for.
        kind_lacks: whether it doesn't.
        heading, label: whether it is a heading, or a line of at most three words.
        leads: whether it introduces a list.
        related: share of the things that the question speaks of in any of their words
            (`related.yaml`) of which the passage speaks too.
        relevance: the reranker's logit / 10 for the passage with its context,
        alone: the reranker's logit / 10 for the passage by itself, without its context and the
            question's names; 0 while it hasn't read that.
        ahead: by how much the first passage of the question ranks before the second.
    """

    cosine: float
    coverage: float
    own_coverage: float
    named: float
    dates_fit: float
    kind_fits: float
    kind_lacks: float
    heading: float
    label: float
    leads: float
    related: float
    relevance: float = 0.0
    alone: float = 0.0
    ahead: float = 0.0


def weigh(question: Question, hits: Sequence[Hit], named: Sequence[int]) -> list[Evidence]:
    """The evidence for each passage; `named` are the entries that the question is about."""
    rest = question.rest
    spoken_of = groups_in(question.text) | groups_in(question.search)
    reasoned = cues(question.language).has("why", question.text)
    expected = expected_kind(question)
    changed = [asked_change(question, hit.passage.text) is not None for hit in hits]
    found = []
    for hit, tells_change in zip(hits, changed, strict=True):
        passage = hit.passage
        own = set(terms(passage.text))
        held = sum(1.0 for term in rest if own & set(term.terms))
        if any(changed):
            fits: bool | None = tells_change
        else:
            fits = _holds(expected, passage.text, question) if expected else None
        found.append(
            Evidence(
                cosine=hit.cosine,
                coverage=hit.coverage,
                own_coverage=held / len(rest) if rest else 0.0,
                named=float(passage.entry in named) if named else 0.0,
                dates_fit=float(_is_dated(question, passage.text)),
                kind_fits=_fit(fits, reasoned=reasoned and tells("reasons", passage.text)),
                kind_lacks=float(fits is False),
                heading=float(passage.kind is Kind.HEADING),
                label=float(len(passage.text.split()) <= 3),
                leads=float(ends_in_colon(passage.text)),
                related=len(spoken_of & groups_in(passage.text)) / max(1, len(spoken_of)),
            )
        )
    return found


def _fit(fits: bool | None, *, reasoned: bool) -> float:
    return 1.0 if fits or reasoned else 0.0 if fits is False else 0.5


def rank_score(evidence: Evidence) -> float:
    """How well the passage ranks among those of its question, unbounded."""
    return _dot(load_yaml("calibration")["ranking"], evidence)


def certainty(evidence: Evidence) -> float:
    """How much speaks for the first passage of a question being an answer, 0 to 1, once it is
    known how far it is ahead; no calibrated probability.
    """
    return _logistic("certainty", evidence)


def plausibility(evidence: Evidence) -> float:
    """How much speaks for a passage being an answer to a question whose topic is given, 0 to 1;
    no calibrated probability.
    """
    return _logistic("plausibility", evidence)


def _logistic(name: str, evidence: Evidence) -> float:
    weights = load_yaml("calibration")[name]
    return 1 / (1 + math.exp(-float(weights["intercept"]) - _dot(weights, evidence)))


def _dot(weights: Mapping[str, float], evidence: Evidence) -> float:
    names = (field.name for field in fields(evidence))
    return sum(float(weights.get(name, 0.0)) * float(getattr(evidence, name)) for name in names)


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
    for kind in ("when", "who"):
        if shape.opens(kind, opening) and not asks_how:
            return kind
    return None


def asked_change(question: Question, text: str) -> Change | None:
    """The change that the text tells, if the question is how far a figure moved ("By how much did
    the waiting time fall?") and of this kind: percentages or something else.
    """
    shape = cues(question.language)
    points = shape.has("percent", question.text)
    much = points or shape.has("count", question.text)
    if question.yes_no or not (much and shape.has("changes", question.text)):
        return None
    change = find_change(text)
    return change if change is not None and change.percent == points else None


def _holds(kind: str, text: str, question: Question) -> bool:
    match kind:
        case "duration":
            return _tells_number(text) or length_told(text) is not None
        case "percent":
            return tells("percent", text)
        case "money":
            return tells("money", text)
        case "when":
            return bool(find_periods(text))
        case "who":
            return bool(_NAME.search(text))
        case _:
            return _tells_number(text) and _tells_of_counted(question, text)


def _tells_of_counted(question: Question, text: str) -> bool:
    """Whether the text speaks of what is counted, where that is nothing but a figure: stars,
    downloads.
    """
    counted = question.counted
    # The question's word, or the English one that it was put into.
    spoken = {question.language, DEFAULT_LANGUAGE}
    if counted is None or not any(cues(name).has("figures", counted.word) for name in spoken):
        return True
    same = not set(counted.terms).isdisjoint(terms(text))
    return same or not groups_in(counted.word).isdisjoint(groups_in(text))


def length_told(text: str) -> tuple[int, int] | None:
    """The least and most whole months of the only period that the text gives from start to end."""
    periods = find_periods(text)
    if len(periods) != 1 or periods[0].start == periods[0].end:
        return None
    return periods[0].months()


def _is_dated(question: Question, text: str) -> bool:
    asked = question.period
    return asked is not None and any(period.overlaps(asked) for period in find_periods(text))


def _tells_number(text: str) -> bool:
    """Whether a number is told other than by a date."""
    for period in reversed(find_periods(text)):
        text = text[: period.start_offset] + text[period.end_offset :]
    return bool(_NUMBER.search(text)) or tells("numbers", text)
