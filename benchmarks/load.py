"""Mixed load while the index is rebuilt: `python -m benchmarks.load --minutes 10`.

Clients ask, go on with conversations, stream, and open pages, all at once; every twenty seconds a
line of the résumé is changed and the index built anew beside the server that they ask.
"""

import argparse
import http.client
import json
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.machine import described, written
from benchmarks.servers import ROOT, Server, bot_command, quantile, read_questions, serving

HERE = Path(__file__).parent
QUESTIONS = ROOT / "tests" / "eval" / "paraphrases" / "jinhua.jsonl"
CLIENTS = 4
PAGES = ("/", "/resume", "/widget.js", "/readyz", "/healthz", "/sources/resume.md")


@dataclass
class Record:
    """What happened, each with the seconds since the start."""

    began: float = field(default_factory=time.monotonic)
    replies: list[tuple[float, str, float]] = field(default_factory=list)  # at, what, seconds
    failures: list[tuple[float, str, str]] = field(default_factory=list)
    builds: list[tuple[float, str]] = field(default_factory=list)  # at, id
    memory: list[tuple[float, float, float]] = field(default_factory=list)  # at, RSS and PSS, MB

    def now(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.began


class Visitor:
    """Does this and that over one connection that is kept open."""

    def __init__(self, port: int, questions: list[str], seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - no secret
        self._questions = questions
        self._port = port
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._asked = 0

    def act(self) -> str:
        """Send one request; what it was.

        Raises:
            RuntimeError: the reply isn't one.
        """
        self._asked += 1
        question = self._random.choice(self._questions)
        if self._random.random() < 0.5:
            question += " " * (self._asked % 500)  # one that no cache knows
        kind = self._random.choices(["ask", "chat", "stream", "page"], [5, 2, 2, 1])[0]
        if kind == "ask":
            reply = json.loads(self._get(f"/ask?{urlencode({'q': question})}"))
            self._check(reply)
        elif kind == "page":
            self._get(self._random.choice(PAGES))
        else:
            messages = [self._random.choice(self._questions), question]
            body = {"messages": [{"role": "user", "content": text} for text in messages]}
            accept = "text/event-stream" if kind == "stream" else "application/json"
            headers = {"Content-Type": "application/json", "Accept": accept}
            self._connection.request("POST", "/chat", json.dumps(body), headers)
            content = self._read().decode()
            if kind == "stream":
                content = content.rpartition("event: reply\ndata: ")[2].partition("\n")[0]
            self._check(json.loads(content))
        return kind

    def reconnect(self) -> None:
        """Begin anew after a failure."""
        self._connection.close()
        self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)

    def _check(self, reply: dict[str, object]) -> None:
        if not reply["answer"] or bool(reply["citations"]) != reply["found"]:
            raise RuntimeError(f"no whole reply: {reply}")

    def _get(self, path: str) -> bytes:
        self._connection.request("GET", path)
        return self._read()

    def _read(self) -> bytes:
        response = self._connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"status {response.status}: {body[:200]!r}")
        return body


def visit(visitor: Visitor, record: Record, stop: threading.Event) -> None:
    """Act until told to stop."""
    while not stop.is_set():
        began = time.monotonic()
        try:
            kind = visitor.act()
            record.replies.append((record.now(), kind, time.monotonic() - began))
        except (OSError, RuntimeError, ValueError, http.client.HTTPException) as error:
            record.failures.append((record.now(), type(error).__name__, str(error)[:200]))
            visitor.reconnect()


