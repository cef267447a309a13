"""From text maps to boxes of lines, in numpy, once for every runner."""

from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from .boxes import Box
from .components import find_runs, label, touching_pairs
from .spec import Thresholds

# Pixels of the frame per cell of the two maps.
FINE, COARSE = 2, 8
# What the byte codes: distance d in pixels of the scale, as 255 x log(1 + d) / log(1 + REACH).
REACH = 128.0
_DISTANCE = np.expm1(np.arange(256) / 255.0 * np.log1p(REACH)).astype(np.float32)
# Two runs are of one line when the spans that their cells predict across it agree by this much.
SAME_LINE = 0.45
# A line of the quarter scale counts from this height on, in frame pixels: below, the native scale sees more.
COARSE_FROM = 22
# A line of the quarter scale is at most this share of the frame's shorter side high: above are organs, not letters.
COARSE_SHARE = 0.25
# Two boxes are the same line when this share of the smaller lies in the other.
SAME_BOX = 0.6
# Heights from which the quarter scale's box of the same line is the better one.
COARSE_BETTER = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLine:
    """A line as the detector found it, before it is read.

    Attributes
    ----------
    box : Box
        Around the ink.
    upright : bool
        Whether it runs up or down instead of left to right.
    score : float
        Probability, in [0, 1].
    """

    box: Box
    upright: bool
    score: float


def find_lines(
    fine: NDArray[np.uint8], coarse: NDArray[np.uint8], rows: int, columns: int, thresholds: Thresholds
) -> list[FoundLine]:
    """Return the lines of a batch of frames, frame by frame.

    Parameters
    ----------
    fine, coarse : ndarray
        uint8[n, 6, h, w] of `Runner.detect`, one cell to 2 and to 8 pixels.
    rows, columns : int
        Of the frames; the maps may reach a little further.
    """
    found: list[FoundLine] = []
    for frame in range(len(fine)):
        lines = [
            line
            for maps, scale in ((fine[frame], FINE), (coarse[frame], COARSE))
            for upright in (False, True)
            for line in _lines_of(maps, upright, scale, frame, (rows, columns), thresholds)
        ]
        found.extend(_without_doubles(lines))
    return found


def _lines_of(
    maps: NDArray[np.uint8], upright: bool, scale: int, frame: int, shape: tuple[int, int], thresholds: Thresholds
) -> list[FoundLine]:
    score = maps[1] if upright else maps[0]
    edges = maps[2:]
    if upright:  # turned so that the line always runs along the columns
        score, edges = score.T, edges.transpose(0, 2, 1)[[2, 3, 0, 1]]
    mask = score >= round(thresholds.cell * 255)
    if not mask.any():
        return []
    rows, starts, stops = find_runs(mask)
    low, high = _spans(rows, starts, stops, edges)
    one, other = touching_pairs(rows, starts, stops)
    common = np.minimum(high[one], high[other]) - np.maximum(low[one], low[other])
    union = np.maximum(high[one], high[other]) - np.minimum(low[one], low[other])
    agree = common > SAME_LINE * union
    groups = label(rows.size, one[agree], other[agree])
    lines: list[FoundLine] = []
    for members in np.split(np.argsort(groups, kind="stable"), np.flatnonzero(np.diff(np.sort(groups))) + 1):
        line = _line_of(rows[members], starts[members], stops[members], score, edges, scale)
        if line is not None and line[4] >= thresholds.line:
            found = _as_found(line, upright, scale, frame, shape)
            lines += [found] if found else []
    return lines


