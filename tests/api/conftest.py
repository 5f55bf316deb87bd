"""A small bot for what the real one can't be made to do: fail, wait, or quote markup.

From `tests/conftest.py` the tests take `app_client`, a client of the real application with
the real index over `corpus/resume.md` and without a rate limit.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any, Protocol

import pytest
from starlette.testclient import TestClient

from bot.answers.answer import Outcome
from bot.api.app import create_app
from bot.config import Settings
from bot.documents import Document
from bot.profile.profile import Profile
from bot.replies.reply import Citation, Message, Reply
from bot.service import Bot
from bot.sources.markdown import read_markdown


class EchoBot:
    """Quotes the last block of the first document, whatever the question."""

    index_id = "0a1b2c3d"
    name: str | None = "Ada Example"
    suggestions: Sequence[str] = ("Where does she live?",)
    profile = Profile()

    def __init__(self, *documents: Document) -> None:
        self.documents = documents

    def reply(self, messages: Sequence[Message]) -> Reply:
        document = self.documents[0]
        block = document.blocks[-1]
        citation = Citation(
            id=1,
            quote=document.text[block.start : block.end],
            source=document.source,
            section=list(document.sections[block.section].path),
            start=block.start,
            end=block.end,
            line=document.line(block.start),
            url=f"/resume?source={document.source}&start={block.start}&end={block.end}#cite",
        )
        return Reply(
            question=messages[-1].content,
            answer=f"{block.text} [1].",
            found=True,
            outcome=Outcome.ANSWERED,
            citations=[citation],
            related=[],
            suggestions=list(self.suggestions),
            answered_by="echo",
            index=self.index_id,
            took_ms=0.1,
        )


class FixedService:
    """Holds the bot it is given."""

    def __init__(self, bot: Bot | None) -> None:
        self.bot = bot
        self.running = False

    def start(self) -> None:
        self.running = True

    def stop(self) -> None:
        self.running = False


class Connect(Protocol):
    def __call__(self, bot: Bot | None, *, address: str = ..., **settings: Any) -> TestClient: ...


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Makes a client, at an address, of an application with a bot and settings."""
    with ExitStack() as stack:

        def make(bot: Bot | None, *, address: str = "192.0.2.1", **settings: Any) -> TestClient:
            app = create_app(Settings(**{"rate_limit": 0, **settings}), FixedService(bot))
            return stack.enter_context(TestClient(app, client=(address, 50_000)))

        yield make


@pytest.fixture
def read() -> Callable[[str], EchoBot]:
    """Makes a bot over one Markdown text, `resume.md`."""
    return lambda text: EchoBot(read_markdown("resume.md", text))


@pytest.fixture
def client(connect: Connect, read: Callable[[str], EchoBot]) -> TestClient:
    """A client of an application over two lines of résumé."""
    return connect(read("# Ada Example\n\nLives in London.\n"))
