"""From cells to measured lines: a whole batch at once, since a call of numpy costs more than a line of text."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .cells import DISTANCE, FINE, Cells
from .components import Index, find_runs, label, touching_pairs
from .tilt import edges_of, fit_lines, tilted

# Two runs are of one line when the spans that their cells predict across it agree by this much.
SAME_LINE = 0.6
# The few outermost edges that a line's cells see are left out, but no more than a slight tilt can bear.
UPPER, LOWER = 0.15, 0.85
# Columns at either end of a line whose cells say where it ends.
END_CELLS = 2
# A decoded distance as whole cells and the rest in pixels, with the rank of that rest among all: an edge, as a cell
# sees it, is then one small integer, exactly, and sorting integers is what numpy does fastest.
_WHOLE = (DISTANCE // FINE).astype(np.intp)
_REST = DISTANCE.astype(np.float64) - FINE * _WHOLE
_RANKED = np.sort(_REST)
_RANK = np.argsort(np.argsort(_REST, kind="stable"), kind="stable")
_RANKS, _FURTHEST, _BITS = 256, 256, 26
_BEHIND = (_WHOLE + _FURTHEST) * _RANKS + _RANK
_BEFORE = (_FURTHEST - _WHOLE) * _RANKS + _RANKS - 1 - _RANK

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Lines of one direction of a batch, in reading order of their first cell; pixels of the scale.

    Attributes
    ----------
    frame : ndarray
        int[m].
    begin, end, upper, lower : ndarray
        float64[m], along the line and across it.
    slope : ndarray
        float64[m], by how much a tilted line falls for each pixel along it; 0 for level ones.
    score : ndarray
        float64[m], in [0, 1].
    """

    frame: Index
    begin: Floats
    end: Floats
    upper: Floats
    lower: Floats
    slope: Floats
    score: Floats


def measure(cells: Cells) -> Measured:
    """Return the lines that cells form: touching runs that agree where the line's edges are."""
    rows, starts, stops, frames = _runs(cells)
    group = _grouped(cells, rows, starts, stops, frames)
    first, last = _extremes(group, starts, stops)
    owner = np.repeat(group, stops - starts)
    top, bottom, left, right = cells.edges
    near_first = np.flatnonzero(cells.column <= first[owner] + END_CELLS)
    near_last = np.flatnonzero(cells.column >= last[owner] - END_CELLS)
    begin, end = (
        _medians(_sorted_edges(owner[near_first], cells.column[near_first], left[near_first], before=True)),
        _medians(_sorted_edges(owner[near_last], cells.column[near_last], right[near_last], before=False)),
    )
    begin, end = np.minimum(begin, first * FINE + 1.0), np.maximum(end, last * FINE + 1.0)
    upper = _quantiles(_sorted_edges(owner, cells.row, top, before=True), UPPER)
    lower = _quantiles(_sorted_edges(owner, cells.row, bottom, before=False), LOWER)
    fit = fit_lines(cells, owner)
    leans = tilted(fit, begin, end)
    highest, lowest = edges_of(fit, begin, end)
    frame = np.zeros(first.size, np.intp)
    frame[group] = frames
    found = Measured(
        frame=frame,
        begin=begin,
        end=end,
        upper=np.where(leans, highest, upper),
        lower=np.where(leans, lowest, lower),
        slope=np.where(leans, fit.slope, 0.0),
        score=_scores(owner, cells, first, last),
    )
    return chosen(found, np.flatnonzero(np.bincount(owner) >= 2))


def chosen(lines: Measured, which: Index) -> Measured:
    """Return some of the lines."""
    return Measured(**{name: getattr(lines, name)[which] for name in Measured.__slots__})


def _runs(cells: Cells) -> tuple[Index, Index, Index, Index]:
    """Return row, begin, end and frame of each run."""
    # An empty row between frames keeps their runs from touching.
    height = int(cells.row.max(initial=0)) + 2
    tall, starts, stops = find_runs(cells.frame * height + cells.row, cells.column)
    return tall % height, starts, stops, tall // height


