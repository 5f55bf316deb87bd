"""Lists in an answer."""

from datetime import date
from typing import Any, cast

from bot.answers.facts.asked import MOST_LISTED, Asked
from bot.answers.wording import Wording


def test_of_a_long_list_only_what_is_shown_is_proven() -> None:
    nothing = cast(Any, None)
    asked = Asked(nothing, nothing, nothing, Wording("en", None), date(2024, 1, 1), nothing)
    items = iter([(f"item {number}", (number,)) for number in range(1_000)])
    answer = asked.listing("list", "list", items)
    assert answer
    assert f"item {MOST_LISTED - 1}" in "".join(said.text for said in answer.statements)
    assert next(items) == (f"item {MOST_LISTED}", (MOST_LISTED,))
    assert asked.listing("list", "list", iter(())) is None
