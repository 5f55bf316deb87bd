"""The widget's conversation, as a visitor has it."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import DESKTOP, PHONE, Elsewhere, Guest, OpenPage, host_page
from tests.browser.widget import ANSWER, QUESTION, SIZES, answers, ask, open_widget, with_reply


@SIZES
def test_streamed_answer_with_its_quote(home: OpenPage, options: dict[str, Any]) -> None:
    page = home(**options)
    panel = open_widget(page)
    with page.expect_response("**/chat") as got:
        ask(panel, QUESTION)
    assert got.value.headers["content-type"].startswith("text/event-stream")
    expect(panel.locator("[part=question]")).to_contain_text(QUESTION)
    expect(answers(panel)).to_contain_text(ANSWER)
    # The whole answer is announced, once it is there, and without the numbers.
    expect(panel.get_by_role("status").last).to_have_text(re.compile(rf"{ANSWER} \(bachelor\)\.$"))
    expect(panel.get_by_role("button", name="Citation 1")).to_have_text("1")
    expect(panel.locator("[part=quote]")).to_have_text(f"bachelor, {ANSWER}")
    expect(panel.get_by_text("Education › line 17")).to_be_visible()


def broken_stream(route: Route) -> None:
    """A proxy that ends the stream before its time."""
    if "event-stream" in route.request.headers["accept"]:
        body = 'event: delta\ndata: {"text":"South"}\n\n'
        origin = {"access-control-allow-origin": "*"}
        route.fulfill(content_type="text/event-stream", headers=origin, body=body)
    else:
        route.continue_()


def leave(route: Route) -> None:
    """A server that says nothing."""
    del route


def one_piece(route: Route) -> None:
    route.continue_(headers={**route.request.headers, "accept": "application/json"})


@pytest.mark.parametrize("proxy", [broken_stream, one_piece])
def test_where_streaming_fails(home: OpenPage, proxy: Any) -> None:
    page = home(**DESKTOP)
    page.route("**/chat", proxy)
    panel = open_widget(page)
    ask(panel, QUESTION)
    expect(answers(panel)).to_contain_text(ANSWER)
    expect(panel.get_by_role("button", name="Citation 1")).to_be_visible()


def test_each_number_shows_its_quote(home: OpenPage) -> None:
    page = home(**DESKTOP)
    panel = open_widget(page)
    ask(panel, "Which projects did he do at Kugou?")
    place = panel.locator("[part=place]")
    expect(place).to_have_text("Projects › Mysql Proxy › line 88")
    panel.get_by_role("button", name="Citation 2").hover()
    expect(place).to_have_text("Projects › GoKv › line 100")
    panel.get_by_role("button", name="Citation 3").focus()
    expect(place).to_have_text("Projects › Distributed Object store › line 114")
    described = panel.get_by_role("button", name="Citation 3").get_attribute("aria-description")
    assert described == "“2017-2018 KuGou Music” Projects › Distributed Object store › line 114"


def test_a_tap_shows_the_quote_and_the_next_one_its_place(home: OpenPage) -> None:
    page = home(**PHONE)
    panel = open_widget(page)
    ask(panel, "Which projects did he do at Kugou?")
    second = panel.get_by_role("button", name="Citation 2")
    page.evaluate("addEventListener('resume-bot:citation', () => window.shown = true)")
    second.tap()
    expect(panel.locator("[part=place]")).to_have_text("Projects › GoKv › line 100")
    assert page.evaluate("window.shown") is None
    second.tap()
    assert page.evaluate("window.shown")


def test_suggestions_lead_on(home: OpenPage) -> None:
    page = home(**DESKTOP)
    panel = open_widget(page)
    for number in range(2):
        suggestion = panel.locator("[part=suggestion]").first
        text = suggestion.text_content() or ""
        suggestion.click()
        expect(panel.locator("[part=question]").nth(number)).to_contain_text(text)
        expect(panel.locator("[part=quote]").nth(number)).to_be_visible()


def test_what_the_resume_does_not_say(guest: Guest, live_server: str) -> None:
    page = guest('data-contact="ada@example.org"', **DESKTOP)
    near = page.request.get(f"{live_server}/ask", params={"q": QUESTION}).json()["citations"]
    with_reply(page, related=near)
    panel = open_widget(page)
    ask(panel, "Does he know Terraform?")
    expect(answers(panel)).to_have_text("The résumé doesn't mention Terraform.")
    expect(panel.get_by_text("Near this in the résumé")).to_be_visible()
    expect(panel.locator("[part=quote]")).to_have_text(f"bachelor, {ANSWER}")
    expect(panel.get_by_role("button", name="Citation")).to_have_count(0)
    contact = panel.get_by_role("link", name="Ask the candidate")
    expect(contact).to_have_attribute("href", "mailto:ada@example.org")


def test_contact_that_is_no_link_is_none(guest: Guest) -> None:
    page = guest('data-contact="javascript:alert(1)"', **DESKTOP)
    panel = open_widget(page)
    ask(panel, "Does he know Terraform?")
    expect(answers(panel)).to_contain_text("Terraform")
    expect(panel.get_by_role("link")).to_have_count(0)


def test_copy(home: OpenPage) -> None:
    page = home(**DESKTOP, permissions=["clipboard-read", "clipboard-write"])
    panel = open_widget(page)
    ask(panel, QUESTION)
    panel.get_by_role("button", name="Copy the answer").click()
    expect(panel.get_by_text("Copied").first).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert f"{ANSWER} (bachelor) [1].\n\n[1] “bachelor, {ANSWER}” (Education)" in copied


def test_stop_and_try_again(home: OpenPage) -> None:
    page = home(**DESKTOP)
    held: list[Route] = []
    page.route("**/chat", lambda route: held.append(route))
    panel = open_widget(page)
    ask(panel, QUESTION)
    expect(panel.get_by_text("Looking it up").first).to_be_visible()
    field = panel.get_by_role("textbox", name="Your question")
    field.fill("And when?")
    field.press("Enter")  # not while a question is being answered; it stays
    expect(field).to_have_value("And when?")
    panel.get_by_role("button", name="Stop").click()
    expect(panel.locator("[part=problem]")).to_contain_text("Stopped.")
    expect(field).to_have_value("And when?")
    page.unroute("**/chat")
    panel.get_by_role("button", name="Try again").click()
    expect(answers(panel)).to_contain_text(ANSWER)
    expect(panel.locator("[part=problem]")).to_have_count(0)
    expect(panel.locator("[part=question]")).to_have_count(1)


def test_conversation_outlives_the_page_until_started_over(
    open_page: OpenPage, live_server: str, elsewhere: Elsewhere
) -> None:
    url = elsewhere(host_page(live_server))
    page = open_page(**DESKTOP)
    page.goto(url)
    panel = open_widget(page)
    ask(panel, QUESTION)
    expect(answers(panel)).to_contain_text(ANSWER)
    panel.get_by_role("textbox", name="Your question").fill("Not yet sent")
    page.goto(f"{url}other-page")
    # On a screen with room for both it is open as before, and takes no focus.
    expect(answers(panel)).to_contain_text(ANSWER)
    expect(panel.locator("[part=quote]")).to_have_text(f"bachelor, {ANSWER}")
    expect(panel.get_by_role("textbox", name="Your question")).to_have_value("Not yet sent")
    assert page.evaluate("document.activeElement === document.body")
    panel.get_by_role("button", name="Start over").click()
    expect(answers(panel)).to_have_count(0)
    expect(panel.get_by_role("textbox", name="Your question")).to_have_value("Not yet sent")
    panel.get_by_role("button", name="Close").click()
    page.reload()
    expect(panel).to_be_hidden()
    expect(answers(open_widget(page))).to_have_count(0)


def test_question_of_a_page_that_was_left_can_be_asked_again(home: OpenPage) -> None:
    page = home(**DESKTOP)
    page.route("**/chat", leave)
    panel = open_widget(page)
    ask(panel, QUESTION)
    expect(panel.get_by_role("button", name="Stop")).to_be_visible()
    page.reload()
    expect(panel.locator("[part=problem]")).to_contain_text("Not answered yet.")
    page.unroute("**/chat")
    panel.get_by_role("button", name="Try again").click()
    expect(answers(panel)).to_contain_text(ANSWER)


def test_storage_that_is_forbidden(open_page: OpenPage, live_server: str) -> None:
    page = open_page(**DESKTOP)
    page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('no') } })"
    )
    page.goto(live_server)
    panel = open_widget(page)
    ask(panel, QUESTION)
    expect(answers(panel)).to_contain_text(ANSWER)


@pytest.mark.parametrize(
    ("status", "headers", "words"),
    [
        (400, {}, "holds a control character"),
        (500, {}, "Something went wrong on the server. Your question is kept."),
        (502, {}, "can't be reached. Your question is kept."),
        (503, {}, "still being loaded. Your question is kept."),
        (None, {}, "can't be reached. Your question is kept."),
    ],
)
def test_failure_is_said_in_words_and_the_question_kept(
    home: OpenPage, status: int | None, headers: dict[str, str], words: str
) -> None:
    def fail(route: Route) -> None:
        if status is None:
            route.abort()
        else:
            problem = {"detail": "The question holds a control character."} if status == 400 else {}
            route.fulfill(status=status, headers=headers, body=json.dumps(problem))

    page = home(**DESKTOP)
    page.route("**/chat", fail)
    panel = open_widget(page)
    ask(panel, QUESTION)
    expect(panel.locator("[part=problem]")).to_contain_text(words)
    expect(panel.get_by_role("status").last).to_contain_text(words)
    expect(panel.locator("[part=question]")).to_contain_text(QUESTION)
    page.unroute("**/chat")
    panel.get_by_role("button", name="Try again").click()
    expect(answers(panel)).to_contain_text(ANSWER)


def test_many_questions(open_page: OpenPage, live_server: str) -> None:
    page = open_page(**DESKTOP)
    page.clock.install()
    page.goto(live_server)
    page.route("**/chat", lambda route: route.fulfill(status=429, headers={"Retry-After": "12"}))
    panel = open_widget(page)
    ask(panel, QUESTION)
    expect(panel.locator("[part=problem]")).to_contain_text("Many questions in a short time")
    again = panel.get_by_role("button", name="Try again")
    expect(again).to_have_text("Try again (12 s)")
    page.unroute("**/chat")
    again.click(force=True)  # does nothing yet
    page.clock.run_for(5_000)
    expect(again).to_have_text("Try again (7 s)")
    expect(panel.locator("[part=problem]")).to_be_visible()
    page.clock.run_for(8_000)
    expect(again).to_have_text("Try again")
    again.click()
    expect(answers(panel)).to_contain_text(ANSWER)


def test_slow_server(open_page: OpenPage, live_server: str) -> None:
    page = open_page(**DESKTOP)
    page.add_init_script(
        # The browser's own timer of 45 seconds is not the page's to wind.
        "AbortSignal.timeout = (ms) => { const it = new AbortController();"
        " setTimeout(() => it.abort(new DOMException('', 'TimeoutError')), ms); return it.signal }"
    )
    page.clock.install()
    page.goto(live_server)
    page.route("**/chat", leave)
    panel = open_widget(page)
    ask(panel, QUESTION)
    expect(panel.get_by_text("Looking it up").first).to_be_visible()
    page.clock.run_for(7_000)
    expect(answers(panel)).to_contain_text("longer than usual")
    page.clock.run_for(40_000)
    expect(panel.locator("[part=problem]")).to_contain_text("takes too long")


def test_offline_question_is_asked_when_back(home: OpenPage) -> None:
    page = home(**PHONE)
    panel = open_widget(page)
    page.context.set_offline(True)
    ask(panel, QUESTION)
    expect(panel.locator("[part=problem]")).to_contain_text("You are offline.")
    page.context.set_offline(False)
    expect(answers(panel)).to_contain_text(ANSWER)


def test_feedback(home: OpenPage) -> None:
    page = home(**DESKTOP)
    with_reply(page, id="reply-1")
    sent: list[Any] = []

    def take(route: Route) -> None:
        sent.append(route.request.post_data_json)
        route.fulfill(status=204)

    page.route("**/feedback", take)
    panel = open_widget(page)
    ask(panel, QUESTION)
    down = panel.get_by_role("button", name="Not helpful")
    down.click()
    expect(down).to_have_attribute("aria-pressed", "true")
    line = panel.get_by_role("textbox", name="What would have helped?")
    line.fill("The year, too")
    line.press("Enter")
    expect(panel.get_by_text("Thank you.").first).to_be_visible()
    expect(line).to_be_hidden()
    assert sent == [
        {"id": "reply-1", "helpful": False, "comment": None},
        {"id": "reply-1", "helpful": False, "comment": "The year, too"},
    ]
    page.reload()
    expect(down).to_have_attribute("aria-pressed", "true")


def test_feedback_that_is_switched_off(home: OpenPage) -> None:
    page = home(**DESKTOP)
    with_reply(page, id="reply-1")
    page.route("**/feedback", lambda route: route.fulfill(status=404))
    panel = open_widget(page)
    ask(panel, QUESTION)
    thumb = panel.get_by_role("button", name="Helpful", exact=True)
    thumb.click()
    expect(thumb).to_have_count(0)
    ask(panel, "Where does he live?")
    expect(answers(panel)).to_have_count(2)
    expect(panel.get_by_role("button", name="Copy the answer")).to_have_count(2)
    expect(thumb).to_have_count(0)


def test_no_thumbs_without_an_id(home: OpenPage) -> None:
    page = home(**DESKTOP)
    with_reply(page, id=None)
    panel = open_widget(page)
    ask(panel, QUESTION)
    expect(answers(panel)).to_contain_text(ANSWER)
    expect(panel.get_by_role("button", name="Helpful", exact=True)).to_have_count(0)
