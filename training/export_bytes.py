"""The quantised detector's maps as the bytes of its last convolution: nothing behind it is computed in floats."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import NodeProto, helper, numpy_helper

from ..model.detector import MAPS
from .export_graph import replace, write_graph

# A byte of a logit is a sixteenth: probabilities from .0003 to .9997, in steps of .016 about a half.
_LOGIT, _MIDDLE = 16.0, 128
# Weights have seven bits, as in the rest of the graph; see `training.export_precision.quantise`.
_WEIGHT = 63
# Of the maps the first are scores, see `model.detector.as_bytes`; ONNX Runtime adds up 16 channels faster than six.
_SCORES, _CHANNELS = 2, 16

Constants = dict[str, NDArray[np.generic]]


def give_bytes(path: Path) -> None:
    """Quantise the last convolution of a detector's graph that `quantise` made, in place.

    Its channels are scaled so that a step of its output is one of the byte that goes out: a sixteenth of a logit, which
    a table turns into a probability's byte, and of a distance what `model.detector.as_bytes` makes of it.
    """
    model = onnx.load_model_from_string(path.read_bytes())
    graph = model.graph
    constants: Constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    ends = [_End(output.name, graph.node) for output in graph.output]
    replaced = {node.name for end in ends for node in end.replaced}
    nodes = [node for node in graph.node if node.name not in replaced]
    for end in ends:
        constants |= end.constants(constants)
        nodes += end.nodes()
    wanted = {name for node in nodes for name in node.input} & set(constants)
    replace(graph, nodes, [numpy_helper.from_array(constants[name], name) for name in sorted(wanted)])
    write_graph(model, path)


class _End:
    """The last convolution at one scale and what makes bytes of its sums: scaled, joined and rounded."""

    def __init__(self, output: str, nodes: Iterable[NodeProto]) -> None:
        makers = {name: node for node in nodes for name in node.output}

        def behind(name: str, *kinds: str) -> list[NodeProto]:
            """Give the nodes that `name` comes from, each the maker of the first input of the one before."""
            chain: list[NodeProto] = []
            for kind in kinds:
                chain.append(makers[chain[-1].input[0] if chain else name])
                if chain[-1].op_type != kind:
                    raise ValueError(f"{chain[-1].op_type} in place of {kind} at the end of the detector's graph")
            return chain

        joined = behind(output, "Cast", "Clip", "Round", "Concat")
        scores = behind(joined[-1].input[0], "Mul", "Sigmoid", "Slice", "Conv")
        distances = behind(joined[-1].input[1], "Mul", "Slice", "Conv")
        self.output, self.convolution = output, scores[-1]
        self.distance, self.source = distances[0].input[1], self.convolution.input[0]
        (dequantise,) = behind(self.source, "DequantizeLinear")
        self.source_step = dequantise.input[1]
        self.replaced = [*joined, *scores, *distances]

    def nodes(self) -> list[NodeProto]:
        """Give the nodes to put in place of these."""
        return [
            self._node("DequantizeLinear", "weight weight_step weight_none", "weights", axis=0),
            self._node("DequantizeLinear", "bias bias_step bias_none", "biases", axis=0),
            helper.make_node("Conv", [self.source, self._name("weights"), self._name("biases")], [self._name("sums")]),
            self._node("QuantizeLinear", "sums one none", "bytes"),
            self._node("Slice", "bytes first scores_end channels", "logit_bytes"),
            self._node("DequantizeLinear", "logit_bytes logit_step logit_middle", "logits"),
            self._node("Sigmoid", "logits", "probabilities"),
            self._node("QuantizeLinear", "probabilities score_step none", "scores"),
            self._node("Slice", "bytes scores_end maps_end channels", "distances"),
            helper.make_node("Concat", [self._name("scores"), self._name("distances")], [self.output], axis=1),
        ]

    def constants(self, known: Constants) -> Constants:
        """Give the constants of these nodes, made of those of the graph as it was."""
        weight, bias = (np.asarray(known[name], np.float64) for name in self.convolution.input[1:])
        is_score = np.arange(len(MAPS)) < _SCORES
        factor = np.where(is_score, _LOGIT, np.float64(known[self.distance]))
        spare = _CHANNELS - len(MAPS)
        weight = np.pad(weight * factor[:, None, None, None], ((0, spare), (0, 0), (0, 0), (0, 0)))
        bias = np.pad(bias * factor + np.where(is_score, _MIDDLE, 0), (0, spare))
        weight_step = np.abs(weight).max(axis=(1, 2, 3)).astype(np.float32) / _WEIGHT
        weight_step[weight_step == 0] = 1
        bias_step = weight_step * np.float32(known[self.source_step])
        values: Constants = {
            "weight": np.round(weight / weight_step[:, None, None, None]).astype(np.int8),
            "weight_step": weight_step,
            "weight_none": np.zeros(_CHANNELS, np.int8),
            "bias": np.round(bias / bias_step).astype(np.int32),
            "bias_step": bias_step,
            "bias_none": np.zeros(_CHANNELS, np.int32),
            "one": np.array(1, np.float32),
            "none": np.array(0, np.uint8),
            "logit_step": np.array(1 / _LOGIT, np.float32),
            "logit_middle": np.array(_MIDDLE, np.uint8),
            "score_step": np.array(1 / 255, np.float32),
            "first": np.array([0], np.int64),
            "scores_end": np.array([_SCORES], np.int64),
            "maps_end": np.array([len(MAPS)], np.int64),
            "channels": np.array([1], np.int64),
        }
        return {self._name(name): value for name, value in values.items()}

    def _name(self, part: str) -> str:
        return f"{self.output}_{part}"

    def _node(self, kind: str, inputs: str, output: str, **attributes: int) -> NodeProto:
        name = self._name(output)
        return helper.make_node(kind, [self._name(part) for part in inputs.split()], [name], name, **attributes)
