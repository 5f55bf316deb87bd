"""Reading: which passages answer a question, as the reranker judges them."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from math import inf

from bot.answers.search import Hit, compare, search
from bot.documents import Kind
from bot.index.load import Index
from bot.passages import Passage
from bot.profile.profile import Profile, Value
from bot.questions.cues import cues, tells
from bot.questions.kinds import kind_asked, names_tool
from bot.questions.question import MentionKind, Question
from bot.timing import stage
from bot.words import terms, words

# Log-odds from which a passage answers; `benchmarks/README.md` has the curve of wrong answers
# against refusals.
LEAST = 0.0
# Reading takes most of an answer's time, so few passages are read: how many have been after each
# step, and the log-odds from which one of them answers so that no more are. More bring little
# (`benchmarks.reading`), and two at once take two cores no longer than one.
STEPS = ((2, 2.0), (4, inf))
# What it adds to the log-odds of a passage that it holds the words, where hardly more than a word
# is asked for ("Any Kafka?"): at most so many words, or words that carry the question.
_SPOKEN = 3.0
# The same where something is asked for that the passage has words for: a reason ("because"), or
# what somebody wants next ("looking for"). By the cue of the question: what a line tells.
_TOLD = {"why": ("reasons", 0.7), "seeks": ("seeks", 2.0)}
# The same where one of a kind of tool is asked for, and it names one ("Which database …?").
_OF_KIND = 1.5
_FEW, _FEW_CARRYING = 3, 2
_MOST_IN_FOCUS = 24
_MOST_COMPARED = 4
# Of the cosine: what the words of the question that a passage holds, and an entry that it names,
# are worth.
_COVERED = _NAMED = 0.1
_OF_ENTRIES = (MentionKind.COMPANY, MentionKind.PROJECT, MentionKind.SCHOOL)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reranker makes of a passage.

    Attributes:
        relevance: log-odds that the passage answers the question.
    """

    passage: Passage
    relevance: float


class Reader:
    """Reads the passages of one index that may answer. Immutable."""

    def __init__(self, index: Index, profile: Profile) -> None:
        self._index = index
        self._named = _table(_names(profile))
        self._placed = _table(_places(profile))

    def near(self, question: Question) -> list[Hit]:
        """The passages nearest to the question, the nearest first; none is read yet."""
        named = self._entries(question)
        hits = search(self._index, question, self._search_text(question), sorted(named))
        return sorted(
            hits,
            key=lambda hit: (
                -hit.cosine - _COVERED * hit.coverage - _NAMED * (hit.passage.entry in named),
                hit.passage.id,
            ),
        )

    def in_focus(self, question: Question) -> list[Hit]:
        """Those of what the conversation is about: the lines that the answer before cited and
        what they introduce, and those of their entries.
        """
        about, store = question.about, self._index.passages
        ids = [*about.passages, *(p.id for i in about.passages for p in store.introduced_by(i))]
        cited = [passage.entry for passage in store.passages(about.passages)]
        entries = [entry for entry in (*about.entries, *cited) if entry is not None]
        ids += [p.id for entry in dict.fromkeys(entries) for p in store.of_entry(entry)]
        found = list(dict.fromkeys(ids))[:_MOST_IN_FOCUS]
        hits = compare(self._index, question, self._search_text(question), found)
        return sorted(hits, key=lambda hit: (-hit.cosine, hit.passage.id))

    def read(self, question: Question, passages: Sequence[Passage]) -> list[Reading]:
        """The first passages as they were read, the likeliest answer first."""
        text = self._search_text(question)
        readings: list[Reading] = []
        shape = cues(question.language)
        kind = kind_asked(question.text, shape.find("heads", question.text))
        told = [_TOLD[cue] for cue in _TOLD if shape.has(cue, question.text)]
        for many, enough in STEPS:
            for reading in self._read(text, passages[len(readings) : many]):
                more = _SPOKEN if _speaks(reading, question) else 0.0
                if kind and any(names_tool(reading.passage.text, one) for one in kind.members):
                    more += _OF_KIND
                more += sum(worth for what, worth in told if tells(what, reading.passage.text))
                readings.append(replace(reading, relevance=reading.relevance + more))
            if any(reading.relevance >= enough for reading in readings):
                break
        return sorted(readings, key=lambda reading: (-reading.relevance, reading.passage.id))

    def best_of(self, question: Question, ids: Iterable[int]) -> float:
        """The highest relevance of some passages."""
        passages = self._index.passages.passages(list(ids)[:_MOST_COMPARED])
        readings = self._read(self._search_text(question), passages)
        return max((reading.relevance for reading in readings), default=0.0)

    def _read(self, text: str, passages: Sequence[Passage]) -> list[Reading]:
        if not passages:
            return []
        with stage("rerank"):
            scores = self._index.reranker.scores(text, [p.embedded for p in passages])
        return [
            Reading(passage, float(score)) for passage, score in zip(passages, scores, strict=True)
        ]

    def _entries(self, question: Question) -> Set[int]:
        """The entries that the question is about: those it names, by their title, employer, place
        or position, or else the conversation's.
        """
        names = [mention.name for mention in question.named(*_OF_ENTRIES)]
        stays = [mention.name for mention in question.named(MentionKind.PLACE, MentionKind.TITLE)]
        if not names and not stays:
            return set(question.focus)
        table, asked = (self._named, names) if names else (self._placed, stays)
        return {entry for name in asked for entry in table.get(name, ())}

    def _search_text(self, question: Question) -> str:
        """The question with the title of the entry that it goes on about, if it is one."""
        if question.named(MentionKind.COMPANY, MentionKind.PROJECT) or len(question.focus) != 1:
            return question.search
        lines = self._index.passages.of_entry(question.focus[0])
        return ": ".join([*(line.text for line in lines[:1]), question.search])


def _speaks(reading: Reading, question: Question) -> bool:
    """Whether it is asked for little but a word or two, and the passage holds them, or the names
    among them.
    """
    carrying = [term for term in question.terms if not term.plain]
    carrying = [term for term in carrying if term.name] or carrying
    brief = question.yes_no or len(words(question.text)) <= _FEW
    if not (brief and 0 < len(carrying) <= _FEW_CARRYING):
        return False
    if reading.passage.kind is Kind.HEADING and question.named(*_OF_ENTRIES):
        return False  # the title of what is asked about says nothing of it
    own = set(terms(reading.passage.text))
    return all(own & set(term.terms) for term in carrying)


def _names(profile: Profile) -> Iterable[tuple[Value | None, int | None]]:
    """What each entry is named by: its own name, and that of who it was for or at."""
    for entry in profile.experiences:
        employer = profile.work[entry.employer] if entry.employer is not None else entry
        for value in (entry.name, entry.organization, employer.name):
            yield value, entry.entry
    for study in profile.education:
        yield study.institution, study.entry


def _places(profile: Profile) -> Iterable[tuple[Value | None, int | None]]:
    """Where each entry was, and as what."""
    for entry in profile.entries:
        yield entry.location, entry.entry
    for entry in profile.experiences:
        yield entry.position, entry.entry


def _table(named: Iterable[tuple[Value | None, int | None]]) -> dict[str, set[int]]:
    """By each text, the entries that have it."""
    table: dict[str, set[int]] = {}
    for value, entry in named:
        if value is not None and entry is not None:
            table.setdefault(value.text, set()).add(entry)
    return table
