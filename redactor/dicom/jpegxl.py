"""Dimensions of a JPEG XL codestream, from its first bytes (ISO/IEC 18181-1 annex D)."""

from dataclasses import dataclass

from ...errors import MalformedError, UnsupportedError
from .jp2 import read_boxes

CONTAINER = b"\0\0\0\x0cJXL \r\n\x87\n"
# Boxes that help to decode (ISO/IEC 18181-2 clause 9); others are metadata.
NEEDED = frozenset({b"JXL ", b"ftyp", b"jxll", b"jxlc", b"jxlp"})
# Width as a share of height (table D.2).
_RATIOS = {1: (1, 1), 2: (12, 10), 3: (4, 3), 4: (3, 2), 5: (16, 9), 6: (5, 4), 7: (2, 1)}
# Enough for size header and image metadata.
_HEADER_BYTES = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class JpegXlHeader:
    """What the image header announces."""

    rows: int
    columns: int
    samples: int
    precision: int


class _Bits:
    """Reads bits, the least significant one of each byte first."""

    def __init__(self, data: bytes) -> None:
        self.value = int.from_bytes(data, "little")

    def take(self, count: int) -> int:
        taken = self.value & ((1 << count) - 1)
        self.value >>= count
        return taken

    def u32(self, *choices: tuple[int, int]) -> int:
        """Return a U32: two bits choose an offset and the number of bits that are added to it (B.2.2)."""
        offset, count = choices[self.take(2)]
        return offset + self.take(count)


def read_jpeg_xl(data: bytes) -> JpegXlHeader:
    """Return what a JPEG XL codestream announces, bare or in a container.

    Raises
    ------
    MalformedError
        If it is none.
    UnsupportedError
        If it can be turned back into a JPEG file, is animated, or has a preview, extra channels or floating samples.
    """
    data = _first_codestream(data) if data.startswith(CONTAINER) else data
    if data[:2] != b"\xff\x0a":
        raise MalformedError("frame does not start with a JPEG XL signature (FF0A)")
    bits = _Bits(data[2:_HEADER_BYTES])
    rows, columns = _size(bits)
    if bits.take(1):  # all_default: 8 bits, sRGB
        return JpegXlHeader(rows=rows, columns=columns, samples=3, precision=8)
    if bits.take(1):  # extra_fields: orientation, intrinsic size, preview, animation
        _check_extra_fields(bits)
    precision = _precision(bits)
    bits.take(1)  # modular_16bit_buffers
    if bits.u32((0, 0), (1, 0), (2, 4), (1, 12)):
        raise UnsupportedError("JPEG XL frame has extra channels; expected colour or grey alone")
    bits.take(1)  # xyb_encoded
    return JpegXlHeader(rows=rows, columns=columns, samples=_samples(bits), precision=precision)


def _first_codestream(data: bytes) -> bytes:
    """Return the codestream in a container, or the first part of it."""
    boxes = read_boxes(data)
    if any(box.kind == b"jbrd" for box in boxes):
        raise UnsupportedError("JPEG XL frame holds what is needed to restore a JPEG file, comments included")
    for box in boxes:
        if box.kind in (b"jxlc", b"jxlp"):
            return data[box.body + 4 * (box.kind == b"jxlp") : box.end]
    raise MalformedError("JPEG XL container holds no codestream")


def _size(bits: _Bits) -> tuple[int, int]:
    small = bits.take(1)
    rows = _extent(bits, small)
    ratio = bits.take(3)
    if ratio == 0:
        return rows, _extent(bits, small)
    numerator, denominator = _RATIOS[ratio]
    return rows, rows * numerator // denominator


def _extent(bits: _Bits, small: int) -> int:
    return (bits.take(5) + 1) * 8 if small else bits.u32((1, 9), (1, 13), (1, 18), (1, 30))


def _check_extra_fields(bits: _Bits) -> None:
    if bits.take(3) or bits.take(1) or bits.take(1) or bits.take(1):
        raise UnsupportedError("JPEG XL frame is rotated, animated or has a preview; expected a plain still image")


def _precision(bits: _Bits) -> int:
    if bits.take(1):
        raise UnsupportedError("JPEG XL frame has floating point samples; expected integers")
    return bits.u32((8, 0), (10, 0), (12, 0), (1, 6))


def _samples(bits: _Bits) -> int:
    """Return the channels of the colour encoding (E.2): its colour space 1 is grey."""
    if bits.take(1):
        return 3
    bits.take(1)  # want_icc
    return 1 if bits.u32((0, 0), (1, 0), (2, 4), (18, 6)) == 1 else 3
