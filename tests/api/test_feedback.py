"""Visitors' questions and what they think of the answers: kept, but not who they are."""

import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.api.app import create_app
from bot.config import Settings
from bot.errors import BotError
from bot.feedback.database import read_log
from tests.api.conftest import Connect, EchoBot, FixedService
from tests.api.test_ask import assert_problem

Read = Callable[[str], EchoBot]
ADDRESS = "203.0.113.77"
CONVERSATION = {"messages": [{"role": "user", "content": "a"}, {"role": "user", "content": "b"}]}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "visitors.db"


@pytest.fixture
def client(connect: Connect, read: Read, path: Path) -> TestClient:
    """A client of an application that keeps what it is asked in `path`."""
    return connect(
        read("Lives in London."), address=ADDRESS, feedback=True, feedback_storage=url(path)
    )


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def closed(client: TestClient) -> None:
    """End the application, which writes what is waiting."""
    client.__exit__(None, None, None)
    client.__enter__()  # the fixture closes it again


def test_the_same_question_has_the_same_id(client: TestClient) -> None:
    first, again = (client.get("/ask?q=Where%3F").json() for _ in range(2))
    assert first == again
    other = client.get("/ask?q=When%3F").json()["id"]
    followed = client.post("/chat", json=CONVERSATION).json()["id"]
    alone = client.get("/ask?q=b").json()["id"]
    assert len({first["id"], other, followed, alone}) == 4


def test_questions_and_judgements_are_kept(client: TestClient, path: Path) -> None:
    reply = client.get("/ask?q=Where+does+she+live%3F").json()
    client.post("/chat", json=CONVERSATION, headers={"accept": "text/event-stream"})
    for helpful, comment in ((True, None), (False, " It isn't the whole of it. ")):
        body = {"id": reply["id"], "helpful": helpful, "comment": comment}
        response = client.post("/feedback", json=body)
        assert response.status_code == 204
        assert not response.content
    closed(client)
    asked, judged = read_log(url(path), 0)
    assert [(one.question, one.outcome, one.answered_by, one.index) for one in asked] == [
        ("Where does she live?", "answered", "echo", "0a1b2c3d"),
        ("b", "answered", "echo", "0a1b2c3d"),
    ]
    assert [(one.reply, one.helpful, one.comment) for one in judged] == [
        (reply["id"], True, None),
        (reply["id"], False, "It isn't the whole of it."),
    ]


def test_nothing_of_who_asks_is_kept(client: TestClient, path: Path) -> None:
    headers = {"user-agent": "Netscape", "x-forwarded-for": ADDRESS, "cookie": "who=me"}
    reply = client.get("/ask?q=Where%3F", headers=headers).json()
    client.post("/feedback", json={"id": reply["id"], "helpful": True}, headers=headers)
    closed(client)
    content = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"Where?" in content
    for secret in (ADDRESS.encode(), b"Netscape", b"who=me"):
        assert secret not in content


def test_a_form_gets_a_page(client: TestClient, path: Path) -> None:
    page = client.get("/ask?q=Where%3F&format=html").text
    assert '<form class="feedback" action="/feedback" method="post">' in page
    reply = client.get("/ask?q=Where%3F").json()
    assert f'name="id" value="{reply["id"]}"' in page
    data = {"id": reply["id"], "comment": "Grüße & <b>", "helpful": "false"}
    response = client.post("/feedback", data=data)
    assert response.status_code == 200
    assert "Thank you" in response.text
    closed(client)
    [judged] = read_log(url(path), 0)[1]
    assert (judged.helpful, judged.comment) == (False, "Grüße & <b>")


def test_a_judgement_on_no_reply_is_not_kept(client: TestClient, path: Path) -> None:
    client.get("/ask?q=Where%3F")
    assert client.post("/feedback", json={"id": "0" * 16, "helpful": True}).status_code == 204
    closed(client)
    assert read_log(url(path), 0)[1] == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"id": "0" * 16}, 422),
        ({"helpful": True}, 422),
        ({"id": "../../etc", "helpful": True}, 422),
        ({"id": "0" * 16, "helpful": "perhaps"}, 422),
        ({"id": "0" * 16, "helpful": True, "comment": 5}, 422),
        ({"id": "0" * 16, "helpful": True, "comment": "a" * 501}, 413),
        ({"id": "0" * 16, "helpful": True, "comment": "a\x1bb"}, 400),
        ([], 422),
    ],
)
def test_refused(client: TestClient, path: Path, body: Any, status: int) -> None:
    response = client.post("/feedback", json=body)
    assert_problem(response.headers["content-type"], response.json(), status)
    closed(client)
    assert not path.exists()


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"helpful=true", "application/x-www-form-urlencoded", 422),
        (b"{" + b" " * 300_000, "application/json", 413),
    ],
)
def test_refused_body(client: TestClient, content: bytes, media_type: str, status: int) -> None:
    response = client.post("/feedback", content=content, headers={"content-type": media_type})
    assert_problem(response.headers["content-type"], response.json(), status)


def test_rate_limit(connect: Connect, read: Read, path: Path) -> None:
    client = connect(
        read("Lives in London."), feedback=True, feedback_storage=url(path), rate_limit=2
    )
    body = {"id": client.get("/ask?q=a").json()["id"], "helpful": True}
    assert [client.post("/feedback", json=body).status_code for _ in range(2)] == [204, 429]


def test_off(connect: Connect, read: Read, path: Path) -> None:
    client = connect(read("Lives in London."), feedback=False, feedback_storage=url(path))
    assert client.get("/ask?q=a").json()["id"] is None
    assert client.post("/chat", json=CONVERSATION).json()["id"] is None
    assert "feedback" not in client.get("/ask?q=a&format=html").text
    response = client.post("/feedback", json={"id": "0" * 16, "helpful": True})
    assert_problem(response.headers["content-type"], response.json(), 404)
    assert "/feedback" not in client.get("/openapi.json").json()["paths"]
    closed(client)
    assert not path.exists()


def test_described(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    operation = described["paths"]["/feedback"]["post"]
    assert {"204", "413", "422", "429"} <= operation["responses"].keys()
    assert "Feedback" in described["components"]["schemas"]


def test_answers_go_on_when_the_log_cannot_be_written(
    client: TestClient, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path.parent.write_text("in the way", encoding="utf-8")
    with caplog.at_level(logging.ERROR):
        replies = [client.get(f"/ask?q={n}") for n in range(5)]
        closed(client)
    assert {reply.status_code for reply in replies} == {200}
    [record] = caplog.records
    assert str(path) in record.getMessage()
    assert "\n" not in record.getMessage()


def test_answers_do_not_wait_for_the_log(client: TestClient, path: Path) -> None:
    client.get("/ask?q=first")
    closed(client)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin exclusive")
    try:
        # The log can't be written while these are answered.
        assert {client.get(f"/ask?q={n}").status_code for n in range(5)} == {200}
    finally:
        other.execute("rollback")
        other.close()
    closed(client)
    assert [one.question for one in read_log(url(path), 0)[0]] == ["first", *"01234"]


@pytest.mark.parametrize("storage", ["nothing://", "visitors.db", "mysql://host"])
def test_unusable_storage(storage: str) -> None:
    with pytest.raises(BotError, match="feedback_storage"):
        create_app(
            Settings(rate_limit=0, feedback=True, feedback_storage=storage), FixedService(None)
        )
