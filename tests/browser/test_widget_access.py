"""The widget for everyone: keyboard, screen reader, touch, zoom, contrast."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Elsewhere, Guest, OpenPage, host_page
from tests.browser.widget import (
    ANSWER,
    LAUNCHER,
    QUESTION,
    SIZES,
    answers,
    ask,
    open_widget,
    with_reply,
)

FOCUSED = "document.activeElement.shadowRoot?.activeElement ?? document.activeElement"


def expect_no_violation(page: Page, state: str) -> None:
    page.evaluate(
        "Promise.all(document.querySelector('resume-bot').shadowRoot.getAnimations()"
        ".map(each => each.effect.getTiming().iterations > 1 ? each.cancel() : each.finished))"
    )
    found = Axe().run(page).response
    assert found["passes"]
    violations = [
        (violation["id"], node["target"], node["failureSummary"])
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    assert not violations, state


@SIZES
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(
    open_page: OpenPage,
    live_server: str,
    elsewhere: Elsewhere,
    options: dict[str, Any],
    scheme: str,
) -> None:
    page = open_page(**options, color_scheme=scheme)
    html = host_page(live_server, 'data-contact="https://example.org/"')
    page.goto(elsewhere(html.replace("<main>", '<meta name="color-scheme" content="light"><main>')))
    expect(page.get_by_role("button", name=LAUNCHER)).to_be_visible()
    expect_no_violation(page, "closed")
    panel = open_widget(page)
    expect(panel.locator("[part=suggestion]")).not_to_have_count(0)
    expect_no_violation(page, "welcome")
    near = page.request.get(f"{live_server}/ask", params={"q": QUESTION}).json()["citations"]
    with_reply(page, related=near, id="reply-1")
    page.route("**/feedback", lambda route: route.fulfill(status=204))
    ask(panel, QUESTION)
    expect(answers(panel)).to_contain_text(ANSWER)
    ask(panel, "Does he know Terraform?")
    expect(panel.get_by_role("link", name="Ask the candidate")).to_be_visible()
    panel.get_by_role("button", name="Helpful", exact=True).last.click()
    page.route("**/chat", lambda route: route.fulfill(status=500))
    ask(panel, QUESTION)
    expect(panel.locator("[part=problem]")).to_be_visible()
    expect_no_violation(page, "answers")
    panel.get_by_role("button", name="Citation 1").click()
    expect(panel.get_by_role("region", name="Résumé").get_by_role("heading")).not_to_have_count(0)
    expect_no_violation(page, "résumé")


def test_by_keyboard_alone(guest: Guest) -> None:
    page = guest(body="<button>Mine</button>", **DESKTOP)
    page.get_by_role("button", name="Mine").focus()
    page.keyboard.press("Tab")
    launcher = page.get_by_role("button", name=LAUNCHER)
    expect(launcher).to_be_focused()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    expect(panel.get_by_label("Your question")).to_be_focused()
    page.keyboard.type("Which projects did")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("he do at Kugou?")
    page.keyboard.press("Enter")
    expect(panel.locator("[part=quote]")).to_be_visible()
    expect(panel.get_by_label("Your question")).to_be_focused()
    # Back through everything that there is, in the order in which it is seen.
    names = []
    for _ in range(13):
        page.keyboard.press("Shift+Tab")
        names.append(page.evaluate(f"(({FOCUSED}).ariaLabel || ({FOCUSED}).innerText).trim()"))
    assert names[3:10] == [
        "Copy the answer",
        "Show it in place",
        "Citation 3",
        "Citation 2",
        "Citation 1",
        names[8],  # the log itself, which scrolls
        "Close",
    ]
    panel.get_by_role("button", name="Citation 1").focus()
    page.keyboard.press("Tab")
    assert page.evaluate(f"({FOCUSED}).ariaLabel") == "Citation 2"
    expect(panel.locator("[part=place]")).to_contain_text("GoKv")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("region", name="Résumé").locator("mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(panel.get_by_role("button", name="Citation 2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(launcher).to_be_focused()


def test_a_screen_reader_hears_it_once(home: OpenPage) -> None:
    page = home(**DESKTOP)
    panel = open_widget(page)
    live = "[aria-live], [role=status], [role=alert], [role=log]"
    # The log itself is silent: a reader would hear the answer grow.
    assert panel.locator(live).evaluate_all(
        "all => all.every(it => !it.querySelector('[part=answer]') && !it.closest('[part=log]'))"
    )
    panel.evaluate(
        """(panel) => {
            window.heard = [];
            const status = [...panel.querySelectorAll("[role=status]")].at(-1);
            new MutationObserver(() => heard.push(status.textContent))
                .observe(status, { childList: true });
        }"""
    )
    ask(panel, QUESTION)
    expect(answers(panel)).to_contain_text(ANSWER)
    expect(panel.get_by_role("button", name="Send")).to_be_visible()
    heard = page.evaluate("heard")
    assert heard[0] == "Looking it up …"
    assert [ANSWER in each for each in heard].count(True) == 1
    assert len(heard) == 2


def test_on_a_phone_the_panel_is_all_there_is(guest: Guest) -> None:
    tall = '<div style="height: 3000px"></div>'
    page = guest(body=f"<button>Mine</button>{tall}", **PHONE)
    panel = open_widget(page)
    # No keyboard comes up by itself.
    expect(panel.get_by_label("Your question")).not_to_be_focused()
    assert page.evaluate(
        "document.querySelector('resume-bot').shadowRoot.activeElement.localName"
    ) in {"dialog"}
    # The focus can't leave it.
    inside = "document.activeElement.localName"
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate(inside) in {"resume-bot", "body"}  # body: the browser's own buttons
    # Nothing behind it scrolls.
    page.mouse.move(180, 300)
    page.mouse.wheel(0, 900)
    page.wait_for_timeout(100)
    assert page.evaluate("scrollY") == 0
    # Turned to where there's room for both, and back, it stays open.
    page.set_viewport_size({"width": 900, "height": 700})
    expect(panel).to_be_visible()
    page.get_by_role("button", name="Mine").click()
    page.set_viewport_size({"width": 375, "height": 720})
    expect(panel).to_be_visible()
    panel.get_by_role("button", name="Close").click()
    page.mouse.wheel(0, 900)
    page.wait_for_function("scrollY > 0")


def test_a_phone_shows_the_answer_and_not_its_keyboard(home: OpenPage) -> None:
    page = home(**PHONE)
    panel = open_widget(page)
    ask(panel, QUESTION)
    expect(answers(panel)).to_contain_text(ANSWER)
    expect(panel.get_by_label("Your question")).not_to_be_focused()


@SIZES
def test_what_fingers_and_eyes_need(home: OpenPage, options: dict[str, Any]) -> None:
    page = home(**options)
    launcher = page.get_by_role("button", name=LAUNCHER).bounding_box()
    assert launcher is not None
    assert min(launcher["width"], launcher["height"]) >= 44
    with_reply(page, id="reply-1")
    page.route("**/feedback", lambda route: route.fulfill(status=204))
    panel = open_widget(page)
    ask(panel, QUESTION)
    expect(answers(panel)).to_contain_text(ANSWER)
    panel.get_by_role("button", name="Helpful", exact=True).click()
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    for field in panel.get_by_role("textbox").all():
        assert field.evaluate(size) >= 16
    for button in panel.locator("button:not(.citation), a").all():
        # As laid out: the panel may still be on its way in.
        if button.is_visible():
            assert button.evaluate("it => Math.min(it.offsetWidth, it.offsetHeight)") >= 44
    # A small number takes taps around it.
    citation = panel.get_by_role("button", name="Citation 1")
    assert citation.evaluate(
        """(it) => {
            it.scrollIntoView({ block: "center" });
            const { x, y, width, height } = it.getBoundingClientRect();
            const [middle, centre] = [x + width / 2, y + height / 2];
            return [[-21, 0], [21, 0], [0, -21], [0, 21]].every(([right, down]) =>
                it.getRootNode().elementFromPoint(middle + right, centre + down) === it);
        }"""
    )
    box = panel.bounding_box()
    assert box is not None
    width, height = options["viewport"]["width"], options["viewport"]["height"]
    assert min(box["x"], box["y"]) >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= height
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("viewport", [(640, 400), (320, 256)], ids=["200 %", "400 %"])
def test_zoomed(home: OpenPage, viewport: tuple[int, int]) -> None:
    """1280 × 800 and 1280 × 1024 pixels, magnified."""
    width, height = viewport
    page = home(viewport={"width": width, "height": height})
    panel = open_widget(page)
    ask(panel, QUESTION)
    expect(panel.get_by_role("button", name="Send")).to_be_in_viewport()
    citation = panel.get_by_role("button", name="Citation 1")
    citation.focus()
    expect(citation).to_be_in_viewport()
    log = panel.locator("[part=log]")
    assert log.evaluate("it => it.scrollWidth <= it.clientWidth")


def test_forced_colours_and_reduced_motion(home: OpenPage) -> None:
    page = home(**DESKTOP, forced_colors="active", reduced_motion="reduce")
    panel = open_widget(page)
    ask(panel, QUESTION)
    lit = panel.locator("[part=quote] span")
    system = """(name) => {
        const probe = document.createElement("i");
        probe.style.color = name;
        document.body.append(probe);
        return getComputedStyle(probe).color;
    }"""
    expect(lit).to_have_css("background-color", page.evaluate(system, "Mark"))
    for button in panel.get_by_role("button").all():
        assert button.evaluate("it => getComputedStyle(it).borderTopWidth") == "1px" or (
            button.inner_text()  # words need no border
        )
    assert (
        page.evaluate("document.querySelector('resume-bot').shadowRoot.getAnimations().length") == 0
    )
