"""The widget as a guest: on other people's pages, whatever they are like."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Elsewhere, Guest, OpenPage, host_page, tag
from tests.browser.widget import ANSWER, QUESTION, SIZES, answers, ask, open_widget
from tests.conftest import running

HOSTILE = """
    html { font-size: 62.5%; filter: sepia(1) }
    body { transform: rotate(2deg); overflow: hidden; zoom: 0.5; opacity: 0.3 }
    * { all: unset }
    *, ::before, ::after { color: lime !important; font: 30px fantasy !important;
        text-transform: uppercase !important; letter-spacing: 9px !important }
    div, section, dialog, button, p, ul, textarea { display: none !important }
    resume-bot { display: none !important; opacity: 0; font-size: 4px; visibility: hidden;
        position: absolute; left: -9999px; direction: rtl; text-transform: uppercase }
    ::selection, ::highlight(resume-bot) { color: transparent }
"""


@SIZES
def test_hostile_styles(
    open_page: OpenPage, live_server: str, elsewhere: Elsewhere, options: dict[str, Any]
) -> None:
    calm = {**options, "reduced_motion": "reduce"}  # or else colours are on their way
    plain = open_page(**calm)
    plain.goto(elsewhere(host_page(live_server)))
    page = open_page(**calm)
    styled = host_page(live_server, body=f"<style>{HOSTILE}</style>")
    page.goto(elsewhere(styled.replace("<html", '<html dir="rtl"')))
    looks: list[Any] = []
    for each in (plain, page):
        panel = open_widget(each)
        ask(panel, QUESTION)
        expect(answers(panel)).to_contain_text(ANSWER)
        expect(panel.locator("[part=quote]")).to_be_visible()
        looks.append(look(each))
    assert looks[0] == looks[1]


def look(page: Page) -> Any:
    """How each element of the widget looks, and where it is."""
    return page.evaluate(
        """() => [...document.querySelector("resume-bot").shadowRoot.querySelectorAll(
                ".panel, .panel *")].map((element) => {
            const { color, font, textTransform, letterSpacing, direction, display, opacity } =
                getComputedStyle(element);
            const { x, y, width, height } = element.getBoundingClientRect();
            return [element.className.baseVal ?? element.className, color, font, textTransform,
                letterSpacing, direction, display, opacity,
                ...[x, y, width, height].map(Math.round)].join(" ");
        })"""
    )


def test_nothing_leaks_out(open_page: OpenPage, live_server: str, elsewhere: Elsewhere) -> None:
    body = "<h1 id=title class=panel>Title</h1><p class=answer>Text</p><button>Mine</button>"
    page = open_page(**DESKTOP)
    page.goto(elsewhere(host_page(live_server, body=body).replace(tag(live_server), "")))
    looks = """() => [...document.querySelectorAll("main, main *")].map((it) =>
        JSON.stringify([{ ...getComputedStyle(it) }, it.getBoundingClientRect()]))"""
    alone, names = page.evaluate(looks), page.evaluate("Object.keys(window)")
    page.goto(elsewhere(host_page(live_server, body=body)))
    ask(open_widget(page), QUESTION)
    expect(page.locator("[part=quote]")).to_be_visible()
    assert page.evaluate(looks) == alone
    assert set(page.evaluate("Object.keys(window)")) - set(names) == {"ResumeBot"}
    assert page.context.cookies() == []


def test_strict_policy(open_page: OpenPage, live_server: str, elsewhere: Elsewhere) -> None:
    # All that docs/widget.md says is needed.
    policy = (
        f"default-src 'none'; script-src {live_server}; connect-src {live_server}; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    page = open_page(**DESKTOP)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    url = elsewhere(host_page(live_server, 'data-accent="#c2410c"'), policy)
    page.goto(url)
    panel = open_widget(page)
    ask(panel, QUESTION)
    expect(answers(panel)).to_contain_text(ANSWER)
    send = panel.get_by_role("button", name="Send")
    expect(send).to_have_css("background-color", "rgb(194, 65, 12)")
    panel.get_by_role("button", name="Citation 1").click()
    expect(panel.get_by_role("region", name="Résumé").locator("mark")).to_be_in_viewport()
    assert {re.match(r"https?://[^/]+/", each)[0] for each in requests} == {  # type: ignore[index]
        url,
        f"{live_server}/",
    }


def test_nothing_is_asked_of_the_server_before_it_is_opened(
    open_page: OpenPage, live_server: str, elsewhere: Elsewhere
) -> None:
    page = open_page(**DESKTOP)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(elsewhere(host_page(live_server)), wait_until="networkidle")
    expect(page.get_by_role("button", name="Ask the résumé")).to_be_visible()
    ours = [each for each in requests if each.startswith(live_server)]
    assert ours == [f"{live_server}/widget.js"]


def test_two_script_tags_make_one_widget(guest: Guest, live_server: str) -> None:
    page = guest(body=tag(live_server), **DESKTOP)
    expect(page.get_by_role("button", name="Ask the résumé")).to_have_count(1)
    expect(page.locator("resume-bot")).to_have_count(1)


def test_script_added_later_and_a_body_that_is_replaced(
    open_page: OpenPage, live_server: str, elsewhere: Elsewhere
) -> None:
    page = open_page(**DESKTOP)
    page.goto(elsewhere("<!doctype html><html lang=en><title>App</title><p>Text</p>"))
    page.evaluate(
        """(src) => document.head.append(
            Object.assign(document.createElement("script"), { src }))""",
        f"{live_server}/widget.js",
    )
    panel = open_widget(page)
    ask(panel, QUESTION)
    expect(answers(panel)).to_contain_text(ANSWER)
    page.evaluate(
        """() => {
            history.pushState({}, "", "/next");
            document.documentElement.replaceChild(document.createElement("body"), document.body);
        }"""
    )
    expect(answers(panel)).to_contain_text(ANSWER)
    expect(page.locator("resume-bot")).to_have_count(1)


def test_element_that_a_page_writes_itself(guest: Guest) -> None:
    body = '<resume-bot data-title="Über Ada" data-language="de-CH"></resume-bot>'
    page = guest(body=body, **DESKTOP)
    page.get_by_role("button", name="Den Lebenslauf fragen").click()
    expect(page.get_by_role("dialog", name="Über Ada")).to_be_visible()
    expect(page.locator("resume-bot")).to_have_count(1)
    # As a framework changes it.
    page.evaluate("document.querySelector('resume-bot').dataset.title = 'Fragen Sie Ada'")
    expect(page.get_by_role("dialog", name="Fragen Sie Ada")).to_be_visible()


def test_attributes(open_page: OpenPage, live_server: str, elsewhere: Elsewhere) -> None:
    page = open_page(**DESKTOP, color_scheme="dark")
    attributes = (
        'data-title="Ask me" data-greeting="Welcome!" data-launcher="Questions?" data-open '
        'data-theme="light" data-position="left" data-accent="#ffff00"'
    )
    page.goto(elsewhere(host_page(live_server, attributes)))
    panel = page.get_by_role("dialog", name="Ask me")
    expect(panel.get_by_text("Welcome!")).to_be_visible()
    expect(panel).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(panel).to_have_css("left", "16px")
    # Text on a bright accent is dark, and text of its hue is dark enough for white paper.
    send = panel.get_by_role("button", name="Send")
    expect(send).to_have_css("background-color", "rgb(255, 255, 0)")
    expect(send).not_to_have_css("color", "rgb(255, 255, 255)")
    panel.get_by_role("button", name="Close").click()
    expect(page.get_by_role("button", name="Questions?")).to_be_visible()
    page.reload()  # closed by the visitor, it stays so
    expect(page.get_by_role("button", name="Questions?")).to_be_visible()
    expect(panel).to_be_hidden()


def test_server_named_by_the_element(
    open_page: OpenPage, live_server: str, elsewhere: Elsewhere
) -> None:
    # The script comes from the page's own server, as a package of its own would have it.
    page = open_page(**DESKTOP)
    script = page.request.get(f"{live_server}/widget.js").text()
    body = f'<resume-bot data-host="{live_server}" data-launcher=""></resume-bot>'
    page.goto(elsewhere(f'<!doctype html><html lang="en"><title>Own</title>{body}'))
    page.add_script_tag(content=script)
    launcher = page.get_by_role("button", name="Ask the résumé")
    expect(launcher).to_have_text("")
    panel = open_widget(page)
    ask(panel, QUESTION)
    expect(answers(panel)).to_contain_text(ANSWER)
    expect(page.locator("resume-bot")).to_have_count(1)


def test_a_phone_is_not_covered_unasked(guest: Guest) -> None:
    page = guest("data-open", **PHONE)
    expect(page.get_by_role("button", name="Ask the résumé")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()


@SIZES
def test_inline(guest: Guest, options: dict[str, Any]) -> None:
    body = "<style>#bot { width: 320px; --resume-bot-height: 500px }</style><div id=bot></div>"
    page = guest('data-mount="#bot"', body, **options)
    panel = page.get_by_role("region", name="Ask about").first
    expect(panel).to_be_visible()
    box = page.locator("#bot").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (320, 500)
    assert page.evaluate("document.activeElement === document.body")
    expect(page.get_by_role("button", name="Ask the résumé")).to_have_count(0)
    expect(page.get_by_role("button", name="Close")).to_have_count(0)
    ask(page.locator("#bot"), QUESTION)
    expect(answers(page.locator("#bot"))).to_contain_text(ANSWER)


def test_methods_and_events(guest: Guest) -> None:
    page = guest(body="<button>Mine</button>", **DESKTOP)
    page.evaluate(
        """() => {
            window.heard = [];
            for (const name of ["open", "ask", "answer", "citation"]) {
                document.addEventListener(`resume-bot:${name}`, ({ detail }) =>
                    heard.push([name, detail.question ?? detail.citation?.quote ?? ""]));
            }
        }"""
    )
    page.get_by_role("button", name="Mine").focus()
    reply = page.evaluate(f"ResumeBot.ask('{QUESTION}')")
    assert ANSWER in reply["answer"]
    page.get_by_role("button", name="Citation 1").click()
    assert page.evaluate("heard") == [
        ["open", ""],
        ["ask", QUESTION],
        ["answer", QUESTION],
        ["citation", f"bachelor, {ANSWER}"],
    ]
    page.evaluate("ResumeBot.reset()")
    expect(page.locator("[part=question]")).to_have_count(0)
    page.evaluate("ResumeBot.close()")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Mine")).to_be_focused()


@pytest.mark.parametrize(
    ("attributes", "lang", "locale", "launcher"),
    [
        ('data-language="es"', "de", "fr-FR", "Preguntar al currículum"),
        ("", "de-AT", "fr-FR", "Den Lebenslauf fragen"),
        ("", "nl", "fr-FR", "Interroger le CV"),
        ("", "", "zh-CN", "向简历提问"),
        ("", "nl", "nl-NL", "Ask the résumé"),
    ],
)
def test_language(
    open_page: OpenPage,
    live_server: str,
    elsewhere: Elsewhere,
    attributes: str,
    lang: str,
    locale: str,
    launcher: str,
) -> None:
    page = open_page(**DESKTOP, locale=locale)
    html = host_page(live_server, attributes).replace('lang="en"', f'lang="{lang}"')
    page.goto(elsewhere(html))
    button = page.get_by_role("button", name=launcher)
    expect(button).to_be_visible()
    assert button.evaluate("it => it.closest('[lang]').lang") != "nl"


# --- a résumé that means harm ---------------------------------------------------------------------

EVIL = """\
# Mallory Markup

