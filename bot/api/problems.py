"""Failures as clients see them: problem details (RFC 9457), or a page for a browser."""

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.api.negotiation import HTML, preferred
from bot.api.pages import language_of, render

MEDIA_TYPE = "application/problem+json"
_log = logging.getLogger(__name__)


class FieldProblem(BaseModel):
    """What is wrong with one field."""

    model_config = ConfigDict(frozen=True)

    pointer: str = Field(description="The field: a parameter's name, or a JSON pointer.")
    detail: str


class Problem(BaseModel):
    """Problem details (RFC 9457)."""

    model_config = ConfigDict(frozen=True)

    type: str = Field(default="about:blank", description="The title says it all.")
    title: str = Field(description="The status in words.")
    status: int = Field(ge=400, le=599)
    detail: str = Field(description="What is wrong with this request, and what to do.")
    errors: list[FieldProblem] | None = Field(
        default=None, description="With 422: the fields in question."
    )


_DETAILS = {
    404: "There is nothing at this address.",
    405: "This address doesn't take that method.",
    500: "Something went wrong on the server. Try again later.",
}


def problem(
    status: int, detail: str | None = None, errors: list[FieldProblem] | None = None
) -> Problem:
    """The problem of an HTTP status; without a detail, what can be said of the status."""
    title = HTTPStatus(status).phrase
    detail = detail or _DETAILS.get(status, title)
    return Problem(title=title, status=status, detail=detail, errors=errors)


_DESCRIPTIONS = {
    400: "Malformed: not UTF-8, not JSON, or with control characters.",
    404: "The corpus has no such source.",
    413: "Too long: a question has at most 1,000 characters, a conversation 50 messages and "
    "20,000 characters.",
    415: "The body is of another type than application/json.",
    422: "A field is missing or invalid.",
    429: "Too many questions from this address; `Retry-After` says how long to wait.",
    503: "No index is loaded yet.",
}


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of an endpoint that may fail with these statuses."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {
            "description": _DESCRIPTIONS[status],
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in statuses
    }


def install_problems(app: FastAPI) -> None:
    """Have every failure of `app` answered with a problem."""
    app.exception_handler(HTTPException)(_on_http_exception)
    app.exception_handler(RequestValidationError)(_on_invalid)


def _answer(request: Request, content: Problem, headers: dict[str, str] | None = None) -> Response:
    if preferred(request, (MEDIA_TYPE, HTML)) == HTML:
        response: Response = render(
            request,
            "problem.html.j2",
            {"problem": content, "asked": request.query_params.get("q", "")[:1000]},
            content.status,
            language_of(request.app.state.site),
        )
        response.headers.update(headers or {})
    else:
        body = content.model_dump_json(exclude_none=True)
        response = Response(body, content.status, headers, MEDIA_TYPE)
    response.headers.add_vary_header("Accept")
    response.headers["Cache-Control"] = "no-store"
    return response


async def _on_http_exception(request: Request, error: HTTPException) -> Response:
    said = error.detail != HTTPStatus(error.status_code).phrase
    content = problem(error.status_code, error.detail if said else None)
    return _answer(request, content, dict(error.headers or {}))


async def _on_invalid(request: Request, error: RequestValidationError) -> Response:
    fields = [
        FieldProblem(pointer=_pointer(found["loc"]), detail=found["msg"])
        for found in error.errors()
    ]
    detail = "; ".join(f"{field.pointer}: {field.detail}" for field in fields[:3])
    return _answer(request, problem(422, detail, fields[:20]))


def _pointer(location: tuple[str | int, ...]) -> str:
    where, *path = location
    if where == "body":
        return "#" + "".join(f"/{step}" for step in path)
    return ".".join(map(str, path))


def log_defect(error: BaseException) -> None:
    """Log what no client is told."""
    _log.error("a request failed", exc_info=error)


class CatchDefects:
    """Answers what no handler expected with a bare 500, and logs it.

    It stands inside the other middleware, so that such a reply has their headers too: without
    those of CORS a page elsewhere would take it for an unreachable server.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception as error:
            if started:
                raise
            log_defect(error)
            response = _answer(Request(scope, receive), problem(500))
            await response(scope, receive, send)
