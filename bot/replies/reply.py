"""The Reply: what a person or program gets for a question."""

from pydantic import BaseModel, ConfigDict, Field

from bot.answers.answer import Outcome


class Citation(BaseModel):
    """A place in a source, and the words there."""

    model_config = ConfigDict(frozen=True)

    id: int = Field(ge=1, description="The n of [n] in the answer.")
    quote: str = Field(max_length=400, description="The source's text from start to end.")
    source: str = Field(description="The file's path in the corpus.")
    section: list[str] = Field(description="Titles from the outermost section inward.")
    start: int = Field(ge=0, description="First code point of the quote in the source.")
    end: int = Field(ge=1, description="Code point after the quote's last.")
    line: int = Field(ge=1, description="1-based line of the quote's start.")
    page: int | None = Field(default=None, ge=1, description="1-based page, if there are pages.")
    path: str | None = Field(
        default=None, description="Path of the value, if the source has named fields (JSON)."
    )
    url: str = Field(description="Opens the résumé with the quote highlighted.")


class Reply(BaseModel):
    """The answer to one question with its proof."""

    model_config = ConfigDict(frozen=True)

    question: str
    answer: str
    found: bool = Field(description="True exactly if the corpus answers the question.")
    outcome: Outcome
    citations: list[Citation] = Field(description="Proof of the answer; empty if not found.")
    related: list[Citation] = Field(description="The nearest passages if there is no answer.")
    suggestions: list[str] = Field(max_length=3, description="Questions that have an answer.")
    answered_by: str = Field(description="The answerer: passages, smalltalk …")
    index: str = Field(description="The index's build id.")
    took_ms: float = Field(ge=0)
    id: str | None = Field(
        default=None, description="What `POST /feedback` takes; null if that isn't wanted."
    )


class Message(BaseModel):
    """One turn of a conversation."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    role: str = Field(pattern="^(user|assistant|system)$")
    content: str
