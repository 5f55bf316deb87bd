"""What the résumé doesn't say, though a line is near."""

import pytest

from bot.service import ResumeBot
from tests.answers.conftest import BotOver, ask

RESUME = """\
# Torvald Ekeberg

Ship's cook, Utrecht, the Netherlands

## Work

### Cook, MV Halcyon
*2016 - 2021*

- Found that Basque is a good language to swear in; learned it fluently from the bosun.
- Brought in Estonian rye for the night watch.
- Earned a PhD on ship's bread in the off-season.

## Education

Bachelor's degree, University of Wharfedale, 2012
Master of Commerce, Hauraki Institute, 2014, not completed

## Certificates

- Galley Hygiene, May 2018
"""


@pytest.fixture(scope="module")
def bot(bot_over: BotOver) -> ResumeBot:
    return bot_over({"resume.md": RESUME})


@pytest.mark.parametrize(
    "question",
    [
        "How good is his English?",
        "Does he speak Norwegian?",
        "What was the subject of the bachelor's degree?",
        "Is his first aid certificate still good?",
    ],
)
def test_is_not_said(bot: ResumeBot, question: str) -> None:
    assert not ask(bot, question).found


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What was the subject of the master's degree?", "Commerce"),
        ("Does he speak Basque?", "Basque"),
        ("Where does he live?", "Utrecht"),
    ],
)
def test_is_said(bot: ResumeBot, question: str, said: str) -> None:
    reply = ask(bot, question)
    assert reply.found
    assert said in reply.answer


def test_a_degree_in_doubt_is_not_affirmed(bot: ResumeBot) -> None:
    assert not ask(bot, "Does he have a master's degree?").answer.startswith("Yes")


def test_a_degree_that_a_line_elsewhere_tells_is_not_denied(bot: ResumeBot) -> None:
    assert ask(bot, "Does he have a PhD?").answer.startswith("Yes")
