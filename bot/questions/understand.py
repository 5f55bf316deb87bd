"""Understanding: the user's words to a Question, with the conversation's help."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.dates import Period, find_periods
from bot.profile.profile import Profile
from bot.questions.cues import Cues, cues
from bot.questions.intents import OPEN, STAND_INS, Intents
from bot.questions.lexicon import Lexicon
from bot.questions.mentions import Gazetteer, alias_terms, organisation_nouns
from bot.questions.question import Focus, Mention, MentionKind, Pick, Question, Relation, Term
from bot.questions.reference import CLEAR, Reading, Reference, may_refer, resolve
from bot.questions.translate import to_english
from bot.words import (
    content_terms,
    fold,
    function_words,
    guess_language,
    words,
)

_NEAR = 6  # intents that are looked at where the likeliest asks for a detail
# Intents of questions that aren't about the candidate, and the nearness from which a question
# is taken for one if the résumé has few of its words.
# Intents that become a check where yes or no is asked of an employer and a time.
_OF_A_JOB = frozenset({"why_left", "work_period", "employer", "position", "work_list", "detail"})
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_STRAYING = frozenset({"off_topic", "injection"})
_STRAY = 0.44
_STRAY_WITH_A_NAME = 0.36  # the same, if it has a name that the résumé hasn't
# Topics that a résumé seldom has.
_SELDOM = frozenset({"family", "age", "nationality", "driving", "health", "availability"})
_ABBREVIATED = 3  # letters of a small word that may be an abbreviation or a slip of any other
# Intents that only a question for yes or no can have.
_CHECKS = frozenset({"company_check", "school_check"})
# Intents that a question with the name of a project can't have.
_OF_NO_PROJECT = frozenset({"project_list", "project_count", "skill_list", "skill_check"})
# Intents that enumerate, which a question for a reason or a way never wants.
_ENUMERATING = _OF_NO_PROJECT | {"skill_use", "project_language", "work_list", "work_count"}
# Intents that only a question for a length can have.
_LENGTHS = frozenset({"work_duration", "experience_total", "experience_skill"})
_DURATIONS = frozenset({"work_period", "employer", "position", "work_list", "work_tasks"})
# Nearness from which a question about what was said before has an intent whose answer holds
# certain words.
_CLEAR_WITH_NEEDS = 0.4
_PICKS = tuple(Pick)


class Understanding:
    """Understands questions about one index. Immutable."""

    def __init__(
        self,
        intents: Intents,
        lexicon: Lexicon,
        profile: Profile,
        vocabulary: Mapping[str, int],
        language: str,
    ) -> None:
        """`vocabulary` has the corpus's index terms, `language` is that of most documents."""
        self._vocabulary = vocabulary
        self._language = language
        self.lexicon = lexicon
        self.intents = intents
        self._gazetteer = Gazetteer(profile, self.lexicon)

    def question(
        self, asked: str, before: Question | None = None, about: Focus | None = None
    ) -> Question:
        """Understand `asked`, which follows the question `before`; the conversation was last
        about `about`.
        """
        language = guess_language(asked)
        text = self._mend(asked, language)
        mentions = self._gazetteer.find(text, language)
        shape = cues(language)
        ranked = self.intents.rank(to_english(_masked(text, mentions), language))
        period = _period(text)
        yes_no = shape.opens("yes_no_openers", text) or shape.closes("tags", text)
        counts = shape.has("count", text)
        may_go_on = before is not None and may_refer(text, language)
        ranked = [
            (_reshaped(intent, text, shape, counts=counts, yes_no=yes_no), nearness)
            for intent, nearness in ranked
            if _may_be(intent, mentions, yes_no=yes_no, goes_on=may_go_on)
            and (intent not in _LENGTHS or counts or shape.has("lengths", text))
        ]
        intent, confidence = self._intent(ranked, text, mentions, shape, language)
        relation = _relation(shape, text)
        pick = next((pick for pick in _PICKS if shape.has(pick.value, text)), None)
        if intent == "work_duration" and pick is Pick.LAST and shape.closes("last", text):
            pick = None  # "How long did the job last?"
        reference = Reference()
        if before is not None:
            alone = Reading(
                text=text,
                language=language,
                mentions=mentions,
                intent=intent,
                confidence=confidence,
                period=period,
                relation=relation,
                pick=pick,
                yes_no=yes_no,
                carries=self._carries(text, mentions, language),
                carries_words=self._carries(text, mentions, language, names=False),
            )
            read, reference = resolve(alone, before, topic=bool(about))
            intent, confidence, pick, yes_no = read.intent, read.confidence, read.pick, read.yes_no
        goes_on = reference.goes_on
        if yes_no and period and intent in _OF_A_JOB and _names_company(mentions):
            intent, confidence = "company_check", max(confidence, CLEAR)
        needs = goes_on and about and self.intents.needs(intent)
        if confidence < (_CLEAR_WITH_NEEDS if needs else CLEAR):
            intent = OPEN
        foreign = language != self._language
        search = to_english(text, language) if foreign else text
        search_language = "en" if foreign else language
        terms = self._terms(search, search_language, intent, language)
        if intent in _SELDOM and any(not term.plain and not term.mentioned for term in terms):
            # It says more than the topic: "Has he ever taught kids?" isn't about his family.
            intent = OPEN
            terms = self._terms(search, search_language, intent, language)
        nearest, nearness = ranked[0]
        strays = nearest == "injection" or not (goes_on and about)
        if intent == OPEN and nearest in _STRAYING and strays and not mentions:
            strange = any(term.name and not term.known for term in terms)
            least = _STRAY_WITH_A_NAME if strange else _STRAY
            if nearness >= least and not self._is_known(text, language):
                intent = nearest
        counted_from = cues(search_language).find("count", search)
        return Question(
            asked=asked,
            text=text,
            search=search,
            language=language,
            intent=intent,
            confidence=confidence,
            mentions=tuple(mentions),
            terms=tuple(terms),
            period=period,
            pick=pick,
            relation=relation,
            yes_no=yes_no,
            count=counts,
            counted=_counted(search, counted_from, terms) if counted_from is not None else None,
            head=_head(search, cues(search_language), terms),
            asks_where=shape.has("where", text)
            or (reference.continues and before is not None and before.asks_where),
            asks_who=shape.has("who", text),
            says_start=shape.has("starts", text),
            says_end=shape.has("ends", text),
            refers_back=reference.refers_back,
            goes_on=goes_on,
            other=shape.has("other", text),
            about=about if about is not None and (goes_on or reference.leans) else Focus(),
        )

    def _intent(
        self,
        ranked: Sequence[tuple[str, float]],
        text: str,
        mentions: Sequence[Mention],
        shape: Cues,
        language: str,
    ) -> tuple[str, float]:
        """The likeliest intent with its nearness, unless the question's words speak against it."""
        intent, confidence = ranked[0]
        if intent == OPEN:
            # What says nothing beyond the words of an intent that is near asks for no detail.
            for other, nearness in ranked[1:_NEAR]:
                worded = not self._carries(text, mentions, language, intent=other)
                if nearness >= CLEAR and worded:
                    intent, confidence = other, nearness
                    break
        if intent in _ENUMERATING and (shape.has("why", text) or shape.has("how", text)):
            intent = OPEN
        return intent, confidence

    def _is_known(self, text: str, language: str) -> bool:
        """Whether the corpus holds half of the text's carrying words or more."""
        terms = [alias_terms(term, self._language) for term in content_terms(text, language)]
        known = sum(any(form in self._vocabulary for form in forms) for forms in terms)
        return bool(terms) and known >= len(terms) / 2

    def _carries(
        self,
        text: str,
        mentions: Sequence[Mention],
        language: str,
        *,
        intent: str = OPEN,
        names: bool = True,
    ) -> bool:
        """Whether the text says anything but what it is about and, if given, its intent; with or
        without other `names`.
        """
        shape = cues(language)
        return any(
            fold(word.text) not in function_words(language)
            and (names or not self._is_strange(word.text, position, language))
            and not shape.is_plain(fold(word.text))
            and not self.intents.words_it(intent, fold(word.text))
            and not any(m.start <= word.start < m.end for m in mentions)
            and not any(p.start_offset <= word.start < p.end_offset for p in find_periods(text))
            for position, word in enumerate(words(text))
        )

    def _mend(self, asked: str, language: str) -> str:
        """The text with typing errors mended. Names are left: a near word isn't the name."""
        if language != "en":
            return asked
        mended = asked
        for position, word in reversed(list(enumerate(words(asked)))):
            if fold(word.text) in function_words(language):
                continue
            better = self.lexicon.mend(word.text)
            name = position > 0 and word.text[0].isupper()
            if better != word.text and (not name or self.lexicon.is_own(better)):
                mended = mended[: word.start] + better + mended[word.end :]
        return mended

    def _terms(self, text: str, language: str, intent: str, asked_in: str) -> list[Term]:
        """The carrying words of the search text, which is in `language`, but for the words of the
        language it was `asked_in` that could not be translated.
        """
        mentions = self._gazetteer.find(text, language)
        periods = find_periods(text)
        found: dict[str, Term] = {}
        for position, word in enumerate(words(text)):
            folded = fold(word.text)
            if (
                folded in function_words(language)
                or any(period.start_offset <= word.start < period.end_offset for period in periods)
                or _YEAR.fullmatch(word.text)
            ):
                continue
            at = [m.kind for m in mentions if m.start <= word.start < m.end]
            named = any(kind is not MentionKind.PERSON for kind in at)
            plain = MentionKind.PERSON in at or self._is_plain(folded, language, intent)
            strange = all(
                self._is_strange(word.text, position, spoken) for spoken in {language, asked_in}
            )
            forms = alias_terms(folded, self._language)
            found.setdefault(
                folded,
                Term(
                    word=word.text,
                    terms=forms,
                    known=named or any(form in self._vocabulary for form in forms),
                    name=named or (not plain and strange),
                    mentioned=named,
                    plain=plain,
                ),
            )
        return list(found.values())

    def _is_plain(self, folded: str, language: str, intent: str) -> bool:
        english = [folded, *(fold(word.text) for word in words(to_english(folded, language)))]
        return cues(language).is_plain(folded) or any(
            self.intents.words_it(intent, word) for word in english
        )

    def _is_strange(self, word: str, position: int, language: str) -> bool:
        """Whether a word looks like a name: no word of the language, or out of its case."""
        capital = position > 0 and word[0].isupper() and language != "de"
        inner = any(char.isupper() for char in word[1:]) or any(char.isdigit() for char in word)
        if word.isdigit() or len(word) == 1:
            return False
        if len(word) <= _ABBREVIATED and word.islower():
            return False
        return capital or inner or not self.lexicon.is_common(word, language)


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
    return not (has_project and intent in _OF_NO_PROJECT)


