"""Adapters: what training adds to a model's weights."""

from pathlib import Path

import numpy as np
import pytest

from bot.models.adapter import add_adapter
from bot.models.reference import ReferenceEncoder, ReferenceReranker
from bot.models.weights import locate

QUESTION = "How big was the team she led?"
YES = "Work > Head Chef, The Anchor: Led a brigade of 18."
NO = "Work > Head Chef, The Anchor: Baked the bread."


def test_an_adapter_adds_thin_matrices_and_replaces_what_is_small(tmp_path: Path) -> None:
    import torch
    from safetensors.torch import save_file

    layer, norm = torch.nn.Linear(3, 2), torch.nn.LayerNorm(2)
    model = torch.nn.ModuleDict({"layer": layer, "norm": norm})
    before = layer.weight.detach().clone()
    down, up = torch.tensor([[1.0, 2.0, 3.0]]), torch.tensor([[1.0], [-1.0]])
    bias = torch.tensor([5.0, 6.0])
    file = tmp_path / "adapter.safetensors"
    save_file({"layer.lora_a": down, "layer.lora_b": up, "norm.bias": bias}, file)
    add_adapter(model, file)
    torch.testing.assert_close(layer.weight.detach() - before, up @ down)
    torch.testing.assert_close(norm.bias.detach(), bias)


def test_an_adapter_of_another_model_is_refused(tmp_path: Path) -> None:
    import torch
    from safetensors.torch import save_file

    file = tmp_path / "adapter.safetensors"
    save_file({"other.bias": torch.zeros(2)}, file)
    with pytest.raises(KeyError):
        add_adapter(torch.nn.Linear(3, 2), file)


def test_the_packaged_reranker_is_what_was_quantised() -> None:
    """In fp32 it differs from its int8 graph by rounding only."""
    import onnxruntime
    from tokenizers import Tokenizer

    source = locate("ms-marco-MiniLM-L-12-v2", adapted=False)
    reference = ReferenceReranker(source).scores(QUESTION, [YES, NO])
    session = onnxruntime.InferenceSession(str(source.folder / "model.onnx"))
    tokenizer = Tokenizer.from_file(str(source.folder / "tokenizer.json"))
    for passage, expected in zip([YES, NO], reference, strict=True):
        encoding = tokenizer.encode(QUESTION, passage)
        given = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        arrays = {
            name.name: np.array([given[name.name]], dtype=np.int64) for name in session.get_inputs()
        }
        assert session.run(None, arrays)[0][0][0] == pytest.approx(expected, abs=0.5)


def test_trained_models_put_the_answer_first() -> None:
    encoder = ReferenceEncoder(locate("all-MiniLM-L6-v2"))
    right, wrong = encoder.passages([YES, NO]) @ encoder.queries([QUESTION])[0]
    assert right > wrong
    reranker = ReferenceReranker(locate("ms-marco-MiniLM-L-12-v2"))
    right, wrong = reranker.scores(QUESTION, [YES, NO])
    assert right > 1 > -1 > wrong
