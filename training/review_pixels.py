"""A frame as the browser gets it: native values, so that window and level are chosen where they are looked at."""

from dataclasses import dataclass, replace

import numpy as np

from ..redactor.dicom import Frames, Source, read_frames, visible
from ..redactor.render import render, window_of

# Values of grey frames are sent in 16 bits; deeper ones lose their lowest bits.
_BITS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Pixels:
    """One frame, ready to be sent.

    Attributes
    ----------
    values : bytes
        Grey: uint16 little endian [rows, columns]. Colour: uint8 [rows, columns, 3].
    samples : int
        1 or 3.
    low, high : float
        Stored values that are shown black and white to begin with.
    offset, step : int
        A grey value v stands for the stored value ``offset + step * v``.
    dark : bool
        Whether larger values are shown darker.
    frame, rows, columns : int
    """

    values: bytes
    samples: int
    low: float
    high: float
    offset: int = 0
    step: int = 1
    dark: bool = False
    frame: int = 0
    rows: int = 0
    columns: int = 0


def pixels_of(source: Source, frame: int) -> Pixels:
    """Give a frame at native depth; colour as it is displayed.

    Raises
    ------
    RefusedError
        The frame does not decode.
    """
    frames = read_frames(source, frame, frame + 1)
    pixel_format = frames.pixel_format
    colour = pixel_format.samples == 3 or pixel_format.photometric == "PALETTE COLOR"
    shown = _coloured(frames) if colour else _grey(frames)
    return replace(shown, frame=frame, rows=source.rows, columns=source.columns)


def _coloured(frames: Frames) -> Pixels:
    return Pixels(values=render(frames).tobytes(), samples=3, low=0, high=255)


def _grey(frames: Frames) -> Pixels:
    seen, pixel_format = visible(frames)[0, ..., 0], frames.pixel_format
    offset, highest = int(seen.min()), int(seen.max())
    shift = max(0, (highest - offset).bit_length() - _BITS)
    values = ((seen.astype(np.int64) - offset) >> shift).astype("<u2")
    low, high = window_of(frames)
    dark = (pixel_format.photometric == "MONOCHROME1") != pixel_format.rescale_negative
    return Pixels(values=values.tobytes(), samples=1, offset=offset, step=1 << shift, low=low, high=high, dark=dark)
