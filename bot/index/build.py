"""Building an index: corpus → passages → vectors → a published folder."""

import hashlib
import os
import shutil
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from bot.errors import BotError, UnusableIndexError
from bot.index.manifest import FORMAT, MANIFEST, Manifest, ModelEntry, read_manifest
from bot.index.store import PassageStore, write_store
from bot.index.vectors import Vectors, build_vectors
from bot.models.encoder import Encoder
from bot.models.export import ReferenceEncoder, export_encoder, export_reranker
from bot.models.onnx import Floats, ModelCard
from bot.models.weights import file_hash, fingerprint, locate
from bot.passages import Passage, split
from bot.profile.build import build_profile
from bot.sources import Corpus, read_corpus

# Few passages are embedded by the exported encoder: loading torch would take far longer.
_FEW = 64
Report = Callable[[str], None]


@dataclass
class BuildReport:
    """What a build did.

    Attributes:
        passages_of: number of passages of each source.
        steps: seconds that each step took, in order.
        embedded: number of passages that had to be embedded.
    """

    corpus: Corpus
    manifest: Manifest
    passages_of: Counter[str]
    embedded: int
    steps: dict[str, float] = field(default_factory=dict)

    @property
    def passages(self) -> int:
        """Number of passages of the corpus."""
        return self.passages_of.total()


def build_index(
    corpus_folder: Path,
    folder: Path,
    *,
    encoder: str,
    reranker: str,
    report: Report,
    progress: bool = False,
) -> BuildReport:
    """Build the index of a corpus and publish it. Whatever fails, or kills the process, the
    index that was published before stays as it was.

    Raises:
        BotError: the corpus or a model can't be read, the index can't be written, or another
            build is running.
    """
    steps: dict[str, float] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock", timeout=0), _scratch(folder) as scratch:
            with _timed(steps, "read"):
                corpus = read_corpus(corpus_folder)
                profile = build_profile(corpus.resumes)
                passages = split(corpus.documents)
            with _timed(steps, "models"):
                models = _Models(folder, encoder, reranker, passages, report)
            with _timed(steps, "embed"):
                vectors, embedded = _embed(folder, models, passages, progress)
            with _timed(steps, "write"):
                write_store(scratch, corpus.documents, profile, passages)
                Vectors(build_vectors(vectors)).save(scratch)
                manifest = _publish(folder, scratch, corpus, models, len(passages))
    except Timeout:
        raise BotError(f"{folder}: another build is running; wait until it is done") from None
    except OSError as error:
        place = error.filename or folder
        raise BotError(f"{place}: can't be written ({error.strerror})") from error
    of_source = Counter(passage.source for passage in passages)
    return BuildReport(corpus, manifest, of_source, embedded, steps)


