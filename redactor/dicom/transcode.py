"""What lossy JPEG becomes where it is masked: the syntaxes to choose from, and one frame in each (PS3.5 A.4)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ...errors import UnsupportedError
from ..policy import JpegSyntax
from .codecs import encode_jpeg_lossless, encode_jpeg_ls, precision_of_jpeg
from .frames import PixelFormat
from .jpeg_2000 import encode_reversible
from .native import Layout
from .rle import encode_rle
from .source import Source
from .syntaxes import EXPLICIT, JPEG_2000, JPEG_LOSSLESS, JPEG_LS, RLE

Array = npt.NDArray[Any]

STORED_JPEG: Final[Mapping[JpegSyntax, str]] = {
    "jpeg-ls": "1.2.840.10008.1.2.4.80",
    "jpeg-lossless": "1.2.840.10008.1.2.4.70",
    "jpeg-2000": "1.2.840.10008.1.2.4.90",
    "htj2k": "1.2.840.10008.1.2.4.201",
    "rle": RLE,
    "explicit": EXPLICIT,
}
# The length of uncompressed pixel data is even and has 32 bits (PS3.5 section 7.1.2).
_LONGEST = 0xFFFFFFFE


def check_storable(source: Source, syntax: str, layout: Layout) -> None:
    """Refuse what a file's data set cannot hold in the syntax that was chosen for its frames.

    Raises
    ------
    UnsupportedError
        If uncompressed frames are too long for one element, or the data set is not written in explicit VR.
    """
    if syntax != EXPLICIT:
        return
    length = source.frame_count * layout.frame_bits // 8
    if length > _LONGEST:
        raise UnsupportedError(
            f"uncompressed, the frames take {length} bytes; expected 4 GB or less, or another --jpeg"
        )
    if source.header is not None and source.header.structure.implicit:
        raise UnsupportedError("the data set has implicit VR, which --jpeg explicit does not; expected another --jpeg")


def stored_format(pixel_format: PixelFormat) -> PixelFormat:
    """Return the format of frames of lossy JPEG that were decoded for good: colours as they are shown, by pixel."""
    return replace(pixel_format, photometric="RGB", planar=0) if pixel_format.samples == 3 else pixel_format


def encode_anew(frame: Array, original: bytes, syntax: str, layout: Layout) -> bytes:
    """Return a frame of lossy JPEG without further loss.

    Parameters
    ----------
    frame : ndarray [rows, columns, samples]
        Decoded; colours are RGB.
    original : bytes
        The JPEG codestream that it was decoded from.
    syntax : str
        One of `STORED_JPEG`.
    layout : Layout
        Of the result.

    Raises
    ------
    UnsupportedError
        If there is no such encoder.
    """
    pixel_format = layout.pixel_format
    precision = max(precision_of_jpeg(original), pixel_format.high_bit + 1)
    colour = pixel_format.samples == 3
    if syntax == EXPLICIT:
        return layout.pack(frame[np.newaxis])
    if syntax == RLE:
        return encode_rle(frame)
    if syntax in JPEG_LS:
        return encode_jpeg_ls(frame, precision)
    if syntax in JPEG_LOSSLESS:
        return encode_jpeg_lossless(frame, precision, "rgb")
    if syntax in JPEG_2000:
        return encode_reversible(frame, syntax, precision=precision, signed=pixel_format.signed, transform=colour)
    raise UnsupportedError(f"(0002,0010) Transfer Syntax UID {syntax} is none that lossy JPEG can be stored in")
