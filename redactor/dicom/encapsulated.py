"""Encapsulated pixel data: which fragments make which frame, and how they are written (PS3.5 A.4)."""

from collections.abc import Sequence
from struct import Struct, pack, unpack

from ...errors import MalformedError
from .fragments import Fragment

_ITEM = b"\xfe\xff\x00\xe0"
SEQUENCE_END = b"\xfe\xff\xdd\xe0\x00\x00\x00\x00"
_LONGEST = 0xFFFFFFFE


def group_fragments(
    fragments: Sequence[Fragment],
    frame_count: int,
    *,
    starts: Sequence[int],
    ends_frame: Sequence[bool],
) -> tuple[tuple[Fragment, ...], ...]:
    """Return the fragments of each frame.

    Parameters
    ----------
    fragments : sequence of Fragment
        In file order.
    frame_count : int
    starts : sequence of int
        Where the frames' first item tags lie, counted from the first fragment's: an offset table, or nothing.
    ends_frame : sequence of bool
        For each fragment, whether its bytes end a codestream.

    Raises
    ------
    MalformedError
        If neither the counts, the table nor the bytes say which fragments make which frame.
    """
    if len(fragments) == frame_count:
        return tuple((fragment,) for fragment in fragments)
    if frame_count == 1:
        return (tuple(fragments),)
    if len(fragments) < frame_count:
        raise MalformedError(
            f"(7FE0,0010) Pixel Data has {len(fragments)} fragments; expected {frame_count} frames or more"
        )
    if starts:
        wanted = set(starts)
        cuts = [index for index, item in enumerate(fragments) if item.start - fragments[0].start in wanted]
    else:
        cuts = [0, *(index + 1 for index, ends in enumerate(ends_frame[:-1]) if ends)]
    if len(cuts) != frame_count or cuts[0] != 0 or len(starts) not in (0, frame_count):
        raise MalformedError(f"(7FE0,0010) Pixel Data: {len(fragments)} fragments do not make {frame_count} frames")
    return tuple(tuple(fragments[a:b]) for a, b in zip(cuts, [*cuts[1:], len(fragments)], strict=True))


def extended_starts(offsets: bytes | None, *, little_endian: bool = True) -> tuple[int, ...]:
    """Return the numbers of an Extended Offset Table (7FE0,0001), nothing if there is none (PS3.3 C.7.6.3.1.8)."""
    if not offsets:
        return ()
    if len(offsets) % 8:
        raise MalformedError(f"(7FE0,0001) Extended Offset Table has {len(offsets)} bytes; expected a multiple of 8")
    return unpack(f"{'<' if little_endian else '>'}{len(offsets) // 8}Q", offsets)


def item(value: bytes) -> bytes:
    """Return a fragment as it is written: item tag, length, bytes, and a zero where their number is odd."""
    padded = value + b"\0" * (len(value) % 2)
    if len(padded) > _LONGEST:
        raise MalformedError("a frame takes more than 4 GB; expected less")
    return _ITEM + pack("<I", len(padded)) + padded


def offset_table(sizes: Sequence[int]) -> bytes:
    """Return the item of a Basic Offset Table for frames of so many bytes, item headers included."""
    offsets = [0]
    for size in sizes[:-1]:
        offsets.append(offsets[-1] + size)
    if offsets[-1] > 0xFFFFFFFF:
        raise MalformedError("frames take more than a Basic Offset Table can count (4 GB)")
    return item(Struct(f"<{len(offsets)}I").pack(*offsets))
