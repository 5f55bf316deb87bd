"""The application: its parts put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from anyio.to_thread import current_default_thread_limiter
from fastapi import Depends, FastAPI
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

import bot
from bot.api import asking, feedback, health, showing
from bot.api.assets import Assets, web_folder
from bot.api.docs import add_docs
from bot.api.middleware import BodyLimit, CommonHeaders, HeadAsGet
from bot.api.problems import CatchDefects, FieldProblem, Problem, install_problems
from bot.api.questions import MOST_BYTES, Conversation, check_query
from bot.api.rate_limit import RateLimit
from bot.api.site import Service, Site
from bot.config import Settings
from bot.feedback.log import QuestionLog
from bot.replies.reply import Message

__all__ = ["Service", "create_app"]

_THREADS = 8

_DESCRIPTION = """\
Answers questions about a candidate from the résumé only, with citations that quote it exactly.

A citation's `quote` is the text of `GET /sources/{source}` from `start` to `end`, counted in
Unicode code points, `end` exclusive. Failures are problem details (RFC 9457).
"""


def create_app(settings: Settings, service: Service) -> FastAPI:
    """The application over a service, which it starts and stops with itself.

    Raises:
        BotError: the storage of the rate limit or of the feedback is none that can be used.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        del app
        # Answering keeps a core busy: more threads than this would only wait for one another.
        current_default_thread_limiter().total_tokens = _THREADS
        parts: list[Service | QuestionLog] = [service]
        if site.questions is not None:
            parts.append(site.questions)
        for part in parts:
            await run_in_threadpool(part.start)
        try:
            yield
        finally:
            for part in parts:
                await run_in_threadpool(part.stop)

    site = Site(
        settings=settings,
        service=service,
        assets=Assets(web_folder()),
        rate_limit=RateLimit(settings.rate_limit, settings.rate_limit_storage)
        if settings.rate_limit
        else None,
        questions=_question_log(settings),
    )
    app = _Application(
        title="Résumé bot",
        version=bot.__version__,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        dependencies=[Depends(check_query)],
    )
    app.state.site = site
    for part in (asking, showing, health, *([feedback] if site.questions else [])):
        app.include_router(part.router)
    app.mount("/static", _Static(site.assets.static, site.assets.version), name="static")
    add_docs(app, icon="/static/icon.svg")
    install_problems(app)
    # The last to be added is the outermost.
    app.add_middleware(CatchDefects)
    app.add_middleware(BodyLimit, most_bytes=MOST_BYTES)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.allowed_origins,
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=["Content-Type"],
        expose_headers=["Retry-After", "Server-Timing"],
        max_age=86_400,
    )
    app.add_middleware(GZipMiddleware, minimum_size=1_000)
    app.add_middleware(CommonHeaders)
    app.add_middleware(HeadAsGet)
    return app


class _Static(StaticFiles):
    """Files that a page asks for with the version in the address, so that they needn't be asked
    for again."""

    def __init__(self, folder: Path, version: str) -> None:
        super().__init__(directory=folder)
        self._version = version

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("v")
        known = asked == [self._version]
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if known else "no-cache"
        )
        return response


def _question_log(settings: Settings) -> QuestionLog | None:
    if not settings.feedback:
        return None
    from bot.feedback.database import DatabaseLog  # takes memory, for those who want it only

    return DatabaseLog(settings.feedback_storage, settings.feedback_days)


class _Application(FastAPI):
    def openapi(self) -> dict[str, Any]:
        """The description, with the models that only `$ref`s name."""
        described = super().openapi()
        schemas = described.setdefault("components", {}).setdefault("schemas", {})
        models: tuple[type[BaseModel], ...] = (Problem, FieldProblem, Conversation, Message)
        if "/feedback" in described["paths"]:
            models += (feedback.Feedback,)
        for model in models:
            schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
            schema.pop("$defs", None)
            schemas[model.__name__] = schema
        # Where no failure of validation is declared, the framework declares one of its own.
        for path in described["paths"].values():
            for operation in path.values():
                if "application/json" in operation["responses"].get("422", {}).get("content", {}):
                    del operation["responses"]["422"]
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        return described
