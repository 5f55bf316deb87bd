"""The Answer: statements, each with the passages that prove it."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How a question ended. Only `answered` and `partial` count as found."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_STATED = "not_stated"
    OFF_TOPIC = "off_topic"
    SMALLTALK = "smalltalk"

    @property
    def found(self) -> bool:
        return self in (Outcome.ANSWERED, Outcome.PARTIAL)


@dataclass(frozen=True, slots=True)
class Statement:
    """Something said, and the ids of the passages that prove it, the best first."""

    text: str
    proof: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered, before it is worded as a reply.

    Attributes:
        statements: in the order they are said; without proof where nothing was found.
        related: ids of the nearest passages, if there is no answer.
        answered_by: name of the answerer.
        focus: entries that the answer is about, for what is asked next.
    """

    outcome: Outcome
    statements: tuple[Statement, ...]
    answered_by: str
    related: tuple[int, ...] = ()
    focus: tuple[int, ...] = ()
