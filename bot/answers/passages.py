"""The passages answerer: the lines of the résumé that answer, as they stand there."""

from collections.abc import Sequence

from bot.answers.answer import Answer, Outcome, Statement
from bot.answers.degrees import levels
from bot.answers.evidence import (
    asked_change,
    certainty,
    expected_kind,
    length_told,
    plausibility,
    rank_score,
)
from bot.answers.ranking import Ranked, Ranking
from bot.answers.search import Hit
from bot.answers.wording import Wording, words_in
from bot.data import load_yaml
from bot.dates import find_periods
from bot.documents import Kind
from bot.index.load import Index
from bot.index.store import PassageStore
from bot.passages import Passage
from bot.profile.profile import Dates, Education, Experience, Profile, Span, Value
from bot.questions.cues import cues
from bot.questions.intents import Intents
from bot.questions.question import Question
from bot.questions.related import groups_in
from bot.words import DEFAULT_LANGUAGE, ends_in_colon, holds_phrase, terms, words

NAME = "passages"
_LEAST_CERTAINTY = 0.4
_LEAST_SETTLED = 0.25  # for a line that holds a word of the only topic that is asked for,
_LEAST_PLAUSIBLE = 0.6  # for a line that is dated by its entry,
_LEAST_GIVEN = 0.2  # for what goes on about the passage's entry,
_LEAST_HINTED = 0.5  # and for what may
_MOST_WORDS = 55
_MOST_RELATED = 3
_SIBLINGS = 3  # items of one list among the
_NEXT = 4  # first passages
_LONGEST_BARE = 100  # characters
_MORE_WORDS = 3  # that a title has besides what the Profile knows of it


class PassageAnswerer:
    """Finds the passages that answer, and decides whether they do."""

    def __init__(self, index: Index, profile: Profile, intents: Intents) -> None:
        self._index = index
        self._profile = profile
        self._intents = intents
        self.ranking = Ranking(index, profile)
        self._bare = _bare_lines(index.passages, profile)
        self._levels = {
            study.entry: levels((study.study_type or study.heading).text)
            for study in profile.education
        }
        self._dates = {e.entry: e.dates.period for e in profile.experiences if e.dates}

    def answer(self, question: Question, wording: Wording) -> Answer:
        """The best passages; NOT_STATED if none is likely enough to answer."""
        if question.unknown:  # whatever the passages say, and however near they are
            unread = self.ranking.unread(question)
            return self.not_stated(question, wording, [hit for hit, _ in unread])
        ranked = self.ranking.rank(question)
        fitting = self._fitting(question, ranked)
        fitting = self.ranking.read_again(question, fitting)
        needs = self._intents.needs(question.intent)
        # Where nothing else is asked, a line that holds a word of the topic settles it.
        least = _LEAST_SETTLED if needs and not question.rest else _LEAST_CERTAINTY
        if not fitting or certainty(fitting[0][1]) < least:
            dated = None if needs else self._dated(question, ranked, wording)
            return dated or self.not_stated(question, wording, [hit for hit, _ in ranked])
        worked_out = self._worked_out(question, fitting[0][0].passage, wording)
        return worked_out or self._found(question, fitting)

    def follow_up(
        self, question: Question, wording: Wording, *, whole: bool = False
    ) -> Answer | None:
        """The passages of what the conversation is about, if one of them answers; with `whole`,
        only if it holds every word that carries the question.

        The bar is lower than for a fresh question, since the topic is given.
        """
        fitting = self._fitting(question, self.ranking.in_focus(question))
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

    def _fitting(self, question: Question, ranked: Ranked) -> Ranked:
        """Those passages that nothing speaks against."""
        needs = self._intents.needs(question.intent)
        given = cues(question.language).has("gives", question.text)
        return [
            (hit, evidence)
            for hit, evidence in ranked
            if not evidence.kind_lacks
            and hit.passage.id not in self._bare
            and self._is_in_time(hit.passage, question)
            and not self._is_of_another_degree(hit.passage, question)
            and not (
                question.asks_who
                and question.rest
                and not evidence.own_coverage
                # The fields of a row have no verb.
                and not (given and question.goes_on and hit.passage.kind is Kind.ROW)
            )
            and (not needs or _meets(hit.passage.text, question.search, needs))
        ]

    def _found(self, question: Question, ranked: Ranked) -> Answer:
        best = ranked[0][0].passage
        leads = [hit.passage.lead for hit, _ in ranked[:_NEXT]]
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
        related = tuple(hit.passage.id for hit in hits[:_MOST_RELATED] if hit.cosine > 0.3)
        if missing:
            what = ", ".join(dict.fromkeys(missing))
            text = wording.say("not_mentioned", what=what)
        else:
            text = wording.say("not_stated")
        return Answer(Outcome.NOT_STATED, (Statement(text),), NAME, related, focus=question.focus)


def _bare_lines(passages: PassageStore, profile: Profile) -> frozenset[int]:
    """The lines that only name or date an entry: the facts answerer says what they say."""
    bare = {passage.id for passage in passages.all() if passage.kind is Kind.HEADING}
    basics = profile.basics
    told_of: list[tuple[Value | Dates | None, ...]] = [_facts_of(e) for e in profile.entries]
    for told in [*told_of, (basics.name, basics.label, basics.email)]:
        spans = [span for value in told if value is not None for span in value.spans]
        for span in spans:
            for passage in passages.between(span.source, span.start, span.end):
                if passage.end - passage.start > _LONGEST_BARE or _says_more(passage, spans):
                    bare.discard(passage.id)
                else:
                    bare.add(passage.id)
    return frozenset(bare)


def _facts_of(entry: Experience | Education) -> tuple[Value | Dates | None, ...]:
    """What the Profile knows of an entry's title."""
    if isinstance(entry, Education):
        named = (entry.institution, entry.area, entry.study_type, entry.score)
    else:
        named = (entry.name, entry.position, entry.organization, entry.kind)
    return (*named, entry.dates, entry.location, entry.url)


def _says_more(passage: Passage, told: Sequence[Span]) -> bool:
    """Whether the passage has more words than those of the spans."""
    text = list(passage.text)
    if len(text) != passage.end - passage.start:
        return False  # its text isn't as the source has it: offsets can't be compared
    for span in told:
        if span.source == passage.source:
            for at in range(max(span.start, passage.start), min(span.end, passage.end)):
                text[at - passage.start] = " "
    left = [word for word in words("".join(text)) if word.text.isalpha() and len(word.text) > 2]
    return len(left) >= _MORE_WORDS


def _meets(text: str, asked: str, needs: Sequence[str]) -> bool:
    """Whether the text holds one of the words, and speaks of what is asked in related ones."""
    spoken_of = groups_in(asked)
    told = any(holds_phrase(text, word) for word in needs)
    return told and not (spoken_of and spoken_of.isdisjoint(groups_in(text)))
