"""Burn text into stored values, and tell afterwards from the pixels whether it is still there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from .demo_font import draw, reach
from .demo_people import Words
from .dicom import Frames
from .render import window_of

Array = npt.NDArray[Any]

# Contrast, as a share of what it was, from which a stroke counts as still there.
_GONE = 0.2
# Share of the inked columns that must be erased for a text to be gone, of the ink that must be unchanged to be kept.
REMOVED, KEPT = 0.9, 0.95
_EDGE = 10  # pixels between text and the border


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Burned:
    """A text that was burned in.

    Attributes
    ----------
    text : str
    secret : bool
        Whether it identifies.
    x0, y0 : int
        Where its patch lies.
    ink : bool[rows, columns]
        Its strokes, within the patch.
    """

    text: str
    secret: bool
    x0: int
    y0: int
    ink: Array


def burn(frames: Frames, words: Sequence[Words], *, height: float, dark: bool = False) -> tuple[Frames, list[Burned]]:
    """Give the frames with text in their corners, in every frame, and what was burned where.

    Parameters
    ----------
    frames : Frames
    words : sequence of Words
    height : float
        Of a capital, in pixels.
    dark : bool
        Dark ink, for a bright page.
    """
    stored = frames.stored.copy()
    ink_value = _ink_value(frames, dark=dark)
    stacked: dict[str, int] = {}
    burned = []
    for line in words:
        ink = draw(line.text, height, weight=max(1.2, height / 9))
        x0, y0 = _place(line.corner, stacked, ink.shape, stored.shape[1:3], height)
        _blend(stored[:, y0 : y0 + ink.shape[0], x0 : x0 + ink.shape[1]], ink, ink_value, frames)
        burned.append(_remember(line, ink, x0, y0, height))
    return replace(frames, stored=stored), burned


def is_removed(burned: Burned, before: Array, after: Array) -> bool:
    """Say whether a text can no longer be read in one frame, [rows, columns, channels] as it is seen.

    Column by column of the text: what is left of the contrast between its strokes and what is around them.
    """
    old, new = (_patch(burned, image) for image in (before, after))
    gone, inked = 0, 0
    for column in np.flatnonzero(burned.ink.any(axis=0)):
        window = slice(max(column - 2, 0), column + 3)
        ink = burned.ink[:, window]
        contrast = [abs(image[:, window][ink].mean() - image[:, window][~ink].mean()) for image in (old, new)]
        inked += 1
        gone += contrast[1] <= _GONE * contrast[0]
    return gone >= REMOVED * inked


def is_kept(burned: Burned, before: Array, after: Array) -> bool:
    """Say whether the strokes of a text are unchanged in one frame."""
    old, new = (_patch(burned, image) for image in (before, after))
    return bool((old[burned.ink] == new[burned.ink]).mean() >= KEPT)


def _patch(burned: Burned, image: Array) -> Array:
    rows, columns = burned.ink.shape
    patch = image[burned.y0 : burned.y0 + rows, burned.x0 : burned.x0 + columns]
    return np.asarray(patch.max(axis=-1), dtype=np.float64)


def _remember(line: Words, ink: Array, x0: int, y0: int, height: float) -> Burned:
    if not line.secret:
        return Burned(text=line.text, secret=False, x0=x0, y0=y0, ink=ink > 0.5)
    start = line.text.index(line.secret)
    left, right = reach(line.text, start, start + len(line.secret), height)
    cut = ink[:, max(left, 0) : right] > 0.5
    return Burned(text=line.secret, secret=True, x0=x0 + max(left, 0), y0=y0, ink=cut)


def _place(
    corner: str, stacked: dict[str, int], size: tuple[int, ...], frame: tuple[int, ...], height: float
) -> tuple[int, int]:
    """Give x0, y0 of the next line in a corner."""
    step = round(1.75 * height) * stacked.get(corner, 0)
    stacked[corner] = stacked.get(corner, 0) + 1
    x0 = _EDGE if corner.endswith("w") else frame[1] - _EDGE - size[1]
    y0 = _EDGE + step if corner.startswith("n") else frame[0] - _EDGE - round(1.5 * height) - step
    assert 0 <= x0 <= frame[1] - size[1], "the text is wider than the frame"
    return x0, y0


def _ink_value(frames: Frames, *, dark: bool) -> Array:
    """Give the stored value of the ink, one number per sample."""
    pixel_format = frames.pixel_format
    if pixel_format.photometric == "PALETTE COLOR" and pixel_format.palette is not None:
        return np.array([pixel_format.palette.brightest(pixel_format.lowest, pixel_format.highest)])
    if pixel_format.samples == 3:
        value = (0.08 if dark else 0.92) * pixel_format.highest
        middle = (pixel_format.highest + 1) // 2
        return np.array([value, middle, middle] if pixel_format.photometric.startswith("YBR") else [value] * 3)
    low, high = window_of(frames)
    bright = low if pixel_format.photometric == "MONOCHROME1" else high
    return np.array([np.clip(bright, pixel_format.lowest, pixel_format.highest)])


def _blend(patch: Array, ink: Array, value: Array, frames: Frames) -> None:
    cover = ink[None, :, :, None]
    if frames.pixel_format.photometric == "PALETTE COLOR":
        cover = cover > 0.5  # indices do not mix
    mixed = patch * (1.0 - cover) + value * cover
    patch[...] = mixed.round().astype(patch.dtype)
