"""The bot and the LangChain service in turn on the same questions: `python -m benchmarks.compare`.

Each round starts one after the other afresh, asks every question once, then lets eight clients
ask. What counts is the ratio within a round, since both then had the same machine.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from benchmarks.machine import described, load_average, written
from benchmarks.servers import (
    ROOT,
    Command,
    ask_each,
    bot_command,
    distinct,
    load,
    quantile,
    read_questions,
    repeated,
    serving,
)

HERE = Path(__file__).parent
LANGCHAIN = HERE / "langchain"
VENV = ROOT / ".venv-langchain"
QUESTIONS = ROOT / "tests" / "eval" / "paraphrases" / "jinhua.jsonl"
CLIENTS = 8
FIGURES = {
    "cold": ("cold start to first answer", "s"),
    "cold cpu": ("cores' time for that", "s"),
    "p50": ("p50 of a question", "ms"),
    "p95": ("p95 of a question", "ms"),
    "cpu": ("cores' time for a question, mean", "ms"),
    "new": ("replies/s, 8 clients, no question twice", ""),
    "again": ("replies/s, 8 clients, the same questions again", ""),
    "rss": ("memory after that, RSS", "MB"),
    "pss": ("memory after that, PSS", "MB"),
}
Figures = dict[str, float]


def measure(command: Command, questions: Sequence[str], seconds: float) -> Figures:
    """One round of one server."""
    with serving(command, questions[0]) as server:
        started = server.cpu()
        times = ask_each(server, questions[1:])
        used = server.cpu() - started
        new = load(server, distinct(questions), CLIENTS, seconds)
        again = load(server, repeated(questions), CLIENTS, seconds)
        failures = new.failures + again.failures
        if failures:
            raise RuntimeError(f"{len(failures)} requests failed: {failures[0]}")
        return {
            "cold": server.cold,
            "cold cpu": started,
            "cpu": used / len(times) * 1000,
            "p50": statistics.median(times) * 1000,
            "p95": quantile(times, 0.95) * 1000,
            "new": new.per_second,
            "again": again.per_second,
            **server.memory(),
        }


def table(rounds: Sequence[Mapping[str, Figures]]) -> Iterator[str]:
    """The medians, and the median, least and greatest of the rounds' ratios, in Markdown."""
    yield "| | resume-bot | LangChain | ratio | of the rounds |"
    yield "|---|---|---|---|---|"
    for key, (what, unit) in FIGURES.items():
        ours, theirs = ([figures[who][key] for figures in rounds] for who in ("bot", "langchain"))
        ratios = sorted(a / b for a, b in zip(ours, theirs, strict=True))
        one, other = (f"{statistics.median(v):.3g} {unit}".strip() for v in (ours, theirs))
        middle = statistics.median(ratios)
        yield f"| {what} | {one} | {other} | {middle:.2f} | {ratios[0]:.2f}–{ratios[-1]:.2f} |"


def langchain_python() -> Path:
    """The Python of an environment with what the LangChain service needs, made if missing."""
    python, done = VENV / "bin" / "python", VENV / "done"
    needed = (LANGCHAIN / "requirements.txt").read_text(encoding="utf-8")
    if not done.is_file() or done.read_text(encoding="utf-8") != needed:
        print(f"installing the LangChain service into {VENV}", file=sys.stderr)  # noqa: T201
        run = [sys.executable, "-m", "venv", "--clear", str(VENV)]
        subprocess.run(run, check=True)  # noqa: S603
        requirements = str(LANGCHAIN / "requirements.txt")
        install = [str(python), "-m", "pip", "install", "-q", "-r", requirements]
        subprocess.run(install, check=True)  # noqa: S603
        done.write_text(needed, encoding="utf-8")
    return python


def main() -> None:
    """Compare, print the table, and write it into the README beside this file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=10, help="of each load")
    parser.add_argument("--most", type=int, default=10_000, help="questions that are asked")
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus")
    parser.add_argument("--index", type=Path, default=ROOT / "index", help="built from the corpus")
    parser.add_argument("--questions", type=Path, nargs="+", default=[QUESTIONS])
    parser.add_argument("--write", action="store_true", help="the table into README.md")
    options = parser.parse_args()
    python = str(langchain_python())
    service = str(LANGCHAIN / "service.py")
    questions = list(islice(read_questions(options.questions), options.most))
    with tempfile.TemporaryDirectory() as other:
        build = [python, service, "build", str(options.corpus), other]
        subprocess.run(build, check=True)  # noqa: S603
        commands: dict[str, Command] = {
            "bot": bot_command(options.index),
            "langchain": lambda port: [python, service, "serve", other, str(port)],
        }
        rounds = []
        for number in range(options.rounds):
            order = list(commands) if number % 2 else list(reversed(commands))
            busy = load_average()
            figures = {who: measure(commands[who], questions, options.seconds) for who in order}
            print(json.dumps({"load average before": busy, **figures}))  # noqa: T201
            rounds.append(figures)
    packages = ["onnxruntime", "faiss-cpu", "fastapi", "uvicorn"]
    pinned = (LANGCHAIN / "requirements.txt").read_text(encoding="utf-8").split()
    text = "\n".join(
        [
            f"{len(questions)} questions, medians of {len(rounds)} rounds. "
            f"{described(packages)}. The other: {', '.join(pinned)}.",
            "",
            *table(rounds),
        ]
    )
    print(text)  # noqa: T201
    if options.write:
        written(HERE / "README.md", "compare", text)


if __name__ == "__main__":
    main()
