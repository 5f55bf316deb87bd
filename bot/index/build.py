"""Building an index: corpus → passages → vectors → a published folder."""

import hashlib
import os
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from bot.errors import BotError, UnusableIndexError
from bot.index.fitted import Fit, Fitted
from bot.index.manifest import FORMAT, MANIFEST, Manifest, read_manifest
from bot.index.models import Models
from bot.index.store import PassageStore, write_store
from bot.index.vectors import Vectors, build_vectors
from bot.models.onnx import Floats
from bot.models.weights import file_hash
from bot.passages import Passage, split
from bot.profile.build import build_profile
from bot.sources import Corpus, read_corpus

# Few passages are embedded by the exported encoder, since loading torch would take far longer, and
# so many, more than a person's résumé has, since torch takes twice as long for each.
_FEW, _MANY = 64, 2_000
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
    reranker_bias: float = 0.0,
    fit: Fit,
    report: Report,
    progress: bool = False,
) -> BuildReport:
    """Build the index of a corpus and publish it. Whatever fails, or kills the process, the
    index that was published before stays as it was.

    `fit` is what serving wants fitted with the encoder.

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
                models = Models(
                    folder, encoder, reranker, reranker_bias, passages, fit.questions, report
                )
            with _timed(steps, "embed"):
                before = _last_build(folder, models)
                vectors, embedded = _embed(models, passages, before, progress)
                fitted = _fitted(models, fit, before)
            with _timed(steps, "write"):
                write_store(scratch, corpus.documents, profile, passages)
                Vectors(build_vectors(vectors)).save(scratch)
                fitted.save(scratch)
                manifest = _publish(folder, scratch, corpus, models, len(passages))
    except Timeout:
        raise BotError(f"{folder}: another build is running; wait until it is done") from None
    except OSError as error:
        place = error.filename or folder
        raise BotError(f"{place}: can't be written ({error.strerror})") from error
    of_source = Counter(passage.source for passage in passages)
    return BuildReport(corpus, manifest, of_source, embedded, steps)


def _embed(
    models: Models, passages: Sequence[Passage], before: Path | None, progress: bool
) -> tuple[Floats, int]:
    """The passages' vectors, and how many had to be made; the rest are the last build's."""
    known = _known_vectors(before) if before else {}
    texts = list(dict.fromkeys(p.embedded for p in passages if p.embedded not in known))
    if texts:
        if len(texts) >= _MANY or (len(texts) <= _FEW and known):
            parts = [texts[i : i + _MANY] for i in range(0, len(texts), _MANY)]
            made = np.concatenate([models.exported.passages(part) for part in parts])
        else:
            made = models.reference.passages(texts, progress=progress)
        known |= dict(zip(texts, made, strict=True))
    return np.stack([known[p.embedded] for p in passages]), len(texts)


def _fitted(models: Models, fit: Fit, before: Path | None) -> Fitted:
    """What is fitted with the exported encoder; the last build's if that is the same."""
    if before:
        with suppress(OSError, ValueError):
            fitted = Fitted.load(before)
            if fitted.key == fit.key:
                return fitted
    return fit.fitted(models.exported)


def _last_build(folder: Path, models: Models) -> Path | None:
    """The folder of the published build; None if it is damaged or of another encoder."""
    try:
        manifest = read_manifest(folder)
        if manifest.encoder != models.encoder:
            return None
        manifest.verify(folder)
    except UnusableIndexError:
        return None
    return manifest.folder(folder)


def _known_vectors(build: Path) -> dict[str, Floats]:
    """The vectors of a build by embedded text."""
    try:
        passages = PassageStore(build).all()
        vectors = Vectors.load(build).get([passage.id for passage in passages])
    except (OSError, RuntimeError, sqlite3.Error):
        return {}  # of a version that kept its passages otherwise
    return {p.embedded: vector for p, vector in zip(passages, vectors, strict=True)}


def _publish(
    folder: Path, scratch: Path, corpus: Corpus, models: Models, passages: int
) -> Manifest:
    """Move the build into place, then replace the manifest: the one atomic step."""
    own = {path.name: file_hash(path) for path in sorted(scratch.iterdir())}
    model_files = {
        f"{inside}/{path.name}": file_hash(path)
        for inside in models.folders
        for path in sorted((folder / inside).iterdir())
    }
    identity = repr((FORMAT, own, model_files, sorted(corpus.hashes.items())))
    build = hashlib.sha256(identity.encode()).hexdigest()[:8]
    manifest = Manifest(
        build=build,
        corpus=corpus.hashes,
        encoder=models.encoder,
        reranker=models.reranker,
        dictionary=models.dictionary,
        passages=passages,
        files={f"builds/{build}/{name}": digest for name, digest in own.items()} | model_files,
    ).sealed()
    target = manifest.folder(folder)
    target.parent.mkdir(exist_ok=True)
    before = _published(folder)
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
    _clear(folder, [manifest, *([before] if before else [])])
    return manifest


def _matches(folder: Path, hashes: dict[str, str]) -> bool:
    return {path.name: file_hash(path) for path in folder.iterdir()} == hashes


def _published(folder: Path) -> Manifest | None:
    try:
        return read_manifest(folder)
    except UnusableIndexError:
        return None


def _clear(folder: Path, keep: Sequence[Manifest]) -> None:
    """Remove builds and models but those of the new index and of the one before, which a server
    may be loading: exports of an earlier version are among them.
    """
    kept = {name.rpartition("/")[0] for manifest in keep for name in manifest.files}
    for parent in ("builds", "models"):
        for path in (folder / parent).iterdir():
            if f"{parent}/{path.name}" not in kept:
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
