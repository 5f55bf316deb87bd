"""Where a citation leads: to the words on the page itself, else to the résumé in the panel."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Elsewhere, Guest, OpenPage, host_page
from tests.browser.widget import QUESTION, SIZES, ask, open_widget
from tests.conftest import ROOT

LIT = "[...(CSS.highlights.get('resume-bot') ?? [])].map(range => range.toString())"
QUOTE = "bachelor, South China Agricultural University"
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])

# The words are broken up, spaced and dressed otherwise than in the résumé.
WORDS = """<h2>Education</h2><div style="height: 3000px"></div>
    <ul><li><b>Bachelor</b>, South  <i>China Agri</i>cultural
    <a href="#">University</a></li></ul><div style="height: 3000px"></div>"""


def first_answer(page: Page, question: str = QUESTION) -> Locator:
    panel = open_widget(page)
    ask(panel, question)
    expect(panel.locator("[part=quote]")).to_be_visible()
    return panel


def words(text: str) -> str:
    return " ".join(text.split())


@SIZES
@SCHEMES
def test_words_on_the_page_light_up_and_the_page_stays_as_it_was(
    guest: Guest, options: dict[str, Any], scheme: str
) -> None:
    page = guest(body=WORDS, **options, color_scheme=scheme)
    before = page.locator("html").evaluate("html => html.outerHTML")
    panel = first_answer(page)
    panel.get_by_role("button", name="Citation 1").click()
    [lit] = page.evaluate(LIT)
    assert words(lit) == "Bachelor, South China Agricultural University"
    expect(page.get_by_text("Bachelor", exact=True)).to_be_in_viewport()
    if options is PHONE:  # or else the panel would cover the page
        expect(panel).to_be_hidden()
        back = page.get_by_role("button", name="Back to the answer")
        expect(back).to_be_focused()
        back.click()
        expect(panel.get_by_role("button", name="Citation 1")).to_be_focused()
    else:
        expect(panel).to_be_visible()
        expect(panel.get_by_role("button", name="Citation 1")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.get_by_role("button", name="Ask the résumé")).to_be_focused()
    assert page.evaluate(LIT) == []
    assert page.evaluate("document.adoptedStyleSheets.length") == 0
    assert page.locator("html").evaluate("html => html.outerHTML") == before


def test_words_under_the_panel_are_uncovered(guest: Guest) -> None:
    page = guest(body=f'<p style="float: right">{QUOTE}</p>', **DESKTOP)
    panel = first_answer(page)
    panel.get_by_role("button", name="Citation 1").click()
    expect(panel).to_be_hidden()
    assert page.evaluate(LIT) == [QUOTE]
    page.get_by_role("button", name="Back to the answer").click()
    expect(panel.get_by_role("button", name="Citation 1")).to_be_focused()
    assert page.evaluate(LIT) == []


def test_the_words_of_the_right_section_light_up(guest: Guest) -> None:
    projects = "".join(
        f"<section><h3>{name}</h3><p>2017-2018 KuGou Music</p></section>"
        for name in ("Mysql Proxy", "GoKv", "Distributed Object store")
    )
    page = guest(body=projects, **DESKTOP)
    panel = first_answer(page, "Which projects did he do at Kugou?")
    for number, name in ((2, "GoKv"), (3, "Distributed Object store"), (1, "Mysql Proxy")):
        panel.get_by_role("button", name=f"Citation {number}").click()
        section = page.evaluate(
            "[...CSS.highlights.get('resume-bot')][0].startContainer"
            ".parentElement.parentElement.textContent"
        )
        assert section.startswith(name)


@SIZES
def test_the_resume_in_the_panel(guest: Guest, live_server: str, options: dict[str, Any]) -> None:
    page = guest(**options)
    panel = first_answer(page)
    citation = panel.get_by_role("button", name="Citation 1")
    citation.click()
    resume = panel.get_by_role("region", name="Résumé")
    expect(resume.locator("mark")).to_have_text(QUOTE)
    expect(resume.locator("mark")).to_be_in_viewport()
    expect(resume.get_by_role("heading", name="Career")).to_be_visible()
    expect(panel.get_by_role("button", name="Back")).to_be_focused()
    # What lies beneath can't be reached meanwhile.
    focused = "it => { it.focus(); return it.matches(':focus'); }"
    assert not panel.locator("textarea").evaluate(focused)
    with page.context.expect_page() as opened:
        panel.get_by_role("link", name="Open the résumé in a new tab").click()
    assert opened.value.url.startswith(f"{live_server}/resume?source=resume.md&start=")
    expect(opened.value.locator("mark#cite")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(resume).to_be_hidden()
    expect(citation).to_be_focused()
    expect(panel).to_be_visible()


def test_the_resume_cannot_be_fetched(guest: Guest) -> None:
    page = guest(**DESKTOP)
    panel = first_answer(page)
    page.route("**/resume?**", lambda route: route.abort())
    panel.get_by_role("button", name="Show it in place").click()
    expect(panel.get_by_text("can't be shown here just now")).to_be_visible()
    expect(panel.locator("mark")).to_have_text(QUOTE)
    expect(panel.get_by_role("link", name="Open the résumé in a new tab")).to_be_visible()


def test_where_the_browser_has_no_highlights(
    open_page: OpenPage, live_server: str, elsewhere: Elsewhere
) -> None:
    page = open_page(**DESKTOP, reduced_motion="reduce")
    page.add_init_script("delete globalThis.Highlight")
    page.goto(elsewhere(host_page(live_server, body=WORDS)))
    panel = first_answer(page)
    panel.get_by_role("button", name="Citation 1").click()
    lamps = page.locator("resume-bot .lamp")
    expect(lamps.first).to_be_visible()
    lamp = lamps.first.bounding_box()
    place = page.get_by_text("Bachelor", exact=True).bounding_box()
    assert lamp is not None
    assert place is not None
    assert abs(lamp["x"] - place["x"]) < 2
    assert abs(lamp["y"] - place["y"]) < 4
    page.keyboard.press("Escape")
    expect(lamps).to_have_count(0)


def test_the_page_may_show_it_in_its_own_way(guest: Guest) -> None:
    page = guest(body=WORDS, **DESKTOP)
    page.evaluate(
        """addEventListener("resume-bot:citation", (event) => {
            event.preventDefault();
            document.title = event.detail.citation.quote;
        })"""
    )
    panel = first_answer(page)
    panel.get_by_role("button", name="Citation 1").click()
    expect(page).to_have_title(QUOTE)
    assert page.evaluate(LIT) == []


# --- found or not, on many pages in one browser page ----------------------------------------------


def find(page: Page, body: str, quote: str, section: list[str] | None = None) -> str | None:
    """What the finder finds of a quote in a page's body."""
    folder = ROOT / "web" / "widget"
    module = (folder / "finder.js").read_text("utf-8").replace("export function", "function")
    found: str | None = page.evaluate(
        f"""([body, citation]) => {{
            {module}
            document.body.innerHTML = body;
            return findOnPage(citation)?.toString() ?? null;
        }}""",
        [body, {"quote": quote, "section": section or []}],
    )
    return found


