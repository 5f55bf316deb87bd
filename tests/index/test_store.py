"""The passage store, however many passages it holds."""

import sqlite3
from pathlib import Path

import pytest

from bot.index.load import load_index
from bot.index.manifest import read_manifest
from bot.index.store import FILE


def test_more_passages_are_read_than_a_statement_has_values(seed_index: Path) -> None:
    found = load_index(seed_index).passages.passages([1, *[0] * 300_000])
    assert [passage.id for passage in found[:2]] == [1, 0]
    assert len(found) == 300_001


def test_holders_are_counted_and_told_apart(seed_index: Path) -> None:
    store = load_index(seed_index).passages
    terms = [*sorted(store.vocabulary())[100:110], "xylophon"]
    assert store.number_holding(terms[:1]) == len(store.holding(terms[0])) > 0
    holding = set().union(*(store.holding(term) for term in terms))
    assert store.number_holding(terms) == len(holding)
    assert store.number_holding(terms[-1:]) == 0
    some = range(0, len(store), 2)
    assert store.which_hold(terms, some) == holding.intersection(some) != holding


@pytest.mark.parametrize("wanted", ["start <= 9 and end > 9", "start < 9 and end > 4"])
def test_a_place_is_looked_up_in_an_index(seed_index: Path, wanted: str) -> None:
    folder = read_manifest(seed_index).folder(seed_index)
    db = sqlite3.connect(folder / FILE)
    plan = db.execute(f"explain query plan select id from passages where source = '' and {wanted}")
    assert "passages_by_place" in str(plan.fetchall())
    db.close()
