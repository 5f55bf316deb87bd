"""Loading a published index."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from bot.errors import UnusableIndexError
from bot.index.dictionary import Dictionary
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
    build = manifest.folder(folder)
    encoder, reranker = _models(folder, manifest, previous)
    try:
        return Index(
            manifest=manifest,
            passages=PassageStore(build),
            vectors=Vectors.load(build),
            encoder=Encoder(encoder),
            reranker=Reranker(reranker),
            fitted=Fitted.load(build),
            dictionary=Dictionary(folder / manifest.dictionary),
        )
    except (OSError, RuntimeError, ValueError, sqlite3.Error) as error:
        raise UnusableIndexError(
            f"{build}: can't be loaded ({type(error).__name__}); run 'resume-bot build'"
        ) from error


def _models(
    folder: Path, manifest: Manifest, previous: Index | None
) -> tuple[OnnxModel, OnnxModel]:
    """The encoder and the reranker; those of `previous` where they are the same."""
    if previous is not None:
        had = previous.manifest
        kept = {had.encoder: previous.encoder.model, had.reranker: previous.reranker.model}
    else:
        kept = {}
    encoder, reranker = (
        kept.get(entry) or OnnxModel(folder / entry.folder)
        for entry in (manifest.encoder, manifest.reranker)
    )
    return encoder, reranker
