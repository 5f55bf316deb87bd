"""The outline of a document: its areas, each of one kind, with the items in them.

Where headings don't tell what an area holds, or tell several things, its items do.
"""

import re
from collections.abc import Sequence

from bot.documents import Document
from bot.profile.areas import Area, find_areas
from bot.profile.entities import is_job
from bot.profile.headings import edge_periods
from bot.profile.items import Item, find_items
from bot.profile.vocabulary import is_language, labels, word_list
from bot.sources.sections import section_kind, tells_of_earlier

_JOINT = re.compile(
    r"\s*[&/+,，、]\s*|\s+(?:and|und|et|y|e|plus|sowie)\s+|(?<=[\u3400-\u9fff])[与和及](?=[\u3400-\u9fff])",
    re.IGNORECASE,
)
_WITH_ITEMS = (
    *("work", "volunteer", "education", "projects"),
    *("certificates", "awards", "publications"),
)


def outline(document: Document) -> list[Area]:
    """The areas in reading order, with items where the kind has any."""
    areas = [area for area in find_areas(document) if area.blocks]
    for area in areas:
        area.items = find_items(document, area.blocks)
    known = {area.kind for area in areas}
    for area in areas:
        if area.kind is None:
            area.kind = _inferred(area, known)
    parts = [part for area in areas for part in _unmixed(area)]
    return [part for area in parts for part in _without_projects(area)]


def _inferred(area: Area, known: set[str | None]) -> str | None:
    """The kind of a section whose title says nothing, by its entries."""
    dated = [item for item in area.items if item.entry is not None and _is_dated(item)]
    if not dated:
        return None
    texts = [_text_of(item) for item in dated]
    jobs = sum(word_list("jobs").count(text) > 0 for text in texts)
    degrees = sum(word_list("degrees").count(text) > 0 for text in texts)
    if degrees * 2 > len(dated) and "education" not in known:
        return "education"
    alone = "work" not in known or tells_of_earlier(area.title)
    if jobs * 2 > len(dated) and alone and section_kind(area.title) is None:
        return "work"
    return None


def _unmixed(area: Area) -> list[Area]:
    """The area, or one for each kind its title names: "Education and certificates"."""
    if area.kind is None or area.kind == "preamble":
        return [area]
    kinds: list[str] = []
    for part in _JOINT.split(area.title):
        kind = section_kind(part) if part.strip() else None
        if kind and kind not in kinds:
            kinds.append(kind)
    if len(kinds) < 2:
        return _schooling(area) if area.kind == "education" else [area]
    areas = {kind: Area(kind, area.title, []) for kind in kinds}
    if all(kind in _WITH_ITEMS for kind in kinds):
        for item in area.items:
            areas[_item_kind(item, kinds)].items.append(item)
    else:
        for block in area.blocks:
            kind = _block_kind(block.text, kinds, area.kind)
            areas[kind].blocks.append(block)
        for part_area in areas.values():
            part_area.items = [
                item
                for item in area.items
                if any(
                    block.start <= item.title.span.start < block.end for block in part_area.blocks
                )
            ]
    return [part for part in areas.values() if part.blocks or part.items]


def _without_projects(area: Area) -> list[Area]:
    """The area, or apart from it the projects that stand below its jobs."""
    if area.kind not in ("work", "volunteer"):
        return [area]
    projects = [item for group in area.items for item in _projects_below(group, area.items)]
    if not projects:
        return [area]
    jobs = [item for item in area.items if item not in projects]
    return [
        Area(area.kind, area.title, area.blocks, jobs),
        Area("projects", area.title, [], projects),
    ]


def _projects_below(job: Item, items: Sequence[Item]) -> list[Item]:
    """The items with dates below one that has a job's title and dates itself, if hardly any is
    named like a job.
    """
    below = [item for item in items if item.group is job and _is_dated(item)]
    titled = any(is_job(line.text) for line in job.lines if any(edge_periods(line.text)))
    few = sum(is_job(item.title.text) for item in below) * 2 < len(below)
    return below if titled and few else []


def _is_dated(item: Item) -> bool:
    return any(any(edge_periods(line.text)) for line in item.lines)


def _schooling(area: Area) -> list[Area]:
    """The area, or apart from it the certificates that stand among its degrees: lines by
    themselves that name neither a degree nor a school.
    """
    loose = [item for item in area.items if _is_certificate(item)]
    if not loose or not any(word_list("degrees").count(_text_of(item)) for item in area.items):
        return [area]
    studies = [item for item in area.items if item not in loose]
    if not studies:
        return [area]
    return [
        Area(area.kind, area.title, area.blocks, studies),
        Area("certificates", area.title, [], loose),
    ]


def _is_certificate(item: Item) -> bool:
    text = _text_of(item)
    told = any(word_list(name).count(text) for name in ("schools", "courses_whole"))
    alone = len(item.lines) == 1 and not item.body and not item.cells and item.group is None
    return alone and not told and not _names_degree(text) and bool(edge_periods(text))


def _names_degree(text: str) -> bool:
    """Whether a degree is named, and not only a "certificate", which may be none."""
    degrees = word_list("degrees").count(text)
    return degrees > word_list("certificates").count(text)


def _text_of(item: Item) -> str:
    return " ".join(line.text for line in item.lines)


def _item_kind(item: Item, kinds: Sequence[str]) -> str:
    text = _text_of(item)
    degree = word_list("degrees").count(text) + word_list("courses_whole").count(text)
    scores = {
        "work": 2.0 * (word_list("jobs").count(text) > 0) - degree,
        "volunteer": 1.0 * (word_list("jobs").count(text) > 0) - degree,
        "education": 2.5 * (degree > 0)
        + (word_list("schools").count(text) > 0)
        - 0.5 * (not item.body and not degree),
        "projects": 0.6,
        "certificates": 0.7 + word_list("certificates").count(text),
        "awards": 0.5 + word_list("awards").count(text),
        "publications": 0.4 + bool(re.search('["“„«]', text)),
    }
    return max(kinds, key=lambda kind: scores.get(kind, 0.0))


def _block_kind(text: str, kinds: Sequence[str], first: str) -> str:
    tokens = [token for token in re.split(r"[,;:：，、|·()（）\s]+", text) if token]
    named = sum(is_language(token) for token in tokens)
    if "languages" in kinds and (
        named * 3 >= len(tokens)
        or (any("language" in labels(part) for part in re.split("[:：]", text)[:1]) and named)
    ):
        return "languages"
    for part in re.split("[:：]", text)[:1]:
        kind = section_kind(part) if part != text else None
        if kind in kinds and kind is not None:
            return kind
    rest = [kind for kind in kinds if kind != "languages"]
    return first if first in rest else rest[0]
