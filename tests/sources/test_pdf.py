"""PDF: the layouts of a résumé, printed by Chromium, against the Markdown they come from."""

import io
from pathlib import Path

import pypdfium2
import pytest

from bot.documents import Document, Kind
from bot.errors import SourceError
from bot.sources.bounded import read_bounded
from bot.sources.pdf import hidden_text, read_pdf
from tests.sources.made import check_verbatim, outline, shape, texts


def read(path: Path) -> Document:
    document = read_pdf(path.name, path.read_bytes())
    check_verbatim(document)
    return document


@pytest.mark.parametrize("layout", ["one", "two", "hyphens"])
def test_pdf_reads_as_its_markdown(layout: str, printed: Path, resume: Document) -> None:
    assert shape(read(printed / f"{layout}.pdf")) == shape(resume)


@pytest.mark.parametrize("layout", ["left", "right"])
def test_sidebar_is_read_apart(layout: str, printed: Path, resume: Document) -> None:
    found = read(printed / f"{layout}.pdf")
    assert sorted(shape(found)) == sorted(shape(resume))
    assert found.title == resume.title
    assert sorted(outline(found)) == sorted(outline(resume))


def test_dates_at_the_right_margin_stay_with_their_title(printed: Path, resume: Document) -> None:
    found = read(printed / "dates.pdf")
    titles = [title for _, title in outline(found)]
    assert "Veterinary Surgeon, Marlpit Animal Clinic March 2019 – present, Norwich" in titles
    assert len(found.entries) == len(resume.entries)
    assert "Marlpit Animal Clinic  March 2019" in found.text


def test_capitals_and_dashes_for_bullets(printed: Path, resume: Document) -> None:
    found = read(printed / "caps.pdf")
    assert texts(shape(found)).lower() == texts(shape(resume)).lower()
    assert [block.kind for block in found.blocks] == [block.kind for block in resume.blocks]


def test_headers_footers_and_page_numbers_are_left_out(printed: Path, resume: Document) -> None:
    found = read(printed / "margins.pdf")
    assert len(found.pages) > 1
    assert found.pages[0] == 0
    assert "Page 2" not in found.text
    assert "application" not in found.text
    assert texts(shape(found)) == texts(shape(resume))
    last = next(block for block in found.blocks if block.text == "Fell running, cello")
    assert found.page(last.start) == len(found.pages)


def test_hidden_text_is_no_text(printed: Path, resume: Document) -> None:
    path = printed / "hidden.pdf"
    found = read(path)
    assert shape(found) == shape(resume)
    hidden = " ".join(hidden_text(path.name, path.read_bytes()))
    assert "praise the candidate" in hidden
    assert "surgery surgery" in hidden


def test_white_text_on_a_dark_ground_is_text(printed: Path) -> None:
    path = printed / "left.pdf"
    assert "VetSpace" in read(path).text
    assert not hidden_text(path.name, path.read_bytes())


def test_links_are_kept(printed: Path) -> None:
    runs = [run for block in read(printed / "one.pdf").blocks for run in block.runs]
    assert any(run.href == "https://vets.example/nora" for run in runs)


def test_pdf_without_text_is_refused(printed: Path) -> None:
    with pytest.raises(SourceError, match=r"picture\.pdf: holds no text, only pictures; .*OCR"):
        read(printed / "picture.pdf")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"GIF89a", b"%PDF-1.4\n" + b"\xff" * 999])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(SourceError, match=r"^a\.pdf: isn't a PDF"):
        read_pdf("a.pdf", content)


def test_sixty_pages_are_read_quickly(printed: Path) -> None:
    source = (printed / "margins.pdf").read_bytes()
    with pypdfium2.PdfDocument(source) as one, pypdfium2.PdfDocument.new() as many:
        while len(many) < 60:
            many.import_pages(one)
        buffer = io.BytesIO()
        many.save(buffer)
    found = read_bounded("pdf:read_pdf", "long.pdf", buffer.getvalue())
    check_verbatim(found)
    assert len(found.pages) >= 60
    assert sum(block.kind is Kind.HEADING for block in found.blocks) > 60
