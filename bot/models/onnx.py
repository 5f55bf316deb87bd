"""A transformer as `serve` runs it: an ONNX graph with its tokenizer, without torch."""

import json
import os
import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Encoding, Tokenizer

from bot.errors import UnusableIndexError
from bot.models.weights import file_hash

# The weights are a file of their own, so that they are mapped into memory, not copied.
GRAPH, WEIGHTS, TOKENIZER, CARD = "model.onnx", "model.weights", "tokenizer.json", "model.json"
EMBEDDINGS = "embeddings.npy"
EMBEDDED = "embedded"  # the graph's input that takes the rows of EMBEDDINGS for the tokens

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What is known of a model.

    Attributes:
        name: as it was asked for.
        fingerprint: SHA-256 over the files it was made from, in hexadecimal.
        most_tokens: longer input is cut.
        precision: int8 or fp32.
        query_prompt, passage_prompt: what the model wants before each kind of text.
        bias: added to a reranker's first logit, so that it is the log-odds of an answer.
    """

    name: str
    fingerprint: str
    most_tokens: int
    precision: str
    query_prompt: str = ""
    passage_prompt: str = ""
    bias: float = 0.0

    def save(self, folder: Path) -> None:
        text = json.dumps(asdict(self), ensure_ascii=False, indent=2)
        (folder / CARD).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "ModelCard":
        """Read a card; OSError, ValueError or TypeError if it isn't one."""
        return cls(**json.loads((folder / CARD).read_text(encoding="utf-8")))


class Embeddings:
    """The table of the tokens' embeddings, read from its file row by row. A mapped one would be in
    memory after some questions: the system maps what is around a row, too.
    """

    def __init__(self, path: Path) -> None:
        """Open the file, which may be removed while it is in use.

        Raises:
            OSError, ValueError: it is none.
        """
        table = np.load(path, mmap_mode="r")
        self._start, self._type, self._size = table.offset, table.dtype, table[0].nbytes
        self._file = path.open("rb", buffering=0)
        weakref.finalize(self, self._file.close)

    def rows(self, tokens: Sequence[int]) -> npt.NDArray[Any]:
        """The embeddings of the tokens, shape (len(tokens), width)."""
        file = self._file.fileno()
        rows = (os.pread(file, self._size, self._start + token * self._size) for token in tokens)
        return np.frombuffer(b"".join(rows), self._type).reshape(len(tokens), -1)


class OnnxModel:
    """Runs a graph over texts. Safe to call from several threads.

    Each input is run by itself: int8 activations are scaled by the largest of a batch, so that in
    a batch an output would depend on its neighbours, and the padding would cost more than a batch
    gains. The inputs of all callers are spread over the cores.
    """

    def __init__(self, folder: Path, like: "OnnxModel | None" = None) -> None:
        """Load a model folder: the graph, its weights, its tokenizer and its card. What the
        tokenizer has in common with that of the model `like` is shared.

        Raises:
            UnusableIndexError: a file is missing or isn't what it should be.
        """
        try:
            self.card = ModelCard.load(folder)
            self._tokenizer_hash = file_hash(folder / TOKENIZER)
            self._tokenizer: Tokenizer = (
                with_vocabulary_of(like._tokenizer)
                if like and like._tokenizer_hash == self._tokenizer_hash
                else Tokenizer.from_file(str(folder / TOKENIZER))
            )
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            # `build` has optimised the graph already.
            options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
            # It would never give back what the longest texts took.
            options.enable_cpu_mem_arena = False
            self._session = onnxruntime.InferenceSession(
                str(folder / GRAPH), options, providers=["CPUExecutionProvider"]
            )
            self._inputs = [given.name for given in self._session.get_inputs()]
            if EMBEDDED in self._inputs:
                self._embeddings = Embeddings(folder / EMBEDDINGS)
        except Exception as error:
            raise UnusableIndexError(
                f"{folder}: the model can't be loaded ({type(error).__name__}); "
                "run 'resume-bot build'"
            ) from error
        self._tokenizer.enable_truncation(self.card.most_tokens)
        self._tokenizer.no_padding()

    def begin(self, text: str) -> Future[Floats]:
        """The graph's first output for the text, shape (width,), in a while."""
        return _workers().submit(self._run, self._tokenizer.encode, text)

    def run(self, texts: Sequence[str]) -> Floats:
        """The graph's first output for each text, shape (len(texts), width)."""
        return np.stack([begun.result() for begun in list(map(self.begin, texts))])

    def run_pairs(self, first: str, seconds: Sequence[str]) -> Floats:
        """The graph's first output for `first` with each of `seconds`, shape (seconds, width)."""
        tokens = self._tokenizer.encode(first, add_special_tokens=False)

        def pair(second: str) -> Encoding:
            others = self._tokenizer.encode(second, add_special_tokens=False)
            return self._tokenizer.post_process(tokens, others)

        return np.stack(list(_workers().map(partial(self._run, pair), seconds)))

    def _run(self, encode: Callable[[str], Encoding], text: str) -> Floats:
        encoding = encode(text)
        arrays = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        given = {
            name: self._embeddings.rows(encoding.ids)[np.newaxis]
            if name == EMBEDDED
            else np.array([arrays[name]], dtype=np.int64)
            for name in self._inputs
        }
        output: Floats = self._session.run(None, given)[0][0]
        return output


def with_vocabulary_of(tokenizer: Tokenizer) -> Tokenizer:
    """Another tokenizer that cuts the same tokens, with a truncation of its own. The vocabulary,
    nearly all of it in memory, is the same object.
    """
    other = Tokenizer(tokenizer.model)
    for part in ("normalizer", "pre_tokenizer", "post_processor", "decoder"):
        setattr(other, part, getattr(tokenizer, part))
    other.add_tokens([token for _, token in sorted(tokenizer.get_added_tokens_decoder().items())])
    return other


@cache
def _workers() -> ThreadPoolExecutor:
    """The threads that all models share: more than there are cores would only take memory."""
    return ThreadPoolExecutor(_cores(), thread_name_prefix="inference")


@cache
def _cores() -> int:
    """Number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
