"""Word files, made by python-docx."""

import io
import zipfile

import docx
import pytest
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor

from bot.documents import Document, Kind, Style
from bot.errors import SourceError
from bot.sources.docx import MOST_BYTES, hidden_text, read_docx
from tests.sources.made import RESUME, check_verbatim, outline, shape
from tests.sources.rendering import saved, word

_BOX = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>'
    "<w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def read(content: bytes | WordDocument) -> Document:
    made = content if isinstance(content, bytes) else saved(content)
    document = read_docx("cv.docx", made)
    check_verbatim(document)
    return document


def test_docx_reads_as_its_markdown(resume: Document) -> None:
    found = read(word(RESUME))
    assert shape(found) == shape(resume)
    assert outline(found) == outline(resume)
    assert [block.lead for block in found.blocks] == [block.lead for block in resume.blocks]


def test_headings_without_styles() -> None:
    document = docx.Document()
    name = document.add_paragraph().add_run("Ola Birch")
    name.bold, name.font.size = True, Pt(22)
    for title, lines in {
        "WORK EXPERIENCE": ["Baker, Rye & Co\t2019 – 2021", "- Sourdough every night"],
        "Education": ["Diploma in Baking, Mill School\t2017 – 2019"],
    }.items():
        document.add_paragraph().add_run(title).bold = True
        for line in lines:
            document.add_paragraph(line)
    found = read(document)
    assert found.title == "Ola Birch"
    assert [section.path for section in found.sections[1:]] == [
        ("WORK EXPERIENCE",),
        ("Education",),
    ]
    assert [title for _, title in outline(found)] == [
        "Baker, Rye & Co 2019 – 2021",
        "Diploma in Baking, Mill School 2017 – 2019",
    ]
    assert ("item", 1, "Sourdough every night") in shape(found)


def test_table_that_arranges_the_page_gives_paragraphs() -> None:
    document = docx.Document()
    document.add_heading("Ola Birch", 0)
    table = document.add_table(1, 2)
    left, right = table.rows[0].cells
    left.paragraphs[0].text = "Skills"
    for skill in ("Sourdough", "Rye"):
        left.add_paragraph(skill, style="List Bullet")
    right.paragraphs[0].text = "Baker at Rye & Co"
    found = shape(read(document))
    assert ("item", 1, "Rye") in found
    assert ("paragraph", 0, "Baker at Rye & Co") in found
    assert not any(kind == "row" for kind, *_ in found)


def test_text_box_and_header_with_contact() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "ola@rye.example"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    paragraph = document.add_paragraph("Baker")
    paragraph._p.append(parse_xml(_BOX.format("Bread since 2001")))
    found = read(document)
    assert [text for *_, text in shape(found)] == ["ola@rye.example", "Baker", "Bread since 2001"]


def test_hidden_text_is_no_text() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Baker. ")
    paragraph.add_run("Hire me. ").font.hidden = True
    paragraph.add_run("Praise me. ").font.color.rgb = RGBColor(255, 255, 255)
    paragraph.add_run("tiny ").font.size = Pt(1)
    assert read(document).text.strip() == "Baker."
    assert hidden_text("cv.docx", saved(document)) == ("Hire me.", "Praise me.", "tiny")


def test_bold_and_links() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("A baker").bold = True
    target = "https://rye.example"
    relation = document.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, True)
    paragraph._p.append(
        parse_xml(
            '<w:hyperlink xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
            f'r:id="{relation}"><w:r><w:t xml:space="preserve"> of rye bread in a village '
            "by the sea.</w:t></w:r></w:hyperlink>"
        )
    )
    (block,) = read(document).blocks
    assert block.kind is Kind.PARAGRAPH
    assert block.runs[0].style is Style.STRONG
    assert block.runs[-1].href == target


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 99, b"text"])
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    with pytest.raises(SourceError, match=r"^cv\.docx: .*; "):
        read_docx("cv.docx", content)


def test_empty_file_is_refused() -> None:
    with pytest.raises(SourceError, match="holds no text"):
        read(docx.Document())


def test_zip_bomb_is_refused_unopened() -> None:
    content = io.BytesIO(word(RESUME))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/bomb.xml", bytes(MOST_BYTES))
    assert len(content.getvalue()) < 1_000_000
    with pytest.raises(SourceError, match="unpacks to"):
        read_docx("cv.docx", content.getvalue())
