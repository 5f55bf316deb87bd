"""The résumé itself: its page, its sources, the portfolio page, and the widget."""

from textwrap import shorten
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import PlainTextResponse, Response

from bot.api.layout import Span, lay_out
from bot.api.pages import (
    cacheable,
    entity_tag,
    language_of,
    not_modified,
    origin,
    render,
    resume_documents,
    words,
)
from bot.api.person import person
from bot.api.problems import documented
from bot.api.site import BotDep, SiteDep
from bot.documents import Document
from bot.service import Bot

router = APIRouter(tags=["Résumé"])
_HTML: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/html": {"schema": {"type": "string"}}}}
}


class About(BaseModel):
    """Whom the bot answers about."""

    model_config = ConfigDict(frozen=True)

    name: str | None = Field(description="The candidate's name, if it is known.")
    suggestions: list[str] = Field(description="Questions to begin with; each has an answer.")
    contact: str | None = Field(description="Where to ask what the résumé doesn't say.")
    index: str = Field(description="The index's build id.")


@router.get("/about", summary="Whom the bot answers about", responses=documented(503))
async def about(site: SiteDep, bot: BotDep) -> About:
    """What a widget shows before the first question."""
    return About(
        name=bot.name,
        suggestions=list(bot.suggestions),
        contact=site.settings.contact,
        index=bot.index_id,
    )


@router.get(
    "/resume",
    summary="The résumé as a page",
    response_class=Response,
    responses={**_HTML, **documented(404, 422, 503)},
)
def resume(
    request: Request,
    site: SiteDep,
    bot: BotDep,
    source: Annotated[str | None, Query(description="The source of the cited words.")] = None,
    start: Annotated[int | None, Query(description="Their first code point.")] = None,
    end: Annotated[int | None, Query(description="The code point after their last.")] = None,
) -> Response:
    """Show every document of the corpus, with the cited words, if any, marked at `#cite`."""
    if source is not None:
        _document(bot, source)
    tag = entity_tag(site, bot.index_id)
    if (unchanged := not_modified(request, tag)) is not None:
        return unchanged
    cited = Span(start, end) if start is not None and end is not None else None
    # The title of a single document is that of the page.
    titled = len(bot.documents) == 1 and bot.documents[0].title is not None
    language = language_of(site)
    context = {
        "name": bot.name,
        "titled": titled,
        "description": _description(bot, language),
        "origin": origin(request),
        "documents": [
            (
                document,
                lay_out(
                    document,
                    cited if document.source == source else None,
                    top=1 if titled else 2,
                ),
            )
            for document in bot.documents
        ],
    }
    return cacheable(render(request, "resume.html.j2", context, language=language), tag)


@router.get(
    "/sources/{source:path}",
    summary="A source's text",
    response_class=PlainTextResponse,
    responses=documented(404, 503),
)
async def source_text(request: Request, site: SiteDep, bot: BotDep, source: str) -> Response:
    """The text that citations count their code points in."""
    document = _document(bot, source)
    tag = entity_tag(site, bot.index_id)
    return not_modified(request, tag) or cacheable(PlainTextResponse(document.text), tag)


@router.get("/", summary="A portfolio page", response_class=Response, responses=_HTML)
def index(request: Request, site: SiteDep, bot: BotDep) -> Response:
    """The résumé as a portfolio page, with the widget on it."""
    tag = entity_tag(site, bot.index_id)
    if (unchanged := not_modified(request, tag)) is not None:
        return unchanged
    documents = resume_documents(bot)
    language = language_of(site)
    context = {
        "page": site.portfolio.of(bot, documents, language),
        "heading": documents[0].title if documents else None,
        "description": _description(bot, language),
        "suggestions": bot.suggestions,
        "origin": origin(request),
        "person": person(bot.profile, f"{origin(request)}/"),
    }
    return cacheable(render(request, "index.html.j2", context, language=language), tag)


@router.get("/robots.txt", summary="For crawlers", response_class=PlainTextResponse)
async def robots() -> str:
    """Have the pages found; answers to questions are no pages."""
    return "User-agent: *\nDisallow: /ask\n"


@router.get(
    "/widget.js",
    summary="The widget",
    response_class=Response,
    responses={200: {"content": {"text/javascript": {"schema": {"type": "string"}}}}},
)
async def widget(request: Request, site: SiteDep) -> Response:
    """All that a page needs: `<script src="https://HOST/widget.js" defer></script>`."""
    tag = f'W/"{site.assets.version}"'
    response = not_modified(request, tag) or cacheable(
        Response(site.assets.widget, media_type="text/javascript"), tag
    )
    response.headers["Cache-Control"] = "public, max-age=300"
    # A page that isolates itself (COEP) may load it too.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _description(bot: Bot, language: str) -> str:
    """What search engines show below the title: the candidate's own words if there are any."""
    summary = " ".join(value.text for value in bot.profile.basics.summary)
    if summary:
        return shorten(summary, 200, placeholder=" …")
    say = words(language)
    described: str = say["describe"].format(name=bot.name) if bot.name else say["describe_unnamed"]
    return described


def _document(bot: Bot, source: str) -> Document:
    for document in bot.documents:
        if document.source == source:
            return document
    raise HTTPException(404, "The corpus has no such source.")