@pytest.fixture(scope="module")
def blank(browser: Any) -> Any:
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize(
    ("body", "quote", "section", "found"),
    [
        # Markdown's signs, typographic ones, accents and case are no matter.
        ("<p>Led the “Résumé” team</p>", '**Led** the "resume" team', [], "Led the “Résumé” team"),
        ("<p>See the docs of it</p>", "See [the docs](https://a.example/b) of it", [],
         "See the docs of it"),
        ("<p>ﬁeld of ofﬁce work</p>", "field of office work", [], "ﬁeld of ofﬁce work"),
        ("<p>Cafe\u0301 manager, Lyon</p>", "Café manager, Lyon", [], "Cafe\u0301 manager, Lyon"),
        ("<p>Grosse Straße 5, Bern</p>", "Große Strasse 5, Bern", [], "Grosse Straße 5, Bern"),
        # Scripts without spaces have no words to be cut.
        ("<p>我曾在广州工作多年</p>", "在广州工作", [], "在广州工作"),
        ("<p>한국어와 영어를 잘합니다</p>", "영어를 잘합니다", [], "영어를 잘합니다"),
        ("<p>👩‍💻 developer since 2011</p>", "developer since 2011", [], "developer since 2011"),
        # Few letters are found under their title only, and whole.
        ("<h2>Skills</h2><p>Go</p>", "Go", ["Skills"], "Go"),
        ("<p>Go</p>", "Go", ["Skills"], None),
        ("<h2>Skills</h2><p>Google</p>", "Go", ["Skills"], None),
        ("<p>Go</p><h2>Skills</h2><p>Go</p><p>Go</p>", "Go", ["Skills"], "Go"),
        ("<p>x</p>", "***", [], None),
        # Which of the two?
        (f"<p>{QUOTE}</p><p>{QUOTE}</p>", QUOTE, ["Education"], None),
        # Visible text only.
        (f'<p style="display: none">{QUOTE}</p>', QUOTE, [], None),
        (f'<p style="visibility: hidden">{QUOTE}</p>', QUOTE, [], None),
        (f'<p style="opacity: 0">{QUOTE}</p>', QUOTE, [], None),
        (f'<p style="position: absolute; width: 1px; overflow: hidden">{QUOTE}</p>', QUOTE, [],
         None),
        (f"<textarea>{QUOTE}</textarea><script type=text/plain>{QUOTE}</script>", QUOTE, [], None),
        (f'<p style="display: none">{QUOTE}</p><p>{QUOTE}.</p>', QUOTE, [], QUOTE),
        ("", "developer since 2011", [], None),
    ],
)  # fmt: skip
def test_finder(blank: Page, body: str, quote: str, section: list[str], found: str | None) -> None:
    assert find(blank, body, quote, section) == found


def test_finder_prefers_headings_to_mere_mentions(blank: Page) -> None:
    body = """<p>GoKv was fun.</p><p>written in golang</p>
        <h3>GoKv</h3><p>A store.</p><p>Written in Golang</p>"""
    assert find(blank, body, "written in golang", ["Projects", "GoKv"]) == "Written in Golang"
