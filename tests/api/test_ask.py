"""`GET /ask`: representations, and what is refused."""

from collections.abc import Callable
from html import unescape

import pytest
from starlette.testclient import TestClient

from bot.replies.reply import Reply
from tests.api.conftest import Connect, EchoBot

STUDY = {"q": "Where did he study"}


def test_reply_quotes_the_source(app_client: TestClient) -> None:
    response = app_client.get("/ask", params=STUDY)
    reply = Reply.model_validate_json(response.content)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert reply.found
    assert reply.question == STUDY["q"]
    assert "South China Agricultural University" in reply.answer
    assert reply.citations
    for citation in reply.citations:
        source = app_client.get(f"/sources/{citation.source}")
        assert source.headers["content-type"] == "text/plain; charset=utf-8"
        text = source.content.decode()
        assert text[citation.start : citation.end] == citation.quote
        assert text.count("\n", 0, citation.start) + 1 == citation.line
        assert f"[{citation.id}]" in reply.answer


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("text/plain", "text/plain"),
        ("TEXT/Plain", "text/plain"),
        ("text/html", "text/html"),
        (
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
            "text/html",
        ),
        ("text/html;q=0.3, application/json;q=0.9", "application/json"),
        ("text/plain;q=0.5, text/html;q=0.4", "text/plain"),
        ("application/json;q=0, */*;q=0.1", "text/plain"),
        ("image/png", "application/json"),
        ("nonsense", "application/json"),
        ("", "application/json"),
    ],
)
def test_accept(client: TestClient, accept: str | None, media_type: str) -> None:
    if accept is None:
        del client.headers["accept"]
    response = client.get("/ask", params=STUDY, headers={"accept": accept} if accept else {})
    assert response.headers["content-type"].partition(";")[0] == media_type
    assert "Accept" in response.headers["vary"].split(", ")


@pytest.mark.parametrize(
    ("wanted", "media_type"),
    [("json", "application/json"), ("text", "text/plain"), ("html", "text/html")],
)
def test_format_wins_over_accept(client: TestClient, wanted: str, media_type: str) -> None:
    response = client.get(
        "/ask", params={**STUDY, "format": wanted}, headers={"accept": "text/html, text/plain"}
    )
    assert response.headers["content-type"].partition(";")[0] == media_type


def test_text_has_footnotes(app_client: TestClient) -> None:
    reply = Reply.model_validate_json(app_client.get("/ask", params=STUDY).content)
    text = app_client.get("/ask", params={**STUDY, "format": "text"}).text
    answer, footnotes = text.split("\n\n", 1)
    assert answer == reply.answer
    for citation in reply.citations:
        assert f'[{citation.id}] "{citation.quote}" — {citation.source}, ' in footnotes
        assert f"line {citation.line}\n" in footnotes


def test_page_works_without_script(app_client: TestClient) -> None:
    reply = Reply.model_validate_json(app_client.get("/ask", params=STUDY).content)
    page = app_client.get("/ask", params={**STUDY, "format": "html"}).text
    assert "<script" not in page
    assert '<form class="ask" action="/ask" method="get"' in page
    for citation in reply.citations:
        assert citation.url in unescape(page)
        assert f'href="#cite-{citation.id}"' in page
        assert f'id="cite-{citation.id}"' in page


def test_markup_is_shown_as_text(connect: Connect, read: Callable[[str], EchoBot]) -> None:
    evil = "<script>alert(1)</script> \"><img src=x onerror='alert(1)'> {{ 7 * 7 }}"
    client = connect(read(f"# Résumé\n\n{evil}\n"))
    for path in ("/ask", "/resume", "/"):
        page = client.get(path, params={"q": evil, "format": "html"}).text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "{{ 7 * 7 }}" in page


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 422),
        ("q=", 422),
        ("q=+%09", 422),
        ("q=a&format=xml", 422),
        ("q=%FF", 400),
        ("q=%C3", 400),
        ("q=%ED%A0%80", 400),
        ("q=a&other=%FF", 400),
        ("q=a%00b", 400),
        ("q=a%1Bb", 400),
        ("q=a%C2%85b", 400),
        ("q=" + "a" * 1001, 413),
        ("q=" + "%F0%9F%99%82" * 1001, 413),
        ("q=" + "%F0%9F%99%82" * 1000, 200),
        ("q=two%0D%0Alines%09tab", 200),
        ("q=100%", 200),
        ("q=%E5%8C%97%E4%BA%AC", 200),
    ],
)
def test_refused(client: TestClient, query: str, status: int) -> None:
    response = client.get(f"/ask?{query}")
    assert response.status_code == status
    if status != 200:
        assert_problem(response.headers["content-type"], response.json(), status)


def test_browser_is_told_on_a_page(client: TestClient) -> None:
    response = client.get("/ask", params={"q": "a\0<b>"}, headers={"accept": "text/html"})
    assert response.status_code == 400
    assert response.headers["content-type"].startswith("text/html")
    assert "control character" in response.text
    assert "<b>" not in response.text


def test_question_is_not_kept_by_caches(client: TestClient) -> None:
    response = client.get("/ask", params=STUDY)
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["server-timing"].startswith("total;dur=")


def assert_problem(content_type: str, body: dict[str, object], status: int) -> None:
    assert content_type == "application/problem+json"
    assert body["status"] == status
    assert {"type", "title", "detail"} <= body.keys()
    assert all(body[name] for name in ("type", "title", "detail"))
