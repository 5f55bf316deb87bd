"""From a sentence-transformers model to the ONNX graph that `serve` runs, in int8 if that agrees.

The weights are quantised per channel (Jacob et al. 2018), the embedding table's too, the
activations while it runs. Whatever serves is optimised here, not each time it is loaded.
"""

import logging
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from bot.data import load_yaml
from bot.errors import BotError
from bot.models.encoder import Encoder
from bot.models.onnx import (
    EMBEDDED,
    EMBEDDINGS,
    GRAPH,
    TOKENIZER,
    WEIGHTS,
    Floats,
    ModelCard,
    OnnxModel,
)
from bot.models.reference import ReferenceEncoder, ReferenceReranker
from bot.models.reranker import Reranker
from bot.models.smooth import Inputs, smooth

VERSION = 9  # raised with every change of what is exported, so that it is exported anew

# From where on int8 stands for the reference; below, fp32 is kept.
_LEAST_COSINE = 0.97  # of the vectors, in the mean
_LEAST_SHARED = 0.85  # of a question's ten nearest passages, in the mean
_LEAST_CORRELATION = 0.95  # Spearman's, of a question's scores, in the mean
_NEAREST = 10
_QUESTIONS_RERANKED, _PASSAGES_RERANKED = 12, 20
_TOKENS = "input_ids"  # the graph's input, as all tokenizers call it
_IN_THE_GRAPH = 1024  # bytes of a weight that isn't worth a place in the weights' file

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Sample:
    """Texts on which an export is compared with its reference."""

    questions: Sequence[str]
    passages: Sequence[str]


def export_encoder(
    reference: ReferenceEncoder,
    name: str,
    fingerprint: str,
    sample: Sample,
    to: Path,
    report: Report,
) -> None:
    """Write the encoder to the folder `to`: transformer, pooling and normalisation in one
    graph, in int8 if its vectors for the sample agree with the reference's, else in fp32.

    Raises:
        BotError: the model can't be exported.
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

    def objection(folder: Path) -> str | None:
        return encoder_objection(reference, Encoder(OnnxModel(folder)), sample)

    texts = load_yaml("calibration")
    examples = [(text,) for text in (*texts["questions"], *texts["lines"])]
    _export(
        Graph(), model.tokenizer, names, examples, "sentence_vector", card, to, objection, report
    )


def export_reranker(
    reference: ReferenceReranker,
    name: str,
    fingerprint: str,
    sample: Sample,
    to: Path,
    report: Report,
    bias: float = 0.0,
) -> None:
    """Write the cross-encoder to the folder `to`, in int8 if it ranks the sample as the
    reference does, else in fp32. `bias` is added to its logits where they are read.

    Raises:
        BotError: the model can't be exported.
    """
    import torch

    model = reference.model

    class Graph(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model.model

        def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
            logits: torch.Tensor = self.model(**dict(zip(names, inputs, strict=True))).logits
            return logits

    def objection(exported: Path) -> str | None:
        return reranker_objection(reference, Reranker(OnnxModel(exported)), sample)

    names = list(model.tokenizer.model_input_names)
    most = min(int(model.tokenizer.model_max_length), 512)
    card = ModelCard(name, fingerprint, most_tokens=most, precision="fp32", bias=bias)
    texts = load_yaml("calibration")
    examples = list(zip(texts["questions"], cycle(texts["lines"]), strict=False))
    _export(Graph(), model.tokenizer, names, examples, "relevance", card, to, objection, report)


def encoder_objection(reference: ReferenceEncoder, exported: Encoder, sample: Sample) -> str | None:
    """In what the exported encoder differs too much; None if it doesn't."""
    passages = reference.passages(sample.passages)
    questions = reference.queries(sample.questions)
    exported_questions = exported.queries(sample.questions)
    cosines = np.concatenate(
        [
            (exported.passages(sample.passages) * passages).sum(axis=1),
            (exported_questions * questions).sum(axis=1),
        ]
    )
    if (cosine := float(cosines.mean())) < _LEAST_COSINE:
        return f"mean cosine to the reference {cosine:.3f}"
    # As in serving: the passages' vectors are the reference's, the question's the export's.
    shared = shared_nearest(questions @ passages.T, exported_questions @ passages.T)
    if shared < _LEAST_SHARED:
        return f"only {shared:.0%} of the {_NEAREST} nearest passages are the reference's"
    return None


def shared_nearest(one: Floats, other: Floats) -> float:
    """Share of the ten highest of a row that are so in both arrays, in the mean over the rows;
    both of shape (questions, passages).
    """
    most = min(_NEAREST, one.shape[1])
    best, others = (np.argsort(-scores, axis=1)[:, :most] for scores in (one, other))
    pairs = zip(best.tolist(), others.tolist(), strict=True)
    return float(np.mean([len(set(a) & set(b)) / most for a, b in pairs]))


def reranker_objection(
    reference: ReferenceReranker, exported: Reranker, sample: Sample
) -> str | None:
    """In what the exported reranker differs too much; None if it doesn't."""
    passages = sample.passages[:_PASSAGES_RERANKED]
    correlations = [
        rank_correlation(reference.scores(question, passages), exported.scores(question, passages))
        for question in sample.questions[:_QUESTIONS_RERANKED]
    ]
    if (correlation := float(np.mean(correlations))) < _LEAST_CORRELATION:
        return f"mean rank correlation with the reference {correlation:.3f}"
    return None


def rank_correlation(one: Floats, other: Floats) -> float:
    """Spearman's rank correlation of two rows of scores, -1 to 1; 1 of rows too short for one."""
    if len(one) < 2:
        return 1.0
    ranks = [np.argsort(np.argsort(scores)) - (len(one) - 1) / 2 for scores in (one, other)]
    return float(ranks[0] @ ranks[1] / (ranks[0] @ ranks[0]))


