"""A browser, pages in it, and sites of other origins.

From `tests/conftest.py` the tests take `live_server`, the base URL of a running server with
the real index over `corpus/resume.md` and without a rate limit.
"""

import shutil
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 375, "height": 720},
    "has_touch": True,
    "is_mobile": True,
}
TITLE = "<h1>Elsewhere</h1>"

expect.set_options(timeout=10_000)


def tag(server: str, attributes: str = "") -> str:
    """What the owner of a page writes into it."""
    return f'<script src="{server}/widget.js" {attributes} defer></script>'


def host_page(server: str, attributes: str = "", body: str = TITLE) -> str:
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Elsewhere</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{tag(server, attributes)}<main>{body}</main></html>"
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, or else Playwright's own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=_ARGUMENTS
        )
        yield browser
        browser.close()


class OpenPage(Protocol):
    def __call__(self, **options: Any) -> Page: ...


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Makes a page in a context of its own. An error on it fails the test."""
    errors: list[str] = []
    with ExitStack() as stack:

        def make(**options: Any) -> Page:
            context = browser.new_context(**options)
            stack.callback(context.close)
            context.on("console", lambda message: _note(message, errors))
            context.on("weberror", lambda error: errors.append(str(error.error)))
            return context.new_page()

        yield make
    assert not errors


def _note(message: ConsoleMessage, errors: list[str]) -> None:
    # A refused request is told to the visitor; the browser logs it all the same.
    if message.type == "error" and "Failed to load resource" not in message.text:
        errors.append(message.text)


class Elsewhere(Protocol):
    def __call__(self, html: str, policy: str = ...) -> str: ...


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    """Serves a page, at whatever path, from an origin of its own, with a policy; gives its URL."""
    with ExitStack() as stack:
        yield lambda html, policy="": stack.enter_context(_served(html, policy))


@pytest.fixture
def home(open_page: OpenPage, live_server: str) -> OpenPage:
    """Makes a page in a context of its own that shows the portfolio, with the widget."""

    def make(**options: Any) -> Page:
        page = open_page(**options)
        page.goto(live_server)
        return page

    return make


class Guest(Protocol):
    def __call__(self, attributes: str = ..., body: str = ..., **options: Any) -> Page: ...


@pytest.fixture
def guest(open_page: OpenPage, live_server: str, elsewhere: Elsewhere) -> Guest:
    """Makes a page in a context of its own that is another site's, with the widget."""

    def make(attributes: str = "", body: str = TITLE, **options: Any) -> Page:
        page = open_page(**options)
        page.goto(elsewhere(host_page(live_server, attributes, body)))
        return page

    return make


@contextmanager
def _served(html: str, policy: str) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path != "/favicon.ico"
            self.send_response(200 if found else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            if found:
                self.wfile.write(html.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            del format, args

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()
