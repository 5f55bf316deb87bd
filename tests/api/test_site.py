"""What holds for the whole site: readiness, headers, limits, and its description."""

import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from bot.api.app import create_app
from bot.config import Settings
from bot.errors import BotError
from tests.api.conftest import Connect, EchoBot, FixedService
from tests.api.test_ask import assert_problem

ORIGIN = {"origin": "https://portfolio.example"}


def test_health_and_readiness(app_client: TestClient) -> None:
    assert app_client.get("/healthz").json() == {"status": "ok"}
    ready = app_client.get("/readyz").json()
    assert ready["status"] == "ready"
    assert ready["index"] == app_client.get("/ask", params={"q": "Hello"}).json()["index"]


@pytest.mark.parametrize("path", ["/readyz", "/ask?q=a", "/resume", "/", "/sources/a", "/about"])
def test_without_an_index(connect: Connect, path: str) -> None:
    client = connect(None)
    response = client.get(path)
    assert_problem(response.headers["content-type"], response.json(), 503)
    assert int(response.headers["retry-after"]) > 0
    assert client.get("/healthz").status_code == 200
    assert client.get("/widget.js").status_code == 200


def test_an_index_that_comes_later_is_used(read: Callable[[str], EchoBot]) -> None:
    service = FixedService(None)
    with TestClient(create_app(Settings(rate_limit=0), service)) as client:
        assert service.running
        assert client.get("/readyz").status_code == 503
        service.bot = read("Lives in London.")
        assert client.get("/readyz").json()["index"] == "0a1b2c3d"
    assert not service.running


def test_about(app_client: TestClient) -> None:
    about = app_client.get("/about").json()
    assert about.keys() == {"name", "suggestions", "contact", "index"}
    for suggestion in about["suggestions"]:
        assert app_client.get("/ask", params={"q": suggestion}).json()["found"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nothing", 404), ("GET", "/static/nothing", 404), ("GET", "/static/%2e%2e/x", 404),
     ("POST", "/ask", 405), ("GET", "/chat", 405), ("DELETE", "/", 405)],
)  # fmt: skip
def test_failures_of_the_framework(client: TestClient, method: str, path: str, status: int) -> None:
    response = client.request(method, path)
    assert_problem(response.headers["content-type"], response.json(), status)
    if status == 405:
        assert response.headers["allow"]


@pytest.mark.parametrize("path", ["/ask?q=a", "/", "/resume", "/healthz", "/static/page.css"])
def test_head(client: TestClient, path: str) -> None:
    got, head = client.get(path), client.head(path)
    assert head.status_code == 200
    assert head.headers["content-type"] == got.headers["content-type"]


@pytest.mark.parametrize("path", ["/", "/resume", "/ask?q=a&format=html"])
def test_pages_allow_nothing_inline_or_foreign(app_client: TestClient, path: str) -> None:
    response = app_client.get(path)
    policy = response.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert " style=" not in response.text
    assert "<style" not in response.text
    # Data in a script element isn't run.
    scripts = re.findall(r"<script[^>]*>", response.text)
    assert set(scripts) <= {
        '<script src="/widget.js" defer>',
        '<script type="application/ld+json">',
    }
    for name in ("cross-origin-opener-policy", "permissions-policy"):
        assert name in response.headers


@pytest.mark.parametrize("path", ["/", "/ask?q=a", "/nothing", "/static/page.css", "/docs"])
def test_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize("path", ["/ask?q=a", "/sources/resume.md", "/resume", "/widget.js"])
def test_any_origin_by_default(client: TestClient, path: str) -> None:
    assert client.get(path, headers=ORIGIN).headers["access-control-allow-origin"] == "*"


def test_only_allowed_origins(connect: Connect, read: Callable[[str], EchoBot]) -> None:
    client = connect(read("Lives in London."), allowed_origins=["https://portfolio.example"])
    allowed = client.get("/ask?q=a", headers=ORIGIN).headers
    assert allowed["access-control-allow-origin"] == "https://portfolio.example"
    assert "Origin" in allowed["vary"]
    refused = client.get("/ask?q=a", headers={"origin": "https://other.example"}).headers
    assert "access-control-allow-origin" not in refused


