"""From a sentence-transformers model to the ONNX graph that `serve` runs.

This module imports torch, inside its functions: `build` needs it only for a model that it
hasn't exported yet and for passages that it hasn't embedded yet.
"""

import logging
import shutil
import tempfile
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.errors import BotError
from bot.models.encoder import Encoder
from bot.models.onnx import GRAPH, TOKENIZER, Floats, ModelCard

if TYPE_CHECKING:
    pass

_LEAST_COSINE = 0.97  # mean, of int8 to reference vectors; below it fp32 is kept
Report = Callable[[str], None]


class ReferenceEncoder:
    """The encoder as sentence-transformers runs it; what the exported one is held against."""

    def __init__(self, folder: Path, name: str) -> None:
        """Load the model.

        Raises:
            BotError: the folder holds no sentence-transformers model.
        """
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            self.model: SentenceTransformer = SentenceTransformer(str(folder), device="cpu")
        except Exception as error:
            raise BotError(
                f"encoder {name!r}: {folder} can't be loaded as a sentence-transformers model "
                f"({type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''})"
            ) from error

    def passages(self, texts: Sequence[str], *, progress: bool = False) -> Floats:
        """Unit vectors, shape (len(texts), dimensions)."""
        return np.asarray(
            self.model.encode_document(
                list(texts), normalize_embeddings=True, show_progress_bar=progress
            ),
            dtype=np.float32,
        )


def export_encoder(
    reference: ReferenceEncoder,
    name: str,
    fingerprint: str,
    sample: Sequence[str],
    to: Path,
    report: Report,
) -> None:
    """Write the encoder to the folder `to`: transformer, pooling and normalisation in one
    graph, in int8 if its vectors for `sample` agree with the reference, else in fp32.
    """
    import torch

    model = reference.model

    class Graph(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
            features = dict(zip(names, inputs, strict=True))
            vectors: torch.Tensor = self.model(features)["sentence_embedding"]
            return torch.nn.functional.normalize(vectors, dim=1)

    names = list(model.tokenizer.model_input_names)
    prompts = dict(model.prompts)
    card = ModelCard(
        name=name,
        fingerprint=fingerprint,
        most_tokens=int(model.max_seq_length or 512),
        precision="fp32",
        query_prompt=prompts.get("query") or "",
        passage_prompt=prompts.get("document") or prompts.get("passage") or "",
    )
    expected = reference.passages(sample)

    def agreement(folder: Path) -> float:
        return float((Encoder(folder).passages(sample) * expected).sum(axis=1).mean())

    _export(Graph(), model.tokenizer, names, "sentence_vector", card, to, agreement, report)


def export_reranker(folder: Path, name: str, fingerprint: str, to: Path, report: Report) -> None:
    """Write the cross-encoder to the folder `to`: as it is, if it is an ONNX graph already."""
    if (folder / GRAPH).is_file() and (folder / TOKENIZER).is_file():
        shutil.copyfile(folder / GRAPH, to / GRAPH)
        shutil.copyfile(folder / TOKENIZER, to / TOKENIZER)
        ModelCard(name, fingerprint, most_tokens=512, precision="int8").save(to)
        return
    import torch
    from sentence_transformers import CrossEncoder

    try:
        model = CrossEncoder(str(folder), device="cpu")
    except Exception as error:
        raise BotError(
            f"reranker {name!r}: {folder} can't be loaded as a cross-encoder "
            f"({type(error).__name__})"
        ) from error

    class Graph(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model.model

        def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
            logits: torch.Tensor = self.model(**dict(zip(names, inputs, strict=True))).logits
            return logits

    names = list(model.tokenizer.model_input_names)
    most = min(int(model.max_length or 512), 512)
    card = ModelCard(name, fingerprint, most_tokens=most, precision="fp32")
    _export(Graph(), model.tokenizer, names, "relevance", card, to, None, report)


def _export(
    graph: Any,
    tokenizer: Any,
    names: Sequence[str],
    output: str,
    card: ModelCard,
    to: Path,
    agreement: Callable[[Path], float] | None,
    report: Report,
) -> None:
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    example = tokenizer(["one text", "another, longer text"], padding=True, return_tensors="pt")
    axes = {0: torch.export.Dim("batch"), 1: torch.export.Dim("sequence", max=card.most_tokens)}
    tokenizer.backend_tokenizer.save(str(to / TOKENIZER))
    with tempfile.TemporaryDirectory(dir=to) as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logging.getLogger("torch.onnx").setLevel(logging.ERROR)
        full = Path(scratch) / GRAPH
        torch.onnx.export(
            graph.eval(),
            tuple(example[name] for name in names),
            str(full),
            input_names=list(names),
            output_names=[output],
            dynamic_shapes=(tuple(axes for _ in names),),
            dynamo=True,
            external_data=False,
            verbose=False,
        )
        logging.disable(logging.WARNING)  # it advises a step that the export has made needless
        quantize_dynamic(
            full,
            to / GRAPH,
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        )
        logging.disable(logging.NOTSET)
        card_int8 = ModelCard(**{**_fields(card), "precision": "int8"})
        card_int8.save(to)
        if agreement is not None and (cosine := agreement(to)) < _LEAST_COSINE:
            report(f"{card.name}: int8 differs too much (mean cosine {cosine:.3f}); kept in fp32")
            shutil.move(full, to / GRAPH)
            card.save(to)


def _fields(card: ModelCard) -> dict[str, Any]:
    return {name: getattr(card, name) for name in card.__slots__}
