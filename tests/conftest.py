"""The real thing, once a session: the index over the project's own résumé, and servers on it."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import ClassVar

import pytest
from filelock import FileLock
from starlette.testclient import TestClient

from bot.api.app import create_app
from bot.config import Settings
from bot.index.build import BuildReport, build_index
from bot.index.fitted import Fit, Fitted
from bot.index.load import load_index
from bot.index.manifest import MANIFEST
from bot.models.encoder import Encoder
from bot.questions.intents import intent_fit
from bot.service import LiveBot, ResumeBot

ROOT = Path(__file__).parent.parent
DEFAULTS = Settings.model_fields
Build = Callable[[Path, Path], BuildReport]


class FitOnce(Fit):
    """A fit that takes its seconds once: the encoder is the same in all indexes of the tests."""

    kept: ClassVar[list[Fitted]] = []

    def fitted(self, encoder: Encoder) -> Fitted:
        if not self.kept:
            self.kept.append(super().fitted(encoder))
        return self.kept[0]


def build(corpus: Path, index: Path) -> BuildReport:
    """Build an index with the default models."""
    fit = intent_fit()
    return build_index(
        corpus,
        index,
        encoder=DEFAULTS["encoder"].default,
        reranker=DEFAULTS["reranker"].default,
        fit=FitOnce(fit.key, fit.questions, fit.make),
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
def seed_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index over the project's own résumé, one for all workers. Not to be changed.

    Exporting its models takes half a minute, if the project's own index doesn't hold them.
    """
    ready = ROOT / "index" / "models"
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    index = base / "seed"
    with FileLock(base / "seed.lock"):
        if not (index / MANIFEST).exists():
            if ready.is_dir():
                shutil.copytree(ready, index / "models", dirs_exist_ok=True)
            build(ROOT / "corpus", index)
    return index


@pytest.fixture(scope="session")
def models(seed_index: Path) -> Path:
    """The folder with the exported default models. Not to be changed."""
    return seed_index / "models"


@pytest.fixture(scope="session")
def new_index(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes an index folder that holds the models and nothing else yet."""

    def make() -> Path:
        folder = tmp_path_factory.mktemp("index")
        shutil.copytree(models, folder / "models")
        return folder

    return make


@pytest.fixture(scope="session")
def index_over(
    new_index: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Mapping[str, str]], Path]:
    """Makes the index over a corpus, given as the text of each file by its name."""

    def make(texts: Mapping[str, str]) -> Path:
        corpus, index = tmp_path_factory.mktemp("corpus"), new_index()
        for name, text in texts.items():
            (corpus / name).write_bytes(text.encode())
        build(corpus, index)
        return index

    return make


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
