"""The stages of a request: what each took, and that they reach the response."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import pytest
from starlette.testclient import TestClient

import bot.timing
from bot.timing import Timings, stage, timed


class Clock:
    """A clock that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(bot.timing, "perf_counter", clock)
    return clock


def test_what_is_inside_another_stage_counts_once(clock: Clock) -> None:
    timings = Timings()
    with timed(timings):
        clock.now = 1
        with stage("answer"):
            clock.now = 3
            with stage("rerank"):
                clock.now = 10
            clock.now = 14
        clock.now = 99
        with stage("rerank"):
            clock.now = 100
    assert timings.seconds == {"answer": 6, "rerank": 8}


def test_a_stage_that_fails_ends(clock: Clock) -> None:
    timings = Timings()
    with timed(timings):

        def fail() -> None:
            with stage("answer"):
                clock.now = 2
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        clock.now = 5
    assert timings.seconds == {"answer": 2}


def test_a_thread_that_takes_over_is_timed_and_others_are_not(clock: Clock) -> None:
    def work() -> None:
        with stage("answer"):
            clock.now += 1

    timings = Timings()
    with ThreadPoolExecutor(1) as pool:
        with timed(timings):
            pool.submit(copy_context().run, work).result()
        pool.submit(work).result()
    assert timings.seconds == {"answer": 1}


def stages(client: TestClient, question: str) -> dict[str, float]:
    header = client.get("/ask", params={"q": question}).headers["Server-Timing"]
    parts = [re.fullmatch(r"([\w-]+);dur=(\d+\.\d)", part) for part in header.split(", ")]
    assert all(parts), header
    return {part[1]: float(part[2]) for part in parts if part}


def test_the_response_tells_each_stage(app_client: TestClient) -> None:
    question = "Which storage backend does GoKv use to keep its data?"
    first = stages(app_client, question)
    order = ["understand", "search", "rerank", "answer", "suggest", "compose", "total"]
    assert set(first) == set(order)
    assert sum(first.values()) - first["total"] <= first["total"] + 1
    # The second time, the answer is at hand.
    assert set(stages(app_client, question)) == {"suggest", "compose", "total"}


def test_requests_at_once_are_told_apart(app_client: TestClient) -> None:
    questions = [f"What can pgcat do for {number} people?" for number in range(6)]
    with ThreadPoolExecutor(3) as pool:
        told = list(pool.map(lambda question: stages(app_client, question), questions))
    for one in told:
        assert one["understand"] <= one["total"]
