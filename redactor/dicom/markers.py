"""Marker segments of JPEG, JPEG-LS and JPEG 2000 codestreams, walked to their end without decoding.

A codestream that is cut off decodes to grey rows, silently; so its last marker is demanded here.
"""

import re
from dataclasses import dataclass
from struct import Struct

from ...errors import MalformedError

_U16 = Struct(">H")
_U32 = Struct(">I")

SOI, EOI, SOS, COM = 0xFFD8, 0xFFD9, 0xFFDA, 0xFFFE
SOF_LS = 0xFFF7
# ITU-T T.81 table B.1: the frame headers among C0 to CF; C4, C8 and CC are tables and a reserve.
SOFS = frozenset(range(0xFFC0, 0xFFD0)) - {0xFFC4, 0xFFC8, 0xFFCC}
# ITU-T T.800 table A.2.
SOC, SIZ, SOT, SOD, EOC, COM_2000 = 0xFF4F, 0xFF51, 0xFF90, 0xFF93, 0xFFD9, 0xFF64
_BARE = frozenset({SOI, EOI, 0xFF01, *range(0xFFD0, 0xFFD8)})
# In a scan, FF is data if stuffing follows: a zero byte in JPEG (T.81 B.1.1.5), a zero bit in JPEG-LS (T.87 C.1);
# restart markers belong to the scan as well, and FF may repeat as fill before a marker.
_SCAN_END = re.compile(rb"\xff(?=[^\x00\xff\xd0-\xd7])", re.DOTALL)
_SCAN_END_LS = re.compile(rb"\xff(?=[\x80-\xcf\xd8-\xfe])", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One marker segment.

    Attributes
    ----------
    marker : int
        With its FF, e.g. 0xFFDA.
    start : int
        Offset of the marker.
    body : int
        Offset of what follows marker and length; equal to `end` where the marker stands alone.
    end : int
        Offset of the first byte after the segment, entropy-coded data not included.
    """

    marker: int
    start: int
    body: int
    end: int


def read_jpeg(data: bytes) -> tuple[Segment, ...]:
    """Return all segments of a JPEG or JPEG-LS codestream, from SOI to EOI.

    Raises
    ------
    MalformedError
        If it does not start with SOI, breaks off before EOI, or a segment does not fit.
    """
    if data[:2] != b"\xff\xd8":
        raise MalformedError("frame does not start with a JPEG SOI marker (FFD8)")
    segments = [Segment(marker=SOI, start=0, body=2, end=2)]
    scan_end = _SCAN_END
    while segments[-1].marker != EOI:
        last = segments[-1]
        position = _after_scan(data, last.end, scan_end) if last.marker == SOS else _skip_fill(data, last.end)
        segments.append(_read_segment(data, position))
        if segments[-1].marker == SOF_LS:
            scan_end = _SCAN_END_LS
    return tuple(segments)


def _after_scan(data: bytes, position: int, scan_end: re.Pattern[bytes]) -> int:
    found = scan_end.search(data, position)
    if found is None:
        raise MalformedError("JPEG codestream is cut off; expected an EOI marker (FFD9) at its end")
    return found.start()


def _skip_fill(data: bytes, position: int) -> int:
    """Step over the FF bytes that may stand before a marker (T.81 B.1.1.2)."""
    while data[position : position + 2] == b"\xff\xff":
        position += 1
    return position


def _read_segment(data: bytes, position: int) -> Segment:
    if position + 2 > len(data):
        raise MalformedError("JPEG codestream is cut off; expected an EOI marker (FFD9) at its end")
    (marker,) = _U16.unpack_from(data, position)
    if marker < 0xFF01:
        raise MalformedError(f"no marker at byte {position} of the codestream; expected FF01 to FFFE")
    if marker in _BARE:
        return Segment(marker=marker, start=position, body=position + 2, end=position + 2)
    end = position + 2 + (_U16.unpack_from(data, position + 2)[0] if position + 4 <= len(data) else 0)
    if end > len(data) or end < position + 4:
        raise MalformedError(f"marker segment {marker:04X} at byte {position} does not fit in its codestream")
    return Segment(marker=marker, start=position, body=position + 4, end=end)


def read_jpeg_2000(data: bytes) -> tuple[Segment, ...]:
    """Return the header segments of a JPEG 2000 codestream, those of its tile-parts included, from SOC to EOC.

    Raises
    ------
    MalformedError
        If it does not start with SOC and SIZ, or breaks off before EOC.
    """
    if data[:4] != b"\xff\x4f\xff\x51":
        raise MalformedError("frame does not start with JPEG 2000 SOC and SIZ markers (FF4F, FF51)")
    segments = [Segment(marker=SOC, start=0, body=2, end=2)]
    position = 2
    tile_end = 0
    while segments[-1].marker != EOC:
        segment = _read_segment_2000(data, position)
        segments.append(segment)
        position = segment.end
        if segment.marker == SOT:
            tile_end = _tile_end(data, segment)
        elif segment.marker == SOD:
            position = tile_end
    return tuple(segments)


def _read_segment_2000(data: bytes, position: int) -> Segment:
    marker = data[position : position + 2]
    if marker in (b"\xff\x93", b"\xff\xd9"):
        return Segment(marker=_U16.unpack(marker)[0], start=position, body=position + 2, end=position + 2)
    if len(marker) < 2:
        raise MalformedError("JPEG 2000 codestream is cut off; expected an EOC marker (FFD9) at its end")
    return _read_segment(data, position)


def _tile_end(data: bytes, segment: Segment) -> int:
    """Return where a tile-part ends (T.800 A.4.2): Psot counts from its SOT; 0 means up to EOC."""
    if segment.end - segment.body != 8:
        raise MalformedError(f"JPEG 2000 SOT at byte {segment.start} is not 10 bytes long")
    (length,) = _U32.unpack_from(data, segment.body + 2)
    end = segment.start + length if length else data.rfind(b"\xff\xd9")
    if not segment.end < end <= len(data):
        raise MalformedError(f"JPEG 2000 tile-part at byte {segment.start} is cut off; {length} bytes announced")
    return int(end)
