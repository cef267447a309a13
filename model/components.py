"""Connected runs of cells: the part of grouping that is not about text."""

import numpy as np
from numpy.typing import NDArray

Index = NDArray[np.intp]


def find_runs(rows: Index, columns: Index) -> tuple[Index, Index, Index]:
    """Return the row, first column and end column (half-open) of every horizontal run of cells, in reading order.

    Parameters
    ----------
    rows, columns : ndarray
        int[k], of the cells, in reading order.
    """
    if not rows.size:
        return rows, rows, rows
    begins = np.empty(rows.size, bool)
    begins[0] = True
    np.not_equal(np.diff(columns), 1, out=begins[1:])
    begins[1:] |= np.diff(rows) != 0
    first = np.flatnonzero(begins)
    last = np.append(first[1:], rows.size) - 1
    return rows[first], columns[first], columns[last] + 1


def touching_pairs(rows: Index, starts: Index, stops: Index) -> tuple[Index, Index]:
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


def label(count: int, one: Index, other: Index) -> Index:
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