class _Models:
    """The exported models, in folders named by what they were made from."""

    def __init__(
        self, folder: Path, encoder: str, reranker: str, passages: Sequence[Passage], report: Report
    ) -> None:
        self._folder = folder
        self._source = locate(encoder)
        self._name = encoder
        self._reference: ReferenceEncoder | None = None

        def make_encoder(fingerprint: str, to: Path) -> None:
            # Short and long passages from the whole corpus, to compare the export on.
            sample = [passage.embedded for passage in passages[:: len(passages) // 64 + 1]]
            export_encoder(self.reference(), encoder, fingerprint, sample, to, report)

        def make_reranker(fingerprint: str, to: Path) -> None:
            export_reranker(locate(reranker), reranker, fingerprint, to, report)

        self.encoder = self._exported("encoder", encoder, self._source, make_encoder, report)
        self.reranker = self._exported(
            "reranker", reranker, locate(reranker), make_reranker, report
        )

    def reference(self) -> ReferenceEncoder:
        if self._reference is None:
            self._reference = ReferenceEncoder(self._source, self._name)
        return self._reference

    def _exported(
        self,
        role: str,
        name: str,
        source: Path,
        make: Callable[[str, Path], None],
        report: Report,
    ) -> ModelEntry:
        made_from = fingerprint(source)
        inside = Path("models") / f"{role}-{made_from[:12]}"
        target = self._folder / inside
        if not _is_whole(target):
            report(f"preparing the {role} {name} (once for each model)")
            target.parent.mkdir(exist_ok=True)
            with tempfile.TemporaryDirectory(dir=target.parent, prefix=".") as scratch:
                to = Path(scratch) / role
                to.mkdir()
                make(made_from, to)
                _seal(to)
                shutil.rmtree(target, ignore_errors=True)
                to.rename(target)
        card = ModelCard.load(target)
        return ModelEntry(
            name=name, folder=inside.as_posix(), fingerprint=made_from, precision=card.precision
        )


def _seal(folder: Path) -> None:
    """Note the checksums of an exported model, so that a damaged one is made again."""
    lines = [f"{file_hash(path)}  {path.name}\n" for path in sorted(folder.iterdir())]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def _is_whole(folder: Path) -> bool:
    try:
        lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
        sums = [line.split("  ", 1) for line in lines]
        return bool(sums) and all(file_hash(folder / name) == digest for digest, name in sums)
    except (OSError, ValueError):
        return False


def _embed(
    folder: Path, models: _Models, passages: Sequence[Passage], progress: bool
) -> tuple[Floats, int]:
    """The passages' vectors, and how many had to be made; the rest are the last build's."""
    known = _known_vectors(folder, models.encoder)
    texts = list(dict.fromkeys(p.embedded for p in passages if p.embedded not in known))
    if texts:
        if len(texts) <= _FEW and known:
            made = Encoder(folder / models.encoder.folder).passages(texts)
        else:
            made = models.reference().passages(texts, progress=progress)
        known |= dict(zip(texts, made, strict=True))
    return np.stack([known[p.embedded] for p in passages]), len(texts)


def _known_vectors(folder: Path, encoder: ModelEntry) -> dict[str, Floats]:
    """The vectors of the published index by embedded text; none of a damaged one's."""
    try:
        manifest = read_manifest(folder)
        if manifest.encoder != encoder:
            return {}
        manifest.verify(folder)
        build = manifest.folder(folder)
        passages = PassageStore(build).all()
        vectors = Vectors.load(build).get([passage.id for passage in passages])
    except (UnusableIndexError, OSError, RuntimeError, sqlite3.Error):
        return {}  # damaged, or of a version that kept its passages otherwise
    return {p.embedded: vector for p, vector in zip(passages, vectors, strict=True)}


def _publish(
    folder: Path, scratch: Path, corpus: Corpus, models: _Models, passages: int
) -> Manifest:
    """Move the build into place, then replace the manifest: the one atomic step."""
    own = {path.name: file_hash(path) for path in sorted(scratch.iterdir())}
    model_files = {
        f"{model.folder}/{path.name}": file_hash(path)
        for model in (models.encoder, models.reranker)
        for path in sorted((folder / model.folder).iterdir())
    }
    identity = repr((FORMAT, own, model_files, sorted(corpus.hashes.items())))
    build = hashlib.sha256(identity.encode()).hexdigest()[:8]
    manifest = Manifest(
        build=build,
        corpus=corpus.hashes,
        encoder=models.encoder,
        reranker=models.reranker,
        passages=passages,
        files={f"builds/{build}/{name}": digest for name, digest in own.items()} | model_files,
    ).sealed()
    target = manifest.folder(folder)
    target.parent.mkdir(exist_ok=True)
    before = _published_build(folder)
    for path in scratch.iterdir():
        _sync(path)
    if not target.exists() or not _matches(target, own):
        shutil.rmtree(target, ignore_errors=True)
        scratch.rename(target)
    draft = folder / f".{MANIFEST}.{os.getpid()}"
    draft.write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")
    _sync(draft)
    draft.replace(folder / MANIFEST)
    _sync(folder)
    _clear(folder, keep={build, before})
    return manifest


def _matches(folder: Path, hashes: dict[str, str]) -> bool:
    return {path.name: file_hash(path) for path in folder.iterdir()} == hashes


def _published_build(folder: Path) -> str | None:
    try:
        return read_manifest(folder).build
    except UnusableIndexError:
        return None


def _clear(folder: Path, keep: set[str | None]) -> None:
    """Remove builds but the new one and the one before, which a server may be loading."""
    for path in (folder / "builds").iterdir():
        if path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A folder to build in; those that killed builds left behind are removed."""
    for left in [*folder.glob(".build-*"), *folder.glob(f".{MANIFEST}.*")]:
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    scratch = folder / f".build-{os.getpid()}"
    scratch.mkdir()
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _sync(path: Path) -> None:
    """Have the system write a file or folder to the disk, so that a power cut can't lose it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _timed(steps: dict[str, float], name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    steps[name] = time.perf_counter() - began
