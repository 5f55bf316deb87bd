"""Areas: the blocks under one section heading, and what kind of facts they hold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bot.documents import Block, Document, Kind
from bot.profile.entities import is_organization
from bot.profile.items import Item
from bot.profile.persons import is_in_address, is_name
from bot.profile.vocabulary import is_language, labels, word_list
from bot.sources.sections import is_section_title, section_kind

_LONGEST_NAME = 60
# Titles of sections that aren't used inside an entry, and may stand as a plain line.
_PLAIN_TITLES = (
    *("languages", "interests", "references", "certificates"),
    *("education", "volunteer", "publications"),
)


@dataclass
class Area:
    """The blocks of one kind under one section heading.

    Attributes:
        kind: as `section_kind` names it; "preamble" for what is before the first section; None
            if it wasn't understood.
        title: the heading, if there is one.
        blocks: all of its blocks but the heading.
    """

    kind: str | None
    title: str
    blocks: list[Block]
    items: list[Item] = field(default_factory=list)


def find_areas(document: Document) -> Iterator[Area]:
    """Runs of blocks whose innermost known section is the same, without items."""
    kinds = [_section_kind(document, number) for number in range(len(document.sections))]
    headings = {section.heading for section in document.sections if section.heading is not None}
    head = _head_in_the_middle(document)
    area: Area | None = None
    last: tuple[str | None, str] | None = None
    for i, block in enumerate(document.blocks):
        kind, title = kinds[block.section]
        if head is not None and i >= head and block.section == document.blocks[head].section:
            kind, title = "preamble", ""
        if area is None or (kind, title) != last or (i in headings and block.entry is None):
            if area is not None:
                yield area
            area = Area(kind, title, [])
            last = kind, title
        if i in headings and block.entry is None:
            continue
        if opened := _opens_section(block, area.kind):
            if area.blocks:
                yield area
            area = Area(opened, block.text.strip().strip(":："), [])
            if is_section_title(block.text.rstrip(" :：")):
                continue
            # A line of its own: what comes below is of the section again.
            yield replace(area, blocks=[block])
            area = Area(kind, title, [])
            continue
        area.blocks.append(block)
    if area is not None:
        yield area


def _head_in_the_middle(document: Document) -> int | None:
    """The block with the candidate's name, where a column with sections stands before it.

    It is a line by itself whose words are in an address above.
    """
    if document.title is not None:
        return None
    addresses = ""
    for i, block in enumerate(document.blocks):
        text = block.text.strip()
        if re.search(r"\S@\S|/", text):
            addresses += f" {text}"
            continue
        inside = document.sections[block.section].path and block.kind is Kind.PARAGRAPH
        short = len(text) <= _LONGEST_NAME
        if inside and short and is_name(text) and is_in_address(text, addresses):
            return i
    return None


def _opens_section(block: Block, kind: str | None) -> str | None:
    """The kind of the section that a plain line opens: "Interests", "Languages: Dutch (B1)"."""
    if block.kind not in (Kind.PARAGRAPH, Kind.ITEM) or kind == "preamble":
        return None
    label, _, rest = block.text.partition(":")
    if block.kind is Kind.ITEM and (kind is not None or not rest.strip()):
        return None
    if not is_section_title(label.strip()):
        return None
    opened = section_kind(label.strip())
    if opened == kind or opened not in _PLAIN_TITLES:
        return None
    if rest.strip():
        spoken = opened == "languages" and _names_language(rest)
        return opened if opened == "interests" or spoken else None
    return opened


def _names_language(text: str) -> bool:
    return any(is_language(word) for word in re.split(r"[\s,;:()]+", text) if word)


def _section_kind(document: Document, number: int) -> tuple[str | None, str]:
    """The kind and the title of the innermost section that has a kind and names no entry."""
    path = document.sections[number].path
    if not path:
        return "preamble", ""
    found: tuple[str | None, str] = (None, path[0])
    for depth in range(len(path)):
        above = [
            section.heading
            for section in document.sections[: number + 1]
            if section.path == path[: depth + 1] and section.heading is not None
        ]
        if above and document.blocks[above[-1]].entry is not None:
            if not depth:
                found = (_kind_of_entry(document, above[-1]), "")
            continue
        kind = section_kind(path[depth])
        if kind is None and "courses" in labels(path[depth]):
            kind = "courses"
        if kind:
            if found[0] == "skills" and kind == "languages" and not _speaks(document, path):
                continue
            found = (kind, path[depth])
        elif depth and found[0]:
            found = (found[0], path[depth])
    return found


def _kind_of_entry(document: Document, heading: int) -> str | None:
    """What an entry is that stands in no section: a job, if its head names one or an employer."""
    head = " ".join(block.text for block in document.blocks[heading : heading + 2])
    if word_list("degrees").count(head):
        return "education"
    return "work" if word_list("jobs").count(head) or is_organization(head) else None


def _speaks(document: Document, path: tuple[str, ...]) -> bool:
    """Whether the section is about human languages, not those of computers."""
    return any(
        _names_language(block.text)
        for block in document.blocks
        if document.sections[block.section].path == path and block.kind is not Kind.HEADING
    )
