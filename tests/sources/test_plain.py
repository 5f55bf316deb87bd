"""Plain text: sections, entries, lists and paragraphs by how lines are set."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents import Document
from bot.passages import split
from bot.sources.plain import read_plain
from tests.sources.made import check, outline, shape


def read(text: str) -> Document:
    document = read_plain("cv.txt", text)
    check(document)
    return document


def lines(text: str) -> list[str]:
    return [text for *_, text in shape(read(text))]


def sections(text: str) -> list[str]:
    return [part.path[-1] for part in read(text).sections[1:]]


def titles(text: str) -> list[str]:
    return [title for _, title in outline(read(text))]


HEADINGS = {
    "capitals": "{}\n\n",
    "capitals without space": "{}\n",
    "colon": "{}:\n",
    "underlined": "{}\n-------\n",
    "double": "{}\n==========\n\n",
    "ruled": "-----------\n{}\n-----------\n\n",
    "signs": "*** {} ***\n\n",
    "brackets": "【{}】\n",
    "hashes": "## {}\n",
    "emoji": "🚀 {}\n\n",
    "alone": "{}\n\n",
}


@pytest.mark.parametrize("way", HEADINGS)
def test_headings_in_many_ways(way: str) -> None:
    parts = {
        "Profile": "Baker in Oslo.",
        "Work history": "Baker, Rye & Co\n2019 - 2021\n- Bread",
        "Languages": "Norwegian (native)",
    }
    written = "Ola Birch\nBaker\nola@rye.example\n\n"
    for title, below in parts.items():
        shown = title.upper() if "capitals" in way else title
        written += HEADINGS[way].format(shown) + below + "\n\n"
    found = read(written)
    assert found.title == "Ola Birch"
    names = [part.path[-1].removeprefix("🚀 ").capitalize() for part in found.sections[1:]]
    assert names == [name.capitalize() for name in parts]
    assert [title for _, title in outline(found)] == ["Baker, Rye & Co"]


def test_unknown_titles_that_are_set_like_known_ones() -> None:
    text = "Ola\n\nWORK\n\nBread.\n\nTHINGS BAKED\n\nRye.\n\nSKILLS\n\nNATO clearance\n\nRye\n"
    assert sections(text) == ["WORK", "THINGS BAKED", "SKILLS"]


def test_section_on_one_line() -> None:
    text = "Ola Birch\n\nWork:\n\nBaker, 2019\n\nSkills:\nLanguages: C\n\nInterests: rye, oats\n"
    assert sections(text) == ["Work", "Skills", "Interests"]
    assert lines(text)[-2:] == ["Interests", "rye, oats"]


ENTRIES = {
    "dates below": "Baker, Rye & Co, Oslo\n2019 – 2021\n- Bread\n\nMiller, Oat Ltd\nSummer 2018\n",
    "dates above": "2019 – 2021\nBaker, Rye & Co, Oslo\n- Bread\n\nSummer 2018\nMiller, Oat Ltd\n",
    "dates before": "2019 - 2021  Baker, Rye & Co, Oslo\n* Bread\n\n2018  Miller, Oat Ltd\n",
    "dates after": "Baker, Rye & Co, Oslo, 2019–2021\n- Bread\nMiller, Oat Ltd, summer 2018\n",
    "right margin": "Baker, Rye & Co, Oslo       2019 – 2021\n  • Bread\nMiller, Oat Ltd\t2018\n",
    "bars": "Baker | Rye & Co | Oslo | 03/2019 – 05/2021\n- Bread\n\nMiller | Oat Ltd | 2018\n",
    "points": "Baker · Rye & Co · since 2019\n  - Bread\n\nMiller · Oat Ltd · 2018\n",
    "at": "Baker @ Rye & Co\nOslo · 2019 – now\n- Bread\n\nMiller @ Oat Ltd\nBergen · 2018\n",
    "three lines": "Baker\nRye & Co, Oslo\n2019 – 2021\n- Bread\n\nMiller\nOat Ltd\n2018\n- Oats\n",
    "place in front": "Baker, Rye & Co\nOslo, 2019 – 2021\n- Bread\n\nMiller, Oats\nBergen, 2018\n",
}


@pytest.mark.parametrize("layout", ENTRIES)
def test_entries_in_many_layouts(layout: str) -> None:
    found = read(f"Ola Birch\n\nEXPERIENCE\n\n{ENTRIES[layout]}\nSKILLS\n\nRye\n")
    assert len(found.entries) == 2
    first, second = found.entries
    assert "Baker" in first.title
    assert "Miller" in second.title
    inside = [found.blocks[i].text for i in first.blocks]
    assert "Bread" in inside
    assert any("2019" in text for text in inside)


def test_lists_of_dated_lines_are_entries_each() -> None:
    text = "Ola\n\nCERTIFICATES\n\nFirst aid, April 2022\nFood safety, 2018\nForklift, 03/2017\n"
    assert titles(text) == ["First aid, April 2022", "Food safety, 2018", "Forklift, 03/2017"]


def test_wrapped_prose_is_one_paragraph() -> None:
    text = (
        "PROFILE\n\nBaker who came to bread by the back door and stayed. I bake from rye to\n"
        "brioche, and I mind most about the middle of the loaf: the quiet part that would\n"
        "otherwise get by unnoticed.\n"
    )
    (_, *_, paragraph) = shape(read(text))
    assert paragraph[2].endswith("part that would otherwise get by unnoticed.")
    assert len(lines(text)) == 2


def test_wrapped_items_and_nested_ones() -> None:
    found = read(
        "WORK\n\n  • Replaced the paid platform by notebooks, since\n    pupils could not run it.\n"
        "  • Train apprentices:\n      – five so far\n      – one card\n        for all\n"
    )
    assert [(block.level, block.text, block.lead) for block in found.blocks[1:]] == [
        (1, "Replaced the paid platform by notebooks, since pupils could not run it.", None),
        (1, "Train apprentices:", None),
        (2, "five so far", 2),
        (2, "one card for all", 2),
    ]


def test_divided_words_are_joined_and_compounds_kept() -> None:
    text = "PROFILE\n\nA baker of very well-known bread with a long record of care for leav-\n"
    text += "ening who has also been known to like leavening and other well-\nknown things.\n"
    assert lines(text)[1].endswith(
        "for leavening who has also been known to like leavening and other well-known things."
    )


def test_labels_stay_apart() -> None:
    text = "SKILLS\n\nButchery, curing and fermentation, bread, menu costing, rota planning\n"
    assert lines(text + "Software: MarketMan, Excel\n")[2] == "Software: MarketMan, Excel"


def test_two_columns_stay_on_their_line() -> None:
    text = "SKILLS\n\nBread                    Norwegian\nRye                      German\n"
    assert lines(text)[1:] == ["Bread Norwegian", "Rye German"]


def test_page_of_a_website() -> None:
    text = (
        "Skip to content\nHome\nProjects\nCareer\nContact\nBlog\n\nOla Birch\n\nIntroduction\n\n"
        "I bake.\n\nCareer\n\n2019 - 2021, Rye & Co\n2018 - 2019, Oat Ltd\n\nProjects\n\nLoaf\n\n"
        "2020 own project\n\nA very long loaf, baked over a week with nothing but rye and salt.\n"
        "\nBack to top\n"
    )
    found = read(text)
    assert found.title == "Ola Birch"
    assert [part.path[-1] for part in found.sections[1:]] == ["Introduction", "Career", "Projects"]
    assert [title for _, title in outline(found)] == [
        "2019 - 2021, Rye & Co",
        "2018 - 2019, Oat Ltd",
        "Loaf",
    ]
    assert any(passage.text == "I bake." for passage in split([found]))


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_and_tabs(newline: str) -> None:
    text = newline.join(["SKILLS", "", "- Rye\tbread", "- Oats"])
    assert lines(text) == ["SKILLS", "Rye bread", "Oats"]


@pytest.mark.parametrize("text", ["", " \n\t\n", "-----\n=====\n", "•\n"])
def test_nothing(text: str) -> None:
    assert not read(text).blocks


_PIECES = st.sampled_from(
    ["\n", "\n\n", "  ", "- ", "• ", "o ", "1. ", "-----\n", "SKILLS", "Work", ":", "2019", " – ",
     "Baker, Rye", "word ", "known-\n", "\t", "工作经历", "🙂", "|", '"', "a@b.example", "x" * 120,
     "\u00ad\n", "\x0c", "(", "### "]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=60).map("".join) | st.text(max_size=400))
@settings(max_examples=250, deadline=None)
def test_any_text(text: str) -> None:
    read(text)
