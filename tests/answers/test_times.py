"""What was in a time that the question tells by entries."""

import pytest

from bot.service import ResumeBot
from tests.answers.conftest import BotOver, ask

RESUME = """\
# Ottilie Brandvold

Archivist, Bergen

## Experience

### Archivist, Skjold Bank
*2018 - present*

- Looks after 40 metres of ledgers.

### Archivist, Merel Museum
*January 2014 - February 2015*

- Listed the maps of the harbour.

### Guide, Fjord Boats
*January 2016 - December 2017*

- Led tours in three languages.

## Travels

- March 2015 - December 2015: walked from Bergen to Rome

## Publications

- "Ledgers and their owners", Archive Journal, 2019
- "What maps leave out", Map Review, 2014
"""


@pytest.fixture(scope="module")
def bot(bot_over: BotOver) -> ResumeBot:
    return bot_over({"resume.md": RESUME})


def test_between_two_jobs_is_the_job_that_began_there(bot: ResumeBot) -> None:
    answer = ask(bot, "What did she do between the museum and Skjold Bank?").answer
    assert "Fjord Boats" in answer
    assert "Merel" not in answer


def test_between_two_jobs_is_the_line_of_that_time_if_no_job_is(bot: ResumeBot) -> None:
    reply = ask(bot, "What was between Merel Museum and Fjord Boats?")
    assert [citation.quote for citation in reply.citations] == [
        "March 2015 - December 2015: walked from Bergen to Rome"
    ]


def test_what_was_published_during_a_job_is_of_its_time(bot: ResumeBot) -> None:
    answer = ask(bot, "What did she publish while she was at Skjold Bank?").answer
    assert "Ledgers" in answer
    assert "maps leave out" not in answer


@pytest.mark.parametrize(
    ("question", "said", "not_said"),
    [
        ("What was her previous job?", "Fjord Boats", "Skjold"),
        ("Previous employers?", "Merel Museum", "Skjold"),
        ("Who took her on straight after the Merel Museum?", "Fjord Boats", "Merel"),
        ("Where did she work before she led the tours?", "Merel Museum", "Skjold"),
        ("What was the first job after Merel?", "Fjord Boats", "Merel"),
    ],
)
def test_the_job_beside_another(bot: ResumeBot, question: str, said: str, not_said: str) -> None:
    answer = ask(bot, question).answer
    assert said in answer
    assert not_said not in answer


def test_no_is_said_with_the_job_of_that_time(bot: ResumeBot) -> None:
    reply = ask(bot, "Was she already at Skjold Bank in 2016?")
    assert reply.answer.startswith("No: in 2016, Guide at Fjord Boats")
    assert "Archivist at Skjold Bank (2018 – present)" in reply.answer
    assert {citation.quote for citation in reply.citations} >= {"Guide, Fjord Boats"}


def test_a_part_of_a_name_is_enough_where_it_is_written_as_one(bot: ResumeBot) -> None:
    assert "2018" in ask(bot, "When did she join Skjold?").answer


@pytest.mark.parametrize(
    ("question", "said"),
    [("How many papers has she published?", "2: "), ("How many jobs has she had?", "3: ")],
)
def test_how_many_begins_with_the_number(bot: ResumeBot, question: str, said: str) -> None:
    assert ask(bot, question).answer.startswith(said)
