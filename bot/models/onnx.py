"""A transformer as `serve` runs it: an ONNX graph with its tokenizer, without torch."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Encoding, Tokenizer

from bot.errors import UnusableIndexError

GRAPH, TOKENIZER, CARD = "model.onnx", "tokenizer.json", "model.json"
_BATCH = 32

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
    """

    name: str
    fingerprint: str
    most_tokens: int
    precision: str
    query_prompt: str = ""
    passage_prompt: str = ""

    def save(self, folder: Path) -> None:
        text = json.dumps(asdict(self), ensure_ascii=False, indent=2)
        (folder / CARD).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "ModelCard":
        """Read a card; OSError, ValueError or TypeError if it isn't one."""
        return cls(**json.loads((folder / CARD).read_text(encoding="utf-8")))


class OnnxModel:
    """Runs a graph over tokenized texts. Safe to call from several threads."""

    def __init__(self, folder: Path) -> None:
        """Load a model folder: the graph, its tokenizer and its card.

        Raises:
            UnusableIndexError: a file is missing or isn't what it should be.
        """
        try:
            self.card = ModelCard.load(folder)
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = os.cpu_count() or 1
            options.inter_op_num_threads = 1
            # Threads that spin between two questions would keep a small server busy.
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            self._session = onnxruntime.InferenceSession(
                str(folder / GRAPH), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:
            raise UnusableIndexError(
                f"{folder}: the model can't be loaded ({type(error).__name__}); "
                "run 'resume-bot build'"
            ) from error
        self._tokenizer.enable_truncation(self.card.most_tokens)
        self._tokenizer.no_padding()
        self._inputs = [given.name for given in self._session.get_inputs()]
        self._pad = self._tokenizer.token_to_id("[PAD]") or 0

    def run(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> Floats:
        """The graph's first output for each text or pair of texts, shape (len(texts), width)."""
        encodings = self._tokenizer.encode_batch(list(texts))
        order = sorted(range(len(texts)), key=lambda i: len(encodings[i].ids))
        rows: list[Floats] = []
        for first in range(0, len(order), _BATCH):
            batch = [encodings[i] for i in order[first : first + _BATCH]]
            rows.append(self._session.run(None, self._padded(batch))[0])
        output = np.concatenate(rows)
        return np.asarray(output[np.argsort(order)], dtype=np.float32)

    def _padded(self, batch: Sequence[Encoding]) -> dict[str, Any]:
        """Input arrays of shape (len(batch), longest)."""
        shape = (len(batch), max(len(encoding.ids) for encoding in batch))
        arrays = {
            "input_ids": np.full(shape, self._pad, dtype=np.int64),
            "attention_mask": np.zeros(shape, dtype=np.int64),
            "token_type_ids": np.zeros(shape, dtype=np.int64),
        }
        for row, encoding in enumerate(batch):
            width = len(encoding.ids)
            arrays["input_ids"][row, :width] = encoding.ids
            arrays["attention_mask"][row, :width] = 1
            arrays["token_type_ids"][row, :width] = encoding.type_ids
        return {name: arrays[name] for name in self._inputs}
