"""The networks as ONNX graphs: dynamic in batch and size, normalisation inside, nothing of the machine in them."""

import copy
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from torch import Tensor, nn

from ..model.classifier import Classifier
from ..model.detector import Detector
from ..model.reader import Reader
from .export_classifier import golden_pages

OPSET = 18


def export_detector(detector: Detector, path: Path) -> None:
    """Write the detector's graph: ``stored int32[n, h, w, c]`` to ``fine, coarse uint8``."""
    stored = torch.randint(0, 255, (2, 136, 152, 1), dtype=torch.int32)
    _export(detector, (stored,), path, ["stored"], ["fine", "coarse"], {"stored": _dynamic(4)})


def export_reader(reader: Reader, path: Path) -> None:
    """Write the reader's graph: ``stored, lines float32[k, 8], columns float32[w]`` to ``classes, scores``."""
    stored = torch.randint(0, 255, (2, 64, 80, 1), dtype=torch.int32)
    lines = torch.tensor([[0, 4, 4, 0.5, 0, 0, 0.5, 60], [1, 8, 8, 0.4, 0, 0, 0.4, 96], [1, 2, 9, 0.4, 0, 0, 0.4, 64]])
    columns = torch.arange(96, dtype=torch.float32)
    shapes = {
        "stored": _dynamic(4),
        "lines": _dynamic(1),
        "columns": _dynamic(1),
    }
    _export(reader, (stored, lines, columns), path, ["stored", "lines", "columns"], ["classes", "scores"], shapes)


def export_classifier(classifier: Classifier, path: Path) -> None:
    """Write the classifier's graph: the arrays of `ClassifierInput` to ``probabilities float32[S, categories]``."""
    pages = golden_pages().arrays()
    example = tuple(map(torch.from_numpy, pages.values()))
    _export(classifier, example, path, list(pages), ["probabilities"], {name: _dynamic(1) for name in pages})


def _dynamic(axes: int) -> dict[int, Any]:
    return dict.fromkeys(range(axes), torch.export.Dim.DYNAMIC)


def _export(
    network: nn.Module,
    example: tuple[Tensor, ...],
    path: Path,
    inputs: list[str],
    outputs: list[str],
    shapes: dict[str, Any],
) -> None:
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # the exporter warns about its own use of deprecated parts
        program = torch.onnx.export(
            network, example, dynamo=True, opset_version=OPSET, input_names=inputs, output_names=outputs,
            dynamic_shapes=shapes, verbose=False, optimize=True,
        )  # fmt: skip
    assert program is not None  # with dynamo it is
    write_graph(program.model_proto, path)


def write_graph(graph: onnx.ModelProto, path: Path) -> None:
    """Write a graph without what the tools that made it noted of themselves: the same network, the same bytes."""
    strip(graph)
    onnx.checker.check_model(graph)
    path.write_bytes(graph.SerializeToString(deterministic=True))


def replace(graph: onnx.GraphProto, nodes: Iterable[onnx.NodeProto], tensors: Iterable[onnx.TensorProto]) -> None:
    """Put nodes and constants in place of a graph's own; what is known of its values is of the old ones."""
    nodes, tensors = copy.deepcopy(list(nodes)), copy.deepcopy(list(tensors))
    del graph.node[:], graph.initializer[:], graph.value_info[:]
    graph.node.extend(nodes)
    graph.initializer.extend(tensors)


def store_short(path: Path) -> None:
    """Store a graph's kernels as float16 where that holds them exactly, in place; the graph widens them.

    Half the file and the same numbers: runtimes widen constants once, when they open the graph.
    """
    model = onnx.load_model_from_string(path.read_bytes())
    graph, casts = model.graph, []
    for tensor in graph.initializer:
        values = onnx.numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.ndim < 2:
            continue
        short = values.astype(np.float16)
        if np.array_equal(short.astype(np.float32), values):
            name = tensor.name
            tensor.CopyFrom(onnx.numpy_helper.from_array(short, f"{name}_short"))
            widen = onnx.helper.make_node("Cast", [tensor.name], [name], f"{name}_widen", to=onnx.TensorProto.FLOAT)
            casts.append(widen)
    replace(graph, [*casts, *graph.node], graph.initializer)
    write_graph(model, path)


def strip(model: onnx.ModelProto) -> None:
    """Drop what the exporter notes about this machine: source paths would change the hash from one to the next."""
    model.doc_string = ""
    del model.metadata_props[:]
    for graph in (model.graph, *model.functions):
        graph.doc_string = ""
        del graph.metadata_props[:]
        for node in graph.node:
            node.doc_string = ""
            del node.metadata_props[:]
    for value in (*model.graph.value_info, *model.graph.input, *model.graph.output, *model.graph.initializer):
        value.doc_string = ""
        del value.metadata_props[:]
