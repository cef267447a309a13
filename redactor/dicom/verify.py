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
from .source import PixelBytes, Source, decode_frame
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
    if written.transfer_syntax != plan.syntax or (written.pixels.frames is None) != (source.pixels.frames is None):
        raise UnverifiedError("the written file has another transfer syntax; expected the planned one")
    if source.pixels.frames is None:
        _verify_uncompressed(source, plan, written)
        return
    for frame in range(source.frame_count):
        _verify_frame(source, plan, written, frame)


def _verify_uncompressed(source: Source, plan: Plan, written: Source) -> None:
    if written.pixels.length != source.pixels.length:
        raise UnverifiedError(f"(7FE0,0010) has {written.pixels.length} bytes; expected {source.pixels.length}")
    if has_runs(plan):
        _verify_outside(source, plan, written)
        for frame in plan.boxes:
            _verify_inside(source, plan, written, frame)
        return
    for start, stop, begin, end in chunks(source):
        before, after = (
            pixels.stored.read(pixels.start + begin, pixels.start + end) for pixels in (source.pixels, written.pixels)
        )
        if before != after:
            _compare_chunk(plan, before, after, start, stop)


def _verify_outside(source: Source, plan: Plan, written: Source) -> None:
    """Compare all bytes; those that differ must lie in boxes. Where they lie is worked out from their offsets."""
    for begin in range(0, source.pixels.length, _BLOCK):
        end = min(begin + _BLOCK, source.pixels.length)
        before, after = _read(source.pixels, begin, end), _read(written.pixels, begin, end)
        if before != after:
            changed = np.flatnonzero(np.frombuffer(before, np.uint8) != np.frombuffer(after, np.uint8)) + begin
            _check_changes(plan, changed)


def _check_changes(plan: Plan, changed: Array) -> None:
    """Refuse changed bytes that are not in a box."""
    frame, row, column = _pixels_of(plan.layout, changed)
    for index in np.unique(frame):
        own = frame == index
        inside = np.zeros(int(own.sum()), bool)
        for box in plan.boxes.get(int(index), ()):
            rows, columns = row[own], column[own]
            inside |= (box.y0 <= rows) & (rows < box.y1) & (box.x0 <= columns) & (columns < box.x1)
        if not inside.all():
            raise UnverifiedError(f"frame {index}: a sample outside of the boxes differs")


def _pixels_of(layout: Layout, offsets: Array) -> tuple[Array, Array, Array]:
    """Return frame, row and column of bytes of the pixel data (PS3.3 C.7.6.3.1.3)."""
    pixel_format = layout.pixel_format
    frame, rest = np.divmod(offsets, layout.frame_bits // 8)
    width = pixel_format.bits_allocated // 8 * (1 if pixel_format.planar else pixel_format.samples)
    pixel = rest // width % (layout.rows * layout.columns)
    row, column = np.divmod(pixel, layout.columns)
    return frame, row, column


def _verify_inside(source: Source, plan: Plan, written: Source, frame: int) -> None:
    """Read the rows of each box, and no others: frames may be large and boxes small."""
    boxes = plan.boxes[frame]
    original = deciding_frame(source, plan, frame)
    for index, value in enumerate(fill_values(original, boxes, plan.layout.pixel_format, plan.fill)):
        box = boxes[index]
        spans = plan.layout.band(frame, box.y0, box.y1)
        data = b"".join(_read(written.pixels, begin, end) for begin, end in spans)
        rows = replace(plan.layout, rows=box.y1 - box.y0).unpack(data, 1)[0]
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
    """Compare a compressed frame: decoded where it was masked, otherwise byte by byte."""
    if frame not in plan.boxes and not plan.recoded:
        if kept_codestream(source, frame) != written.pixels.codestream(frame):
            raise UnverifiedError(f"frame {frame} differs without a box")
        return
    original, masked = reference_frame(source, plan, frame), np.array(decode_frame(written, frame))
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
