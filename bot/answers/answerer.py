"""The answerers in their order, over one index."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial

from bot.answers.answer import Answer, Outcome, Statement
from bot.answers.curated import CuratedAnswerer
from bot.answers.degrees import levels
from bot.answers.described import only_entry_of, taken_for_employer, with_employer
from bot.answers.expected import expected_kind
from bot.answers.facts import answer_facts
from bot.answers.facts.asked import NAME as FACTS
from bot.answers.focus import focus_of
from bot.answers.passages import PassageAnswerer
from bot.answers.reading import Reading
from bot.answers.search import cosines
from bot.answers.smalltalk import answer_smalltalk
from bot.answers.wording import Wording
from bot.index.load import Index
from bot.questions.cues import cues
from bot.questions.intents import Intents
from bot.questions.lexicon import Lexicon
from bot.questions.mentions import names_work
from bot.questions.question import JOB_KINDS, Focus, MentionKind, Question
from bot.questions.understand import Understanding
from bot.timing import stage
from bot.words import folded_words

# Intents that may be about a project or a job which is described, not named.
_OF_ONE_PROJECT = frozenset({"project_organization", "project_language", "employer"})
_OF_ONE_JOB = frozenset({"work_duration", "work_period", "employer", "position"})
# Log-odds of the nearest passage, from which its entry is taken for the one; or how many of those
# that were read must be of it, if it is a project.
_DESCRIBED = -2.0
_AGREEING = 3
# Nearness to an example from which a fact is plainly asked for, and from which it is though the
# question says more: "In which languages can beekeepers read her pamphlet?"
_PLAIN = 0.65
_VERY_PLAIN = 0.75
_SUMMARY = 0.6  # the same where the candidate is to be summed up
_MORE = 2  # words of it
# Log-odds from which a passage speaks against "the résumé doesn't say", from which against a fact,
# and by how much it must be ahead of the lines that prove that.
_CONTRADICTING = 0.0
_OVERRULING = 1.0
_AS_WELL = 1.5
_ON_TOPIC = 2.0  # log-odds from which a passage speaks against "that isn't about the candidate"
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
        self._understanding = Understanding(
            Intents(index.encoder, index.fitted),
            Lexicon(folded_words(index.passages.texts()), index.dictionary),
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
                or self._smalltalk(question, wording)
                or self._told(question, wording)
            )
        return Turn(question, answer, self._focus(question, answer, before))

    def _smalltalk(self, question: Question, wording: Wording) -> Answer | None:
        """The fixed line, if the question isn't about the candidate; of one that goes on about
        something, a passage that clearly answers speaks against it.
        """
        answer = answer_smalltalk(question, wording)
        if answer and question.intent == "off_topic" and question.goes_on:
            readings, _ = self._passages.read(question, focused=bool(question.about))
            if readings and readings[0].relevance >= _ON_TOPIC:
                return None
        return answer

    def _told(self, question: Question, wording: Wording) -> Answer:
        """The answer by the Profile or by the passages, whichever the question is for.

        A fact that is plainly asked for stands. Any other gives way to a passage that the reader
        finds to answer, if it finds none of those that prove the fact to do so.
        """
        question = with_employer(question, self.profile, self.index.passages)
        elsewhere = question.mentions or any(term.name for term in question.rest)
        if elsewhere or not question.goes_on:
            question = replace(question, about=Focus())
        elif question.refers_back and not (question.about or question.rest or question.period):
            return self._passages.not_stated(question, wording)
        if name := taken_for_employer(question, self.index.passages):
            text = wording.say("no_job_at", what=name)
            return Answer(Outcome.NOT_STATED, (Statement(text),), FACTS, focus=question.focus)
        fact = self._facts(question, wording)
        if fact and self._leaves_topic(fact, question):
            fact = None
        if fact and _is_plain(question, fact):
            return fact
        few = len(question.rest) <= _FEW and not question.period
        focused = bool(question.goes_on and question.about and few)
        readings, near = self._passages.read(question, focused=focused)
        if fact and not self._is_overruled(fact, question, readings):
            return fact
        answer = self._passages.answer(question, wording, readings, near)
        if answer is None and fact is None:
            answer = self._about_nearest(question, wording, readings)
        return answer or fact or self._passages.not_stated(question, wording, near)

    def _leaves_topic(self, fact: Answer, question: Question) -> bool:
        """Whether the fact is none of what a question goes on about: "Did she win a prize?",
        "Which place was it?" isn't answered by where she lives.
        """
        about = question.about
        turns = question.period or question.pick or question.relation or question.other
        leans = question.refers_back or question.confidence < _VERY_PLAIN
        if turns or not (question.goes_on and about and leans):
            return False
        cited = {i for said in fact.statements for i in said.proof}
        entries = {passage.entry for passage in self.index.passages.passages(sorted(cited))}
        return not (cited & set(about.passages) or entries & set(about.entries))

    def _is_overruled(self, fact: Answer, question: Question, readings: Sequence[Reading]) -> bool:
        """Whether a passage clearly answers, and none that the fact cites about as well; or one
        speaks against "the résumé doesn't say" that isn't of the very item that lacks it.
        """
        if not fact.outcome.found:
            others = [reading for reading in readings if reading.passage.id not in fact.related]
            return bool(others) and others[0].relevance >= _CONTRADICTING
        if not readings or readings[0].relevance < _OVERRULING:
            return False
        cited = dict.fromkeys(i for said in fact.statements for i in said.proof)
        if readings[0].passage.id in cited:
            return False
        best = self._passages.reader.best_of(question, cited)
        return best < readings[0].relevance - _AS_WELL

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

    def _about_nearest(
        self, question: Question, wording: Wording, readings: Sequence[Reading]
    ) -> Answer | None:
        """The fact that is asked for, of the project or job that the question describes without
        naming it: "For which firm did he rework the ticket system?", "How long was she at the
        hospital by the sea?", "For how many years did she cook the free lunches?".
        """
        skills_only = len(question.mentions) == len(question.named(MentionKind.SKILL))
        if question.goes_on or question.unknown or not skills_only:
            return None
        profile = self.profile
        of_job = question.intent in _OF_ONE_JOB and bool(question.rest) and names_work(question)
        entry: int | None = None
        if expected_kind(question) == "duration" and not of_job:
            entry = only_entry_of(question, self.index.passages)
            pool = [*profile.projects, *profile.volunteer]
            question = replace(question, intent="work_duration")
        elif (of_job or question.intent in _OF_ONE_PROJECT) and readings:
            entry = readings[0].passage.entry
            agreeing = sum(reading.passage.entry == entry for reading in readings)
            by_many = agreeing >= _AGREEING and all(job.entry != entry for job in profile.work)
            if readings[0].relevance < _DESCRIBED and not by_many:
                return None
            pool = [*profile.projects, *(profile.work if of_job else ())]
        if entry is None or all(item.entry != entry for item in pool):
            return None
        found = replace(question, about=Focus((entry,)), goes_on=True, terms=())
        return self._facts(found, wording)


def _is_plain(question: Question, fact: Answer) -> bool:
    """Whether the question asks for the fact so plainly that no line can speak against it; that
    the résumé doesn't say is such a fact of a name that isn't in it, of a time, and of jobs abroad.
    """
    if cues(question.language).has("abroad", question.text):
        return True
    if not (fact.outcome.found or question.unknown or question.period):
        return False
    said = any(term.known for term in question.rest) or levels(question.text)
    of_all = question.intent == "summary" and not said
    if of_all and fact.outcome.found and question.confidence >= _SUMMARY:
        return True  # no single line sums somebody up
    # "Who hired her after Acme?" names a job only to ask for the one beside it.
    beside = question.relation and question.named(*JOB_KINDS)
    says_more = len(question.rest) >= _MORE and not beside
    least = _VERY_PLAIN if says_more else _PLAIN
    return question.confidence >= least