def _head(text: str, shape: Cues, terms: Sequence[Term]) -> tuple[Term, ...]:
    """The carrying words that stand right behind "which" or "what"."""
    start = shape.find("heads", text)
    if start is None:
        return ()
    behind = words(text[start:])[1:]
    by_word = {term.word: term for term in terms}
    head: list[Term] = []
    for word in behind:
        if word.text not in by_word:
            break
        head.append(by_word[word.text])
    return tuple(head)


def _reshaped(intent: str, text: str, shape: Cues, *, counts: bool, yes_no: bool) -> str:
    """The intent, where a cue tells that of two near ones the other is meant."""
    if intent in _DURATIONS and shape.has("duration", text):
        return "work_duration"
    if intent == "work_duration" and not shape.has("duration", text):
        return "work_period" if shape.has("when", text) else intent
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
    if of_job and _asks_for_employer(text, shape):
        return "employer"
    return intent


def _period(text: str) -> Period | None:
    """The first time that the text names; of a quantity ("up to 2021") at least the year."""
    found = find_periods(text) or [
        replace(period, start_offset=match.start(), end_offset=match.end())
        for match in _YEAR.finditer(text)
        for period in find_periods(match[0])
    ]
    return next(iter(found), None)


def _names_company(mentions: Sequence[Mention]) -> bool:
    return any(mention.kind is MentionKind.COMPANY for mention in mentions)


def _asks_for_employer(text: str, shape: Cues) -> bool:
    """Whether "which" stands before a word for a place of work: "Which firm did he join?"."""
    start = shape.find("heads", text)
    behind = [] if start is None else words(text[start:])[1:3]
    return any(fold(word.text) in organisation_nouns() for word in behind)


def _counted(text: str, start: int, terms: Sequence[Term]) -> Term | None:
    """The first carrying word after "how many"."""
    after = [t for t in terms if not t.mentioned and text.find(t.word, start) >= 0]
    return min(after, key=lambda term: text.find(term.word, start), default=None)


def _relation(shape: Cues, text: str) -> Relation | None:
    told = shape.without("bounds", text)  # "since when" asks for no time after
    for relation in Relation:
        if shape.has(relation.value, told):
            return relation
    return None


def _masked(text: str, mentions: Sequence[Mention]) -> str:
    """The text with what the résumé names replaced by common words of its kind."""
    masked = text
    places = {(mention.start, mention.end): mention.kind for mention in reversed(mentions)}
    for (start, end), kind in sorted(places.items(), reverse=True):
        if kind is not MentionKind.TITLE:
            masked = masked[:start] + STAND_INS[kind.value] + masked[end:]
    return masked
