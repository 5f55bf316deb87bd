"""What a question describes, excludes, or takes for what it isn't."""

import json

import pytest

from bot.service import ResumeBot
from tests.answers.conftest import BotOver, ask

RESUME = """\
# Ottilie Brandvold

Brewer and tinkerer, Bergen

## Experience

### Head Brewer, Skjold & Sons, Bergen, Norway
*May 2018 - present*

- Runs the brewery's two lines with a crew of five; plans each batch in Brewfather.
- Moved the yeast records from paper to Airtable, a tool that looks like Oracle Forms.

### Cellar Hand (part time), Ferry Lines Cork, Cork, Ireland
*January 2016 - April 2018*

- Looked after the beer on a ship of the ferry operator.
- Named Colleague of the Year in 2017.

### Shop Assistant, Hollis Tents, Leeds, United Kingdom
*June 2012 - December 2013*

- Sold tents for a camping retailer.

## Projects

### Hopscale
*2020 - 2022, written in Python*

- Weighs hops and posts the weight to Airtable.
- Sensors that it reads:
    - Load cell
    - Thermometer
    - Hygrometer

### Keg map
*2019, written in Lua*

- Shows where each keg is. The positions come from Airtable.
- The paper list that it replaced had these shortcomings:
    - Nobody could read it
    - It was never in the cellar

## Volunteering

### Cook, Harbour Kitchen
*January 2020 - December 2022*

- Cooked a free lunch for sailors once a month.

## Education

### BSc Chemistry, University of Tromsø
*2009 - 2012*

## Languages

Norwegian (native), English (fluent), German (basic)

## Certificates

- Cicerone Level 2, March 2019

## Awards

- Golden Hop, 2021
"""

JSON_RESUME = {
    "basics": {"name": "Ottilie Brandvold"},
    "skills": [
        {"name": "Brewing", "level": "Master", "keywords": ["Lager", "Stout"]},
        {"name": "Programming", "level": "Beginner", "keywords": ["Python", "Lua"]},
        {"name": "Cooking", "level": "Advanced", "keywords": ["Soups", "Bread"]},
    ],
}


@pytest.fixture(scope="module")
def bot(bot_over: BotOver) -> ResumeBot:
    return bot_over({"resume.md": RESUME})


@pytest.fixture(scope="module")
def json_bot(bot_over: BotOver) -> ResumeBot:
    return bot_over({"resume.json": json.dumps(JSON_RESUME)})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How long was she at the ferry operator?", "at Ferry Lines Cork"),
        ("When did she leave the camping retailer?", "December 2013"),
        ("Who was her employer before the ferry operator?", "Hollis Tents"),
        ("How long did she last at the ferry operator?", "at Ferry Lines Cork"),
    ],
)
def test_an_employer_is_found_by_what_the_resume_says_of_it(
    bot: ResumeBot, question: str, said: str
) -> None:
    assert said in ask(bot, question).answer


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("Which firms outside Norway has she worked for?", "Hollis Tents", "Skjold"),
        ("Leaving aside the current post, which job lasted longest?", "Ferry Lines", "Skjold"),
        ("Besides English, which languages does she speak?", "German", "English"),
        ("Außer Englisch, welche Sprachen spricht sie?", "German", "English"),
    ],
)
def test_what_is_excluded_is_not_told(
    bot: ResumeBot, question: str, said: str, unsaid: str
) -> None:
    answer = ask(bot, question).answer
    assert said in answer
    assert unsaid not in answer


@pytest.mark.parametrize("question", ["What was her role at Oracle?", "Did she work at Airtable?"])
def test_a_tool_is_no_employer(bot: ResumeBot, question: str) -> None:
    reply = ask(bot, question)
    assert not reply.found
    assert reply.answer.startswith("The résumé lists no job at")


