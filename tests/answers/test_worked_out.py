"""What has to be worked out of a line: how far a figure moved, how long something took, which of
several is meant.
"""

import pytest

from bot.answers.expected import length_told, may_answer
from bot.answers.figures import Figures, Operation, find_figures
from bot.questions.intents import OPEN
from bot.questions.question import Question
from bot.service import ResumeBot
from tests.answers.conftest import BotOver, ask

RESUME = """\
# Rosalind Achterberg

Pharmacist, Utrecht

## Experience

### Lead Pharmacist, Merel Hospital
*March 2019 - present*

- Brought dispensing errors down from 31 to 9 a month with barcode checks.
- Raised flu vaccination of staff from 48% to 63%.
- Supervised four pharmacists and nine assistants.
- Gave 90 patients advice in 30 evening clinics.

### Pharmacist, The Amber Dispensary
*2014 - 2018*

- Ran the evening shift.

## Time off

Walking the Camino with my father, May 2018 - Oct 2018

## Education

- MSc Pharmacy, Vechta University, 2011 - 2014
- BSc Chemistry, Rinsum College, 2008 - 2011

## Awards

- Golden Mortar, Guild of Pharmacists, 2021
- Young Talent Prize, Rinsum Foundation, 2013
"""


@pytest.fixture(scope="module")
def bot(bot_over: BotOver) -> ResumeBot:
    return bot_over({"resume.md": RESUME})


@pytest.mark.parametrize(
    ("question", "said", "quoted"),
    [
        ("By how many did the dispensing errors fall?", "By 22, from 31 to 9", "from 31 to 9"),
        (
            "By how many percentage points did staff vaccination rise?",
            "By 15 percentage points, from 48% to 63%",
            "from 48% to 63%",
        ),
        ("Pharmacists and assistants together, how many?", "13 in all, four and nine", "nine"),
        ("How many patients came to an evening clinic on average?", "About 3 each", "90 patients"),
        ("Dispensing errors fewer after that?", "By 22, from 31 to 9", "from 31 to 9"),
        ("How many years did the bachelor's degree take?", "Rinsum College", "Rinsum College"),
        ("Where did she do her master's?", "Vechta University", "Vechta University"),
        ("Which of the awards is the newest?", "Golden Mortar", "Golden Mortar"),
        ("Which award came first?", "Young Talent Prize", "Young Talent Prize"),
        ("Did she work at Amber Dispensary?", "Yes", "Amber Dispensary"),
    ],
)
def test_answer(bot: ResumeBot, question: str, said: str, quoted: str) -> None:
    reply = ask(bot, question)
    assert reply.found, reply.answer
    assert said in reply.answer
    assert any(quoted in citation.quote for citation in reply.citations)


def test_all_jobs_together_are_no_answer_to_how_long_something_else_was(bot: ResumeBot) -> None:
    assert "in all" in ask(bot, "How long did she work?").answer
    reply = ask(bot, "How long was the parental leave?")
    assert (reply.outcome, reply.found, reply.citations) == ("not_stated", False, [])


@pytest.mark.parametrize(
    ("question", "text", "may"),
    [
        ("What percentage of the patients came back?", "93% of patients came back.", True),
        ("What percentage of the patients came back?", "Gave 90 patients advice.", False),
        ("By what percentage did the errors fall?", "Errors went down from 31 to 9.", True),
        ("How much money came with the prize?", "Golden Mortar, €5,000, 2021", True),
        ("How much money came with the prize?", "Golden Mortar, 2021", False),
        ("How many patients got advice?", "Gave 90 patients advice.", True),
    ],
)
def test_a_share_or_a_sum_of_money_is_told_by_one(question: str, text: str, *, may: bool) -> None:
    asked = Question(question, question, question, "en", OPEN, 0.5)
    assert may_answer(asked, text) is may


def test_a_share_may_be_told_by_what_it_can_be_worked_out_of(bot: ResumeBot) -> None:
    assert "31 to 9" in ask(bot, "By what percentage did the dispensing errors fall?").answer


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("cut the wait from 74 to 48 minutes", Figures("74", "48", "26")),
        ("call-outs fell from 9 a month to 2", Figures("9", "2", "7")),
        ("costs from 34% to 27% of sales", Figures("34%", "27%", "7", percent=True)),
        ("von 1.200 auf 900 gesenkt", Figures("1.200", "900", "300")),
        (
            "a fine of €180,000, which was lowered to €20,000",
            Figures("180,000", "20,000", "160,000"),
        ),
        ("réduit de 7,5 à 6 jours", Figures("7,5", "6", "1.5")),
        ("从26次降到5次", Figures("26", "5", "21")),
        ("sores from 31 in 2017 to 12 in 2019", Figures("31", "12", "19")),
        ("from $61M (FY18) to $104M (FY23)", Figures("61", "104", "43")),
        ("the bill from € 61,000 to € 38,000", Figures("61,000", "38,000", "23,000")),
        ("go out within 6 working days instead of 15", Figures("15", "6", "9")),
        ("from 2016 to 2019", None),
        ("from March 2017 to May 2019", None),
        ("open from Monday to Friday", None),
    ],
)
def test_find_change(text: str, change: Figures | None) -> None:
    assert find_figures(Operation.CHANGE, text) == change


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Lead seven clinicians and four technicians", Figures("seven", "four", "11")),
        ("Fitted 220 arms and 90 legs in a year", Figures("220", "90", "310")),
        ("140 staff and up to 90 agency workers", Figures("140", "90", "230")),
        ("an 18-bed general unit and a 6-bed ward", Figures("18", "6", "24")),
        (
            "£86,000 from the Trust, £14,500 from the Friends.",
            Figures("86,000", "14,500", "100,500"),
        ),
        ("46 people and 1.3 million tonnes", None),
        ("2 and 3", None),
        ("worked from 2011 and 2012 on", None),
    ],
)
def test_find_sum(text: str, figures: Figures | None) -> None:
    assert find_figures(Operation.SUM, text) == figures


def test_find_rest() -> None:
    text = "12,750 records, of which 8,300 with images"
    assert find_figures(Operation.REST, text) == Figures("12,750", "8,300", "4,450")
    text = "Lead counsel on eleven cases, nine of them settled"
    assert find_figures(Operation.REST, text) == Figures("eleven", "nine", "2")


def test_find_share() -> None:
    text = "Taught 210 officers in 18 courses"
    assert find_figures(Operation.SHARE, text) == Figures("210", "18", "11.7")
    assert find_figures(Operation.SHARE, "Taught in 18 courses") is None


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Walking the Camino, May 2018 - Oct 2018", (4, 6)),
        ("2010 - 2012", (12, 36)),
        ("3 May 2018 - 20 Oct 2018", (5, 5)),
        ("2018", None),
        ("since 2018", None),
        ("2010 - 2012, again 2014 - 2015", None),
    ],
)
def test_length_told(text: str, months: tuple[int, int] | None) -> None:
    assert length_told(text) == months


@pytest.mark.parametrize(
    ("question", "affirmed"),
    [
        ("Has she ever supervised assistants?", True),
        ("Any flu vaccination work?", True),
        ("Has she ever rowed across the sea?", False),
        ("Is she still giving advice in evening clinics?", False),
    ],
)
def test_yes_is_said_only_to_whether_there_is_any(
    bot: ResumeBot, question: str, affirmed: bool
) -> None:
    assert ask(bot, question).answer.startswith("Yes: ") is affirmed
