"""The portfolio page: all of the résumé is on it, and what machines read in it is sound."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.api.app import create_app
from bot.config import Settings
from bot.data import load_yaml
from bot.documents import Document, Kind
from bot.profile.build import build_profile
from bot.sources.faq import read_faq
from tests.api.conftest import Connect, EchoBot, FixedService
from tests.profile.reading import RESUMES, read, read_file

# Words that only name the value beside them, of which the page shows what kind it is.
LABELS = {
    "developer.md": {"tech"},
    "engineer-de.md": {"telefon", "quelltext"},
    "pm-zh.md": {"电话", "邮箱", "主页", "源代码"},
    "student.md": {"source"},
    # The title of the document, and a heading above nothing but further headings.
    "programmer.md": {"resume", "others"},
}
NASTY_NAME = "Ada </script><script>alert(1)</script> <!--<script>"
HOSTILE = (
    "Ada </script><script>alert(1)</script>\n"
    'Engineer "><img src=x onerror=alert(2)>\n'
    "\n"
    "Experience\n"
    "\n"
    "Boss, <iframe src=javascript:alert(3)> GmbH, London\n"
    "2019 – 2020\n"
    "- {{ 7*7 }} {% raw %} ${7*7} <!-- ]]> &lt;b&gt; \u202egnp.exe\u202c \u2028\n"
    "\n"
    "Skills\n"
    "\n"
    "</li><script>alert(4)</script>, {{config}}, C++ & Go\n"
)


class Page(HTMLParser):
    """A page's text, its elements' attributes, and the data in its scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.data: list[Any] = []
        self._script = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._script = tag == "script" and dict(attrs).get("type") == "application/ld+json"

    def handle_endtag(self, tag: str) -> None:
        self._script = self._script and tag != "script"
        self.text += " "

    def handle_data(self, data: str) -> None:
        if self._script:
            self.data.append(json.loads(data))
        else:
            self.text += data

    def meta(self, name: str) -> str | None:
        for tag, attrs in self.tags:
            if tag == "meta" and name in (attrs.get("name"), attrs.get("property")):
                return attrs["content"]
        return None

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for each, attrs in self.tags if each == tag]


def page_of(connect: Connect, *documents: Document, path: str = "/", **settings: Any) -> Page:
    response = connect(bot_of(*documents), **settings).get(path)
    assert response.status_code == 200
    return Page(response.text)


def bot_of(*documents: Document) -> EchoBot:
    bot = EchoBot(*documents)
    bot.profile = build_profile([d for d in documents if not d.source.endswith(".yaml")])
    bot.name = bot.profile.basics.name.text if bot.profile.basics.name else None
    return bot


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.casefold()))


def said(document: Document) -> set[str]:
    """The words of a document, but for the heads of tables and dates in fields of their own."""
    heads = {block.lead for block in document.blocks if block.kind is Kind.ROW}
    return {
        word
        for index, block in enumerate(document.blocks)
        if block.kind is not Kind.ROW or index not in heads
        for run in block.runs
        if run.field is None or "date" not in run.field.lower()
        for word in words(run.text)
    }


@pytest.mark.parametrize("path", RESUMES, ids=lambda path: path.name)
def test_every_word_of_a_resume_is_on_its_page(connect: Connect, path: Path) -> None:
    document = read_file(path)
    page = page_of(connect, document)
    shown = words(page.text) | words(" ".join(a["href"] or "" for a in page.all("a")))
    missing = said(document) - shown - LABELS.get(path.name, set())
    # A JSON file has keys, not titles.
    assert missing <= ({"work", "volunteer"} if path.suffix == ".json" else set())


def test_nothing_of_two_resumes_is_lost(connect: Connect) -> None:
    documents = [read_file(path) for path in RESUMES if path.stem in ("nurse", "engineer-de")]
    page = page_of(connect, *documents)
    bodies = [
        replace(document, blocks=tuple(b for b in document.blocks if b.kind is not Kind.HEADING))
        for document in documents
    ]
    expected = set().union(*map(said, bodies)) - LABELS["engineer-de.md"]
    assert expected <= words(page.text) | words(" ".join(a["href"] or "" for a in page.all("a")))


