"""The résumé's page and sources, and how a citation is marked."""

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from bot.api.layout import safe_href
from bot.replies.reply import Reply
from tests.api.conftest import Connect, EchoBot


class Marks(HTMLParser):
    """Collects the text of each mark, and all text of the page's main part."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.marks: list[str] = []
        self.ids: list[str | None] = []
        self._open = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "mark":
            self._open = True
            self.marks.append("")
            self.ids.append(dict(attrs).get("id"))

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "mark"

    def handle_data(self, data: str) -> None:
        if self._open:
            self.marks[-1] += data


def marked(client: TestClient, text: str, quote: str) -> Marks:
    start = text.index(quote)
    params: dict[str, str | int] = {
        "source": "resume.md",
        "start": start,
        "end": start + len(quote),
    }
    response = client.get("/resume", params=params)
    assert response.status_code == 200
    return Marks(response.text)


@pytest.mark.parametrize(
    ("text", "quote", "marks"),
    [
        ("Lives in London.", "in London", ["in London"]),
        ("Lives *in* **London** now.", "ves *in* **Lon", ["ves in Lon"]),
        ("See [my *own* site](https://a.example) now", "own* site](https", ["own site"]),
        ("One\n\n* two\n* three\n  * four", "ne\n\n* two\n* thr", ["ne", "two", "thr"]),
        ("Soft\nbreak here", "Soft\nbre", ["Soft bre"]),
        ("Windows\r\nbreak", "ows\r\nbr", ["ows br"]),
        (r"C\#, F\#, R&amp;D and more", r"F\#, R&amp;D", ["F#, R&D"]),
        (r"C\#, F\#, R&amp;D and more", r"C\#", ["C#"]),
        ("你好 🙂 Ångström ende", "🙂 Ångström", ["🙂 Ångström"]),
        ("| a | b |\n|---|---|\n| one | two |\n", "one | tw", ["one", "tw"]),
        ("```\nfirst\nsecond\n```\n", "rst\nsec", ["rst", "sec"]),
        ("Use `x < y` & <b>bold</b>", "x < y` &", ["x < y &"]),
    ],
)
def test_exactly_the_cited_words_are_marked(
    connect: Connect, read: Callable[[str], EchoBot], text: str, quote: str, marks: list[str]
) -> None:
    found = marked(connect(read(text)), text, quote)
    assert found.marks == marks
    assert found.ids == ["cite", *[None] * (len(marks) - 1)]


def test_citations_of_the_resume_are_marked(app_client: TestClient) -> None:
    questions = ("Where did he study?", "Which databases is he good at?", "What is GoKv?")
    for question in questions:
        reply = Reply.model_validate_json(app_client.get("/ask", params={"q": question}).content)
        assert reply.citations
        for citation in reply.citations:
            found = Marks(app_client.get(citation.url).text)
            assert found.ids[0] == "cite"
            assert squeezed("".join(found.marks)) == squeezed(citation.quote)


def squeezed(text: str) -> str:
    """The text without space and Markdown's marks, which a page shows otherwise."""
    return re.sub(r"[\s*_`#|\\-]", "", text)


@pytest.mark.parametrize(
    "span",
    ["", "&start=2", "&start=5&end=5", "&start=9&end=3", "&start=-4&end=5", "&start=0&end=999"],
)
def test_a_span_that_is_none_marks_nothing(client: TestClient, span: str) -> None:
    response = client.get(f"/resume?source=resume.md{span}")
    assert response.status_code == 200
    assert "Lives in London." in response.text
    assert "<mark" not in response.text


def test_every_word_of_the_resume_is_shown(app_client: TestClient) -> None:
    page = unescape(app_client.get("/resume").text)
    for words in ("JinHua Luo (罗锦华)", "2008 - 2016, Elephant Talk", "Block device IO tasks"):
        assert words in page


def test_structure(connect: Connect, read: Callable[[str], EchoBot]) -> None:
    text = (
        "# Ada\n\n## Work\n\n* one\n  * inner\n* two\n\n| a | b |\n|---|---|\n| c | d |\n\n"
        "*em* **strong** `code` <https://a.example/?x=1&y=2>\n"
    )
    page = re.sub(r"\n\s*", "", connect(read(text)).get("/resume").text)
    assert '<h1 dir="auto">Ada</h1><h2 dir="auto">Work</h2>' in page
    assert "<ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul>" in page
    assert '<thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>' in page
    assert "<tr><td>c</td><td>d</td></tr>" in page
    assert "<em>em</em> <strong>strong</strong> <code>code</code>" in page
    assert '<a href="https://a.example/?x=1&amp;y=2" rel="noopener">' in page


@pytest.mark.parametrize(
    ("target", "linked"),
    [
        ("https://a.example", True),
        ("mailto:a@a.example", True),
        ("tel:+4912345", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("//a.example", False),
        ("/relative", False),
    ],
)
def test_only_safe_targets_are_links(
    connect: Connect, read: Callable[[str], EchoBot], target: str, linked: bool
) -> None:
    page = connect(read(f"See [this]({target}) now")).get("/resume").text
    article = page[page.index("<article") : page.index("</article")]
    assert ("<a href" in article) is linked
    assert "this" in article


def test_a_broken_target_is_no_link() -> None:
    assert safe_href("http://[broken") is None


@pytest.mark.parametrize(
    "path",
    ["/sources/none.md", "/sources/../bot.yaml", "/sources/%2e%2e/bot.yaml", "/resume?source=x"],
)
def test_unknown_source(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


def test_source_is_byte_for_byte_its_text(connect: Connect, read: Callable[[str], EchoBot]) -> None:
    text = "Windows\r\nbreak, 🙂 and <b>\n"
    assert connect(read(text)).get("/sources/resume.md").content == text.encode()


@pytest.mark.parametrize("path", ["/", "/resume", "/sources/resume.md", "/widget.js"])
def test_unchanged_is_not_sent_again(client: TestClient, path: str) -> None:
    tag = client.get(path).headers["etag"]
    again = client.get(path, headers={"if-none-match": f'"other", {tag}'})
    assert again.status_code == 304
    assert again.headers["etag"] == tag
    assert not again.content
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_a_new_index_is_a_new_page(connect: Connect, read: Callable[[str], EchoBot]) -> None:
    bot = read("Lives in London.")
    client = connect(bot)
    tag = client.get("/resume").headers["etag"]
    bot.index_id = "ffffffff"
    assert client.get("/resume", headers={"if-none-match": tag}).status_code == 200
