"""The intents, as the bot over the project's own résumé has them."""

from pathlib import Path

import pytest

from bot.index.load import load_index
from bot.questions.intents import Intents


@pytest.fixture(scope="session")
def intents(seed_index: Path) -> Intents:
    index = load_index(seed_index)
    return Intents(index.encoder, index.fitted)
