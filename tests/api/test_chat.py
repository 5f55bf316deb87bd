"""`POST /chat`: a conversation as JSON and as an event stream, and what is refused."""

import asyncio
import json
import logging
import time
from collections.abc import Callable, MutableMapping, Sequence
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.api import asking
from bot.documents import Document
from bot.replies.reply import Message, Reply
from tests.api.conftest import Connect, EchoBot
from tests.api.test_ask import assert_problem

STREAM = {"accept": "text/event-stream"}


def conversation(*contents: str) -> dict[str, list[dict[str, str]]]:
    """Messages in turn from the user and the assistant, the last from the user."""
    roles = ["user" if (len(contents) - i) % 2 else "assistant" for i in range(len(contents))]
    return {
        "messages": [
            {"role": role, "content": content}
            for role, content in zip(roles, contents, strict=True)
        ]
    }


def events(stream: str) -> list[tuple[str, Any]]:
    """The events of a stream; comments are left out."""
    found = []
    assert stream.endswith("\n\n")
    for block in stream.removesuffix("\n\n").split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if line[0] != ":")
        if fields:
            found.append((fields["event"], json.loads(fields["data"])))
    return found


def test_json(app_client: TestClient) -> None:
    response = app_client.post("/chat", json=conversation("Where did he study?"))
    reply = Reply.model_validate_json(response.content)
    assert response.headers["content-type"] == "application/json"
    assert reply.found
    assert reply.citations


def test_stream_is_the_reply_in_pieces(app_client: TestClient) -> None:
    body = conversation("Hello", "Hello!", "Which databases is he good at?")
    whole = app_client.post("/chat", json=body).json()
    response = app_client.post("/chat", json=body, headers=STREAM)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["x-accel-buffering"] == "no"
    assert response.text.startswith(": keep-alive\n\n")
    *deltas, (name, reply) = events(response.text)
    assert len(deltas) > 1
    assert {name for name, _ in deltas} == {"delta"}
    assert "".join(delta["text"] for _, delta in deltas) == whole["answer"]
    assert name == "reply"
    assert reply | {"took_ms": 0} == whole | {"took_ms": 0}


@pytest.mark.parametrize(
    "answer", ["", " ", "one two\n- three [1].\n", "他住在广州 [1]。", "  a  "]
)
def test_words_joined_are_the_answer(answer: str) -> None:
    assert "".join(asking.words(answer)) == answer


def test_words_without_spaces_come_one_by_one() -> None:
    assert list(asking.words("住在 Rom [1]。")) == ["住", "在", " Rom", " [1]。"]


def test_silence_is_filled_with_comments(
    connect: Connect, read: Callable[[str], EchoBot], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "PATIENCE", 0.01)
    monkeypatch.setattr(asking, "KEEP_ALIVE", 0.05)
    bot = SlowBot(*read("Lives in London.").documents)
    text = connect(bot).post("/chat", json=conversation("Where?"), headers=STREAM).text
    assert text.count(": keep-alive\n\n") >= 3
    assert events(text)[-1][0] == "reply"


class SlowBot(EchoBot):
    def reply(self, messages: Sequence[Message]) -> Reply:
        time.sleep(0.4)
        return super().reply(messages)


class BrokenBot(EchoBot):
    def __init__(self, *documents: Document, seconds: float = 0) -> None:
        super().__init__(*documents)
        self.seconds = seconds

    def reply(self, messages: Sequence[Message]) -> Reply:
        del messages
        time.sleep(self.seconds)
        raise RuntimeError("/etc/secret")


@pytest.mark.parametrize("headers", [{}, STREAM])
def test_a_defect_shows_nothing_of_the_inside(
    connect: Connect, headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    client = connect(BrokenBot())
    with caplog.at_level(logging.ERROR):
        response = client.post(
            "/chat", json=conversation("Where?"), headers=headers | {"origin": "https://a.example"}
        )
    assert response.status_code == 500
    assert_problem(response.headers["content-type"], response.json(), 500)
    assert "secret" not in response.text
    assert "/etc/secret" in caplog.text
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["x-content-type-options"] == "nosniff"


def test_a_defect_in_an_open_stream_ends_it(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "PATIENCE", 0.01)
    client = connect(BrokenBot(seconds=0.1))
    response = client.post("/chat", json=conversation("Where?"), headers=STREAM)
    [(name, problem)] = events(response.text)
    assert name == "error"
    assert_problem("application/problem+json", problem, 500)
    assert "secret" not in response.text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe{\x00}\x00", 400),
        (b'{"messages":[{"role":"user","content":"\xff"}]}', 400),
        (rb'{"messages":[{"role":"user","content":"\ud800"}]}', 400),
        (rb'{"messages":[{"role":"user","content":"a\u0000"}]}', 400),
        (rb'{"messages":[{"role":"user","content":"\u001b"},{"role":"user","content":"a"}]}', 400),
        (b"[" * 100_000, 400),
        (b"[]", 422),
        (b"null", 422),
        (b"{}", 422),
        (b'{"messages":[]}', 422),
        (b'{"messages":"hello"}', 422),
        (b'{"messages":[{"role":"user"}]}', 422),
        (b'{"messages":[{"role":"user","content":7}]}', 422),
        (b'{"messages":[{"role":"judge","content":"a"}]}', 422),
        (b'{"messages":[{"role":"assistant","content":"a"}]}', 422),
        (b'{"messages":[{"role":"user","content":" \\n"}]}', 422),
        (json.dumps(conversation("a" * 1001)).encode(), 413),
        (json.dumps(conversation(*"a" * 51)).encode(), 413),
        (json.dumps(conversation("a", "b" * 19_999, "c")).encode(), 413),
        (b" " * 300_000, 413),
        (json.dumps(conversation(*"a" * 49)).encode(), 200),
        (json.dumps(conversation("a", "\U0001f642" * 18_999, "b" * 1000)).encode(), 200),
        (b'{"messages":[{"role":"user","content":"a","name":"x"}],"stream":true}', 200),
    ],
)
def test_refused(client: TestClient, body: bytes, status: int) -> None:
    response = client.post("/chat", content=body, headers={"content-type": "application/json"})
    assert response.status_code == status
    if status != 200:
        assert_problem(response.headers["content-type"], response.json(), status)


def test_invalid_field_is_named(client: TestClient) -> None:
    response = client.post("/chat", json={"messages": [{"role": "user", "content": 7}]})
    assert response.json()["errors"][0]["pointer"] == "#/messages/0/content"


def test_endless_body_is_not_read_to_its_end(client: TestClient) -> None:
    read = 0
    statuses = []

    async def receive() -> dict[str, Any]:
        nonlocal read
        read += 1
        return {"type": "http.request", "body": b" " * 65_536, "more_body": True}

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/chat",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
    }
    asyncio.run(client.app(scope, receive, send))  # type: ignore[arg-type]
    assert statuses == [413]
    assert read < 10


def test_other_media_type(client: TestClient) -> None:
    body = json.dumps(conversation("Where?"))
    response = client.post("/chat", content=body, headers={"content-type": "text/plain"})
    assert_problem(response.headers["content-type"], response.json(), 415)
    assert client.post("/chat", content=body).status_code == 200