def test_a_long_resume_is_whole(connect: Connect) -> None:
    lines = [f"- On item {n}, Journal of Items {n}, {1960 + n % 60}" for n in range(500)]
    text = "# Ada Lister\n\n## Publications\n\n" + "\n".join(lines) + "\n"
    assert page_of(connect, read("cv.md", text)).text.count("On item ") == 500


@pytest.mark.parametrize(
    ("text", "title"),
    [("# Ada Example\n", "Ada Example"), ("Driving lorries since 2004.\n", "Portfolio")],
)
def test_a_resume_of_a_line_is_a_page(connect: Connect, text: str, title: str) -> None:
    page = page_of(connect, read("resume.md", text))
    assert page.text.split()[: len(title.split())] == title.split()
    assert words(text) <= words(page.text)


def test_what_the_profile_holds_in_part_is_shown_as_written(connect: Connect) -> None:
    text = (
        "# Ada Example\n\n## Skills\n\n- Go, Python\n"
        "- Once wrote a compiler for a language nobody remembers\n"
    )
    page = page_of(connect, read("resume.md", text)).text
    assert "Go, Python" in page
    assert "nobody remembers" in page
    assert page.count("Python") == 1


def test_a_table_keeps_its_head(connect: Connect) -> None:
    text = "| Years | Grant |\n|---|---|\n| 2019 | Sensors in small brooks |\n"
    page = connect(bot_of(read("resume.md", text))).get("/").text
    assert '<th scope="col">Years</th><th scope="col">Grant</th>' in page


def test_a_head_that_says_more_than_the_facts_is_the_title(connect: Connect) -> None:
    text = (
        "# Ada Example\n\n## Experience\n\n### Nurse (bank, nights only), Example Hospital\n\n"
        "*May 2020 – present, Bath*\n\n- Led the night shift.\n"
    )
    text = page_of(connect, read("resume.md", text)).text
    for said in ("nights only", "Example Hospital", "May 2020 – present", "Bath"):
        assert text.count(said) == 1


def test_a_job_is_a_card(connect: Connect) -> None:
    text = (
        "# Ada Example\n\n## Posts\n\n### Nurse, Example Hospital\n\n*May 2020 – present, Bath*\n\n"
        "- Led the [night shift](https://a.example).\n"
    )
    page = re.sub(r"\s*\n\s*", "", connect(bot_of(read("resume.md", text))).get("/").text)
    assert '<h2 id="title-1" dir="auto">Posts</h2>' in page
    assert '<h3 dir="auto">Nurse</h3><p class="when" dir="auto">May 2020 – present</p>' in page
    assert "<strong>Example Hospital</strong><span>Bath</span>" in page
    assert 'Led the <a href="https://a.example"' in page


def test_curated_answers_are_for_those_who_ask(connect: Connect) -> None:
    faq = read_faq("faq.yaml", '- questions: ["What salary?"]\n  answer: Ninety thousand.\n')
    resume = read("resume.md", "# Ada Example\n\nLives in London.\n")
    assert "Ninety" not in page_of(connect, faq, resume).text
    assert "Ninety" in page_of(connect, faq, resume, path="/resume").text


# --- what machines read ---------------------------------------------------------------------------


def test_person(connect: Connect) -> None:
    [path] = [path for path in RESUMES if path.name == "nurse.md"]
    [person] = page_of(connect, read_file(path)).data
    assert person["@context"] == "https://schema.org"
    assert (person["@type"], person["name"]) == ("Person", "Thandiwe Oyelaran-Brook")
    assert person["jobTitle"] == "Registered Nurse, adult critical care"
    assert person["worksFor"] == [{"@type": "Organization", "name": "Avonreach General Hospital"}]
    assert person["address"]["addressLocality"] == "Bristol"
    assert "https://linkedin.example/in/thandi-ob" in person["sameAs"]
    assert "isiZulu" in person["knowsLanguage"]
    assert {"@type": "EducationalOrganization", "name": "University of Trelawney"} in person[
        "alumniOf"
    ]
    assert all(person.values())
    assert not re.search(r"0117|@postbox", json.dumps(person))


