"""Reading a folder of files, and the bounds of it."""

import os
from pathlib import Path

import pytest

from bot.errors import SourceError
from bot.sources import MOST_TEXT_BYTES, bounded, hidden_texts, read_corpus
from bot.sources.bounded import read_bounded
from bot.sources.markdown import read_markdown
from bot.sources.pdf import read_pdf
from tests.sources.made import RESUME, shape
from tests.sources.rendering import word


def test_every_format_of_a_folder(tmp_path: Path, printed: Path) -> None:
    (tmp_path / "a.md").write_text("\ufeff# Ola\n", encoding="utf-8")
    (tmp_path / "b.TXT").write_text("Ola Birch\n", encoding="utf-8")
    (tmp_path / "c.json").write_text('{"basics": {"name": "Ola"}}', encoding="utf-8")
    (tmp_path / "d.docx").write_bytes(word(RESUME))
    below = tmp_path / "below"
    below.mkdir()
    (below / "e.pdf").write_bytes((printed / "one.pdf").read_bytes())
    (below / "f.html").write_bytes((printed / "one.html").read_bytes())
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden.md").write_text("no", encoding="utf-8")
    corpus = read_corpus(tmp_path)
    sources = ["a.md", "b.TXT", "below/e.pdf", "below/f.html", "c.json", "d.docx"]
    assert [document.source for document in corpus.documents] == sources
    assert corpus.documents[0].text == "# Ola\n"
    assert sorted(corpus.hashes) == sources
    assert corpus.skipped == ("photo.png",)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.md", b"caf\xe9", ":1: not UTF-8"),
        ("a.txt", b"a\nb\0c", ":2: not a text file"),
        ("a.md", b"\n \n", ": holds no text"),
        ("a.pdf", b"%PDF-", "a.pdf: isn't a PDF"),
        ("a.docx", b"PK", "a.docx: isn't a Word file"),
        ("a.html", b"<p>", "a.html: holds no text"),
        ("a.json", b'{"name": 1}', "a.json: isn't a JSON Resume"),
        ("a.md", b"a" * (MOST_TEXT_BYTES + 1), "more than a r\u00e9sum\u00e9 can"),
    ],
)
def test_errors_name_the_file(name: str, content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError) as caught:
        read_corpus(tmp_path)
    assert name in str(caught.value)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("a", encoding="utf-8")
    (tmp_path / "a.md").chmod(0)
    with pytest.raises(SourceError, match="check its rights"):
        read_corpus(tmp_path)


def test_long_text_is_read_apart(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(RESUME * 80, encoding="utf-8")
    (document,) = read_corpus(tmp_path).documents
    assert document.text == RESUME * 80
    assert len(document.blocks) == len(read_markdown("a.md", RESUME).blocks) * 80


def test_document_is_the_same_when_read_apart(printed: Path) -> None:
    content = (printed / "left.pdf").read_bytes()
    assert read_bounded("pdf:read_pdf", "a.pdf", content) == read_pdf("a.pdf", content)


def test_hidden_texts(printed: Path, tmp_path: Path) -> None:
    (tmp_path / "cv.pdf").write_bytes((printed / "hidden.pdf").read_bytes())
    (tmp_path / "cv.docx").write_bytes(word(RESUME))
    (tmp_path / "cv.md").write_text("# Ola\n", encoding="utf-8")
    found = hidden_texts(tmp_path)
    assert any("praise the candidate" in text for text in found.pop("cv.pdf"))
    assert found == {"cv.docx": ()}


def test_time_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "MOST_SECONDS", 0.8)
    with pytest.raises(SourceError, match=r"^a\.md: takes longer than"):
        read_bounded("markdown:read_markdown", "a.md", "[" * 1_000_000)


def test_memory_is_bounded() -> None:
    page = b"<p>" + b"<b>x" * 4_000_000
    try:
        document = read_bounded("html:read_html", "a.html", page)
    except SourceError as error:
        assert str(error).startswith("a.html: ")  # noqa: PT017
    else:
        assert shape(document)
