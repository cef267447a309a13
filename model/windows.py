"""Native integers to what the detector sees, inside the graph, so that it is written once and exported with it."""

import torch
from torch import Tensor, nn
from torch.nn import functional

CHANNELS = 4
# Sorting 4096 samples finds the percentiles of a 20-megapixel frame to a fraction of a per cent.
SAMPLES = 4096
TAILS = (0.01, 0.99)
# The neighbourhood of the local window, in pixels: about two lines of console text.
NEIGHBOURHOOD = 16
# Added to variances: below it they are what rounding leaves of even ground, and every runtime rounds differently.
EVEN = 1e-5


class Windows(nn.Module):
    """Several windows of the native values, as image channels.

    The channels are the brightest sample over the full range of the frame; the mean of the samples between the
    1st and 99th percentile of the pixels that are not at an extreme (text at full scale over dim anatomy stays
    visible in the first, anatomy and dim text in the second); the same relative to its neighbourhood (text of low
    contrast); and the spread of the samples (text that differs from its ground in colour alone).
    """

    def forward(self, stored: Tensor) -> Tensor:
        """Return ``int[n, h, w, 1|3] -> float32[n, 4, H, W]``, H and W the next multiples of 8, edges repeated."""
        stored = _pad_to_multiple(stored, 8)
        samples = stored.to(torch.float32)
        brightest, darkest = samples.amax(dim=3), samples.amin(dim=3)
        mean = samples.mean(dim=3)
        low, high = brightest.amin(dim=(1, 2)), brightest.amax(dim=(1, 2))
        full = _stretch(brightest, low, high)
        lowest, middle, highest = _percentiles(mean)
        window = _stretch(mean, lowest, highest).clamp(-0.25, 1.25)
        ground = _stretch(middle[:, None, None], lowest, highest).clamp(-0.25, 1.25)
        colour = (brightest - darkest) * _scale(low, high)
        channels = torch.stack((full, window, _relative(window - ground), colour.clamp(0.0, 1.0)), dim=1)
        return channels


def _pad_to_multiple(stored: Tensor, multiple: int) -> Tensor:
    for axis in (1, 2):
        size = stored.shape[axis]
        # Only what is missing is gathered: a gather of all samples takes a thirtieth of the detector's time.
        missing = torch.arange((size + multiple - 1) // multiple * multiple - size, device=stored.device)
        stored = torch.cat((stored, stored.index_select(axis, missing.clamp(max=0) + (size - 1))), dim=axis)
    return stored


def _stretch(plane: Tensor, low: Tensor, high: Tensor) -> Tensor:
    return (plane - low[:, None, None]) * _scale(low, high)


def _scale(low: Tensor, high: Tensor) -> Tensor:
    return (1.0 / (high - low).clamp(min=1.0))[:, None, None]


def _percentiles(plane: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return low percentile, median and high percentile, from evenly spread samples.

    Low and high are of the pixels that are not at an extreme, the median is of all.
    """
    flat = plane.flatten(1)
    # Spread over the frame; the float64 keeps indices of large frames exact.
    spread = torch.arange(SAMPLES, device=plane.device, dtype=torch.float64) / (SAMPLES - 1)
    sample = flat.index_select(1, (spread * (flat.shape[1] - 1)).to(torch.int64))
    ordered = torch.sort(sample, dim=1).values
    below = (ordered <= ordered[:, :1]).sum(dim=1)
    above = (ordered >= ordered[:, -1:]).sum(dim=1)
    inner = (SAMPLES - below - above).clamp(min=0)
    found = []
    for tail in TAILS:
        rank = (below + (inner * tail).to(torch.int64)).clamp(0, SAMPLES - 1)
        found.append(ordered.gather(1, rank[:, None])[:, 0])
    # A frame of two values (a mask, a test pattern) has no inner pixels; its extremes are the window then.
    flatness = inner < SAMPLES // 50
    low = torch.where(flatness, ordered[:, 0], found[0])
    high = torch.where(flatness, ordered[:, -1], found[1])
    return low, ordered[:, SAMPLES // 2], high


def _relative(plane: Tensor) -> Tensor:
    """Return the plane relative to mean and spread of its neighbourhood, about -1 to 1.

    What most of the plane is should be near 0: squares of large values lose the digits in which even ground differs.
    """
    mean, square = _around(plane), _around(plane * plane)
    spread = ((square - mean * mean).clamp(min=0.0) + EVEN).sqrt() - EVEN**0.5
    # Enlarging is linear: what is added and multiplied before it costs a 64th.
    return ((plane - _enlarged(mean)) / _enlarged(3.0 * spread + 0.04)).clamp(-1.0, 1.0)


def _around(plane: Tensor) -> Tensor:
    """Return the mean over the neighbourhood, ``float32[n, h, w] -> float32[n, 1, h/8, w/8]``."""
    size = NEIGHBOURHOOD // 2
    coarse = functional.avg_pool2d(plane[:, None], size, size)
    return functional.avg_pool2d(coarse, 5, 1, 2, count_include_pad=False)


def _enlarged(coarse: Tensor) -> Tensor:
    """Return the plane at eight times its size, ``float32[n, 1, h/8, w/8] -> float32[n, h, w]``."""
    return functional.interpolate(coarse, scale_factor=float(NEIGHBOURHOOD // 2), mode="bilinear").squeeze(1)
