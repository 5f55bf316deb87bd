"""What a portfolio page sets: facts of the Profile as cards, records, groups and links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.answers.wording import Wording
from bot.api.layout import Part, safe_href
from bot.dates import PartialDate
from bot.documents import Document
from bot.profile.profile import (
    Basics,
    Credential,
    Dates,
    Education,
    Experience,
    Interest,
    Language,
    Place,
    Reference,
    Skill,
    Value,
)


@dataclass(frozen=True, slots=True)
class Link:
    """What a link is called, and where it leads if that is safe to follow."""

    text: str
    href: str | None
    kind: str = "url"


@dataclass(slots=True)
class Card:
    """A job, project, course of study or voluntary activity.

    Attributes:
        href: where the title leads; `subtitle_href`, where the subtitle does.
        values: the facts in its head.
        also, apart: facts that may stand alone in lines of their own, and then become tags, or
            details.
        parts: what else the résumé says of it.
    """

    title: str
    subtitle: str = ""
    details: tuple[str, ...] = ()
    when: str = ""
    href: str | None = None
    subtitle_href: str | None = None
    tags: tuple[str, ...] = ()
    parts: list[Part] = field(default_factory=list)
    values: tuple[Value, ...] = ()
    also: tuple[Value, ...] = ()
    apart: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A certificate, award, publication, language or reference: one thing, and what of it."""

    title: str
    detail: str = ""
    when: str = ""
    href: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind: skills or interests."""

    name: str
    items: tuple[str, ...]


def card(fact: Experience | Education, documents: Sequence[Document], language: str) -> Card:
    """The card of an experience or a course of study, without its body."""
    name: Value | None
    if isinstance(fact, Education):
        course = _in_order(fact.study_type, fact.area)
        name, title = fact.institution, _written(course, documents)
        details: tuple[Value | None, ...] = (fact.location,)
        also, apart = fact.courses, tuple(filter(None, [fact.score]))
        roles: tuple[Value, ...] = tuple(course)
        subtitle = [name] if name and title else []
    else:
        name = fact.name or fact.organization
        title, roles = (fact.position.text if fact.position else ""), ()
        details = (fact.location, fact.kind)
        also, apart = (*fact.built_with, *fact.keywords), fact.roles[1:]
        subtitle = [name] if name and title else []
        if fact.position:
            roles = (fact.position,)
        if fact.organization and fact.name:
            subtitle.append(fact.organization)
    shown = [*roles, *filter(None, [name, *subtitle, *details, fact.url])]
    return Card(
        title=title or (name.text if name else fact.heading.text),
        subtitle=", ".join(value.text for value in subtitle),
        details=tuple(value.text for value in details if value),
        when=when(fact.dates, documents, language),
        href=None if subtitle else link_to(fact.url),
        subtitle_href=link_to(fact.url) if subtitle else None,
        values=tuple(shown),
        also=also,
        apart=apart,
    )


def project_card(fact: Experience, documents: Sequence[Document], language: str) -> Card:
    """The card of a project, which is called by its name rather than by the role in it."""
    made = card(fact, documents, language)
    made.href, made.subtitle_href = link_to(fact.url), None
    if fact.name and fact.position:
        made.title = fact.name.text
        made.subtitle = ", ".join(
            value.text for value in (fact.position, fact.organization) if value
        )
    return made


def record(
    fact: Credential | Language | Reference, documents: Sequence[Document], language: str
) -> Record:
    """A fact that takes a line."""
    match fact:
        case Credential():
            return Record(
                fact.name.text,
                _text(fact.issuer),
                when(fact.dates, documents, language),
                link_to(fact.url),
                _text(fact.summary),
            )
        case Language():
            return Record(fact.language.text, _text(fact.fluency))
        case Reference():
            return Record(_text(fact.name), text=_text(fact.reference))


def values_of(fact: Credential | Language | Reference | Skill | Interest) -> list[Value]:
    """The values that a record or group shows; there is at least one."""
    match fact:
        case Credential():
            values = [fact.name, fact.issuer, fact.url, fact.summary]
        case Language():
            values = [fact.language, fact.fluency]
        case Reference():
            values = [fact.name, fact.reference]
        case Skill():
            values = [fact.name, *fact.keywords, fact.level]
        case Interest():
            values = [fact.name, *fact.keywords]
    return [value for value in values if value]


def _text(value: Value | None) -> str:
    return value.text if value else ""


def groups(facts: Iterable[Skill | Interest]) -> list[Group]:
    """Skills or interests by the names of their groups; those without any are one group."""
    named: list[Group] = []
    alone: list[str] = []
    for fact in facts:
        items = tuple(dict.fromkeys(value.text for value in fact.keywords))
        level = fact.level.text if isinstance(fact, Skill) and fact.level else ""
        name = fact.name.text if fact.name else ""
        if name and items:
            named.append(Group(f"{name} ({level})" if level else name, items))
        elif name:
            alone.append(f"{name} ({level})" if level else name)
        else:
            alone += items
    return [*([Group("", tuple(dict.fromkeys(alone)))] if alone else []), *named]


def when(dates: Dates | None, documents: Sequence[Document], language: str) -> str:
    """A period as the candidate writes it; where it is split into fields, in words."""
    if dates is None:
        return ""
    if len(dates.spans) == 1 and dates.spans[0].path is None:
        [span] = dates.spans
        text = next((d.text for d in documents if d.source == span.source), "")
        return " ".join(text[span.start : span.end].replace(" - ", " – ").split())
    period = replace(dates.period, start=_month(dates.period.start), end=_month(dates.period.end))
    return Wording(language, None).period(period)


def place(of: Place) -> tuple[str, list[Value]]:
    """Where the candidate lives, and the values that say so."""
    parts = [of.address, of.postal_code, of.city, of.region, of.country]
    whole = of.text.spans[0]
    apart = [part for part in parts if part and not whole.start <= part.spans[0].start < whole.end]
    values = sorted([of.text, *apart], key=lambda value: value.spans[0].start)
    return ", ".join(value.text for value in values), values


def contacts(basics: Basics) -> tuple[list[Link], list[Value]]:
    """The ways to reach the candidate, and the values that say so."""
    links: list[Link] = []
    if basics.email:
        links.append(Link(basics.email.text, safe_href(f"mailto:{basics.email.text}"), "email"))
    if basics.phone:
        number = "".join(char for char in basics.phone.text if char in "+0123456789")
        links.append(Link(basics.phone.text, safe_href(f"tel:{number}"), "phone"))
    if basics.url:
        links.append(Link(_bare(basics.url.text), link_to(basics.url)))
    for account in basics.profiles:
        called = [value.text for value in (account.network, account.username) if value]
        bare = _bare(account.url.text) if account.url else ""
        links.append(Link(": ".join(called) or bare, link_to(account.url)))
    values = [basics.email, basics.phone, basics.url]
    for account in basics.profiles:
        values += [account.network, account.username, account.url]
    return links, [value for value in values if value]


def link_to(value: Value | None) -> str | None:
    """The address that a value names, if it is safe to follow."""
    if value is None or " " in value.text:
        return None
    return safe_href(value.text) or (
        safe_href(f"https://{value.text}") if "." in value.text else None
    )


def _bare(url: str) -> str:
    return url.partition("://")[2].removeprefix("www.").rstrip("/") or url


def _month(date: PartialDate | None) -> PartialDate | None:
    return replace(date, day=None) if date else None


def _in_order(*values: Value | None) -> list[Value]:
    return sorted(filter(None, values), key=lambda value: value.spans[0].start)


def _written(values: Sequence[Value], documents: Sequence[Document]) -> str:
    """The values as they are written beside each other, else with commas between them."""
    if len(values) == 2:
        first, last = values[0].spans[0], values[1].spans[0]
        text = next((d.text for d in documents if d.source == first.source), "")
        between = text[first.end : last.start]
        if first.source == last.source and len(between) <= 6 and "\n" not in between:
            return " ".join(f"{values[0].text}{between}{values[1].text}".split())
    return ", ".join(value.text for value in values)
