"""The pages as visitors have them: without JavaScript, on a phone, on paper, by assistive tools."""

import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Dialog, Page, expect

from bot.api.app import create_app
from bot.config import Settings
from bot.feedback.database import read_log
from bot.service import Bot
from tests.api.conftest import FixedService
from tests.api.test_portfolio import HOSTILE, NASTY_NAME, bot_of
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.profile.reading import RESUMES, read, read_file

QUESTION = "Where did he study?"
ANSWER = "South China Agricultural University"
# The WCAG 2.2 AA rules of axe-core, and what it counts as good practice.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
Serve = Callable[..., str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves a bot with settings; gives the base URL."""
    with ExitStack() as stack:
        yield lambda bot, **settings: stack.enter_context(_serving(bot, settings))


@contextmanager
def _serving(bot: Bot, settings: dict[str, Any]) -> Iterator[str]:
    app = create_app(Settings(**{"rate_limit": 0, **settings}), FixedService(bot))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def resume(name: str) -> Path:
    return next(path for path in RESUMES if path.name == name)


def expect_no_violation(page: Page) -> None:
    found = Axe().run(page, options=RULES)
    assert len(found.response["passes"]) > 10
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("options", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_without_script(open_page: OpenPage, live_server: str, options: dict[str, Any]) -> None:
    page = open_page(**options, java_script_enabled=False)
    page.goto(live_server)
    expect(page.get_by_role("heading", name="Career")).to_be_visible()
    page.locator("input[name=q]").fill(QUESTION)
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTION)
    answer = page.locator(".answer")
    expect(answer).to_contain_text(ANSWER)
    answer.get_by_role("link", name="Citation 1").click()
    quotation = page.locator("#cite-1")
    expect(quotation).to_be_in_viewport()
    quote = quotation.locator("q").text_content() or ""
    quotation.get_by_role("link").click()
    expect(page.locator("mark#cite")).to_be_in_viewport()
    marked = "".join(page.locator("mark").all_text_contents())
    assert re.sub(r"\W", "", marked) == re.sub(r"\W", "", quote)


def test_feedback_without_script(open_page: OpenPage, serve: Serve, tmp_path: Path) -> None:
    storage = f"sqlite:///{tmp_path / 'visitors.db'}"
    bot = bot_of(read_file(resume("receptionist-es.md")))
    page = open_page(**PHONE, java_script_enabled=False)
    address = serve(bot, feedback=True, feedback_storage=storage)
    page.goto(f"{address}/ask?q=Hola")
    page.get_by_label("¿Algo que añadir?").fill("Muy bien & <b>")
    page.get_by_role("button", name="Sí").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gracias")
    # What was noted before this was answered is written before what is noted now.
    page.goto(f"{address}/ask?q=Adiós")
    for _ in range(100):
        if (tmp_path / "visitors.db").exists() and read_log(storage, 0)[1]:
            break
        page.wait_for_timeout(50)
    [judged] = read_log(storage, 0)[1]
    assert (judged.helpful, judged.comment) == (True, "Muy bien & <b>")


def test_refused_question_is_said_on_a_page(open_page: OpenPage, live_server: str) -> None:
    page = open_page(**DESKTOP, java_script_enabled=False)
    page.goto(f"{live_server}/ask?q={'a' * 1001}")
    expect(page.get_by_text("at most 1,000 characters")).to_be_visible()
    expect(page.locator("input[name=q]")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/resume", "/ask?q=Hello"])
def test_fits_a_phone(open_page: OpenPage, live_server: str, path: str) -> None:
    page = open_page(**PHONE)
    page.goto(live_server + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


@pytest.mark.parametrize("name", ["academic.md", "hendriks.json", "pm-zh.md", "developer.md"])
def test_any_resume_fits_a_phone(open_page: OpenPage, serve: Serve, name: str) -> None:
    page = open_page(**PHONE)
    page.goto(serve(bot_of(read_file(resume(name)))))
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("options", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing(
    open_page: OpenPage, serve: Serve, tmp_path: Path, options: dict[str, Any], scheme: str
) -> None:
    storage = f"sqlite:///{tmp_path / 'visitors.db'}"
    bot = bot_of(read_file(resume("academic.md")))
    address = serve(bot, feedback=True, feedback_storage=storage)
    page = open_page(**options, color_scheme=scheme, reduced_motion="reduce")
    for path in ("/", "/resume?source=academic.md&start=2&end=90", "/ask?q=Hello", "/nothing"):
        page.goto(address + path)
        expect_no_violation(page)


@pytest.mark.parametrize("name", ["hendriks.json", "teacher.txt"])
def test_axe_finds_nothing_on_other_resumes(open_page: OpenPage, serve: Serve, name: str) -> None:
    address = serve(bot_of(read_file(resume(name))))
    page = open_page(**DESKTOP)
    for path in ("/", "/resume"):
        page.goto(address + path)
        expect_no_violation(page)


def test_keyboard_alone(open_page: OpenPage, live_server: str) -> None:
    page = open_page(**DESKTOP)
    page.goto(live_server)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Tab")
    field = page.locator("input[name=q]")
    expect(field).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_contain_text(ANSWER)


def test_print_shows_the_resume_only(open_page: OpenPage, live_server: str) -> None:
    page = open_page(**DESKTOP, color_scheme="dark")
    page.goto(live_server)
    expect(page.locator("resume-bot")).to_be_attached()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Career")).to_be_visible()
    for gone in ("resume-bot", "input[name=q]", ".hero .chips", ".contents", ".foot"):
        expect(page.locator(gone)).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_paper_shows_where_links_lead(open_page: OpenPage, serve: Serve) -> None:
    page = open_page(**DESKTOP)
    page.goto(serve(bot_of(read_file(resume("hendriks.json")))))
    page.emulate_media(media="print")
    after = "link => getComputedStyle(link, '::after').content"
    named = page.get_by_role("link", name="SoundCloud: dandymusicnl")
    assert "soundcloud.example.com" in named.evaluate(after)
    bare = page.get_by_role("link", name="richardhendricks.example.com")
    assert bare.evaluate(after) == "none"


@pytest.mark.parametrize("source", ["resume.txt", "resume.json"])
def test_hostile_resume_runs_nothing(open_page: OpenPage, serve: Serve, source: str) -> None:
    named = {"basics": {"name": NASTY_NAME, "label": NASTY_NAME, "summary": HOSTILE}}
    text = HOSTILE if source.endswith("txt") else json.dumps(named)
    address = serve(bot_of(read(source, text)))
    # An error in the console, such as one of the policy, fails the test besides.
    page = open_page(**DESKTOP)
    ran: list[str] = []

    def note(dialog: Dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    for path in ("/", "/resume", "/ask?q=%3Cimg%20src%3Dx%20onerror%3Dalert(6)%3E%E2%80%AEgnp"):
        page.goto(address + path)
        assert page.locator("img, iframe, svg:not(resume-bot svg)").count() == 0
        assert page.locator("[onerror], [onload]").count() == 0
    expect(page.get_by_role("heading", level=1)).to_contain_text("<img src=x onerror=alert(6)>")
    assert ran == []


def test_docs_need_no_other_server(open_page: OpenPage, live_server: str) -> None:
    page = open_page(**DESKTOP)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server}/docs", wait_until="networkidle")
    page.get_by_text("Go on with a conversation").click()
    expect(page.get_by_text("Request body")).to_be_visible()
    assert len(asked) > 3
    assert all(url.startswith((f"{live_server}/", "data:")) for url in asked), asked