def _grouped(cells: Cells, rows: Index, starts: Index, stops: Index, frames: Index) -> Index:
    """Return the number of the line that each run belongs to, numbered by the lines' first runs."""
    owner = np.repeat(np.arange(rows.size), stops - starts)
    count = (stops - starts).astype(np.float32)
    centre = (rows + 0.5) * FINE
    above = np.bincount(owner, DISTANCE[cells.edges[0]], rows.size) / count
    below = np.bincount(owner, DISTANCE[cells.edges[1]], rows.size) / count
    low, high = (centre - above).astype(np.float32), (centre + below).astype(np.float32)
    one, other = touching_pairs(frames * (int(rows.max(initial=0)) + 2) + rows, starts, stops)
    common = np.minimum(high[one], high[other]) - np.maximum(low[one], low[other])
    union = np.maximum(high[one], high[other]) - np.minimum(low[one], low[other])
    agree = common > SAME_LINE * union
    return label(rows.size, one[agree], other[agree])


def _extremes(group: Index, starts: Index, stops: Index) -> tuple[Index, Index]:
    """Return the first and the last column of each line."""
    count = int(group.max(initial=-1)) + 1
    first = np.full(count, np.iinfo(np.intp).max)
    last = np.zeros(count, np.intp)
    np.minimum.at(first, group, starts)
    np.maximum.at(last, group, stops - 1)
    return first, last


def _scores(owner: Index, cells: Cells, first: Index, last: Index) -> Floats:
    """Return the mean over a line's columns of their best cell.

    Real text is sure along its whole length, its band's edges never are.
    """
    width = last - first + 1
    offset = np.cumsum(width) - width
    best = np.zeros(int(width.sum()), np.uint8)
    np.maximum.at(best, (offset - first)[owner] + cells.column, cells.score)
    total = np.add.reduceat(best, offset, dtype=np.float64) if best.size else np.zeros(0)
    return np.asarray(total / width / 255)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sorted:
    """Where the cells of each line see one of its edges, in ascending order.

    Attributes
    ----------
    keys : ndarray
        int64[k], line after line, each edge as an integer.
    start, count : ndarray
        int[m], of each line in `keys`.
    before : bool
        Whether the edge lies before the cells.
    """

    keys: Index
    start: Index
    count: Index
    before: bool

    def at(self, place: Index) -> Floats:
        """Return some of the edges, in pixels of the scale."""
        keys = self.keys[place] & (1 << _BITS) - 1
        rest = -_RANKED[::-1] if self.before else _RANKED
        return np.asarray((keys // _RANKS - _FURTHEST + 0.5) * FINE + rest[keys % _RANKS])


def _sorted_edges(owner: Index, cell: Index, coded: NDArray[np.uint8], *, before: bool) -> _Sorted:
    """Return the edges that cells see before or behind themselves, sorted line by line."""
    keys = (_BEFORE if before else _BEHIND).take(coded)
    keys += cell * _RANKS
    keys += owner << _BITS
    keys.sort()
    count = np.bincount(owner)
    return _Sorted(keys=keys, start=np.cumsum(count) - count, count=count, before=before)


def _quantiles(edges: _Sorted, share: float) -> Floats:
    """Return a quantile of each line's edges, by linear interpolation as `numpy.percentile` does it."""
    place = (edges.count - 1) * share
    below = np.floor(place).astype(np.intp)
    low, high = edges.at(edges.start + below), edges.at(edges.start + np.minimum(below + 1, edges.count - 1))
    part, step = place - below, high - low
    # The same line as seen from either end; which one is used decides the last digit.
    return np.asarray(np.where(part >= 0.5, high - step * (1 - part), low + step * part))


def _medians(edges: _Sorted) -> Floats:
    middle = (edges.count - 1) // 2
    return np.asarray((edges.at(edges.start + middle) + edges.at(edges.start + edges.count // 2)) / 2)
