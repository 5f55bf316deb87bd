"""The passages answerer: the lines of the résumé that answer, as they stand there."""

from collections.abc import Sequence

from bot.answers.answer import Answer, Outcome, Statement
from bot.answers.evidence import (
    Evidence,
    asked_change,
    certainty,
    expected_kind,
    length_told,
    plausibility,
    rank_score,
)
from bot.answers.fitness import Fitness
from bot.answers.ranking import READ_AGAIN, Ranked, Ranking
from bot.answers.search import Hit
from bot.answers.wording import Wording, words_in
from bot.data import load_yaml
from bot.index.load import Index
from bot.passages import Passage
from bot.profile.profile import Profile
from bot.questions.cues import cues
from bot.questions.intents import Intents
from bot.questions.question import Question
from bot.words import DEFAULT_LANGUAGE, ends_in_colon, terms

NAME = "passages"
_LEAST_CERTAINTY = 0.6
_LEAST_ALONE = -1.1  # of a line that has nothing to do with the question it is about -1.13
_LEAST_PLAUSIBLE = 0.6  # for a line that is dated by its entry,
_LEAST_GIVEN = 0.2  # for what goes on about the passage's entry,
_LEAST_HINTED = 0.5  # and for what may
_MOST_WORDS = 55
_MOST_RELATED = 3
_LEAST_NEAR = 0.3  # cosine of a passage that is shown as related
_SIBLINGS = 3  # items of one list among the
_NEXT = 4  # first passages


