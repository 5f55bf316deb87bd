"""The answerers in their order, over one index."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial

from bot.answers.answer import Answer, Outcome
from bot.answers.curated import CuratedAnswerer
from bot.answers.evidence import plausibility
from bot.answers.facts import answer_facts
from bot.answers.focus import focus_of
from bot.answers.passages import PassageAnswerer
from bot.answers.search import cosines
from bot.answers.smalltalk import answer_smalltalk
from bot.answers.wording import Wording
from bot.index.load import Index
from bot.questions.intents import Intents
from bot.questions.lexicon import Lexicon
from bot.questions.mentions import names_work
from bot.questions.question import Focus, MentionKind, Question
from bot.questions.understand import Understanding
from bot.timing import stage
from bot.words import fold, words

# Intents that may be about a project or a job which is described, not named, and how sure it
# must be.
_OF_ONE_PROJECT = frozenset({"project_organization", "project_language", "employer"})
_OF_ONE_JOB = frozenset({"work_duration", "work_period", "employer", "position"})
_SURE = 0.6
_FEW = 3  # words that carry a question which can be about nothing but what was said before
_TURNS = 6  # questions of a conversation that are taken into account


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as it was understood, its answer, and what the conversation is about then."""

    question: Question
    answer: Answer
    focus: Focus


class Answerer:
    """Answers conversations from one index. Immutable; safe to call from several threads."""

    def __init__(self, index: Index, today: Callable[[], date] | None = None) -> None:
        """`today` is asked only for what is counted up to now."""
        self.index = index
        self._today = today or (lambda: datetime.now(UTC).date())
        self.profile = index.passages.profile()
        own: dict[str, int] = {}
        for passage in index.passages.all():
            for word in words(passage.text):
                own[fold(word.text)] = own.get(fold(word.text), 0) + 1
        self._understanding = Understanding(
            Intents(index.encoder, index.fitted),
            Lexicon(own, index.dictionary),
            self.profile,
            index.passages.vocabulary(),
            index.passages.languages()[0],
        )
        self._curated = CuratedAnswerer(index)
        self._passages = PassageAnswerer(index, self.profile, self._understanding.intents)

    @property
    def name(self) -> str | None:
        """The candidate's name, if the résumé gives one."""
        return self.profile.basics.name.text if self.profile.basics.name else None

    def converse(self, questions: Sequence[str]) -> Turn:
        """Answer the last of a conversation's questions, which are the oldest first."""
        turn: Turn | None = None
        for asked in questions[-_TURNS:]:
            turn = self._answer(asked, turn)
        assert turn is not None
        return turn

    def _answer(self, asked: str, before: Turn | None) -> Turn:
        with stage("understand"):
            question = self._understanding.question(
                asked,
                before.question if before else None,
                before.focus if before else None,
            )
        wording = Wording(question.language, self.name)
        with stage("answer"):
            answer = (
                self._curated.answer(question)
                or answer_smalltalk(question, wording)
                or self._going_on(question, wording)
                or self._anew(question, wording)
            )
        return Turn(question, answer, self._focus(question, answer, before))

    def _anew(self, question: Question, wording: Wording) -> Answer:
        """The answer to a question that stands alone."""
        alone = question if question.mentions else replace(question, about=Focus())
        return (
            self._facts(alone, wording)
            or self._about_nearest(alone, wording)
            or self._passages.answer(alone, wording)
        )

    def _going_on(self, question: Question, wording: Wording) -> Answer | None:
        """The answer from what the conversation is about; NOT_STATED if the question is about
        nothing else and that doesn't say, None if it may stand alone.
        """
        passages = self._passages
        elsewhere = question.mentions or any(term.name for term in question.rest)
        if elsewhere or not question.goes_on:
            lone = replace(question, about=Focus())
            answer = self._facts(lone, wording)
            return answer or (None if elsewhere else passages.follow_up(question, wording))
        if not question.about:
            points = question.refers_back and not (question.rest or question.period)
            return passages.not_stated(question, wording) if points else None
        only = len(question.rest) <= _FEW and not question.period
        return (
            (passages.follow_up(question, wording, whole=True) if question.rest else None)
            or self._facts(question, wording)
            or passages.follow_up(question, wording)
            or (passages.not_stated(question, wording) if only else None)
        )

    def _focus(self, question: Question, answer: Answer, before: Turn | None) -> Focus:
        """What the conversation is about after the answer: what was found, or else what it was
        about before, if the question didn't turn to something else.
        """
        if answer.outcome.found:
            return focus_of(answer, self.profile, self.index.passages)
        if before and (question.goes_on or answer.outcome is Outcome.SMALLTALK):
            return before.focus
        return Focus()

    def _facts(self, question: Question, wording: Wording) -> Answer | None:
        return answer_facts(
            question,
            self.profile,
            self.index.passages,
            wording,
            self._today(),
            partial(cosines, self.index, question),
        )

    def _about_nearest(self, question: Question, wording: Wording) -> Answer | None:
        """The fact that is asked for, of the project or job that the question describes without
        naming it: "For which firm did he rework the ticket system?", "How long was she at the
        hospital by the sea?".
        """
        of_job = question.intent in _OF_ONE_JOB and bool(question.rest) and names_work(question)
        if not (of_job or question.intent in _OF_ONE_PROJECT):
            return None
        skills_only = len(question.mentions) == len(question.named(MentionKind.SKILL))
        if question.goes_on or question.unknown or not skills_only:
            return None
        ranked = self._passages.ranking.rank(question)
        if not ranked or plausibility(ranked[0][1]) < _SURE:
            return None
        entry = ranked[0][0].passage.entry
        profile = self.profile
        pool = [*profile.projects, *(profile.work if of_job else ())]
        if entry is None or all(item.entry != entry for item in pool):
            return None
        found = replace(question, about=Focus((entry,)), goes_on=True, terms=())
        return self._facts(found, wording)
