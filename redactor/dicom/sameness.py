"""Compare the samples of an original and a redacted file: identical outside of the mask, one value inside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from ...errors import UnverifiedError
from ...model import Box
from ..policy import Policy
from .codecs import JPEG_LOSSY
from .masking import Plan, clear, fit_boxes, plan
from .recode import reference_frame
from .source import Source, read_frames

Array = npt.NDArray[Any]
# Masks have margins of two pixels: what was filled has room for a square of this side around every pixel.
_SQUARE = 3
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Sameness:
    """What comparing all frames showed.

    Attributes
    ----------
    boxes : tuple of Box
        The mask: as reported, clipped and aligned; or around the pixels that changed.
    outside : int
        Pixels outside of the mask that differ; where the mask is not known, changed pixels that no filled square holds.
    unfilled : int
        Reported boxes that hold more than one value.
    """

    boxes: tuple[Box, ...]
    outside: int
    unfilled: int


def compare_pixels(original: Source, redacted: Source, boxes: Sequence[Box] | None) -> Sameness:
    """Compare two files of the same dimensions frame by frame, in the memory of one.

    Parameters
    ----------
    original, redacted : Source
    boxes : sequence of Box or None
        The reported mask; None where there is no report.

    Raises
    ------
    RefusedError
        If a frame of either cannot be decoded, or the result names other colours than it holds.
    """
    fitted = None if boxes is None else fit_boxes(original, boxes)
    if original.video is not None:
        return _compare_bytes(original, redacted, fitted or ())
    todo = _terms(original, redacted)
    if _is_decoded(original, redacted):
        _check_colours(redacted, todo)
    found: list[Box] = []
    outside = unfilled = 0
    for frame in range(original.frame_count):
        before, after = _pair(original, redacted, todo, frame)
        changed = _changed(before, after)
        if fitted is None:
            found += _around(changed, frame)
            outside += int((changed & ~_filled(after)).sum())
            continue
        mine = [box for box in fitted if box.frame == frame]
        outside += int((changed & ~_painted(changed, mine)).sum())
        unfilled += sum(not _is_filled(after, box, mine[index + 1 :]) for index, box in enumerate(mine))
    return Sameness(boxes=tuple(found) if fitted is None else fitted, outside=outside, unfilled=unfilled)


def _compare_bytes(original: Source, redacted: Source, boxes: tuple[Box, ...]) -> Sameness:
    """Compare videos, which may not change in any byte: if they do, all their pixels count as different."""
    first, second = original.pixels, redacted.pixels
    same = first.length == second.length and all(
        first.stored.read(first.start + begin, first.start + end)
        == second.stored.read(second.start + begin, second.start + end)
        for begin, end in pairwise([*range(0, first.length, _BLOCK), first.length])
    )
    pixels = original.frame_count * original.rows * original.columns
    return Sameness(boxes=boxes, outside=0 if same else pixels, unfilled=len(boxes))


def _terms(original: Source, redacted: Source) -> Plan:
    """Return a plan in whose terms the frames can be compared: overlay bits off, lossy JPEG decoded for good."""
    anywhere = Box(frame=0, x0=0, y0=0, x1=1, y1=1)
    return plan(original, (anywhere,) if _is_decoded(original, redacted) else (), Policy())


def _is_decoded(original: Source, redacted: Source) -> bool:
    """Tell whether lossy JPEG was decoded for good, whatever it was stored in then."""
    return original.transfer_syntax in JPEG_LOSSY and redacted.transfer_syntax != original.transfer_syntax


def _check_colours(redacted: Source, todo: Plan) -> None:
    """Refuse the right samples under the wrong name: they would be shown in other colours."""
    found, expected = redacted.pixel_format.photometric, todo.layout.pixel_format.photometric
    if found != expected:
        raise UnverifiedError(f"(0028,0004) makes colours {found}; expected {expected}")


def _pair(original: Source, redacted: Source, todo: Plan, frame: int) -> tuple[Array, Array]:
    after = np.array(read_frames(redacted, frame, frame + 1).stored[0])
    if original.pixels.frames is None:
        before = np.array(read_frames(original, frame, frame + 1).stored[0])
    else:
        before = np.array(reference_frame(original, todo, frame))
    clear(todo, before)
    return before, after


def _changed(before: Array, after: Array) -> Array:
    """Return where any sample differs in any bit, [rows, columns]; NaN equals itself here."""
    if before.shape != after.shape or before.dtype.itemsize != after.dtype.itemsize:
        return np.ones(before.shape[:2], bool)
    words = [np.ascontiguousarray(frame).view(f"u{frame.dtype.itemsize}") for frame in (before, after)]
    differ: Array = (words[0] != words[1]).any(axis=-1)
    return differ


def _painted(like: Array, boxes: Sequence[Box]) -> Array:
    inside = np.zeros(like.shape, bool)
    for box in boxes:
        inside[box.y0 : box.y1, box.x0 : box.x1] = True
    return inside


def _is_filled(frame: Array, box: Box, later: Sequence[Box]) -> bool:
    """Tell whether the part of a box that no later one covers holds one value."""
    own = ~_painted(np.empty(frame.shape[:2]), later)[box.y0 : box.y1, box.x0 : box.x1]
    values = frame[box.y0 : box.y1, box.x0 : box.x1][own]
    return len(values) == 0 or bool((values == values[0]).all())


def _filled(frame: Array) -> Array:
    """Return the union of all squares of one value, [rows, columns]."""
    rows, columns = frame.shape[:2]
    high, wide = min(_SQUARE, rows), min(_SQUARE, columns)
    down, right = (frame[1:] == frame[:-1]).all(axis=-1), (frame[:, 1:] == frame[:, :-1]).all(axis=-1)
    # Squares go by their upper left pixel.
    squares = np.ones((rows - high + 1, columns - wide + 1), bool)
    for y, x in np.ndindex(high, wide):
        place = np.s_[y : y + squares.shape[0], x : x + squares.shape[1]]
        squares &= down[place] if y + 1 < high else True
        squares &= right[place] if x + 1 < wide else True
    covered = np.zeros((rows, columns), bool)
    for y, x in np.ndindex(high, wide):
        covered[y : y + squares.shape[0], x : x + squares.shape[1]] |= squares
    return covered


def _around(changed: Array, frame: int) -> Iterator[Box]:
    """Yield rectangles around what changed, cut where whole rows or columns did not."""
    waiting = [Box(frame=frame, x0=0, y0=0, x1=changed.shape[1], y1=changed.shape[0])]
    while waiting:
        box = waiting.pop()
        area = changed[box.y0 : box.y1, box.x0 : box.x1]
        pieces = [
            Box(frame=frame, x0=box.x0 + x0, y0=box.y0 + y0, x1=box.x0 + x1, y1=box.y0 + y1)
            for y0, y1 in _runs(np.atleast_1d(area.any(axis=1)))
            for x0, x1 in _runs(np.atleast_1d(area[y0:y1].any(axis=0)))
        ]
        if pieces == [box]:
            yield box
        else:
            waiting += pieces


def _runs(flags: Array) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges in which a row of flags is true."""
    edges = np.flatnonzero(np.diff(flags.astype(np.int8), prepend=0, append=0))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
