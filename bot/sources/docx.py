"""Word (DOCX) to a Document, by python-docx."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from bot.documents import Document, Kind
from bot.errors import SourceError
from bot.sources.breaks import is_attribution
from bot.sources.headings import Candidate, find_headings
from bot.sources.printed import MARKER
from bot.sources.runs import is_bold, without
from bot.sources.structure import Line, build_document
from bot.sources.word_text import Found, Paragraph, read_text
from bot.sources.writing import lay_out

MOST_BYTES = 60_000_000  # of XML and media, unpacked
MOST_FILES = 5_000
_LARGE = 1.1  # of the text's size: type that sets a heading apart


def read_docx(source: str, content: bytes) -> Document:
    """Read a DOCX.

    Raises:
        SourceError: it is damaged, encrypted, unpacks to more than a résumé can, or is empty.
    """
    found = _text(source, content)
    if not found.paragraphs:
        raise SourceError(
            f"{source}: holds no text; if the résumé is a picture, type it or run OCR on it"
        )
    text, lines, _ = lay_out(list(_lines(found.paragraphs)))
    return build_document(source, text, lines)


def hidden_text(source: str, content: bytes) -> tuple[str, ...]:
    """What the file holds that a reader can't see: hidden, white or tiny.

    Raises:
        SourceError: as `read_docx`.
    """
    return tuple(text for text in (part.strip() for part in _text(source, content).hidden) if text)


def _text(source: str, content: bytes) -> Found:
    """What the file holds, whatever python-docx makes of a damaged one."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    _check_size(source, content)
    try:
        return read_text(docx.Document(io.BytesIO(content)))
    except (
        OpcError,
        etree.LxmlError,
        zipfile.BadZipFile,
        zlib.error,
        ArithmeticError,
        AssertionError,
        AttributeError,
        EOFError,
        LookupError,
        NotImplementedError,
        OSError,
        RecursionError,
        RuntimeError,
        TypeError,
        ValueError,
    ) as error:
        # python-docx takes the parts of a package for what they say they are.
        raise SourceError(
            f"{source}: isn't a Word file that can be read ({type(error).__name__}); "
            "open it in your word processor and save it again"
        ) from None


def _check_size(source: str, content: bytes) -> None:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise SourceError(
            f"{source}: is an old or encrypted Word file; save it as .docx without a password"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            sizes = [member.file_size for member in package.infolist()]
            if any(member.flag_bits & 1 for member in package.infolist()):
                raise SourceError(f"{source}: needs a password; save it without one")
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise SourceError(f"{source}: isn't a Word file ({error}); save it again") from None
    if sum(sizes) > MOST_BYTES or len(sizes) > MOST_FILES:
        raise SourceError(
            f"{source}: unpacks to {sum(sizes) / 1e6:.0f} MB in {len(sizes)} files, more than "
            "a résumé can; leave its pictures out"
        )


def _lines(paragraphs: list[Paragraph]) -> Iterator[Line]:
    _number_headings(paragraphs)
    usual = sum(part.blank_above for part in paragraphs) > 2
    items: list[tuple[int, int]] = []  # open list items: depth, line
    header: int | None = None
    for i, part in enumerate(paragraphs):
        apart = part.blank_above or not usual
        if part.level:
            items = []
            yield Line(Kind.HEADING, part.runs, part.level)
            continue
        if part.row:
            header = i if part.header else header if i and paragraphs[i - 1].row else None
            yield Line(Kind.ROW, part.runs, 0, None if header == i else header, apart)
            continue
        marker = MARKER.match(part.text) if not part.depth else None
        said = i > 0 and is_attribution(paragraphs[i - 1].text, part.text)
        if marker and not said and not marker[0][0].isalnum() and marker.end() < len(part.text):
            part.depth, part.runs = 1, without(part.runs, marker.end())
        if part.depth:
            items = [item for item in items if item[0] < part.depth]
            parent = items[-1][1] if items else None
            items.append((part.depth, i))
            yield Line(Kind.ITEM, part.runs, len(items), parent, part.blank_above)
            continue
        items = []
        yield Line(Kind.PARAGRAPH, part.runs, apart=apart)


def _number_headings(paragraphs: list[Paragraph]) -> None:
    """Set the levels of headings: by their styles, or where there are none, by their type."""
    styled = [part.level for part in paragraphs if part.level]
    if len(styled) > 1:
        # Without a title, headings begin one level higher.
        raised = 0 if 1 in styled else 1
        for part in paragraphs:
            part.level = max(part.level - raised, 0)
        return
    sizes = sorted(
        size for part in paragraphs for size in [part.size] * len(part.text) if not part.row
    )
    body = sizes[len(sizes) // 2] if sizes else 11.0
    candidates = []
    for i, part in enumerate(paragraphs):
        below = paragraphs[i + 1] if i + 1 < len(paragraphs) else None
        marks = set()
        if is_bold(part.runs):
            marks.add("bold")
        if part.size >= _LARGE * body:
            marks.add("large")
        candidates.append(
            Candidate(
                "" if part.row or part.depth or MARKER.match(part.text) else part.text,
                frozenset(marks),
                True,
                below.text if below else "",
                below is None or below.blank_above,
                part.size / body,
            )
        )
    levels = find_headings(candidates)
    for i, part in enumerate(paragraphs):
        part.level = levels.get(i, 0)
