"""Servers under measurement, each a process of its own, and clients that ask them."""

import http.client
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).parent.parent
_MOST_WAIT = 120.0  # seconds for a server to come up
_POLL = 0.005  # seconds between two tries to connect

Command = Callable[[int], Sequence[str]]  # port → the command that serves on it


@dataclass
class Server:
    """A server that answers.

    Attributes:
        cold: seconds from the start of its process to its first answer.
    """

    process: subprocess.Popen[bytes]
    port: int
    cold: float

    def memory(self) -> dict[str, float]:
        """Of the process in MB: `rss`, pages in memory; `pss`, with the shared ones by share."""
        text = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text(encoding="utf-8")
        found = {name: re.search(rf"^{name}:\s+(\d+)", text, re.M) for name in ("Rss", "Pss")}
        return {name.lower(): int(match[1]) / 1024 for name, match in found.items() if match}

    def cpu(self) -> float:
        """Seconds of a core that the process has used."""
        text = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8")
        user, system = text.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def bot_command(index: Path) -> Command:
    """`resume-bot serve` as this Python has it."""
    return lambda port: [
        *(sys.executable, "-m", "bot", "serve"),
        *("--index", str(index), "--port", str(port)),
    ]


@contextmanager
def serving(command: Command, question: str) -> Iterator[Server]:
    """The server, once it has answered the question."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environment = {**os.environ, "RESUME_BOT_RATE_LIMIT": "0", "PYTHONPATH": str(ROOT)}
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603
        command(port), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while True:
            try:
                Client(port).ask(question)
                break
            except OSError:
                if process.poll() is not None or time.perf_counter() - began > _MOST_WAIT:
                    raise RuntimeError(f"no answer from: {' '.join(command(port))}") from None
                time.sleep(_POLL)
        yield Server(process, port, time.perf_counter() - began)
    finally:
        process.terminate()
        process.wait()


class Client:
    """Asks over one connection that is kept open."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, question: str) -> bytes:
        """The body of the reply.

        Raises:
            RuntimeError: the status isn't 200.
            OSError: there was none.
        """
        self._connection.request("GET", f"/ask?{urlencode({'q': question})}")
        response = self._connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"status {response.status}")
        return body


@dataclass
class Load:
    """What several clients got in some time."""

    seconds: float
    times: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Replies a second."""
        return len(self.times) / self.seconds


def ask_each(server: Server, questions: Sequence[str]) -> list[float]:
    """The seconds that each question took, asked one after another."""
    client = Client(server.port)
    times = []
    for question in questions:
        began = time.perf_counter()
        client.ask(question)
        times.append(time.perf_counter() - began)
    return times


def load(server: Server, questions: Iterator[str], clients: int, seconds: float) -> Load:
    """Have clients ask the questions, which they take from one endless supply."""
    result = Load(seconds)
    taking = threading.Lock()
    end = time.perf_counter() + seconds

    def run() -> None:
        client = Client(server.port)
        while (began := time.perf_counter()) < end:
            with taking:
                question = next(questions)
            try:
                client.ask(question)
                result.times.append(time.perf_counter() - began)
            except (OSError, RuntimeError, http.client.HTTPException) as error:
                result.failures.append(repr(error))
                client = Client(server.port)

    threads = [threading.Thread(target=run) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return result


def repeated(questions: Sequence[str]) -> Iterator[str]:
    """The questions again and again, as visitors ask what is suggested to them."""
    while True:
        yield from questions


def distinct(questions: Sequence[str]) -> Iterator[str]:
    """The questions again and again, each time with other blanks, so that no cache knows them."""
    turn = 0
    while True:
        turn += 1
        yield from (question + " " * turn for question in questions)


def read_questions(files: Sequence[Path]) -> list[str]:
    """The questions of files in the format of `resume-bot eval`, those without a history."""
    rows = [
        json.loads(line)
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    return list(dict.fromkeys(row["q"] for row in rows if not row.get("history")))


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which so large a share of the values is."""
    return statistics.quantiles(values, n=100, method="inclusive")[round(share * 100) - 1]
