"""Stored values of frames, what they mean, and what of them is visible."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .palette import Palette

Array = npt.NDArray[Any]
COLOUR = frozenset({"RGB", "YBR_FULL", "YBR_FULL_422", "YBR_PARTIAL_422", "YBR_PARTIAL_420", "YBR_ICT", "YBR_RCT"})
# As displayed, visible() shows floats with so many steps between the smallest and the largest of a frame.
_FLOAT_STEPS = 65535


@dataclass(frozen=True, slots=True, kw_only=True)
class PixelFormat:
    """How stored values are to be understood (PS3.3 C.7.6.3.1).

    Attributes
    ----------
    photometric : str
        Photometric Interpretation of the samples as decoded, for instance "MONOCHROME1".
    bits_stored : int
    bits_allocated : int
        Left out: the smallest of 1, 8, 16, 32, 64 that holds `bits_stored`.
    high_bit : int
        Left out: `bits_stored` - 1. The bits above and below the sample may hold embedded overlays.
    signed : bool
    samples : int
        Left out: 3 for colour, otherwise 1.
    planar : int
        0 by pixel, 1 by plane, as it lies in an uncompressed file; decoded samples are always by pixel.
    palette : Palette or None
        Of PALETTE COLOR, and supplemental ones of MONOCHROME2.
    padding : int, float or None
        Pixel Padding Value, as a number in the range of the samples.
    rescale_negative : bool
        Whether the larger of two values is shown darker than MONOCHROME1 or 2 alone would have it.
    floating : bool
        Whether the samples are floats of `bits_allocated` bits.
    """

    photometric: str
    bits_stored: int
    bits_allocated: int = 0
    high_bit: int = -1
    signed: bool = False
    samples: int = 0
    planar: int = 0
    palette: Palette | None = None
    padding: int | float | None = None
    rescale_negative: bool = False
    floating: bool = False

    def __post_init__(self) -> None:
        if self.bits_allocated == 0:
            fitting = next(bits for bits in (1, 8, 16, 32, 64) if bits >= self.bits_stored)
            object.__setattr__(self, "bits_allocated", fitting)
        if self.high_bit < 0:
            object.__setattr__(self, "high_bit", self.bits_stored - 1)
        if self.samples == 0:
            object.__setattr__(self, "samples", 3 if self.photometric in COLOUR else 1)

    @property
    def dtype(self) -> np.dtype[Any]:
        """Of one stored sample, in the byte order of this machine; single bits are stored as bytes."""
        kind = "f" if self.floating else "i" if self.signed else "u"
        return np.dtype(f"{kind}{max(self.bits_allocated, 8) // 8}")

    @property
    def lowest(self) -> int:
        """Smallest value that a sample can take."""
        return -(1 << self.bits_stored - 1) if self.signed else 0

    @property
    def highest(self) -> int:
        """Largest value that a sample can take."""
        return (1 << self.bits_stored - self.signed) - 1

    @property
    def shift(self) -> int:
        """Bits below the sample in its word."""
        return self.high_bit + 1 - self.bits_stored


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frames:
    """Stored values of consecutive frames.

    Attributes
    ----------
    stored : ndarray [n, rows, columns, samples]
        In their own type: whole words as they lie in the file, bits outside of the sample included.
    pixel_format : PixelFormat
    first : int
        Index, in the file, of the first of them.
    """

    stored: Array
    pixel_format: PixelFormat
    first: int = 0


def visible(frames: Frames) -> Array:
    """Return what can be seen, at native depth: what the networks are shown.

    Returns
    -------
    ndarray of integers [n, rows, columns, 1 or 3]
        Grey as stored, without the bits that do not belong to it; the luminance of palette colours, as deep as
        their palette; the Y of YBR; RGB as it is. Floats are spread over 16 bits, frame by frame.
    """
    pixel_format = frames.pixel_format
    if pixel_format.floating:
        return _spread(frames.stored)
    samples = sample_values(frames.stored, pixel_format)
    if pixel_format.photometric == "PALETTE COLOR" and pixel_format.palette is not None:
        return pixel_format.palette.luminance_of(samples)
    if pixel_format.photometric.startswith("YBR"):
        return samples[..., :1]
    return samples


def sample_values(stored: Array, pixel_format: PixelFormat) -> Array:
    """Return the samples alone: shifted to their lowest bit, other bits off, sign extended (PS3.5 8.1.1)."""
    if pixel_format.floating or pixel_format.bits_stored == max(pixel_format.bits_allocated, 8):
        return stored
    if pixel_format.bits_allocated == 1:
        return stored
    stored = stored.astype(stored.dtype.newbyteorder("="), copy=False)
    # Left against the word's top, then back: the right shift of a signed word extends its sign.
    width = stored.dtype.itemsize * 8
    up, down = width - 1 - pixel_format.high_bit, width - pixel_format.bits_stored
    lifted: Array = np.left_shift(stored.view(f"u{stored.dtype.itemsize}"), up)
    lifted = lifted.view(f"{'i' if pixel_format.signed else 'u'}{stored.dtype.itemsize}")
    np.right_shift(lifted, down, out=lifted)
    return lifted.view(stored.dtype)


def _spread(stored: Array) -> Array:
    """Return floats as uint16, each frame's finite range spread over all of it; NaN is shown darkest."""
    shown = np.zeros(stored.shape, np.uint16)
    for frame, target in zip(stored, shown, strict=True):
        finite = np.isfinite(frame)
        if not finite.any():
            continue
        low, high = float(frame[finite].min()), float(frame[finite].max())
        if high > low:
            share = (np.clip(np.where(finite, frame, low), low, high).astype(np.float64) - low) / (high - low)
            target[...] = np.round(share * _FLOAT_STEPS).astype(np.uint16)
    return shown
