"""The log of questions as the server writes it."""

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.replies.reply import Message, Reply


def _now() -> int:
    return int(time.time())


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that a visitor asked.

    Attributes:
        reply: id of the reply.
        at: when, in seconds since 1970.
    """

    reply: str
    question: str
    outcome: str
    answered_by: str
    index: str
    at: int = field(default_factory=_now)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a visitor thought of a reply."""

    reply: str
    helpful: bool
    comment: str | None = None
    at: int = field(default_factory=_now)


class QuestionLog(Protocol):
    """Keeps what visitors ask and think. Safe to call from several threads."""

    def note(self, entry: Asked | Judged) -> None:
        """Keep an entry. Returns at once and never fails; what can't be kept is lost. A
        judgement on a reply that isn't in the log isn't kept.
        """

    def start(self) -> None:
        """Begin to keep what is noted."""

    def stop(self) -> None:
        """Keep what has been noted, then end."""


def with_id(reply: Reply, messages: Sequence[Message]) -> Reply:
    """The reply with an id, which the same questions get again from the same index."""
    asked = [message.content for message in messages if message.role == "user"]
    digest = hashlib.sha256("\0".join([reply.index, *asked]).encode("utf-8", "replace"))
    return reply.model_copy(update={"id": digest.hexdigest()[:16]})


def asked(reply: Reply) -> Asked:
    """The log's entry for a question and its reply, which has an id."""
    assert reply.id is not None
    return Asked(reply.id, reply.question, reply.outcome, reply.answered_by, reply.index)
