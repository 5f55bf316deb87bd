"""What has to be worked out of a line: how far a figure moved, how long something took, which of
several is meant.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.answers.change import Change, find_change
from bot.answers.evidence import length_told
from bot.index.load import load_index
from bot.replies.reply import Message, Reply
from bot.service import ResumeBot
from tests.conftest import build

RESUME = """\
# Rosalind Achterberg

Pharmacist, Utrecht

## Experience

### Lead Pharmacist, Merel Hospital
*March 2019 - present*

- Brought dispensing errors down from 31 to 9 a month with barcode checks.
- Raised flu vaccination of staff from 48% to 63%.

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
def bot(new_index: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory) -> ResumeBot:
    corpus = tmp_path_factory.mktemp("worked-out")
    (corpus / "resume.md").write_text(RESUME, encoding="utf-8")
    index = new_index()
    build(corpus, index)
    return ResumeBot(load_index(index))


def ask(bot: ResumeBot, question: str) -> Reply:
    return bot.reply([Message(role="user", content=question)])


@pytest.mark.parametrize(
    ("question", "said", "quoted"),
    [
        ("By how many did the dispensing errors fall?", "By 22, from 31 to 9", "from 31 to 9"),
        (
            "By how many percentage points did staff vaccination rise?",
            "By 15 percentage points, from 48% to 63%",
            "from 48% to 63%",
        ),
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
    assert "in all" not in ask(bot, "How long was the parental leave?").answer


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("cut the wait from 74 to 48 minutes", Change("74", "48", "26", percent=False)),
        ("call-outs fell from 9 a month to 2", Change("9", "2", "7", percent=False)),
        ("costs from 34% to 27% of sales", Change("34%", "27%", "7", percent=True)),
        ("von 1.200 auf 900 gesenkt", Change("1.200", "900", "300", percent=False)),
        ("réduit de 7,5 à 6 jours", Change("7,5", "6", "1.5", percent=False)),
        ("从26次降到5次", Change("26", "5", "21", percent=False)),
        ("from 2016 to 2019", None),
        ("open from Monday to Friday", None),
    ],
)
def test_find_change(text: str, change: Change | None) -> None:
    assert find_change(text) == change


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Walking the Camino, May 2018 - Oct 2018", (5, 6)),
        ("2018", None),
        ("since 2018", None),
        ("2010 - 2012, again 2014 - 2015", None),
    ],
)
def test_length_told(text: str, months: tuple[int, int] | None) -> None:
    told = length_told(text)
    assert (told is None) == (months is None)
    if told is not None and months is not None:
        assert months[0] - 1 <= told[0] <= told[1] <= months[1]
