"""The widget as the tests handle it."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import DESKTOP, PHONE

QUESTION = "Where did he study?"
ANSWER = "South China Agricultural University"
LAUNCHER = "Ask the résumé"
SIZES = pytest.mark.parametrize("options", [DESKTOP, PHONE], ids=["desktop", "phone"])


def open_widget(page: Page) -> Locator:
    page.get_by_role("button", name=LAUNCHER).click()
    panel = page.get_by_role("dialog")
    expect(panel).to_be_visible()
    return panel


def ask(panel: Locator, question: str) -> None:
    field = panel.get_by_role("textbox", name="Your question")
    field.fill(question)
    field.press("Enter")


def answers(panel: Locator) -> Locator:
    return panel.locator("[part=answer]")


def with_reply(page: Page, **changes: Any) -> None:
    """Have the server's replies changed on their way, and come in one piece."""

    def change(route: Route) -> None:
        headers = {**route.request.headers, "accept": "application/json"}
        response = route.fetch(headers=headers)
        route.fulfill(response=response, json={**response.json(), **changes})

    page.route("**/chat", change)
