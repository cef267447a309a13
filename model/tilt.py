"""Lines that are slightly tilted: how much, from where their cells see the edges, and which of them are apart."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .cells import DISTANCE, FINE, Cells
from .components import Index
from .crops import untilted

# A line is tilted where it rises by this share of its height from one end to the other, and is so many heights long.
RISE, LONG = 0.5, 3.0
# Nor flatter or steeper than these, as rise for each pixel along the line.
FLAT, STEEP = np.tan(np.deg2rad(1.0)), np.tan(np.deg2rad(20.0))
# Its cells see its middle this near to where it should be, on average, in heights.
STRAIGHT = 0.15
# Two tilted lines are apart where their middles are, in heights of the lower one.
APART = 0.6

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A straight line through where the cells of each line of text see its middle; pixels of the scale.

    Attributes
    ----------
    slope : ndarray
        float64[m], by how much the middle falls for each pixel along the line.
    along, across : ndarray
        float64[m], a place on it.
    high : ndarray
        float64[m], the mean height that the cells see, across.
    stray : ndarray
        float64[m], the root of the cells' mean square distance from it.
    """

    slope: Floats
    along: Floats
    across: Floats
    high: Floats
    stray: Floats


def fit_lines(cells: Cells, owner: Index) -> Fit:
    """Return the fit of each line, `owner` being the line of each cell."""
    count = np.maximum(np.bincount(owner), 1)
    above, below = (DISTANCE[cells.edges[side]].astype(np.float64) for side in (0, 1))
    x, y = (cells.column + 0.5) * FINE, (cells.row + 0.5) * FINE + (below - above) / 2
    along, across = (np.bincount(owner, places) / count for places in (x, y))
    dx, dy = x - along[owner], y - across[owner]
    spread = np.bincount(owner, dx * dx)
    slope = np.bincount(owner, dx * dy) / np.maximum(spread, 1e-9)
    stray = np.sqrt(np.bincount(owner, (dy - slope[owner] * dx) ** 2) / count)
    return Fit(slope=slope, along=along, across=across, high=np.bincount(owner, above + below) / count, stray=stray)


def tilted(fit: Fit, begin: Floats, end: Floats) -> NDArray[np.bool_]:
    """Return which lines are tilted, from where they begin and end."""
    steep, long = np.abs(fit.slope), end - begin
    straight = fit.stray <= STRAIGHT * fit.high
    bounded = (steep >= FLAT) & (steep <= STEEP) & (long >= LONG * fit.high)
    return np.asarray(bounded & straight & (steep * long >= RISE * fit.high))


def edges_of(fit: Fit, begin: Floats, end: Floats) -> tuple[Floats, Floats]:
    """Return the upper and the lower edge of the boxes around tilted lines."""
    ends = [fit.across + fit.slope * (place - fit.along) for place in (begin, end)]
    return np.minimum(*ends) - fit.high / 2, np.maximum(*ends) + fit.high / 2


def apart(box: Floats, other: Floats, tilt: float, other_tilt: float, *, upright: bool) -> bool:
    """Tell whether two tilted lines of one direction stand beside each other, whatever their boxes share.

    Parameters
    ----------
    box, other : ndarray
        float64[4]: x0, y0, x1, y1.
    tilt, other_tilt : float
        In degrees.
    upright : bool
        The lines run up or down.
    """
    turn = np.deg2rad((tilt + other_tilt) / 2 + (90 if upright else 0))
    right, down = (other[:2] + other[2:] - box[:2] - box[2:]) / 2
    lower = min(_height(box, tilt, upright), _height(other, other_tilt, upright))
    return bool(abs(right * np.sin(turn) + down * np.cos(turn)) > APART * lower)


def _height(box: Floats, tilt: float, upright: bool) -> float:
    wide, high = box[2:] - box[:2]
    across, along = (wide, high) if upright else (high, wide)
    return float(untilted(across, along, abs(np.deg2rad(tilt)))[0])
