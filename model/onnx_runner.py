"""The networks under ONNX Runtime: no torch, any CPU."""

from collections.abc import Sequence
from typing import Any, cast, get_args

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from ..errors import MissingExtraError, ModelError
from .cells import Candidates, candidates
from .classifier_input import ClassifierInput
from .spec import ModelSpec, Precision, graph_of, member

# Pixels that go through the detector at once: more of them leave the processor's caches and take a tenth longer each.
BATCH_PIXELS = 500_000
# Memory that the graphs took is kept for the next frame up to this many pixels, 70 bytes for each: to fetch it anew
# takes a third of the detector's time. What a larger frame took is given back, or every worker would hold it for good.
KEPT_PIXELS = 6_000_000
CPU = "CPUExecutionProvider"
# As ONNX Runtime takes it: a name, or a name with that provider's options.
Provider = str | tuple[str, dict[str, Any]]


class OnnxRunner:
    """A `Runner` on ONNX Runtime.

    Parameters
    ----------
    spec : ModelSpec
    threads : int, optional
        Of the processor; as many as there are cores by default.
    providers : sequence of str or (str, dict)
        Of ONNX Runtime, such as "CUDAExecutionProvider" or "TensorrtExecutionProvider"; what one of them cannot run
        goes to the next.
    precision : {"fp32", "fp16", "int8"}, optional
        Of the graphs of detector and reader; by default int8 on a processor where the package has that, else the
        package's own.

    Raises
    ------
    ModelError
        A file of the package is missing or damaged, or it has no graphs in this precision.
    MissingExtraError
        The first provider is not there, or does not start on this machine.
    """

    lines_at_once = 48

    def __init__(
        self,
        spec: ModelSpec,
        *,
        threads: int | None = None,
        providers: Sequence[Provider] = (CPU,),
        precision: Precision | None = None,
    ) -> None:
        self.spec = spec
        _check_there(providers)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or 0
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        detector, reader = (_graph(spec, network, precision, providers) for network in ("detector", "reader"))
        self._detector = _session(spec, detector, options, providers)
        self._reader = _session(spec, reader, options, providers)
        self._classifier = _session(spec, "classifier.onnx", options, providers) if spec.classifier else None

    def upload(self, stored: NDArray[np.integer[Any]]) -> NDArray[np.int32]:
        """Take in frames of one shape, ``int[n, rows, columns, 1|3]``."""
        return np.ascontiguousarray(stored, np.int32)

    def detect(self, handle: NDArray[np.int32]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Return the text maps of both scales."""
        count = max(1, BATCH_PIXELS // (handle.shape[1] * handle.shape[2]))
        large = _giving_back() if count * handle.shape[1] * handle.shape[2] > KEPT_PIXELS else None
        parts = [
            self._detector.run(None, {"stored": handle[i : i + count]}, large) for i in range(0, len(handle), count)
        ]
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
        large = _giving_back() if handle[0].size > KEPT_PIXELS else None
        classes, scores = self._reader.run(None, {"stored": handle, "lines": plan, "columns": columns}, large)
        return classes, scores

    def classify(self, pages: ClassifierInput) -> NDArray[np.float32]:
        """Return what each character is."""
        assert self._classifier is not None, "the package has no classifier"
        (probabilities,) = self._classifier.run(None, pages.arrays())
        return cast(NDArray[np.float32], probabilities)


def _giving_back() -> onnxruntime.RunOptions:
    """Return options of a run behind which memory that nothing uses any more goes back to the system."""
    options = onnxruntime.RunOptions()
    options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    return options


def _graph(spec: ModelSpec, network: str, precision: Precision | None, providers: Sequence[Provider]) -> str:
    if precision is None:
        quick = graph_of(spec, network, "int8") if _name(providers[0]) == CPU else None
        return quick or f"{network}.onnx"
    name = graph_of(spec, network, precision)
    if name is None:
        there = [kind for kind in get_args(Precision) if graph_of(spec, network, kind)]
        raise ModelError(
            f"{spec.name} has no {network} in {precision}, only in {' and '.join(there)}; see deburn export"
        )
    return name


def _session(
    spec: ModelSpec, name: str, options: onnxruntime.SessionOptions, providers: Sequence[Provider]
) -> onnxruntime.InferenceSession:
    graph = member(spec, name)
    try:
        session = onnxruntime.InferenceSession(graph, options, providers=list(providers))
    except Exception as error:  # ONNX Runtime's errors have no base of their own
        raise ModelError(
            f"{spec.folder / name} cannot be opened by ONNX Runtime {onnxruntime.__version__} "
            f"({type(error).__name__}); upgrade onnxruntime, or reinstall the model package"
        ) from error
    # A provider whose libraries are missing is replaced without an error; then all would run on the processor.
    if session.get_providers()[0] != _name(providers[0]):
        raise MissingExtraError(
            f"{_name(providers[0])} does not start here: its libraries or its device are missing; "
            "see docs/exporting.md, or run on the CPU"
        )
    return session


def _check_there(providers: Sequence[Provider]) -> None:
    there = onnxruntime.get_available_providers()
    wanted = _name(providers[0]) if providers else "no provider"
    if wanted not in there:
        raise MissingExtraError(
            f"{wanted} is not in this onnxruntime, which has {', '.join(there)}; pip install onnxruntime-gpu in place "
            "of onnxruntime for CUDA and TensorRT"
        )


def _name(provider: Provider) -> str:
    return provider if isinstance(provider, str) else provider[0]
