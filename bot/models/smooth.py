"""Smoothing: what makes a graph lose less by int8 activations (SmoothQuant, Xiao et al. 2023).

Some channels of a layer's input are large for every text, and int8 scales all others by them. Each
channel is divided by a factor, and its weights are multiplied by it, so that the graph computes the
same. It is done where it matters and costs next to nothing: at the layers that narrow, the second
dense layer of each block of a transformer.
"""

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from bot.models.onnx import Floats

# How much of a channel's range goes into the weights, 0 to 1 (alpha in the paper): of the default
# reranker's logits, 0.5 makes the error larger, 0.7 to 0.9 by 0.4 smaller.
_MOVED = 0.8
_LEAST = 1e-5

Inputs = Mapping[str, Any]  # by the graph's names for them, int64 of shape (1, tokens)


def smooth(graph: Path, examples: Iterable[Inputs], to: Path) -> None:
    """Write the fp32 graph, smoothed by what its layers are given for the examples; as it is, if no
    layer narrows.
    """
    import onnx
    from onnx import helper, numpy_helper

    model = onnx.load(graph)
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    narrowing = [node for node in model.graph.node if _narrows(node, tensors)]
    if not narrowing:
        shutil.copyfile(graph, to)
        return
    given = dict.fromkeys(node.input[0] for node in narrowing)
    ranges = _ranges(model, list(given), examples, to)
    for number, node in enumerate(narrowing):
        tensor = tensors[node.input[1]]
        weights = numpy_helper.to_array(tensor)
        own = np.maximum(np.abs(weights).max(axis=1), _LEAST)
        factor = np.maximum(ranges[node.input[0]], _LEAST) ** _MOVED / own ** (1 - _MOVED)
        factor = factor.astype(np.float32)
        tensor.CopyFrom(numpy_helper.from_array(weights * factor[:, None], tensor.name))
        inverse, smoothed = f"smoothing_{number}", f"smoothed_{number}"
        model.graph.initializer.append(numpy_helper.from_array(1 / factor, inverse))
        before = list(model.graph.node).index(node)
        model.graph.node.insert(
            before, helper.make_node("Mul", [node.input[0], inverse], [smoothed])
        )
        node.input[0] = smoothed
    onnx.save(model, to)


def _narrows(node: Any, tensors: Mapping[str, Any]) -> bool:
    """Whether the node multiplies by weights that give fewer channels than they are given."""
    if node.op_type != "MatMul" or node.input[1] not in tensors:
        return False
    shape = tensors[node.input[1]].dims
    return len(shape) == 2 and shape[0] > shape[1]


def _ranges(
    model: Any, names: list[str], examples: Iterable[Inputs], scratch: Path
) -> dict[str, Floats]:
    """The largest absolute value of each channel of the named tensors over all examples, each of
    shape (channels,).
    """
    import onnx
    from onnx import helper

    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    for name in names:
        watched.graph.output.append(helper.make_empty_tensor_value_info(name))
    onnx.save(watched, scratch)
    session = onnxruntime.InferenceSession(str(scratch), providers=["CPUExecutionProvider"])
    found: dict[str, Floats] = {}
    for inputs in examples:
        for name, value in zip(names, session.run(names, dict(inputs)), strict=True):
            largest = np.abs(value).reshape(-1, value.shape[-1]).max(axis=0)
            found[name] = np.maximum(found[name], largest) if name in found else largest
    return found
