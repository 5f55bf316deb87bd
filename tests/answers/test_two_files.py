"""Two files that state one fact: it is one fact, and the answer cites both."""

from collections.abc import Callable
from pathlib import Path

from bot.index.load import load_index
from bot.replies.reply import Message
from bot.service import ResumeBot
from tests.conftest import build

RESUME = """\
# Ada Example

## Experience

### Editor, Larkfield Press
March 2019 – June 2022

* Edited forty books.

## Education

### MA History, University of Ostbury
2014 – 2016
"""
ABOUT = """\
# About Ada Example

## Work

### Editor, Larkfield Press
March 2019 – June 2022
"""


def test_a_fact_of_two_files_has_two_citations(
    new_index: Callable[[], Path], tmp_path: Path
) -> None:
    (tmp_path / "resume.md").write_text(RESUME, encoding="utf-8")
    (tmp_path / "about.md").write_text(ABOUT, encoding="utf-8")
    index = new_index()
    build(tmp_path, index)
    bot = ResumeBot(load_index(index))
    reply = bot.reply([Message(role="user", content="Where did she work in 2020?")])
    assert reply.answer.count("Larkfield Press") == 1
    assert {citation.source for citation in reply.citations} == {"resume.md", "about.md"}
    for citation in reply.citations:
        text = {"resume.md": RESUME, "about.md": ABOUT}[citation.source]
        assert text[citation.start : citation.end] == citation.quote
    count = bot.reply([Message(role="user", content="How many jobs has she had?")])
    assert count.answer.startswith("1: ")
