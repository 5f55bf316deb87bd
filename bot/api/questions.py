"""The question in a request, refused unless the bot can take it."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, TypeVar
from urllib.parse import parse_qsl

from fastapi import Depends, HTTPException, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.replies.reply import Message

MOST_CHARACTERS = 1_000  # of a question
MOST_MESSAGES = 50
MOST_CHARACTERS_IN_ALL = 20_000  # of a conversation
# A character written as \uXXXX\uXXXX takes 12 bytes; the rest is for names and brackets.
MOST_BYTES = 12 * MOST_CHARACTERS_IN_ALL + 16_384
_Model = TypeVar("_Model", bound=BaseModel)


class Conversation(BaseModel):
    """A conversation, the oldest message first, the last from the user."""

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        json_schema_extra={
            "examples": [
                {"messages": [{"role": "user", "content": "Where did he study?"}]},
                {
                    "messages": [
                        {"role": "user", "content": "Where does he live?"},
                        {"role": "assistant", "content": "Guangzhou, China [1]."},
                        {"role": "user", "content": "And where did he study?"},
                    ]
                },
            ]
        },
    )

    messages: list[Message] = Field(min_length=1, description=f"At most {MOST_MESSAGES}.")


async def check_query(request: Request) -> None:
    """Refuse a query string that isn't UTF-8; a dependency of every endpoint.

    Raises:
        HTTPException: 400. The framework would put U+FFFD in the place of what can't be read.
    """
    try:
        query = request.scope["query_string"].decode("utf-8")
        parse_qsl(query, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise HTTPException(400, "The query string is not UTF-8.") from None


async def read_question(
    q: Annotated[
        str,
        Query(
            description=f"The question, at most {MOST_CHARACTERS:,} characters.",
            examples=["Where did he study?"],
        ),
    ],
) -> Message:
    """The question of `GET /ask`.

    Raises:
        HTTPException: 400, it holds control characters; 413, it is too long.
        RequestValidationError: 422, it is missing or empty.
    """
    _check_question(q, ("query", "q"))
    return Message(role="user", content=q)


async def read_model(
    request: Request, model: type[_Model], values: Mapping[str, Any] | None = None
) -> _Model:
    """The body of a request, which is JSON; or `values`, if it was something else.

    Raises:
        HTTPException: 400, the body isn't JSON in UTF-8; 415, it says it is something else.
        RequestValidationError: 422, a field is missing or invalid.
    """
    try:
        if values is not None:
            return model.model_validate(values)
        media_type = request.headers.get("content-type", "application/json").partition(";")[0]
        if not media_type.strip().lower().endswith(("/json", "+json")):
            raise HTTPException(415, "Send the body as application/json.")
        return model.model_validate_json(await request.body())
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False, include_context=False)
        if any(found["type"] == "json_invalid" for found in errors):
            raise HTTPException(400, f"The body can't be read. {errors[0]['msg']}.") from None
        raise RequestValidationError(
            [{**found, "loc": ("body", *found["loc"])} for found in errors]
        ) from None


async def read_conversation(request: Request) -> Sequence[Message]:
    """The messages of `POST /chat`.

    Raises:
        HTTPException: 400, the body isn't JSON in UTF-8, or a message of the user holds control
            characters; 413, it is too long; 415, it says it is something else.
        RequestValidationError: 422, a field is missing or invalid.
    """
    messages = (await read_model(request, Conversation)).messages
    _check_length(messages)
    last = len(messages) - 1
    if messages[last].role != "user":
        raise _invalid(("body", "messages", last, "role"), "The last message is the user's")
    for number, message in enumerate(messages):
        if message.role == "user" and number < last:
            check_characters(message.content)
    _check_question(messages[last].content, ("body", "messages", last, "content"))
    return messages


Question = Annotated[Message, Depends(read_question)]
Messages = Annotated[Sequence[Message], Depends(read_conversation)]


def _check_length(messages: Sequence[Message]) -> None:
    if len(messages) > MOST_MESSAGES:
        raise HTTPException(
            413, f"A conversation has at most {MOST_MESSAGES} messages, this {len(messages)}."
        )
    length = sum(len(message.content) for message in messages)
    if length > MOST_CHARACTERS_IN_ALL:
        raise HTTPException(
            413,
            f"A conversation has at most {MOST_CHARACTERS_IN_ALL:,} characters, this {length:,}.",
        )


def _check_question(text: str, location: tuple[str | int, ...]) -> None:
    if len(text) > MOST_CHARACTERS:
        raise HTTPException(
            413, f"A question has at most {MOST_CHARACTERS:,} characters, this {len(text):,}."
        )
    check_characters(text)
    if not text.strip():
        raise _invalid(location, "The question is empty")


def check_characters(text: str, what: str = "question") -> None:
    """Refuse a text with control characters.

    Raises:
        HTTPException: 400.
    """
    for char in text:
        if unicodedata.category(char) == "Cc" and char not in "\t\n\r":
            raise HTTPException(400, f"The {what} holds a control character, U+{ord(char):04X}.")


def _invalid(location: tuple[str | int, ...], message: str) -> RequestValidationError:
    return RequestValidationError([{"type": "value_error", "loc": location, "msg": message}])
