"""The widget, as a visitor uses it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import DESKTOP, PHONE, OpenPage

QUESTION = "Where did he study?"
ANSWER = "South China Agricultural University"
LAUNCHER = "Ask the résumé"


def open_widget(page: Page) -> Locator:
    page.get_by_role("button", name=LAUNCHER).click()
    panel = page.get_by_role("dialog")
    expect(panel).to_be_visible()
    return panel


def ask(panel: Locator, question: str) -> None:
    field = panel.get_by_label("Your question")
    field.fill(question)
    field.press("Enter")


def expect_cited_words_on(page: Page, quote: str) -> None:
    """The page shows the quote in marks, the first of them in view."""
    expect(page.locator("mark#cite")).to_be_in_viewport()
    marked = "".join(page.locator("mark").all_text_contents())
    assert re.sub(r"\W", "", marked) == re.sub(r"\W", "", quote)


@pytest.mark.parametrize("options", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_from_question_to_highlighted_words(
    open_page: OpenPage, live_server: str, options: dict[str, Any], scheme: str
) -> None:
    page = open_page(**options, color_scheme=scheme)
    page.goto(live_server)
    panel = open_widget(page)
    ask(panel, QUESTION)
    answer = panel.locator("[part=answer]")
    expect(answer).to_contain_text(ANSWER)
    # The whole answer is announced, once it is there.
    expect(panel.get_by_role("status")).to_contain_text(ANSWER)
    citation = answer.get_by_role("button", name="Citation 1")
    expect(citation).to_have_text("[1]")
    citation.click()
    expect(citation).to_have_attribute("aria-expanded", "true")
    quote = panel.locator("[part=quote]")
    expect(quote).to_contain_text(ANSWER)
    expect(panel.get_by_text("Education › line")).to_be_visible()
    quoted = quote.text_content() or ""
    with page.context.expect_page() as opened:
        panel.get_by_role("link", name="Show in the résumé").click()
    expect_cited_words_on(opened.value, quoted)
    citation.click()
    expect(quote).to_be_hidden()


@pytest.mark.parametrize("options", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_what_fingers_and_eyes_need(
    open_page: OpenPage, live_server: str, options: dict[str, Any]
) -> None:
    page = open_page(**options)
    page.goto(live_server)
    panel = open_widget(page)
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    assert panel.get_by_label("Your question").evaluate(size) >= 16
    for button in panel.get_by_role("button").all():
        # As laid out: the panel may still be on its way in.
        assert button.evaluate("it => Math.min(it.offsetWidth, it.offsetHeight)") >= 44
    panel.evaluate("it => Promise.all(it.getAnimations().map(each => each.finished))")
    box = panel.bounding_box()
    assert box is not None
    width, height = options["viewport"]["width"], options["viewport"]["height"]
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= height
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_touch_does_not_bring_up_the_keyboard(open_page: OpenPage, live_server: str) -> None:
    page = open_page(**PHONE)
    page.goto(live_server)
    field = open_widget(page).get_by_label("Your question")
    expect(field).not_to_be_focused()


def test_by_keyboard_alone(open_page: OpenPage, live_server: str) -> None:
    page = open_page(**DESKTOP)
    page.goto(live_server)
    launcher = page.get_by_role("button", name=LAUNCHER)
    launcher.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    expect(panel.get_by_label("Your question")).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    citation = panel.get_by_role("button", name="Citation 1")
    expect(citation).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if citation.evaluate("button => button.getRootNode().activeElement === button"):
            break
    page.keyboard.press("Enter")
    expect(panel.locator("[part=quote]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(launcher).to_be_focused()


def test_suggestion_is_answered(open_page: OpenPage, live_server: str) -> None:
    page = open_page(**DESKTOP)
    page.goto(live_server)
    panel = open_widget(page)
    suggestion = panel.locator("[part=suggestion]").first
    text = suggestion.text_content() or ""
    suggestion.click()
    expect(panel.locator("[part=question]")).to_contain_text(text)
    expect(panel.get_by_role("button", name="Citation 1")).to_be_visible()


def test_conversation_outlives_the_page_until_started_over(
    open_page: OpenPage, live_server: str
) -> None:
    page = open_page(**DESKTOP)
    page.goto(live_server)
    ask(open_widget(page), QUESTION)
    expect(page.locator("[part=answer]")).to_contain_text(ANSWER)
    page.reload()
    panel = open_widget(page)
    expect(panel.locator("[part=answer]")).to_contain_text(ANSWER)
    panel.get_by_role("button", name="Citation 1").click()
    expect(panel.locator("[part=quote]")).to_contain_text(ANSWER)
    panel.get_by_role("button", name="Start over").click()
    expect(panel.locator("[part=answer]")).to_have_count(0)
    page.reload()
    expect(open_widget(page).locator("[part=answer]")).to_have_count(0)


@pytest.mark.parametrize(
    ("status", "headers", "words"),
    [
        (429, {"Retry-After": "12"}, "wait 12 s"),
        (500, {}, "Something went wrong"),
        (503, {}, "being loaded"),
        (None, {}, "can't be reached"),
    ],
)
def test_failure_is_said_in_words_and_the_question_kept(
    open_page: OpenPage, live_server: str, status: int | None, headers: dict[str, str], words: str
) -> None:
    def fail(route: Route) -> None:
        if status is None:
            route.abort()
        else:
            route.fulfill(status=status, headers=headers, body="")

    page = open_page(**DESKTOP)
    page.goto(live_server)
    page.route("**/chat", fail)
    panel = open_widget(page)
    ask(panel, QUESTION)
    expect(panel.get_by_role("alert")).to_contain_text(words)
    expect(panel.get_by_label("Your question")).to_have_value(QUESTION)
    page.unroute("**/chat")
    panel.get_by_role("button", name="Send").click()
    expect(panel.locator("[part=answer]")).to_contain_text(ANSWER)
    expect(panel.get_by_role("alert")).to_be_hidden()


def test_offline(open_page: OpenPage, live_server: str) -> None:
    page = open_page(**DESKTOP)
    page.goto(live_server)
    panel = open_widget(page)
    page.context.set_offline(True)
    ask(panel, QUESTION)
    expect(panel.get_by_role("alert")).to_contain_text("offline")
    expect(panel.get_by_label("Your question")).to_have_value(QUESTION)


def test_markup_is_shown_as_text(open_page: OpenPage, live_server: str) -> None:
    evil = "<img src=x onerror=\"document.title='hit'\"><script>document.title='hit'</script>"
    page = open_page(**DESKTOP)
    page.goto(live_server)
    panel = open_widget(page)
    ask(panel, evil)
    expect(panel.locator("[part=question]")).to_contain_text(evil)
    expect(panel.locator("[aria-busy=false]")).to_be_visible()
    assert page.title() != "hit"
    assert page.locator("img").count() == 0


def test_on_a_page_of_another_origin(
    open_page: OpenPage, live_server: str, elsewhere: Callable[[str, str], str]
) -> None:
    # The policy is strict, and the page's style sheet is that of a careless host.
    policy = f"default-src 'none'; script-src {live_server}; connect-src {live_server}"
    html = (
        '<!doctype html><html lang="en" dir="rtl"><title>Elsewhere</title>'
        f'<script src="{live_server}/widget.js" defer></script><h1>Elsewhere</h1>'
    )
    page = open_page(**DESKTOP)
    page.goto(elsewhere(html, policy))
    page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(`html { font-size: 62.5% } * { all: unset }
                div, section, button { display: none !important }
                resume-bot { display: none !important; opacity: 0; font-size: 4px }`);
            document.adoptedStyleSheets = [sheet];
        }"""
    )
    panel = open_widget(page)
    ask(panel, QUESTION)
    expect(panel.locator("[part=answer]")).to_contain_text(ANSWER)
    panel.get_by_role("button", name="Citation 1").click()
    quote = panel.locator("[part=quote]").text_content() or ""
    with page.context.expect_page() as opened:
        panel.get_by_role("link", name="Show in the résumé").click()
    assert opened.value.url.startswith(live_server)
    expect_cited_words_on(opened.value, quote)


def test_two_script_tags_make_one_widget(
    open_page: OpenPage, live_server: str, elsewhere: Callable[[str, str], str]
) -> None:
    tag = f'<script src="{live_server}/widget.js" defer></script>'
    page = open_page(**DESKTOP)
    page.goto(elsewhere(f"<!doctype html><title>Twice</title>{tag}{tag}", "default-src *"))
    expect(page.locator("resume-bot")).to_have_count(1)
    expect(page.get_by_role("button", name=LAUNCHER)).to_be_visible()
