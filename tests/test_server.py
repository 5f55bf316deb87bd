"""`resume-bot serve` as a process: its end, new indexes, damaged ones, and the watching."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.index.manifest import MANIFEST, read_manifest
from bot.server import _listen
from tests.conftest import ROOT, build, get, wait_until

HOME = "Where does he live?"
OLD, NEW = "Guangzhou", "Reykjavik"
MOST_REQUESTS = 20_000  # of a client that asks until it is told to stop


@dataclass
class Server:
    """A running server."""

    process: subprocess.Popen[bytes]
    log: Path
    url: str

    def ask(self, question: str) -> dict[str, Any]:
        reply: dict[str, Any] = json.loads(get(f"{self.url}/ask?{urlencode({'q': question})}"))
        return reply

    def logged(self, words: str) -> bool:
        return words in self.log.read_text(encoding="utf-8")


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[Server]:
    """A server in a folder that holds an `index`, on a port of the system's choice."""
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve", "--port", "0", *arguments],
            cwd=folder,
            env=environment(),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until(
            lambda: process.poll() is not None or " on http://" in log.read_text("utf-8"),
            60,
            "the server",
        )
        shown = log.read_text(encoding="utf-8")
        assert process.poll() is None, shown
        yield Server(process, log, shown.split(" on ")[1].split()[0])
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def place(tmp_path: Path, seed_index: Path) -> Path:
    """A folder with a `corpus` that may be edited, and its `index`."""
    (tmp_path / "corpus").mkdir()
    shutil.copyfile(ROOT / "corpus" / "resume.md", tmp_path / "corpus" / "resume.md")
    shutil.copytree(seed_index, tmp_path / "index")
    return tmp_path


def edit(place: Path, old: str = OLD, new: str = NEW) -> None:
    path = place / "corpus" / "resume.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def rebuild(place: Path) -> None:
    """Build as the user does."""
    subprocess.run(
        [sys.executable, "-m", "bot", "build"],
        cwd=place,
        env=environment(),
        check=True,
        capture_output=True,
    )


@dataclass
class Client:
    """Asks the same question again and again, and notes what it gets."""

    url: str
    question: str
    answers: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def ask_until(self, stop: threading.Event) -> None:
        address = f"{self.url}/ask?{urlencode({'q': self.question})}"
        for _ in range(MOST_REQUESTS):
            if stop.is_set():
                return
            try:
                self.answers.append(json.loads(get(address))["answer"])
            except (OSError, HTTPException, ValueError) as error:
                self.failures.append(repr(error))
        self.failures.append("asked too often")


@contextmanager
def asking(url: str, *questions: str) -> Iterator[list[Client]]:
    """Clients that ask all the while, each a question of its own."""
    stop = threading.Event()
    clients = [Client(url, question) for question in questions]
    threads = [threading.Thread(target=client.ask_until, args=(stop,)) for client in clients]
    for thread in threads:
        thread.start()
    try:
        yield clients
    finally:
        stop.set()
        for thread in threads:
            thread.join()


# --- starting and ending --------------------------------------------------------------------------


