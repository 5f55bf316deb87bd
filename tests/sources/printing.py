"""Prints every HTML file of a folder as PDF, by Chromium: `python -m tests.sources.printing DIR`.

In a process of its own, as one process can run Playwright once only.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_SMALL = "<div style='font-size:8px;width:100%;text-align:center'>{}</div>"
HEADER = _SMALL.format("Nora Whitlock-Ansah, application")
FOOTER = _SMALL.format("Page <span class=pageNumber></span> of <span class=totalPages></span>")


def print_all(folder: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=_ARGUMENTS
        )
        page = browser.new_page()
        for path in sorted(folder.glob("*.html")):
            page.goto(path.as_uri())
            page.pdf(
                path=path.with_suffix(".pdf"),
                prefer_css_page_size=True,
                print_background=True,
                display_header_footer=path.stem.endswith("margins"),
                header_template=HEADER,
                footer_template=FOOTER,
            )
        browser.close()


if __name__ == "__main__":
    print_all(Path(sys.argv[1]))
