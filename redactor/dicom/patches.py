"""Boxes of uncompressed samples as runs of bytes, so that all other bytes are copied without being looked at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from ...model import Box
from .fill import fill_values
from .masking import Plan
from .native import Layout
from .source import Source, read_frames

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """Bytes that replace those at `start`, counted from the first byte of the pixel data."""

    start: int
    data: bytes


def has_runs(plan: Plan) -> bool:
    """Return whether boxes are runs of whole bytes in this layout, and nothing else is to change."""
    layout = plan.layout
    return not (plan.cleared or layout.swapped or layout.subsampled or layout.pixel_format.bits_allocated == 1)


def patches(source: Source, plan: Plan) -> Iterator[Patch]:
    """Yield what to overwrite, in ascending order, none overlapping.

    Parameters
    ----------
    source : Source
        Uncompressed.
    plan : Plan
        For which `has_runs` is true.
    """
    size = plan.layout.frame_bits // 8
    for frame in sorted(plan.boxes):
        boxes = plan.boxes[frame]
        values = fill_values(deciding_frame(source, plan, frame), boxes, plan.layout.pixel_format, plan.fill)
        yield from _frame_patches(plan.layout, boxes, values, frame * size)


def deciding_frame(source: Source, plan: Plan, frame: int) -> Array:
    """Return the unmasked frame that the fill is worked out from; a single pixel where it does not matter."""
    pixel_format = plan.layout.pixel_format
    if plan.fill == "background" or pixel_format.signed or pixel_format.bits_allocated > 16:
        stored: Array = read_frames(source, frame, frame + 1).stored[0]
        return stored
    return np.zeros((1, 1, pixel_format.samples), pixel_format.dtype)


def _frame_patches(layout: Layout, boxes: Sequence[Box], values: Array, base: int) -> Iterator[Patch]:
    """Yield the runs of one frame; planes follow each other, rows follow each other within a plane."""
    samples, planar = layout.pixel_format.samples, bool(layout.pixel_format.planar)
    words = values.astype(values.dtype.newbyteorder("<" if layout.little_endian else ">"))
    pixel = words.dtype.itemsize * (1 if planar else samples)
    for plane in range(samples if planar else 1):
        colours = [word[plane : plane + 1] if planar else word for word in words]
        plane_base = base + plane * layout.rows * layout.columns * pixel
        for y0, y1, runs in _bands(boxes):
            pieces = [(x0 * pixel, np.tile(colours[owner], x1 - x0).tobytes()) for x0, x1, owner in runs]
            for row in range(y0, y1):
                start = plane_base + row * layout.columns * pixel
                for offset, data in pieces:
                    yield Patch(start=start + offset, data=data)


def _bands(boxes: Sequence[Box]) -> Iterator[tuple[int, int, list[tuple[int, int, int]]]]:
    """Yield bands of rows [y0, y1) that meet the same boxes, with the runs (x0, x1, index of the box) in them.

    Where boxes overlap, the last one counts.
    """
    edges = sorted({edge for box in boxes for edge in (box.y0, box.y1)})
    for y0, y1 in pairwise(edges):
        met = [(index, box) for index, box in enumerate(boxes) if box.y0 <= y0 and y1 <= box.y1]
        columns = sorted({edge for _, box in met for edge in (box.x0, box.x1)})
        runs = []
        for x0, x1 in pairwise(columns):
            owners = [index for index, box in met if box.x0 <= x0 and x1 <= box.x1]
            if owners:
                runs.append((x0, x1, owners[-1]))
        if runs:
            yield y0, y1, runs