def refused(folder: Path, *arguments: str) -> str:
    """The one line with which a server doesn't start."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "serve", *arguments],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0].removeprefix("resume-bot: ")


def test_a_port_in_use_is_told(place: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = refused(place, "--port", str(port))
    assert said.startswith(f"127.0.0.1:{port}: ")
    assert "in use" in said
    assert "--port" in said


def test_a_host_that_is_none_is_told(place: Path) -> None:
    said = refused(place, "--host", "no-such-host.invalid", "--port", "0")
    assert said.startswith("no-such-host.invalid:0: ")
    assert "--host" in said


def test_a_missing_index_is_told(tmp_path: Path) -> None:
    said = refused(tmp_path, "--port", "0")
    assert said == "index/manifest.json: there is no index; run 'resume-bot build'"


def test_a_damaged_index_is_told(place: Path) -> None:
    victim = next((place / "index" / "models").glob("*/*.onnx"))
    victim.write_bytes(victim.read_bytes()[:-1])
    said = refused(place, "--port", "0")
    assert said.startswith(f"{victim.relative_to(place)}: damaged")


def test_a_storage_for_counts_that_is_none_is_told(place: Path) -> None:
    (place / "bot.yaml").write_text("rate_limit: 5\nrate_limit_storage: paper://\n", "utf-8")
    environ = {key: value for key, value in environment().items() if "RATE_LIMIT" not in key}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "serve", "--port", "0"],
        cwd=place,
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "paper://" in done.stderr


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_server_at_once(place: Path, sent: signal.Signals) -> None:
    with serving(place, "--watch") as server:
        wait_until(lambda: get(f"{server.url}/readyz") != b"", 10, "ready")
        server.process.send_signal(sent)
        status = server.process.wait(timeout=4)
        assert status in (0, -sent, 128 + sent) or (sent is signal.SIGINT and status == 1)
        assert not server.logged("Traceback")
        assert not server.logged("ERROR")


def test_a_request_under_way_is_answered_before_the_end(place: Path) -> None:
    with serving(place) as server:
        host, port = server.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            body = json.dumps({"messages": [{"role": "user", "content": HOME}]}).encode()
            head = (
                f"POST /chat HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            )
            connection.sendall(head.encode() + body[:10])
            get(f"{server.url}/healthz")  # by now the server has read what was sent before
            server.process.terminate()
            connection.sendall(body[10:])
            received = b""
            while chunk := connection.recv(65_536):
                received += chunk
        assert received.startswith(b"HTTP/1.1 200 ")
        assert OLD.encode() in received
        server.process.wait(timeout=10)


# --- replies --------------------------------------------------------------------------------------


def test_the_same_question_gets_the_same_reply(place: Path) -> None:
    questions = ("Which projects were written in golang?", "What can pgcat do?", HOME)
    replies = []
    for _ in range(2):
        with serving(place) as server:
            replies += [
                [server.ask(question) | {"took_ms": 0} for question in questions] for _ in range(2)
            ]
    assert replies == [replies[0]] * 4


def test_serving_needs_no_torch(place: Path) -> None:
    code = """
import json, sys
from pathlib import Path
from bot.api.app import create_app
from bot.config import Settings
from bot.replies.reply import Message
from bot.service import LiveBot
import bot.server
live = LiveBot(Path("index"))
create_app(Settings(), live)
reply = live.bot.reply([Message(role="user", content="Where did he study?")])
print(json.dumps([reply.answer, sorted({name.split(".")[0] for name in sys.modules})]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=place, env=environment(), check=True, capture_output=True
    )
    answer, modules = json.loads(done.stdout)
    assert "South China Agricultural University" in answer
    assert "onnxruntime" in modules
    assert {"torch", "transformers", "sentence_transformers"}.isdisjoint(modules)


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="needs Linux's /proc")
def test_a_server_that_rebuilds_loads_no_torch(place: Path) -> None:
    with serving(place, "--watch") as server:
        before = server.ask(HOME)["index"]
        edit(place)
        wait_until(lambda: server.ask(HOME)["index"] != before, 60, "the new index")
        maps = Path(f"/proc/{server.process.pid}/maps").read_text(encoding="utf-8")
        assert "onnxruntime" in maps
        assert "torch" not in maps


# --- new indexes ----------------------------------------------------------------------------------


def test_a_new_index_is_picked_up_without_a_failed_request(place: Path) -> None:
    with serving(place) as server:
        assert OLD in server.ask(HOME)["answer"]
        with asking(server.url, HOME, "In which city is he based?") as clients:
            edit(place)
            rebuild(place)
            wait_until(lambda: NEW in server.ask(HOME)["answer"], 2, "the new text")
            wait_until(
                lambda: all(NEW in client.answers[-1] for client in clients), 2, "every client"
            )
        reply = server.ask(HOME)
        source = get(f"{server.url}/sources/resume.md").decode()
        assert reply["index"] == read_manifest(place / "index").build
        for citation in reply["citations"]:
            assert source[citation["start"] : citation["end"]] == citation["quote"]
    for client in clients:
        assert client.failures == []
        old = [OLD in answer for answer in client.answers]
        assert [NEW in answer for answer in client.answers] == [not was for was in old]
        assert old == sorted(old, reverse=True), "the old index came back"
        assert True in old, "nobody asked during the build"


def publish(name: str, built: Path, index: Path) -> None:
    """Publish in a server's index a build that was made elsewhere, as a build does: files, then
    the manifest in one step.
    """
    shutil.copytree(built / "builds" / name, index / "builds" / name, dirs_exist_ok=True)
    shutil.copyfile(built / MANIFEST, index / "draft")
    (index / "draft").replace(index / MANIFEST)


def torn(index: Path) -> None:
    path = index / MANIFEST
    path.write_bytes(path.read_bytes()[:200])


def other_format(index: Path) -> None:
    manifest = read_manifest(index).model_copy(update={"format": 999}).sealed()
    (index / MANIFEST).write_text(manifest.model_dump_json(), encoding="utf-8")


