"""Jobs asked for by a country that the résumé doesn't name."""

import pytest

from bot.service import ResumeBot
from tests.answers.conftest import BotOver, ask

RESUME = """\
# Ottilie Brandvold

Baker

## Experience

### Head Baker, Panadería Olivar, San Sebastián
*2018 - 2021*

- Answered to the owner, Iker Zubeldia.

### Baker, Backhaus Holm, Lübeck
*2014 - 2017*

- Made 900 rolls a night.
"""


@pytest.fixture(scope="module")
def bot(bot_over: BotOver) -> ResumeBot:
    return bot_over({"resume.md": RESUME})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Who did she work for in Spain?", "Olivar"),
        ("Where did she work in Germany?", "Backhaus"),
        ("Wo hat sie in Spanien gearbeitet?", "Olivar"),
        ("Who was her Spanish employer?", "Olivar"),
        ("What was the German job?", "Backhaus"),
        ("In which town did she work in 2015?", "Lübeck"),
        ("In welcher Stadt war sie 2019?", "San Sebastián"),
    ],
)
def test_a_job_is_found_by_its_place(bot: ResumeBot, question: str, said: str) -> None:
    reply = ask(bot, question)
    assert reply.found
    assert said in reply.answer


def test_a_line_is_found_by_its_country(bot: ResumeBot) -> None:
    assert "Zubeldia" in ask(bot, "Who did she answer to in Spain?").answer


def test_the_word_for_a_country_may_be_that_for_a_language(bot: ResumeBot) -> None:
    assert not ask(bot, "How good is her Spanish?").found


def test_another_country_is_still_not_mentioned(bot: ResumeBot) -> None:
    assert not ask(bot, "Who did she work for in Norway?").found
