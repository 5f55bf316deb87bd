"""The Profile arranged as a portfolio page, with all of the résumé that it doesn't hold.

Jobs, projects, courses and the like become cards: a head of facts, and below it what the résumé
says besides, as it is written. Skills, languages and other lists are shown from the facts only
where these say all that the résumé's section says; else the section is shown as it is written.
Whatever is left over is shown under its own heading, so that nothing is lost from view.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate
from typing import Any

from bot.api.cards import (
    Card,
    Group,
    Link,
    Record,
    card,
    contacts,
    groups,
    place,
    project_card,
    record,
)
from bot.api.layout import Part, lay_out
from bot.api.shown import Shown
from bot.documents import Block, Document, Kind
from bot.profile.profile import Education, Experience, Profile, Value

_CARDS = ("work", "projects", "education", "volunteer")
_RECORDS = ("certificates", "awards", "publications", "languages", "references")
_GROUPS = ("skills", "interests")
_Home = tuple[int, int]  # a document, and its section of the highest level
_Place = tuple[int, int]  # a document, and an offset in it


@dataclass(slots=True)
class PageSection:
    """A section of the page.

    Attributes:
        kind: the Profile's name for what is in `items`; "summary", or "" for what is shown as
            it is written.
        title: the résumé's own title for it; None where the page has to find a word.
        before, after: what is shown as it is written, above and below the items.
    """

    kind: str
    title: str | None
    language: str
    items: Sequence[Card | Record | Group] = ()
    before: list[Part] = field(default_factory=list)
    after: list[Part] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All that the page shows of the candidate."""

    name: str | None
    label: str | None
    place: str
    links: Sequence[Link]
    sections: Sequence[PageSection]


def arrange(profile: Profile, documents: Sequence[Document], language: str) -> Portfolio:
    """The page of a candidate.

    Args:
        documents: those that the profile is of, in the order in which their entries are numbered.
        language: ISO 639-1 code of the page's own words.
    """
    return _Arrangement(profile, documents, language).portfolio()