def flipped(index: Path) -> None:
    build = read_manifest(index).folder(index)
    path = max(build.iterdir(), key=lambda file: file.stat().st_size)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def lost(index: Path) -> None:
    next(read_manifest(index).folder(index).iterdir()).unlink()


@pytest.mark.parametrize("damage", [torn, other_format, flipped, lost])
def test_a_damaged_new_index_leaves_the_old_one_answering(
    place: Path, tmp_path_factory: pytest.TempPathFactory, damage: Callable[[Path], None]
) -> None:
    good, bad = (tmp_path_factory.mktemp(name) / "index" for name in ("good", "bad"))
    with serving(place) as server:
        before = server.ask(HOME)
        shutil.copytree(place / "index", good)
        edit(place)
        name = build(place / "corpus", good).manifest.build
        shutil.copytree(good, bad)
        damage(bad)
        publish(name, bad, place / "index")
        still = f"still answering from index {before['index']}"
        wait_until(lambda: server.logged(still), 10, "the report of the damage")
        assert not server.logged("Traceback")
        assert get(f"{server.url}/readyz")
        assert server.ask(HOME) | {"took_ms": 0} == before | {"took_ms": 0}
        # Nor is the server lost for the next index.
        publish(name, good, place / "index")
        wait_until(lambda: NEW in server.ask(HOME)["answer"], 10, "the mended index")


def test_an_index_that_disappears_leaves_the_server_answering(place: Path) -> None:
    with serving(place) as server:
        before = server.ask(HOME)
        shutil.rmtree(place / "index")
        # Questions that no cache holds are answered, too.
        assert "rocksdb" in server.ask("Which storage backend does GoKv use?")["answer"]
        assert server.ask(HOME)["answer"] == before["answer"]
        assert get(f"{server.url}/readyz")


def test_up_and_ready(live_server: str) -> None:
    for path in ("/healthz", "/readyz"):
        assert get(live_server + path)


# --- watching -------------------------------------------------------------------------------------


def test_watching_rebuilds_what_was_edited_before_the_start(place: Path) -> None:
    edit(place)
    with serving(place, "--watch") as server:
        assert NEW in server.ask(HOME)["answer"]


def test_watching_rebuilds_and_outlives_a_broken_corpus(place: Path) -> None:
    resume = place / "corpus" / "resume.md"
    with serving(place, "--watch") as server:
        assert OLD in server.ask(HOME)["answer"]
        edit(place)
        wait_until(lambda: NEW in server.ask(HOME)["answer"], 60, "the edited text")

        good = resume.read_bytes()
        resume.write_bytes(good + b"\xff\xfe")
        wait_until(lambda: server.logged("not UTF-8 text (byte 0xff)"), 60, "the report")
        assert NEW in server.ask(HOME)["answer"]
        assert get(f"{server.url}/readyz")

        resume.write_bytes(good.replace(NEW.encode(), b"Lima"))
        wait_until(lambda: "Lima" in server.ask(HOME)["answer"], 60, "the mended text")
        assert not server.logged("Traceback")


def test_watching_follows_a_corpus_that_is_replaced(place: Path) -> None:
    """As a checkout or an unpacked archive does it."""
    with serving(place, "--watch") as server:
        shutil.copytree(place / "corpus", place / "next")
        (place / "corpus").rename(place / "last")
        wait_until(lambda: server.logged("doesn't exist"), 60, "the report")
        assert OLD in server.ask(HOME)["answer"]
        (place / "next").rename(place / "corpus")
        edit(place)
        wait_until(lambda: NEW in server.ask(HOME)["answer"], 60, "the new folder's text")
        assert not server.logged("Traceback")


def test_watching_without_a_corpus_serves_what_was_built(place: Path) -> None:
    shutil.rmtree(place / "corpus")
    with serving(place, "--watch") as server:
        assert server.logged("corpus: doesn't exist")
        assert OLD in server.ask(HOME)["answer"]
        (place / "corpus").mkdir()
        text = (ROOT / "corpus" / "resume.md").read_text(encoding="utf-8")
        (place / "corpus" / "resume.md").write_text(text.replace(OLD, NEW), encoding="utf-8")
        wait_until(lambda: NEW in server.ask(HOME)["answer"], 60, "the corpus that came later")
        assert not server.logged("Traceback")


def test_the_parts_of_a_reply_do_not_wait_for_each_other() -> None:
    """Connections inherit it from the listener (TCP_NODELAY, RFC 896)."""
    with _listen("127.0.0.1", 0) as listener:
        client = socket.create_connection(listener.getsockname())
        connection, _ = listener.accept()
        with client, connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
