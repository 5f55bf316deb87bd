"""Lists are whole: what the Profile leaves out of a line is told as the line has it; of a long one,
only what is shown is proven.
"""

from datetime import date
from typing import Any, cast

import pytest

from bot.answers.facts.asked import MOST_LISTED, Asked
from bot.answers.wording import Wording
from bot.service import ResumeBot
from tests.answers.conftest import BotOver, ask

RESUME = """\
# Ottilie Brandvold

Archivist, Bergen

## Experience

### Archivist, Skjold Bank
*2018 - present*

- Looks after 40 metres of ledgers.

### Senior Guide, Fjord Boats
*January 2016 - December 2017*

- Led tours in three languages.

### Guide, Fjord Boats
*January 2015 - December 2015*

- Sold tickets.

## Skills

- Cataloguing: AtoM, Calm, ArchivesSpace, TMS, Spectrum
- Languages: Python, R, a little Go

## Languages

Norwegian and English (both from home), isiXhosa (passive)

## Interests

Choir, and crossword setting: eleven puzzles printed

## Awards

- Golden Ledger, 2021, for the map room ("Where the coast was")
"""


@pytest.fixture(scope="module")
def bot(bot_over: BotOver) -> ResumeBot:
    return bot_over({"resume.md": RESUME})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Which languages does she speak?", "isiXhosa (passive)"),
        ("What are her hobbies?", "crossword setting"),
        ("Which awards has she won?", 'map room ("Where the coast was")'),
        ("Any prizes?", "Yes: Golden Ledger"),
        ("Which programming languages does she know?", "Python, R, a little Go"),
        ("How many companies has she worked for?", "2: Skjold Bank"),
        ("How many jobs has she had?", "3: Skjold Bank"),
    ],
)
def test_said(bot: ResumeBot, question: str, said: str) -> None:
    assert said in ask(bot, question).answer


def test_of_a_long_list_only_what_is_shown_is_proven() -> None:
    nothing = cast(Any, None)
    asked = Asked(nothing, nothing, nothing, Wording("en", None), date(2024, 1, 1), nothing)
    items = iter([(f"item {number}", (number,)) for number in range(1_000)])
    answer = asked.listing("list", "list", items)
    assert answer
    assert f"item {MOST_LISTED - 1}" in "".join(said.text for said in answer.statements)
    assert next(items) == (f"item {MOST_LISTED}", (MOST_LISTED,))
    assert asked.listing("list", "list", iter(())) is None
