"""The passages answerer: the lines of the résumé that answer, as they stand there."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.answers.answer import Answer, Outcome, Statement
from bot.answers.expected import expected_kind, figures_asked, length_told, may_answer
from bot.answers.fitness import Fitness, holding_names
from bot.answers.reading import LEAST, Reader, Reading
from bot.answers.search import Hit, compare
from bot.answers.wording import Wording, words_in
from bot.dates import find_periods
from bot.index.load import Index
from bot.passages import Passage
from bot.profile.profile import Credential, Dates, Education, Experience, Profile, Value
from bot.questions.cues import cues, tells
from bot.questions.intents import Intents
from bot.questions.question import Question
from bot.words import ends_in_colon, terms, words

NAME = "passages"
# Log-odds from which a passage answers though the question has words that the résumé lacks, and
# the same of a yes or no, which such a word decides, and where it has hardly any other; from which
# it answers any other yes or no, or what goes on about something, where the odds are lower for
# right and wrong alike; and from which a further one is given beside the first.
_LEAST_IF_UNKNOWN = 1.5
_LEAST_OF_A_YES = 3.0
_LEAST_IF_STRANGE = 2.0
_LEAST_IF_TERSE = -1.0
_LEAST_BESIDE = -0.5
_GIVING_FIGURES = 1.0  # by how much less that holds figures of the kind that is asked for
_LEAST_OF_A_LIST = -1.0  # of another value of the list that the first passage is one of
_HELD = 1.0  # log-odds that all the words of a yes or no are worth, among those that answer
_MOST_BESIDE = 3
_FEW = 3  # words
_SIBLINGS = 3  # items of one list among the
_FIRST = 4  # likeliest passages
_MOST_WORDS = 55
_MOST_RELATED = 3
_MOST_OF_AN_ABBREVIATION = 6  # letters
_MOST_MISSING = 2  # names that are said to be missing; more are a text of its own
_LEAST_NEAR = 0.3  # cosine of a passage that is shown as related


class PassageAnswerer:
    """Tells by the passages that answer. Immutable."""

    def __init__(self, index: Index, profile: Profile, intents: Intents) -> None:
        self._index = index
        self._profile = profile
        self._fitness = Fitness(profile, intents)
        self._entries: dict[int, Experience | Education] = {
            entry.entry: entry for entry in profile.entries if entry.entry is not None
        }
        self.reader = Reader(index, profile)

    def read(self, question: Question, *, focused: bool) -> tuple[list[Reading], list[Hit]]:
        """The passages that may answer as they were read, the likeliest answer first, and all
        that are near; `focused` are only those of what the conversation is about.
        """
        near = self.reader.in_focus(question) if focused else self.reader.near(question)
        fitting = [hit.passage for hit in near if self._fitness.allows(hit.passage, question)]
        fitting = holding_names(fitting, question, self._index.passages)
        # Not before: what is farther and has a figure would be taken for the answer.
        readings = self.reader.read(question, fitting)
        return [one for one in readings if may_answer(question, one.passage.text)], near

    def answer(
        self,
        question: Question,
        wording: Wording,
        readings: Sequence[Reading],
        near: Sequence[Hit],
    ) -> Answer | None:
        """The passages that answer, None if none does. `near` are all from which they were read."""
        terse = question.yes_no or (question.goes_on and question.about)
        least = _LEAST_IF_TERSE if terse else LEAST
        if question.unknown:
            least = _LEAST_OF_A_YES if question.yes_no else _LEAST_IF_UNKNOWN
        elif _is_strange(question):
            least = _LEAST_IF_STRANGE
        answering = [reading.passage for reading in readings if reading.relevance >= least]
        if not answering and readings and readings[0].relevance >= least - _GIVING_FIGURES:
            return self._figured_out(question, [readings[0].passage], wording)
        if not answering:
            return None
        if question.yes_no:
            readings = _by_words(question, readings, least)
        if worked_out := self._figured_out(question, answering, wording):
            return worked_out
        best = readings[0]
        told = length_told(best.passage.text) if expected_kind(question) == "duration" else None
        if told:
            return _with(wording.say("lasted", length=wording.length(told)), best.passage)
        group = self._list_of(self._introducing(question, best.passage, near))
        if len(group) == 1 and cues(question.language).has("heads", question.text):
            group = self._values_beside(best.passage, readings) or group
        chosen = group if len(group) > 1 else [best.passage, *_beside(readings)]
        if question.sums_up and best.passage.entry is not None:
            chosen = self._summed_up(question, best.passage, best.passage.entry)
        dated = self._dated(question, best.passage, wording)
        statements = list(self._told(chosen, dated, listed=len(group) > 1))
        if not dated and _is_affirmed(question, best.passage):
            first = wording.say("affirm", what=statements[0].text)
            statements[0] = replace(statements[0], text=first)
        focus = tuple(dict.fromkeys(p.entry for p in chosen if p.entry is not None))
        return Answer(Outcome.ANSWERED, (*statements, Statement(".")), NAME, focus=focus)

    def _summed_up(self, question: Question, best: Passage, entry: int) -> list[Passage]:
        """The line that names the entry and those nearest to the question, in reading order."""
        title, *rest = self._index.passages.of_entry(entry)
        hits = compare(self._index, question, question.search, [p.id for p in rest])
        nearest = sorted(hits, key=lambda hit: (hit.passage.id != best.id, -hit.cosine))
        return sorted(
            (title, *(hit.passage for hit in nearest[:_MOST_BESIDE])), key=lambda one: one.id
        )

    def not_stated(self, question: Question, wording: Wording, near: Sequence[Hit] = ()) -> Answer:
        """That the résumé doesn't say, with the nearest passages, or doesn't mention a name."""
        ids = dict.fromkeys(hit.passage.id for hit in near if hit.cosine > _LEAST_NEAR)
        missing = [name for name in question.unknown if not _is_shouted(name)]
        if 0 < len(missing) <= _MOST_MISSING:
            text = wording.say("not_mentioned", what=", ".join(dict.fromkeys(missing)))
        else:
            text = wording.say("not_stated")
        related = tuple(ids)[:_MOST_RELATED]
        return Answer(Outcome.NOT_STATED, (Statement(text),), NAME, related, focus=question.focus)

    def _told(
        self, chosen: Sequence[Passage], dated: Statement | None, *, listed: bool
    ) -> Iterable[Statement]:
        """The passages one after the other, as far as they fit, under the title of the first."""
        title = self._index.passages.title_of(chosen[0])
        said: list[Statement] = []
        if dated:
            yield dated
            chosen = [passage for passage in chosen if passage.id not in dated.proof]
        for i, passage in enumerate(chosen):
            text = passage.text.rstrip(".;,:：")
            if i == 0:
                before = ": " if dated else f"{title}: " if title else ""
            else:
                before = ": " if i == 1 and listed else "; "
            statement = Statement(before + text, (passage.id,))
            if said and words_in([*said, statement]) > _MOST_WORDS:
                return
            said.append(statement)
            yield statement

    def _dated(self, question: Question, best: Passage, wording: Wording) -> Statement | None:
        """When the entry was, and how long, or the certificate, award or publication, that the
        passage is of, if that is asked for and the passage itself doesn't tell.
        """
        expected = expected_kind(question)
        own = find_periods(best.text)
        given = self._credential_of(best)
        if expected == "when" and not own and given and given.dates:
            text = f"{given.name.text} ({wording.period(given.dates.period)})"
            return Statement(text, self._proof_of(given.name, given.dates))
        entry = self._entries.get(best.entry) if best.entry is not None else None
        if expected not in ("when", "duration") or entry is None or entry.dates is None:
            return None
        if own and not (expected == "duration" and best.id in self._proof_of(entry.dates)):
            return None
        named = entry.institution if isinstance(entry, Education) else entry.name
        title = (named or entry.heading).text
        period = wording.period(entry.dates.period)
        months = entry.dates.period.months()
        if expected == "duration" and months:
            text = wording.say("duration", length=wording.length(months), what=title, dates=period)
        else:
            text = f"{title} ({period})"
        return Statement(text, self._proof_of(entry.dates))

    def _credential_of(self, passage: Passage) -> Credential | None:
        """The certificate, award or publication that the passage is a part of."""
        profile = self._profile
        for item in (*profile.certificates, *profile.awards, *profile.publications):
            parts = (item.heading, item.name, item.issuer, item.url, item.summary)
            for span in (span for part in parts if part for span in part.spans):
                shared = min(span.end, passage.end) - max(span.start, passage.start)
                if span.source == passage.source and shared > 0:
                    return item
        return None

    def _proof_of(self, *values: Value | Dates) -> tuple[int, ...]:
        spans = [value.spans[0] for value in values]
        found = (self._index.passages.at(span.source, span.start) for span in spans)
        return tuple(dict.fromkeys(i for i in found if i is not None))

    def _figured_out(
        self, question: Question, passages: Sequence[Passage], wording: Wording
    ) -> Answer | None:
        """What the figures of the first line that gives them come to."""
        for passage in passages:
            if result := figures_asked(question, passage.text):
                operation, figures = result
                told = wording.say(
                    "points" if figures.percent else operation.name.lower(),
                    n=figures.result,
                    first=figures.first,
                    second=figures.second,
                )
                return _with(told, passage)
        return None

    def _introducing(self, question: Question, best: Passage, near: Sequence[Hit]) -> Passage:
        """The line that introduces a list, if the list is meant: several of the nearest passages
        are of it, or it has a word that "which" or "what" asks for ("Implemented layers:" for
        "Which protocol layers …", "It consists of:"); else the passage that answers best.
        """
        shape = cues(question.language)
        if shape.has("why", question.text) and (reasons := self._reasons(best, near)):
            return reasons
        if shape.has("parts", question.text) and (lead := self._parts(best)):
            return lead
        if not shape.has("heads", question.text):
            return best
        first = [hit.passage for hit in near[:_FIRST]]
        of_list = sum(best.lead in (passage.id, passage.lead) for passage in first)
        if best.lead is not None and of_list >= _SIBLINGS:
            return self._index.passages.passages([best.lead])[0]
        if best.entry is None:
            return best
        head = question.head[-1:] if question.head and not question.head[-1].mentioned else ()
        asked = [*head, *question.rest]
        wanted = {form for term in asked for form in term.terms} - set(terms(best.text))
        wanted |= {form for term in head for form in term.terms}
        for passage in self._index.passages.of_entry(best.entry):
            if ends_in_colon(passage.text) and wanted & set(terms(passage.text)):
                return passage
        return best

    def _parts(self, best: Passage) -> Passage | None:
        """The line that introduces what the entry of the passage consists of."""
        lines = [] if best.entry is None else self._index.passages.of_entry(best.entry)
        leads = (line for line in lines if ends_in_colon(line.text))
        return next((lead for lead in leads if tells("parts", lead.text)), None)

    def _reasons(self, best: Passage, near: Sequence[Hit]) -> Passage | None:
        """The line near the question that introduces reasons in the entry of what answers best."""
        leads = [
            hit.passage
            for hit in near[:_FIRST]
            if hit.passage.entry == best.entry and ends_in_colon(hit.passage.text)
        ]
        return next((lead for lead in leads if tells("reasons", lead.text)), None)

    def _values_beside(self, best: Passage, readings: Sequence[Reading]) -> list[Passage]:
        """The passage with the other values of the list that it is one of in a file with named
        fields, if another of these was read as one of the likeliest.
        """
        if best.field is None or best.entry is None or not best.field.endswith("]"):
            return []
        of_list = best.field[: best.field.rindex("[")]
        near = [r.passage for r in readings[1:] if r.relevance >= _LEAST_OF_A_LIST]
        if not any(one.field and one.field.startswith(f"{of_list}[") for one in near):
            return []
        lines = self._index.passages.of_entry(best.entry)
        values = [p for p in lines if p.field and p.field.startswith(f"{of_list}[")]
        return [best, *(value for value in values if value.id != best.id)]

    def _list_of(self, best: Passage) -> list[Passage]:
        """A line that introduces a list, with the list's items."""
        if not ends_in_colon(best.text):
            return [best]
        return [best, *self._index.passages.introduced_by(best.id)]


