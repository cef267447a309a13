"""How a frame looks on a screen: for people only, the networks and the writer never see an 8-bit rendering."""

from collections.abc import Sequence
from typing import Any

import imagecodecs
import numpy as np
import numpy.typing as npt

from ..model import Box
from .dicom import Frames, Source, read_frames, visible
from .dicom.frames import sample_values

Array = npt.NDArray[Any]
Window = tuple[float, float]

OUTLINE = (255, 140, 0)  # orange: seen on black, white and grey alike
# Share of the pixels that may be darker than black and brighter than white.
_DARKER, _BRIGHTER = 0.5, 99.7


def thumbnail(source: Source, boxes: Sequence[Box], *, size: int = 360) -> bytes:
    """Draw one frame of a redacted file small, its masks outlined, as a PNG.

    Parameters
    ----------
    source : Source
        The redacted file.
    boxes : sequence of Box
        What was masked; the frame in the middle of those that have a box is drawn.
    size : int
        Most pixels on a side.
    """
    index = boxes[len(boxes) // 2].frame
    frames = read_frames(source, index, index + 1)
    image = render(frames)
    picture, factor = shrink(image, size)
    outlined = [box for box in boxes if box.frame == index]
    return png(outline(picture, outlined, factor))


def render(frames: Frames, window: Window | None = None) -> Array:
    """Give the first frame as uint8[rows, columns, 3], in the window that `window_of` chooses unless one is given."""
    pixel_format = frames.pixel_format
    stored = frames.stored[:1]
    if pixel_format.photometric == "PALETTE COLOR" and pixel_format.palette is not None:
        palette = pixel_format.palette
        values = sample_values(stored, pixel_format)[0, ..., 0].astype(np.int64)
        index = np.clip(values - palette.first, 0, len(palette.entries) - 1)
        return _to_bytes(palette.entries[index], palette.bits)
    if pixel_format.photometric.startswith("YBR"):
        return _from_ybr(_to_bytes(stored[0], pixel_format.bits_stored))
    seen = visible(Frames(stored=stored, pixel_format=pixel_format))[0]
    if seen.shape[-1] == 3:
        return _to_bytes(seen, pixel_format.bits_stored)
    low, high = window or window_of(frames)
    grey = np.clip((seen.astype(np.float32) - low) * (255 / max(high - low, 1e-6)), 0, 255)
    dark = (pixel_format.photometric == "MONOCHROME1") != pixel_format.rescale_negative
    return np.repeat((255 - grey if dark else grey).round().astype(np.uint8), 3, axis=-1)


def window_of(frames: Frames) -> Window:
    """Choose the values shown black and white: the whole range at 8 bits, otherwise all but the extremes."""
    pixel_format = frames.pixel_format
    if pixel_format.bits_stored <= 8:
        return float(pixel_format.lowest), float(pixel_format.highest)
    seen = visible(Frames(stored=frames.stored[:1], pixel_format=pixel_format))[:, ::2, ::2]
    # Padding is no part of the image, and may lie far below it.
    image = seen[seen != pixel_format.padding] if pixel_format.padding is not None else seen
    low, high = np.percentile(image if image.size else seen, [_DARKER, _BRIGHTER])
    return float(low), float(high)


def shrink(image: Array, size: int) -> tuple[Array, int]:
    """Give the image with sides of at most `size`, each pixel the mean of a square, and the square's side."""
    factor = -(-max(image.shape[:2]) // size)
    if factor == 1:
        return image, 1
    rows, columns = (max(1, length // factor) for length in image.shape[:2])
    cut = image[: rows * factor, : columns * factor].astype(np.float32)
    squares = cut.reshape(rows, cut.shape[0] // rows, columns, cut.shape[1] // columns, 3)
    return squares.mean(axis=(1, 3)).round().astype(np.uint8), factor


def outline(image: Array, boxes: Sequence[Box], factor: int = 1, colour: tuple[int, int, int] = OUTLINE) -> Array:
    """Give a copy of uint8[rows, columns, 3] with a line around each box, whose coordinates are `factor` as large."""
    drawn = image.copy()
    rows, columns = image.shape[:2]
    for box in boxes:
        x0, y0 = min(box.x0 // factor, columns - 1), min(box.y0 // factor, rows - 1)
        x1, y1 = min(-(-box.x1 // factor), columns), min(-(-box.y1 // factor), rows)
        drawn[y0, x0:x1] = drawn[y1 - 1, x0:x1] = colour
        drawn[y0:y1, x0] = drawn[y0:y1, x1 - 1] = colour
    return drawn


def png(image: Array) -> bytes:
    """Encode uint8[rows, columns, 3]; grey ones as one channel."""
    grey = (image == image[..., :1]).all()
    return bytes(imagecodecs.png_encode(np.ascontiguousarray(image[..., 0] if grey else image)))


def _to_bytes(values: Array, bits: int) -> Array:
    shifted = values >> (bits - 8) if bits > 8 else values << (8 - bits)
    return np.asarray(shifted, dtype=np.uint8)


def _from_ybr(ybr: Array) -> Array:
    """Turn YBR_FULL into RGB (PS3.3 C.7.6.3.1.2, ITU-R BT.601)."""
    y, b, r = (ybr[..., channel].astype(np.float32) - (128 if channel else 0) for channel in range(3))
    rgb = np.stack((y + 1.402 * r, y - 0.344136 * b - 0.714136 * r, y + 1.772 * b), axis=-1)
    return np.asarray(np.clip(rgb, 0, 255).round(), dtype=np.uint8)
