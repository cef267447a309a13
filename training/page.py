"""What a synthetic page is: a frame at native bit depth, and the truth of every line on it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .strings import Script


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLine:
    """One line of text on a page.

    Attributes
    ----------
    box : tuple of int
        (x0, y0, x1, y1), half-open, around the ink, cut at the frame's edge.
    angle : int
        0, 90 or 270 degrees counter-clockwise.
    script : Script
        What it says.
    centres : ndarray
        float32[characters], along the reading direction, as fractions of the line's length.
    findable, readable : bool
        Whether a detector, a reader can be asked for it; a line too faint, cut or tilted is neither right nor wrong.
    tilt : float
        Degrees by which the line is turned further, counter-clockwise, about the middle of its box.
    contrast : float
        By how much of the frame's range ink and ground differ where they differ least, as the line was drawn: in
        [0, 1], of its pieces that are as long as it is high.
    """

    box: tuple[int, int, int, int]
    angle: int
    script: Script
    centres: NDArray[np.float32]
    findable: bool
    readable: bool
    tilt: float = 0.0
    contrast: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A frame and its lines.

    Attributes
    ----------
    stored : ndarray
        int32[rows, columns, 1|3], native values of 8 to 16 bits, signed or not.
    lines : tuple of PageLine
        All text on it.
    """

    stored: NDArray[np.int32]
    lines: tuple[PageLine, ...]
