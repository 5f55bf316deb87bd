"""`/ask` and `/chat`: a question in, a reply out."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.sse import EventSourceResponse, format_sse_event
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response

from bot.api.footnotes import as_text, place, split_answer
from bot.api.negotiation import EVENTS, HTML, JSON, TEXT, preferred
from bot.api.pages import contact, language_of, render
from bot.api.problems import Problem, documented, log_defect, problem
from bot.api.questions import Messages, Question
from bot.api.rate_limit import check_rate
from bot.api.site import BotDep, Site, SiteDep
from bot.feedback.log import asked, with_id
from bot.replies.reply import Message, Reply
from bot.service import Bot

PATIENCE = 1.0  # seconds in which a reply, or its failure, still decides the status
KEEP_ALIVE = 10.0  # seconds between comments to a proxy that would hang up on silence

_FORMATS = {"json": JSON, "text": TEXT, "html": HTML}
# A word with the space before it; scripts without spaces go character by character.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(rf"\s*(?:[{_UNSPACED}]|[^\s{_UNSPACED}]+)|\s+")

router = APIRouter(tags=["Questions"], dependencies=[Depends(check_rate)])


@router.get(
    "/ask",
    summary="Ask one question",
    response_model=Reply,
    responses={
        200: {
            "description": "The reply: as JSON, as text with footnotes, or as a page.",
            "content": {
                TEXT: {
                    "schema": {"type": "string"},
                    "example": "University of Somewhere [1].\n\n"
                    '[1] "BSc, University of Somewhere" — resume.md, Education, line 17\n',
                },
                HTML: {"schema": {"type": "string"}},
            },
        },
        **documented(400, 413, 422, 429, 503),
    },
)
def ask(
    request: Request,
    site: SiteDep,
    bot: BotDep,
    question: Question,
    wanted: Annotated[
        Literal["json", "text", "html"] | None,
        Query(alias="format", description="Wins over the Accept header."),
    ] = None,
) -> Response:
    """Answer a question from the résumé, with citations that quote it exactly."""
    media_type = _FORMATS[wanted] if wanted else preferred(request, (JSON, TEXT, HTML))
    reply = _reply(site, bot, [question])
    if media_type == HTML:
        response: Response = _page(request, site, reply)
    elif media_type == TEXT:
        response = PlainTextResponse(as_text(reply))
    else:
        response = Response(reply.model_dump_json(), media_type=JSON)
    return _private(response)


@router.post(
    "/chat",
    summary="Go on with a conversation",
    response_model=Reply,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {JSON: {"schema": {"$ref": "#/components/schemas/Conversation"}}},
        }
    },
    responses={
        200: {
            "description": "The reply: as JSON, or as an event stream of `delta` events, each "
            "with a piece of the answer, and a `reply` event with all of the reply. Should the "
            "bot fail once the stream is open, an `error` event with a problem ends it.",
            "content": {
                EVENTS: {
                    "schema": {"type": "string"},
                    "example": 'event: delta\ndata: {"text":"South"}\n\n'
                    'event: reply\ndata: {"question": …}\n\n',
                }
            },
        },
        **documented(400, 413, 415, 422, 429, 503),
    },
)
async def chat(request: Request, site: SiteDep, bot: BotDep, messages: Messages) -> Response:
    """Answer the last message; the server keeps nothing of a conversation."""
    pending = asyncio.ensure_future(run_in_threadpool(_reply, site, bot, messages))
    if preferred(request, (JSON, EVENTS)) == JSON:
        return _private(Response((await pending).model_dump_json(), media_type=JSON))
    # What fails at once still gets the status it deserves.
    if (await asyncio.wait({pending}, timeout=PATIENCE))[0]:
        pending.result()
    response = EventSourceResponse(_events(pending), headers={"X-Accel-Buffering": "no"})
    return _private(response)


def _reply(site: Site, bot: Bot, messages: Sequence[Message]) -> Reply:
    """The bot's reply, of which the owner learns if he wants to."""
    reply = bot.reply(messages)
    if site.questions is not None:
        reply = with_id(reply, messages)
        site.questions.note(asked(reply))
    return reply


async def _events(pending: asyncio.Future[Reply]) -> AsyncIterator[bytes]:
    try:
        # The first comment makes proxies pass the headers on.
        yield format_sse_event(comment="keep-alive")
        while not (await asyncio.wait({pending}, timeout=KEEP_ALIVE))[0]:
            yield format_sse_event(comment="keep-alive")
        reply = pending.result()
    except Exception as error:  # noqa: BLE001 - the status line is out already
        log_defect(error)
        yield _event("error", problem(500))
        return
    finally:
        pending.cancel()
    for text in words(reply.answer):
        yield _event("delta", Delta(text=text))
    yield _event("reply", reply)


class Delta(BaseModel):
    """A piece of the answer."""

    text: str


def words(answer: str) -> Iterator[str]:
    """The answer in pieces of about a word, which joined are the answer."""
    return (match[0] for match in _WORD.finditer(answer))


def _event(name: str, data: BaseModel) -> bytes:
    return format_sse_event(
        event=name, data_str=data.model_dump_json(exclude_none=isinstance(data, Problem))
    )


def _private(response: Response) -> Response:
    response.headers.add_vary_header("Accept")
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(request: Request, site: Site, reply: Reply) -> Response:
    context: dict[str, Any] = {
        "reply": reply,
        "answer": list(split_answer(reply)),
        "place": place,
        "contact": contact(site),
    }
    return render(request, "ask.html.j2", context, language=language_of(site))
