"""Which frames are masked where, and with what; one plan for every writer and the check of what it wrote."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from ...errors import UnsupportedError, UsageError
from ...model import Box
from ..policy import Policy
from .carriers import embedded_overlay_bits, whole_frame_is_phi
from .codecs import JPEG_LOSSY
from .fill import Fill, fill_boxes
from .native import Layout
from .source import Source
from .syntaxes import DEFLATED_FRAMES, NATIVE, RAW_FRAMES
from .transcode import STORED_JPEG, check_storable, stored_format

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plan:
    """What is to become of the pixel data.

    Attributes
    ----------
    boxes : dict of int to tuple of Box
        By frame; only frames that have any. Clipped, and grown to what the layout can address.
    fill : {"black", "white", "background"}
    cleared : int
        Bits that are cleared in every word of every frame: those of removed overlays; 0 for none.
    syntax : str
        Transfer syntax UID of the result.
    layout : Layout
        Of the result.
    recoded : bool
        Whether frames without boxes are decoded and encoded too.
    """

    boxes: dict[int, tuple[Box, ...]]
    fill: Fill
    cleared: int
    syntax: str
    layout: Layout
    recoded: bool

    @property
    def changes(self) -> bool:
        """Whether any pixel byte will differ."""
        return bool(self.boxes) or self.recoded or self.cleared != 0

    @property
    def native(self) -> bool:
        """Whether the result is uncompressed."""
        return self.syntax in NATIVE


def plan(source: Source, boxes: Sequence[Box], policy: Policy) -> Plan:
    """Return what masking `boxes` takes.

    Raises
    ------
    UsageError
        If a box lies in a frame that the file does not have.
    UnsupportedError
        If it is a video with anything to mask, or one that has not been examined; or if lossy JPEG cannot be
        stored as the policy says.
    """
    layout = source.pixels.layout
    if whole_frame_is_phi(source.dataset):
        boxes = [_whole(source, frame) for frame in range(source.frame_count)]
    fitted = fit_boxes(source, boxes)
    _check_video(source, fitted)
    cleared = _spare_bits(source)
    recoded = source.transfer_syntax in JPEG_LOSSY and bool(fitted)
    by_frame: dict[int, tuple[Box, ...]] = {}
    for box in fitted:
        by_frame[box.frame] = (*by_frame.get(box.frame, ()), box)
    syntax = STORED_JPEG[policy.jpeg] if recoded else source.transfer_syntax
    if source.pixels.frames is not None:
        layout = replace(layout, pixel_format=stored_format(source.pixel_format) if recoded else source.pixel_format)
    if recoded:
        check_storable(source, syntax, layout)
    return Plan(
        boxes=by_frame,
        fill=policy.fill,
        cleared=cleared,
        syntax=syntax,
        layout=layout,
        recoded=recoded or (bool(cleared) and source.pixels.frames is not None),
    )


def _check_video(source: Source, boxes: Sequence[Box]) -> None:
    """Refuse a video that would have to be encoded anew, which takes a loss, or that nobody looked at."""
    if source.video is None:
        return
    if boxes:
        raise UnsupportedError("the video shows text to mask, and cannot be masked without loss; expected none")
    if not source.video.examined:
        raise UnsupportedError("not every frame of the video was examined; expected all of them before it is passed on")


def _whole(source: Source, frame: int) -> Box:
    return Box(frame=frame, x0=0, y0=0, x1=source.columns, y1=source.rows)


def fit_boxes(source: Source, boxes: Sequence[Box]) -> tuple[Box, ...]:
    """Return boxes as they are masked: within the frame, on even columns where two pixels share their colour.

    Raises
    ------
    UsageError
        If a box lies in a frame that the file does not have.
    """
    uncompressed = source.pixels.frames is None or source.transfer_syntax in (RAW_FRAMES, DEFLATED_FRAMES)
    pairs = uncompressed and source.pixels.layout.subsampled
    fitted = []
    for box in boxes:
        if not 0 <= box.frame < source.frame_count:
            raise UsageError(f"box in frame {box.frame}; expected 0 to {source.frame_count - 1}")
        x0, x1 = max(box.x0, 0), min(box.x1, source.columns)
        y0, y1 = max(box.y0, 0), min(box.y1, source.rows)
        if x0 < x1 and y0 < y1:
            if pairs:
                x0, x1 = x0 - x0 % 2, x1 + x1 % 2
            fitted.append(Box(frame=box.frame, x0=x0, y0=y0, x1=x1, y1=y1))
    return tuple(fitted)


def mask_frame(plan: Plan, stored: Array, frame: int) -> None:
    """Mask one frame, [rows, columns, samples], in place: bits of overlays off, boxes filled."""
    clear(plan, stored)
    boxes = plan.boxes.get(frame, ())
    if boxes:
        fill_boxes(stored, boxes, plan.layout.pixel_format, plan.fill)


def clear(plan: Plan, stored: Array) -> None:
    """Clear the bits of removed overlays, in place."""
    if plan.cleared:
        words = stored.view(f"{stored.dtype.byteorder}u{stored.dtype.itemsize}".replace("|", ""))
        np.bitwise_and(words, ~np.array(plan.cleared, words.dtype), out=words)


def _spare_bits(source: Source) -> int:
    """Return the bits of embedded overlays that lie outside of the samples: those within belong to the picture."""
    pixel_format = source.pixel_format
    own = ((1 << pixel_format.bits_stored) - 1) << pixel_format.shift
    allocated = (1 << pixel_format.bits_allocated) - 1
    return embedded_overlay_bits(source.dataset) & allocated & ~own
