"""The models of an index: exported once for each model, kept in `models/` from build to build."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from bot.index.dictionary import dictionary_name, write_dictionary
from bot.index.manifest import ModelEntry
from bot.models.encoder import Encoder
from bot.models.export import VERSION, Report, Sample, export_encoder, export_reranker
from bot.models.onnx import ModelCard, OnnxModel
from bot.models.reference import ReferenceEncoder, ReferenceReranker
from bot.models.weights import Source, file_hash, locate
from bot.passages import Passage

_SUMS = "SHA256SUMS"
_SAMPLED = 128  # passages and questions on which an export is compared


class Models:
    """The encoder, the reranker and the dictionary of an index that is being built."""

    def __init__(
        self,
        folder: Path,
        encoder: str,
        reranker: str,
        reranker_bias: float,
        passages: Sequence[Passage],
        questions: Sequence[str],
        report: Report,
    ) -> None:
        """Export what hasn't been exported yet, into the folder of the index. It is compared on
        some of the passages and of the questions.

        Raises:
            BotError: a model can't be read or exported.
        """
        self._folder = folder
        self._source = locate(encoder)
        self._report = report
        texts = [passage.embedded for passage in passages]
        sample = Sample(questions=_some(questions), passages=_some(list(dict.fromkeys(texts))))
        reranker_source = replace(locate(reranker), bias=reranker_bias)

        def make_encoder(made_from: str, to: Path) -> None:
            export_encoder(self.reference, encoder, made_from, sample, to, report)

        def make_reranker(made_from: str, to: Path) -> None:
            reference = ReferenceReranker(reranker_source)
            export_reranker(reference, reranker, made_from, sample, to, report, reranker_bias)

        self.encoder = self._model("encoder", self._source, make_encoder)
        self.reranker = self._model("reranker", reranker_source, make_reranker)
        name = dictionary_name()
        self.dictionary = f"models/{name.replace(' ', '-')}"
        self._kept(self.dictionary, f"the dictionary {name}", write_dictionary)

    @property
    def folders(self) -> tuple[str, str, str]:
        """The folders of all of them, below the index."""
        return self.encoder.folder, self.reranker.folder, self.dictionary

    @cached_property
    def reference(self) -> ReferenceEncoder:
        """The encoder as sentence-transformers runs it; loading it takes seconds."""
        return ReferenceEncoder(self._source)

    @cached_property
    def exported(self) -> Encoder:
        """The encoder as `serve` runs it."""
        return Encoder(OnnxModel(self._folder / self.encoder.folder))

    def _model(self, role: str, source: Source, make: Callable[[str, Path], None]) -> ModelEntry:
        made_from, name = source.fingerprint(), source.name
        folder = f"models/{role}-{made_from[:12]}-{VERSION}"
        self._kept(folder, f"the {role} {name}", lambda to: make(made_from, to))
        card = ModelCard.load(self._folder / folder)
        return ModelEntry(name=name, folder=folder, fingerprint=made_from, precision=card.precision)

    def _kept(self, folder: str, what: str, make: Callable[[Path], None]) -> None:
        """Have `make` fill the folder, unless it is there and whole."""
        target = self._folder / folder
        if _is_whole(target):
            return
        self._report(f"preparing {what} (once for each)")
        target.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".") as scratch:
            to = Path(scratch) / "new"
            to.mkdir()
            make(to)
            lines = [f"{file_hash(path)}  {path.name}\n" for path in sorted(to.iterdir())]
            (to / _SUMS).write_text("".join(lines), encoding="utf-8")
            shutil.rmtree(target, ignore_errors=True)
            to.rename(target)


def _some(texts: Sequence[str]) -> Sequence[str]:
    """Some of the texts, from all over."""
    return texts[:: len(texts) // _SAMPLED + 1]


def _is_whole(folder: Path) -> bool:
    """Whether the folder is as it was made."""
    try:
        lines = (folder / _SUMS).read_text(encoding="utf-8").splitlines()
        sums = [line.split("  ", 1) for line in lines]
        return bool(sums) and all(file_hash(folder / name) == digest for digest, name in sums)
    except (OSError, ValueError):
        return False
