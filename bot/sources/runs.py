"""Runs of text: cut, trimmed and parted into lines, each run keeping its style and link."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.documents import Run, Style


def trimmed(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs without blanks at the ends, for formats whose runs get their offsets later."""
    kept = list(runs)
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return tuple(kept)


def without(runs: Sequence[Run], length: int) -> tuple[Run, ...]:
    """The runs less their first `length` characters."""
    kept: list[Run] = []
    for run in runs:
        cut = min(length, len(run.text))
        length -= cut
        if cut < len(run.text):
            kept.append(replace(run, start=run.start + cut, text=run.text[cut:]))
    return tuple(kept)


def split_lines(runs: Iterable[Run]) -> Iterator[tuple[Run, ...]]:
    """The runs between line breaks, without blanks at the ends; empty lines are left out."""
    line: list[Run] = []
    for run in [*runs, Run(0, 0, "\n")]:
        for i, text in enumerate(run.text.split("\n")):
            if i:
                if shown := trimmed(line):
                    yield shown
                line = []
            if text:
                line.append(replace(run, text=text))


def is_bold(runs: Iterable[Run]) -> bool:
    """Whether all that is seen of the runs is bold."""
    return all(run.style is Style.STRONG for run in runs if run.text.strip())
