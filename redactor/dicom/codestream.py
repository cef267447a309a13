"""Compare what a compressed frame announces with the header, before a decoder allocates anything.

A codestream of a kilobyte may announce 20000 x 20000 pixels, and decoders believe it.
"""

from dataclasses import dataclass
from itertools import pairwise
from struct import Struct

from ...errors import MalformedError, UnsupportedError
from .jp2 import find_codestream
from .jpegxl import read_jpeg_xl
from .markers import SIZ, SOF_LS, SOFS, read_jpeg, read_jpeg_2000
from .syntaxes import JPEG_2000, JPEG_BASELINE, JPEG_EXTENDED, JPEG_LOSSLESS, JPEG_LS, JPEG_XL, RAW_FRAMES, RLE

# Sequential and lossless Huffman processes, which decoders tell apart by themselves: real files name the wrong one.
# Progressive ones were retired from DICOM, and are not decoded line by line.
_JPEG_FRAMES = frozenset({0xFFC0, 0xFFC1, 0xFFC3})
_JPEG_LS_FRAMES = frozenset({SOF_LS})
_JPEG = frozenset({JPEG_BASELINE, JPEG_EXTENDED}) | JPEG_LOSSLESS
_FRAME = Struct(">BHHB")
_SIZ = Struct(">HIIIIIIIIH")
_RLE_HEADER = Struct("<16I")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Announced:
    """What a codestream says of itself."""

    rows: int
    columns: int
    samples: int
    precision: int


def check_codestream(
    fragment: bytes, transfer_syntax: str, rows: int, columns: int, samples: int, bits_allocated: int
) -> None:
    """Refuse a compressed frame that is not what the header says, or is cut off. Nothing is decoded.

    Parameters
    ----------
    fragment : bytes
        One whole frame; its fragments joined.
    transfer_syntax : str
        UID.
    rows, columns, samples, bits_allocated : int
        Of the data set.

    Raises
    ------
    MalformedError
        If dimensions, components or precision differ, or the codestream has no proper beginning and end.
    UnsupportedError
        If the codestream uses what DICOM does not know of.
    """
    if transfer_syntax == RLE:
        return _check_rle(fragment, samples * bits_allocated // 8)
    if transfer_syntax == RAW_FRAMES:
        return _check_raw(fragment, (rows * columns * samples * bits_allocated + 7) // 8)
    announced = _announced(fragment, transfer_syntax)
    if announced is not None:
        _compare(announced, rows, columns, samples, bits_allocated)


def _announced(fragment: bytes, syntax: str) -> _Announced | None:
    """Return what the codestream announces; None where the syntax has no header to ask."""
    if syntax in _JPEG:
        return _jpeg(fragment, _JPEG_FRAMES)
    if syntax in JPEG_LS:
        return _jpeg(fragment, _JPEG_LS_FRAMES)
    if syntax in JPEG_2000:
        return _jpeg_2000(fragment)
    if syntax in JPEG_XL:
        header = read_jpeg_xl(fragment)
        return _Announced(rows=header.rows, columns=header.columns, samples=header.samples, precision=header.precision)
    return None


def _compare(announced: _Announced, rows: int, columns: int, samples: int, bits_allocated: int) -> None:
    if (announced.rows, announced.columns) != (rows, columns):
        raise MalformedError(
            f"codestream is {announced.columns} x {announced.rows}; (0028,0011) x (0028,0010) say {columns} x {rows}"
        )
    if announced.samples != samples:
        raise MalformedError(f"codestream has {announced.samples} components; (0028,0002) says {samples}")
    if announced.precision > bits_allocated:
        raise MalformedError(f"codestream has {announced.precision} bits; (0028,0100) allocates {bits_allocated}")


def _jpeg(fragment: bytes, allowed: frozenset[int]) -> _Announced:
    """Read the one frame header of JPEG and JPEG-LS (T.81 B.2.2, T.87 C.2.2)."""
    frames = [found for found in read_jpeg(fragment) if found.marker in SOFS or found.marker == SOF_LS]
    if len(frames) != 1:
        raise MalformedError(f"codestream has {len(frames)} frame headers; expected 1")
    (frame,) = frames
    if frame.marker not in allowed:
        raise UnsupportedError(f"JPEG process {frame.marker:04X} is none that (0002,0010) Transfer Syntax UID allows")
    if frame.end - frame.body < _FRAME.size:
        raise MalformedError("JPEG frame header is too short")
    precision, rows, columns, samples = _FRAME.unpack_from(fragment, frame.body)
    return _Announced(rows=rows, columns=columns, samples=samples, precision=precision)


def _jpeg_2000(fragment: bytes) -> _Announced:
    """Read the image and tile size segment (T.800 A.5.1)."""
    start, end = find_codestream(fragment)
    fragment = fragment[start:end]
    siz = read_jpeg_2000(fragment)[1]
    if siz.marker != SIZ or siz.end - siz.body < _SIZ.size + 3:
        raise MalformedError("JPEG 2000 SIZ segment is too short")
    _, right, bottom, left, top, tile_width, tile_height, _, _, samples = _SIZ.unpack_from(fragment, siz.body)
    components = fragment[siz.body + _SIZ.size : siz.end]
    if len(components) != 3 * samples or any(step != 1 for step in components[1::3] + components[2::3]):
        raise MalformedError("JPEG 2000 components are subsampled, or fewer than announced")
    if left >= right or top >= bottom or not tile_width or not tile_height:
        raise MalformedError("JPEG 2000 image or tile is empty")
    precision = max(1 + (depth & 0x7F) for depth in components[::3])
    return _Announced(rows=bottom - top, columns=right - left, samples=samples, precision=precision)


def _check_rle(fragment: bytes, planes: int) -> None:
    """Check the segment count and offsets of an RLE frame (PS3.5 G.5)."""
    if len(fragment) < _RLE_HEADER.size:
        raise MalformedError(f"RLE frame has {len(fragment)} bytes; expected a header of 64 and more")
    count, *offsets = _RLE_HEADER.unpack_from(fragment)
    if count != planes:
        raise MalformedError(f"RLE frame has {count} segments; (0028,0002) and (0028,0100) make {planes}")
    used = [*offsets[:count], len(fragment)]
    if used[0] != 64 or any(end <= start for start, end in pairwise(used)) or any(offsets[count:]):
        raise MalformedError("RLE segment offsets do not rise from 64 to the end of the frame")


def _check_raw(fragment: bytes, expected: int) -> None:
    if len(fragment) not in (expected, expected + expected % 2):
        raise MalformedError(f"frame has {len(fragment)} bytes; expected {expected}")
