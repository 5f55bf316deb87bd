"""The real thing, once a session: the index over the project's own résumé, and servers on it."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.api.app import create_app
from bot.config import Settings
from bot.index.build import BuildReport, build_index
from bot.index.load import load_index
from bot.questions.intents import intent_fit
from bot.service import LiveBot, ResumeBot

ROOT = Path(__file__).parent.parent
DEFAULTS = Settings.model_fields
Build = Callable[[Path, Path], BuildReport]


def build(corpus: Path, index: Path) -> BuildReport:
    """Build an index with the default models."""
    return build_index(
        corpus,
        index,
        encoder=DEFAULTS["encoder"].default,
        reranker=DEFAULTS["reranker"].default,
        fit=intent_fit(),
        report=lambda _: None,
    )


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine's reaches a test; rate limit and feedback are off."""
    for name in list(os.environ):
        if name.startswith("RESUME_BOT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("RESUME_BOT_RATE_LIMIT", "0")
    monkeypatch.setenv("RESUME_BOT_FEEDBACK", "false")


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A `models` folder with the exported default models, which takes half a minute to make.

    It is taken from the project's own index where that has been built.
    """
    ready = ROOT / "index" / "models"
    if ready.is_dir():
        return ready
    folder = tmp_path_factory.mktemp("models")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "resume.md").write_text("# Ada\n\nLives in London.\n", encoding="utf-8")
    build(corpus, folder / "index")
    return folder / "index" / "models"


@pytest.fixture(scope="session")
def new_index(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes an index folder that holds the models and nothing else yet."""

    def make() -> Path:
        folder = tmp_path_factory.mktemp("index")
        shutil.copytree(models, folder / "models")
        return folder

    return make


@pytest.fixture(scope="session")
def seed_index(new_index: Callable[[], Path]) -> Path:
    """The index over the project's own résumé. Not to be changed."""
    folder = new_index()
    build(ROOT / "corpus", folder)
    return folder


@pytest.fixture(scope="session")
def seed_bot(seed_index: Path) -> ResumeBot:
    """The bot over the project's own résumé."""
    return ResumeBot(load_index(seed_index))


@pytest.fixture(scope="session")
def app_client(seed_index: Path) -> Iterator[TestClient]:
    """A client of the real application over the real index, without a rate limit."""
    settings = Settings(index=seed_index, rate_limit=0, feedback=False)
    with TestClient(create_app(settings, LiveBot(seed_index))) as client:
        yield client


@contextmanager
def running(index: Path, *arguments: str, cwd: Path | None = None) -> Iterator[str]:
    """A `resume-bot serve` process over an index; the address it serves on."""
    with ExitStack() as stack:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "bot",
                "serve",
                "--index",
                str(index),
                "--port",
                "0",
                *arguments,
            ],
            stdout=subprocess.PIPE,
            text=True,
            cwd=cwd,
            env={
                "RESUME_BOT_FEEDBACK": "false",
                **os.environ,
                "RESUME_BOT_RATE_LIMIT": "0",
                "PYTHONUNBUFFERED": "1",
            },
        )
        stack.callback(process.wait)
        stack.callback(process.terminate)
        assert process.stdout is not None
        stack.callback(process.stdout.close)
        for line in process.stdout:
            if " on http://" in line:
                yield line.split(" on ")[1].split()[0]
                return
        raise AssertionError("the server ended before it served")


def wait_until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    """Poll until the condition holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"{what}: not within {seconds} s"
        time.sleep(0.05)


def get(url: str) -> bytes:
    """The body of a page that is there."""
    with urllib.request.urlopen(url, timeout=10) as response:  # noqa: S310 - loopback
        content: bytes = response.read()
        return content


@pytest.fixture(scope="session")
def live_server(seed_index: Path) -> Iterator[str]:
    """The base URL of a running server over the real index, without a rate limit."""
    with running(seed_index) as url:
        yield url