class _Arrangement:
    def __init__(self, profile: Profile, documents: Sequence[Document], language: str) -> None:
        self._profile = profile
        self._documents = documents
        self._language = language
        self._number = {document.source: i for i, document in enumerate(documents)}
        counts = [len(document.entries) for document in documents]
        self._first_entry = [0, *accumulate(counts)]
        self._tops = [_tops(document) for document in documents]
        self._starts = [[block.start for block in document.blocks] for document in documents]
        self._shown = Shown(documents)
        self._used: set[tuple[int, int]] = set()  # documents and blocks that have been shown
        self._claimed: dict[_Home, PageSection] = {}
        self._sections: list[tuple[_Place, PageSection]] = []

    def portfolio(self) -> Portfolio:
        basics = self._profile.basics
        links, values = contacts(basics)
        where, place_values = place(basics.location) if basics.location else ("", [])
        values += place_values
        self._shown.add(basics.name, basics.label, *values)
        self._use_head(values)
        self._summarize(basics.summary)
        for kind in _CARDS:
            self._add_cards(kind)
        self._add_lists()
        self._add_rest()
        self._sections.sort(key=lambda placed: placed[0])
        return Portfolio(
            name=basics.name.text if basics.name else None,
            label=basics.label.text if basics.label else None,
            place=where,
            links=links,
            sections=[section for _, section in self._sections],
        )

    # -- where things stand

    def _place(self, value: Value) -> _Place:
        return self._number[value.spans[0].source], value.spans[0].start

    def _block_at(self, at: _Place) -> tuple[int, Block]:
        number, offset = at
        index = max(bisect_right(self._starts[number], offset) - 1, 0)
        return index, self._documents[number].blocks[index]

    def _home(self, at: _Place) -> _Home:
        return self._home_of(at[0], self._block_at(at)[0])

    def _home_of(self, number: int, index: int) -> _Home:
        return number, self._tops[number][self._documents[number].blocks[index].section]

    def _heading(self, home: _Home) -> Block | None:
        document = self._documents[home[0]]
        heading = document.sections[home[1]].heading
        return None if heading is None else document.blocks[heading]

    def _open(self, kind: str, facts: Sequence[Value]) -> PageSection:
        """A section for the facts, under the résumé's own heading if that is only theirs."""
        places = [self._place(value) for value in facts]
        homes = dict.fromkeys(map(self._home, places))
        number = places[0][0]
        section = PageSection(kind, None, self._documents[number].language)
        if len(homes) == 1 and facts[0].spans[0].path is None:
            [home] = homes
            heading = self._heading(home)
            if heading is not None and home not in self._claimed:
                section.title = heading.text
        for home in homes:
            self._claimed.setdefault(home, section)
        self._sections.append((min(places), section))
        return section

    # -- what is shown from the facts

    def _use_head(self, values: Sequence[Value]) -> None:
        """Take the lines of the head that only say how to reach the candidate for shown."""
        for value in values:
            for span in value.spans:
                if span.source in self._number:
                    at = (self._number[span.source], span.start)
                    index, block = self._block_at(at)
                    document = self._documents[at[0]]
                    if self._shown.covers(document, block, labelled=True):
                        self._used.add((at[0], index))

    def _summarize(self, summary: Sequence[Value]) -> None:
        found = [
            (self._number[span.source], self._block_at((self._number[span.source], span.start))[0])
            for value in summary
            for span in value.spans[:1]
        ]
        places = [place for place in self._with_between(found) if place not in self._used]
        if not places:
            return
        self._used.update(places)
        for value in summary:
            self._shown.add(value)
        section = self._open("summary", summary)
        for number, document in enumerate(self._documents):
            blocks = [document.blocks[index] for at, index in places if at == number]
            section.before += lay_out(document, top=3, blocks=blocks)
        self._sections[-1] = ((-1, 0), section)

    def _with_between(self, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Documents and blocks, and the blocks between them in the same section."""
        found = set(places)
        for number, document in enumerate(self._documents):
            inside = [index for at, index in places if at == number]
            for index in range(min(inside, default=0), max(inside, default=0)):
                sections = {document.blocks[known].section for known in inside}
                block = document.blocks[index]
                if block.section in sections and block.kind is not Kind.HEADING:
                    found.add((number, index))
        return sorted(found)

    def _add_cards(self, kind: str) -> None:
        facts: Sequence[Experience | Education] = getattr(self._profile, kind)
        if not facts:
            return
        make: Callable[..., Card] = project_card if kind == "projects" else card
        section = self._open(kind, [fact.heading for fact in facts])
        cards = []
        for fact in facts:
            made = make(fact, self._documents, self._language)
            self._shown.add(*made.values, *self._dates(fact))
            self._check_head(made, fact)
            for entry in filter(lambda entry: entry is not None, (fact.entry, *fact.more_entries)):
                assert entry is not None
                self._add_body(made, entry)
            cards.append(made)
        section.items = cards

    def _dates(self, fact: Any) -> list[Value]:
        return [Value("", fact.dates.spans)] if fact.dates else []

    def _check_head(self, made: Card, fact: Experience | Education) -> None:
        """Where the facts don't say all that the heading says, the heading is the title."""
        span = fact.heading.spans[0]
        number = self._number[span.source]
        document = self._documents[number]
        index, block = self._block_at((number, span.start))
        if not self._shown.covers(document, block):
            made.href = made.href or made.subtitle_href
            made.title, made.subtitle, made.details = fact.heading.text, "", ()
            if fact.dates and span.start <= fact.dates.spans[0].start < span.end:
                made.when = ""
            self._shown.add(fact.heading)
            if block.end > span.end or block.start < span.start:
                return
        self._used.add((number, index))

    def _add_body(self, made: Card, entry: int) -> None:
        number = bisect_right(self._first_entry, entry) - 1
        document = self._documents[number]
        also = [span for value in (*made.also, *made.apart) for span in value.spans]
        blocks = []
        for index in document.entries[entry - self._first_entry[number]].blocks:
            block = document.blocks[index]
            if (number, index) in self._used:
                continue
            self._used.add((number, index))
            if self._shown.covers(document, block):
                continue
            if self._shown.covers(document, block, also):
                inside = partial(_within, document=document, block=block)
                tags = (value.text for value in filter(inside, made.also))
                details = (value.text for value in filter(inside, made.apart))
                made.tags = tuple(dict.fromkeys((*made.tags, *tags)))
                made.details = tuple(dict.fromkeys((*made.details, *details)))
            else:
                blocks.append(block)
        linked = {run.href for block in blocks for run in block.runs}
        if (made.href or made.subtitle_href) in linked - {None}:
            made.href = made.subtitle_href = None  # the link is where the candidate put it
        made.parts += lay_out(document, top=4, blocks=blocks)

    def _add_lists(self) -> None:
        """Show each list from its facts, unless that would leave out something it says."""
        kinds = {kind for kind in (*_RECORDS, *_GROUPS) if getattr(self._profile, kind)}
        while True:
            shown = self._shown.copy()
            for kind in kinds:
                for fact in getattr(self._profile, kind):
                    shown.add(*_values(fact))
                    shown.add(*self._dates(fact) if hasattr(fact, "dates") else ())
            left = {self._home_of(number, index) for number, index in self._left(shown)}
            left = {home for home in left if home not in self._claimed and self._heading(home)}
            said_by_half = {kind for kind in kinds if left & set(self._homes(kind))}
            if not said_by_half:
                break
            kinds -= said_by_half
        self._shown = shown
        for kind in (*_RECORDS, *_GROUPS):
            if kind in kinds:
                facts = getattr(self._profile, kind)
                section = self._open(kind, [_values(fact)[0] for fact in facts])
                section.items = (
                    groups(facts)
                    if kind in _GROUPS
                    else [record(fact, self._documents, self._language)[0] for fact in facts]
                )

    def _homes(self, kind: str) -> Iterator[_Home]:
        for fact in getattr(self._profile, kind):
            for value in _values(fact):
                yield self._home(self._place(value))

    # -- what is left

    def _left(self, shown: Shown) -> Iterator[tuple[int, int]]:
        """Documents and blocks of which the page doesn't show all yet; no headings. The head
        of a table is left with any of its rows.
        """
        for number, document in enumerate(self._documents):
            heads = {
                block.lead
                for block in document.blocks
                if block.lead is not None and document.blocks[block.lead].kind is Kind.ROW
            }
            left: set[int] = set()
            for index, block in enumerate(document.blocks):
                if block.kind is Kind.HEADING or index in heads or (number, index) in self._used:
                    continue
                if not shown.covers(document, block):
                    left.add(index)
                    if block.lead is not None and block.lead in heads:
                        left.add(block.lead)
            yield from ((number, index) for index in sorted(left))

    def _add_rest(self) -> None:
        left: dict[_Home, list[int]] = {}
        for number, index in self._left(self._shown):
            left.setdefault(self._home_of(number, index), []).append(index)
        for home, indices in left.items():
            document = self._documents[home[0]]
            heading = self._heading(home)
            section = self._claimed.get(home)
            at = (home[0], document.blocks[indices[0]].start)
            if section is None:
                section = PageSection("", heading.text if heading else None, document.language)
                if heading is None and not self._profile.basics.summary:
                    section.kind = "summary"
                self._sections.append((at, section))
            first = next(placed for placed, known in self._sections if known is section)
            parts = lay_out(document, top=3, blocks=self._with_headings(home, indices))
            if at <= first:
                section.before += parts
            else:
                section.after += parts

    def _with_headings(self, home: _Home, indices: Sequence[int]) -> list[Block]:
        """The blocks, and the headings below the section's own that they stand under."""
        document = self._documents[home[0]]
        paths = {document.sections[document.blocks[index].section].path for index in indices}
        wanted = set(indices)
        for number, section in enumerate(document.sections):
            below = self._tops[home[0]][number] == home[1] != number
            if below and any(path[: len(section.path)] == section.path for path in paths):
                wanted.add(section.heading if section.heading is not None else indices[0])
        return [document.blocks[index] for index in sorted(wanted)]


def _tops(document: Document) -> list[int]:
    """For each section, the one of the highest level that it is in."""
    tops: list[int] = []
    for number, section in enumerate(document.sections):
        above = document.sections[tops[-1]].path if tops else ()
        inside = len(section.path) > 1 and above and above[0] == section.path[0]
        tops.append(tops[-1] if inside else number)
    return tops


def _values(fact: Any) -> list[Value]:
    if hasattr(fact, "keywords"):
        return [
            value
            for value in (fact.name, *fact.keywords, getattr(fact, "level", None))
            if value is not None
        ]
    return record(fact, (), "en")[1]


def _within(value: Value, document: Document, block: Block) -> bool:
    return any(
        span.source == document.source and block.start <= span.start < block.end
        for span in value.spans
    )
