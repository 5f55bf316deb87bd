"""Two files that state one fact: it is one fact, and the answer cites both."""

from tests.answers.conftest import BotOver, ask

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


def test_a_fact_of_two_files_has_two_citations(bot_over: BotOver) -> None:
    texts = {"resume.md": RESUME, "about.md": ABOUT}
    bot = bot_over(texts)
    reply = ask(bot, "Where did she work in 2020?")
    assert reply.answer.count("Larkfield Press") == 1
    assert {citation.source for citation in reply.citations} == {"resume.md", "about.md"}
    for citation in reply.citations:
        assert texts[citation.source][citation.start : citation.end] == citation.quote
    assert ask(bot, "How many jobs has she had?").answer.startswith("1: ")
