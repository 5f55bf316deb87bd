"""Smoothing leaves what a graph computes as it is, and what int8 loses smaller."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper, save
from onnxruntime.quantization import QuantType, quantize_dynamic

from bot.models.onnx import Floats
from bot.models.smooth import smooth

WIDE, NARROW = 64, 16


@pytest.fixture
def given() -> list[Floats]:
    """Inputs with two channels that are large in all of them."""
    random = np.random.default_rng(0)
    scale = np.where(np.arange(WIDE) < 2, 60.0, 1.0)
    return [(random.normal(size=(1, 8, WIDE)) * scale).astype(np.float32) for _ in range(6)]


def write_layer(path: Path, before: int, after: int) -> None:
    weights = np.random.default_rng(1).normal(size=(before, after)).astype(np.float32)
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "w"], ["y"])],
        "layer",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, "tokens", before])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, "tokens", after])],
        [numpy_helper.from_array(weights, "w")],
    )
    opset = [helper.make_opsetid("", 20)]
    save(helper.make_model(graph, opset_imports=opset, ir_version=10), path)


def outputs(path: Path, given: Sequence[Floats]) -> Floats:
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return np.concatenate([session.run(None, {"x": one})[0] for one in given])


def in_int8(path: Path) -> Path:
    small = path.with_suffix(".int8.onnx")
    quantize_dynamic(path, small, per_channel=True, weight_type=QuantType.QInt8)
    return small


def test_int8_loses_less_of_what_stays_the_same(tmp_path: Path, given: list[Floats]) -> None:
    plain, smoothed = tmp_path / "plain.onnx", tmp_path / "smoothed.onnx"
    write_layer(plain, WIDE, NARROW)
    smooth(plain, [{"x": one} for one in given[:3]], smoothed)
    wanted = outputs(plain, given)
    assert np.allclose(outputs(smoothed, given), wanted, rtol=1e-3, atol=1e-2)
    lost = [np.abs(outputs(in_int8(path), given) - wanted).mean() for path in (plain, smoothed)]
    assert lost[1] < lost[0] / 2


def test_a_layer_that_widens_is_left(tmp_path: Path, given: list[Floats]) -> None:
    plain, smoothed = tmp_path / "plain.onnx", tmp_path / "smoothed.onnx"
    write_layer(plain, NARROW, WIDE)
    smooth(plain, [{"x": one[:, :, :NARROW]} for one in given], smoothed)
    assert plain.read_bytes() == smoothed.read_bytes()
