"""Where the time of a request goes, by stages."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import perf_counter

_current: ContextVar["Timings | None"] = ContextVar("timings", default=None)


class Timings:
    """The seconds that each stage took. Those of a stage inside another aren't the outer's."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._stage: str | None = None
        self._since = 0.0

    def switch(self, stage: str | None) -> str | None:
        """Go on in another stage, or in none; the stage so far."""
        now = perf_counter()
        before = self._stage
        if before is not None:
            self.seconds[before] = self.seconds.get(before, 0.0) + now - self._since
        self._stage, self._since = stage, now
        return before


@contextmanager
def timed(timings: Timings) -> Iterator[None]:
    """Note the stages of what is done inside, in this thread and in those it hands over to."""
    token = _current.set(timings)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """What is done inside is the stage `name`, if somebody wants to know."""
    timings = _current.get()
    if timings is None:
        yield
        return
    outer = timings.switch(name)
    try:
        yield
    finally:
        timings.switch(outer)
