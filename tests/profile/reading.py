"""Documents from text, by the reader of their format."""

from collections.abc import Callable
from pathlib import Path, PurePath

from bot.documents import Document
from bot.sources.jsonresume import read_json_resume
from bot.sources.markdown import read_markdown
from bot.sources.plain import read_plain

HERE = Path(__file__).parent
RESUMES = sorted((HERE / "resumes").iterdir())
_READERS: dict[str, Callable[[str, str], Document]] = {
    ".md": read_markdown,
    ".txt": read_plain,
    ".json": read_json_resume,
}


def read(source: str, text: str) -> Document:
    """A Document of `text` by the reader that the suffix of `source` stands for."""
    return _READERS[PurePath(source).suffix](source, text)


def read_file(path: Path) -> Document:
    """The Document of a file."""
    return read(path.name, path.read_text(encoding="utf-8"))
