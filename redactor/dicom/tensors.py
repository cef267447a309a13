"""What is visible of stored values that are a tensor: as `frames.visible`, on the device where they are."""

from typing import Any, TypeAlias

import numpy as np

from ...errors import UsageError
from .frames import PixelFormat

# A torch.Tensor: torch is an extra, which only `model` knows.
Tensor: TypeAlias = Any

# Deeper samples do not fit the signed 32 bits in which the networks take them.
MOST_BITS = 31


def visible_tensor(stored: Tensor, pixel_format: PixelFormat) -> Tensor:
    """Return what can be seen, at native depth, ``int32[n, rows, columns, 1 or 3]``; nothing is waited for.

    Parameters
    ----------
    stored : Tensor
        Integers, [n, rows, columns, samples]: whole words as they lie in the file, of any type that holds them;
        unsigned words of 16 bits may come as int16, which has the same bits.
    pixel_format : PixelFormat
        Of integers of 31 bits at most.

    Raises
    ------
    UsageError
        The values are floats or deeper; `find` takes those as numpy arrays.
    """
    if stored.is_floating_point() or pixel_format.floating or pixel_format.bits_stored > MOST_BITS:
        raise UsageError(
            f"tensor of {stored.dtype}, {pixel_format.bits_stored} bits stored; expected integers of {MOST_BITS} bits "
            "or fewer; pass others as a numpy array"
        )
    samples = _samples(stored.int(), pixel_format)
    palette = pixel_format.palette
    if pixel_format.photometric == "PALETTE COLOR" and palette is not None:
        luminance = samples.new_tensor(palette.luminance.astype(np.int32).tolist())
        return luminance[(samples - palette.first).clamp(0, len(palette.entries) - 1).long()]
    return samples[..., :1] if pixel_format.photometric.startswith("YBR") else samples


def _samples(words: Tensor, pixel_format: PixelFormat) -> Tensor:
    """Return the samples alone, sign extended (PS3.5 8.1.1)."""
    if pixel_format.bits_allocated == 1:
        return words
    if pixel_format.signed:
        return (words << (31 - pixel_format.high_bit)) >> (32 - pixel_format.bits_stored)
    return (words >> pixel_format.shift) & ((1 << pixel_format.bits_stored) - 1)
