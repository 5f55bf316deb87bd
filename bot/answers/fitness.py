"""Fitness: which passages can be an answer to a question at all, however near they are."""

from collections.abc import Iterable, Sequence, Set
from itertools import pairwise

from bot.answers.degrees import levels, levels_of
from bot.answers.expected import expected_kind
from bot.data import load_yaml
from bot.dates import find_periods, undated
from bot.index.store import PassageStore
from bot.passages import Passage
from bot.profile.profile import Place, Profile, Value
from bot.questions.cues import cues, tells
from bot.questions.intents import Intents
from bot.questions.mentions import spellings
from bot.questions.question import MentionKind, Question
from bot.words import fold, holds_phrase, terms, words

_TELLING = 500  # lines with a name, of which so many are looked at
_BY_NUMBER = frozenset({"phone", "email"})


class Fitness:
    """Rules passages out: those of another time, degree, language or person than the question's,
    and those that lack the words that an answer to its topic must hold. Immutable.
    """

    def __init__(self, profile: Profile, intents: Intents) -> None:
        self._intents = intents
        self._dates = {e.entry: e.dates.period for e in profile.experiences if e.dates}
        self._levels = {study.entry: levels_of(study) for study in profile.education}
        basics = profile.basics
        home = basics.location or Place(Value("", ()))
        self._numbers = (basics.phone, basics.email)
        self._home = (home.text, home.address, home.postal_code, home.region, home.country)
        self._places = {place.text for place in profile.places}
        self._sites = (basics.url, *(page.url or page.username for page in basics.profiles))

    def allows(self, passage: Passage, question: Question) -> bool:
        """Whether nothing speaks against the passage."""
        needs = self._intents.needs(question.intent)
        return (
            self._is_in_time(passage, question)
            and not _is_bare_date(passage, question)
            and not self._is_of_another_degree(passage, question)
            and not _is_of_another_language(passage, question)
            and not self._is_of_another_contact(passage, question)
            and not _is_of_another_site(passage, question)
            and not _is_of_another_number(passage, question)
            and (not needs or any(holds_phrase(passage.text, word) for word in needs))
        )

    def _is_in_time(self, passage: Passage, question: Question) -> bool:
        """Whether nothing says that the passage is of another time than the question's."""
        asked = question.period
        if asked is None or question.relation:
            return True
        own = find_periods(passage.text)
        if question.count:
            # A figure of all years is none of one year.
            return any(period.is_within(asked) for period in own)
        if own:
            return any(period.overlaps(asked) for period in own)
        dates = self._dates.get(passage.entry) if passage.entry is not None else None
        return dates is None or dates.overlaps(asked)

    def _is_of_another_degree(self, passage: Passage, question: Question) -> bool:
        """Whether the passage is of a study of another level than the question asks of."""
        asked = levels(question.text)
        own = self._levels.get(passage.entry) if passage.entry is not None else None
        return bool(asked and own and not asked & own)

    def _is_of_another_contact(self, passage: Passage, question: Question) -> bool:
        """Whether the passage tells how to reach the candidate, where somebody else is meant, or by
        phone or mail, where a place is; or doesn't tell at all how to reach anybody.
        """
        if question.of_another:
            tells_how = question.intent not in _BY_NUMBER or tells("contacts", passage.text)
            if question.intent == "location":
                tells_how = any(place in passage.text for place in self._places)
            own = (*self._numbers, *self._home, *self._sites)
            return not tells_how or _is_among(passage, own)
        of_place = question.intent == "location" and not _is_among(passage, self._home)
        return of_place and _is_among(passage, self._numbers)


def holding_names(
    passages: Sequence[Passage], question: Question, store: PassageStore
) -> list[Passage]:
    """The passages of an entry that holds each name of the question which the résumé knows, or
    that hold it themselves: what a contract with one customer was worth isn't told by another's.
    """
    elsewhere = {
        fold(word.text)
        for mention in question.named(MentionKind.PLACE, MentionKind.SPEECH, MentionKind.PERSON)
        for said in (mention.name, question.text[mention.start : mention.end])
        for word in words(said)
    }
    for term in question.terms:
        named = term.name and term.known and not term.plain and not term.word.islower()
        if not named or fold(term.word) in elsewhere:
            continue
        ids = {i for form in term.terms for i in store.holding(form)}
        entries = {line.entry for line in store.passages(sorted(ids)[:_TELLING])} - {None}
        word = fold(term.word)  # "Scrum" stands in "ScrumMaster"
        passages = [
            one
            for one in passages
            if one.id in ids or one.entry in entries or word in fold(one.embedded)
        ]
    return list(passages)


def _is_bare_date(passage: Passage, question: Question) -> bool:
    """Whether the passage is but a date, as in a file with named fields, and no time is asked."""
    if passage.field is None or undated(passage.text, find_periods(passage.text)).strip():
        return False
    return not question.period and expected_kind(question) not in ("when", "duration")


def _is_of_another_site(passage: Passage, question: Question) -> bool:
    """Whether the question is for a page on a network that the passage doesn't name."""
    networks = load_yaml("cues")["networks"]
    asked = [t for t in question.terms if question.intent == "website" and t.word in networks]
    own = set(terms(passage.text))
    return any(own.isdisjoint(term.terms) for term in asked)


def _is_of_another_number(passage: Passage, question: Question) -> bool:
    """Whether the question is for a level, class … of a number ("Level 3"), and the passage, or
    what it belongs to, gives the same word another.
    """
    kinds = cues(question.language).single("levelled")
    asked = _numbered(question.text, kinds)
    own = _numbered(passage.embedded, kinds) if asked else {}
    return any(word in own and own[word] != number for word, number in asked.items())


def _numbered(text: str, kinds: Set[str]) -> dict[str, str]:
    """The numbers that stand behind words of these kinds."""
    said = [fold(word.text) for word in words(text)]
    return {one: other for one, other in pairwise(said) if one in kinds and other.isdigit()}


def _is_among(passage: Passage, values: Iterable[Value | None]) -> bool:
    """Whether the passage states one of the values."""
    return any(
        span.source == passage.source and passage.start <= span.start < passage.end
        for value in values
        if value
        for span in value.spans
    )


def _is_of_another_language(passage: Passage, question: Question) -> bool:
    """Whether the question is how well somebody speaks a language that the passage doesn't name."""
    asked = question.named(MentionKind.SPEECH)
    if question.intent != "speech_check" or not asked:
        return False
    own = {spelled for word in words(passage.embedded) for spelled in spellings(word.text)}
    return own.isdisjoint(spelled for speech in asked for spelled in spellings(speech.name))
