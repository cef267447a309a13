"""Prove that a written file holds the same samples outside of the boxes, and nothing but fill inside."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from ...errors import UnverifiedError
from ...model import Box
from .fill import fill_values
from .masking import Plan, clear
from .native import Layout
from .patches import deciding_frame, has_runs
from .recode import kept_codestream, reference_frame
from .source import PixelBytes, Source, read_frames
from .uncompressed import chunks

Array = npt.NDArray[Any]
_BLOCK = 1 << 18


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
    native = source.pixels.frames is None or plan.native
    if written.transfer_syntax != plan.syntax or (written.pixels.frames is None) != native:
        raise UnverifiedError("the written file has another transfer syntax; expected the planned one")
    if source.pixels.frames is None:
        _verify_uncompressed(source, plan, written)
        return
    if plan.native:
        _verify_length(source, plan, written)
    for frame in range(source.frame_count):
        _verify_frame(source, plan, written, frame)


def _verify_length(source: Source, plan: Plan, written: Source) -> None:
    """Refuse uncompressed frames that are not as long as they were decoded to, padded to an even length."""
    expected = plan.layout.span(0, source.frame_count)[1]
    if written.pixels.length != expected + expected % 2:
        raise UnverifiedError(f"(7FE0,0010) has {written.pixels.length} bytes; expected {expected + expected % 2}")


def _verify_uncompressed(source: Source, plan: Plan, written: Source) -> None:
    if written.pixels.length != source.pixels.length:
        raise UnverifiedError(f"(7FE0,0010) has {written.pixels.length} bytes; expected {source.pixels.length}")
    if has_runs(plan):
        _verify_outside(source, plan, written)
        for frame in plan.boxes:
            _verify_beside(source, plan, written, frame)
            _verify_inside(source, plan, written, frame)
        return
    for start, stop, begin, end in chunks(source):
        before, after = (
            pixels.stored.read(pixels.start + begin, pixels.start + end) for pixels in (source.pixels, written.pixels)
        )
        if before != after:
            _compare_chunk(plan, before, after, start, stop)


def _verify_outside(source: Source, plan: Plan, written: Source) -> None:
    """Compare all bytes but those of rows that boxes cross."""
    rows = sorted(
        span
        for frame, boxes in plan.boxes.items()
        for y0, y1 in _bands(boxes)
        for span in plan.layout.band(frame, y0, y1)
    )
    position = 0
    for begin, end in [*rows, (source.pixels.length, source.pixels.length)]:
        for start in range(position, begin, _BLOCK):
            stop = min(start + _BLOCK, begin)
            if _read(source.pixels, start, stop) != _read(written.pixels, start, stop):
                frame = start * 8 // plan.layout.frame_bits
                raise UnverifiedError(f"frame {frame}, or one behind it: a sample outside of the boxes differs")
        position = end


def _bands(boxes: Sequence[Box]) -> list[tuple[int, int]]:
    """Return the rows [y0, y1) that boxes cross, in order, none twice."""
    bands: list[tuple[int, int]] = []
    for y0, y1 in sorted((box.y0, box.y1) for box in boxes):
        if bands and y0 <= bands[-1][1]:
            bands[-1] = (bands[-1][0], max(y1, bands[-1][1]))
        else:
            bands.append((y0, y1))
    return bands


def _verify_beside(source: Source, plan: Plan, written: Source, frame: int) -> None:
    """Compare the rows that boxes cross, beside the boxes, in parts that fit any memory."""
    layout, boxes = plan.layout, plan.boxes[frame]
    step = max(1, _BLOCK * 8 * layout.rows // layout.frame_bits)
    for first, last in _bands(boxes):
        for y0 in range(first, last, step):
            y1 = min(y0 + step, last)
            before, after = (_read_rows(layout, pixels, frame, y0, y1) for pixels in (source.pixels, written.pixels))
            # Bits, not numbers: NaN is not itself.
            differs = (_words(before) != _words(after)).any(axis=-1)
            for box in boxes:
                differs[max(box.y0 - y0, 0) : max(box.y1 - y0, 0), box.x0 : box.x1] = False
            if differs.any():
                raise UnverifiedError(f"frame {frame}: a sample outside of the boxes differs")


def _read_rows(layout: Layout, pixels: PixelBytes, frame: int, y0: int, y1: int) -> Array:
    """Return the rows [y0, y1) of a frame, [rows, columns, samples]."""
    data = b"".join(_read(pixels, begin, end) for begin, end in layout.band(frame, y0, y1))
    rows: Array = replace(layout, rows=y1 - y0).unpack(data, 1)[0]
    return rows


def _words(samples: Array) -> Array:
    return np.ascontiguousarray(samples).view(f"u{samples.dtype.itemsize}")


def _verify_inside(source: Source, plan: Plan, written: Source, frame: int) -> None:
    """Read the rows of each box, and no others: frames may be large and boxes small."""
    boxes = plan.boxes[frame]
    original = deciding_frame(source, plan, frame)
    for index, value in enumerate(fill_values(original, boxes, plan.layout.pixel_format, plan.fill)):
        box = boxes[index]
        rows = _read_rows(plan.layout, written.pixels, frame, box.y0, box.y1)
        _check_fill(rows[:, box.x0 : box.x1][_own(box, boxes[index + 1 :])], value, frame)


def _read(pixels: PixelBytes, begin: int, end: int) -> bytes:
    return pixels.stored.read(pixels.start + begin, pixels.start + end)


def _check_fill(inside: Array, value: Array, frame: int) -> None:
    if not (inside == value).all():
        raise UnverifiedError(f"frame {frame}: a sample inside of a box is not the fill")


def _compare_chunk(plan: Plan, before: bytes, after: bytes, start: int, stop: int) -> None:
    """Compare frames that are unpacked first: put the original samples back into the boxes, then all must agree."""
    ours, theirs = (plan.layout.unpack(data, stop - start).copy() for data in (after, before))
    clear(plan, theirs)
    for index, (masked, original) in enumerate(zip(ours, theirs, strict=True)):
        _restore(plan, masked, original, start + index)
    if not np.array_equal(ours, theirs):
        raise UnverifiedError(f"frames {start} to {stop - 1}: a sample outside of the boxes differs")


def _verify_frame(source: Source, plan: Plan, written: Source, frame: int) -> None:
    """Compare a frame that was compressed: decoded where it was masked, otherwise byte by byte."""
    if frame not in plan.boxes and not plan.recoded:
        if kept_codestream(source, frame) != written.pixels.codestream(frame):
            raise UnverifiedError(f"frame {frame} differs without a box")
        return
    original, masked = reference_frame(source, plan, frame), np.array(read_frames(written, frame, frame + 1).stored[0])
    clear(plan, original)
    _restore(plan, masked, original, frame)
    if not np.array_equal(masked, original):
        raise UnverifiedError(f"frame {frame}: a sample outside of the boxes differs")


def _restore(plan: Plan, masked: Array, original: Array, frame: int) -> None:
    """Check the boxes of a frame and put the original samples back into them."""
    _check_inside(plan, masked, original, frame)
    for box in plan.boxes.get(frame, ()):
        area = np.s_[box.y0 : box.y1, box.x0 : box.x1]
        masked[area] = original[area]


def _check_inside(plan: Plan, masked: Array, original: Array, frame: int) -> None:
    """Refuse a box that holds anything but its fill; where boxes overlap, the last one decides."""
    boxes = plan.boxes.get(frame, ())
    if not boxes:
        return
    for index, value in enumerate(fill_values(original, boxes, plan.layout.pixel_format, plan.fill)):
        box = boxes[index]
        inside = masked[box.y0 : box.y1, box.x0 : box.x1]
        _check_fill(inside[_own(box, boxes[index + 1 :])], value, frame)


def _own(box: Box, later: Sequence[Box]) -> Array:
    """Return where in a box no later one lies, bool[rows, columns]."""
    own = np.ones((box.y1 - box.y0, box.x1 - box.x0), bool)
    for other in later:
        rows = slice(max(other.y0 - box.y0, 0), max(other.y1 - box.y0, 0))
        own[rows, max(other.x0 - box.x0, 0) : max(other.x1 - box.x0, 0)] = False
    return own
