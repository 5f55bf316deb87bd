"""The bot as the HTTP layer and the command line see it, and the index it answers from."""

import gc
import logging
import threading
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Protocol

from bot.answers.answerer import Answerer, Turn
from bot.documents import Document
from bot.errors import UnusableIndexError
from bot.index.load import Index, load_index
from bot.index.manifest import MANIFEST, read_manifest
from bot.profile.profile import Profile
from bot.replies.compose import compose
from bot.replies.reply import Message, Reply
from bot.replies.suggest import opening_questions, suggest
from bot.timing import stage

_log = logging.getLogger(__name__)
# Conversations whose answer is kept, of one index, until the day ends.
_CACHED = 512
# Asked before a visitor asks: what every question needs, and what only some do.
_USUAL = "Where does the candidate live?"
_RARE = "Waht did the candidate do in 2015?"
_POLL = 0.25  # seconds between two looks at the manifest


class Bot(Protocol):
    """Something that answers from an index. Safe to call from several threads."""

    @property
    def index_id(self) -> str:
        """The id of the build that answers now."""

    @property
    def documents(self) -> Sequence[Document]:
        """The corpus as the index holds it, in the order of its file names."""

    @property
    def name(self) -> str | None:
        """The candidate's name, if it is known."""

    @property
    def profile(self) -> Profile:
        """What was understood of the candidate."""

    @property
    def suggestions(self) -> Sequence[str]:
        """Questions to begin with, each of which has an answer."""

    def reply(self, messages: Sequence[Message]) -> Reply:
        """The reply to the last message, which is the user's."""


class ResumeBot:
    """The bot over one loaded index. Immutable but for a bounded cache."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._answerer = Answerer(index)
        # The cache doesn't refer to the bot, so that one that was replaced is freed with the last
        # request that it answers.
        self._turn = lru_cache(maxsize=_CACHED)(partial(_converse, self._answerer))

    @property
    def index_id(self) -> str:
        return self.index.manifest.build

    @cached_property
    def documents(self) -> Sequence[Document]:
        return self.index.passages.documents()

    @property
    def name(self) -> str | None:
        return self._answerer.name

    @property
    def profile(self) -> Profile:
        return self._answerer.profile

    @cached_property
    def suggestions(self) -> Sequence[str]:
        return self._suggest(())

    def reply(self, messages: Sequence[Message]) -> Reply:
        """The reply to the last message, which is the user's; the ones before are what it may
        refer to. The same messages get the same reply.
        """
        began = time.perf_counter()
        asked = tuple(message.content for message in messages if message.role == "user")
        turn = self._answered(asked)
        with stage("suggest"):
            suggestions = self._suggest(asked)
        with stage("compose"):
            return compose(
                asked[-1],
                turn.answer,
                self.index.passages,
                index=self.index_id,
                suggestions=suggestions,
                took_ms=(time.perf_counter() - began) * 1000,
            )

    def _answered(self, asked: tuple[str, ...]) -> Turn:
        return self._turn(asked, datetime.now(UTC).date())

    def _suggest(self, asked: tuple[str, ...]) -> tuple[str, ...]:
        """Up to three questions that have an answer: to go on with, or to begin with."""
        profile = self._answerer.profile
        if asked:
            candidates = suggest(self._answered(asked).question, profile)
        else:
            candidates = opening_questions(profile)
        answered = (
            question
            for question in dict.fromkeys(candidates)
            if question not in asked and self._answered((question,)).answer.outcome.found
        )
        return tuple(question for question, _ in zip(answered, range(3), strict=False))


class LiveBot:
    """The bot over the index that a folder publishes, whichever that is.

    A newly published index is loaded beside the one that serves and then takes its place. One
    that can't be loaded is reported in the log, and the old one goes on.
    """

    def __init__(self, folder: Path, index: Index | None = None) -> None:
        """Begin with `index`, which was loaded from the folder, or else load it.

        Raises:
            UnusableIndexError: it is missing, damaged or of another version.
        """
        self._folder = folder
        self._seen = None if index else self._stamp()  # it may have changed since
        self._bot = _warmed(ResumeBot(index or load_index(folder)), [_USUAL])
        self._stopping = threading.Event()
        self._watcher: threading.Thread | None = None

    @property
    def bot(self) -> ResumeBot:
        return self._bot

    def start(self) -> None:
        """Begin to watch for new indexes."""
        self._stopping.clear()
        self._watcher = threading.Thread(target=self._watch, name="index watcher", daemon=True)
        self._watcher.start()

    def stop(self) -> None:
        """Stop watching."""
        self._stopping.set()
        if self._watcher is not None:
            self._watcher.join()

    def _watch(self) -> None:
        _warmed(self._bot)  # the rest of it needn't keep the first visitor waiting
        while not self._stopping.wait(_POLL):
            stamp = self._stamp()
            if stamp is None or stamp == self._seen:
                continue
            self._seen = stamp
            try:
                if read_manifest(self._folder).build == self._bot.index_id:
                    continue
                self._bot = _warmed(ResumeBot(load_index(self._folder, self._bot.index)))
                gc.collect()  # the one before holds on to itself, and is large
                _log.info("now answering from index %s", self._bot.index_id)
            except UnusableIndexError as error:
                _log.error("%s; still answering from index %s", error, self._bot.index_id)

    def _stamp(self) -> tuple[int, int, int] | None:
        """What changes when the manifest is replaced; None while it isn't there."""
        try:
            stat = (self._folder / MANIFEST).stat()
        except OSError:
            return None
        return stat.st_ino, stat.st_mtime_ns, stat.st_size


def _converse(answerer: Answerer, asked: tuple[str, ...], day: date) -> Turn:
    del day  # what is counted up to now must not be kept until tomorrow
    return answerer.converse(asked)


def _warmed(bot: ResumeBot, questions: Sequence[str] = (_USUAL, _RARE)) -> ResumeBot:
    """The bot after its first answers, which are slower than the rest."""
    _ = bot.suggestions
    for question in questions:
        bot.reply([Message(role="user", content=question)])
    return bot
