"""Words: terms are the same, whoever cuts them, and however many do at once."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.words import stem

STEMS = ("organis", "nation", "relat", "hope", "use", "act", "gener", "formal", "digit", "sens")
ENDINGS = ("ational", "iveness", "ization", "fulness", "ousness", "alities", "iviti", "ically")
WORDS = [f"{letter}{a}{b}" for letter in "abcdefgh" for a in STEMS for b in ENDINGS]


@pytest.fixture
def _switching() -> Iterator[None]:
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("_switching")
def test_threads_may_stem_at_once() -> None:
    one_by_one = [stem.__wrapped__(word) for word in WORDS]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(stem.__wrapped__, WORDS)) == one_by_one
