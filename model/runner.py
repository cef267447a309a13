"""The seam: what any runner of the networks offers, whatever it runs them on."""

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ..errors import MissingExtraError
from .cells import Candidates
from .classifier_input import ClassifierInput
from .spec import ModelSpec, Precision, load_spec

if TYPE_CHECKING:
    from .onnx_runner import Provider

# Frames where the runner wants them; only the runner that made it can look inside.
Handle = Any


class Runner(Protocol):
    """Runs the networks of one model package; numpy goes in and comes out, the handle between is opaque."""

    spec: ModelSpec
    # Crops that one call of `transcribe` takes best.
    lines_at_once: int

    def upload(self, stored: NDArray[np.integer[Any]]) -> Handle:
        """Take in frames of one shape, ``int[n, rows, columns, 1|3]``, values as stored, within 32 bits signed."""
        ...

    def detect(self, handle: Handle) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Return the text maps, ``uint8[n, 6, rows/2, columns/2]``, and those of the quarter scale.

        Planes: horizontal and vertical text, probability x 255; distances to the top, bottom, left and right
        edge of the line, coded as `model.cells` reads them.
        """
        ...

    def candidates(self, handle: Handle) -> tuple[Candidates, Candidates]:
        """Return the cells of both scales' maps that may belong to a line: a hundredth of what `detect` returns."""
        ...

    def transcribe(
        self, handle: Handle, plan: NDArray[np.float32], width: int
    ) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the best class and its probability per step, ``[k, width/2]``, for crops of `model.crops`."""
        ...

    def classify(self, pages: ClassifierInput) -> NDArray[np.float32]:
        """Return what each character is, probabilities ``[characters, categories]``; needs `spec.classifier`."""
        ...


def open_runner(
    model: Path | str | None = None,
    *,
    device: str = "auto",
    threads: int | None = None,
    providers: "Sequence[Provider] | None" = None,
    precision: Precision | None = None,
) -> Runner:
    """Return a runner for a model package.

    Parameters
    ----------
    model : path or str, optional
        A package's folder or the name of one that ships.
    device : str
        "cpu"; "cuda" or one GPU of several, such as "cuda:1", which needs torch; "auto" takes a GPU where torch is
        installed and sees one, else ONNX Runtime.
    threads : int, optional
        For the CPU; as many as there are cores by default.
    providers : sequence of str or (str, dict), optional
        Of ONNX Runtime, whatever the device is called: see docs/exporting.md.
    precision : {"fp32", "fp16", "int8"}, optional
        Of ONNX Runtime's graphs; by default int8 on a processor where the package has that, else the package's own.

    Raises
    ------
    ModelError
        The package is missing or damaged, or has no graphs in this precision.
    MissingExtraError
        "cuda" without torch, or without a GPU that torch can use; a provider that is not there.
    """
    spec = load_spec(model)
    if providers is not None:
        from .onnx_runner import OnnxRunner

        return OnnxRunner(spec, threads=threads, providers=providers, precision=precision)
    if device != "cpu" and importlib.util.find_spec("torch") is not None:
        import torch

        if torch.cuda.is_available():
            from .torch_runner import TorchRunner

            return TorchRunner(spec, device="cuda" if device == "auto" else device)
    if device.startswith("cuda"):
        raise MissingExtraError(
            "no GPU that torch can use; pip install 'deburn[gpu]' on a machine with one, or --device cpu"
        )
    from .onnx_runner import OnnxRunner

    return OnnxRunner(spec, threads=threads, precision=precision)
