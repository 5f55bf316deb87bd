"""Markdown."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.documents import Document, Kind, Style
from bot.errors import SourceError
from bot.passages import MOST_CHARACTERS, split
from bot.sources.markdown import read_markdown
from tests.sources.made import RESUME, check, outline, shape


def read(text: str) -> Document:
    document = read_markdown("cv.md", text)
    check(document)
    return document


def test_headings_make_sections_and_entries() -> None:
    found = read("# Ola\n\n## Work\n\n### Rye & Co\n\n*2019*\n\nBread.\n\n## Skills\n\nRye\n")
    assert found.title == "Ola"
    assert [part.path for part in found.sections] == [
        (), ("Work",), ("Work", "Rye & Co"), ("Skills",),
    ]  # fmt: skip
    assert outline(found) == [(("Work",), "Rye & Co")]
    assert found.entries[0].blocks == (2, 3, 4)


def test_heading_that_divides_a_section_is_no_entry() -> None:
    found = read("# Ola\n\n## Publications\n\n### Journal articles\n\n- Rye, 2019\n- Oats, 2020\n")
    assert [title for _, title in outline(found)] == ["Rye, 2019", "Oats, 2020"]


def test_subtitle_is_no_section() -> None:
    found = read("# Ola\n\n### Baker\n\nOslo\n\n## Work\n\nBread.\n")
    assert [part.path for part in found.sections] == [(), ("Work",)]
    assert found.blocks[1].kind is Kind.PARAGRAPH


def test_bold_titles_make_sections_where_there_are_no_headings() -> None:
    found = read("**Work experience**\n\nBaker, Rye & Co, 2019\n\n**Education**\n\nMill School\n")
    assert [part.path for part in found.sections] == [(), ("Work experience",), ("Education",)]


def test_dated_item_of_a_dated_entry_is_no_entry() -> None:
    found = read("# O\n\n## Work\n\n### Baker\n\n*2015 – 2019*\n\n- Won a prize in 2016\n- Bread\n")
    assert [title for _, title in outline(found)] == ["Baker"]


def test_bold_line_below_a_title_tells_its_dates() -> None:
    found = read("# O\n\n## Work\n\n### Baker @ Rye\n**Oslo · May 2022 → today**\n\n- Bread\n")
    assert [title for _, title in outline(found)] == ["Baker @ Rye"]


def test_nested_lists() -> None:
    found = read("It consists of:\n\n* a\n  * b\n    1. c\n* d\n\n  e\n")
    assert [(block.text, block.level, block.lead) for block in found.blocks] == [
        ("It consists of:", 0, None),
        ("a", 1, 0),
        ("b", 2, 1),
        ("c", 3, 2),
        ("d", 1, 0),
        ("e", 1, 4),
    ]


def test_soft_wrap_reads_as_a_space() -> None:
    (block,) = read("one\ntwo *three\nfour*").blocks
    assert block.text == "one two three four"


def test_lines_that_are_two_stay_two() -> None:
    found = read("Languages: C\nTools: Git\n\n**Mill School**, Diploma\n*May 2023 – present*\n")
    assert [text for *_, text in shape(found)] == [
        "Languages: C", "Tools: Git", "Mill School, Diploma", "May 2023 – present",
    ]  # fmt: skip


def test_tables() -> None:
    found = read("| A | B |\n|---|---|\n| `x\\|y` | **z** |\n| 1 | |\n")
    assert [text for *_, text in shape(found)] == ["A | B", "x|y | z", "1"]
    assert [block.lead for block in found.blocks] == [None, 0, 0]


def test_code_links_and_entities() -> None:
    found = read("```\nmake  run\n\nmake test\n```\n\n[a](http://b.example) &amp; `c` \\* **d**\n")
    code, more, line = found.blocks
    assert (code.kind, code.text, more.text) == (Kind.CODE, "make  run", "make test")
    assert line.text == "a & c * d"
    assert line.runs[0].href == "http://b.example"
    assert [run.style for run in line.runs if run.text in "cd"] == [Style.CODE, Style.STRONG]


def test_front_matter() -> None:
    found = read("---\nname: Ola\ncontact: {phone: '1 2'}\ntags: [a, b]\n---\n# CV\n")
    assert [text for *_, text in shape(found)] == ["name: Ola", "phone: 1 2", "CV"]


@pytest.mark.parametrize(
    ("matter", "line"), [("a: b\nc: d: e\n", 3), ("a: [1\nb: 2\n", 3), ("a: 'b\n", 3)]
)
def test_broken_front_matter_names_its_line(matter: str, line: int) -> None:
    with pytest.raises(SourceError, match=rf"^cv\.md:{line}: the front matter isn't YAML"):
        read(f"---\n{matter}---\ntext\n")


def test_front_matter_that_multiplies() -> None:
    levels = "".join(f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 9)}]\n" for i in range(1, 30))
    assert len(read(f"---\nl0: &l0 {{k: v}}\n{levels}---\n").blocks) == 1


@pytest.mark.parametrize("matter", ["[" * 20_000, "a: [" * 20_000])
def test_front_matter_nested_too_deep(matter: str) -> None:
    with pytest.raises(SourceError, match=r"^cv\.md:1: .* too deep"):
        read(f"---\n{matter}\n---\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends(newline: str) -> None:
    found = read(newline.join(["# A", "", "b", "c", "", "* d", "* e", ""]))
    assert [text for *_, text in shape(found)] == ["A", "b c", "d", "e"]
    assert found.line(found.blocks[-1].start) == 7


def test_chinese() -> None:
    found = read(
        "# 罗锦华\n\n## 工作经历\n\n### 工程师，青岚\n*2021年4月 – 至今*\n\n- 写代码。喝茶。"
    )
    assert found.language == "zh"
    assert [title for _, title in outline(found)] == ["工程师，青岚"]
    assert [passage.text for passage in split([found])][-2:] == ["写代码。", "喝茶。"]


def test_comments_and_tags_are_not_shown() -> None:
    found = read("a <!-- b\nc --> d<br>e<b>f</b>\n\n<strong>g</strong> h\n\n<x> <!-- i\n")
    assert [text for *_, text in shape(found)] == ["a d ef", "g h", "<x> <!-- i"]
    assert [block.kind for block in found.blocks] == [Kind.PARAGRAPH] * 3


_WORDS = st.sampled_from(
    ["# ", "## ", "* ", "- ", "1. ", "> ", "    ", "\n", "\n\n", "|", "---\n", "```", "`", "**",
     "*", "_", "[", "](x)", "![",
     "<!--", "-->", "<b>", "&amp;", "\\", "2019", "Work", "é", "工作", ".",
     ": ", "word ", "\t", "\r\n", "\u200b", "~~", "🙂 ", "a" * 90, "name: x\n"]
)  # fmt: skip


@given(st.lists(_WORDS, max_size=60).map("".join) | st.text(max_size=400))
@example("`\n<!---->\r\n")
@settings(max_examples=250, deadline=None)
def test_passages_quote_their_source(text: str) -> None:
    text = text.replace("\0", "")
    try:
        document = read_markdown("cv.md", text)
    except SourceError as error:
        assert str(error).startswith("cv.md:")  # noqa: PT017
        return
    check(document)
    for passage in split([document]):
        quote = text[passage.start : passage.end]
        assert document.text[passage.start : passage.end] == quote
        assert len(quote) <= MOST_CHARACTERS


def test_long_paragraphs_are_cut() -> None:
    passages = split([read("word " * 500), read("x" * 2000)])
    assert max(passage.end - passage.start for passage in passages) <= MOST_CHARACTERS
    assert "".join(passage.text for passage in passages).count("word") == 500


def test_the_whole_resume() -> None:
    found = read(RESUME)
    assert len(found.entries) == 8
    assert found.title == "Nora Whitlock-Ansah"
