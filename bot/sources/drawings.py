"""Drawings: what a PDF page draws beside text, by PDFium."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_DOT = (1.0, 9.0)  # points across a bullet that is drawn
_MOST_DRAWINGS = 50_000
_DEEPEST_FORM = 3
_LEAST_ALPHA = 30  # of 255: what is drawn with less leaves the paper white
_LIGHTEST = 215  # of 255, in one of the three colours: what is lighter is as good as paper

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in points, from the top left of the page."""


@dataclass(frozen=True, slots=True)
class Drawings:
    """What is drawn on a page.

    Attributes:
        dark: where something other than paper is under the text.
        dots: where bullets may be drawn.
    """

    dark: tuple[Box, ...]
    dots: tuple[Box, ...]


def read_drawings(page: Any, raw: Any, origin: tuple[float, float], height: float) -> Drawings:
    """The drawings of a page.

    Args:
        page: of pypdfium2; `raw` is its module of that name.
        origin: left and bottom of the page's visible part, in points.
        height: of that part.
    """
    dark: list[Box] = []
    dots: list[Box] = []
    left, bottom = origin
    top = height + bottom
    bounds = [ctypes.c_float() for _ in range(4)]
    for thing in _things(page.raw, raw, 0):
        if not raw.FPDFPageObj_GetBounds(thing, *bounds):
            continue
        x0, y0, x1, y1 = (value.value for value in bounds)
        box = (x0 - left, top - y1, x1 - left, top - y0)
        if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_PATH:
            wide, high = x1 - x0, y1 - y0
            if _DOT[0] <= wide <= _DOT[1] and 0.7 < wide / max(high, 0.01) < 1.4:
                dots.append(box)
            if not _is_dark(thing, raw):
                continue
        dark.append(box)
    return Drawings(tuple(dark), tuple(dots))


def is_inside(box: Box, x: float, y: float) -> bool:
    """Whether a place is in the box or on its edge."""
    left, top, right, bottom = box
    return left <= x <= right and top <= y <= bottom


def _things(parent: Any, raw: Any, depth: int) -> Iterator[Any]:
    """The paths, pictures and shadings of the page, also of forms on it."""
    count, get = (
        (raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject)
        if depth
        else (raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject)
    )
    shown = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING)
    for i in range(min(count(parent), _MOST_DRAWINGS)):
        thing = get(parent, i)
        kind = raw.FPDFPageObj_GetType(thing) if thing else raw.FPDF_PAGEOBJ_TEXT
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            yield from _things(thing, raw, depth + 1)
        elif kind in shown:
            yield thing


def _is_dark(path: Any, raw: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, mode, stroke)
    channels = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(path, *channels)
    *colour, alpha = (channel.value for channel in channels)
    return bool(mode.value) and alpha >= _LEAST_ALPHA and min(colour) <= _LIGHTEST