def _with(told: str, passage: Passage) -> Answer:
    """What was worked out, with the passage that it comes from."""
    text = f"{told}: {passage.text.rstrip('.;:')}"
    focus = () if passage.entry is None else (passage.entry,)
    return Answer(
        Outcome.ANSWERED, (Statement(text, (passage.id,)), Statement(".")), NAME, focus=focus
    )


def _is_shouted(name: str) -> bool:
    """Whether it is no name but a word in capitals: "APPROVED"."""
    return name.isupper() and len(name) > _MOST_OF_AN_ABBREVIATION


def _is_strange(question: Question) -> bool:
    """Whether the résumé has no word of a question that is but a word or two, or asks how long
    something took, which any line with dates seems to tell.
    """
    bare = len(words(question.text)) <= _FEW or expected_kind(question) == "duration"
    return bare and not question.goes_on and not any(term.known for term in question.terms)


def _is_affirmed(question: Question, best: Passage) -> bool:
    """Whether a line that answers says yes, as it does if the question is whether there is any of
    something ("Has she ever …?", "Any …?", "Can he …?") and the line has no no in it. What is asked
    of something that there is ("Is it still …?") may be denied in many ways.
    """
    asks = question.yes_no and cues(question.language).opens("existence_openers", question.text)
    return asks and not tells("negated", best.text)


def _share_held(passage: Passage, question: Question) -> float:
    """How many of the words that carry the question the passage holds, besides what it is about."""
    carrying = [t for t in question.terms if t.known and not (t.plain or t.mentioned)]
    own = set(terms(passage.text))
    held = sum(bool(own & set(term.terms)) for term in carrying)
    return held / len(carrying) if carrying else 0.0


def _by_words(question: Question, readings: Sequence[Reading], least: float) -> list[Reading]:
    """The passages, of those that answer first what holds the words that a yes or no turns on."""
    ahead = {
        reading.passage.id: reading.relevance + _HELD * _share_held(reading.passage, question)
        for reading in readings
    }
    return sorted(
        readings, key=lambda one: (one.relevance < least, -ahead[one.passage.id], one.passage.id)
    )


def _beside(readings: Sequence[Reading]) -> list[Passage]:
    """The passages that answer beside the first."""
    others = [reading for reading in readings[1:] if reading.relevance >= _LEAST_BESIDE]
    return [reading.passage for reading in others[:_MOST_BESIDE]]
