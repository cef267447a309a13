"""Graphs of less precision: float16 for GPUs, int8 for processors; what decides stays in float32."""

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static

from ..model.crops import plan_crops
from .export_graph import replace, write_graph
from .fonts import find_fonts
from .synthetic_page import draw_synthetic_page

SEED = 40_001
PAGES = 32
_SIDES = (256, 320, 384)
_LINES = 12  # of a page that the reader is calibrated on
_COLUMNS = 32  # crops are as wide as the widest of a batch, in steps of this
# What int8 covers; whatever else lies between convolutions follows its neighbours.
_INT8 = ["Conv", "Add", "Relu", "MaxPool", "Resize", "Slice", "DepthToSpace"]
# The last convolutions: their outputs are logits and log distances, of which a step of int8 would be coarse.
_LAST = ("maps.head.1", "transcriber.classes")

Feed = dict[str, NDArray[Any]]


def halve(path: Path) -> None:
    """Turn a graph's convolutions, and what lies between them, into float16, in place.

    Windows, crops, probabilities and their bytes stay float32: native values reach 65,535 and sums of them far more
    than float16 holds.
    """
    model = onnx.load_model_from_string(path.read_bytes())
    graph = model.graph
    inside = {node.name for node in graph.node} - _outside(model)
    constants = {tensor.name: tensor for tensor in graph.initializer}
    halved = {name for node in graph.node if node.name in inside for name in node.output}
    nodes: list[onnx.NodeProto] = []
    casts: dict[str, str] = {}
    for node in graph.node:
        within = node.name in inside
        for place in _data_inputs(node) if within else range(len(node.input)):
            name = node.input[place]
            if within and name in constants:
                node.input[place] = _halved(graph, constants[name])
            elif name and within != (name in halved):
                if name not in casts:
                    casts[name] = f"{name}_cast"
                    kind = onnx.TensorProto.FLOAT16 if within else onnx.TensorProto.FLOAT
                    nodes.append(onnx.helper.make_node("Cast", [name], [casts[name]], f"{name}_cast", to=kind))
                node.input[place] = casts[name]
        nodes.append(node)
    used = {name for node in nodes for name in node.input}
    kept = [tensor for tensor in graph.initializer if tensor.name in used]
    replace(graph, nodes, kept)
    write_graph(model, path)


def _data_inputs(node: onnx.NodeProto) -> range:
    """Give the inputs that are float data; those behind them are sizes, or scales that are always float32."""
    return range(1 if node.op_type in ("Slice", "Resize", "Reshape", "Transpose") else len(node.input))


def _halved(graph: onnx.GraphProto, tensor: onnx.TensorProto) -> str:
    """Add a constant once more, in float16, and give its name."""
    name = f"{tensor.name}_half"
    if all(other.name != name for other in graph.initializer):
        values = onnx.numpy_helper.to_array(tensor).astype(np.float16)
        graph.initializer.append(onnx.numpy_helper.from_array(values, name))
    return name


def quantise(path: Path, feeds: Iterable[Feed]) -> None:
    """Turn a graph's convolutions, and what lies between them, into int8, in place; the last ones stay float32.

    Static quantisation with a scale per output channel of a weight (QDQ). Weights have seven bits: without VNNI,
    products of eight-bit ones overflow the processor's 16-bit sums.

    Parameters
    ----------
    path : Path
    feeds : iterable of dict
        Inputs from which the ranges of the activations are taken.
    """
    model = onnx.load_model_from_string(path.read_bytes())
    level = logging.root.manager.disable
    logging.disable(logging.WARNING)  # it advises to fold normalisations, which they are
    try:
        quantize_static(
            model,
            path,
            _Feeds(iter(feeds)),
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=_INT8,
            nodes_to_exclude=sorted(_outside(model) | _last(model)),
            per_channel=True,
            reduce_range=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            calibrate_method=CalibrationMethod.MinMax,
        )
    finally:
        logging.disable(level)
    quantised = onnx.load_model_from_string(path.read_bytes())
    del quantised.graph.value_info[:]
    write_graph(quantised, path)


def detector_feeds(pages: int = PAGES) -> Iterator[Feed]:
    """Yield synthetic pages as the detector takes them; drawn with stroke fonts, which every machine has."""
    for stored, _, _ in _pages(pages):
        yield {"stored": stored}


def reader_feeds(pages: int = PAGES) -> Iterator[Feed]:
    """Yield the lines of synthetic pages as the reader takes them."""
    for stored, boxes, angles in _pages(pages):
        if boxes.size:
            plan = plan_crops(np.zeros(len(boxes), np.intp), boxes, angles)
            width = int(np.ceil(plan[:, 7].max() / _COLUMNS) * _COLUMNS)
            yield {"stored": stored, "lines": plan, "columns": np.arange(width, dtype=np.float32)}


def _pages(count: int) -> Iterator[tuple[NDArray[np.int32], NDArray[np.float64], NDArray[np.intp]]]:
    fonts = find_fonts(())
    for index in range(count):
        rng = np.random.default_rng([SEED, index])
        rows, columns = (int(rng.choice(_SIDES)) for _ in range(2))
        page = draw_synthetic_page(rng, fonts, [], rows, columns)
        lines = [line for line in page.lines if line.readable][:_LINES]
        boxes = np.array([line.box for line in lines], np.float64).reshape(-1, 4)
        yield page.stored[None], boxes, np.array([line.angle for line in lines], np.intp)


class _Feeds(CalibrationDataReader):  # type: ignore[misc]
    def __init__(self, feeds: Iterator[Feed]) -> None:
        self._feeds = feeds

    def get_next(self) -> Feed | None:
        return next(self._feeds, None)


def _outside(model: onnx.ModelProto) -> set[str]:
    """Give the nodes that do not lie between two convolutions: what comes before them and behind them."""
    convolutions = {node.name for node in model.graph.node if node.op_type == "Conv"}
    makers = {name: node.name for node in model.graph.node for name in node.output}
    before = {node.name: {makers[name] for name in node.input if name in makers} for node in model.graph.node}
    behind: dict[str, set[str]] = {name: set() for name in before}
    for name, sources in before.items():
        for source in sources:
            behind[source].add(name)
    inside = convolutions | (_reached(convolutions, before) & _reached(convolutions, behind))
    return set(before) - inside


def _reached(start: set[str], edges: dict[str, set[str]]) -> set[str]:
    """Give the nodes that lie at least one edge away from `start`."""
    reached: set[str] = set()
    waiting = list(start)
    while waiting:
        fresh = edges[waiting.pop()] - reached
        reached |= fresh
        waiting += fresh
    return reached


def _last(model: onnx.ModelProto) -> set[str]:
    nodes = (node for node in model.graph.node if node.op_type == "Conv")
    return {node.name for node in nodes if node.input[1].startswith(_LAST)}
