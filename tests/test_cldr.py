"""`data/cldr.yaml` is what Babel says, and no server needs Babel.

`python -m tests.test_cldr --write` writes it.
"""

import subprocess
import sys
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from babel.dates import format_date, format_skeleton

from bot.answers.wording import Wording
from bot.cldr import cldr, from_babel
from bot.data import load_yaml
from bot.dates import PartialDate
from tests.conftest import ROOT

FILE = ROOT / "bot" / "data" / "cldr.yaml"
HEAD = """\
# Names and dates of Unicode's CLDR for the languages of languages.yaml: written from Babel's by
# `python -m tests.test_cldr --write`. bot/cldr.py says what is what.
"""


def written() -> str:
    known = {language: asdict(from_babel(language)) for language in load_yaml("languages")}
    return HEAD + yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=100)


def test_the_data_are_babels() -> None:
    assert FILE.read_text(encoding="utf-8") == written(), "run python -m tests.test_cldr --write"


@pytest.mark.parametrize("language", load_yaml("languages"))
def test_every_day_is_written_as_babel_writes_it(language: str) -> None:
    wording = Wording(language, None)
    for day in (date(1999, 1, 1) + timedelta(days) for days in range(0, 2000, 11)):
        assert wording.day(day) == format_date(day, "long", locale=language)
        month = PartialDate(day.year, day.month)
        assert wording.date(month) == format_skeleton("yMMMM", day, locale=language)


def test_another_language_is_asked_of_babel() -> None:
    assert cldr("it").months["gennaio"] == 1
    assert Wording("it", None).date(PartialDate(2019, 3, 4)) == "4 marzo 2019"


def test_answering_loads_no_babel(seed_index: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from bot.index.load import load_index;"
        "from bot.replies.reply import Message; from bot.service import ResumeBot;"
        f"bot = ResumeBot(load_index(Path({str(seed_index)!r})));"
        "ask = lambda q: bot.reply([Message(role='user', content=q)]).answer;"
        "assert '2016' in ask('When did she work at Elephant Talk?');"
        "ask('Spricht er Deutsch?');"
        "assert 'babel' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python -m tests.test_cldr --write")
    FILE.write_text(written(), encoding="utf-8")
