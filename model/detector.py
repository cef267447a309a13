"""The text detector: dense maps of where lines of text run and how far their edges are."""

import re
from collections.abc import Mapping
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional

from .cells import REACH
from .windows import CHANNELS, Windows

# The maps, in order. Distances are in pixels of the scale; along the line they saturate at `ALONG`.
MAPS = ("horizontal", "vertical", "top", "bottom", "left", "right")
COARSE = 4
# Residual blocks at strides 4, 8, 16 and 32: deep strides cost little and see the words around a stroke.
BLOCKS = (1, 2, 2, 2)
# In the names of weights: a stage and what stands in it, from 1 on blocks, before them the convolution that halves.
_IN_STAGE = re.compile(r"maps\.stages\.(\d+)\.(\d+)\.")


def _conv(inputs: int, outputs: int, *, stride: int = 1, size: int = 3) -> nn.Sequential:
    convolution = nn.Conv2d(inputs, outputs, size, stride, (size - 1) // 2, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


class _Residual(nn.Module):
    def __init__(self, width: int, *, identity: bool) -> None:
        super().__init__()
        self.first = _conv(width, width)
        normalisation = nn.BatchNorm2d(width)
        if identity:
            nn.init.zeros_(normalisation.weight)
        self.second = nn.Sequential(nn.Conv2d(width, width, 3, 1, 1, bias=False), normalisation)

    def forward(self, x: Tensor) -> Tensor:
        """Return ``float32[n, c, h, w] -> float32[n, c, h, w]``."""
        return functional.relu(x + self.second(self.first(x)), inplace=True)


class TextMaps(nn.Module):
    """A feature pyramid of plain convolutions with one head at stride 2.

    Parameters
    ----------
    widths : tuple of int
        Channels at strides 2, 4, 8, 16 and 32.
    pyramid : int
        Channels of the pyramid's levels.
    blocks : tuple of int
        Residual blocks at strides 4, 8, 16 and 32. All but the first of a stride begin as identities, so that a
        network may take over the weights of one with fewer.
    """

    def __init__(self, widths: tuple[int, ...], pyramid: int, blocks: tuple[int, ...]) -> None:
        super().__init__()
        self.stem = _conv(CHANNELS, widths[0], stride=2, size=6)
        self.stages = nn.ModuleList(
            nn.Sequential(_conv(a, b, stride=2), *(_Residual(b, identity=index > 0) for index in range(count)))
            for (a, b), count in zip(pairwise(widths), blocks, strict=True)
        )
        self.laterals = nn.ModuleList(nn.Conv2d(width, pyramid, 1) for width in widths[1:])
        self.smooth = nn.ModuleList(_conv(pyramid, pyramid) for _ in widths[1:])
        self.lift = nn.Sequential(nn.Conv2d(pyramid, 64, 1), nn.PixelShuffle(2))
        self.skip = nn.Conv2d(widths[0], 16, 1)
        self.head = nn.Sequential(_conv(16, 16), nn.Conv2d(16, len(MAPS), 1))

    def forward(self, channels: Tensor) -> Tensor:
        """Return ``float32[n, 4, h, w] -> float32[n, 6, h/2, w/2]``: two logits, four log distances."""
        fine = self.stem(channels)
        levels, x = [], fine
        for stage in self.stages:
            x = stage(x)
            levels.append(x)
        merged = self.smooth[-1](self.laterals[-1](levels[-1]))
        for index in range(len(levels) - 2, -1, -1):
            level = self.laterals[index](levels[index])
            merged = self.smooth[index](level + _double(merged, level))
        lifted = functional.relu(_crop(self.lift(merged), fine) + self.skip(fine))
        maps: Tensor = self.head(lifted)
        return maps


def _double(x: Tensor, like: Tensor) -> Tensor:
    """Return `x` at twice its size, cropped to `like`: strides of two round odd sizes up."""
    return _crop(functional.interpolate(x, scale_factor=2.0, mode="nearest"), like)


def _crop(x: Tensor, like: Tensor) -> Tensor:
    return x[:, :, : like.shape[2], : like.shape[3]]


class Detector(nn.Module):
    """Windows and text maps at the native scale and at a quarter of it, in one graph.

    The native scale sees text of 5 to about 50 pixels, the quarter scale lead markers of 20 to 200.
    """

    def __init__(
        self,
        widths: tuple[int, ...] = (16, 32, 64, 96, 128),
        pyramid: int = 40,
        blocks: tuple[int, ...] = BLOCKS,
    ) -> None:
        super().__init__()
        self.windows = Windows()
        self.maps = TextMaps(widths, pyramid, blocks)

    def forward(self, stored: Tensor) -> tuple[Tensor, Tensor]:
        """Return ``int[n, h, w, 1|3] -> uint8[n, 6, H/2, W/2], uint8[n, 6, H/8, W/8]``, scaled as bytes."""
        channels = self.windows(stored)
        coarse = _quarter(channels)
        return as_bytes(self.maps(channels)), as_bytes(self.maps(coarse))


def blocks_of(weights: Mapping[str, Tensor]) -> tuple[int, ...]:
    """Return the residual blocks at strides 4, 8, 16 and 32 of the detector that weights are of, if they are of one."""
    places = {match.groups() for name in weights if (match := _IN_STAGE.match(name))}
    stages = [int(stage) for stage, _ in places]
    counts = tuple(stages.count(stage) - 1 for stage in sorted(set(stages)))
    return counts if len(counts) == len(BLOCKS) else BLOCKS


def deepened(weights: Mapping[str, Tensor], detector: nn.Module) -> dict[str, Tensor]:
    """Return a detector's weights with those of `detector` for the blocks that it lacks, which begin as identities."""
    own = detector.state_dict()
    added = {name: own[name] for name in own if (place := _IN_STAGE.match(name)) and int(place[2]) > 1}
    return {**added, **weights}


def _quarter(channels: Tensor) -> Tensor:
    """Return the image at a quarter of its size, area-averaged, its sides even as the stem wants."""
    return functional.avg_pool2d(channels, COARSE)


def as_bytes(maps: Tensor) -> Tensor:
    """Return ``float32[n, 6, h, w] -> uint8[n, 6, h, w]``: probabilities and log distances, each up to 255."""
    scores = torch.sigmoid(maps[:, :2]) * 255.0
    distances = maps[:, 2:] * (255.0 / torch.log1p(torch.tensor(REACH)).item())
    return torch.cat((scores, distances), dim=1).round().clamp(0.0, 255.0).to(torch.uint8)
