"""Quantised graphs rearranged for processors: the same products and the same sums, in the order of memory."""

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import NodeProto, helper, numpy_helper

from .export_graph import replace, write_graph

# Planes beside each other and pixels beside each other, as orders of the axes.
_PIXELS, _PLANES = (0, 2, 3, 1), (0, 3, 1, 2)


def rearrange(path: Path) -> None:
    """Rearrange a graph that `quantise` made, in place; all it gives stays the same, but see the means below.

    ONNX Runtime computes quantised convolutions with all channels of a pixel beside each other. What lies between
    them should move whole pixels then, not bytes: a first convolution of few channels takes two by two pixels as one,
    and sides are doubled by repeating or parting pixels and rows. The means that make the quarter scale are taken of
    the channels before these were quantised, which is faster. Channels are joined once they are bytes. Of one sample
    the brightest and the mean are that sample, and there is no colour; and what is whole is not padded.
    """
    model = onnx.load_model_from_string(path.read_bytes())
    graph = _Graph(model)
    nodes: list[NodeProto] = []
    for node in model.graph.node:
        nodes += graph.rearranged(node)
    graph.put(nodes)
    write_graph(model, path)


class _Graph:
    """A graph's constants and who makes what, while nodes are replaced."""

    def __init__(self, model: onnx.ModelProto) -> None:
        self.graph = model.graph
        self.makers = {name: node for node in model.graph.node for name in node.output}
        self.constants = {tensor.name: tensor for tensor in model.graph.initializer}
        self.moved: set[str] = set()

    def rearranged(self, node: NodeProto) -> list[NodeProto]:
        """Give the nodes to put in place of one."""
        if node.op_type == "Clip" and (colour := self._colour(node)):
            return self._zeros_where_grey(colour)
        if node.op_type in _REDUCES and self._axes(node) == [_SAMPLES]:
            return self._unless_grey(node)
        if node.op_type == "Cast" and (padding := self._padding(node.input[0])):
            return self._unless_whole(node, padding)
        if node.op_type == "QuantizeLinear" and self._joined(node.input[0]):
            return self._by_planes(node, node.input[0])
        dequantise = self._dequantise(node)
        if dequantise is None:
            return [node]
        if node.op_type == "Conv" and _ints(node, "kernel_shape") == [6, 6] and _ints(node, "strides") == [2, 2]:
            return self._by_fours(node, dequantise)
        if node.op_type == "AveragePool":
            return self._by_planes(node, self.makers[dequantise.input[0]].input[0])
        elif node.op_type == "DepthToSpace":
            return self._parted(node, dequantise)
        elif node.op_type == "Resize":
            return self._repeated(node, dequantise)
        return [node]

    def put(self, nodes: list[NodeProto]) -> None:
        """Put nodes in place of the graph's own, without those that nothing takes from any more."""
        wanted = {output.name for output in self.graph.output}
        kept: list[NodeProto] = []
        for node in reversed(nodes):  # each stands behind what it takes from
            if wanted.intersection(node.output):
                kept.append(node)
                inside = [inner for part in node.attribute for inner in part.g.node]
                made = {name for inner in inside for name in inner.output}
                wanted.update(node.input, (name for inner in inside for name in inner.input if name not in made))
        tensors = [tensor for tensor in self.constants.values() if tensor.name in wanted]
        replace(self.graph, reversed(kept), tensors)

    def _dequantise(self, node: NodeProto) -> NodeProto | None:
        maker = self.makers.get(node.input[0]) if node.input else None
        return maker if maker is not None and maker.op_type == "DequantizeLinear" else None

    def _axes(self, node: NodeProto) -> list[int]:
        name = node.input[1] if len(node.input) > 1 else ""
        return self._values(name).tolist() if name in self.constants else []

    def _joined(self, name: str) -> list[str]:
        """Give the planes that a value is joined from, or nothing where it is not."""
        maker = self.makers.get(name)
        if maker is None or maker.op_type != "Concat" or _integer(maker, "axis") != 1:
            return []
        return list(maker.input)

    def _by_planes(self, node: NodeProto, source: str) -> list[NodeProto]:
        """Give what a node makes of planes that were joined as what it makes of each, joined: smaller ones by then."""
        planes = self._joined(source)
        if not planes:
            node.input[0] = source
            return [node]
        nodes = []
        for index, plane in enumerate(planes):
            each = NodeProto()
            each.CopyFrom(node)
            each.input[0], each.output[0], each.name = plane, f"{node.output[0]}_{index}", f"{node.name}_{index}"
            nodes.append(each)
        outputs = [each.output[0] for each in nodes]
        return [*nodes, helper.make_node("Concat", outputs, [node.output[0]], f"{node.name}_joined", axis=1)]

    def _padding(self, name: str) -> list[NodeProto]:
        """Give the nodes that lay behind a value, along one axis after the other, what they gathered from it."""
        node = self.makers.get(name)
        if node is None or node.op_type != "Concat" or len(node.input) != 2:
            return []
        gather = self.makers.get(node.input[1])
        if gather is None or gather.op_type != "Gather" or gather.input[0] != node.input[0]:
            return []
        return [*self._padding(node.input[0]), gather, node]

    def _unless_whole(self, node: NodeProto, padding: list[NodeProto]) -> list[NodeProto]:
        """Give a padded value's conversion without the padding where nothing is missing: that copies the frame."""
        name = node.output[0]
        gathers = padding[::2]
        missing = [f"{name}_missing_{index}" for index in range(len(gathers))]
        counts = [
            helper.make_node("Shape", [gather.input[1]], [count], count)
            for gather, count in zip(gathers, missing, strict=True)
        ]
        same = helper.make_node("Cast", [gathers[0].input[0]], [f"{name}_same"], f"{name}_same", to=_FLOAT)
        whole, total, nothing = f"{name}_whole", f"{name}_missing", self._constant("nothing", [0])
        return [
            *counts,
            helper.make_node("Concat", missing, [f"{total}_each"], f"{total}_each", axis=0),
            helper.make_node("ReduceSum", [f"{total}_each"], [total], total),
            helper.make_node("Equal", [total, nothing], [whole], whole),
            _either(name, whole, [same], [*padding, node]),
        ]

    def _unless_grey(self, node: NodeProto) -> list[NodeProto]:
        """Give a reduction over the samples of pixels that is left out where these have one."""
        name = node.output[0]
        axis = self._constant("axis_of_samples", [_SAMPLES])
        squeeze = helper.make_node("Squeeze", [node.input[0], axis], [f"{name}_same"], f"{name}_same")
        return self._if_grey(node.input[0], [squeeze], [node])

    def _colour(self, node: NodeProto) -> list[NodeProto]:
        """Give the nodes that make a plane of how far the samples of pixels differ, the last one given; or nothing."""
        chain = [node]
        for kind, at in (("Mul", 0), ("Sub", 0), ("ReduceMin", 1)):
            maker = self.makers.get(chain[0].input[at])
            if maker is None or maker.op_type != kind:
                return []
            chain.insert(0, maker)
        return chain if self._axes(chain[0]) == [_SAMPLES] else []

    def _zeros_where_grey(self, colour: list[NodeProto]) -> list[NodeProto]:
        """Give zeros for a plane of colour where pixels have one sample."""
        name, brightest = colour[-1].output[0], colour[1].input[0]
        zeros = [
            helper.make_node("Shape", [brightest], [f"{name}_sides"], f"{name}_sides"),
            helper.make_node("ConstantOfShape", [f"{name}_sides"], [f"{name}_zeros"], f"{name}_zeros"),
        ]
        return self._if_grey(colour[0].input[0], zeros, colour)

    def _if_grey(self, samples: str, grey: list[NodeProto], coloured: list[NodeProto]) -> list[NodeProto]:
        """Give the nodes `grey` where `samples` has one for each pixel, the nodes `coloured` elsewhere."""
        name = coloured[-1].output[0]
        axis, one = self._constant("axis_of_samples", [_SAMPLES]), self._constant("one_sample", [1])
        shape, count, is_grey = f"{name}_shape", f"{name}_samples", f"{name}_grey"
        return [
            helper.make_node("Shape", [samples], [shape], shape),
            helper.make_node("Gather", [shape, axis], [count], count),
            helper.make_node("Equal", [count, one], [is_grey], is_grey),
            _either(name, is_grey, grey, coloured),
        ]

    def _by_fours(self, node: NodeProto, dequantise: NodeProto) -> list[NodeProto]:
        """Give a convolution of 6 x 6 with strides of 2 as one of 3 x 3 over two by two pixels each."""
        weight = self.makers[node.input[1]].input[0]
        if weight not in self.moved:  # both scales share it
            values = self._values(weight)
            outputs, inputs = values.shape[:2]
            parted = values.reshape(outputs, inputs, 3, 2, 3, 2).transpose(0, 3, 5, 1, 2, 4)
            self._set(weight, parted.reshape(outputs, 4 * inputs, 3, 3))
        for attribute in list(node.attribute):
            if attribute.name in ("kernel_shape", "strides", "pads"):
                node.attribute.remove(attribute)
        node.attribute.extend(helper.make_attribute(name, value) for name, value in _FOURS.items())
        name = node.name
        fours = f"{name}_fours"
        by_fours = helper.make_node("SpaceToDepth", [dequantise.input[0]], [fours], fours, blocksize=2)
        node.input[0] = f"{name}_input"
        return [by_fours, _dequantised(dequantise, fours, f"{name}_input"), node]

    def _parted(self, node: NodeProto, dequantise: NodeProto) -> list[NodeProto]:
        """Give a pixel shuffle that parts each pixel's channels into two rows of two pixels, in halves."""
        quantised = dequantise.input[0]
        convolution = self.makers[self.makers[quantised].input[0]]
        weight = self.makers[convolution.input[1]]
        channels = self._values(weight.input[0]).shape[0]
        order = np.arange(channels).reshape(-1, 2, 2).transpose(1, 2, 0).reshape(-1)
        bias = self.makers.get(convolution.input[2])
        for name in (*weight.input, *(bias.input if bias is not None else [convolution.input[2]])):
            values = self._values(name)
            if values.shape[:1] == (channels,) and name not in self.moved:
                self._set(name, values[order])
        name = node.name
        half = self._constant(f"{name}_half", [0, 0, 0, 2, channels // 2])
        return [
            helper.make_node("Transpose", [quantised], [f"{name}_pixels"], f"{name}_to_pixels", perm=_PIXELS),
            helper.make_node("Reshape", [f"{name}_pixels", half], [f"{name}_halves"], f"{name}_part"),
            helper.make_node("Transpose", [f"{name}_halves"], [f"{name}_rows"], f"{name}_stack", perm=(0, 1, 3, 2, 4)),
            *self._doubled(name, quantised, f"{name}_rows", channels // 4),
            _dequantised(dequantise, f"{name}_planes", node.output[0]),
        ]

    def _repeated(self, node: NodeProto, dequantise: NodeProto) -> list[NodeProto]:
        """Give an enlargement to twice the sides as copies of whole pixels and of whole rows."""
        scales = self._values(node.input[2]) if len(node.input) > 2 and node.input[2] in self.constants else None
        if _string(node, "mode") != "nearest" or scales is None or scales.tolist() != [1, 1, 2, 2]:
            return [node]
        quantised, name = dequantise.input[0], node.name
        channels = self._channels(quantised)
        pixels, wide, rows = f"{name}_pixels", f"{name}_wide", f"{name}_rows"
        once = self._constant(f"{name}_once", [0, 0, -1, channels])
        return [
            helper.make_node("Transpose", [quantised], [pixels], f"{name}_to_pixels", perm=_PIXELS),
            helper.make_node("Concat", [pixels, pixels], [f"{name}_twice"], f"{name}_twice", axis=3),
            helper.make_node("Reshape", [f"{name}_twice", once], [wide], f"{name}_widen"),
            helper.make_node("Concat", [wide, wide], [rows], f"{name}_stack", axis=2),
            *self._doubled(name, quantised, rows, channels),
            _dequantised(dequantise, f"{name}_planes", node.output[0]),
        ]

    def _doubled(self, name: str, like: str, rows: str, channels: int) -> list[NodeProto]:
        """Give the nodes that read `rows` as a picture of twice the sides of `like`, and its planes."""
        pick = self._constant("sides", [0, 2, 3])
        twice = self._constant("sides_twice", [1, 2, 2])
        last = self._constant(f"channels_{channels}", [channels])
        return [
            helper.make_node("Shape", [like], [f"{name}_shape"], f"{name}_shape"),
            helper.make_node("Gather", [f"{name}_shape", pick], [f"{name}_sides"], f"{name}_sides"),
            helper.make_node("Mul", [f"{name}_sides", twice], [f"{name}_double"], f"{name}_double"),
            helper.make_node("Concat", [f"{name}_double", last], [f"{name}_target"], f"{name}_target", axis=0),
            helper.make_node("Reshape", [rows, f"{name}_target"], [f"{name}_larger"], f"{name}_larger"),
            helper.make_node("Transpose", [f"{name}_larger"], [f"{name}_planes"], f"{name}_to_planes", perm=_PLANES),
        ]

    def _channels(self, quantised: str) -> int:
        """Give the channels of what a convolution, with or without what follows it, made."""
        node = self.makers[quantised]
        while node.op_type != "Conv":
            node = self.makers[node.input[0]]
        return int(self._values(self.makers[node.input[1]].input[0]).shape[0])

    def _values(self, name: str) -> NDArray[np.generic]:
        values: NDArray[np.generic] = numpy_helper.to_array(self.constants[name])
        return values

    def _set(self, name: str, values: NDArray[np.generic]) -> None:
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        self.moved.add(name)

    def _constant(self, name: str, values: list[int]) -> str:
        self.constants[name] = numpy_helper.from_array(np.array(values, np.int64), name)
        return name


_FLOAT = onnx.TensorProto.FLOAT
_REDUCES = ("ReduceMax", "ReduceMin", "ReduceMean")
# The axis of `stored` along which the samples of a pixel lie.
_SAMPLES = 3
_FOURS = {"kernel_shape": [3, 3], "strides": [1, 1], "pads": [1, 1, 1, 1]}


def _either(name: str, condition: str, then: list[NodeProto], otherwise: list[NodeProto]) -> NodeProto:
    """Return the choice between what two lists of nodes give, as floats, under `name`."""
    graphs = {
        branch: helper.make_graph(
            nodes, f"{name}_{branch}", [], [helper.make_tensor_value_info(nodes[-1].output[0], _FLOAT, None)]
        )
        for branch, nodes in (("then_branch", then), ("else_branch", otherwise))
    }
    return helper.make_node("If", [condition], [name], f"{name}_either", **graphs)


def _dequantised(like: NodeProto, quantised: str, output: str) -> NodeProto:
    return helper.make_node("DequantizeLinear", [quantised, *like.input[1:]], [output], f"{output}_from_bytes")


def _ints(node: NodeProto, name: str) -> list[int]:
    return next((list(attribute.ints) for attribute in node.attribute if attribute.name == name), [])


def _integer(node: NodeProto, name: str) -> int | None:
    return next((attribute.i for attribute in node.attribute if attribute.name == name), None)


def _string(node: NodeProto, name: str) -> str:
    return next((attribute.s.decode() for attribute in node.attribute if attribute.name == name), "")
