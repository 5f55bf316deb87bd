"""Files of each format, made once."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.documents import Document
from bot.sources.markdown import read_markdown
from tests.sources.made import RESUME, pages

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the résumé as web pages and as PDF, by the names of their layouts."""
    folder = tmp_path_factory.mktemp("printed")
    for name, page in pages().items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    command = [sys.executable, "-m", "tests.sources.printing", str(folder)]
    subprocess.run(command, check=True, cwd=ROOT, timeout=120)
    return folder


@pytest.fixture(scope="session")
def resume() -> Document:
    """The résumé as its Markdown reads."""
    return read_markdown("resume.md", RESUME)
