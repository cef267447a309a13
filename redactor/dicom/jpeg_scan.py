"""Tell a whole JPEG scan from one that is cut short: decoders make up what is missing, grey, and say nothing.

Bits are appended to every interval of entropy-coded data, in one copy of the codestream these, in the other their
inverse. Who has all that the interval must hold never reads them; who has not, reads other samples from each copy.
That costs a second decoding, and asks for no decoder that tells more than ours: all processes are covered alike.
Where whole intervals are missing, so are their restart markers, which are counted.
"""

import re
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
# With the fill that may stand before a marker (T.81 B.1.1.2).
_RESTART = re.compile(rb"\xff+([\xd0-\xd7])")


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
    _check_restarts(codestream, segments)
    frame, other = (decode(_appended(codestream, segments, bits)) for bits in (_BITS, _INVERSE))
    if not np.array_equal(frame, other):
        raise UndecodableError("a JPEG scan ends before its last sample; expected all of them before EOI (FFD9)")
    return frame


def _appended(codestream: bytes, segments: tuple[Segment, ...], bits: bytes) -> bytes:
    """Return the codestream with bits behind every interval of entropy-coded data."""
    pieces, position = [], 0
    for segment, following in pairwise(segments):
        if segment.marker == SOS:
            scan = codestream[segment.end : following.start].rstrip(b"\xff")
            pieces += [codestream[position : segment.end], _RESTART.sub(lambda found: bits + found[0], scan), bits]
            position = following.start
    return b"".join((*pieces, codestream[position:]))


def _check_restarts(codestream: bytes, segments: tuple[Segment, ...]) -> None:
    """Refuse scans whose restart markers are not as many as their intervals, or out of order (T.81 E.1.4)."""
    interval = 0
    for segment, following in pairwise(segments):
        if segment.marker == _DRI:
            (interval,) = unpack_from(">H", codestream, segment.body)
        if segment.marker != SOS:
            continue
        numbers = [found[0] & 7 for found in _RESTART.findall(codestream, segment.end, following.start)]
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
