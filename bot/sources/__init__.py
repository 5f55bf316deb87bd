"""Reading a corpus: each file by the reader of its format, all to the same Document."""

from dataclasses import dataclass
from pathlib import Path

from bot.documents import Document
from bot.errors import SourceError
from bot.sources.bounded import hidden_bounded, load, read_bounded
from bot.sources.faq import is_faq, read_faq
from bot.spread import spread

MOST_BYTES = 20_000_000  # of one file; a résumé has a thousandth
MOST_TEXT_BYTES = 2_000_000  # of a text file
# The readers by suffix, "module:function" of this package. Those of text get text; the others
# get bytes, and run in a process of their own.
_TEXT_READERS = {
    ".md": "markdown:read_markdown",
    ".markdown": "markdown:read_markdown",
    ".txt": "plain:read_plain",
    ".text": "plain:read_plain",
    ".json": "jsonresume:read_json_resume",
}
_BINARY_READERS = {
    ".pdf": "pdf:read_pdf",
    ".docx": "docx:read_docx",
    ".html": "html:read_html",
    ".htm": "html:read_html",
}
_HIDDEN = {".pdf": "pdf:hidden_text", ".docx": "docx:hidden_text"}
SUFFIXES = frozenset([*_TEXT_READERS, *_BINARY_READERS])
_LONG_TEXT = 60_000  # bytes; text that is longer is read in a process of its own, too


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was read from a corpus folder.

    Attributes:
        documents: sorted by their source, curated answers among them.
        hashes: SHA-256 of each source's bytes, in hexadecimal.
        skipped: files of formats the bot doesn't read.
    """

    documents: tuple[Document, ...]
    hashes: dict[str, str]
    skipped: tuple[str, ...]

    @property
    def resumes(self) -> list[Document]:
        """The documents but for curated answers."""
        return [document for document in self.documents if not is_faq(document.source)]


def read_corpus(folder: Path) -> Corpus:
    """Read every file below `folder` but hidden ones.

    Raises:
        SourceError: the folder is missing or holds no résumé, or a file of a known format
            can't be read.
    """
    known: list[tuple[str, Path]] = []
    skipped: list[str] = []
    for path in corpus_files(folder):
        source = path.relative_to(folder).as_posix()
        if path.suffix.lower() in SUFFIXES or is_faq(source):
            known.append((source, path))
        else:
            skipped.append(source)
    read = list(spread(_read_file, known))
    documents = tuple(document for document, _ in read)
    if all(is_faq(document.source) for document in documents):
        also = f" ({', '.join(skipped)} can't be read)" if skipped else ""
        raise SourceError(f"{folder}: no résumé is there{also}; put one in as resume.md")
    hashes = {document.source: digest for document, digest in read}
    return Corpus(documents, hashes, tuple(skipped))


def _read_file(named: tuple[str, Path]) -> tuple[Document, str]:
    """The document of a source at a path, and the SHA-256 of its bytes."""
    import hashlib

    source, path = named
    content = _read_bytes(path)
    return _read(path, source, content), hashlib.sha256(content).hexdigest()


def hidden_texts(folder: Path) -> dict[str, tuple[str, ...]]:
    """What machines read in the PDFs and Word files of a corpus and a person can't see, by
    source: text that is white, tiny, off the page or set as hidden, each stretch by itself.

    Raises:
        SourceError: as `read_corpus`.
    """
    found: dict[str, tuple[str, ...]] = {}
    for path in corpus_files(folder):
        finder = _HIDDEN.get(path.suffix.lower())
        if finder:
            source = path.relative_to(folder).as_posix()
            found[source] = hidden_bounded(finder, source, _read_bytes(path))
    return found


def corpus_files(folder: Path) -> list[Path]:
    """The files of the corpus, sorted; hidden files and folders are left out.

    Raises:
        SourceError: the folder is missing or can't be read.
    """
    if not folder.is_dir():
        what = "is not a folder" if folder.exists() else "doesn't exist"
        raise SourceError(f"{folder}: {what}; make it and put your résumé in, or name another")
    try:
        return sorted(
            path
            for path in folder.rglob("*")
            if path.is_file()
            and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        )
    except OSError as error:
        raise SourceError(f"{folder}: can't be read ({error.strerror})") from None


def _read_bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise SourceError(
                f"{path}: has {size / 1e6:.0f} MB, more than a résumé can; leave it out"
            )
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: can't be read ({error.strerror}); check its rights") from None


def _read(path: Path, source: str, content: bytes) -> Document:
    suffix = path.suffix.lower()
    if suffix in _BINARY_READERS:
        return read_bounded(_BINARY_READERS[suffix], source, content)
    text = _decoded(path, content)
    if is_faq(source):
        return read_faq(source, text)
    reader = _TEXT_READERS[suffix]
    if len(content) > _LONG_TEXT:
        document = read_bounded(reader, source, text)
    else:
        document = load(reader)(source, text)
    if not document.blocks:
        raise SourceError(f"{path}: holds no text; write the résumé in it, or delete it")
    return document


def _decoded(path: Path, content: bytes) -> str:
    if len(content) > MOST_TEXT_BYTES:
        raise SourceError(
            f"{path}: has {len(content) / 1e6:.0f} MB, more than a résumé can; leave it out"
        )
    try:
        # A byte order mark is a signature, no part of the text (Unicode 16.0, 23.8).
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"{path}:{line}: not UTF-8 text (byte 0x{content[error.start]:02x}); "
            "open it in an editor and save it as UTF-8"
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise SourceError(f"{path}:{line}: not a text file (it holds a NUL byte)")
    return text