def rebuild(place: Path, record: Record, stop: threading.Event, every: float) -> None:
    """Change a line and build, again and again."""
    path = place / "corpus" / "resume.md"
    text = path.read_text(encoding="utf-8")
    number = 0
    while not stop.wait(every):
        number += 1
        path.write_text(f"{text}\n\nThis is revision {number} of the text.\n", encoding="utf-8")
        command = [sys.executable, "-m", "bot", "build", "--corpus", str(path.parent)]
        built = subprocess.run(  # noqa: S603
            [*command, "--index", str(place / "index")],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if built.returncode:
            record.failures.append((record.now(), "build", built.stderr[-200:]))
        manifest = json.loads((place / "index" / "manifest.json").read_text(encoding="utf-8"))
        record.builds.append((record.now(), manifest["build"]))


def watch(server: Server, record: Record, stop: threading.Event) -> None:
    """Note the memory each second."""
    while not stop.wait(1):
        memory = server.memory()
        record.memory.append((record.now(), memory["rss"], memory["pss"]))


def run(index: Path, corpus: Path, minutes: float, every: float) -> Record:
    """Load a server for so long."""
    questions = read_questions([QUESTIONS])
    stop = threading.Event()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        shutil.copytree(index, place / "index")
        shutil.copytree(corpus, place / "corpus")
        with serving(bot_command(place / "index"), questions[0]) as server:
            record = Record()
            visitors = [Visitor(server.port, questions, seed) for seed in range(CLIENTS)]
            jobs = [
                *(threading.Thread(target=visit, args=(v, record, stop)) for v in visitors),
                threading.Thread(target=rebuild, args=(place, record, stop, every)),
                threading.Thread(target=watch, args=(server, record, stop)),
            ]
            for job in jobs:
                job.start()
            time.sleep(minutes * 60)
            stop.set()
            for job in jobs:
                job.join()
    return record


def summary(record: Record) -> str:
    """What came of it, in Markdown."""
    times = [seconds * 1000 for _, _, seconds in record.replies]
    half = len(record.memory) // 2
    early, late = (
        [rss for _, rss, _ in part] for part in (record.memory[:half], record.memory[half:])
    )
    builds = len({build for _, build in record.builds})
    return "\n".join(
        [
            f"- {len(times)} requests in {record.memory[-1][0] / 60:.1f} minutes by {CLIENTS} "
            f"clients, {len(record.failures)} failed",
            f"- {builds} builds published beside it",
            f"- p50 {quantile(times, 0.5):.0f} ms, p95 {quantile(times, 0.95):.0f} ms, "
            f"p99 {quantile(times, 0.99):.0f} ms",
            f"- memory (RSS): {max(early):.0f} MB at most in the first half, "
            f"{max(late):.0f} MB in the second; PSS at the end {record.memory[-1][2]:.0f} MB",
            *(f"- failed after {at:.0f} s: {what}: {why}" for at, what, why in record.failures[:5]),
        ]
    )


def draw(record: Record, to: Path) -> None:
    """Memory and times over the minutes, with the builds, as a picture."""
    from matplotlib import pyplot

    figure, (above, below) = pyplot.subplots(2, 1, sharex=True, figsize=(8, 5))
    above.plot([at / 60 for at, _, _ in record.memory], [rss for _, rss, _ in record.memory])
    above.set_ylabel("memory (RSS), MB")
    above.set_ylim(bottom=0)
    below.plot(
        [at / 60 for at, _, _ in record.replies],
        [seconds * 1000 for _, _, seconds in record.replies],
        ",",
        rasterized=True,  # a point for each of thousands of requests
    )
    below.set_yscale("log")
    below.set_ylabel("ms a request")
    below.set_xlabel("minutes; grey: a new index is published")
    for at, _ in record.builds:
        for axes in (above, below):
            axes.axvline(at / 60, color="lightgrey", linewidth=0.5, zorder=0)
    figure.tight_layout()
    figure.savefig(to, metadata={"Date": None})


def main() -> None:
    """Run, print and draw, and write it into the README beside this file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--every", type=float, default=20, help="seconds between two builds")
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus")
    parser.add_argument("--index", type=Path, default=ROOT / "index")
    parser.add_argument("--write", action="store_true", help="into README.md, with the picture")
    options = parser.parse_args()
    record = run(options.index, options.corpus, options.minutes, options.every)
    text = f"{described(['onnxruntime', 'fastapi', 'uvicorn'])}.\n\n{summary(record)}"
    print(text)  # noqa: T201
    if options.write:
        draw(record, HERE / "load.svg")
        written(HERE / "README.md", "load", text)
    sys.exit(bool(record.failures))


if __name__ == "__main__":
    main()
