"""The networks under ONNX Runtime: no torch, any CPU."""

from typing import Any, cast

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from .cells import Candidates, candidates
from .classifier_input import ClassifierInput
from .spec import ModelSpec, member

# Pixels that go through the detector at once: more of them leave the processor's caches and take a tenth longer each.
BATCH_PIXELS = 500_000


class OnnxRunner:
    """A `Runner` on ONNX Runtime's CPU provider."""

    lines_at_once = 48

    def __init__(self, spec: ModelSpec, *, threads: int | None = None) -> None:
        self.spec = spec
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or 0
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Memory of the largest frame would stay with every worker for good.
        options.enable_cpu_mem_arena = False
        self._detector = _session(member(spec, "detector.onnx"), options)
        self._reader = _session(member(spec, "reader.onnx"), options)
        self._classifier = _session(member(spec, "classifier.onnx"), options) if spec.classifier else None

    def upload(self, stored: NDArray[np.integer[Any]]) -> NDArray[np.int32]:
        """Take in frames of one shape, ``int[n, rows, columns, 1|3]``."""
        return np.ascontiguousarray(stored, np.int32)

    def detect(self, handle: NDArray[np.int32]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Return the text maps of both scales."""
        count = max(1, BATCH_PIXELS // (handle.shape[1] * handle.shape[2]))
        parts = [self._detector.run(None, {"stored": handle[i : i + count]}) for i in range(0, len(handle), count)]
        fine, coarse = zip(*parts, strict=True)
        return np.concatenate(fine), np.concatenate(coarse)

    def candidates(self, handle: NDArray[np.int32]) -> tuple[Candidates, Candidates]:
        """Return the cells of both scales' maps that may belong to a line."""
        fine, coarse = self.detect(handle)
        return candidates(fine, self.spec.thresholds.cell), candidates(coarse, self.spec.thresholds.cell)

    def transcribe(
        self, handle: NDArray[np.int32], plan: NDArray[np.float32], width: int
    ) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the best class and its probability per step."""
        columns = np.arange(width, dtype=np.float32)
        classes, scores = self._reader.run(None, {"stored": handle, "lines": plan, "columns": columns})
        return classes, scores

    def classify(self, pages: ClassifierInput) -> NDArray[np.float32]:
        """Return what each character is."""
        assert self._classifier is not None, "the package has no classifier"
        (probabilities,) = self._classifier.run(None, pages.arrays())
        return cast(NDArray[np.float32], probabilities)


def _session(graph: bytes, options: onnxruntime.SessionOptions) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
