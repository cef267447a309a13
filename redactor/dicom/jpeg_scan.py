"""Tell a whole JPEG scan from one that is cut short: decoders make up what is missing, grey, and say nothing.

Bits are appended to every interval of entropy-coded data, in one copy of the codestream these, in the other their
inverse. Who has all that the interval must hold never reads them; who has not, reads other samples from each copy.
That costs a second decoding, and asks for no decoder that tells more than ours: all processes are covered alike.
Where whole intervals are missing, so are their restart markers, which are counted.
"""

from collections.abc import Callable
from itertools import pairwise
from struct import unpack_from
from typing import Any

import numpy as np
import numpy.typing as npt

from ...errors import UndecodableError
from .markers import SOFS, SOS, Segment, read_jpeg

Array = npt.NDArray[Any]
# Enough for any code and its value; the first bits differ, so that the first codes read from them differ.
_BITS = b"\x2a" * 16
_INVERSE = b"\xd5" * 16
_DRI = 0xFFDD
_LOSSLESS = 0xFFC3


def decode_whole(codestream: bytes, decode: Callable[[bytes], Array]) -> Array:
    """Return what `decode` makes of a codestream whose scans are complete.

    Parameters
    ----------
    codestream : bytes
        JPEG of a Huffman process, from SOI to EOI.
    decode : callable
        Takes a codestream.

    Raises
    ------
    UndecodableError
        If a scan ends before its last sample.
    MalformedError
        If segments do not fit.
    """
    segments = read_jpeg(codestream)
    restarts = [_restarts(codestream, a.end, b.start) for a, b in pairwise(segments) if a.marker == SOS]
    _check_restarts(codestream, segments, restarts)
    intervals = _intervals(codestream, segments, restarts)
    frame, other = (decode(bits.join(intervals)) for bits in (_BITS, _INVERSE))
    if not np.array_equal(frame, other):
        raise UndecodableError("a JPEG scan ends before its last sample; expected all of them before EOI (FFD9)")
    return frame


def _restarts(codestream: bytes, start: int, stop: int) -> list[int]:
    """Return where the restart markers between two bytes are; their second bytes tell which (T.81 B.1.1.3)."""
    data = np.frombuffer(codestream, np.uint8, stop - start, start)
    places: list[int] = (start + np.flatnonzero((data[:-1] == 0xFF) & (data[1:] & 0xF8 == 0xD0))).tolist()
    return places


def _intervals(codestream: bytes, segments: tuple[Segment, ...], restarts: list[list[int]]) -> list[bytes]:
    """Cut the codestream behind every interval of entropy-coded data, before the fill of a marker (T.81 B.1.1.2)."""
    pieces, position, scans = [], 0, iter(restarts)
    for segment, following in pairwise(segments):
        if segment.marker == SOS:
            for place in next(scans):
                before = codestream[position:place].rstrip(b"\xff")
                pieces.append(before)
                position += len(before)
            pieces.append(codestream[position : following.start].rstrip(b"\xff"))
            position = following.start
    return [*pieces, codestream[position:]]


def _check_restarts(codestream: bytes, segments: tuple[Segment, ...], restarts: list[list[int]]) -> None:
    """Refuse scans whose restart markers are not as many as their intervals, or out of order (T.81 E.1.4)."""
    interval, scans = 0, iter(restarts)
    for segment in segments[:-1]:
        if segment.marker == _DRI:
            (interval,) = unpack_from(">H", codestream, segment.body)
        if segment.marker != SOS:
            continue
        numbers = [codestream[place + 1] & 7 for place in next(scans)]
        expected = -(-_units(codestream, segments, segment) // interval) - 1 if interval else 0
        if numbers != [number & 7 for number in range(expected)]:
            raise UndecodableError(f"a JPEG scan has {len(numbers)} restart markers; expected {expected}, in order")


def _units(codestream: bytes, segments: tuple[Segment, ...], scan: Segment) -> int:
    """Return how many minimum coded units a scan has (T.81 A.2)."""
    frame = next(segment for segment in segments if segment.marker in SOFS)
    rows: int
    columns: int
    _, rows, columns, count = unpack_from(">BHHB", codestream, frame.body)
    parts = [unpack_from(">BB", codestream, frame.body + 6 + 3 * index) for index in range(count)]
    factors: dict[int, tuple[int, int]] = {identifier: (steps >> 4, steps & 15) for identifier, steps in parts}
    widest, highest = (max(steps) or 1 for steps in zip(*factors.values(), strict=True))
    size = 1 if frame.marker == _LOSSLESS else 8
    if codestream[scan.body] != 1:
        return -(-columns // (size * widest)) * -(-rows // (size * highest))
    # The blocks of one component are units of their own, without those that would fill up the others'.
    wide, high = factors.get(codestream[scan.body + 1], (1, 1))
    own_columns, own_rows = -(-columns * wide // widest), -(-rows * high // highest)
    return -(-own_columns // size) * -(-own_rows // size)
