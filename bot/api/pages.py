"""HTML pages, and what is sent along with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.responses import HTMLResponse, Response

import bot
from bot.api.layout import safe_href
from bot.api.site import Site
from bot.data import load_yaml
from bot.documents import Document
from bot.service import Bot
from bot.sources.faq import is_faq

# Nothing from elsewhere and nothing inline: text of the corpus that became markup by some
# mistake could still do nothing.
_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True, slots=True)
class Contact:
    """A place to ask: what it is called, and its link if it has one."""

    text: str
    href: str | None


def render(
    request: Request,
    template: str,
    context: Mapping[str, Any],
    status: int = 200,
    language: str = "en",
) -> HTMLResponse:
    """A page from a template.

    Besides the context the template gets `root`, the path prefix of the site; `language`, that
    of the page; and `say`, the page's own words in it.
    """
    site: Site = request.app.state.site
    values = {
        **context,
        "root": request.scope.get("root_path", "").rstrip("/"),
        "language": language,
        "say": words(language),
    }
    response = site.assets.templates.TemplateResponse(request, template, values, status)
    response.headers.update(_HEADERS)
    return response


def words(language: str) -> Mapping[str, Any]:
    """The pages' own words in a language; what it lacks is in English."""
    said = load_yaml("pages")
    own = said.get(language, {})
    return {**said["en"], **own, "sections": {**said["en"]["sections"], **own.get("sections", {})}}


def language_of(site: Site) -> str:
    """The language of the pages: that of the résumé, as an ISO 639-1 code."""
    answering = site.service.bot
    resumes = resume_documents(answering) if answering else []
    return resumes[0].language if resumes else "en"


def resume_documents(bot: Bot) -> list[Document]:
    """The documents that are about the candidate, without the curated answers."""
    return [document for document in bot.documents if not is_faq(document.source)]


def origin(request: Request) -> str:
    """Where visitors find the site, without a slash at the end; "" if that can't be told."""
    site: Site = request.app.state.site
    try:
        return (site.settings.public_url or str(request.base_url)).rstrip("/")
    except ValueError:  # a Host header that is none
        return ""


def entity_tag(site: Site, index: str) -> str:
    """The ETag of what depends on the index and the files of the site only."""
    return f'W/"{index}-{bot.__version__}-{site.assets.version}"'


def not_modified(request: Request, tag: str) -> Response | None:
    """A 304 if the client says that it has what `tag` stands for."""
    known = {item.strip() for item in request.headers.get("if-none-match", "").split(",")}
    if known & {tag, tag.removeprefix("W/"), "*"}:
        return Response(status_code=304, headers=_revalidated(tag))
    return None


def cacheable(response: Response, tag: str) -> Response:
    """The response, kept by clients and asked for again only if `tag` changed."""
    response.headers.update(_revalidated(tag))
    return response


def _revalidated(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": "no-cache"}


def contact(site: Site) -> Contact | None:
    """Where to ask what the résumé doesn't say, if the owner named a place."""
    text = site.settings.contact
    if text is None:
        return None
    is_address = "@" in text and "/" not in text and ":" not in text
    return Contact(text, safe_href(f"mailto:{text}" if is_address else text))
