"""The same résumé in several formats and layouts has the same Profile.

Each Markdown résumé is made into a web page, a Word file and PDFs, read again, and its facts are
compared with those of the Markdown itself. Left out is what a format can't carry, see `carried`.
"""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.documents import Document
from bot.profile.build import build_profile
from bot.profile.jsonresume import to_json_resume
from bot.sources.docx import read_docx
from bot.sources.html import read_html
from bot.sources.markdown import read_markdown
from bot.sources.pdf import read_pdf
from tests.profile.scoring import Score, compare
from tests.sources.rendering import LAYOUTS, page, word

ROOT = Path(__file__).parents[2]
RESUMES = sorted((ROOT / "tests" / "profile" / "resumes").glob("*.md"))
# With dates at the margin, titles and the smaller titles below them are set alike there (bold, in
# the size of the text), so that the page doesn't tell which of them is inside which.
LEAST = dict.fromkeys(("docx", "html", *LAYOUTS), 0.99) | {"dates": 0.98}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each résumé in each layout as PDF."""
    made = tmp_path_factory.mktemp("parity")
    for path in RESUMES:
        markdown = path.read_text(encoding="utf-8")
        language = read_markdown(path.name, markdown).language
        for layout in LAYOUTS:
            printed = page(markdown, layout, language)
            (made / f"{path.stem}.{layout}.html").write_text(printed, encoding="utf-8")
    command = [sys.executable, "-m", "tests.sources.printing", str(made)]
    subprocess.run(command, check=True, cwd=ROOT, timeout=240)
    return made


@pytest.mark.parametrize("layout", ["docx", "html", *LAYOUTS])
def test_the_profile_is_that_of_the_markdown(layout: str, folder: Path) -> None:
    total = Score()
    for path in RESUMES:
        markdown = path.read_text(encoding="utf-8")
        expected = facts(read_markdown(path.name, markdown))
        found = facts(made(path, layout, folder))
        score = compare(carried(expected), carried(found))
        print(f"{layout} {path.stem}: {score.share:.3f}")  # noqa: T201
        score.wrong = [f"{path.stem}: {wrong}" for wrong in score.wrong]
        total.add(score)
    print(f"{layout}: {total.share:.3f}")  # noqa: T201
    assert total.share >= LEAST[layout], "\n".join(total.wrong)


def made(path: Path, layout: str, folder: Path) -> Document:
    """The Document of the résumé in another format."""
    markdown = path.read_text(encoding="utf-8")
    match layout:
        case "docx":
            return read_docx(f"{path.stem}.docx", word(markdown))
        case "html":
            html = (folder / f"{path.stem}.one.html").read_bytes()
            return read_html(f"{path.stem}.html", html)
        case _:
            pdf = (folder / f"{path.stem}.{layout}.pdf").read_bytes()
            return read_pdf(f"{path.stem}.pdf", pdf)


def facts(document: Document) -> dict[str, Any]:
    return to_json_resume(build_profile([document]), [document])


def carried(value: Any, key: str = "") -> Any:
    """The facts without what some format can't carry, which is one thing only: in a PDF, Chromium
    writes the address of a site with a slash at its end. ("meta" is no fact: where each stands.)

    What the pages themselves don't say is no fact, either: the marks of Markdown aren't printed,
    and emoji before titles may be missing from a font, but titles of sections aren't compared.
    """
    match value:
        case dict():
            return {name: carried(part, name) for name, part in value.items() if name != "meta"}
        case list():
            return [carried(part, key) for part in value]
        case str():
            return re.sub(r"^(https?://[^/]+)/$", r"\1", value) if key == "url" else value
        case _:
            return value
