"""Fitness: which passages can be an answer to a question at all, however near they are."""

from collections.abc import Sequence

from bot.answers.degrees import levels
from bot.answers.evidence import Evidence
from bot.answers.search import Hit
from bot.dates import find_periods
from bot.documents import Kind
from bot.index.store import PassageStore
from bot.passages import Passage
from bot.profile.profile import Dates, Education, Experience, Profile, Span, Value
from bot.questions.cues import cues
from bot.questions.intents import Intents
from bot.questions.question import Question
from bot.questions.related import groups_in
from bot.words import holds_phrase, words

_LONGEST_BARE = 100  # characters
_MORE_WORDS = 3  # that a title has besides what the Profile knows of it


class Fitness:
    """Rules passages out: those of another time or degree, those that lack the kind of thing that
    is asked for, those that only name an entry. Immutable.
    """

    def __init__(self, passages: PassageStore, profile: Profile, intents: Intents) -> None:
        self._passages = passages
        self._intents = intents
        self._bare = _bare_lines(passages, profile)
        self._dates = {e.entry: e.dates.period for e in profile.experiences if e.dates}
        self._levels = {
            study.entry: levels((study.study_type or study.heading).text)
            for study in profile.education
        }

    def among(
        self, ranked: Sequence[tuple[Hit, Evidence]], question: Question
    ) -> list[tuple[Hit, Evidence]]:
        """Those of the passages that nothing speaks against, in their order."""
        needs = self._intents.needs(question.intent)
        named = self._holding_names(question)
        given = cues(question.language).has("gives", question.text)
        return [
            (hit, evidence)
            for hit, evidence in ranked
            if not evidence.kind_lacks
            and hit.passage.id not in self._bare
            and self._is_in_time(hit.passage, question)
            and not self._is_of_another_degree(hit.passage, question)
            and all(hit.passage.id in ids or hit.passage.entry in of for ids, of in named)
            and not (
                question.asks_who
                and question.rest
                and not evidence.own_coverage
                # The fields of a row have no verb.
                and not (given and question.goes_on and hit.passage.kind is Kind.ROW)
            )
            and (not needs or _meets(hit.passage.text, question.search, needs))
        ]

    def _holding_names(self, question: Question) -> list[tuple[set[int], set[int | None]]]:
        """For each name in the question, the passages and the entries that hold it: what is said
        of Stanford isn't answered by a line of another school.
        """
        found = []
        for term in question.terms:
            if term.known and (term.mentioned or (term.name and not term.word.islower())):
                ids = {i for form in term.terms for i in self._passages.holding(form)}
                entries = {passage.entry for passage in self._passages.passages(sorted(ids))}
                found.append((ids, entries - {None}))
        return found

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
