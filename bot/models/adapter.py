"""Adapters: what training on recruiters' questions adds to a packaged model.

An adapter is a safetensors file. For a linear layer it holds two thin matrices whose product is
added to the weights (LoRA, Hu et al. 2021), under the layer's name with `.lora_a` (rank, inputs)
and `.lora_b` (outputs, rank); what is small enough to be trained whole (biases, normalisation,
the head) stands under its own name. `training/` makes them.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

FOLDER = Path(__file__).parent / "adapters"
A, B = ".lora_a", ".lora_b"


def adapter_for(name: str) -> Path | None:
    """The adapter that is shipped for a model; None if there is none."""
    file = FOLDER / f"{name}.safetensors"
    return file if file.is_file() else None


def add_adapter(model: "torch.nn.Module", file: Path) -> None:
    """Add an adapter to the weights of the model that it was trained for, in place.

    Raises:
        KeyError: it belongs to another model.
    """
    import torch
    from safetensors.torch import load_file

    tensors = {name: tensor.float() for name, tensor in load_file(file).items()}
    weights = dict(model.named_parameters())
    with torch.no_grad():
        for name, tensor in tensors.items():
            if name.endswith(A):
                layer = name.removesuffix(A)
                weights[f"{layer}.weight"].add_(tensors[layer + B] @ tensor)
            elif not name.endswith(B):
                weights[name].data = tensor
