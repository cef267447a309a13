"""The cells of the text maps that may belong to a line: what the maps say, without the nothing around it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Pixels of the frame per cell of the two maps.
FINE, COARSE = 2, 8
# What the byte codes: distance d in pixels of the scale, as 255 x log(1 + d) / log(1 + REACH).
REACH = 128.0
DISTANCE = np.expm1(np.arange(256) / 255.0 * np.log1p(REACH)).astype(np.float32)
# A cell belongs to the line that it sees only near that line's middle: this share of its height away, and a pixel.
# Cells between two lines see one from its edge; they would chain the lines together.
OFF_MIDDLE = 0.33
_NEAR_MIDDLE = np.abs(DISTANCE[:, None] - DISTANCE) / 2 <= OFF_MIDDLE * (DISTANCE[:, None] + DISTANCE) + 1.0

Index = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Cells of one direction of writing, in reading order: frame by frame, row by row.

    Upright text is turned, so that a line always runs along the columns.

    Attributes
    ----------
    frame, row, column : ndarray
        int[k].
    score : ndarray
        uint8[k], probability x 255.
    edges : ndarray
        uint8[4, k], coded distances to the line's upper and lower edge, its begin and its end.
    """

    frame: Index
    row: Index
    column: Index
    score: NDArray[np.uint8]
    edges: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """The cells of a batch's maps whose score, in either direction, reaches the threshold.

    Attributes
    ----------
    shape : tuple of int
        Of the maps: frames, rows, columns.
    place : ndarray
        int64[k], ascending: index into the flattened ``[n, 2, h, w]`` scores, the directions level and upright.
    values : ndarray
        uint8[5, k]: score, then the distances to the top, bottom, left and right edge.
    """

    shape: tuple[int, int, int]
    place: Index
    values: NDArray[np.uint8]


def candidates(maps: NDArray[np.uint8], cell: float) -> Candidates:
    """Return the cells of ``uint8[n, 6, h, w]`` maps whose score is at least `cell`, in [0, 1]."""
    frames, planes, rows, columns = maps.shape
    plane = rows * columns
    place = np.flatnonzero(maps[:, :2] >= byte_of(cell))
    picture = place // plane  # twice the frame, and 1 for upright
    inner = place - picture * plane
    flat, first = maps.reshape(-1), (picture >> 1) * (planes * plane) + inner
    values = np.empty((5, place.size), np.uint8)
    flat.take(first + (picture & 1) * plane, out=values[0])
    for index in range(1, 5):
        flat.take(first + (index + 1) * plane, out=values[index])
    return Candidates(shape=(frames, rows, columns), place=place, values=values)


def byte_of(cell: float) -> int:
    """Return a threshold in [0, 1] as the maps' bytes have it."""
    return round(cell * 255)


def cells_of(found: Candidates, *, upright: bool) -> Cells:
    """Return the candidates of one direction that lie near the middle, across it, of the line they see."""
    _, rows, columns = found.shape
    plane = rows * columns
    above, below = (3, 4) if upright else (1, 2)
    seen = found.values[above].astype(np.uint16) << 8 | found.values[below]
    picture = found.place // plane
    chosen = np.flatnonzero(_NEAR_MIDDLE.reshape(-1).take(seen) & ((picture & 1) == upright))
    picture = picture[chosen]
    inner, values = found.place[chosen] - picture * plane, found.values.take(chosen, axis=1)
    row = inner // columns
    frame, column = picture >> 1, inner - row * columns
    if not upright:
        return Cells(frame=frame, row=row, column=column, score=values[0], edges=values[1:])
    order = np.argsort((frame * columns + column) * rows + row)
    turned = values[:, order]
    return Cells(frame=frame[order], row=column[order], column=row[order], score=turned[0], edges=turned[[3, 4, 1, 2]])
