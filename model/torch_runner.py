"""The networks under torch: the GPU path, from the same weights."""

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load
from torch.nn.utils import convert_conv2d_weight_memory_format

from .detector import Detector
from .reader import Reader
from .spec import ModelSpec, member

BATCH_PIXELS = 32_000_000


class TorchRunner:
    """A `Runner` on a torch device; frames stay there between detection and reading."""

    def __init__(self, spec: ModelSpec, *, device: str = "cuda") -> None:
        self.spec = spec
        self._device = torch.device(device)
        self._detector = Detector()
        self._detector.load_state_dict(load(member(spec, "detector.safetensors")))
        self._reader = Reader(len(spec.alphabet) + 1)
        self._reader.load_state_dict(load(member(spec, "reader.safetensors")))
        for network in (self._detector, self._reader):
            convert_conv2d_weight_memory_format(network.eval().to(self._device), torch.channels_last)

    def upload(self, stored: NDArray[np.integer[Any]]) -> torch.Tensor:
        """Take in frames of one shape, ``int[n, rows, columns, 1|3]``; they cross the bus in their own width."""
        if stored.dtype.newbyteorder("=").itemsize > 2 or stored.dtype.kind not in "iu":
            stored = stored.astype(np.int32)
        native = np.ascontiguousarray(stored, stored.dtype.newbyteorder("="))
        return torch.from_numpy(native).to(self._device).to(torch.int32)

    @torch.inference_mode()
    def detect(self, handle: torch.Tensor) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Return the text maps of both scales."""
        count = max(1, BATCH_PIXELS // (handle.shape[1] * handle.shape[2]))
        parts = [self._detector(batch) for batch in handle.split(count)]
        fine, coarse = (torch.cat(maps).cpu().numpy() for maps in zip(*parts, strict=True))
        return fine, coarse

    @torch.inference_mode()
    def transcribe(
        self, handle: torch.Tensor, plan: NDArray[np.float32], width: int
    ) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the best class and its probability per step."""
        columns = torch.arange(width, dtype=torch.float32, device=self._device)
        classes, scores = self._reader(handle, torch.from_numpy(plan).to(self._device), columns)
        return classes.cpu().numpy(), scores.cpu().numpy()
