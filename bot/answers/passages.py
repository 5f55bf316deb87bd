"""The passages answerer: the lines of the résumé that answer, as they stand there."""

from collections.abc import Sequence

from bot.answers.answer import Answer, Outcome, Statement
from bot.answers.evidence import (
    Evidence,
    asked_change,
    certainty,
    expected_kind,
    length_told,
    rank_score,
    weigh,
)
from bot.answers.search import Hit, compare, read, search
from bot.answers.wording import Wording, words_in
from bot.data import load_yaml
from bot.dates import Period, find_periods
from bot.documents import Kind
from bot.index.load import Index
from bot.index.store import PassageStore
from bot.passages import Passage
from bot.profile.profile import Dates, Education, Experience, Profile, Value
from bot.questions.cues import cues
from bot.questions.intents import Intents
from bot.questions.question import MentionKind, Question
from bot.timing import stage
from bot.words import DEFAULT_LANGUAGE, fold, terms, words

NAME = "passages"
# The reranker takes most of an answer's time, so it reads few passages: those that nothing speaks
# against and that rank nearly as high as the first by all other evidence. `benchmarks/README.md`
# shows what more of them would bring.
_READ = 4
_CONTENDING = 1.0  # of the ranking: how far below the first
_MOST_IN_FOCUS = 24
_LEAST_CERTAINTY = 0.6
_LEAST_GIVEN = 0.2  # the same for what goes on about the passage's entry,
_LEAST_HINTED = 0.5  # and for what may
_READ_AGAIN = 3  # passages that the reranker reads once more, without names and context
_LEAST_BARE = -11.0  # its logit for a line that has nothing to do with the question is about -11.3
_BARE_WEIGHT = 0.2
# What stands for a name when a line is read by itself: the context that bears the name is missing.
_PRONOUNS = {
    MentionKind.PROJECT: "it",
    MentionKind.COMPANY: "there",
    MentionKind.SCHOOL: "there",
    MentionKind.PERSON: "he",
}
_MOST_WORDS = 55
_MOST_RELATED = 3
_SIBLINGS = 3
_LONGEST_BARE = 100  # characters
_COLONS = (":", "：")


