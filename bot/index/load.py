"""Loading a published index."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from bot.errors import UnusableIndexError
from bot.index.manifest import Manifest, read_manifest
from bot.index.store import PassageStore
from bot.index.vectors import Vectors
from bot.models.encoder import Encoder
from bot.models.reranker import Reranker


@dataclass(frozen=True, slots=True)
class Index:
    """A loaded index. Immutable, so that many threads may read it."""

    manifest: Manifest
    passages: PassageStore
    vectors: Vectors
    encoder: Encoder
    reranker: Reranker


def load_index(folder: Path, previous: Index | None = None) -> Index:
    """Verify and load the index that `folder` publishes.

    The models of `previous` are taken over where they are the same.

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
    encoder = reranker = None
    if previous is not None:
        if previous.manifest.encoder == manifest.encoder:
            encoder = previous.encoder
        if previous.manifest.reranker == manifest.reranker:
            reranker = previous.reranker
    build = manifest.folder(folder)
    try:
        return Index(
            manifest=manifest,
            passages=PassageStore(build),
            vectors=Vectors.load(build),
            encoder=encoder or Encoder(folder / manifest.encoder.folder),
            reranker=reranker or Reranker(folder / manifest.reranker.folder),
        )
    except (OSError, RuntimeError, sqlite3.Error) as error:
        raise UnusableIndexError(
            f"{build}: can't be loaded ({type(error).__name__}); run 'resume-bot build'"
        ) from error
