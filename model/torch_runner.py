"""The networks under torch: the GPU path, from the same weights."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load
from torch import nn
from torch.nn.utils import convert_conv2d_weight_memory_format
from torch.nn.utils.fusion import fuse_conv_bn_eval

from ..errors import ModelError
from .cells import Candidates, byte_of
from .classifier import Classifier, build_classifier
from .classifier_input import ClassifierInput
from .detector import Detector, blocks_of
from .reader import Reader
from .spec import ModelSpec, member

BATCH_PIXELS = 32_000_000
Precision = Literal["auto", "float32", "float16", "bfloat16"]


class TorchRunner:
    """A `Runner` on a torch device; frames stay there between detection and reading.

    Parameters
    ----------
    spec : ModelSpec
    device : str
        As torch names it.
    precision : {"auto", "float32", "float16", "bfloat16"}
        Of the convolutions; what comes before and behind them is always float32. "auto" is float16 on a GPU.
    compiled : bool
        Let torch compile the networks: a minute or more at the first batch, for fewer and larger kernels.
    """

    def __init__(
        self, spec: ModelSpec, *, device: str = "cuda", precision: Precision = "auto", compiled: bool = False
    ) -> None:
        self.spec = spec
        self.device = torch.device(device)
        self._on_gpu = self.device.type == "cuda"
        self.lines_at_once = 2048 if self._on_gpu else 48
        self._precision = _dtype(precision, self._on_gpu)
        weights = load(member(spec, "detector.safetensors"))
        detector, reader = Detector(blocks=blocks_of(weights)), Reader(spec.alphabet)
        fill(detector, weights, f"{spec.name}'s detector")
        fill(reader, load(member(spec, "reader.safetensors")), f"{spec.name}'s reader")
        self._detector, self._reader = (self._prepared(network, compiled) for network in (detector, reader))
        self._classifier = self._open_classifier(spec) if spec.classifier else None

    def _prepared(self, network: nn.Module, compiled: bool) -> nn.Module:
        fused = fuse(network.eval()).to(self.device)
        convert_conv2d_weight_memory_format(fused, torch.channels_last)
        # dynamic: one compilation serves every size; fullgraph: an operation that cannot be compiled is an error.
        return torch.compile(fused, dynamic=True, fullgraph=True) if compiled else fused  # type: ignore[return-value]

    def upload(self, stored: NDArray[np.integer[Any]] | torch.Tensor) -> torch.Tensor:
        """Take in frames of one shape, ``int[n, rows, columns, 1|3]``; they cross the bus in their own width.

        A tensor that is on the device already is not copied to the host and back, and nothing is waited for.
        """
        if isinstance(stored, torch.Tensor):
            return stored.to(self.device, non_blocking=True).to(torch.int32)
        if stored.dtype.newbyteorder("=").itemsize > 2 or stored.dtype.kind not in "iu":
            stored = stored.astype(np.int32)
        native = torch.from_numpy(np.ascontiguousarray(stored, stored.dtype.newbyteorder("=")))
        if self._on_gpu:
            # torch keeps the pinned copy until the transfer is through; this thread goes on meanwhile.
            native = native.pin_memory()
        return native.to(self.device, non_blocking=self._on_gpu).to(torch.int32)

    @torch.inference_mode()
    def detect(self, handle: torch.Tensor) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Return the text maps of both scales."""
        fine, coarse = (maps.cpu().numpy() for maps in self._maps(handle))
        return fine, coarse

    @torch.inference_mode()
    def candidates(self, handle: torch.Tensor) -> tuple[Candidates, Candidates]:
        """Return the cells of both scales' maps that may belong to a line; the others do not leave the device."""
        least = byte_of(self.spec.thresholds.cell)
        fine, coarse = (_candidates(maps, least) for maps in self._maps(handle))
        return fine, coarse

    @torch.inference_mode()
    def transcribe(
        self, handle: torch.Tensor, plan: NDArray[np.float32], width: int
    ) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the best class and its probability per step."""
        columns = torch.arange(width, dtype=torch.float32, device=self.device)
        with self._mixed():
            classes, scores = self._reader(handle, torch.from_numpy(plan).to(self.device), columns)
        return classes.cpu().numpy(), scores.cpu().numpy()

    @torch.inference_mode()
    def classify(self, pages: ClassifierInput) -> NDArray[np.float32]:
        """Return what each character is."""
        assert self._classifier is not None, "the package has no classifier"
        arrays = (torch.from_numpy(array).to(self.device) for array in pages.arrays().values())
        probabilities: NDArray[np.float32] = self._classifier(*arrays).cpu().numpy()
        return probabilities

    def _open_classifier(self, spec: ModelSpec) -> Classifier:
        assert spec.classifier is not None
        classifier = build_classifier(spec.classifier)
        fill(classifier, load(member(spec, "classifier.safetensors")), f"{spec.name}'s classifier")
        return classifier.eval().to(self.device)

    def _maps(self, handle: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        count = max(1, BATCH_PIXELS // (handle.shape[1] * handle.shape[2]))
        with self._mixed():
            parts = [self._detector(batch) for batch in handle.split(count)]
        fine, coarse = (torch.cat(maps) if len(maps) > 1 else maps[0] for maps in zip(*parts, strict=True))
        return fine, coarse

    def _mixed(self) -> AbstractContextManager[object]:
        if self._precision == torch.float32:
            return nullcontext()
        return torch.autocast(self.device.type, self._precision)


def fill(network: nn.Module, weights: Mapping[str, torch.Tensor], whose: str) -> None:
    """Load weights into a network.

    Raises
    ------
    ModelError
        They are of a network with other layers, such as that of another version of deburn.
    """
    try:
        network.load_state_dict(weights)
    except RuntimeError:
        raise ModelError(
            f"{whose} has other layers than this version of deburn builds; use the version that it was trained with, "
            "or its ONNX graphs, or train it anew"
        ) from None


def _dtype(precision: Precision, on_gpu: bool) -> torch.dtype:
    if precision == "auto":
        # Ten bits of mantissa against bfloat16's seven; nothing here comes near float16's range.
        return torch.float16 if on_gpu else torch.float32
    dtype: torch.dtype = getattr(torch, precision)
    return dtype


def fuse(network: nn.Module) -> nn.Module:
    """Return the network with each normalisation folded into the convolution before it: half the memory traffic."""
    for module in network.modules():
        if not isinstance(module, nn.Sequential):
            continue
        for index in range(len(module) - 1):
            first, second = module[index], module[index + 1]
            if isinstance(first, nn.Conv2d) and isinstance(second, nn.BatchNorm2d):
                module[index], module[index + 1] = fuse_conv_bn_eval(first, second), nn.Identity()
    return network


def _candidates(maps: torch.Tensor, least: int) -> Candidates:
    """Return what `cells.candidates` does, picked out on the device: a hundredth crosses the bus."""
    frames, planes, rows, columns = maps.shape
    plane = rows * columns
    place = torch.nonzero((maps[:, :2] >= least).flatten())[:, 0]
    picture = torch.div(place, plane, rounding_mode="floor")
    first = torch.div(picture, 2, rounding_mode="floor") * (planes * plane) + place - picture * plane
    flat = maps.flatten()
    score = flat[first + picture % 2 * plane]
    values = torch.stack([score, *(flat[first + index * plane] for index in range(2, planes))])
    return Candidates(shape=(frames, rows, columns), place=place.cpu().numpy(), values=values.cpu().numpy())