class PassageAnswerer:
    """Finds the passages that answer, and decides whether they do."""

    def __init__(self, index: Index, profile: Profile, intents: Intents) -> None:
        self._index = index
        self._profile = profile
        self._intents = intents
        self._bare = _bare_lines(index.passages, profile)
        entries = [*profile.work, *profile.volunteer, *profile.projects]
        self._dates = {entry.entry: entry.dates.period for entry in entries if entry.dates}

    def answer(self, question: Question, wording: Wording) -> Answer:
        """The best passages; NOT_STATED if none is likely enough to answer."""
        if question.unknown:  # whatever the passages say, and however near they are
            unread = self._ranked(question, *self._found_for(question))
            return self.not_stated(question, wording, [hit for hit, _ in unread])
        hits, named = self._found_for(question)
        ranked = self._read(question, hits, named)
        fitting = self._fitting(question, ranked)
        bare = _LEAST_BARE
        if any(certainty(evidence) >= _LEAST_CERTAINTY for _, evidence in fitting[:_READ_AGAIN]):
            fitting, bare = self._read_again(question, fitting)
        if not fitting or certainty(fitting[0][1]) < _LEAST_CERTAINTY or bare < _LEAST_BARE:
            needs = self._intents.needs(question.intent)
            dated = None if needs else self._dated(question, ranked, wording)
            near = [*ranked, *self._ranked(question, hits, named)]
            return dated or self.not_stated(question, wording, [hit for hit, _ in near])
        worked_out = self._worked_out(question, fitting[0][0].passage, wording)
        return worked_out or self._found(question, fitting)

    def _read_again(
        self, question: Question, ranked: Sequence[tuple[Hit, Evidence]]
    ) -> tuple[list[tuple[Hit, Evidence]], float]:
        """The first passages ranked anew by what they say themselves, and the first one's logit.

        A name in the question makes every line of its entry look like an answer, since the
        entry's title is read with each line. Without the names and the titles that is gone.
        """
        first = list(ranked[:_READ_AGAIN])
        if not first:
            return [], 0.0
        text = _without_names(question)
        with stage("rerank"):
            logits = self._index.reranker.scores(text, [hit.passage.text for hit, _ in first])
        read = sorted(
            zip(first, map(float, logits), strict=True),
            key=lambda pair: -rank_score(pair[0][1]) - _BARE_WEIGHT * pair[1],
        )
        return [*(pair for pair, _ in read), *ranked[_READ_AGAIN:]], read[0][1]

    def follow_up(
        self, question: Question, wording: Wording, *, whole: bool = False
    ) -> Answer | None:
        """The passages of what the conversation is about, if one of them answers; with `whole`,
        only if it holds every word that carries the question.

        The bar is lower than for a fresh question, since the topic is given.
        """
        fitting = self._fitting(question, self._read(question, self._hits_in_focus(question)))
        # A date or a yes is no answer by itself: the line must hold what it is asked of.
        held = question.rest and (question.yes_no or expected_kind(question) == "when")
        least_held = 1.0 if whole else 0.01 if held else 0.0
        fitting = [pair for pair in fitting if pair[1].own_coverage >= least_held]
        if question.unknown or not fitting:
            return None
        if self._intents.needs(question.intent):
            return self._found(question, fitting)  # the line holds a word that settles it
        # The title makes every line of the entry look like an answer: compared without it.
        best = fitting[0][0].passage.id
        text = question.search
        hit = read(self._index, text, compare(self._index, question, text, [best]))
        sure = certainty(weigh(question, hit, ())[0])
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

    def rank(self, question: Question) -> list[tuple[Hit, Evidence]]:
        """The few passages that may well answer, with what speaks for each, the best first."""
        return self._read(question, *self._found_for(question))

    def _found_for(self, question: Question) -> tuple[list[Hit], list[int]]:
        """The passages that may answer, not read yet, and the entries the question is about."""
        named = self._entries(question)
        hits = search(self._index, question, self._search_text(question), named)
        # What is asked of one entry is answered by its own lines.
        return [hit for hit in hits if hit.passage.entry in named] or hits, named

    def _read(
        self, question: Question, hits: Sequence[Hit], named: Sequence[int] = ()
    ) -> list[tuple[Hit, Evidence]]:
        """The hits that may answer, ranked anew once the reranker has read them."""
        unread = self._ranked(question, hits, named)
        fitting = self._fitting(question, unread)
        if not fitting and expected_kind(question) == "when":
            fitting = unread  # a line that bears no date may stand in an entry that does
        least = rank_score(fitting[0][1]) - _CONTENDING if fitting else 0.0
        contending = [hit for hit, evidence in fitting[:_READ] if rank_score(evidence) > least]
        text = self._search_text(question)
        return self._ranked(question, read(self._index, text, contending), named)

    def _ranked(
        self, question: Question, hits: Sequence[Hit], named: Sequence[int] = ()
    ) -> list[tuple[Hit, Evidence]]:
        ranked = list(zip(hits, weigh(question, hits, named), strict=True))
        return sorted(ranked, key=lambda pair: (-rank_score(pair[1]), pair[0].passage.id))

    def _fitting(
        self, question: Question, ranked: Sequence[tuple[Hit, Evidence]]
    ) -> list[tuple[Hit, Evidence]]:
        """Those passages that nothing speaks against."""
        needs = self._intents.needs(question.intent)
        given = cues(question.language).has("gives", question.text)
        return [
            (hit, evidence)
            for hit, evidence in ranked
            if not evidence.kind_lacks
            and hit.passage.id not in self._bare
            and self._is_in_time(hit.passage, question)
            and not (
                question.asks_who
                and question.rest
                and not evidence.own_coverage
                # The fields of a row have no verb.
                and not (given and question.goes_on and hit.passage.kind is Kind.ROW)
            )
            and (not needs or _holds_any(hit.passage.text, needs))
        ]

    def _hits_in_focus(self, question: Question) -> list[Hit]:
        """The lines that the answer before cited and what they introduce; those of their entries
        too, if the question says anything of its own ("When was that?" doesn't).
        """
        about, store = question.about, self._index.passages
        ids = [*about.passages, *(p.id for i in about.passages for p in store.introduced_by(i))]
        if question.rest or expected_kind(question) is None:
            cited = [passage.entry for passage in store.passages(about.passages)]
            entries = [entry for entry in (*about.entries, *cited) if entry is not None]
            ids += [p.id for entry in dict.fromkeys(entries) for p in store.of_entry(entry)]
        found = list(dict.fromkeys(ids))[:_MOST_IN_FOCUS]
        return compare(self._index, question, self._search_text(question), found)

    def _entries(self, question: Question) -> list[int]:
        """The entries that the question is about: those it names, or else the conversation's."""
        named = question.named(MentionKind.COMPANY, MentionKind.PROJECT, MentionKind.SCHOOL)
        names = {mention.name for mention in named}
        if not names:
            return list(question.focus)
        profile = self._profile
        employers = {i for i, job in enumerate(profile.work) if job.name and job.name.text in names}
        found = [
            entry.entry
            for entry in [*profile.work, *profile.volunteer, *profile.projects]
            if (entry.name and entry.name.text in names)
            or (entry.organization and entry.organization.text in names)
            or (entry.employer is not None and entry.employer in employers)
        ]
        found += [
            study.entry
            for study in profile.education
            if study.institution and study.institution.text in names
        ]
        return [entry for entry in dict.fromkeys(found) if entry is not None]

    def _search_text(self, question: Question) -> str:
        """The question with the title of the entry that it goes on about, if it is one."""
        if question.named(MentionKind.COMPANY, MentionKind.PROJECT) or len(question.focus) != 1:
            return question.search
        lines = self._index.passages.of_entry(question.focus[0])
        return ": ".join([*(line.text for line in lines[:1]), question.search])

    def _found(self, question: Question, ranked: Sequence[tuple[Hit, Evidence]]) -> Answer:
        best = ranked[0][0].passage
        siblings = [hit.passage.lead for hit, _ in ranked[:_SIBLINGS]]
        if len(siblings) == _SIBLINGS and best.lead is not None and len(set(siblings)) == 1:
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
            return any(_is_within(period, asked) for period in own)
        if own:
            return any(period.overlaps(asked) for period in own)
        dates = self._dates.get(passage.entry) if passage.entry is not None else None
        return dates is None or dates.overlaps(asked)

    def _dated(
        self, question: Question, ranked: Sequence[tuple[Hit, Evidence]], wording: Wording
    ) -> Answer | None:
        """When the entry was that the best line stands in: "Since when does she teach?"."""
        if expected_kind(question) != "when" or not ranked or not ranked[0][1].own_coverage:
            return None
        hit, evidence = ranked[0]
        profile, passage = self._profile, hit.passage
        entries = [*profile.work, *profile.volunteer, *profile.projects]
        entry = next((e for e in entries if e.entry == passage.entry), None)
        sure = certainty(evidence) >= _LEAST_CERTAINTY
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
            if passage.text.rstrip().endswith(_COLONS) and wanted & set(terms(passage.text)):
                return passage
        return best

    def _list_of(self, best: Passage) -> list[Passage]:
        """A line that introduces a list, with the list's items."""
        if not best.text.rstrip().endswith(_COLONS):
            return [best]
        items = self._index.passages.introduced_by(best.id)
        return [best, *items]

    def _together(self, ranked: Sequence[tuple[Hit, Evidence]]) -> list[Passage]:
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
        near = {hit.passage.id: hit.cosine for hit in hits if hit.cosine > 0.3}
        related = tuple(near)[:_MOST_RELATED]
        if missing:
            what = ", ".join(dict.fromkeys(missing))
            text = wording.say("not_mentioned", what=what)
        else:
            text = wording.say("not_stated")
        return Answer(Outcome.NOT_STATED, (Statement(text),), NAME, related, focus=question.focus)


