"""The Profile arranged as a portfolio page, with all of the résumé that it doesn't hold.

Jobs, projects, courses and the like become cards: a head of facts, and below it what the résumé
says besides, as it is written. Skills, languages and other lists are shown from the facts only
where these say all that the résumé's section says; else the section is shown as it is written.
Whatever is left over is shown under its own heading, so that nothing is lost from view.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
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
    values_of,
)
from bot.api.layout import Part, lay_out
from bot.api.outline import At, Home, Outline
from bot.api.shown import Shown
from bot.documents import Document, Kind
from bot.profile.profile import Education, Experience, Profile, Span, Value
from bot.service import Bot

_CARDS = ("work", "projects", "education", "volunteer")
_RECORDS = ("certificates", "awards", "publications", "languages", "references")
_GROUPS = ("skills", "interests")
_LISTS = (*_RECORDS, *_GROUPS)


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


class KeptPortfolio:
    """The portfolio of the index that answers, arranged when it is first asked for. Safe to call
    from several threads: at worst, two arrange the same.
    """

    def __init__(self) -> None:
        self._kept: tuple[str, Portfolio] | None = None  # with the index's build id

    def of(self, bot: Bot, documents: Sequence[Document], language: str) -> Portfolio:
        """The page of the bot's candidate; the arguments are those of `arrange`."""
        kept = self._kept
        if kept is None or kept[0] != bot.index_id:
            kept = self._kept = (bot.index_id, arrange(bot.profile, documents, language))
        return kept[1]


