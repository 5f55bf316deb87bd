"""Groups of related words."""

import pytest

from bot.data import load_yaml
from bot.questions.related import groups_in
from bot.words import holds_phrase


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Who would vouch for her?", "References: on request"),
        ("Was he promoted?", "2019 zum Schichtleiter befördert"),
        ("Which prize did it win?", "Lauréate du concours 2021"),
        ("论文题目是什么？", "Dissertation on river ice"),
        ("How many download were there?", "41,000 downloads"),  # with the plural's s or without
    ],
)
def test_question_and_line_speak_of_the_same(asked: str, told: str) -> None:
    assert groups_in(asked) & groups_in(told)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("her manager", "management of tinnitus"),  # which have one stem
        ("her thesis", "these are the layers"),  # which French writes thèse
    ],
)
def test_likeness_of_letters_is_no_relation(one: str, other: str) -> None:
    assert groups_in(one)
    assert not groups_in(one) & groups_in(other)


def test_each_word_is_found_in_its_group() -> None:
    for number, words in enumerate(load_yaml("related")):
        for word in words:
            assert number in groups_in(str(word)), word


def test_a_phrase_keeps_its_diacritics() -> None:
    assert holds_phrase("Sa Thèse de 2011", "thèse")
    assert not holds_phrase("These are the layers", "thèse")
    assert holds_phrase("Works part-time", "part time")
