"""What every fact is answered with: the question, the Profile, and what both say together."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice

from bot.answers.answer import Answer, Outcome, Statement
from bot.answers.wording import Wording, words_in
from bot.index.store import PassageStore
from bot.passages import Passage
from bot.profile.profile import (
    Credential,
    Dates,
    Education,
    Experience,
    Profile,
    Span,
    Value,
)
from bot.questions.mentions import same_name, spellings
from bot.questions.question import JOB_KINDS, MentionKind, Question
from bot.sources.sections import is_section_title

NAME = "facts"
MOST_LISTED = 12
# Nearness to an example from which a word that no example has is taken for another wording.
_SURE = 0.7
_PLAIN = 0.85  # the same where "who" may mean a person instead of an employer
_SURE_IN_TIME = 0.6  # the same for a question about a time
_MOST_WORDS = 45  # of what is told of one entry
_MOST_WRITTEN = 25  # words of a line that is told as it is written
Item = tuple[str, tuple[int, ...]]  # what is listed, and the passages that prove it


@dataclass(frozen=True)
class Asked:
    """A question put to the Profile.

    Attributes:
        cosines: gives the cosine of the question to each of some passages.
    """

    question: Question
    profile: Profile
    passages: PassageStore
    say: Wording
    today: date
    cosines: Callable[[Sequence[int]], Sequence[float]]

    # --- proof -----------------------------------------------------------------------------

    def proof(self, *values: Value | Dates | None) -> tuple[int, ...]:
        """The passages that state the values, each once, in the order of the values."""
        ids = (
            self.passages.at(span.source, span.start)
            for value in values
            if value is not None
            for span in (value.spans if isinstance(value, Dates) else _first_of_each(value.spans))
        )
        return tuple(dict.fromkeys(i for i in ids if i is not None))

    def entry_proof(self, entry: Experience | Education, *more: Value | None) -> tuple[int, ...]:
        """The line that names the entry, that of its dates, and those of what else is said."""
        named = entry.institution if isinstance(entry, Education) else entry.name
        return self.proof(*more, named or entry.heading, entry.dates)

    # --- what is left of the question --------------------------------------------------------

    @property
    def asks_for_more(self) -> bool:
        """Whether a word that carries the question is left over, so that a line may say more.

        "Which team did he head at Acme?" isn't answered by the job at Acme.
        """
        question = self.question
        if question.counted is not None and not question.counted.plain:
            return True
        beside = bool(question.relation and question.named(*JOB_KINDS))
        plainly = question.confidence >= _PLAIN if question.period else beside
        if question.asks_who and question.rest and not plainly:
            return True
        # "Where was she cooking in 2014?": the time settles it, whatever she did there.
        timed = bool(question.period or question.pick or question.relation)
        settled = (
            question.confidence >= _SURE
            or question.sums_up
            or (timed and (question.asks_where or question.confidence >= _SURE_IN_TIME))
        )
        return any(term.name or not settled for term in question.rest)

    def covers_rest(self, ids: Sequence[int]) -> bool:
        """Whether the passages hold a word that is left over."""
        return any(
            set(ids) & self.passages.holding_itself(form)
            for term in self.question.rest
            for form in term.terms
        )

    def nearest(self, ids: Sequence[int]) -> int:
        """The passage whose meaning is nearest to the question's."""
        return max(zip(self.cosines(ids), ids, strict=True))[1]

    def names(self, *kinds: MentionKind) -> list[str]:
        """The names that the question mentions, each once."""
        return list(dict.fromkeys(mention.name for mention in self.question.named(*kinds)))

    @cached_property
    def _spellings(self) -> Mapping[MentionKind, frozenset[str]]:
        """What the names that the question mentions are compared by, of each kind."""
        found: dict[MentionKind, frozenset[str]] = {}
        for mention in self.question.mentions:
            found[mention.kind] = found.get(mention.kind, frozenset()) | spellings(mention.name)
        return found

    def is_named(self, value: Value | None, kind: MentionKind) -> bool:
        """Whether the question mentions the value, which is asked of every entry."""
        named = self._spellings.get(kind)
        if named is None or value is None:
            return False
        return not named.isdisjoint(spellings(value.text))

    def is_focused(self, entry: Experience | Education) -> bool:
        """Whether the conversation was last about the entry."""
        focus = self.question.focus
        return bool(focus) and not {entry.entry, *entry.more_entries}.isdisjoint(focus)

    # --- answers ---------------------------------------------------------------------------

    def found(
        self,
        statements: Iterable[Statement],
        entries: Sequence[Experience | Education] = (),
        outcome: Outcome = Outcome.ANSWERED,
    ) -> Answer:
        focus = tuple(entry.entry for entry in entries if entry.entry is not None)
        return Answer(outcome, tuple(statements), NAME, focus=focus)

    def sentence(
        self,
        key: str,
        proof: tuple[int, ...],
        entries: Sequence[Experience | Education] = (),
        **values: str,
    ) -> Answer:
        """One sentence of the wording, with its proof."""
        return self.found((Statement(self.say.say(key, **values), proof), Statement(".")), entries)

    def listing(
        self,
        key: str,
        slot: str,
        items: Iterable[Item],
        entries: Sequence[Experience | Education] = (),
        **values: str,
    ) -> Answer | None:
        """A list in one sentence, each item with its proof; None if there is no item.

        Of many items only the first are taken, so that the others needn't be proven.
        """
        joined = _merged(islice(items, MOST_LISTED))
        if not joined:
            return None
        return self.found(self.say.listing(key, slot, joined, **values), entries)

    def as_written(self, items: Iterable[Item]) -> list[Item]:
        """The first items; instead of those that leave out words of the short line that proves
        them, the line itself, without the label that it begins with.
        """
        named = list(islice(items, MOST_LISTED))
        by_line: dict[tuple[int, ...], list[str]] = {}
        for text, proof in named:
            by_line.setdefault(proof, []).append(text)
        written: list[Item] = []
        for proof, texts in by_line.items():
            line = self.passages.passages(proof)[0].text if len(proof) == 1 else ""
            label, colon, value = line.partition(": ")
            line = value if colon and is_section_title(label) else line
            said = set(self.passages.cut(" ".join(texts)))
            left_out = [term for term in self.passages.cut(line) if term not in said]
            if line and left_out and len(line.split()) <= _MOST_WRITTEN and "|" not in line:
                written.append((line.rstrip(".;,"), proof))
            else:
                written += [(text, proof) for text in texts]
        return written if words_in([Statement(t) for t, _ in written]) <= _MOST_WORDS else named

    def counted(
        self,
        items: Iterable[Item],
        count: int,
        entries: Sequence[Experience | Education] = (),
        *,
        key: str = "list",
        written: bool = False,
    ) -> Answer | None:
        """A list, after how many it holds or that there are any, if that is asked for; maybe as the
        résumé has it written.
        """
        items = self.as_written(items) if written else items
        if self.question.count:
            return self.listing("count", "list", self._short(items), entries, n=str(count))
        if self.question.yes_no and not self.question.rest:
            return self.listing("affirm", "what", items, entries)
        return self.listing(key, "list", items, entries)

    def _short(self, items: Iterable[Item]) -> Iterator[Item]:
        """The first items, as many as fit into an answer; one at least."""
        said: list[Statement] = []
        for text, proof in items:
            said.append(Statement(text))
            if len(said) > 1 and words_in(said) > _MOST_WORDS:
                return
            yield text, proof

    def values(
        self, values: Sequence[Value], key: str = "list", slot: str = "list"
    ) -> Answer | None:
        """The values as a list."""
        items = ((value.text, self.proof(value)) for value in values)
        return self.listing(key, slot, self.as_written(items))

    def value(self, key: str, slot: str, value: Value | None) -> Answer:
        """A sentence with the value, or that the résumé doesn't say."""
        if value is None:
            return self.not_stated()
        return self.sentence(key, self.proof(value), (), **{slot: value.text})

    def not_stated(
        self, key: str = "not_stated", related: tuple[int, ...] = (), **values: str
    ) -> Answer:
        statement = Statement(self.say.say(key, **values))
        return Answer(
            Outcome.NOT_STATED, (statement,), NAME, related[:3], focus=self.question.focus
        )

    def told_lines(self, ids: Sequence[int]) -> Answer | None:
        """The passages as they stand, as far as they fit into an answer."""
        return self._told(self.passages.passages(ids))

    def told(
        self, title: str, values: Sequence[Value], entries: Sequence[Experience]
    ) -> Answer | None:
        """The sentences of the values, as far as they fit into an answer, under a title."""
        return self._told((p for value in values for p in self.passages_of(value)), title, entries)

    def _told(
        self, passages: Iterable[Passage], title: str = "", entries: Sequence[Experience] = ()
    ) -> Answer | None:
        statements: list[Statement] = []
        for passage in passages:
            text = passage.text.rstrip(".;")
            if statements:
                before = "; "
            else:
                said = not title or same_name(title, text[: len(title)])
                before = "" if said else f"{title}: "
            statement = Statement(before + text, (passage.id,))
            if statements and words_in([*statements, statement]) > _MOST_WORDS:
                break
            statements.append(statement)
        return self.found((*statements, Statement(".")), entries) if statements else None

    def passages_of(self, value: Value) -> list[Passage]:
        """The passages that a value stretches over, in reading order."""
        span = value.spans[0]
        return self.passages.between(span.source, span.start, span.end)

    def titled(self, entry: Experience | Education | Credential) -> str:
        """What an entry is called."""
        if isinstance(entry, Education):
            return (entry.institution or entry.heading).text
        return (entry.name or entry.heading).text


def _first_of_each(spans: Sequence[Span]) -> list[Span]:
    """The best span of each file, of two at most: what two files say is cited to both."""
    best: dict[str, Span] = {}
    for span in spans:
        best.setdefault(span.source, span)
    return list(best.values())[:2]


def _merged(items: Iterable[Item]) -> list[Item]:
    """Items that the same line proves, as one, so that the line is cited once."""
    merged: list[Item] = []
    for text, proof in items:
        if merged and merged[-1][1] == proof:
            merged[-1] = (f"{merged[-1][0]}, {text}", proof)
        else:
            merged.append((text, proof))
    return merged
