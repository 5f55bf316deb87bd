"""LoRA (Hu et al. 2021): thin matrices beside the weights, the only thing that is trained."""

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from bot.models.adapter import A, B

_LAYERS = ("query", "key", "value", "dense")  # of a BERT
_BATCH = 32
_MOST_TOKENS = 160


class Adapted(nn.Module):
    """A linear layer with an adapter of a rank beside it, which begins as nothing."""

    def __init__(self, base: nn.Linear, rank: int) -> None:
        super().__init__()
        self.base = base
        self.down = nn.Parameter(torch.randn(rank, base.in_features) / math.sqrt(base.in_features))
        self.up = nn.Parameter(torch.zeros(base.out_features, rank))

    def forward(self, inputs: Tensor) -> Tensor:
        """As the layer's, with twice what the adapter adds."""
        output: Tensor = self.base(inputs) + 2 * (inputs @ self.down.t()) @ self.up.t()
        return output


def adapt(bert: nn.Module, rank: int) -> None:
    """Put adapters into all layers of the encoder of a BERT and freeze the rest."""
    for parameter in bert.parameters():
        parameter.requires_grad = False
    for module in list(bert.encoder.modules()):  # type: ignore[union-attr]
        for name, child in list(module.named_children()):
            if name in _LAYERS and isinstance(child, nn.Linear):
                setattr(module, name, Adapted(child, rank))


def save(model: nn.Module, to: Path) -> None:
    """Write all that was trained, in fp16, as `bot.models.adapter` reads it."""
    save_file(dict(_trained(model)), to)


def _trained(model: nn.Module) -> Iterator[tuple[str, Tensor]]:
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            layer, _, last = name.rpartition(".")
            if last == "down":
                yield layer + A, parameter.detach().half().contiguous()
            elif last == "up":
                yield layer + B, (2 * parameter.detach()).half().contiguous()
            else:
                yield name.replace(".base.", "."), parameter.detach().half().contiguous()


def batches(
    tokenizer: Any, first: Sequence[str], second: Sequence[str] | None = None
) -> Iterator[tuple[list[int], Any]]:
    """The texts, or pairs of them, in batches of about the same length: which they are, and the
    model's inputs.
    """
    columns = [first] if second is None else [first, second]
    lengths = [sum(map(len, texts)) for texts in zip(*columns, strict=True)]
    order = sorted(range(len(first)), key=lengths.__getitem__)
    for start in range(0, len(order), _BATCH):
        chosen = order[start : start + _BATCH]
        inputs = tokenizer(
            *([column[i] for i in chosen] for column in columns),
            padding=True,
            truncation=True,
            max_length=_MOST_TOKENS,
            return_tensors="pt",
        )
        yield chosen, inputs
