"""Prove that exported graphs give what the networks give, on frames of every depth and of sizes no export saw."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from numpy.typing import NDArray
from torch.nn import functional

from ..model.classifier import Classifier
from ..model.classifier_input import joined
from ..model.detector import COARSE, Detector
from ..model.packages import TOLERANCES, check_alike, check_read
from ..model.reader import Reader
from ..model.spec import Precision
from ..redactor.demo_font import draw
from .export_classifier import golden_pages

SEED = 50_001
WORDS = ("WARD 31B", "LAT 12.5", "K 1999-04")
# Lines as the reader cuts them: level, turned, and reaching out of the frame.
_PLAN = ((0, 6, 8, 0.7, 0, 0, 0.7, 90), (0, 20, 44, 0, -0.6, 0.6, 0, 40), (0, -5, 40, 1.3, 0.1, -0.1, 1.3, 57))


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Frames of one kind.

    Attributes
    ----------
    name : str
    stored : ndarray
        int32[n, h, w, 1|3].
    """

    name: str
    stored: NDArray[np.int32]


def batches() -> Iterator[Batch]:
    """Yield frames of noise and writing: 8, 12 and 16 bits, signed or not, grey or in colour, of odd sizes."""
    rng = np.random.default_rng(SEED)
    yield _batch(rng, "8 bits", (2, 131, 157), 0, 255)
    yield _batch(rng, "8 bits, colour", (1, 90, 117), 0, 255, samples=3)
    yield _batch(rng, "12 bits", (3, 97, 201), 0, 4095)
    yield _batch(rng, "12 bits, signed", (1, 77, 333), -2048, 2047)
    yield _batch(rng, "16 bits", (1, 203, 155), 0, 65535)
    yield _batch(rng, "16 bits, signed", (2, 64, 128), -32768, 32767)


def check_detector(path: Path, detector: Detector, precision: Precision) -> None:
    """Compare the probabilities of both scales' maps, before they become bytes, and the bytes themselves.

    Raises
    ------
    ModelError
        They differ by more than `model.packages.TOLERANCES` says.
    """
    session = _session(with_probabilities(path.read_bytes()))
    for batch in batches():
        found = session.run(None, {"stored": batch.stored})
        channels = detector.windows(torch.from_numpy(batch.stored))
        coarse = functional.avg_pool2d(channels, COARSE)
        wanted = [torch.sigmoid(detector.maps(scale)[:, :2]).numpy() for scale in (channels, coarse)]
        for name, probabilities, truth in zip(("fine", "coarse"), found[2:], wanted, strict=True):
            check_alike(f"detector, {batch.name}, {name}", probabilities, truth, TOLERANCES[precision])


def check_reader(path: Path, reader: Reader, precision: Precision) -> None:
    """Compare the best class of every step and its probability.

    Raises
    ------
    ModelError
        They differ by more than `model.packages.TOLERANCES` says.
    """
    session, tolerance = _session(path.read_bytes()), TOLERANCES[precision]
    plan, columns = np.array(_PLAN, np.float32), np.arange(96, dtype=np.float32)
    for batch in batches():
        classes, scores = session.run(None, {"stored": batch.stored, "lines": plan, "columns": columns})
        wanted = reader(*map(torch.from_numpy, (batch.stored, plan, columns)))
        best, truth = (value.numpy() for value in wanted)
        check_alike(f"reader, {batch.name}", scores, truth, tolerance)
        check_read(f"reader, {batch.name}", classes, best, truth, tolerance)


def check_classifier(path: Path, classifier: Classifier) -> None:
    """Compare the probabilities of the golden pages, once and twice over.

    Raises
    ------
    ModelError
        They differ by more than `model.packages.TOLERANCES` says.
    """
    session = _session(path.read_bytes())
    for pages in (golden_pages(), joined([golden_pages(), golden_pages()])):
        wanted = classifier(*map(torch.from_numpy, pages.arrays().values())).numpy()
        (found,) = session.run(None, pages.arrays())
        check_alike("classifier", found, wanted, TOLERANCES["fp32"])


def _batch(
    rng: np.random.Generator, name: str, shape: tuple[int, int, int], low: int, high: int, samples: int = 1
) -> Batch:
    """Draw noise in the lower half of a range, and words of its full height over it."""
    frames = rng.uniform(0.1, 0.5, (*shape, samples))
    for frame in frames:
        for index, word in enumerate(WORDS):
            ink = draw(word, float(rng.integers(8, 16)))[..., None]
            y, x = 4 + 22 * index, int(rng.integers(2, 12))
            patch = frame[y : y + ink.shape[0], x : x + ink.shape[1]]
            np.maximum(patch, ink[: patch.shape[0], : patch.shape[1]], out=patch)
    return Batch(name=name, stored=np.round(low + frames * (high - low)).astype(np.int32))


def _session(graph: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def with_probabilities(graph: bytes) -> bytes:
    """Give a detector's graph with two more outputs: the probabilities that it rounds to bytes."""
    model = onnx.load_model_from_string(graph)
    makers = {name: node for node in model.graph.node for name in node.output}
    for output in list(model.graph.output):
        node = makers[output.name]
        while node.op_type != "Sigmoid":  # of a chain's inputs the first is the one that it is about
            node = makers[node.input[0]]
        model.graph.output.append(onnx.helper.make_tensor_value_info(node.output[0], onnx.TensorProto.FLOAT, None))
    return bytes(model.SerializeToString())