def test_nobody_is_no_person(connect: Connect) -> None:
    assert page_of(connect, read("resume.txt", "Driving lorries since 2004.\n")).data == []


@pytest.mark.parametrize("path", ["/", "/resume"])
@pytest.mark.parametrize("source", ["resume.txt", "resume.json"])
def test_markup_of_a_resume_is_text(connect: Connect, path: str, source: str) -> None:
    named = {"basics": {"name": NASTY_NAME, "label": NASTY_NAME, "url": "javascript:alert(5)"}}
    document = read(source, HOSTILE if source.endswith("txt") else json.dumps(named))
    html = connect(bot_of(document)).get(path).text
    page = Page(html)
    for tag in ("img", "iframe", "svg", "style"):
        assert page.all(tag) == []
    assert [attrs.get("src") for attrs in page.all("script")] in (
        [None, "/widget.js"],
        ["/widget.js"],
        [],
    )
    assert not [a for a in page.all("a") if (a["href"] or "").startswith("javascript:")]
    assert said(document) <= words(page.text)
    assert "49" not in words(page.text)
    for person in page.data:
        assert person["name"] == NASTY_NAME
    assert html.count("</script>") == len(page.all("script"))


def test_head(connect: Connect) -> None:
    [path] = [path for path in RESUMES if path.name == "pm-zh.md"]
    page = page_of(connect, read_file(path), public_url="https://portfolio.example/ada/")
    assert page.all("html") == [{"lang": "zh"}]
    links = {attrs["rel"]: attrs["href"] for attrs in page.all("link")}
    assert links["canonical"] == page.meta("og:url") == "https://portfolio.example/ada/"
    assert page.meta("og:title") == "欧阳栖迟"
    assert page.meta("og:type") == "profile"
    description = page.meta("description") or ""
    assert description.startswith("九年产品经验")
    assert page.meta("og:description") == description
    assert page.data[0]["url"] == "https://portfolio.example/ada/"
    assert "提问" in page.text


def test_a_page_is_where_it_is_asked_for(connect: Connect) -> None:
    resume = read("resume.md", "# Ada Example\n")
    assert page_of(connect, resume).meta("og:url") == "http://testserver/"
    for host in ("[", 'a"><script>', "[::1", "a b"):
        response = connect(bot_of(resume)).get("/", headers={"host": host})
        assert response.status_code == 200
        assert len(Page(response.text).all("script")) == 2


def test_crawlers_are_welcome_to_the_pages(connect: Connect) -> None:
    client = connect(bot_of(read("resume.md", "# Ada Example\n")))
    robots = client.get("/robots.txt")
    assert robots.headers["content-type"].startswith("text/plain")
    assert robots.text.splitlines() == ["User-agent: *", "Disallow: /ask"]
    assert Page(client.get("/").text).meta("robots") is None
    assert Page(client.get("/ask?q=a&format=html").text).meta("robots") == "noindex"


@pytest.mark.parametrize("language", ["de", "fr", "es", "zh"])
def test_the_pages_speak_each_language(language: str) -> None:
    said = load_yaml("pages")
    assert said[language].keys() == said["en"].keys()
    assert said[language]["sections"].keys() == said["en"]["sections"].keys()
    for name, line in said["en"].items():
        if isinstance(line, str):
            assert re.findall(r"{\w+}", said[language][name]) == re.findall(r"{\w+}", line)


def test_a_new_index_has_a_page_of_its_own() -> None:
    service = FixedService(bot_of(read("resume.md", "# Ada Moreau\n\nLives in London.\n")))
    with TestClient(create_app(Settings(rate_limit=0), service)) as client:
        assert client.get("/").text == client.get("/").text
        assert "London" in client.get("/").text
        new = bot_of(read("resume.md", "# Ada Moreau\n\nLives in Lima.\n"))
        new.index_id = "ffffffff"
        service.bot = new
        assert "London" not in client.get("/").text
        assert "Lima" in client.get("/").text
