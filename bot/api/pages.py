"""HTML pages, and what is sent along with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.responses import HTMLResponse, Response

from bot.api.layout import safe_href
from bot.api.site import Site

# Nothing from elsewhere and nothing inline: text of the corpus that became markup by some
# mistake could still do nothing.
_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'"
)


@dataclass(frozen=True, slots=True)
class Contact:
    """A place to ask: what it is called, and its link if it has one."""

    text: str
    href: str | None


def render(
    request: Request, template: str, context: Mapping[str, Any], status: int = 200
) -> HTMLResponse:
    """A page from a template, which gets the path prefix of the site as `root` besides."""
    site: Site = request.app.state.site
    values = {**context, "root": request.scope.get("root_path", "").rstrip("/")}
    response = site.assets.templates.TemplateResponse(request, template, values, status)
    response.headers["Content-Security-Policy"] = _POLICY
    return response


def entity_tag(site: Site, index: str) -> str:
    """The ETag of what depends on the index and the files of the site only."""
    return f'W/"{index}-{site.assets.version}"'


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
