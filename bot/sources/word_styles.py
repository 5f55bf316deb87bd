"""How a Word file sets a paragraph or run: by its own properties, else by those of its styles.

A style takes what it doesn't set from the style it is based on (ECMA-376, part 1, 17.7.2).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.documents import Style

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE = f"{WORD}val"
_HEADING = re.compile(r"heading ([1-9])")
_LIST = re.compile(r"list (?:bullet|number|paragraph|continue)?\s?([2-5])?")
_SMALLEST = 3.0  # points
_WHITES = ("FFFFFF", "FEFEFE", "AUTO")
_DEEPEST_STYLE = 10  # styles based on one another; a damaged file has them in a circle
_USUAL_SIZE = 10.0  # points, where the file names none


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is set: its style, its size in points, and whether a reader can't see it."""

    style: Style
    size: float
    hidden: bool


class Styles:
    """The styles of a Word file.

    Attributes:
        size: of type that nothing else is said of, in points.
    """

    def __init__(self, document: Any) -> None:
        """Of a document of python-docx."""
        self._styles = {style.style_id: style for style in document.styles}
        path = f"{WORD}docDefaults/{WORD}rPrDefault/{WORD}rPr/{WORD}sz"
        size = document.styles.element.find(path)
        self.size = _points(size.get(_VALUE) if size is not None else None) or _USUAL_SIZE

    def of_paragraph(self, element: Any) -> Any:
        """The style of a paragraph, of python-docx; None if the file lacks it."""
        named = element.find(f"{WORD}pPr/{WORD}pStyle")
        return self._styles.get(named.get(_VALUE) if named is not None else "Normal")

    def look(self, run: Any, style: Any) -> Look:
        """How a run is set in a paragraph of the style."""
        own = run.find(f"{WORD}rPr")
        chain = [own] if own is not None else []
        named = own.find(f"{WORD}rStyle") if own is not None else None
        if named is not None:
            chain += _run_properties(self._styles.get(named.get(_VALUE)))
        chain += _run_properties(style)
        size = _points(_first(chain, "sz")) or self.size
        hidden = _is_on(chain, "vanish") or size < _SMALLEST
        if _is_on(chain, "b"):
            kind = Style.STRONG
        else:
            kind = Style.EMPHASIS if _is_on(chain, "i") else Style.PLAIN
        return Look(kind, size, hidden or (_is_white(chain) and not _is_in_table(run)))


def heading_level(paragraph: Any, style: Any) -> int:
    """1 for the title, 2 to 6 for headings, 0 for any other paragraph."""
    outline = paragraph.find(f"{WORD}pPr/{WORD}outlineLvl")
    if outline is not None and (outline.get(_VALUE) or "").isdigit():
        level = int(outline.get(_VALUE))
        return min(level + 2, 6) if level < 9 else 0
    for each in _lineage(style):
        name = (each.name or "").lower()
        if name == "title":
            return 1
        if match := _HEADING.fullmatch(name):
            return min(int(match[1]) + 1, 6)
    return 0


def list_depth(paragraph: Any, style: Any) -> int:
    """The depth of a list item, 1 to 9; 0 for any other paragraph."""
    path = f"{WORD}pPr/{WORD}numPr"
    elements = [paragraph, *(each.element for each in _lineage(style))]
    numbers = (element.find(path) for element in elements)
    number = next((found for found in numbers if found is not None), None)
    named = _LIST.match((style.name or "").lower()) if style is not None else None
    if number is None:
        return int(named[1] or 1) if named and "paragraph" not in named[0] else 0
    identity = number.find(f"{WORD}numId")
    if identity is not None and identity.get(_VALUE) == "0":
        return 0
    depth = number.find(f"{WORD}ilvl")
    value = depth.get(_VALUE) if depth is not None else None
    own = int(value) + 1 if value and value.isdigit() else 1
    return min(max(own, int(named[1] or 1) if named else 1), 9)


def _lineage(style: Any) -> Iterator[Any]:
    """The style, the one it is based on, and so on."""
    for _ in range(_DEEPEST_STYLE):
        if style is None:
            return
        yield style
        style = style.base_style


def _run_properties(style: Any) -> list[Any]:
    found = (each.element.find(f"{WORD}rPr") for each in _lineage(style))
    return [properties for properties in found if properties is not None]


def _first(chain: Iterable[Any], name: str) -> str | None:
    """The property's value where it is set first."""
    for properties in chain:
        found = properties.find(f"{WORD}{name}")
        if found is not None:
            value: str | None = found.get(_VALUE) or found.get(f"{WORD}fill")
            return value
    return None


def _is_on(chain: Iterable[Any], name: str) -> bool:
    for properties in chain:
        found = properties.find(f"{WORD}{name}")
        if found is not None:
            return found.get(_VALUE) not in ("0", "false", "off", "none")
    return False


def _is_white(chain: list[Any]) -> bool:
    """Whether the run is white on white."""
    colour = _first(chain, "color") or ""
    shaded = _first(chain, "shd") or _first(chain, "highlight") or "auto"
    return colour.upper() in _WHITES and shaded.upper() in _WHITES


def _is_in_table(element: Any) -> bool:
    """Whether a coloured cell may be behind white text."""
    return any(True for _ in element.iterancestors(f"{WORD}tc", f"{WORD}txbxContent"))


def _points(half_points: str | None) -> float | None:
    return int(half_points) / 2 if half_points and half_points.isdigit() else None
