"""Understanding: the user's words to a Question, with the conversation's help."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.dates import Period, find_periods
from bot.profile.profile import Profile
from bot.questions.cues import Cues, cues
from bot.questions.exclusion import excluded
from bot.questions.intents import OPEN, STAND_INS, YEAR, Intents
from bot.questions.lexicon import Lexicon
from bot.questions.mentions import Gazetteer
from bot.questions.question import (
    JOB_KINDS,
    Focus,
    Mention,
    MentionKind,
    Pick,
    Question,
    Relation,
    Term,
)
from bot.questions.reference import CLEAR, Reading, Reference, asks_of_another, may_refer, resolve
from bot.questions.shape import OF_NO_PROJECT, allowed_intents, behind_which
from bot.questions.terms import TermFinder, counted_in, head_of
from bot.questions.translate import to_english
from bot.words import fold, guess_language

_NEAR = 6  # intents that are looked at where the likeliest asks for a detail
# Intents that become a check where yes or no is asked of an employer and a time.
_OF_A_JOB = frozenset({"why_left", "work_period", "employer", "position", "work_list", "detail"})
# Intents that become one for what was done, where a job is to be summed up.
_NAMED_BY_A_JOB = frozenset({"work_period", "employer", "position", "work_list"})
# Intents of questions that aren't about the candidate, and the nearness from which a question
# is taken for one if the résumé has few of its words.
_STRAYING = frozenset({"off_topic", "injection"})
_STRAY = 0.44
_STRAY_WITH_A_NAME = 0.36  # the same, if it has a name that the résumé hasn't
# Topics that a résumé seldom has.
_SELDOM = frozenset({"family", "age", "nationality", "driving", "health", "availability"})
# Intents that enumerate, which a question for a reason or a way never wants.
_ENUMERATING = OF_NO_PROJECT | {"skill_use", "project_language", "work_list", "work_count"}
# The same of a question for a way alone: "How did she stop people from quitting?".
_WITHOUT_A_WAY = _ENUMERATING | {"why_left"}
# Nearness from which a question about what was said before has an intent whose answer holds
# certain words.
_CLEAR_WITH_NEEDS = 0.4
# Intents of which something can be set aside: "besides English".
_LISTING = frozenset(
    {
        *("employer", "position", "work_list", "work_count", "work_duration", "work_period"),
        "speech_list",
    }
)
_PICKS = tuple(Pick)
_BY_LENGTH = (Pick.LONGEST.value, Pick.SHORTEST.value)
_HEAD = 4  # words behind "which", one of which may be what is asked for
_NEAR_HEAD = 2  # the same where more is said than a technology
_VERB = 2  # words that say what a project has to do with a technology


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
        self._language = language
        self._lexicon = lexicon
        self.intents = intents
        self._gazetteer = Gazetteer(profile, lexicon)
        self._terms = TermFinder(intents, lexicon, self._gazetteer, vocabulary, language)

    def question(
        self, asked: str, before: Question | None = None, about: Focus | None = None
    ) -> Question:
        """Understand `asked`, which follows the question `before`; the conversation was last
        about `about`.
        """
        language = guess_language(asked)
        text = self._terms.in_own_words(self._lexicon.mended(asked, language))
        shape = cues(language)
        if shape.has("left_jobs", text) and any(shape.has(k, text) for k in _BY_LENGTH):
            return replace(
                self._question(asked, text, language, before, about), excludes_current=True
            )
        if shape.has("excluding", text):
            apart = excluded(text, self._gazetteer.find(text, language), shape)
            rest = self._question(asked, apart.text, language, before, about)
            if apart.text != text and rest.intent in _LISTING:
                return replace(rest, excluded=apart.mentions, excludes_current=apart.current)
        return self._question(asked, text, language, before, about)

    def _question(
        self,
        asked: str,
        text: str,
        language: str,
        before: Question | None,
        about: Focus | None,
    ) -> Question:
        if language == self._language:
            self.intents.begin(text)  # on another core, while the question is being understood
        mentions = self._gazetteer.find(text, language)
        shape = cues(language)
        period = _period(text, shape)
        yes_no = shape.opens("yes_no_openers", text) or shape.closes("tags", text)
        ranked = allowed_intents(
            self.intents.rank(to_english(_masked(text, mentions), language)),
            text,
            shape,
            mentions,
            yes_no=yes_no,
            goes_on=before is not None and may_refer(text, language),
        )
        intent, confidence = self._intent(ranked, text, mentions, shape, language)
        relation = _relation(shape, text)
        pick = _pick(shape, text, intent)
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
                carries=self._terms.carries(text, mentions, language),
                carries_words=self._terms.carries(text, mentions, language, names=False),
            )
            read, reference = resolve(alone, before, topic=bool(about))
            intent, confidence, pick, yes_no = read.intent, read.confidence, read.pick, read.yes_no
        goes_on = reference.goes_on
        if yes_no and period and intent in _OF_A_JOB and _names_company(mentions):
            intent, confidence = "company_check", max(confidence, CLEAR)
        sums_up = shape.has("sums_up", text) and not shape.has("why", text)
        if sums_up and intent in _NAMED_BY_A_JOB and any(m.kind in JOB_KINDS for m in mentions):
            intent = "work_tasks"
        needs = goes_on and about and self.intents.needs(intent)
        if confidence < (_CLEAR_WITH_NEEDS if needs else CLEAR):
            intent = OPEN
        foreign = language != self._language
        search = to_english(text, language) if foreign else text
        search_language = "en" if foreign else language
        told = self._gazetteer.find(search, search_language) if foreign else mentions
        mentions = _with_speeches(mentions, told)
        search = self._terms.with_places(search, told, search_language)
        terms = self._terms.find(search, search_language, intent, language)
        if intent in _SELDOM and any(not term.plain and not term.mentioned for term in terms):
            # It says more than the topic: "Has he ever taught kids?" isn't about his family.
            intent = OPEN
            terms = self._terms.find(search, search_language, intent, language)
        if not yes_no and not goes_on and _asks_which_projects(text, shape, mentions, terms):
            # "Which systems lean on Kafka?", whatever the verb is.
            intent, confidence = "project_list", max(confidence, CLEAR)
            terms = [term if term.name else replace(term, plain=True) for term in terms]
        elif not yes_no and not goes_on and _asks_which_projects_of(text, shape, mentions, terms):
            intent, confidence = "project_list", max(confidence, CLEAR)
            terms = self._terms.find(search, search_language, intent, language)
        elif intent == OPEN and shape.single("any_employer") & set(behind_which(text, shape, 1)):
            intent, confidence = "employer", max(confidence, CLEAR)
        nearest, nearness = ranked[0]
        strays = nearest == "injection" or not (goes_on and about)
        if intent == OPEN and nearest in _STRAYING and strays and not mentions:
            strange = any(term.name and not term.known for term in terms)
            least = _STRAY_WITH_A_NAME if strange else _STRAY
            if nearness >= least and not self._terms.is_known(text, language):
                intent = nearest
        counted_from = cues(search_language).find("count", search)
        question = Question(
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
            count=shape.has("count", text),
            counted=counted_in(search, counted_from, terms) if counted_from is not None else None,
            head=head_of(search, cues(search_language), terms),
            asks_where=shape.has("where", text)
            or (reference.continues and before is not None and before.asks_where),
            asks_who=shape.has("who", text),
            says_start=shape.has("starts", text),
            says_end=shape.has("ends", text),
            refers_back=reference.refers_back,
            goes_on=goes_on,
            sums_up=sums_up,
            other=shape.has("other", text),
            about=about if about is not None and (goes_on or reference.leans) else Focus(),
        )
        return replace(question, of_another=asks_of_another(question, reference))

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
                worded = not self._terms.carries(text, mentions, language, intent=other)
                if nearness >= CLEAR and worded:
                    intent, confidence = other, nearness
                    break
        for_a_reason = intent in _ENUMERATING and shape.has("why", text)
        if for_a_reason or (intent in _WITHOUT_A_WAY and shape.has("how", text)):
            intent = OPEN
        return intent, confidence


def _asks_which_projects(
    text: str, shape: Cues, mentions: Sequence[Mention], terms: Sequence[Term]
) -> bool:
    """Whether "which" stands before a word for projects, and all else is one technology and a word
    or two that say what it has to do with them.
    """
    behind = behind_which(text, shape, _HEAD)
    if shape.single("project_nouns").isdisjoint(behind):
        return False
    if any(mention.kind is not MentionKind.SKILL for mention in mentions):
        return False
    names = [term for term in terms if term.name and not term.mentioned]
    other = [t for t in terms if not (t.name or t.plain or fold(t.word) in behind)]
    one = len({mention.start for mention in mentions}) + len(names) == 1
    return one and all(term.known for term in names) and len(other) <= _VERB


def _asks_which_projects_of(
    text: str, shape: Cues, mentions: Sequence[Mention], terms: Sequence[Term]
) -> bool:
    """Whether "which" stands before a word for projects, of one employer that is named, and all
    that they are said to be is in everyday words: "Which projects got patches at Acme?".
    """
    behind = behind_which(text, shape, _NEAR_HEAD)
    employer = bool(mentions) and all(m.kind is MentionKind.COMPANY for m in mentions)
    names = any(term.name and not term.mentioned for term in terms)
    return employer and not shape.single("project_nouns").isdisjoint(behind) and not names


def _with_speeches(mentions: Sequence[Mention], told: Sequence[Mention]) -> list[Mention]:
    """The mentions, and the languages that only the translation names: Chinese has no space before
    the name of one.
    """
    named = any(mention.kind is MentionKind.SPEECH for mention in mentions)
    return [*mentions, *(m for m in told if m.kind is MentionKind.SPEECH and not named)]


def _names_company(mentions: Sequence[Mention]) -> bool:
    return any(mention.kind is MentionKind.COMPANY for mention in mentions)


def _period(text: str, shape: Cues) -> Period | None:
    """The first time that the text names; of a quantity ("up to 2021") at least the year."""
    found = find_periods(text) or [
        replace(period, start_offset=match.start(), end_offset=match.end())
        for match in YEAR.finditer(text)
        for period in find_periods(match[0])
    ]
    first = next(iter(found), None)
    if first and first.start and shape.opens("onwards", text[first.end_offset :]):
        return replace(first, end=None, ongoing=True)  # "from 2015 or later"
    return first


def _pick(shape: Cues, text: str, intent: str) -> Pick | None:
    """Which of several entries is asked for, if one is."""
    ordered = shape.without("unordered", text)  # "first aid" is not the first of anything
    pick = next((pick for pick in _PICKS if shape.has(pick.value, ordered)), None)
    # "How long did the job last?", "A rundown of her working life".
    lasts = intent == "work_duration" and pick is Pick.LAST and shape.closes("last", text)
    of_all = intent == "work_list" and shape.has("sums_up", text)
    return None if lasts or of_all else pick


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
