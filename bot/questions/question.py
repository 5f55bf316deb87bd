"""The Question: what is asked, about what."""

from dataclasses import dataclass
from enum import StrEnum

from bot.dates import Period
from bot.profile.profile import Credential, Language


class Pick(StrEnum):
    """Which of several entries is meant."""

    FIRST = "first"
    LAST = "last"
    CURRENT = "current"
    LONGEST = "longest"
    SHORTEST = "shortest"


class Relation(StrEnum):
    """How what is asked lies to the entry or time that the question names."""

    AFTER = "after"
    BEFORE = "before"


class MentionKind(StrEnum):
    """What a mention stands for; the values are the placeholders in `intents.yaml`."""

    COMPANY = "COMPANY"
    SCHOOL = "SCHOOL"
    PROJECT = "PROJECT"
    TITLE = "TITLE"
    SKILL = "SKILL"
    SPEECH = "SPEECH"
    PLACE = "PLACE"
    PERSON = "PERSON"


# What a job is named by.
JOB_KINDS = (MentionKind.COMPANY, MentionKind.PLACE, MentionKind.TITLE)


@dataclass(frozen=True, slots=True)
class Mention:
    """Something of the résumé that the question names.

    Attributes:
        start, end: where it stands in `Question.text`.
        name: as the résumé has it.
        score: 0 to 1, how much of the name was said.
    """

    kind: MentionKind
    start: int
    end: int
    name: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Term:
    """A word that carries the question.

    Attributes:
        word: as it was asked.
        terms: the index terms that mean it, aliases included.
        known: whether the corpus holds any of them.
        name: whether it looks like a name or a number, which no other word can stand for.
        mentioned: whether it belongs to a mention.
        plain: whether it only words the intent, so that it carries nothing of its own.
    """

    word: str
    terms: tuple[str, ...]
    known: bool
    name: bool
    mentioned: bool
    plain: bool


@dataclass(frozen=True, slots=True)
class Focus:
    """What an answer was about, so that the next question can refer to it.

    Attributes:
        entries: numbers of the entries, as in `Passage.entry`.
        items: the certificates, awards, publications and languages that it named.
        passages: ids of the passages that it cited, in their order.
    """

    entries: tuple[int, ...] = ()
    items: tuple[Credential | Language, ...] = ()
    passages: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.entries or self.items or self.passages)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood.

    Attributes:
        text: as it was asked, with typing errors mended.
        asked: as it was asked.
        search: the text that passages are compared with, in the résumé's language where the
            question's is another.
        language: ISO 639-1 code.
        intent: name of the intent in `intents.yaml`.
        confidence: cosine to the nearest example, -1 to 1.
        counted: what is to be counted, where it is asked how many.
        head: what "which" or "what" stands before: "protocol layers".
        asks_where, asks_who: whether it asks for a place, or for a person.
        says_start, says_end: whether the period is when something began, or ended.
        refers_back: whether a word such as "there" points at what was said before, or nothing
            says what is meant ("Since when?").
        goes_on: whether it can't be understood without what was said before: it refers back, is an
            ellipsis ("And in 2012?"), or asks of one entry and names none ("When did he leave?").
        sums_up: whether it wants the whole of something in short: "What was the job there like?"
        other: whether it asks for what wasn't spoken of yet: "the other one".
        of_another: whether it asks how to reach somebody else than the candidate.
        excluded: what the résumé names that isn't wanted: "outside Ireland".
        excludes_current: whether the current job isn't: "leaving aside the current post".
        about: what the conversation was about last, if the question goes on about it or is so
            short that it may.
    """

    asked: str
    text: str
    search: str
    language: str
    intent: str
    confidence: float
    mentions: tuple[Mention, ...] = ()
    terms: tuple[Term, ...] = ()
    period: Period | None = None
    pick: Pick | None = None
    relation: Relation | None = None
    yes_no: bool = False
    count: bool = False
    counted: Term | None = None
    head: tuple[Term, ...] = ()
    asks_where: bool = False
    asks_who: bool = False
    says_start: bool = False
    says_end: bool = False
    refers_back: bool = False
    goes_on: bool = False
    sums_up: bool = False
    other: bool = False
    of_another: bool = False
    excluded: tuple[Mention, ...] = ()
    excludes_current: bool = False
    about: Focus = Focus()

    @property
    def focus(self) -> tuple[int, ...]:
        """The entries that the question goes on about."""
        return self.about.entries if self.goes_on else ()

    def named(self, *kinds: MentionKind) -> list[Mention]:
        """The mentions of these kinds, in the order of the question."""
        return [mention for mention in self.mentions if mention.kind in kinds]

    @property
    def unknown(self) -> list[str]:
        """Names in the question that the corpus doesn't hold."""
        return [term.word for term in self.terms if term.name and not term.known]

    @property
    def rest(self) -> list[Term]:
        """The terms that neither a mention nor the intent accounts for."""
        return [term for term in self.terms if not term.mentioned and not term.plain]
