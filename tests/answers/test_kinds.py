"""Kinds of tools that a question names, and times and places that it tells by something else."""

import json

import pytest

from bot.service import ResumeBot
from tests.answers.conftest import BotOver, ask

RESUME = """\
# Ottilie Brandvold

Service engineer, Bergen, Norway

Raised in Tromsø. Looking for a post as head of service, with up to a third of travel.

## Current post

### Senior Service Engineer, Skjold Pumps, Bergen, Norway
*May 2018 - present*

- Pump maker with about 300 staff.
- Plans the visits of nine technicians in Salesforce.
- Passed 29 of 38 acceptance tests at the first try in 2023.
- Cut a service report from two hours to 40 minutes.

## Earlier posts

### Business Intelligence Analyst, Ferry Lines Cork, Cork, Ireland
*January 2016 - April 2018*

- Dashboards for a business intelligence company that the ferry line had bought.
- Moved the reports to PostgreSQL.

### Trainee, Hollis Tents, Bergen, Norway
*June 2012 - December 2015*

- Sewed the tents for the summer fair.

## Projects

### Valve map
*2019, written in Lua*

- Shows where each valve is.
- Stores all positions in RocksDB.

## Education

### BEng Mechanical Engineering, Fjordheim College
*2009 - 2012*

Grade: Merit

## Certificates

- Hydraulics Level 3, March 2017
- Emergency First Aid, June 2019

## Awards

- Service Prize of the Pump Guild, 2021

## Publications

- A valve for every day. Pump Monthly, 2022.
- Patent EP 1234567: Valve with two seats, 2020.
"""


@pytest.fixture(scope="module")
def bot(bot_over: BotOver) -> ResumeBot:
    return bot_over({"resume.md": RESUME})


@pytest.mark.parametrize(
    ("question", "said", "cited"),
    [
        ("Has she used a CRM?", "Yes: Salesforce", "in Salesforce"),
        ("Any relational databases?", "PostgreSQL", "to PostgreSQL"),
        ("Which storage engine does the valve map store its positions in?", "RocksDB", "RocksDB"),
    ],
)
def test_a_kind_of_tool_is_told_by_what_is_of_it(
    bot: ResumeBot, question: str, said: str, cited: str
) -> None:
    reply = ask(bot, question)
    assert said in reply.answer
    assert any(cited in citation.quote for citation in reply.citations)


@pytest.mark.parametrize("question", ["Has she used an ERP?", "Any accounting software?"])
def test_a_kind_of_which_there_is_nothing_is_not_affirmed(bot: ResumeBot, question: str) -> None:
    assert not ask(bot, question).found


def test_an_everyday_word_is_no_tool(bot_over: BotOver) -> None:
    baker = bot_over(
        {"resume.md": "# Ivo Rust\n\nBaker\n\n## Work\n\n- Met rust, and excel at rye."}
    )
    assert "Excel" not in ask(baker, "Does he know any spreadsheets?").answer
    assert "Rust" not in ask(baker, "Which programming languages does he know?").answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Where was she working when she passed the hydraulics exam?", "Ferry Lines Cork"),
        ("What was her job when she started the valve map?", "Skjold Pumps"),
        ("Has she worked abroad?", "Yes: Business Intelligence Analyst at Ferry Lines Cork"),
        ("First job after uni?", "Hollis Tents"),
        ("How long was she at the BI company?", "2 years"),
        ("Current job aside, where did she stay longest?", "Hollis Tents"),
        ("Leaving her present firm aside, where did she stay longest?", "Hollis Tents"),
        ("Of the jobs she has already left, which lasted longest?", "Hollis Tents"),
        ("What is she looking for next?", "head of service"),
        ("Where is she from originally?", "Tromsø"),
        ("What did she sew as a beginner?", "tents for the summer fair"),
        ("How many acceptance tests did she not pass at the first try?", "9"),
        ("How many papers has she published?", "1"),
    ],
)
def test_times_and_places_are_told_by_something_else(
    bot: ResumeBot, question: str, said: str
) -> None:
    reply = ask(bot, question)
    assert reply.found
    assert said in reply.answer


@pytest.mark.parametrize(
    "question",
    [
        "What level is the first aid certificate?",
        "What grade average did she come out of Hollis Tents with?",
        "When did she get her pilot's licence?",
        "What was the contract with Hollis Tents worth?",
        "Does she have kids?",
    ],
)
def test_what_is_not_said_of_the_one_is_not_told_of_another(bot: ResumeBot, question: str) -> None:
    assert not ask(bot, question).found


def test_a_change_between_two_units_is_not_worked_out(bot: ResumeBot) -> None:
    answer = ask(bot, "By how many minutes did a service report get shorter?").answer
    assert "38" not in answer
    assert "40 minutes" in answer


def test_an_employer_of_a_certificate_is_no_employer(bot_over: BotOver) -> None:
    resume = {
        "basics": {"name": "Ivo Rust"},
        "work": [{"name": "Ashe Ltd", "position": "Technician", "startDate": "2019-01-01"}],
        "certificates": [{"name": "CCNP", "issuer": "Netgear", "date": "2018-02-03"}],
    }
    ivo = bot_over({"resume.json": json.dumps(resume)})
    reply = ask(ivo, "What was his role when he worked at Netgear?")
    assert not reply.found
    assert "Netgear" in reply.answer


def test_the_values_of_a_list_are_told_together(bot_over: BotOver) -> None:
    resume = {
        "basics": {"name": "Ivo Rust"},
        "skills": [
            {"name": "Compression", "level": "Master", "keywords": ["Mpeg", "MP4", "GIF"]},
            {"name": "Programming", "level": "Beginner", "keywords": ["SQL", "Lua"]},
        ],
    }
    ivo = bot_over({"resume.json": json.dumps(resume)})
    assert "Beginner" in ask(ivo, "sql lvl??").answer
    reply = ask(ivo, "What are his compression skills?")
    assert {"Mpeg", "MP4", "GIF"} <= {citation.quote for citation in reply.citations}


def test_who_only_worked_at_home_is_not_said_to_have_been_abroad(bot_over: BotOver) -> None:
    text = (
        "# Ivo Rust\n\nCook, Edinburgh, Scotland\n\n## Work\n\n"
        "### Head Chef, Harbour Lantern, Edinburgh\n*2018 - 2021*\n\n- Led the kitchen.\n\n"
        "### Commis, Bistro Talvi, Glasgow\n*2015 - 2018*\n\n- Made the bread.\n"
    )
    assert not ask(bot_over({"resume.md": text}), "Has he worked abroad?").found
