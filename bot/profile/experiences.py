"""Jobs, voluntary activities and projects, from the items of their sections."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.documents import Block, Document, Kind
from bot.profile.areas import Area
from bot.profile.employers import is_alike
from bot.profile.entities import has_legal_form, is_job, is_organization
from bot.profile.fields import PROJECT_ORDERS, WORK, WORK_ORDERS, project_fields
from bot.profile.headings import DASH, STRONG, Heading, groups, read_cells, read_heading, word_count
from bot.profile.items import Item
from bot.profile.layouts import assign
from bot.profile.links import link_in, links, mark_links
from bot.profile.pieces import Piece, piece_of
from bot.profile.places import is_place
from bot.profile.profile import Experience, Value
from bot.profile.technologies import Tools, distinct, listed, made_with
from bot.profile.vocabulary import phrases, word_list
from bot.words import ends_in_colon

_FIELDS = ("dates", "position", "organization", "location", "keywords", "kind", "url")


def read_jobs(document: Document, area: Area, tools: Tools, first_entry: int) -> list[Experience]:
    """The jobs or voluntary activities of an area.

    Args:
        tools: what the document's section on skills names.
        first_entry: number in the corpus of the document's first entry.
    """
    items = [item for item in area.items if not _is_gap(item) and _is_entry(item)]
    headings = [_heading(item) for item in items]
    found = assign([heading.parts for heading in headings], WORK, WORK_ORDERS)
    parsed = dict(zip(map(id, items), zip(headings, found, strict=True), strict=True))
    jobs = []
    employer: Piece | None = None  # of several roles that stand below it
    for item, heading, fields in zip(items, headings, found, strict=True):
        if item.is_group and not item.body and any(other.group is item for other in items):
            continue
        fields = fields | _named(heading, {"organization": "name"})
        _take_bracketed_place(fields)
        if "name" in fields:
            employer = fields["name"] if heading.has_roles_below else None
        elif employer is not None and "position" in fields:
            fields["name"] = employer
        above = parsed.get(id(item.group)) if item.group else None
        if above:
            fields = _under_group(fields, above[1])
            heading.dates = heading.dates or above[0].dates
        if "organization" not in heading.named and _is_remark(fields):
            continue
        if fields or heading.dates:
            jobs.append(_experience(document, item, heading, fields, tools, first_entry, ("name",)))
    return jobs


def _is_remark(fields: dict[str, Piece]) -> bool:
    """Whether a remark or a sentence only filled the place of an employer: "one Saturday a
    month", "38 graduates".
    """
    name, position = fields.get("name"), fields.get("position")
    if name is None or is_organization(name.text):
        return False
    first = name.text.lstrip("\"'“„«")[:1]
    if name.text.endswith((".", ";", "!")) or not (first.isalnum() or first in "([<"):
        return True
    return not (first.isupper() or (position and is_job(position.text)))


def _take_bracketed_place(fields: dict[str, Piece]) -> None:
    """Move a place in brackets to its field: "Acme (Berlin)"."""
    for name in ("name", "position"):
        piece = fields.get(name)
        match = re.search(r"\s*[(（]([^()（）]+)[)）]$", piece.text) if piece else None
        if piece and match and match.start() and "location" not in fields and is_place(match[1]):
            fields["location"] = piece.cut(*match.span(1))
            fields[name] = piece.cut(0, match.start())


def _under_group(fields: dict[str, Piece], above: dict[str, Piece]) -> dict[str, Piece]:
    """The fields of a role under the heading of its employer: what stands behind the role's comma
    is a part of it then, "Staff Nurse, Intensive Care".
    """
    position, name = fields.get("position"), fields.get("name")
    employed = "name" in above and is_organization(above["name"].text)
    if employed and position and name and _is_behind_comma(position, name):
        fields = {**fields, "position": position.upto(name)}
        del fields["name"]
    if "position" not in fields and "name" in fields and "name" in above:
        fields = {**fields, "position": fields["name"]}
        del fields["name"]
    return {**{name: above[name] for name in ("name", "location") if name in above}, **fields}


def _is_behind_comma(position: Piece, name: Piece) -> bool:
    if position.runs != name.runs or name.span.start < position.span.end:
        return False
    between = position.upto(name).text[len(position) : -len(name)]
    return between.strip() in (",", "，", "、") and not has_legal_form(name.text)


def read_projects(
    document: Document,
    area: Area,
    tools: Tools,
    employers: Sequence[str],
    jobs: Sequence[Experience],
    first_entry: int,
) -> list[Experience]:
    """The projects of an area; `employers` are the organisations named elsewhere, `jobs` those
    that a project may stand below.
    """

    def is_employer(text: str) -> bool:
        return any(is_alike(text, employer) for employer in employers)

    def names_organization(text: str) -> bool:
        return is_employer(text) or is_organization(text)

    items = [item for item in area.items if _is_entry(item)]
    headings = [_heading(item, names_organization) for item in items]
    for heading in headings:
        heading.parts = [part for part in heading.parts if part.text not in word_list("licences")]
        _take_tools(heading, tools, names_organization)
    found = assign(
        [heading.parts for heading in headings],
        project_fields(is_employer, tools.knows),
        PROJECT_ORDERS,
    )
    parsed = dict(zip(map(id, items), zip(headings, found, strict=True), strict=True))
    projects = []
    for item, heading, fields in zip(items, headings, found, strict=True):
        if not item.body and (item.is_group or any(other.below is item for other in items)):
            continue
        fields = fields | _named(heading, {"title": "name"})
        group = item.group or item.below
        while group and id(group) in parsed:
            above, above_fields = parsed[id(group)]
            heading.dates = heading.dates or above.dates
            if "organization" in above_fields:
                fields.setdefault("organization", above_fields["organization"])
            group = group.group
        told = _told_in_title(heading, list(fields.values()))
        if told:
            fields["summary"] = told
        if "name" not in fields:
            continue
        job = _job_of(item, jobs, first_entry)
        client = fields.get("organization")
        if job and client and not names_organization(client.text):
            fields.setdefault("keywords", fields.pop("organization"))
        project = _experience(
            document, item, heading, fields, tools, first_entry, ("organization",)
        )
        if job and project.organization is None:
            project = replace(project, organization=job.name)
        projects.append(project)
    return projects


def _job_of(item: Item, jobs: Sequence[Experience], first_entry: int) -> Experience | None:
    """The job that the item stands below."""
    if item.group is None or item.group.entry is None:
        return None
    entry = first_entry + item.group.entry
    return next((job for job in jobs if job.entry == entry), None)


def _told_in_title(heading: Heading, taken: Sequence[Piece]) -> Piece | None:
    """What a title says of its project behind the name: "Atlas — A map of all mills"."""
    for part in heading.parts:
        start = part.piece.span.start
        free = not any(piece.span.start <= start < piece.span.end for piece in taken)
        if free and part.line == 0 and part.before in (DASH, STRONG) and word_count(part.text) > 3:
            return part.piece
    return None


def _take_tools(heading: Heading, tools: Tools, names_organization: Callable[[str], bool]) -> None:
    """Take a list of tools that stands beside the dates: "2020 · Python, SQLite"; "written in Lua"
    is no name.
    """
    made = phrases("made_with")
    heading.parts = [part for part in heading.parts if not made.match(part.text)]
    for group in groups(heading.parts):
        if group[0].line == 0 and group[0] is heading.parts[0]:
            continue
        texts = [part.text for part in group]
        known = any(map(tools.knows, texts))
        mentioned = any(any(tools.find(part.piece)) for part in group)
        plain = not any(
            names_organization(text) or is_job(text) or is_place(text) for text in texts
        )
        short = all(word_count(text) <= 3 for text in texts)
        if known or (plain and short and (mentioned or len(group) > 2)):
            heading.named.setdefault("keywords", group[0].piece.upto(group[-1].piece))
            heading.parts = [part for part in heading.parts if part not in group]
            return


def _heading(item: Item, names_organization: Callable[[str], bool] = is_organization) -> Heading:
    if item.cells:
        return read_cells(item.cells, item.columns, (*_FIELDS, "title", "name"))
    lines = [line for line in mark_links(item.lines) if not phrases("made_with").match(line.text)]
    return read_heading(lines, _FIELDS, names_organization)


def _named(heading: Heading, renamed: dict[str, str]) -> dict[str, Piece]:
    return {
        renamed.get(name, name): piece
        for name, piece in heading.named.items()
        if name not in ("keywords", "kind", "url", "dates")
    }


def _is_entry(item: Item) -> bool:
    """Whether the item is an entry, or a line that could be one: no paragraph of prose."""
    text = item.title.text
    return item.entry is not None or not (
        len(text) > 120 or (text.rstrip().endswith((".", "。", ":", "：", "!")) and len(text) > 40)
    )


def _is_gap(item: Item) -> bool:
    """Whether the item is a time without work: "Career break"."""
    return word_list("gaps").leads(item.title.text) > 0


def _experience(
    document: Document,
    item: Item,
    heading: Heading,
    fields: dict[str, Piece],
    tools: Tools,
    first_entry: int,
    employer_fields: tuple[str, ...],
) -> Experience:
    summary, highlights = _told(document, item.body)
    if "summary" in fields:
        highlights = (summary, *highlights) if summary else highlights
        summary = fields["summary"].value()
    keywords: list[Value] = []
    built_with: list[Value] = []
    named = heading.named.get("keywords")
    for piece in filter(None, (named, fields.get("keywords"))):
        built_with += [part.value() for part in listed(piece)]
    # An employer may be named after a tool, and one tool after another.
    names = [fields[name].span for name in (*employer_fields, "location") if name in fields]
    names += [span for value in built_with for span in value.spans]
    for piece in [*item.lines, *(piece_of(document, block) for block in item.body)]:
        built_with += [part.value() for part in made_with(piece, tools)]
        keywords += [
            part.value()
            for part in tools.find(piece)
            if not any(name.start <= part.span.start < name.end for name in names)
        ]
    kind = heading.named.get("kind") or heading.kind

    def value(name: str) -> Value | None:
        piece = fields.get(name)
        return piece.value() if piece else None

    return Experience(
        heading=item.title.value(),
        name=value("name"),
        position=value("position"),
        organization=value("organization"),
        location=value("location"),
        dates=heading.dates,
        kind=kind.value() if kind else None,
        url=_url(document, item),
        summary=summary,
        highlights=highlights,
        keywords=distinct([*built_with, *keywords]),
        built_with=distinct(built_with),
        entry=first_entry + item.entry if item.entry is not None else None,
    )


def _told(document: Document, body: Sequence[Block]) -> tuple[Value | None, tuple[Value, ...]]:
    """The paragraph that an entry begins with, and all that follows it."""
    summary: Value | None = None
    highlights: list[Value] = []
    for block in body:
        piece = piece_of(document, block)
        if not piece or block.kind is Kind.HEADING:
            continue
        opens = block.kind is Kind.PARAGRAPH and not highlights and summary is None
        if opens and not ends_in_colon(piece.text):
            summary = piece.value()
        else:
            highlights.append(piece.value())
    return summary, tuple(highlights)


def _url(document: Document, item: Item) -> Value | None:
    """The address of the entry: a link in its heading, or the only one below."""
    for line in item.lines:
        if link := link_in(line):
            return link
    linked = [
        link.url
        for block in item.body
        if block.kind is not Kind.HEADING
        for link in links(piece_of(document, block))
    ]
    # Of several links none is certain to lead to the thing itself.
    if len({link.text for link in linked}) == 1:
        return linked[0]
    return None
