"""The pages without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.test_widget import ANSWER, QUESTION, expect_cited_words_on


@pytest.mark.parametrize("options", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_without_script(open_page: OpenPage, live_server: str, options: dict[str, Any]) -> None:
    page = open_page(**options, java_script_enabled=False)
    page.goto(live_server)
    expect(page.get_by_role("heading", name="Career")).to_be_visible()
    page.get_by_role("searchbox").or_(page.locator("input[name=q]")).fill(QUESTION)
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTION)
    answer = page.locator(".answer")
    expect(answer).to_contain_text(ANSWER)
    answer.get_by_role("link", name="Citation 1").click()
    quotation = page.locator("#cite-1")
    expect(quotation).to_be_in_viewport()
    quote = quotation.locator("q").text_content() or ""
    quotation.get_by_role("link").click()
    expect_cited_words_on(page, quote)


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


def test_print_shows_the_resume_only(open_page: OpenPage, live_server: str) -> None:
    page = open_page(**DESKTOP)
    page.goto(live_server)
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Career")).to_be_visible()
    expect(page.get_by_role("button", name="Ask the résumé")).to_be_hidden()
    expect(page.locator("input[name=q]")).to_be_hidden()
