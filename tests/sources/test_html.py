"""Saved web pages."""

from pathlib import Path

import pytest

from bot.documents import Document
from bot.errors import SourceError
from bot.sources.html import read_html
from tests.sources.made import check_verbatim, outline, shape


def read(page: str | bytes) -> Document:
    document = read_html("cv.html", page.encode() if isinstance(page, str) else page)
    check_verbatim(document)
    return document


def blocks(page: str) -> list[tuple[str, int, str]]:
    return shape(read(page))


def test_page_reads_as_its_markdown(printed: Path, resume: Document) -> None:
    found = read((printed / "one.html").read_bytes())
    assert shape(found) == shape(resume)
    assert outline(found) == outline(resume)


def test_the_site_around_it_is_left_out() -> None:
    found = blocks(
        """<!doctype html><title>CV</title><script>var a</script>
        <nav><a href=/>Home</a></nav><ul class="top-menu"><li>Blog</ul>
        <div role=navigation>Menu</div><main><h1>Ola Birch</h1><p>Baker in Oslo, with twenty years
        at the oven and a liking for rye that never wore off.</main>
        <p hidden>secret<p style="display:none">secret<footer>© Ola</footer>"""
    )
    assert [text for *_, text in found] == [
        "Ola Birch",
        "Baker in Oslo, with twenty years at the oven and a liking for rye that never wore off.",
    ]


def test_page_without_body_tag() -> None:
    found = blocks(
        """<!doctype html><html lang=en><meta charset=utf-8><title>CV</title><style>p{}</style>
        <aside><h2>Skills</h2><p>Rye</aside><main><h1>Ola Birch</h1><p>Baker</main>"""
    )
    assert {text for *_, text in found} == {"Skills", "Rye", "Ola Birch", "Baker"}


def test_lists_tables_and_lines() -> None:
    assert blocks(
        """<h1>Ola</h1><h2>Skills</h2><ul><li>Bread<ul><li>Rye</ul><li>Cake</ul>
        <table><tr><th>Language<th>Level<tr><td>Norwegian<td>native</table>
        <p>one<br>two</p><div><span>Baker</span><span>2019</span></div><pre>a
b</pre>"""
    ) == [
        ("heading", 1, "Ola"),
        ("heading", 2, "Skills"),
        ("item", 1, "Bread"),
        ("item", 2, "Rye"),
        ("item", 1, "Cake"),
        ("row", 0, "Language | Level"),
        ("row", 0, "Norwegian | native"),
        ("paragraph", 0, "one"),
        ("paragraph", 0, "two"),
        ("paragraph", 0, "Baker 2019"),
        ("code", 0, "a"),
        ("code", 0, "b"),
    ]


def test_table_that_arranges_the_page() -> None:
    found = blocks("<table><tr><td><p>Left</p><p>Below</p><td><ul><li>Right</ul></table>")
    assert found == [("paragraph", 0, "Left"), ("paragraph", 0, "Below"), ("item", 1, "Right")]


def test_charset_of_the_page_is_used() -> None:
    page = '<meta charset="iso-8859-1"><p>Bäcker</p>'.encode("iso-8859-1")
    assert read(page).text.strip() == "Bäcker"


@pytest.mark.parametrize("page", ["", "<script>render()</script>", "<!-- -->", "\x00"])
def test_page_without_text_is_refused(page: str) -> None:
    with pytest.raises(SourceError, match=r"^cv\.html: .*; "):
        read(page)


def test_deep_nesting() -> None:
    check_verbatim(read("<p>Baker</p>" + "<div>" * 150 + "<p>Oslo</p>" + "<ul><li>x" * 300))
