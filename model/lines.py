"""From text maps to boxes of lines, in numpy, once for every runner."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .boxes import Box
from .cells import COARSE, FINE, Candidates, candidates, cells_of
from .grouping import Measured, measure
from .spec import Thresholds
from .tilt import apart

# A line of the quarter scale counts from this height on, in frame pixels: below, the native scale sees more.
COARSE_FROM = 22
# A line of the quarter scale is at most this share of the frame's shorter side high: above are organs, not letters.
COARSE_SHARE = 0.25
# Two boxes may be the same line when this share of the smaller lies in the other; of a line of which surer ones have
# this share nothing is left.
SAME_BOX = 0.6
# A line of the quarter scale of which native ones fill this share is a stack of those.
FILLED = 0.35
# So it is where native ones that are sure, and no strokes of it, take this share of its length.
COVERED, STROKE = 0.5, 0.25
# A native line this likely is sure: it stays inside of a large one.
STAYS = 0.9
# Letters have room beside their ink: so much of its height a line reaches beyond its first and last letter's.
ROOM = 0.15
# Two lines in a row share this much of the height of the higher one, and so much of a height of their length, where
# one of them reaches into the other's ink.
IN_ROW, SHARED = 0.6, 0.5
# What is cut off must lie within the rows of the line it is left to, but for what masks have as their margin.
WITHIN = 0.8
# Boxes that are compared with all others at a time: noise can look like thousands of lines.
BLOCK = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLine:
    """A line as the detector found it, before it is read.

    Attributes
    ----------
    box : Box
        Around the ink, and the room that letters have beside it.
    upright : bool
        Whether it runs up or down instead of left to right.
    score : float
        Probability, in [0, 1].
    tilt : float
        Degrees by which it is turned further, counter-clockwise, about the middle of the box.
    within : tuple of FoundLine
        Smaller lines within a large one: its strokes if it is a line, lines of their own if it is none.
    """

    box: Box
    upright: bool
    score: float
    tilt: float = 0.0
    within: tuple["FoundLine", ...] = ()


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
    return lines_of(candidates(fine, thresholds.cell), candidates(coarse, thresholds.cell), rows, columns, thresholds)


def lines_of(fine: Candidates, coarse: Candidates, rows: int, columns: int, thresholds: Thresholds) -> list[FoundLine]:
    """Return the lines of a batch of frames, frame by frame, from the cells that may belong to any."""
    frames = fine.shape[0]
    scales = ((fine, FINE), (coarse, COARSE))
    small, large = (_by_frame(_at_scale(cells, scale, (rows, columns), thresholds), frames) for cells, scale in scales)
    found: list[FoundLine] = []
    for frame, (near, far) in enumerate(zip(small, large, strict=True)):
        lines, within = _merged_scales(_without_doubles(near), _without_doubles(far))
        found += _with_what_is_within(_each_ink_once(lines), within, frame)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lines:
    """Lines as arrays.

    Attributes
    ----------
    frame : ndarray
        int[m].
    corners : ndarray
        float64[m, 4]: x0, y0, x1, y1, whole numbers, half-open, in frame pixels.
    upright : ndarray
        bool[m].
    score : ndarray
        float64[m].
    tilt : ndarray
        float64[m], degrees.
    """

    frame: NDArray[np.intp]
    corners: NDArray[np.float64]
    upright: NDArray[np.bool_]
    score: NDArray[np.float64]
    tilt: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.frame)

    def chosen(self, which: NDArray[Any] | slice) -> "_Lines":
        """Return some of the lines, by index, truth or range."""
        return _Lines(
            frame=self.frame[which],
            corners=self.corners[which],
            upright=self.upright[which],
            score=self.score[which],
            tilt=self.tilt[which],
        )

    def as_lines(self, frame: int) -> list[FoundLine]:
        """Return the same as objects."""
        rows = zip(
            self.corners.astype(int).tolist(),
            self.upright.tolist(),
            self.score.tolist(),
            self.tilt.tolist(),
            strict=True,
        )
        return [
            FoundLine(box=Box(frame=frame, x0=x0, y0=y0, x1=x1, y1=y1), upright=upright, score=score, tilt=tilt)
            for (x0, y0, x1, y1), upright, score, tilt in rows
        ]


def _joined(one: _Lines, other: _Lines) -> _Lines:
    return _Lines(
        frame=np.concatenate((one.frame, other.frame)),
        corners=np.concatenate((one.corners, other.corners)),
        upright=np.concatenate((one.upright, other.upright)),
        score=np.concatenate((one.score, other.score)),
        tilt=np.concatenate((one.tilt, other.tilt)),
    )


def _by_frame(lines: _Lines, frames: int) -> list[_Lines]:
    """Return the lines of each frame; those of one direction in their order, level ones first."""
    ordered = lines.chosen(np.argsort(lines.frame, kind="stable"))
    ends = np.searchsorted(ordered.frame, np.arange(frames + 1)).tolist()
    return [ordered.chosen(slice(start, stop)) for start, stop in pairwise(ends)]


def _at_scale(cells: Candidates, scale: int, shape: tuple[int, int], thresholds: Thresholds) -> _Lines:
    """Return the lines of one scale that are likely enough and of a size that it may see."""
    level, upright = (
        _placed(measure(cells_of(cells, upright=turned)), turned, scale, shape, thresholds) for turned in (False, True)
    )
    return _joined(level, upright)


def _placed(lines: Measured, upright: bool, scale: int, shape: tuple[int, int], thresholds: Thresholds) -> _Lines:
    factor = scale / FINE
    x0, y0, x1, y1 = (side * factor for side in (lines.begin, lines.upper, lines.end, lines.lower))
    room = ROOM * (y1 - y0 - np.abs(lines.slope) * (x1 - x0)).clip(0)
    x0, x1 = x0 - room, x1 + room
    kept = lines.score >= thresholds.line
    if scale == COARSE:
        kept &= (y1 - y0 >= COARSE_FROM) & (y1 - y0 <= COARSE_SHARE * min(shape))
    if upright:
        x0, y0, x1, y1 = y0, x0, y1, x1
    low = np.floor(np.stack((x0, y0), axis=1) + 0.25).clip(min=0)
    high = np.minimum(np.ceil(np.stack((x1, y1), axis=1) - 0.25), (shape[1], shape[0]))
    kept &= (high - low >= 2).all(axis=1)
    return _Lines(
        frame=lines.frame[kept],
        corners=np.concatenate((low, high), axis=1)[kept],
        upright=np.full(int(kept.sum()), upright),
        score=lines.score[kept],
        # Counter-clockwise is upwards, where rows fall; in upright lines, to the left.
        tilt=np.rad2deg(np.arctan(lines.slope[kept])) * (1 if upright else -1),
    )


def _without_doubles(lines: _Lines) -> _Lines:
    """Return the lines of one frame, each once: a line gives way where surer ones take most of its box.

    A long line stays, though a short one within it is surer: it holds what that one does not.
    """
    doubles = _doubles(lines)
    if not doubles:
        return lines
    area = _area(lines.corners).tolist()
    kept: set[int] = set()
    for index in np.argsort(-lines.score, kind="stable").tolist():
        taken = sum(common for other, common in doubles.get(index, ()) if other in kept)
        if taken <= SAME_BOX * area[index]:
            kept.add(index)
    return lines.chosen(np.array(sorted(kept)))


def _doubles(lines: _Lines) -> dict[int, list[tuple[int, float]]]:
    """Return the lines of whose boxes others have most, or the other way, with those others and the area in common."""
    boxes, area = lines.corners, _area(lines.corners)
    doubles: dict[int, list[tuple[int, float]]] = {}
    for start in range(0, len(boxes), BLOCK):
        block = slice(start, start + BLOCK)
        common = _common(boxes[block, None], boxes)
        same = common > SAME_BOX * np.minimum(area[block, None], area)
        same[np.arange(len(same)), np.arange(start, start + len(same))] = False
        for one, other in np.argwhere(same).tolist():
            if not _apart(lines, start + one, other):
                doubles.setdefault(start + one, []).append((other, float(common[one, other])))
    return doubles


def _each_ink_once(lines: _Lines) -> _Lines:
    """Return the lines of one frame, of two level ones in a row that reach into each other the less sure one cut.

    What they share is read once, as the surer one's, which must be as high: what stands out of it would be in no line.
    """
    corners = lines.corners.copy()
    level = ~lines.upright & (lines.tilt == 0)
    high = _extent(corners, 1)
    for start in range(0, len(corners), BLOCK):
        block = slice(start, start + BLOCK)
        along, across = _sides(lines.corners[block, None], lines.corners)
        shared = (across >= IN_ROW * np.maximum(high[block, None], high)) & (along > SHARED * high[block, None])
        shared &= across >= WITHIN * high[block, None]
        shared &= level[block, None] & level & (lines.score[block, None] < lines.score)
        for less, surer in np.argwhere(shared).tolist():
            x0, _, x1, _ = lines.corners[surer].tolist()
            one = start + less
            if lines.corners[one, 0] < x0 and lines.corners[one, 2] < x1:
                corners[one, 2] = min(corners[one, 2], x0)
            elif lines.corners[one, 0] > x0 and lines.corners[one, 2] > x1:
                corners[one, 0] = max(corners[one, 0], x1)
    kept = corners[:, 2] - corners[:, 0] >= 2
    return replace(lines, corners=corners).chosen(kept)


def _apart(lines: _Lines, one: int, other: int) -> bool:
    """Tell whether two lines are tilted and stand beside each other, though their boxes overlap."""
    upright = bool(lines.upright[one])
    if upright != lines.upright[other] or not lines.tilt[one] or not lines.tilt[other]:
        return False
    return apart(lines.corners[one], lines.corners[other], lines.tilt[one], lines.tilt[other], upright=upright)


def _merged_scales(small: _Lines, large: _Lines) -> tuple[_Lines, _Lines]:
    """Return the lines of both scales of one frame without what one sees of the other's, and what was left out inside.

    The quarter scale takes a stack of console lines, or two in a row, for one large line; the native scale takes the
    strokes of a large letter for little lines. Lines fill the stack or the row, strokes do not fill the letter; and a
    little line that is sure stays in any case.
    """
    if not len(large):
        return small, large
    common = _common(large.corners[:, None], small.corners)
    inside = common >= SAME_BOX * _area(small.corners)
    filled = common.sum(axis=1) >= FILLED * _area(large.corners)
    filled |= _covered(large, small, inside & (small.score >= STAYS))
    swallowed = inside[~filled].any(axis=0) & (small.score < STAYS)
    return _joined(small.chosen(~swallowed), large.chosen(~filled)), small.chosen(swallowed)


def _with_what_is_within(lines: _Lines, within: _Lines, frame: int) -> list[FoundLine]:
    """Return the lines of one frame as objects, each with those of `within` that share most with it."""
    found = lines.as_lines(frame)
    if not len(within) or not found:
        return found
    owners = _common(lines.corners[:, None], within.corners).argmax(axis=0)
    for owner in np.unique(owners).tolist():
        found[owner] = replace(found[owner], within=tuple(within.chosen(owners == owner).as_lines(frame)))
    return found


def _covered(large: _Lines, small: _Lines, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return of which large lines the little ones inside of them, ``bool[large, small]``, take most of the length."""
    shares = []
    for common, along, across in zip(_sides(large.corners[:, None], small.corners), (0, 1), (1, 0), strict=True):
        lines = inside & (_extent(small.corners, across) >= STROKE * _extent(large.corners, across)[:, None])
        shares.append((common * lines).sum(axis=1) / _extent(large.corners, along))
    return np.asarray(np.where(large.upright, shares[1], shares[0]) >= COVERED)


def _area(boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    return _extent(boxes, 0) * _extent(boxes, 1)


def _extent(boxes: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    return np.asarray(boxes[..., axis + 2] - boxes[..., axis])


def _common(boxes: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the area that boxes share, ``[..., 4], [..., 4] -> [...]``."""
    wide, high = _sides(boxes, others)
    return wide * high


def _sides(boxes: NDArray[np.float64], others: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how wide and how high what boxes share is; 0 where they share nothing."""
    wide = np.minimum(boxes[..., 2], others[..., 2]) - np.maximum(boxes[..., 0], others[..., 0])
    high = np.minimum(boxes[..., 3], others[..., 3]) - np.maximum(boxes[..., 1], others[..., 1])
    return wide.clip(0), high.clip(0)
