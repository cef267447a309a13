"""What the detector is asked for: maps of a page's lines."""

import numpy as np
from numpy.typing import NDArray

from ..model.cells import FINE as STRIDE
from ..model.crops import untilted
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
    upright, across, along = _sides(line)
    planes = target.swapaxes(1, 2) if upright else target
    top, bottom, left, right = (4, 5, 2, 3) if upright else (2, 3, 4, 5)
    rows = _cells(*across, 0.0 if line.tilt else BAND, planes.shape[1])
    columns = _cells(*along, 0.0, planes.shape[2])
    y, x = (rows + 0.5)[:, None] * STRIDE, (columns + 0.5)[None, :] * STRIDE
    upper, lower = _strip(across, along, line, x)
    inset = (lower - upper) * BAND
    inside = (y > upper + inset) & (y < lower - inset) if line.tilt else np.ones((rows.size, columns.size), bool)
    band = np.ix_(np.arange(PLANES), rows, columns)
    part = planes[band]
    part[:2, inside] = [[0.0], [1.0]] if upright else [[1.0], [0.0]]
    distances = {
        top: y - upper,
        bottom: lower - y,
        left: (x - along[0]).clip(max=ALONG),
        right: (along[1] - x).clip(max=ALONG),
    }
    for plane, distance in distances.items():
        part[plane, inside] = np.log1p(np.broadcast_to(distance, inside.shape)[inside].clip(min=0.0))
    weight = np.sqrt(TYPICAL_CELLS / max(1, inside.sum())).clip(0.4, 3.0)
    part[6:, inside] = weight
    planes[band] = part


def strip_of(line: PageLine) -> NDArray[np.bool_]:
    """Return which pixels of a line's box its ink may take, ``bool[rows, columns]``: all, unless it is tilted."""
    upright, across, along = _sides(line)
    x, y = np.arange(*along)[None, :] + 0.5, np.arange(*across)[:, None] + 0.5
    upper, lower = _strip(across, along, line, x)
    inside = (y > upper) & (y < lower)
    return inside.T if upright else inside


def _sides(line: PageLine) -> tuple[bool, tuple[int, int], tuple[int, int]]:
    """Return whether a line runs up or down, and where its box begins and ends across it and along it."""
    x0, y0, x1, y1 = line.box
    if line.angle in (90, 270):
        return True, (x0, x1), (y0, y1)
    return False, (y0, y1), (x0, x1)


def _strip(
    across: tuple[int, int], along: tuple[int, int], line: PageLine, x: NDArray[np.floating]
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Return between which edges a line's ink lies at places along it: those of its box, unless it is tilted."""
    if not line.tilt:
        return np.full_like(x, across[0]), np.full_like(x, across[1])
    turn = np.deg2rad(line.tilt)
    high, _ = untilted(across[1] - across[0], along[1] - along[0], abs(turn))
    half = max(high, 3.0) / np.cos(turn) / 2
    # Upright lines bend the other way: what is up in them is left on the page.
    slope = np.tan(turn) * (1 if line.angle in (90, 270) else -1)
    middle = (across[0] + across[1]) / 2 + slope * (x - (along[0] + along[1]) / 2)
    return middle - half, middle + half


def _cells(start: int, stop: int, share: float, count: int) -> NDArray[np.int64]:
    """Return the cells whose centres lie in the middle of [start, stop), at least one."""
    inset = (stop - start) * share
    cells = np.arange(count)
    centres = (cells + 0.5) * STRIDE
    inside = cells[(centres > start + inset) & (centres < stop - inset)]
    if inside.size:
        return inside
    return np.array([min(count - 1, int((start + stop) / 2 / STRIDE))])
