"""A document whose values have named fields (JSON Resume): nothing is guessed.

Values are taken by the paths of the runs, such as `work[0].position`.
"""

import re
from collections.abc import Iterator

from bot.dates import PartialDate, Period
from bot.documents import Document
from bot.profile.employers import link_projects
from bot.profile.pieces import piece_of_runs
from bot.profile.profile import (
    Account,
    Basics,
    Credential,
    Dates,
    Education,
    Experience,
    Interest,
    Language,
    Place,
    Profile,
    Reference,
    Skill,
    Span,
    Value,
)
from bot.profile.technologies import Tools, distinct, made_with

_PATH = re.compile(r"([^.\[\]]+)|\[([0-9]+)\]")


def has_named_fields(document: Document) -> bool:
    """Whether the document's values have named fields."""
    return any(run.field for block in document.blocks for run in block.runs)


class Node:
    """A value, object or list of the file.

    Attributes:
        values: the lines of a value; one, if it has no line breaks.
        entry: number of the entry in the document that it belongs to.
    """

    def __init__(self) -> None:
        self.values: list[Value] = []
        self.children: dict[str | int, Node] = {}
        self.entry: int | None = None

    def at(self, *keys: str) -> "Node":
        """The node below, empty if there is none."""
        node = self
        for key in keys:
            node = node.children.get(key, Node())
        return node

    def get(self, *keys: str) -> Value | None:
        """The value below, its first line if it has several."""
        values = self.at(*keys).values
        return values[0] if values else None

    def each(self) -> Iterator["Node"]:
        """The elements of a list."""
        numbers = sorted(key for key in self.children if isinstance(key, int))
        return (self.children[number] for number in numbers)

    def all(self, key: str) -> tuple[Value, ...]:
        """The values of a list below, in order."""
        return tuple(value for node in self.at(key).each() for value in node.values)


def _tree(document: Document) -> Node:
    root = Node()
    for block in document.blocks:
        for run in block.runs:
            if not run.field:
                continue
            node = root
            for name, number in _PATH.findall(run.field):
                node = node.children.setdefault(name or int(number), Node())
                if node.entry is None:
                    node.entry = block.entry
            piece = piece_of_runs(document, [run])
            if piece:
                node.values.append(piece.value())
    return root


def read_named_fields(document: Document, first_entry: int = 0) -> Profile:
    """The profile that the file's fields give.

    Args:
        first_entry: number in the corpus of the document's first entry.
    """
    root = _tree(document)
    reader = _Reader(document, first_entry)
    skills = tuple(
        Skill(node.get("name"), node.all("keywords"), node.get("level"))
        for node in root.at("skills").each()
    )
    reader.tools = Tools(keyword.text for skill in skills for keyword in skill.keywords)
    work = tuple(reader.experience(node, "name") for node in root.at("work").each())
    projects = [reader.experience(node, "name") for node in root.at("projects").each()]
    return Profile(
        basics=_basics(root.at("basics")),
        work=work,
        volunteer=tuple(
            reader.experience(node, "organization") for node in root.at("volunteer").each()
        ),
        education=tuple(reader.education(node) for node in root.at("education").each()),
        projects=link_projects(projects, work),
        skills=skills,
        languages=tuple(
            Language(language, node.get("fluency"))
            for node in root.at("languages").each()
            if (language := node.get("language"))
        ),
        certificates=reader.credentials(root.at("certificates"), "name", "issuer", "date"),
        awards=reader.credentials(root.at("awards"), "title", "awarder", "date"),
        publications=reader.credentials(
            root.at("publications"), "name", "publisher", "releaseDate"
        ),
        interests=tuple(
            Interest(name, node.all("keywords"))
            for node in root.at("interests").each()
            if (name := node.get("name"))
        ),
        references=tuple(
            Reference(node.get("name"), node.get("reference"))
            for node in root.at("references").each()
            if node.get("name") or node.get("reference")
        ),
    )


def _basics(node: Node) -> Basics:
    return Basics(
        name=node.get("name"),
        label=node.get("label"),
        email=node.get("email"),
        phone=node.get("phone"),
        url=node.get("url"),
        summary=tuple(node.at("summary").values),
        location=_place(node.at("location")),
        profiles=tuple(
            Account(account.get("network"), account.get("username"), account.get("url"))
            for account in node.at("profiles").each()
        ),
    )