def _spans(
    rows: NDArray[np.intp], starts: NDArray[np.intp], stops: NDArray[np.intp], edges: NDArray[np.uint8]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return where each run's cells see the line's upper and lower edge, in cells of 2 pixels."""
    cells = np.concatenate([np.arange(a, b) for a, b in zip(starts, stops, strict=True)])
    owner = np.repeat(np.arange(rows.size), stops - starts)
    count = (stops - starts).astype(np.float32)
    centre = (rows + 0.5) * FINE
    above = np.bincount(owner, _DISTANCE[edges[0, rows[owner], cells]], rows.size) / count
    below = np.bincount(owner, _DISTANCE[edges[1, rows[owner], cells]], rows.size) / count
    return (centre - above).astype(np.float32), (centre + below).astype(np.float32)


def _line_of(
    rows: NDArray[np.intp],
    starts: NDArray[np.intp],
    stops: NDArray[np.intp],
    score: NDArray[np.uint8],
    edges: NDArray[np.uint8],
    scale: int,
) -> tuple[float, float, float, float, float] | None:
    """Return begin, end, upper and lower edge of one group of runs, in pixels of the scale, and its score."""
    y = np.repeat(rows, stops - starts)
    x = np.concatenate([np.arange(a, b) for a, b in zip(starts, stops, strict=True)])
    if x.size < 2:
        return None
    values = score[y, x]
    centre_y, centre_x = (y + 0.5) * FINE, (x + 0.5) * FINE
    top, bottom = centre_y - _DISTANCE[edges[0, y, x]], centre_y + _DISTANCE[edges[1, y, x]]
    # Tilted lines need the outermost cells' edges; the few worst of a level one are left out.
    upper, lower = np.percentile(top, 15), np.percentile(bottom, 85)
    first, last = x.min(), x.max()
    near_first, near_last = x <= first + 2, x >= last - 2
    begin = np.median(centre_x[near_first] - _DISTANCE[edges[2, y, x]][near_first])
    end = np.median(centre_x[near_last] + _DISTANCE[edges[3, y, x]][near_last])
    begin, end = min(begin, first * FINE + 1.0), max(end, last * FINE + 1.0)
    return float(begin), float(end), float(upper), float(lower), float(np.percentile(values, 75) / 255)


def _as_found(
    line: tuple[float, float, float, float, float], upright: bool, scale: int, frame: int, shape: tuple[int, int]
) -> FoundLine | None:
    factor = scale / FINE
    begin, end, upper, lower, score = (*(value * factor for value in line[:4]), line[4])
    rows, columns = shape
    if scale == COARSE and not COARSE_FROM <= lower - upper <= COARSE_SHARE * min(shape):
        return None
    x0, y0, x1, y1 = (upper, begin, lower, end) if upright else (begin, upper, end, lower)
    left, top = max(0, floor(x0 + 0.25)), max(0, floor(y0 + 0.25))
    right, bottom = min(columns, ceil(x1 - 0.25)), min(rows, ceil(y1 - 0.25))
    if right - left < 2 or bottom - top < 2:
        return None
    return FoundLine(box=Box(frame=frame, x0=left, y0=top, x1=right, y1=bottom), upright=upright, score=score)


def _without_doubles(lines: list[FoundLine]) -> list[FoundLine]:
    """Return the lines of one frame, each once: the better box of those that two maps found."""
    if len(lines) < 2:
        return lines
    boxes = np.array([(line.box.x0, line.box.y0, line.box.x1, line.box.y1) for line in lines], np.float64)
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    # Larger first: a large letter's strokes are found as little lines within it.
    order = np.argsort([-line.score - 0.5 * (_across(line) >= COARSE_BETTER) for line in lines], kind="stable")
    kept: list[int] = []
    for index in order:
        if kept:
            other = boxes[kept]
            wide = np.minimum(other[:, 2], boxes[index, 2]) - np.maximum(other[:, 0], boxes[index, 0])
            high = np.minimum(other[:, 3], boxes[index, 3]) - np.maximum(other[:, 1], boxes[index, 1])
            common = wide.clip(0) * high.clip(0)
            if (common > SAME_BOX * np.minimum(area[kept], area[index])).any():
                continue
        kept.append(int(index))
    return [lines[index] for index in sorted(kept)]


def _across(line: FoundLine) -> int:
    box = line.box
    return box.x1 - box.x0 if line.upright else box.y1 - box.y0
