"""Curated answers: matched by meaning, cited to their file, and no answer to anything else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.index.load import load_index
from bot.replies.reply import Message, Reply
from bot.service import ResumeBot
from tests.conftest import ROOT, build

FAQ = """\
- questions:
    - What is your notice period?
    - When could you start?
  answer: Three months to the end of a month.
- question: "Do you need a visa?"
  answer: >
    No permit is needed
    within the EU.
"""


@pytest.fixture(scope="module")
def bot(new_index: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory) -> ResumeBot:
    corpus = tmp_path_factory.mktemp("curated")
    (corpus / "resume.md").write_bytes((ROOT / "corpus" / "resume.md").read_bytes())
    (corpus / "faq.yaml").write_text(FAQ, encoding="utf-8")
    index = new_index()
    build(corpus, index)
    return ResumeBot(load_index(index))


def ask(bot: ResumeBot, question: str) -> Reply:
    return bot.reply([Message(role="user", content=question)])


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What is your notice period?", "Three months to the end of a month."),
        ("how long is the notice period", "Three months to the end of a month."),
        ("When can he start?", "Three months to the end of a month."),
        ("Wie lange ist die Kündigungsfrist?", "Three months to the end of a month."),
        ("Does she need a visa?", "No permit is needed within the EU."),
    ],
)
def test_answers_by_meaning_with_a_citation_of_the_file(
    bot: ResumeBot, question: str, answer: str
) -> None:
    reply = ask(bot, question)
    assert reply.answered_by == "curated"
    assert reply.answer.replace(" [1]", "") == answer
    (citation,) = reply.citations
    assert citation.source == "faq.yaml"
    assert FAQ[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    "question",
    ["Where did he study?", "Which projects are open source?", "How long was he at Elephant Talk?"],
)
def test_leaves_everything_else_to_the_resume(bot: ResumeBot, question: str) -> None:
    reply = ask(bot, question)
    assert reply.answered_by != "curated"
    assert {citation.source for citation in reply.citations} == {"resume.md"}
