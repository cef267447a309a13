"""Connected runs of a map: the part of grouping that is not about text."""

import numpy as np
from numpy.typing import NDArray


def find_runs(mask: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Return the row, first column and end column (half-open) of every horizontal run, in reading order.

    Parameters
    ----------
    mask : ndarray
        bool[rows, columns].
    """
    padded = np.zeros((mask.shape[0], mask.shape[1] + 2), np.int8)
    padded[:, 1:-1] = mask
    edges = np.diff(padded, axis=1)
    rows, starts = np.nonzero(edges == 1)
    return rows, starts, np.nonzero(edges == -1)[1]


def touching_pairs(
    rows: NDArray[np.intp], starts: NDArray[np.intp], stops: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the pairs of runs, by index, that touch in neighbouring rows, corners included."""
    if not rows.size:
        return rows, rows
    stride = int(stops.max()) + 4
    # In reading order both keys ascend, so that the runs below each run are a slice.
    first = np.searchsorted(rows * stride + stops, (rows + 1) * stride + starts, side="left")
    last = np.searchsorted(rows * stride + starts, (rows + 1) * stride + stops, side="right")
    counts = np.maximum(last - first, 0)
    upper = np.repeat(np.arange(rows.size), counts)
    offset = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return upper, np.repeat(first, counts) + offset


def label(count: int, one: NDArray[np.intp], other: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return a component number for each of `count` nodes joined by pairs (one, other), numbered from 0."""
    names = np.arange(count)
    while True:
        lowest = np.minimum(names[one], names[other])
        updated = names.copy()
        np.minimum.at(updated, one, lowest)
        np.minimum.at(updated, other, lowest)
        updated = updated[updated]
        if np.array_equal(updated, names):
            return np.unique(names, return_inverse=True)[1]
        names = updated
