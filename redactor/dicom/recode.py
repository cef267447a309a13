"""Mask one compressed frame. The only place that knows how; masking without decoding would go here too."""

from typing import Any

import numpy as np
import numpy.typing as npt

from .codecs import encode
from .jpeg_colour import to_rgb
from .masking import Plan, mask_frame
from .segments import blank_segments
from .source import Source, decode_frame
from .transcode import encode_anew

Array = npt.NDArray[Any]


def mask_codestream(source: Source, plan: Plan, frame: int) -> bytes:
    """Return a frame's codestream with its boxes masked, in the plan's syntax; its bytes if that is uncompressed.

    Raises
    ------
    RefusedError
        If it cannot be decoded or encoded.
    """
    original = source.pixels.codestream(frame)
    stored = reference_frame(source, plan, frame)
    mask_frame(plan, stored, frame)
    if plan.syntax != source.transfer_syntax:
        return encode_anew(stored, original, plan.syntax, plan.layout)
    return encode(stored, original, plan.syntax, source.pixels.layout)


def kept_codestream(source: Source, frame: int) -> bytes:
    """Return the codestream of a frame without boxes: the file's, with comments and thumbnails in it blanked.

    Raises
    ------
    MalformedError
        If it is cut off or its segments do not fit.
    """
    return blank_segments(source.pixels.codestream(frame), source.transfer_syntax)


def reference_frame(source: Source, plan: Plan, frame: int) -> Array:
    """Return what a compressed frame of the result must show outside of its boxes, [rows, columns, samples].

    Lossy JPEG is decoded once and for all; its colours are stored as they are displayed, so that no reader's
    conversion or interpolation of colours can change them any more.
    """
    stored = np.array(decode_frame(source, frame))
    recoloured = source.pixel_format.photometric != plan.layout.pixel_format.photometric
    return to_rgb(stored) if recoloured else stored
