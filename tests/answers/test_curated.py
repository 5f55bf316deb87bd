"""Curated answers: matched by meaning, cited to their file, and no answer to anything else."""

import pytest

from bot.service import ResumeBot
from tests.answers.conftest import BotOver, ask
from tests.conftest import ROOT

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
def bot(bot_over: BotOver) -> ResumeBot:
    resume = (ROOT / "corpus" / "resume.md").read_text(encoding="utf-8")
    return bot_over({"resume.md": resume, "faq.yaml": FAQ})


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