def _place(node: Node) -> Place | None:
    fields = {
        "address": node.get("address"),
        "postal_code": node.get("postalCode"),
        "city": node.get("city"),
        "region": node.get("region"),
        "country": node.get("countryCode"),
    }
    text = next(
        (fields[name] for name in ("city", "region", "country", "address") if fields[name]), None
    )
    return Place(text=text, **fields) if text else None


class _Reader:
    def __init__(self, document: Document, first_entry: int) -> None:
        self._document = document
        self._first_entry = first_entry
        self.tools = Tools(())

    def experience(self, node: Node, name: str) -> Experience:
        """A job, voluntary activity or project; `name` is the field that names it."""
        roles = node.all("roles")
        organization = node.get("entity")
        keywords, built_with = self._tools(node)
        told = node.at("summary").values
        return Experience(
            heading=self._heading(node, ("position", name, "location", "entity")),
            name=node.get(name),
            position=node.get("position") or (roles[0] if roles else None),
            organization=organization,
            location=node.get("location"),
            dates=_dates(node),
            kind=node.get("type"),
            url=node.get("url"),
            description=node.get("description"),
            summary=told[0] if told else None,
            highlights=(*told[1:], *node.all("highlights")),
            roles=roles if len(roles) > 1 else (),
            keywords=keywords,
            built_with=built_with,
            entry=self._entry(node),
        )

    def _tools(self, node: Node) -> tuple[tuple[Value, ...], tuple[Value, ...]]:
        """The keywords that are given with the skills that the entry's text names, and those of
        them that it was made with.
        """
        built_with = list(node.all("keywords"))
        found: list[Value] = []
        texts = [
            *node.at("summary").values,
            *node.at("description").values,
            *node.all("highlights"),
        ]
        for value in texts:
            for block in self._document.blocks:
                if block.start <= value.spans[0].start < block.end:
                    piece = piece_of_runs(self._document, block.runs)
                    built_with += [part.value() for part in made_with(piece, self.tools)]
                    found += [part.value() for part in self.tools.find(piece)]
        return distinct([*built_with, *found]), distinct(built_with)

    def education(self, node: Node) -> Education:
        """A course of study."""
        return Education(
            heading=self._heading(node, ("studyType", "area", "institution")),
            institution=node.get("institution"),
            area=node.get("area"),
            study_type=node.get("studyType"),
            location=node.get("location"),
            dates=_dates(node),
            score=node.get("score"),
            url=node.get("url"),
            courses=node.all("courses"),
            entry=self._entry(node),
        )

    def credentials(self, nodes: Node, name: str, issuer: str, date: str) -> tuple[Credential, ...]:
        """Certificates, awards or publications, by the names of their fields."""
        return tuple(
            Credential(
                heading=self._heading(node, (name, issuer)),
                name=title,
                issuer=node.get(issuer),
                dates=_dates(node, date),
                url=node.get("url"),
                summary=node.get("summary"),
            )
            for node in nodes.each()
            if (title := node.get(name))
        )

    def _heading(self, node: Node, keys: tuple[str, ...]) -> Value:
        """The line that names the element: all of `keys` that stand in one line."""
        spans = [value.spans[0] for key in keys if (value := node.get(key))]
        if not spans:
            return next(_values(node), Value("", (Span(self._document.source, 0, 0),)))
        text = self._document.text
        start, end = min(s.start for s in spans), max(s.end for s in spans)
        if "\n" in text[start:end]:
            first = min(spans, key=lambda span: span.start)
            return Value(text[first.start : first.end], (first,))
        return Value(text[start:end], (Span(self._document.source, start, end, spans[0].path),))

    def _entry(self, node: Node) -> int | None:
        return self._first_entry + node.entry if node.entry is not None else None


def _values(node: Node) -> Iterator[Value]:
    yield from node.values
    for child in node.children.values():
        yield from _values(child)


def _dates(node: Node, single: str | None = None) -> Dates | None:
    """The period from `startDate` to `endDate`, or the date in the field `single`."""
    start = node.get(single or "startDate")
    end = start if single else node.get("endDate")
    spans = tuple(value.spans[0] for value in dict.fromkeys((start, end)) if value)
    if not spans:
        return None
    first, last = _date(start), _date(end)
    return Dates(Period(first, last, last is None, spans[0].start, spans[-1].end), spans)


def _date(value: Value | None) -> PartialDate | None:
    if value is None:
        return None
    try:
        return PartialDate(*(int(part) for part in value.text.split("-")))
    except (ValueError, TypeError):
        return None