class PassageAnswerer:
    """Finds the passages that answer, and decides whether they do."""

    def __init__(self, index: Index, profile: Profile, intents: Intents) -> None:
        self._index = index
        self._profile = profile
        self._intents = intents
        self._fitness = Fitness(index.passages, profile, intents)
        self.ranking = Ranking(index, profile, self._fitness)

    def answer(self, question: Question, wording: Wording) -> Answer:
        """The best passages; NOT_STATED if none is likely enough to answer."""
        unread = self.ranking.unread(question)
        if question.unknown:  # whatever the passages say, and however near they are
            return self.not_stated(question, wording, [hit for hit, _ in unread])
        ranked = self.ranking.read(question, unread)
        fitting = self._fitness.among(ranked, question)
        if any(certainty(evidence) >= _LEAST_CERTAINTY for _, evidence in fitting[:READ_AGAIN]):
            fitting = self.ranking.read_again(question, fitting)
        needs = self._intents.needs(question.intent)
        if not fitting or not _answers(fitting[0][1]):
            dated = None if needs else self._dated(question, ranked, wording)
            near = [hit for hit, _ in (*ranked, *unread)]
            return dated or self.not_stated(question, wording, near)
        worked_out = self._worked_out(question, fitting[0][0].passage, wording)
        return worked_out or self._found(question, fitting, unread)

    def follow_up(
        self, question: Question, wording: Wording, *, whole: bool = False
    ) -> Answer | None:
        """The passages of what the conversation is about, if one of them answers; with `whole`,
        only if it holds every word that carries the question.

        The bar is lower than for a fresh question, since the topic is given.
        """
        fitting = self._fitness.among(self.ranking.in_focus(question), question)
        # A date or a yes is no answer by itself: the line must hold what it is asked of.
        held = question.rest and (question.yes_no or expected_kind(question) == "when")
        fitting = [
            (hit, evidence)
            for hit, evidence in fitting
            if (not whole or evidence.own_coverage == 1)
            and (not held or evidence.own_coverage or evidence.related)
        ]
        if question.unknown or not fitting:
            return None
        if self._intents.needs(question.intent) and not question.rest:
            return self._found(question, fitting)  # the line holds a word that settles it
        sure = plausibility(self.ranking.by_itself(question, fitting[0][0]))
        least = _LEAST_GIVEN if question.goes_on and not whole else _LEAST_HINTED
        if not self._is_english(question):  # which is all that the models know
            least /= 2
        if sure < least:
            return None
        worked_out = self._worked_out(question, fitting[0][0].passage, wording)
        return worked_out or self._found(question, fitting)

    def _is_english(self, question: Question) -> bool:
        languages = {question.language, *self._index.passages.languages()[:1]}
        return languages == {DEFAULT_LANGUAGE}

    def _found(
        self, question: Question, ranked: Ranked, unread: Sequence[tuple[Hit, Evidence]] = ()
    ) -> Answer:
        """The best passage with what belongs to it; `unread` tells whether a list is meant."""
        best = ranked[0][0].passage
        leads = [hit.passage.lead for hit, _ in unread[:_NEXT]]
        which = cues(question.language).has("heads", question.text)
        if which and best.lead is not None and leads.count(best.lead) >= _SIBLINGS:
            # Several items of one list say that the list is meant.
            best = self._index.passages.passages([best.lead])[0]
        best = self._leading(best, question)
        group = self._list_of(best)
        chosen = group if len(group) > 1 else self._together(ranked)
        statements: list[Statement] = []
        title = self._index.passages.title_of(best)
        for i, passage in enumerate(chosen):
            before = "; "
            if i == 0:
                before = f"{title}: " if title else ""
            elif i == 1 and len(group) > 1:
                before = ": "
            statement = Statement(before + passage.text.rstrip(".;,:："), (passage.id,))
            if statements and words_in([*statements, statement]) > _MOST_WORDS:
                break
            statements.append(statement)
        focus = tuple(dict.fromkeys(p.entry for p in chosen if p.entry is not None))
        return Answer(Outcome.ANSWERED, (*statements, Statement(".")), NAME, focus=focus)

    def _worked_out(self, question: Question, best: Passage, wording: Wording) -> Answer | None:
        """How far a figure moved or how long something took, if the line gives both ends."""
        change = asked_change(question, best.text)
        months = length_told(best.text) if expected_kind(question) == "duration" else None
        if change is not None:
            told = wording.say(
                "change_points" if change.percent else "change",
                n=change.amount,
                before=change.before,
                after=change.after,
            )
        elif months is not None:
            told = wording.say("lasted", length=wording.length(months))
        else:
            return None
        text = f"{told}: {best.text.rstrip('.;')}"
        focus = () if best.entry is None else (best.entry,)
        return Answer(
            Outcome.ANSWERED, (Statement(text, (best.id,)), Statement(".")), NAME, focus=focus
        )

    def _dated(self, question: Question, ranked: Ranked, wording: Wording) -> Answer | None:
        """When the entry was that the best line stands in: "Since when does she teach?"."""
        if expected_kind(question) != "when" or not ranked or not ranked[0][1].own_coverage:
            return None
        hit, evidence = ranked[0]
        passage = hit.passage
        experiences = self._profile.experiences
        entry = next((e for e in experiences if e.entry == passage.entry), None)
        sure = plausibility(evidence) >= _LEAST_PLAUSIBLE
        if entry is None or entry.dates is None or passage.entry is None or not sure:
            return None
        title = (entry.name or entry.heading).text
        span = entry.dates.spans[0]
        proof = self._index.passages.at(span.source, span.start)
        text = f"{title} ({wording.period(entry.dates.period)}): {passage.text.rstrip('.;')}"
        shown = (passage.id,) if proof is None else (proof, passage.id)
        return Answer(
            Outcome.ANSWERED, (Statement(text, shown), Statement(".")), NAME, focus=(passage.entry,)
        )

    def _leading(self, best: Passage, question: Question) -> Passage:
        """The line of the same entry that introduces a list of what is asked for, if there is
        one: for "Which protocol layers …" the line "Implemented layers:".
        """
        if best.entry is None or not question.head or question.head[-1].mentioned:
            return best
        wanted = set(question.head[-1].terms)
        if wanted & set(terms(best.text)):
            return best
        for passage in self._index.passages.of_entry(best.entry):
            if ends_in_colon(passage.text) and wanted & set(terms(passage.text)):
                return passage
        return best

    def _list_of(self, best: Passage) -> list[Passage]:
        """A line that introduces a list, with the list's items."""
        if not ends_in_colon(best.text):
            return [best]
        items = self._index.passages.introduced_by(best.id)
        return [best, *items]

    def _together(self, ranked: Ranked) -> list[Passage]:
        """The best passage, and others of its entry that are about as good."""
        (best, evidence), *others = ranked
        least = rank_score(evidence) - load_yaml("calibration")["alike"]
        alike = [
            hit.passage
            for hit, other in others[:2]
            if rank_score(other) >= least and hit.passage.entry == best.passage.entry
        ]
        return [best.passage, *alike]

    def not_stated(self, question: Question, wording: Wording, hits: Sequence[Hit] = ()) -> Answer:
        """That the résumé doesn't say, with the nearest passages, or doesn't mention a name."""
        missing = question.unknown
        near = dict.fromkeys(hit.passage.id for hit in hits if hit.cosine > _LEAST_NEAR)
        related = tuple(near)[:_MOST_RELATED]
        if missing:
            what = ", ".join(dict.fromkeys(missing))
            text = wording.say("not_mentioned", what=what)
        else:
            text = wording.say("not_stated")
        return Answer(Outcome.NOT_STATED, (Statement(text),), NAME, related, focus=question.focus)


def _answers(evidence: Evidence) -> bool:
    """Whether the passage, read once more alone, is likely enough to be an answer."""
    return certainty(evidence) >= _LEAST_CERTAINTY and evidence.alone >= _LEAST_ALONE