def test_preflight(client: TestClient) -> None:
    response = client.options(
        "/chat",
        headers={
            **ORIGIN,
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
        },
    )
    assert response.status_code == 200
    assert "POST" in response.headers["access-control-allow-methods"]
    assert "content-type" in response.headers["access-control-allow-headers"].lower()


def test_rate_limit(connect: Connect, read: Callable[[str], EchoBot]) -> None:
    client = connect(read("Lives in London."), rate_limit=2)
    body = {"messages": [{"role": "user", "content": "a"}]}
    assert client.get("/ask?q=a").status_code == 200
    assert client.post("/chat", json=body).status_code == 200
    # Neither an address of one's own making nor another endpoint helps.
    forged = {"x-forwarded-for": "198.51.100.7", "forwarded": "for=198.51.100.7"}
    for response in (
        client.get("/ask?q=a", headers=forged | ORIGIN),
        client.post("/chat", json=body, headers=forged | ORIGIN),
    ):
        assert_problem(response.headers["content-type"], response.json(), 429)
        assert 1 <= int(response.headers["retry-after"]) <= 60
        assert "Retry-After" in response.headers["access-control-expose-headers"]
    for path in ("/", "/resume", "/healthz", "/widget.js"):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::2", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
    ],
)
def test_who_shares_a_rate_limit(
    connect: Connect, read: Callable[[str], EchoBot], first: str, second: str, shared: bool
) -> None:
    one = connect(read("Lives in London."), address=first, rate_limit=1)
    other = TestClient(one.app, client=(second, 50_000))
    assert one.get("/ask?q=a").status_code == 200
    assert other.get("/ask?q=a").status_code == (429 if shared else 200)


def test_no_rate_limit(client: TestClient) -> None:
    assert {client.get("/ask?q=a").status_code for _ in range(100)} == {200}


def test_unusable_storage_of_the_rate_limit() -> None:
    with pytest.raises(BotError, match="rate_limit_storage"):
        create_app(Settings(rate_limit=1, rate_limit_storage="nothing://"), FixedService(None))


def test_widget_is_one_script(client: TestClient) -> None:
    response = client.get("/widget.js")
    assert response.headers["content-type"].startswith("text/javascript")
    assert "max-age" in response.headers["cache-control"]
    assert "adoptedStyleSheets" in response.text
    assert "innerHTML" not in response.text


def test_files_with_a_version_are_kept_for_good(client: TestClient) -> None:
    found = re.search(r'href="(/static/page\.css)(\?v=\w+)"', client.get("/").text)
    assert found is not None
    assert "immutable" in client.get(found[1] + found[2]).headers["cache-control"]
    for other in ("", "?v=older", "?v"):
        assert client.get(found[1] + other).headers["cache-control"] == "no-cache"


def test_portfolio_has_a_form_for_those_without_script(app_client: TestClient) -> None:
    page = app_client.get("/").text
    assert '<form class="ask" action="/ask" method="get"' in page
    assert '<script src="/widget.js" defer></script>' in page
    assert "Elephant Talk" in page


def test_behind_a_path_prefix(read: Callable[[str], EchoBot]) -> None:
    app = create_app(Settings(rate_limit=0), FixedService(read("Lives in London.")))
    with TestClient(app, root_path="/bot") as client:
        page = client.get("/").text
    assert 'action="/bot/ask"' in page
    assert 'src="/bot/widget.js"' in page


def test_description(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    schemas = described["components"]["schemas"]
    assert {"/ask", "/chat", "/resume", "/healthz", "/readyz"} <= described["paths"].keys()
    for path, status in (("/ask", "429"), ("/chat", "413"), ("/resume", "404"), ("/readyz", "503")):
        (operation,) = described["paths"][path].values()
        assert "application/problem+json" in operation["responses"][status]["content"]
    assert {"Reply", "Problem", "Conversation", "Message"} <= schemas.keys()
    referenced = {
        part.split('"')[0]
        for part in client.get("/openapi.json").text.split("#/components/schemas/")[1:]
    }
    assert referenced <= schemas.keys()
    assert client.get("/docs").status_code == 200
