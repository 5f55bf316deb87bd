"""Damaged files: a line that says what is wrong, or a Document that holds together."""

import io
import json
import random
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents import Document
from bot.errors import SourceError
from bot.sources.docx import read_docx
from bot.sources.html import read_html
from bot.sources.jsonresume import read_json_resume
from bot.sources.markdown import read_markdown
from bot.sources.pdf import read_pdf
from bot.sources.plain import read_plain
from tests.sources.made import RESUME, check, pages
from tests.sources.rendering import word
from tests.sources.test_jsonresume import OLA

MATTER = "---\nname: Ola\nplaces:\n  - {city: Oslo, since: 2019}\n  - &a [x, 'y']\n  - *a\n---\n"
SEEDS = range(16)


def read(reader: Callable[[], Document]) -> None:
    try:
        document = reader()
    except SourceError as error:
        message = str(error)
    else:
        message = ""
        check(document)
    assert "\n" not in message
    assert message.startswith("cv") or not message


def damaged(content: bytes, seed: int) -> bytes:
    """The content with bytes changed, taken out, doubled and put in."""
    chance = random.Random(seed)
    changed = bytearray(content)
    for _ in range(chance.choice([1, 3, 20, 200])):
        if not changed:
            break
        at = chance.randrange(len(changed))
        match chance.randrange(4):
            case 0:
                changed[at] = chance.randrange(256)
            case 1:
                del changed[at : at + chance.randrange(200)]
            case 2:
                changed[at:at] = changed[chance.randrange(len(changed)) :][:200]
            case _:
                changed[at:at] = chance.randbytes(8)
    return bytes(changed)


def damaged_parts(package: bytes, seed: int) -> bytes:
    """The package with some of its XML parts damaged inside."""
    chance = random.Random(seed)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if chance.random() < 0.2:
                part = part.replace(*chance.choice(_SWAPS))
            if chance.random() < 0.1:
                part = damaged(part, seed)
            if chance.random() > 0.02:
                new.writestr(name, part)
    return made.getvalue()


_SWAPS = [
    (b'w:val="', b'w:val="x'),
    (b"<w:pPr>", b"<w:tbl>"),
    (b"w:p>", b"w:tc>"),
    (b"<w:t>", b"<w:t/><w:t>"),
    (b"w:styleId=", b"w:styleid="),
    (b"Relationship ", b"Relation "),
]


@pytest.fixture(scope="module")
def package() -> bytes:
    return word(RESUME)


@pytest.mark.parametrize("seed", SEEDS)
def test_pdf(seed: int, printed: Path) -> None:
    content = (printed / f"{['one', 'left'][seed % 2]}.pdf").read_bytes()
    read(lambda: read_pdf("cv.pdf", damaged(content, seed)))


@pytest.mark.parametrize("seed", SEEDS)
def test_docx(seed: int, package: bytes) -> None:
    read(lambda: read_docx("cv.docx", damaged(package, seed)))
    read(lambda: read_docx("cv.docx", damaged_parts(package, seed)))


@pytest.mark.parametrize("seed", SEEDS)
def test_html(seed: int) -> None:
    read(lambda: read_html("cv.html", damaged(pages()["left"].encode(), seed)))


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace").replace("\0", "")


@pytest.mark.parametrize("seed", SEEDS)
def test_text(seed: int) -> None:
    resume = RESUME.encode()
    read(lambda: read_markdown("cv.md", _text(damaged(resume, seed))))
    read(lambda: read_markdown("cv.md", MATTER[:4] + _text(damaged(MATTER[4:].encode(), seed))))
    read(lambda: read_plain("cv.txt", _text(damaged(resume, seed))))
    read(lambda: read_json_resume("cv.json", _text(damaged(json.dumps(OLA).encode(), seed))))


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "summary", "startDate", "url", "keywords", "profiles", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(
    st.dictionaries(
        st.sampled_from(["basics", "work", "skills", "projects", "meta", "other"]), _VALUES
    )
)
@settings(max_examples=150, deadline=None)
def test_any_json(resume: dict[str, object]) -> None:
    read(lambda: read_json_resume("cv.json", json.dumps(resume)))


LONG = 4_000  # characters
PATTERNS = [
    "[", "[a](", "*a **b ", "> ", "- ", "_a_", "`a``b", "a|b\n-|-\n", "<a ", "<!--", "&amp;",
    "# a\n", "[a]: b\n", "word ", "2019 ", "Jan 2019 - x\n", "~a~~b", "![", "Skills\n",
    "Skills\n\n", "ab\n", "a: ", "Name: x\n", "1", "+1 2 3 4 ", "a@b.", "ABC DEF\n\n", "= a ",
    "\t", "Title, X\n2019 - 2020\n", '"a', "A B ", "known-\n", " ", "\n",
]  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("reader", [read_markdown, read_plain])
def test_text_that_repeats(reader: Callable[[str, str], Document], pattern: str) -> None:
    """Twice the text takes at most about four times the work; longer text is read under a limit.

    Work is counted in calls, which no other process disturbs.
    """
    half = _calls(reader, pattern, LONG // 2)
    whole = _calls(reader, pattern, LONG)
    assert whole < 5 * half + 2000


def _calls(reader: Callable[[str, str], Document], pattern: str, length: int) -> int:
    """How many functions, of Python and of C, are called to read so many characters."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    text = pattern * (length // len(pattern))
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        reader("cv", text)
    finally:
        sys.setprofile(before)
    return calls