def _export(
    graph: Any,
    tokenizer: Any,
    names: Sequence[str],
    examples: Sequence[tuple[str, ...]],
    output: str,
    card: ModelCard,
    to: Path,
    objection: Callable[[Path], str | None],
    report: Report,
) -> None:
    """Write the folder of a model, which is given texts such as the `examples`; `objection` says
    what speaks against a written one.
    """
    _save_tokenizer(tokenizer, to)
    with tempfile.TemporaryDirectory(dir=to) as scratch:
        full, smoothed, small = (
            Path(scratch) / f"{name}.onnx" for name in ("fp32", "smoothed", "int8")
        )
        try:
            _trace(graph, tokenizer, names, output, card.most_tokens, full)
        except Exception as error:
            raise BotError(
                f"model {card.name!r}: can't be exported to ONNX ({type(error).__name__}); "
                "name another model"
            ) from error
        try:
            smooth(full, _inputs(tokenizer, names, examples), smoothed)
            _quantise(smoothed, small)
            _optimise(small, to)
            replace(card, precision="int8").save(to)
            against = objection(to)
        except Exception as error:  # noqa: BLE001 - whatever it is, fp32 is there
            against = f"it can't be made ({type(error).__name__})"
        if against is not None:
            report(f"{card.name}: kept in fp32, since of int8 {against}")
            _optimise(full, to)
            card.save(to)


def _inputs(
    tokenizer: Any, names: Sequence[str], examples: Sequence[tuple[str, ...]]
) -> Iterator[Inputs]:
    """What the graph is given for each example, a text or a pair of texts."""
    for texts in examples:
        tokens = tokenizer(*texts, return_tensors="np", truncation=True)
        yield {name: tokens[name].astype(np.int64) for name in names}


def _save_tokenizer(tokenizer: Any, to: Path) -> None:
    """Write the tokenizer without the lengths that it cuts and fills up to, which the card has, so
    that models whose tokens are the same have the same file.
    """
    saved = Tokenizer.from_str(tokenizer.backend_tokenizer.to_str())
    saved.no_truncation()
    saved.no_padding()
    saved.save(str(to / TOKENIZER))


def _trace(
    graph: Any, tokenizer: Any, names: Sequence[str], output: str, most_tokens: int, to: Path
) -> None:
    import torch

    example = tokenizer(["one text", "another, longer text"], padding=True, return_tensors="pt")
    axes = {0: torch.export.Dim("batch"), 1: torch.export.Dim("sequence", max=most_tokens)}
    with warnings.catch_warnings(), _plain_attention(graph):
        warnings.simplefilter("ignore")
        logging.getLogger("torch.onnx").setLevel(logging.ERROR)
        torch.onnx.export(
            graph.eval(),
            tuple(example[name] for name in names),
            str(to),
            input_names=list(names),
            output_names=[output],
            dynamic_shapes=(tuple(axes for _ in names),),
            dynamo=True,
            external_data=False,
            verbose=False,
        )


@contextmanager
def _plain_attention(graph: Any) -> Iterator[None]:
    """Have the graph's models attend by plain operations. PyTorch's own attention is exported with
    a search for rows that are masked whole, of which there are none: a quarter of the time for 70
    tokens. Afterwards the models are as they were, so that their vectors are.
    """
    from transformers import PreTrainedModel

    models = [module for module in graph.modules() if isinstance(module, PreTrainedModel)]
    before = [model.config._attn_implementation for model in models]
    for model in models:
        model.set_attn_implementation("eager")
    try:
        yield
    finally:
        for model, implementation in zip(models, before, strict=True):
            model.set_attn_implementation(implementation)


def _quantise(full: Path, to: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with _silent():  # it advises a step that the export has made needless
        quantize_dynamic(
            full,
            to,
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        )


def _optimise(graph: Path, to: Path) -> None:
    """Write a graph to the folder `to` as ONNX Runtime would run it, as far as that is the same
    on every machine, with its weights in a file that is mapped into memory.
    """
    for name in (GRAPH, WEIGHTS, EMBEDDINGS):
        (to / name).unlink(missing_ok=True)
    _take_embeddings_out(graph, to)
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(to / GRAPH)
    prefix = "session.optimized_model_external_initializers"
    options.add_session_config_entry(f"{prefix}_file_name", WEIGHTS)
    options.add_session_config_entry(f"{prefix}_min_size_in_bytes", str(_IN_THE_GRAPH))
    onnxruntime.InferenceSession(
        str(graph),
        options,
        providers=["CPUExecutionProvider"],
        # On the CPU the fused layer takes seven times as long as the two that it replaces.
        disabled_optimizers=["SkipLayerNormFusion"],
    )


def _take_embeddings_out(graph: Path, to: Path) -> None:
    """Have the graph take the tokens' embeddings as an input, and write their table, which it
    would read a few rows of, to the folder `to`. A graph that has no such table is left.
    """
    import onnx
    from onnx import helper, numpy_helper

    model = onnx.load(graph)
    tables = {tensor.name: tensor for tensor in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == "Gather" and node.input[0] in tables and node.input[1] == _TOKENS:
            table = tables[node.input[0]]
            np.save(to / EMBEDDINGS, numpy_helper.to_array(table))
            node.CopyFrom(helper.make_node("Identity", [EMBEDDED], [node.output[0]]))
            shape = ["batch", "sequence", table.dims[1]]
            model.graph.input.append(
                helper.make_tensor_value_info(EMBEDDED, table.data_type, shape)
            )
            model.graph.initializer.remove(table)
            onnx.save(model, graph)
            return


@contextmanager
def _silent() -> Iterator[None]:
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
