"""The manifest: what an index consists of, and the checksums that prove it."""

import hashlib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import UnusableIndexError
from bot.models.weights import file_hash

FORMAT = 3  # raised with every change that an older `serve` could not read
MANIFEST = "manifest.json"


class ModelEntry(BaseModel):
    """A model of the index: its folder below the index, and what it was made from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    folder: str
    fingerprint: str
    precision: str


class Manifest(BaseModel):
    """The root of an index. `manifest.json` is replaced atomically; what it names isn't changed
    after it was published.

    Attributes:
        build: id of the build, from the checksums of its files.
        corpus: SHA-256 of each source.
        dictionary: its folder below the index.
        files: SHA-256 of each file of the index, by its path below the index.
        checksum: SHA-256 of this manifest without the field itself.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = FORMAT
    build: str
    corpus: dict[str, str]
    encoder: ModelEntry
    reranker: ModelEntry
    dictionary: str
    passages: int
    files: dict[str, str]
    checksum: str = ""

    def sealed(self) -> "Manifest":
        """This manifest with its checksum."""
        return self.model_copy(update={"checksum": self._digest()})

    def folder(self, index: Path) -> Path:
        """Where the build's own files are."""
        return index / "builds" / self.build

    def digest(self, name: str) -> str:
        """SHA-256 of one of the build's own files, in hexadecimal."""
        return self.files[f"builds/{self.build}/{name}"]

    def _digest(self) -> str:
        content = self.model_dump_json(exclude={"checksum"})
        return hashlib.sha256(content.encode()).hexdigest()

    def verify(self, index: Path) -> None:
        """Compare every file with its checksum.

        Raises:
            UnusableIndexError: a file is missing or differs.
        """
        for name, expected in self.files.items():
            path = index / name
            try:
                if file_hash(path) == expected:
                    continue
                what = "damaged (its checksum differs)"
            except FileNotFoundError:
                what = "missing"
            except OSError as error:
                what = f"unreadable ({error.strerror})"
            raise UnusableIndexError(f"{path}: {what}; run 'resume-bot build'")


def read_manifest(index: Path) -> Manifest:
    """The manifest of an index.

    Raises:
        UnusableIndexError: it is missing, damaged or of another version.
    """
    path = index / MANIFEST
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise UnusableIndexError(f"{path}: there is no index; run 'resume-bot build'") from None
    except OSError as error:
        raise UnusableIndexError(f"{path}: can't be read ({error.strerror})") from None
    try:
        manifest = Manifest.model_validate_json(content)
    except ValidationError:
        manifest = None
    if manifest is not None and manifest.format != FORMAT:
        raise UnusableIndexError(
            f"{path}: of format {manifest.format}, this version reads {FORMAT}; "
            "run 'resume-bot build'"
        )
    if manifest is None or manifest.sealed().checksum != manifest.checksum:
        raise UnusableIndexError(f"{path}: damaged; run 'resume-bot build'")
    return manifest
