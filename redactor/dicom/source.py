"""A DICOM file or data set with pixel data, and reading its frames."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from pydicom import Dataset

from .codecs import decode
from .fragments import Fragment
from .frames import Frames, PixelFormat
from .header import Header
from .native import Layout
from .stored_bytes import StoredBytes
from .video import Video

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PixelBytes:
    """Where the pixel data are.

    Attributes
    ----------
    stored : StoredBytes
    start, length : int
        Of the element's value; the length of encapsulated data counts all items and the delimiter.
    layout : Layout
        Of uncompressed frames; of compressed ones, what the header announces.
    frames : tuple of tuple of Fragment, or None
        For each compressed frame its fragments; None where the pixel data are native.
    offsets : tuple of int
        Basic Offset Table, empty where there is none.
    still : dict of str to ndarray
        By transfer syntax: the frame of a still image once it was decoded, read-only. What was looked at is what is
        masked, and what the result is compared with. Bytes that were written are other `PixelBytes`, without it.
    """

    stored: StoredBytes
    start: int
    length: int
    layout: Layout
    frames: tuple[tuple[Fragment, ...], ...] | None
    offsets: tuple[int, ...] = ()
    still: dict[str, Array] = field(default_factory=dict, init=False, repr=False)

    def codestream(self, frame: int) -> bytes:
        """Return one compressed frame, its fragments joined."""
        assert self.frames is not None
        return b"".join(self.stored.read(item.start, item.start + item.length) for item in self.frames[frame])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Source:
    """A file or data set with pixel data.

    Attributes
    ----------
    path : pathlib.Path or None
        None if it is a data set in memory.
    pixel_format : PixelFormat
        Of the frames as `read_frames` returns them.
    rows, columns, frame_count : int
    dataset : pydicom.Dataset
        The header. Of a file without its pixel data; not to be changed.
    transfer_syntax : str
        UID.
    keyword : str
        PixelData, FloatPixelData or DoubleFloatPixelData.
    pixels : PixelBytes
    header : Header or None
        Of a file.
    video : Video or None
        Where the frames are those of a video. Its pixel data are copied as they are, or not at all.
    """

    path: Path | None
    pixel_format: PixelFormat
    rows: int
    columns: int
    frame_count: int
    dataset: Dataset
    transfer_syntax: str
    keyword: str
    pixels: PixelBytes
    header: Header | None = None
    video: Video | None = None


def read_frames(source: Source, start: int, stop: int) -> Frames:
    """Return the stored values of the frames [start, stop), and no others: the caller chooses how much memory.

    Raises
    ------
    RefusedError
        If a frame does not decode to what the header announces.
    """
    if not 0 <= start < stop <= source.frame_count:
        raise IndexError(f"frames {start} to {stop} of {source.frame_count}")
    pixels, layout = source.pixels, source.pixels.layout
    if source.video is not None:
        stored = source.video.read(start, stop)
    elif pixels.frames is None:
        # Frames of single bits share bytes: begin where a byte does.
        first = start - start % layout.step
        begin, end = layout.span(first, stop)
        data = pixels.stored.read(pixels.start + begin, pixels.start + min(end, pixels.length))
        stored = layout.unpack(data, stop - first)[start - first :]
    else:
        stored = np.stack([decode_frame(source, frame) for frame in range(start, stop)])
    return Frames(stored=stored, pixel_format=source.pixel_format, first=start)


def decode_frame(source: Source, frame: int) -> Array:
    """Return the stored values of one compressed frame, [rows, columns, samples]; of a still image, read-only."""
    pixels, syntax = source.pixels, source.transfer_syntax
    if syntax in pixels.still:
        return pixels.still[syntax]
    decoded = decode(pixels.codestream(frame), syntax, pixels.layout)
    if source.frame_count == 1:
        decoded.setflags(write=False)
        pixels.still[syntax] = decoded
    return decoded