def test_good_at_a_tool_is_no_job_there(bot: ResumeBot) -> None:
    assert "no job" not in ask(bot, "Is she good at Python?").answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Which projects rely on Airtable?", ["Hopscale", "Keg map"]),
        ("Which systems lean on Airtable?", ["Hopscale", "Keg map"]),
        ("Which projects were written in Lua?", ["Keg map"]),
        ("How many sensors does Hopscale read?", ["3", "Load cell", "Hygrometer"]),
        ("For how many years did she cook the free lunch for sailors?", ["Harbour Kitchen"]),
        ("What was she doing in 2010?", ["University of Tromsø"]),
        ("Which prizes has she won?", ["Golden Hop", "Colleague of the Year"]),
        (
            "How many years lie between the start of the first job and the end of the last?",
            ["from first to last", "2012"],
        ),
        ("Was she at Skjold longer than at Hollis Tents?", ["Yes: Skjold"]),
        ("Did the Hollis Tents job outlast the one at Ferry Lines Cork?", ["No: Hollis Tents"]),
        ("Who was longer, Skjold or Hollis Tents?", ["Skjold", "longer than"]),
        ("Was the Ferry Lines Cork job full time?", ["No: Cellar Hand (part time)"]),
        ("Did she win the Golden Hop in 2019?", ["No: Golden Hop (2021)"]),
        ("Did she work at Hollis Tents first and Ferry Lines Cork later?", ["Yes: Hollis"]),
        ("Did she work at Skjold first and Ferry Lines Cork later?", ["No: Skjold"]),
        ("Who employed her between Hollis Tents and Skjold?", ["Ferry Lines Cork"]),
        ("What prize did she get in 2017?", ["Colleague of the Year"]),
        ("Why did Keg map replace the paper list?", ["Nobody could read it", "cellar"]),
        ("Was she Head Brewer in 2017?", ["No: in 2017, Cellar Hand", "Head Brewer"]),
    ],
)
def test_facts_are_told_of_what_is_meant(bot: ResumeBot, question: str, said: list[str]) -> None:
    answer = ask(bot, question).answer
    assert all(text in answer for text in said), answer


def test_jobs_are_told_in_the_order_that_is_asked_for(bot: ResumeBot) -> None:
    answer = ask(bot, "List her jobs, oldest first.").answer
    assert answer.index("Hollis Tents") < answer.index("Ferry Lines") < answer.index("Skjold")


def test_another_level_is_no_yes(bot: ResumeBot) -> None:
    assert ask(bot, "Has she got Cicerone Level 2?").found
    assert not ask(bot, "Has she got Cicerone Level 3?").found


def test_a_masters_is_no_mba_and_a_language_is_found_without_spaces(bot: ResumeBot) -> None:
    assert "MBA" in ask(bot, "Does she have an MBA?").answer
    assert not ask(bot, "Does she have an MBA?").found
    assert not ask(bot, "她会说西班牙语吗？").found
    assert ask(bot, "她会说德语吗？").found


def test_what_came_after_a_degree_is_the_next_job(bot: ResumeBot) -> None:
    assert "Hollis Tents" in ask(bot, "What did she do straight after her bachelor's?").answer


def test_many_missing_names_are_not_repeated(bot: ResumeBot) -> None:
    reply = ask(bot, "Has she met Zorblax, Quandrivel or Mixelplick?")
    assert reply.answer == "The résumé doesn't say."


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("Which skills does she rate at the top level?", "Brewing", "Cooking"),
        ("Which of her skills are below advanced level?", "Programming", "Cooking"),
        ("Which skills are at beginner level?", "Programming", "Brewing"),
    ],
)
def test_skills_are_told_by_level(
    json_bot: ResumeBot, question: str, said: str, unsaid: str
) -> None:
    answer = ask(json_bot, question).answer
    assert said in answer
    assert unsaid not in answer


def test_programming_languages_that_stand_by_themselves_are_all_told(json_bot: ResumeBot) -> None:
    answer = ask(json_bot, "Which programming languages does she know?").answer
    assert "Python" in answer
    assert "Lua" in answer
