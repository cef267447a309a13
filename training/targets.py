"""What the detector is asked for: maps of a page's lines."""

import numpy as np
from numpy.typing import NDArray

from ..model.cells import FINE as STRIDE
from .page import Page, PageLine

# Channels of the target: two scores, four log distances, weights of the scores and of the distances.
PLANES = 8
# The middle half of a line, across it, is text; the rest of its box is neither text nor ground.
BAND = 0.25
# How far along a line a cell is asked for its end, in pixels.
ALONG = 24.0
# A line of 60 cells counts once; shorter ones count more, so that a lone digit is not drowned.
TYPICAL_CELLS = 60.0


def detector_target(page: Page) -> NDArray[np.float32]:
    """Return the target, ``float32[8, rows/2, columns/2]``: h, v, top, bottom, left, right, score and edge weight."""
    rows, columns = (side // STRIDE for side in page.stored.shape[:2])
    target = np.zeros((PLANES, rows, columns), np.float32)
    target[6] = 1.0
    for line in page.lines:
        x0, y0, x1, y1 = line.box
        target[6, y0 // 2 : (y1 + 1) // 2, x0 // 2 : (x1 + 1) // 2] = 0.0
    for line in page.lines:
        if line.findable:
            _add_line(target, line)
    return target


def _add_line(target: NDArray[np.float32], line: PageLine) -> None:
    x0, y0, x1, y1 = line.box
    upright = line.angle in (90, 270)
    rows = _cells(y0, y1, 0.0 if upright else BAND, target.shape[1])
    columns = _cells(x0, x1, BAND if upright else 0.0, target.shape[2])
    band = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    target[0][band], target[1][band] = (0.0, 1.0) if upright else (1.0, 0.0)
    y, x = (rows + 0.5)[:, None] * STRIDE, (columns + 0.5)[None, :] * STRIDE
    limit = (np.inf, ALONG) if not upright else (ALONG, np.inf)
    distances = (y - y0, y1 - y, x - x0, x1 - x)
    for plane, distance, reach in zip(target[2:6], distances, (limit[0], limit[0], limit[1], limit[1]), strict=True):
        plane[band] = np.log1p(distance.clip(0.0, reach))
    weight = np.sqrt(TYPICAL_CELLS / (rows.size * columns.size)).clip(0.4, 3.0)
    target[6][band] = weight
    target[7][band] = weight


def _cells(start: int, stop: int, share: float, count: int) -> NDArray[np.int64]:
    """Return the cells whose centres lie in the middle of [start, stop), at least one."""
    inset = (stop - start) * share
    cells = np.arange(count)
    centres = (cells + 0.5) * STRIDE
    inside = cells[(centres > start + inset) & (centres < stop - inset)]
    if inside.size:
        return inside
    return np.array([min(count - 1, int((start + stop) / 2 / STRIDE))])
