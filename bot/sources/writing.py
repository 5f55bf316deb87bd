"""Writing the text that the index keeps of a file that isn't text itself."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from bot.documents import Kind, Run, Style
from bot.sources.structure import Line

_BULLET = "• "


class Writer:
    """Writes text and notes which parts of it are blocks.

    Attributes:
        lines: the blocks so far; their runs stand in `text` exactly as they read.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.lines: list[Line] = []

    @property
    def text(self) -> str:
        """All that has been written."""
        return "".join(self._parts)

    @property
    def length(self) -> int:
        """How many code points have been written."""
        return self._length

    def say(self, text: str) -> None:
        """Write what belongs to no block: line ends, labels, bullets."""
        self._parts.append(text)
        self._length += len(text)

    def block(self, line: Line) -> int:
        """Write the line's runs here, whatever offsets they have, and return its index."""
        runs: list[Run] = []
        for (style, href, field, _), alike in groupby(line.runs, key=_look):
            text = "".join(run.text for run in alike)
            if text:
                end = self._length + len(text)
                runs.append(Run(self._length, end, text, style, href, field))
                self.say(text)
        self.lines.append(replace(line, runs=tuple(runs)))
        return len(self.lines) - 1


def _look(run: Run) -> tuple[Style, str | None, str | None, bool]:
    """What runs share that are written as one; the bars between cells stay by themselves."""
    return run.style, run.href, run.field, run.text == " | "


def lay_out(
    lines: Sequence[Line], page_starts: Iterable[int] = ()
) -> tuple[str, list[Line], list[int]]:
    """A text with each block on a line of its own, items with bullets.

    Args:
        lines: blocks that have some text each; the offsets of their runs don't matter.
        page_starts: for each page, the index of its first block.

    Returns:
        The text, the lines with their offsets in it, and the offset of each page's start.
    """
    writer = Writer()
    offsets: list[int] = []
    for line in lines:
        if writer.lines and (line.apart or line.kind is Kind.HEADING):
            writer.say("\n")
        offsets.append(writer.length)
        if line.kind is Kind.ITEM:
            writer.say("  " * (line.level - 1))
            parent = lines[line.parent] if line.parent is not None else None
            goes_on = parent is not None and parent.level == line.level
            writer.say("  " if goes_on else _BULLET)
        writer.block(replace(line, runs=tuple(_on_one_line(run) for run in line.runs)))
        writer.say("\n")
    pages = [offsets[i] if i < len(offsets) else writer.length for i in page_starts]
    if pages:
        pages[0] = 0
    return writer.text, writer.lines, pages


def _on_one_line(run: Run) -> Run:
    return replace(run, text=" ".join(run.text.splitlines())) if "\n" in run.text else run
