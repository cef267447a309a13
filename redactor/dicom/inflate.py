"""Inflate a deflated data set, within a bound (PS3.5 A.5)."""

import struct
import zlib

from ...errors import MalformedError, UnsupportedError
from .elements import PIXEL_TAGS, UNDEFINED, Encoding, name, read_element

# A deflated data set is held in memory whole, unlike the others: a quarter of their 2 GiB. Deflate shrinks
# at most 1032 to 1, so this is reached within a second or so.
INFLATE_LIMIT = 512 << 20
# What is looked at first; and what may follow the pixel data, as much as a header may have.
_HEAD = 1 << 20
_TAIL = 64 << 20


def inflate_data_set(deflated: bytes) -> bytes:
    """Return an inflated data set, no longer than its pixel data announce in its first bytes.

    A bomb of a megabyte would take seconds to reach the limit; nearly all end here at once.

    Raises
    ------
    UnsupportedError, MalformedError
        As `inflate`, or if the data set does not begin like one.
    """
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        head = stream.decompress(deflated, _HEAD)
    except zlib.error as error:
        raise MalformedError("the deflated data set is damaged; expected an RFC 1951 stream") from error
    try:
        end = _announced_end(head, Encoding(implicit=False, little_endian=True))
    except MalformedError:
        # Some writers deflate what is implicit; if it is neither, this raises for good.
        end = _announced_end(head, Encoding(implicit=True, little_endian=True))
    return inflate(deflated, INFLATE_LIMIT if end is None else min(end + _TAIL, INFLATE_LIMIT))


def _announced_end(head: bytes, encoding: Encoding) -> int | None:
    """Return where the pixel data must end that begin in the first bytes; None where these do not tell."""
    position, last = 0, -1
    while position + 12 <= len(head):
        element = read_element(head, position, len(head), encoding)
        if element.tag <= last:
            raise MalformedError(f"{name(element.tag)} at byte {position} repeats or is out of order")
        if element.length == UNDEFINED:
            return None  # a sequence: how long it is only a walk through it would tell
        if element.tag in PIXEL_TAGS and element.end > INFLATE_LIMIT:
            raise UnsupportedError(f"the deflated data set inflates to more than {INFLATE_LIMIT >> 20} MB")
        if element.tag in PIXEL_TAGS:
            return element.end
        position, last = element.end, element.tag
    return None


def inflate(deflated: bytes, limit: int | None = None) -> bytes:
    """Return the inflated bytes of one raw deflate stream that is followed by nothing but a padding byte.

    Raises
    ------
    UnsupportedError
        If more than `limit` bytes come out, by default `INFLATE_LIMIT`.
    MalformedError
        If the stream is damaged, cut off, or followed by other bytes.
    """
    limit = INFLATE_LIMIT if limit is None else limit
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        inflated = stream.decompress(deflated, limit + 1)
    except zlib.error as error:
        raise MalformedError("the deflated data set is damaged; expected an RFC 1951 stream") from error
    if len(inflated) > limit:
        raise UnsupportedError(f"the deflated data set inflates to more than {limit >> 20} MB")
    if not stream.eof:
        raise MalformedError("the deflated data set is cut off")
    # zlib's users sometimes leave gzip's trailer behind the stream: its checksum and size, and nothing else.
    trailer = struct.pack("<II", zlib.crc32(inflated), len(inflated))
    if stream.unused_data not in (b"", b"\0", trailer):
        raise MalformedError(f"{len(stream.unused_data)} bytes follow the deflated data set; expected none")
    return inflated
