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
SAME_LINE = 0.6
# A cell belongs to the line that it sees only near that line's middle: this share of its height away, and a pixel.
# Cells between two lines see one from its edge; they would chain the lines together.
OFF_MIDDLE = 0.33
# A line of the quarter scale counts from this height on, in frame pixels: below, the native scale sees more.
COARSE_FROM = 22
# A line of the quarter scale is at most this share of the frame's shorter side high: above are organs, not letters.
COARSE_SHARE = 0.25
# Two boxes are the same line when this share of the smaller lies in the other.
SAME_BOX = 0.6
# A line of the quarter scale of which native ones fill this share is a stack of those.
FILLED = 0.35


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
        small, large = (
            [
                line
                for upright in (False, True)
                for line in _lines_of(maps[frame], upright, scale, frame, (rows, columns), thresholds)
            ]
            for maps, scale in ((fine, FINE), (coarse, COARSE))
        )
        found.extend(_merged_scales(_without_doubles(small), _without_doubles(large), thresholds))
    return found


def _merged_scales(small: list[FoundLine], large: list[FoundLine], thresholds: Thresholds) -> list[FoundLine]:
    """Return the lines of both scales without what one sees of the other's.

    The quarter scale takes a stack of console lines for one large line; the native scale takes the strokes of a
    large letter for little lines. Lines fill the stack, strokes do not fill the letter; and a little line that is
    sure stays in any case.
    """
    if not small or not large:
        return small + large
    boxes, others = _corners(small), _corners(large)
    common = _common(others[:, None], boxes[None])
    filled = common.sum(axis=1) >= FILLED * _area(others)
    inside = common >= SAME_BOX * _area(boxes)
    unsure = np.array([line.score < thresholds.sure for line in small])
    swallowed = inside[~filled].any(axis=0) & unsure
    return [line for line, gone in zip(small + large, [*swallowed, *filled], strict=True) if not gone]


def _lines_of(
    maps: NDArray[np.uint8], upright: bool, scale: int, frame: int, shape: tuple[int, int], thresholds: Thresholds
) -> list[FoundLine]:
    score = maps[1] if upright else maps[0]
    edges = maps[2:]
    if upright:  # turned so that the line always runs along the columns
        score, edges = score.T, edges.transpose(0, 2, 1)[[2, 3, 0, 1]]
    mask = (score >= round(thresholds.cell * 255)) & _near_middle(edges)
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


def _near_middle(edges: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which cells lie near the middle, across it, of the line whose edges they see."""
    above, below = _DISTANCE[edges[0]], _DISTANCE[edges[1]]
    near: NDArray[np.bool_] = np.abs(above - below) / 2 <= OFF_MIDDLE * (above + below) + 1.0
    return near


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
    # Of each column its best cell: real text is sure along its whole length, its band's edges never are.
    best = np.zeros(last - first + 1, np.uint8)
    np.maximum.at(best, x - first, values)
    return float(begin), float(end), float(upper), float(lower), float(best.mean() / 255)


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
    """Return the lines of one frame, each once: the surer of two that are nearly the same box."""
    if len(lines) < 2:
        return lines
    boxes = _corners(lines)
    area = _area(boxes)
    kept: list[int] = []
    for index in np.argsort([-line.score for line in lines], kind="stable"):
        common = _common(boxes[kept], boxes[index])
        if not (common > SAME_BOX * np.minimum(area[kept], area[index])).any():
            kept.append(int(index))
    return [lines[index] for index in sorted(kept)]


def _corners(lines: list[FoundLine]) -> NDArray[np.float64]:
    return np.array([(line.box.x0, line.box.y0, line.box.x1, line.box.y1) for line in lines], np.float64)


def _area(boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.prod(boxes[..., 2:] - boxes[..., :2], axis=-1))


def _common(boxes: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the area that boxes share, ``[..., 4], [..., 4] -> [...]``."""
    low = np.maximum(boxes[..., :2], others[..., :2])
    high = np.minimum(boxes[..., 2:], others[..., 2:])
    return np.asarray(np.prod((high - low).clip(0), axis=-1))
