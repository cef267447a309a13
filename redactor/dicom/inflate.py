"""Inflate a deflated data set, within a bound (PS3.5 A.5)."""

import struct
import zlib

from ...errors import MalformedError, UnsupportedError

# A deflated data set is held in memory whole, unlike the others: a quarter of their 2 GiB. Deflate shrinks
# at most 1032 to 1, so this is reached within a second or so.
INFLATE_LIMIT = 512 << 20


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
