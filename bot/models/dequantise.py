"""A cross-encoder of the BERT family that is packaged as an int8 ONNX graph, as PyTorch has it."""

from pathlib import Path
from typing import Any

from bot.models.onnx import GRAPH, TOKENIZER

_QUANTISED, _SCALE, _ZERO = "_quantized", "_scale", "_zero_point"
_HEAD_WIDTH = 32  # of an attention head, in all MiniLM models


def save_dequantised(folder: Path, to: Path) -> None:
    """Write the model of `folder`, its weights in fp32, to the folder `to`, as transformers saves
    one. It differs from what was quantised by the rounding to int8.
    """
    import numpy as np
    import onnx
    import torch
    from onnx import numpy_helper
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    graph = onnx.load(folder / GRAPH).graph
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    # The graph's name for a matrix is a number; the node that uses it is called by the layer.
    users = {node.input[1]: node.name for node in graph.node if node.op_type == "MatMulInteger"}
    weights = {}
    for name, array in arrays.items():
        if name.endswith((_SCALE, _ZERO)):
            continue
        base = name.removesuffix(_QUANTISED)
        if base != name:
            zero, scale = arrays[base + _ZERO].astype(np.float32), arrays[base + _SCALE]
            array = (array.astype(np.float32) - zero) * scale
        if name in users:
            layer = users[name].strip("/").rpartition("/")[0].replace("/", ".")
            weights[f"{layer}.weight"] = torch.tensor(array.T.copy())
        elif array.dtype == np.float32:
            weights[base] = torch.tensor(array)
    vocabulary, width = weights["bert.embeddings.word_embeddings.weight"].shape
    config = BertConfig(
        vocab_size=vocabulary,
        hidden_size=width,
        num_hidden_layers=sum(name.endswith("query.weight") for name in weights),
        num_attention_heads=width // _HEAD_WIDTH,
        intermediate_size=len(weights["bert.encoder.layer.0.intermediate.dense.bias"]),
        max_position_embeddings=len(weights["bert.embeddings.position_embeddings.weight"]),
    )
    config.num_labels = len(weights["classifier.bias"])
    model = BertForSequenceClassification(config)
    model.load_state_dict(weights)
    model.save_pretrained(to)
    tokenizer: Any = PreTrainedTokenizerFast
    tokenizer(
        tokenizer_file=str(folder / TOKENIZER),
        model_max_length=config.max_position_embeddings,
        # A BERT is told which token is whose, the question's or the passage's.
        model_input_names=["input_ids", "token_type_ids", "attention_mask"],
    ).save_pretrained(to)
