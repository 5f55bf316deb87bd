"""Questions about the project's own résumé, and what holds for every reply to them."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from pydantic import BaseModel, ConfigDict, Field

from bot.answers.answer import Outcome
from bot.evaluation import normalise
from bot.replies.reply import Citation, Message, Reply
from bot.service import ResumeBot
from tests.conftest import ROOT

Choice = str | list[str]


class Golden(BaseModel):
    """A question and what is expected; `questions.yaml` says what the fields are."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ask: list[str] = Field(min_length=1)
    outcome: Outcome
    says: list[Choice] = []
    lacks: list[str] = []
    cites: list[Choice] = []

    @property
    def found(self) -> bool:
        return self.outcome in ("answered", "partial")


QUESTIONS = [
    Golden.model_validate(question)
    for question in yaml.safe_load(Path(__file__).with_name("questions.yaml").read_text("utf-8"))
]
SOURCE = (ROOT / "corpus" / "resume.md").read_bytes().decode("utf-8")

every_question = pytest.mark.parametrize(
    "golden", QUESTIONS, ids=[" · ".join(golden.ask) for golden in QUESTIONS]
)


def choices(choice: Choice) -> list[str]:
    return [choice] if isinstance(choice, str) else choice


def holds(answer: str, wording: str) -> bool:
    """Whether the wording stands in the answer as whole words."""
    return f" {normalise(wording)} " in f" {normalise(answer)} "


@pytest.fixture(scope="module")
def replies(seed_bot: ResumeBot) -> dict[tuple[str, ...], Reply]:
    """The replies to all questions, with the bot's own answers in the conversations."""
    given = {}
    for golden in QUESTIONS:
        messages: list[Message] = []
        for asked in golden.ask:
            messages.append(Message(role="user", content=asked))
            reply = seed_bot.reply(messages)
            messages.append(Message(role="assistant", content=reply.answer))
        given[tuple(golden.ask)] = reply
    return given


@every_question
def test_expectations_are_of_the_resume(golden: Golden) -> None:
    snippets = [snippet for choice in golden.cites for snippet in choices(choice)]
    assert [snippet for snippet in snippets if snippet not in SOURCE] == []
    assert bool(snippets) is golden.found
    asked = " ".join(golden.ask)
    if golden.found:
        given_away = [any(holds(asked, text) for text in choices(choice)) for choice in golden.says]
        assert not all(given_away), "repeating the question would pass"


@every_question
def test_outcome_and_wording(golden: Golden, replies: dict[tuple[str, ...], Reply]) -> None:
    reply = replies[tuple(golden.ask)]
    assert reply.outcome == golden.outcome, reply.answer
    for choice in golden.says:
        assert any(holds(reply.answer, text) for text in choices(choice)), reply.answer
    for text in golden.lacks:
        assert not holds(reply.answer, text), reply.answer


@every_question
def test_citations_prove_it(golden: Golden, replies: dict[tuple[str, ...], Reply]) -> None:
    quotes = [citation.quote for citation in replies[tuple(golden.ask)].citations]
    for choice in golden.cites:
        assert any(text in quote for text in choices(choice) for quote in quotes), quotes


@every_question
def test_every_reply_is_sound(golden: Golden, replies: dict[tuple[str, ...], Reply]) -> None:
    reply = replies[tuple(golden.ask)]
    assert reply.question == golden.ask[-1]
    assert reply.answer.strip()
    assert reply.found is (reply.outcome in ("answered", "partial"))
    marks = [int(number) for number in re.findall(r"\[(\d+)\]", reply.answer)]
    if reply.found:
        assert reply.citations
        assert list(dict.fromkeys(marks)) == [citation.id for citation in reply.citations]
        assert [citation.id for citation in reply.citations] == list(range(1, max(marks) + 1))
        assert reply.related == []
    else:
        assert (marks, reply.citations) == ([], [])
    if reply.outcome in ("smalltalk", "off_topic"):
        assert reply.related == []
    several = len(reply.citations) > 1
    assert len(reply.answer.split()) <= (120 if several else 60)
    for citation in [*reply.citations, *reply.related]:
        assert_exact(citation)
    assert golden.ask[-1] not in reply.suggestions
    assert len(set(reply.suggestions)) == len(reply.suggestions) <= 3


def assert_exact(citation: Citation) -> None:
    """The quote is the source's text, and the address points at the same place."""
    assert citation.source == "resume.md"
    assert SOURCE[citation.start : citation.end] == citation.quote
    assert 0 < len(citation.quote) <= 400
    assert citation.quote == citation.quote.strip()
    assert citation.line == SOURCE.count("\n", 0, citation.start) + 1
    assert citation.page is None
    address = urlsplit(citation.url)
    assert (address.path, address.fragment) == ("/resume", "cite")
    assert parse_qs(address.query, strict_parsing=True) == {
        "source": [citation.source],
        "start": [str(citation.start)],
        "end": [str(citation.end)],
    }
    titles = re.findall(r"^#+ (.+)$", SOURCE[: citation.end], re.MULTILINE)
    assert set(citation.section) <= set(titles)


def test_citation_numbers_begin_with_each_reply(seed_bot: ResumeBot) -> None:
    """A later reply in a conversation doesn't go on counting."""
    earlier = [
        Message(role="user", content="Where did he work?"),
        Message(role="assistant", content="At four places [1] [2] [3] [4]."),
    ]
    reply = seed_bot.reply([*earlier, Message(role="user", content="Where did he study?")])
    assert [citation.id for citation in reply.citations] == [1]


def test_openings_have_answers(seed_bot: ResumeBot) -> None:
    assert seed_bot.suggestions
    for suggestion in seed_bot.suggestions:
        assert seed_bot.reply([Message(role="user", content=suggestion)]).found, suggestion


@every_question
def test_suggestions_have_answers(
    golden: Golden, replies: dict[tuple[str, ...], Reply], seed_bot: ResumeBot
) -> None:
    """Where they are made: at the end of the conversation."""
    asked = [Message(role="user", content=question) for question in golden.ask]
    reply = replies[tuple(golden.ask)]
    for suggestion in reply.suggestions:
        answered = seed_bot.reply([*asked, Message(role="user", content=suggestion)])
        assert answered.found, f"{suggestion}: {answered.answer}"
