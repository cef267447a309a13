"""Prove that a written file holds the same samples outside of the boxes, and nothing but fill inside."""

from typing import Any

import numpy as np
import numpy.typing as npt

from ...errors import UnverifiedError
from .masking import Plan, clear, expected_fill
from .recode import kept_codestream, reference_frame
from .source import Source, decode_frame

Array = npt.NDArray[Any]
_CHUNK = 16 << 20


def verify_pixels(source: Source, plan: Plan, written: Source) -> None:
    """Compare a result, opened afresh, with what it was made from.

    Parameters
    ----------
    source : Source
    plan : Plan
        What was to be done.
    written : Source

    Raises
    ------
    UnverifiedError
        If frames are missing, a sample outside of the boxes differs, or one inside is not the fill.
    """
    for attribute in ("rows", "columns", "frame_count"):
        found, expected = getattr(written, attribute), getattr(source, attribute)
        if found != expected:
            raise UnverifiedError(f"the written file has {found} {attribute}; expected {expected}")
    if written.transfer_syntax != plan.syntax or (written.pixels.frames is None) != (source.pixels.frames is None):
        raise UnverifiedError("the written file has another transfer syntax; expected the planned one")
    if source.pixels.frames is None:
        _verify_native(source, plan, written)
        return
    for frame in range(source.frame_count):
        _verify_frame(source, plan, written, frame)


def _verify_native(source: Source, plan: Plan, written: Source) -> None:
    if written.pixels.length != source.pixels.length:
        raise UnverifiedError(f"(7FE0,0010) has {written.pixels.length} bytes; expected {source.pixels.length}")
    for start, stop, begin, end in chunks(source):
        before = source.pixels.stored.read(source.pixels.start + begin, source.pixels.start + end)
        after = written.pixels.stored.read(written.pixels.start + begin, written.pixels.start + end)
        if plan.cleared or any(frame in plan.boxes for frame in range(start, stop)):
            _compare_chunk(plan, before, after, start, stop)
        elif before != after:
            raise UnverifiedError(f"frames {start} to {stop - 1} differ without a box")


def _compare_chunk(plan: Plan, before: bytes, after: bytes, start: int, stop: int) -> None:
    """Compare uncompressed frames: put the original samples back into the boxes, then all bytes must agree."""
    restored, original = bytearray(after), bytearray(before)
    ours = plan.layout.writable(restored, stop - start)
    theirs = plan.layout.writable(original, stop - start)
    if ours is None or theirs is None:
        ours, theirs = plan.layout.unpack(after, stop - start).copy(), plan.layout.unpack(before, stop - start).copy()
        _restore(plan, ours, theirs, start)
        same = np.array_equal(ours, theirs)
    else:
        _restore(plan, ours, theirs, start)
        same = restored == original
    if not same:
        raise UnverifiedError(f"frames {start} to {stop - 1}: a sample outside of the boxes differs")


def _restore(plan: Plan, ours: Array, theirs: Array, start: int) -> None:
    clear(plan, theirs)
    for index, (masked, original) in enumerate(zip(ours, theirs, strict=True)):
        if start + index in plan.boxes:
            _check_inside(plan, masked, original, start + index)
            for box in plan.boxes[start + index]:
                area = np.s_[box.y0 : box.y1, box.x0 : box.x1]
                masked[area] = original[area]


def _check_inside(plan: Plan, masked: Array, original: Array, frame: int) -> None:
    """Where boxes overlap, the last one decides, as in masking."""
    expected = expected_fill(plan, original, frame)
    for index, (box, value) in enumerate(zip(plan.boxes[frame], expected, strict=True)):
        covered = plan.boxes[frame][index + 1 :]
        inside = masked[box.y0 : box.y1, box.x0 : box.x1]
        if (inside == value).all():
            continue
        own = np.ones(inside.shape[:2], bool)
        for later in covered:
            own[
                max(later.y0 - box.y0, 0) : max(later.y1 - box.y0, 0),
                max(later.x0 - box.x0, 0) : max(later.x1 - box.x0, 0),
            ] = False
        if not (inside[own] == value).all():
            raise UnverifiedError(f"frame {frame}: a sample inside of a box is not the fill")


def _verify_frame(source: Source, plan: Plan, written: Source, frame: int) -> None:
    if frame not in plan.boxes and not plan.recoded:
        if kept_codestream(source, frame) != written.pixels.codestream(frame):
            raise UnverifiedError(f"frame {frame} differs without a box")
        return
    original, masked = reference_frame(source, plan, frame), np.array(decode_frame(written, frame))
    _restore(plan, masked[np.newaxis], original[np.newaxis], frame)
    if not np.array_equal(masked, original):
        raise UnverifiedError(f"frame {frame}: a sample outside of the boxes differs")


def chunks(source: Source) -> list[tuple[int, int, int, int]]:
    """Return (first frame, last + 1, first byte, last + 1) of parts of uncompressed pixel data that fit in memory."""
    layout, pixels = source.pixels.layout, source.pixels
    frames = max(layout.step, _CHUNK * 8 // layout.frame_bits // layout.step * layout.step)
    parts = []
    for start in range(0, source.frame_count, frames):
        stop = min(start + frames, source.frame_count)
        begin, end = layout.span(start, stop)
        # A last padding byte travels with the last frame.
        parts.append((start, stop, begin, pixels.length if stop == source.frame_count else end))
    return parts
