"""What masked samples become: black as displayed, or white, or the surroundings (PS3.3 C.7.6.3.1, C.11)."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from ...model import Box
from .frames import PixelFormat, sample_values

Array = npt.NDArray[Any]
Fill = Literal["black", "white", "background"]
# Around a box, so many pixels on each side make its background.
_RING = 3


def fill_boxes(frame: Array, boxes: Sequence[Box], pixel_format: PixelFormat, fill: Fill) -> Array:
    """Overwrite boxes of one frame, in place; return what each was filled with.

    Parameters
    ----------
    frame : ndarray [rows, columns, samples]
        Stored values.
    boxes : sequence of Box
        Within the frame; not empty.
    pixel_format : PixelFormat
    fill : {"black", "white", "background"}

    Returns
    -------
    ndarray [len(boxes), samples]
        Stored words: whatever lay in their other bits, such as an embedded overlay, is off.
    """
    values = fill_values(frame, boxes, pixel_format, fill)
    for box, value in zip(boxes, values, strict=True):
        frame[box.y0 : box.y1, box.x0 : box.x1] = value
    return values


def fill_values(frame: Array, boxes: Sequence[Box], pixel_format: PixelFormat, fill: Fill) -> Array:
    """Return the stored words that boxes of an unmasked frame are to be filled with, [len(boxes), samples]."""
    if fill == "background":
        return np.stack([_background(frame, box, boxes, pixel_format) for box in boxes])
    constant = _constant(frame, pixel_format, dark=fill == "black")
    return np.repeat(constant[np.newaxis], len(boxes), axis=0)


def _constant(frame: Array, pixel_format: PixelFormat, *, dark: bool) -> Array:
    """Return black or white of a frame, [samples]."""
    if pixel_format.floating:
        return np.array([_float_extreme(frame, pixel_format, dark)], pixel_format.dtype)
    if pixel_format.samples == 3:
        return _word(np.array(_colour(pixel_format, dark)), pixel_format)
    if pixel_format.photometric == "PALETTE COLOR" and pixel_format.palette is not None:
        palette, ends = pixel_format.palette, (pixel_format.lowest, pixel_format.highest)
        return _word(np.array([palette.darkest(*ends) if dark else palette.brightest(*ends)]), pixel_format)
    return _word(np.array([_grey(frame, pixel_format, dark)]), pixel_format)


def _colour(pixel_format: PixelFormat, dark: bool) -> tuple[int, int, int]:
    middle = 1 << (pixel_format.bits_stored - 1)
    if pixel_format.photometric.startswith("YBR_PARTIAL"):
        # Y runs from 16 to 235 in eight bits (PS3.3 C.7.6.3.1.2).
        scale = 1 << (pixel_format.bits_stored - 8)
        return (16 * scale if dark else 235 * scale, middle, middle)
    if pixel_format.photometric.startswith("YBR_FULL"):
        return (0 if dark else pixel_format.highest, middle, middle)
    level = 0 if dark else pixel_format.highest
    return (level, level, level)


def _grey(frame: Array, pixel_format: PixelFormat, dark: bool) -> int:
    """Return black or white of a grey frame, as a sample.

    Of signed samples the type's minimum would be black too, but would ruin the window that viewers choose from
    the smallest and largest value; so the darkest that occurs is taken, or the padding if it is darker still.
    """
    smallest = dark != _inverted(pixel_format)
    if not smallest:
        return _largest(frame, pixel_format)
    if not pixel_format.signed:
        return 0
    lowest = int(sample_values(frame, pixel_format).min())
    padding = pixel_format.padding
    return int(padding) if padding is not None and dark and padding <= lowest else lowest


def _inverted(pixel_format: PixelFormat) -> bool:
    """Return whether larger values are shown darker."""
    return (pixel_format.photometric == "MONOCHROME1") != pixel_format.rescale_negative


def _largest(frame: Array, pixel_format: PixelFormat) -> int:
    palette = pixel_format.palette
    if palette is not None and pixel_format.lowest < palette.first <= pixel_format.highest:
        # Supplemental: from the first mapped value on there are colours (PS3.3 C.7.6.3.1.5).
        return palette.first - 1
    if pixel_format.bits_allocated <= 16:
        return pixel_format.highest
    # Few viewers show the whole range of 32 bits: the largest that occurs is as bright as it gets.
    return int(sample_values(frame, pixel_format).max())


def _float_extreme(frame: Array, pixel_format: PixelFormat, dark: bool) -> float:
    """Return the darkest or brightest finite value; the padding value where it is darker, 0 if nothing is finite."""
    finite = frame[np.isfinite(frame)]
    if finite.size == 0:
        return 0.0
    smallest = dark != _inverted(pixel_format)
    padding = pixel_format.padding
    if smallest:
        low = float(finite.min())
        return float(padding) if padding is not None and dark and padding <= low else low
    return float(finite.max())


def _word(samples: Array, pixel_format: PixelFormat) -> Array:
    """Return samples as stored words: moved up to the high bit, sign extended, the bits below zero."""
    return (samples.astype(np.int64) << pixel_format.shift).astype(pixel_format.dtype)


def _background(frame: Array, box: Box, boxes: Sequence[Box], pixel_format: PixelFormat) -> Array:
    """Return the commonest pixel (of palettes) or the median around a box; black where nothing is around it."""
    rows, columns, _ = frame.shape
    y0, y1 = max(box.y0 - _RING, 0), min(box.y1 + _RING, rows)
    x0, x1 = max(box.x0 - _RING, 0), min(box.x1 + _RING, columns)
    around = np.ones((y1 - y0, x1 - x0), bool)
    for other in boxes:
        around[max(other.y0 - y0, 0) : max(other.y1 - y0, 0), max(other.x0 - x0, 0) : max(other.x1 - x0, 0)] = False
    ring = frame[y0:y1, x0:x1][around]
    if pixel_format.floating:
        ring = ring[np.isfinite(ring).all(axis=-1)]
    if ring.size == 0:
        return _constant(frame, pixel_format, dark=True)
    if pixel_format.floating:
        return np.median(ring, axis=0).astype(frame.dtype)
    samples = sample_values(ring, pixel_format)
    if pixel_format.photometric == "PALETTE COLOR":
        values, counts = np.unique(samples[:, 0], return_counts=True)
        return _word(values[np.argmax(counts)][np.newaxis], pixel_format)
    return _word(np.sort(samples, axis=0)[len(samples) // 2], pixel_format)