def _is_within(period: Period, asked: Period) -> bool:
    """Whether the period is no longer than the one that is asked for."""
    first, last = period.start or period.end, period.end or period.start
    if period.ongoing or not (first and last and asked.start and asked.end):
        return False
    begun = first.earliest() >= asked.start.earliest()
    return begun and last.latest() <= asked.end.latest()


def _without_names(question: Question) -> str:
    """The question with pronouns for what it names; a translated one as it is."""
    text = question.text
    if question.search != text:
        return question.search
    for mention in sorted(question.mentions, key=lambda mention: -mention.start):
        if pronoun := _PRONOUNS.get(mention.kind):
            text = text[: mention.start] + pronoun + text[mention.end :]
    return text


def _bare_lines(passages: PassageStore, profile: Profile) -> frozenset[int]:
    """The lines that only name or date an entry: the facts answerer says what they say."""
    bare = {passage.id for passage in passages.all() if passage.kind is Kind.HEADING}
    entries: list[Experience | Education] = [
        *(*profile.work, *profile.volunteer, *profile.projects),
        *profile.education,
    ]
    basics = profile.basics
    told_of: list[tuple[Value | Dates | None, ...]] = [
        (entry.heading, entry.dates, entry.location) for entry in entries
    ]
    for told in [*told_of, (basics.name, basics.label, basics.email)]:
        spans = [span for value in told if value is not None for span in value.spans]
        for span in spans:
            for passage in passages.between(span.source, span.start, span.end):
                if passage.end - passage.start <= _LONGEST_BARE:
                    bare.add(passage.id)
    return frozenset(bare)


def _holds_any(text: str, wanted: Sequence[str]) -> bool:
    folded = {fold(word.text) for word in words(text)}
    return any(fold(word) in folded or (not word.isascii() and word in text) for word in wanted)
