"""Work on many things, spread over the cores."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

_MANY = 100  # things from which processes save more time than it takes to start them
_AT_ONCE = 16  # things that are sent to a process together


def spread(work: Callable[[Given], Made], things: Sequence[Given]) -> Iterator[Made]:
    """What `work`, a function of a module, makes of each thing, in order; of many in processes."""
    if len(things) < _MANY:
        yield from map(work, things)
        return
    with ProcessPoolExecutor() as processes:
        yield from processes.map(work, things, chunksize=_AT_ONCE)
