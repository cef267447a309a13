"""Uncompressed samples: where they lie in the bytes, and how boxes of them are overwritten (PS3.5 section 8.1)."""

from dataclasses import dataclass
from math import gcd
from typing import Any

import numpy as np
import numpy.typing as npt

from ...errors import MalformedError, UnsupportedError
from .frames import PixelFormat

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the frames of uncompressed pixel data lie behind one another.

    Attributes
    ----------
    pixel_format : PixelFormat
    rows, columns : int
    little_endian : bool
    swapped : bool
        Whether samples of one byte lie in big endian words, so that neighbours change places (PS3.5 section 8.1.1).
    """

    pixel_format: PixelFormat
    rows: int
    columns: int
    little_endian: bool = True
    swapped: bool = False

    @property
    def subsampled(self) -> bool:
        """Whether two pixels share their chroma: Y1 Y2 Cb Cr (PS3.3 C.7.6.3.1.2)."""
        return self.pixel_format.photometric.endswith("_422")

    @property
    def frame_bits(self) -> int:
        """Size of one frame; frames of single bits do not end on a byte."""
        samples = 2 if self.subsampled else self.pixel_format.samples
        return self.rows * self.columns * samples * self.pixel_format.bits_allocated

    @property
    def step(self) -> int:
        """Number of frames that together fill whole bytes (or words, where these are swapped)."""
        unit = 16 if self.swapped else 8
        return unit // gcd(unit, self.frame_bits)

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """Return the bytes [begin, end) that hold the frames [start, stop); `start` is a multiple of `step`."""
        end = -(-stop * self.frame_bits // 8)
        return start * self.frame_bits // 8, end + end % 2 if self.swapped else end

    def band(self, frame: int, y0: int, y1: int) -> tuple[tuple[int, int], ...]:
        """Return the bytes [begin, end) of the rows [y0, y1) of a frame, plane by plane; only of whole bytes."""
        row = self.columns * self.pixel_format.samples * self.pixel_format.bits_allocated // 8
        planes = 1
        if self.pixel_format.planar:
            row, planes = row // self.pixel_format.samples, self.pixel_format.samples
        starts = [frame * self.frame_bits // 8 + plane * self.rows * row for plane in range(planes)]
        return tuple((start + y0 * row, start + y1 * row) for start in starts)

    def check_length(self, length: int, frame_count: int) -> int:
        """Return how many bytes follow the last frame; refuse pixel data that are too short for their frames.

        Raises
        ------
        MalformedError
            With both lengths.
        UnsupportedError
            If the layout is none that the standard describes.
        """
        if self.pixel_format.photometric in ("YBR_ICT", "YBR_RCT", "YBR_PARTIAL_420"):
            photometric = self.pixel_format.photometric
            raise UnsupportedError(
                f"(0028,0004) {photometric} has no uncompressed layout; expected a compressed syntax"
            )
        if self.subsampled and (self.columns % 2 or self.pixel_format.bits_allocated != 8):
            raise UnsupportedError(
                f"(0028,0011) {self.columns} columns, 4:2:2 subsampled; expected an even number of 8 bits"
            )
        if self.swapped and self.pixel_format.bits_allocated == 1:
            # PS3.5 8.1.1 swaps their bytes, pydicom does not: text might be looked for in the wrong order of columns.
            raise UnsupportedError("(7FE0,0010) single bits in big endian words: readers disagree; expected VR OB")
        expected = self.span(0, frame_count)[1]
        if length < expected:
            raise MalformedError(f"(7FE0,0010) Pixel Data has {length} bytes; {frame_count} frames take {expected}")
        return length - expected

    def unpack(self, data: bytes | bytearray, count: int) -> Array:
        """Return samples [count, rows, columns, samples], where possible as a view of the data."""
        if self.swapped:
            data = _swap(data)
        if self.pixel_format.bits_allocated == 1:
            bits = np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little", count=count * self.frame_bits)
            return bits.reshape(count, self.rows, self.columns, 1)
        if self.subsampled:
            return _upsample(self._blocks(data, count))
        samples = self._view(data, count)
        return samples if samples.dtype.isnative else samples.astype(self.pixel_format.dtype)

    def pack(self, samples: Array) -> bytes:
        """Return the bytes of samples [n, rows, columns, samples]: the inverse of `unpack`."""
        if self.pixel_format.bits_allocated == 1:
            packed = np.packbits(samples.reshape(-1), bitorder="little").tobytes()
        elif self.subsampled:
            packed = _downsample(samples).tobytes()
        else:
            planes = np.moveaxis(samples, -1, 1) if self.pixel_format.planar else samples
            packed = np.ascontiguousarray(planes, dtype=self._file_dtype).tobytes()
        return bytes(_swap(packed)) if self.swapped else packed

    def writable(self, data: bytearray, count: int) -> Array | None:
        """Return samples [count, rows, columns, samples] that write through to the data, or None if none can."""
        if self.swapped or self.subsampled or self.pixel_format.bits_allocated == 1:
            return None
        return self._view(data, count)

    @property
    def _file_dtype(self) -> np.dtype[Any]:
        return self.pixel_format.dtype.newbyteorder("<" if self.little_endian else ">")

    def _view(self, data: bytes | bytearray, count: int) -> Array:
        """Return a view in the file's byte order, moved to pixel order."""
        shape = (count, self.rows, self.columns, self.pixel_format.samples)
        planar = bool(self.pixel_format.planar)
        if planar:
            shape = (count, self.pixel_format.samples, self.rows, self.columns)
        number = count * self.rows * self.columns * self.pixel_format.samples
        samples = np.frombuffer(data, self._file_dtype, count=number).reshape(shape)
        return np.moveaxis(samples, 1, -1) if planar else samples

    def _blocks(self, data: bytes | bytearray, count: int) -> Array:
        shape = (count, self.rows, self.columns // 2, 4)
        return np.frombuffer(data, np.uint8, count=count * self.frame_bits // 8).reshape(shape)


def _swap(data: bytes | bytearray) -> bytes:
    """Exchange the bytes of each word; a last odd byte has lost its neighbour to nobody."""
    padded = bytes(data) + b"\0" * (len(data) % 2)
    return np.frombuffer(padded, np.uint16).byteswap().tobytes()


def _upsample(blocks: Array) -> Array:
    """Y1 Y2 Cb Cr [n, rows, columns / 2, 4] -> Y Cb Cr [n, rows, columns, 3]; both pixels get the chroma."""
    count, rows, half, _ = blocks.shape
    samples = np.empty((count, rows, half * 2, 3), np.uint8)
    samples[..., 0] = blocks[..., :2].reshape(count, rows, half * 2)
    samples[..., 1:] = np.repeat(blocks[..., 2:], 2, axis=2)
    return samples


def _downsample(samples: Array) -> Array:
    """Y Cb Cr [n, rows, columns, 3] -> Y1 Y2 Cb Cr [n, rows, columns / 2, 4]; the first pixel's chroma counts."""
    count, rows, columns, _ = samples.shape
    blocks = np.empty((count, rows, columns // 2, 4), np.uint8)
    blocks[..., :2] = samples[..., 0].reshape(count, rows, columns // 2, 2)
    blocks[..., 2:] = samples[:, :, ::2, 1:]
    return blocks
