"""RLE compressed frames (PS3.5 annex G): one PackBits segment per byte of the samples, highest byte first."""

from struct import Struct
from typing import Any

import imagecodecs
import numpy as np
import numpy.typing as npt

from ...errors import UndecodableError
from .frames import PixelFormat

Array = npt.NDArray[Any]
_HEADER = Struct("<16I")


def decode_rle(codestream: bytes, pixel_format: PixelFormat, rows: int, columns: int) -> Array:
    """Return the stored values of a frame, [rows, columns, samples].

    Raises
    ------
    UndecodableError
        If a segment does not hold one byte per pixel.
    """
    count, *offsets = _HEADER.unpack_from(codestream)
    ends = [*offsets[1:count], len(codestream)]
    width = pixel_format.bits_allocated // 8
    # Little endian words by pixel; segments come by sample, highest byte first.
    words = np.empty((rows * columns, pixel_format.samples, width), np.uint8)
    for index, (begin, end) in enumerate(zip(offsets[:count], ends, strict=True)):
        try:
            plane = imagecodecs.packbits_decode(codestream[begin:end])
        except Exception as error:  # the codec raises errors of its own
            raise UndecodableError(f"RLE segment {index} does not decode ({type(error).__name__})") from error
        # A zero after an odd number of bytes is read as the begin of another run: at most that is left over.
        if not rows * columns <= len(plane) <= rows * columns + 1:
            raise UndecodableError(f"RLE segment {index} holds {len(plane)} bytes; expected {rows * columns}")
        sample, place = divmod(index, width)
        words[:, sample, width - 1 - place] = np.frombuffer(plane, np.uint8, count=rows * columns)
    frame = words.reshape(rows, columns, -1).view(pixel_format.dtype.newbyteorder("<"))
    return frame.astype(pixel_format.dtype, copy=False)


def encode_rle(frame: Array) -> bytes:
    """Return a frame [rows, columns, samples] as RLE; rows end their runs, as the standard wants (PS3.5 G.3.1)."""
    rows, columns, samples = frame.shape
    width = frame.dtype.itemsize
    words = np.ascontiguousarray(frame, dtype=frame.dtype.newbyteorder("<"))
    planes = words.view(np.uint8).reshape(rows, columns, samples, width).transpose(2, 3, 0, 1)[:, ::-1]
    segments = []
    for plane in planes.reshape(samples * width, rows, columns):
        packed = imagecodecs.packbits_encode(np.ascontiguousarray(plane), axis=-1)
        segments.append(bytes(packed) + b"\0" * (len(packed) % 2))
    offsets, position = [], _HEADER.size
    for segment in segments:
        offsets.append(position)
        position += len(segment)
    return _HEADER.pack(len(segments), *offsets, *[0] * (15 - len(offsets))) + b"".join(segments)
