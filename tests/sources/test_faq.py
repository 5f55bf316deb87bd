"""`faq.yaml`: exact spans, and errors in plain words with line and column."""

import pytest

from bot.documents import Kind
from bot.errors import SourceError
from bot.sources.faq import read_faq


@pytest.mark.parametrize(
    ("answer", "quoted"),
    [
        ("plain words", "plain words"),
        ('"quoted: words"', "quoted: words"),
        ("'it is so'", "it is so"),
        (">\n    folded\n    words", "folded\n    words"),
        ("|\n    kept\n    words", "kept\n    words"),
    ],
)
def test_spans_hold_the_answer(answer: str, quoted: str) -> None:
    text = f"- question: Why?\n  answer: {answer}\n"
    document = read_faq("faq.yaml", text)
    (block,) = (block for block in document.blocks if block.kind is Kind.PARAGRAPH)
    assert text[block.start : block.end] == quoted
    assert block.text == " ".join(quoted.split())
    assert document.sections[block.section].path == ("Why?",)


def test_every_wording_is_a_heading() -> None:
    document = read_faq("faq.yaml", '- questions: ["One?", "Two?"]\n  answer: Yes.\n')
    headings = [block.text for block in document.blocks if block.kind is Kind.HEADING]
    assert headings == ["One?", "Two?"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("questions: Why?\nanswer: so\n", "faq.yaml:1:1: must be a list"),
        ("", "faq.yaml: must be a list"),
        ("- Why?\n", "faq.yaml:1:3: not a question with an answer"),
        ("- question: Why?\n", "faq.yaml:1:3: 'answer' is missing"),
        ("- answer: so\n", "faq.yaml:1:3: 'questions' is missing"),
        ("- questions: []\n  answer: so\n", "faq.yaml:1:3: 'questions' is missing"),
        ("- question: Why?\n  answers: so\n", "faq.yaml:1:3: 'answers' isn't known"),
        ("- question: Why?\n  answer: so: what\n", "faq.yaml:2:13: not readable as YAML"),
        ("- question: Why?\n\tanswer: so\n", "faq.yaml:2:1: not readable as YAML"),
        ('- question: "Why?\n', "faq.yaml:2:1: not readable as YAML"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, says: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_faq("faq.yaml", text)
    assert str(caught.value).startswith(says)
    assert "\n" not in str(caught.value)