class _Arrangement:
    def __init__(self, profile: Profile, documents: Sequence[Document], language: str) -> None:
        self._profile = profile
        self._documents = documents
        self._language = language
        self._outline = Outline(documents)
        self._shown = Shown(documents)
        self._used: set[At] = set()  # blocks of which all has been shown
        self._claimed: dict[Home, PageSection] = {}
        self._sections: list[tuple[At, PageSection]] = []  # each with where it begins

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

    def _open(self, kind: str, facts: Sequence[Value]) -> PageSection:
        """A section for the facts, under the résumé's own heading if that is only theirs."""
        places = [self._outline.of_span(value.spans[0]) for value in facts]
        homes = dict.fromkeys(map(self._outline.home, places))
        section = PageSection(kind, None, self._documents[places[0][0]].language)
        if len(homes) == 1 and facts[0].spans[0].path is None:
            [home] = homes
            heading = self._outline.heading(home)
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
                at = self._outline.of_span(span)
                if self._shows(at, labelled=True):
                    self._used.add(at)

    def _shows(self, at: At, also: Sequence[Span] = (), *, labelled: bool = False) -> bool:
        document, block = self._documents[at[0]], self._outline.block(at)
        return self._shown.covers(document, block, also, labelled=labelled)

    def _summarize(self, summary: Sequence[Value]) -> None:
        found = [self._outline.of_span(value.spans[0]) for value in summary]
        places = [at for at in self._outline.with_between(found) if at not in self._used]
        if not places:
            return
        self._used.update(places)
        self._shown.add(*summary)
        section = self._open("summary", summary)
        for number, document in enumerate(self._documents):
            blocks = [document.blocks[index] for at, index in places if at == number]
            section.before += lay_out(document, top=3, blocks=blocks)
        self._sections[-1] = ((-1, 0), section)

    def _add_cards(self, kind: str) -> None:
        facts: Sequence[Experience | Education] = getattr(self._profile, kind)
        if not facts:
            return
        make: Callable[..., Card] = project_card if kind == "projects" else card
        section = self._open(kind, [fact.heading for fact in facts])
        cards = []
        for fact in facts:
            made = make(fact, self._documents, self._language)
            self._shown.add(*made.values, *_dates(fact))
            self._check_head(made, fact.heading)
            for entry in (fact.entry, *fact.more_entries):
                if entry is not None:
                    self._add_body(made, self._outline.of_entry(entry))
            cards.append(made)
        section.items = cards

    def _check_head(self, made: Card, heading: Value) -> None:
        """Where the facts don't say all that the heading says, the heading is the title."""
        span = heading.spans[0]
        at = self._outline.of_span(span)
        if not self._shows(at):
            made.href = made.href or made.subtitle_href
            made.title = heading.text
            made.details = tuple(detail for detail in made.details if detail not in made.title)
            made.subtitle = "" if made.subtitle in made.title else made.subtitle
            made.when = "" if made.when in made.title else made.when
            self._shown.add(heading)
            block = self._outline.block(at)
            if block.end > span.end or block.start < span.start:
                return
        self._used.add(at)

    def _add_body(self, made: Card, places: Sequence[At]) -> None:
        """Put below the card's head what the blocks of its entry say besides. Facts that stand
        alone in a line become tags or details.
        """
        places = [at for at in places if at not in self._used]
        self._used.update(places)
        also = [span for value in (*made.also, *made.apart) for span in value.spans]
        blocks = []
        for at in places:
            if self._shows(at):
                continue
            if not self._shows(at, also):
                blocks.append(self._outline.block(at))
                continue
            tags, details = (
                [value.text for value in values if at in map(self._outline.of_span, value.spans)]
                for values in (made.also, made.apart)
            )
            made.tags = tuple(dict.fromkeys((*made.tags, *tags)))
            made.details = tuple(dict.fromkeys((*made.details, *details)))
        linked = {run.href for block in blocks for run in block.runs if run.href}
        if (made.href or made.subtitle_href) in linked:
            made.href = made.subtitle_href = None  # the link is where the candidate put it
        if blocks:
            made.parts += lay_out(self._documents[places[0][0]], top=4, blocks=blocks)

    def _add_lists(self) -> None:
        """Show each list from its facts, unless that would leave out something it says."""
        kinds = {kind for kind in _LISTS if getattr(self._profile, kind)}
        while True:
            shown = self._shown.copy()
            for kind in kinds:
                for fact in getattr(self._profile, kind):
                    shown.add(*values_of(fact), *_dates(fact))
            left = {self._outline.home(at) for at in self._left(shown)} - self._claimed.keys()
            left = {home for home in left if self._outline.heading(home)}
            said_by_half = {kind for kind in kinds if not left.isdisjoint(self._homes(kind))}
            if not said_by_half:
                break
            kinds -= said_by_half
        self._shown = shown
        for kind in filter(kinds.__contains__, _LISTS):
            facts = getattr(self._profile, kind)
            section = self._open(kind, [values_of(fact)[0] for fact in facts])
            section.items = (
                groups(facts)
                if kind in _GROUPS
                else [record(fact, self._documents, self._language) for fact in facts]
            )

    def _homes(self, kind: str) -> Iterator[Home]:
        for fact in getattr(self._profile, kind):
            for value in values_of(fact):
                yield self._outline.home(self._outline.of_span(value.spans[0]))

    # -- what is left

    def _left(self, shown: Shown) -> Iterator[At]:
        """The blocks of which the page doesn't show all yet; no headings. The head of a table
        is left with any of its rows.
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
        left: dict[Home, list[int]] = {}
        for at in self._left(self._shown):
            left.setdefault(self._outline.home(at), []).append(at[1])
        for home, indices in left.items():
            document = self._documents[home[0]]
            begins = (home[0], indices[0])
            section = self._claimed.get(home)
            if section is None:
                heading = self._outline.heading(home)
                section = PageSection("", heading.text if heading else None, document.language)
                if heading is None and not self._profile.basics.summary:
                    section.kind = "summary"
                self._sections.append((begins, section))
            first = next(placed for placed, known in self._sections if known is section)
            blocks = self._outline.with_headings(home, indices)
            side = section.before if begins <= first else section.after
            side += lay_out(document, top=3, blocks=blocks)


def _dates(fact: Any) -> list[Value]:
    dates = getattr(fact, "dates", None)
    return [Value("", dates.spans)] if dates else []
