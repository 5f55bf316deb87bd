"""Loading a published index."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from bot.errors import UnusableIndexError
from bot.index.dictionary import Dictionary
from bot.index.fitted import FILE as FITTED
from bot.index.fitted import Fitted
from bot.index.manifest import Manifest, read_manifest
from bot.index.store import PassageStore
from bot.index.vectors import Vectors
from bot.models.encoder import Encoder
from bot.models.onnx import OnnxModel
from bot.models.reranker import Reranker


@dataclass(frozen=True, slots=True)
class Index:
    """A loaded index. Immutable, so that many threads may read it."""

    manifest: Manifest
    passages: PassageStore
    vectors: Vectors
    encoder: Encoder
    reranker: Reranker
    fitted: Fitted
    dictionary: Dictionary


def load_index(folder: Path, previous: Index | None = None) -> Index:
    """Verify and load the index that `folder` publishes.

    What is the same in `previous` is taken over, with what it has cached, so that two indexes
    take little more memory than one.

    Raises:
        UnusableIndexError: a file is missing, damaged or of another version.
    """
    while True:
        manifest = read_manifest(folder)
        try:
            return _load(folder, manifest, previous)
        except UnusableIndexError:
            # A newer build may have cleared this one away meanwhile: then there is a newer
            # manifest, which is read instead.
            if read_manifest(folder).build == manifest.build:
                raise


def _load(folder: Path, manifest: Manifest, previous: Index | None) -> Index:
    manifest.verify(folder)
    build = manifest.folder(folder)
    try:
        encoder = (
            previous.encoder
            if previous and previous.manifest.encoder == manifest.encoder
            else Encoder(OnnxModel(folder / manifest.encoder.folder))
        )
        return Index(
            manifest=manifest,
            passages=PassageStore(build),
            vectors=Vectors.load(build),
            encoder=encoder,
            reranker=previous.reranker
            if previous and previous.manifest.reranker == manifest.reranker
            else Reranker(OnnxModel(folder / manifest.reranker.folder, like=encoder.model)),
            fitted=previous.fitted
            if previous and previous.manifest.digest(FITTED) == manifest.digest(FITTED)
            else Fitted.load(build),
            dictionary=previous.dictionary
            if previous and previous.manifest.dictionary == manifest.dictionary
            else Dictionary(folder / manifest.dictionary),
        )
    except (OSError, RuntimeError, ValueError, sqlite3.Error) as error:
        raise UnusableIndexError(
            f"{build}: can't be loaded ({type(error).__name__}); run 'resume-bot build'"
        ) from error
