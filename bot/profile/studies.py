"""Courses of study, from the items of their sections."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.documents import Block, Document
from bot.profile.areas import Area
from bot.profile.entities import is_degree, is_organization
from bot.profile.fields import EDUCATION, EDUCATION_ORDERS
from bot.profile.headings import Heading, edge_periods, labelled, read_cells, read_heading
from bot.profile.items import Item
from bot.profile.layouts import assign
from bot.profile.links import link_in, mark_links
from bot.profile.pieces import Piece, piece_of
from bot.profile.places import is_place
from bot.profile.profile import Education, Value
from bot.profile.technologies import listed
from bot.profile.vocabulary import labels, phrases, word_list
from bot.words import ends_in_colon

_FIELDS = ("dates", "institution", "study", "area", "location", "score", "courses")
_SCORE = re.compile(
    r"\s*(?:[:：]|of|von|de|is)?\s*([0-9]{1,3}(?:[.,][0-9]{1,2})?(?:\s?/\s?[0-9]{1,3}(?:[.,]0)?)?)(?![\w%])"
)
# "B.Sc. (Hons)", "Bachelor of Engineering - BE"
_DEGREE_END = re.compile(
    r"\.?(?:\s*[(（][^()（）]{1,25}[)）]|\s[-–]\s[A-Z][A-Za-z.]{0,6}(?=[,，]|$))?"
)
_JOINTS = ",:：·|–— "
_COMMA = re.compile(r",\s+|[，；、]\s*|;\s+")


def read_studies(document: Document, area: Area, first_entry: int) -> list[Education]:
    """The courses of study of an area.

    Args:
        first_entry: number in the corpus of the document's first entry.
    """
    items = _with_schools_above(
        [item for item in area.items if item.entry is not None or _may_be_study(item)]
    )
    headings = [_heading(item) for item in items]
    found = assign([heading.parts for heading in headings], EDUCATION, EDUCATION_ORDERS)
    parsed = dict(zip(map(id, items), found, strict=True))
    studies = []
    for item, heading, fields in zip(items, headings, found, strict=True):
        if item.is_group and not item.body and heading.dates is None:
            continue
        if item.group and id(item.group) in parsed:
            for name in ("institution", "location"):
                if name in parsed[id(item.group)]:
                    fields.setdefault(name, parsed[id(item.group)][name])
        fields |= heading.named
        if not fields:
            continue
        _check_school(fields, heading)
        study_type, area_piece = _split_study(fields.pop("study", None))
        score, courses, highlights = _told(document, item)
        area_piece = fields.get("area") or area_piece
        if study_type and area_piece is None:
            area_piece = _left_over(heading, [study_type, *fields.values()])

        def value(piece: Piece | None) -> Value | None:
            return piece.value() if piece else None

        studies.append(
            Education(
                heading=item.title.value(),
                institution=value(fields.get("institution")),
                area=value(area_piece),
                study_type=value(study_type),
                location=value(fields.get("location")),
                dates=heading.dates,
                score=value(fields.get("score")) or score,
                url=next((url for line in item.lines if (url := link_in(line))), None),
                courses=courses,
                highlights=highlights,
                entry=first_entry + item.entry if item.entry is not None else None,
            )
        )
    return studies


def _check_school(fields: dict[str, Piece], heading: Heading) -> None:
    """Take back what only filled the place of a school: a remark ("cum laude"), or the name of a
    course that stands alone ("Fire warden, 2019").
    """
    school = fields.get("institution")
    if school is None or "institution" in heading.named or is_organization(school.text):
        return
    first = school.text[:1]
    if not first.isalpha() or first.islower():
        del fields["institution"]
        return
    other = fields.get("study") or fields.get("area")
    comes_first = other is None or school.span.start < other.span.start
    if comes_first and (other is None or (other.text[:1].islower() and not _names_degree(other))):
        fields.pop("study", None)
        fields["area"] = fields.pop("institution")


def _names_degree(piece: Piece) -> bool:
    return word_list("degrees").count(piece.text) > 0


def read_courses(document: Document, area: Area) -> tuple[Value, ...]:
    """The courses of a section that lists nothing else."""
    found: list[Value] = []
    for item in area.items:
        pieces = item.title.lines() if len(item.title.lines()) > 1 else [item.title]
        for piece in pieces:
            many = len(piece.split(_COMMA)) > 2
            found += [part.value() for part in (listed(piece) if many else [piece])]
        found += [piece_of(document, block).value() for block in item.body]
    return tuple(found)


def with_courses(studies: Sequence[Education], courses: tuple[Value, ...]) -> list[Education]:
    """The studies, with the courses given to the first that has none of its own."""
    first = next((study for study in studies if not study.courses), None)
    return [replace(study, courses=courses) if study is first else study for study in studies]


def _with_schools_above(items: Sequence[Item]) -> list[Item]:
    """The items; a line with only a school goes to the dated degree below it."""
    joined: list[Item] = []
    for item in items:
        if joined and _is_school_of(joined[-1], item):
            above = joined.pop()
            item = replace(item, lines=[*above.lines, *item.lines])
        joined.append(item)
    return joined


def _is_school_of(above: Item, item: Item) -> bool:
    schools, degrees = word_list("schools"), word_list("degrees")
    name, text = above.title.text, " ".join(line.text for line in item.lines)
    return (
        above.entry is None
        and not above.cells
        and not above.body
        and schools.count(name) > 0
        and degrees.count(name) == 0
        and not edge_periods(name)
        and degrees.count(text) > 0
        and schools.count(text) == 0
    )


def _left_over(heading: Heading, taken: Sequence[Piece]) -> Piece | None:
    """The part beside a bare degree that is no other field: "Physics | PhD | The University"."""
    for part in heading.parts:
        start = part.piece.span.start
        if part.line != _line_of(heading, taken[0]) or is_place(part.text):
            continue
        if not any(piece.span.start <= start < piece.span.end for piece in taken):
            return part.piece
    return None


def _line_of(heading: Heading, piece: Piece) -> int | None:
    start = piece.span.start
    for part in heading.parts:
        if part.piece.span.start <= start < part.piece.span.end:
            return part.line
    return None


def _may_be_study(item: Item) -> bool:
    text = item.title.text
    cues = ("degrees", "courses_whole", "schools")
    return len(text) <= 160 and any(word_list(name).count(text) for name in cues)


def _heading(item: Item) -> Heading:
    if item.cells:
        return read_cells(item.cells, item.columns, _FIELDS)
    return read_heading(mark_links(item.lines), _FIELDS, is_organization)


def _split_study(piece: Piece | None) -> tuple[Piece | None, Piece | None]:
    """The degree and the subject of "BSc (Hons) Nursing", "Physics, PhD"."""
    if piece is None:
        return None, None
    parts = piece.split(_COMMA)
    bare = [part for part in parts if is_degree(part.text)]
    if len(parts) > 1 and bare:
        rest = [part for part in parts if part is not bare[0]]
        neighbours = rest[0].upto(rest[-1]) if bare[0] in (parts[0], parts[-1]) else rest[0]
        return bare[0], neighbours
    degrees = word_list("degrees")
    if word_list("courses_whole").count(piece.text):
        return piece, None
    start = degrees.ends(piece.text)
    if start and not degrees.leads(piece.text):
        return piece.cut(start), piece.cut(0, start).strip(_JOINTS) or None
    if found := degrees.find(piece.text):
        end = _whole_degree(piece.text, found[0][1])
        subject = piece.cut(end).strip(_JOINTS)
        subject = subject.cut(word_list("area").leads(subject.text)).strip("'’")
        return piece.cut(0, end), subject or None
    return None, piece


def _whole_degree(text: str, end: int) -> int:
    """Where the degree ends with its point and what stands in brackets: "B.Sc. (Hons.)"."""
    match = _DEGREE_END.match(text, end)
    return match.end() if match else end


def _told(
    document: Document, item: Item
) -> tuple[Value | None, tuple[Value, ...], tuple[Value, ...]]:
    """The final grade, the courses, and all else that is said of it."""
    score: Value | None = None
    courses: list[Value] = []
    highlights: list[Value] = []
    led_by_courses: set[int] = set()
    for block in item.body:
        piece = piece_of(document, block)
        name, rest = labelled(piece, ("score", "courses"))
        if name == "courses" or _names_courses(piece.text):
            courses += [part.value() for part in listed(rest)] if name else []
            led_by_courses.add(id(block))
            continue
        lead: Block | None = next(document.introducing(block), None)
        if lead is not None and id(lead) in led_by_courses:
            courses.append(piece.value())
            continue
        highlights.append(piece.value())
        score = score or _score(piece)
    for line in item.lines:
        score = score or _score(line)
    return score, tuple(courses), tuple(highlights)


def _names_courses(text: str) -> bool:
    return ends_in_colon(text) and "courses" in labels(text.rstrip(" :："))


def _score(piece: Piece) -> Value | None:
    """A grade that a line begins with, or that follows a comma."""
    for match in phrases("scores").finditer(piece.text):
        before = piece.text[: match.start()].rstrip()
        if before and before[-1] not in ",;·|•，；(（":
            continue
        if before.count("(") > before.count(")") and before[-1] != "(":
            continue
        if before.endswith(("(", "（")) and len(before) > 20:
            continue  # the grade of a thesis
        if number := _SCORE.match(piece.text, match.end()):
            return piece.cut(*number.span(1)).value()
    return None
