"""Reference: how a question leans on what was said before it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.data import load_yaml
from bot.dates import Period
from bot.questions.cues import Cues, cues
from bot.questions.question import Mention, MentionKind, Pick, Question, Relation
from bot.words import content_terms, fold, words

CLEAR = 0.5  # nearness from which an intent is taken; below, the question is open
_FEW_WORDS = 2  # carrying words of a question that may leave out what it is about
_SHORT = 6  # words of an ellipsis that begins with "and"
_BARE = 3  # words of one that doesn't
_MOST_POINTING = 4  # carrying words of a question whose pronoun points at what was said before
# Intents that ask of one entry: one that isn't named is that of the conversation.
_OF_ONE_ENTRY = frozenset(
    {
        *("work_period", "work_duration", "position", "work_tasks", "project_period"),
        *("project_organization", "project_summary", "project_language"),
    }
)
# Intents that nothing said before changes.
_OF_THE_PERSON = frozenset(
    {"name", "label", "summary", "email", "phone", "interest_list", "age", "family", "nationality"}
)
# Intents that ask how to reach somebody, which may be somebody else.
_OF_CONTACTS = frozenset({"email", "phone", "location", "website"})
_OTHERS = (MentionKind.COMPANY, MentionKind.SCHOOL)
# Intents that a short question with a pronoun seldom means, and the nearness from which it does.
_SELDOM_MEANT = frozenset(
    {
        *("family", "age", "nationality", "driving", "health", "availability"),
        *("salary", "why_left", "off_topic"),
    }
)
_CLEAR_OF_SELDOM = 0.8
_CLEAR_ALONE = 0.65  # nearness from which a question isn't the last one over again
_ASKING = ("when", "duration", "count", "who", "where", "why", "how", "percent", "money", "level")


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it reads by itself.

    Attributes:
        carries: whether it says anything but what it is about.
        carries_words: whether it does with other words than names.
    """

    text: str
    language: str
    mentions: Sequence[Mention]
    intent: str
    confidence: float
    period: Period | None
    relation: Relation | None
    pick: Pick | None
    yes_no: bool
    carries: bool
    carries_words: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """How the question leans on the one before.

    Attributes:
        refers_back, goes_on: as in `Question`.
        leans: whether it may be about what was said before.
        continues: whether it asks the same as the question before of something else.
        theirs: whether it asks how to reach somebody who was spoken of and isn't the candidate.
    """

    refers_back: bool = False
    goes_on: bool = False
    leans: bool = False
    continues: bool = False
    theirs: bool = False


def may_refer(text: str, language: str) -> bool:
    """Whether the text has a pronoun that refers, or is short."""
    return cues(language).refers(text) or len(words(text)) <= _SHORT


def resolve(reading: Reading, before: Question, *, topic: bool) -> tuple[Reading, Reference]:
    """The question as it reads after `before`, and how it leans on that; `topic` says whether
    the conversation was about something then.
    """
    text, shape = reading.text, cues(reading.language)
    intent, confidence, pick, yes_no = (
        *(reading.intent, reading.confidence),
        *(reading.pick, reading.yes_no),
    )
    theirs = intent in _OF_CONTACTS and _is_theirs(text, shape, before)
    refers = shape.refers(text) or theirs
    length = len(content_terms(text, reading.language))
    few = length <= _FEW_WORDS
    ellipsis = not reading.carries or _is_cut_short(text, shape)
    beside = bool(reading.relation and few and not reading.mentions and not reading.period)
    continues = (
        not reading.carries_words
        and not any(shape.has(kind, text) for kind in _ASKING)
        and confidence < _CLEAR_ALONE
        and _is_like(reading.mentions, before)
    )
    if continues:  # "And in 2012?"
        intent, confidence = before.intent, before.confidence
        yes_no = yes_no or before.yes_no
    elif (
        (ellipsis or beside)
        and confidence < CLEAR
        and not shape.has("why", text)
        and not (reading.carries_words and _asks_itself(text, shape))
    ):
        intent, confidence = before.intent, before.confidence
        pick = pick or (None if reading.relation or reading.period else before.pick)
    elif (refers or ellipsis) and few and topic and intent in _SELDOM_MEANT:
        confidence = confidence if confidence >= _CLEAR_OF_SELDOM else 0.0
    clear = confidence >= CLEAR
    unnamed = not (reading.mentions or reading.period or pick or reading.relation)
    of_entry = few and unnamed and clear and intent in _OF_ONE_ENTRY
    # A long question mostly says itself what its pronouns stand for.
    goes_on = (refers and length <= _MOST_POINTING) or ellipsis or beside or of_entry
    # "Since when?" points back without a pronoun.
    refers = refers or not (reading.carries or reading.mentions or reading.period)
    own = clear and intent in _OF_THE_PERSON and not theirs
    return (
        replace(reading, intent=intent, confidence=confidence, pick=pick, yes_no=yes_no),
        Reference(
            refers_back=refers,
            goes_on=goes_on and not own,
            leans=(refers or (few and unnamed)) and not own,
            continues=continues,
            theirs=theirs,
        ),
    )


def asks_of_another(question: Question, reference: Reference) -> bool:
    """Whether it asks how to reach somebody else than the candidate: a referee, somebody or an
    employer that the résumé names, or who was spoken of.
    """
    if question.intent not in _OF_CONTACTS:
        return False
    if reference.theirs or cues(question.language).has("people", question.text):
        return True
    if question.intent in _OF_THE_PERSON:
        networks = load_yaml("cues")["networks"]
        names = [
            t.word for t in question.rest if t.name and t.known and fold(t.word) not in networks
        ]
        return bool(names or question.named(*_OTHERS))
    return False


def _is_theirs(text: str, shape: Cues, before: Question) -> bool:
    """Whether "their" or "that person's" is of somebody whom the question before asked for, and
    isn't the candidate.
    """
    told = cues(before.language)
    of_people = before.intent == "reference_list" or told.has("people", before.text)
    asks = (before.asks_who or of_people) and before.intent not in _OF_THE_PERSON
    another = before.of_another or (asks and not told.has("theirs", before.text))
    return another and shape.has("theirs", text)


def _asks_itself(text: str, shape: Cues) -> bool:
    """Whether the text asks something of its own behind an "and": "And where did the store go?"."""
    behind = shape.behind("continues", text)
    return behind != text and any(shape.opens(kind, behind) for kind in _ASKING)


def _is_like(mentions: Sequence[Mention], before: Question) -> bool:
    """Whether what is named is of a kind that the question before named, if anything is."""
    kinds = {mention.kind for mention in before.mentions}
    return not mentions or any(mention.kind in kinds for mention in mentions)


def _is_cut_short(text: str, shape: Cues) -> bool:
    """Whether the text only makes sense after another question: "And the hotel?", "Which ages?"."""
    length = len(words(text))
    asks = any(shape.opens(kind, text) for kind in (*_ASKING, "heads"))
    whole = shape.has("yes_no_openers", text) or shape.refers(text)  # "How many were there?"
    return (
        (shape.opens("continues", text) and length <= _SHORT)
        or (asks and length <= _BARE)
        or (shape.opens("count", text) and not whole and length <= _SHORT)
    )