## Skills

* <img src=x onerror="document.title='hit'"> <script>document.title='hit'</script> weaving
* **bold** and [a link](javascript:document.title='hit') and `code` in knitting
* crochet \u202egnp.exe\u202c and \u2066isolated\u2069 \u0007bell \u200bspace

## Education

* bachelor of <b>looms</b>, University of Yarn
"""
ASKED = "<img src=x onerror=\"document.title='hit'\">**Where** did \u202eshe\u202c study?"


@pytest.fixture(scope="module")
def evil_server(index_over: Callable[[Mapping[str, str]], Path]) -> Iterator[str]:
    with running(index_over({"resume.md": EVIL})) as url:
        yield url


def test_whatever_is_in_resume_and_question_is_text(
    open_page: OpenPage, evil_server: str, elsewhere: Elsewhere
) -> None:
    page = open_page(**DESKTOP)
    page.goto(elsewhere(host_page(evil_server)))
    panel = open_widget(page)
    ask(panel, ASKED)
    expect(panel.locator("[part=question]")).to_contain_text(ASKED)
    shown = []
    for question in ("Which skills are listed?", "Where did she study?", "\u0007Does she knit?"):
        ask(panel, question)
        expect(answers(panel).last.or_(panel.locator("[part=problem]"))).not_to_be_empty()
        expect(panel.get_by_role("button", name="Send")).to_be_visible()
    for citation in panel.get_by_role("button", name="Citation").all():
        citation.click()
        resume = panel.get_by_role("region", name="Résumé")
        expect(resume.get_by_role("heading", name="Mallory Markup")).to_be_attached()
        expect(resume.locator("mark").first).to_be_visible()
        shown.append(resume.text_content() or "")
        page.keyboard.press("Escape")
    assert any("<script>document.title='hit'</script>" in text for text in shown)
    expect(page).to_have_title("Elsewhere")
    expect(panel.locator("[part=problem]")).to_have_count(0)
    assert (
        page.locator("img, resume-bot script, resume-bot b, resume-bot [href^=java]").count() == 0
    )
    # An override ends with the piece that it is in.
    direction = "it => getComputedStyle(it).unicodeBidi"
    for text in panel.locator(".text, [part=question], [part=quote]").all():
        assert text.evaluate(direction) in {"isolate", "plaintext"}
