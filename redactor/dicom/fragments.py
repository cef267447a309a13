"""Fragments of encapsulated pixel data and their offset table (PS3.5 A.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from struct import Struct

from ...errors import MalformedError, UnsupportedError
from .elements import ITEM, SEQUENCE_END, UNDEFINED, Bytes, Encoding, check_delimiter, check_fits, name, read_element

# Of a slide with a million tiles; more is a way to fill memory with empty items.
FRAGMENT_LIMIT = 1 << 20
# Whatever the transfer syntax, items have no VR; every encapsulated one is little endian.
_ITEMS = Encoding(implicit=True, little_endian=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """Offset and length of one fragment's value in encapsulated pixel data (PS3.5 A.4)."""

    start: int
    length: int


def read_fragments(data: Bytes, start: int, limit: int) -> tuple[list[Fragment], int]:
    """Return the items of encapsulated pixel data, offset table first, and the first byte after the delimiter.

    Raises
    ------
    MalformedError
        If an item is not an item, does not fit, or the sequence delimiter is missing (PS3.5 A.4).
    UnsupportedError
        If there are more fragments than any image has.
    """
    fragments: list[Fragment] = []
    position = start
    while True:
        if position + 8 > limit:
            raise MalformedError("(7FE0,0010) Pixel Data ends without its sequence delimiter (FFFE,E0DD)")
        item = read_element(data, position, limit, _ITEMS)
        if item.tag == SEQUENCE_END:
            check_delimiter(item)
            break
        if item.tag != ITEM or item.length == UNDEFINED:
            raise MalformedError(f"{name(item.tag)} at byte {position} in Pixel Data; expected an item of known length")
        check_fits(item, limit)
        if len(fragments) > FRAGMENT_LIMIT:
            raise UnsupportedError(f"(7FE0,0010) Pixel Data has more than {FRAGMENT_LIMIT} fragments")
        fragments.append(Fragment(start=item.value, length=item.length))
        position = item.end
    if len(fragments) < 2:
        raise MalformedError("(7FE0,0010) Pixel Data holds no fragment after its offset table")
    return fragments, item.value


def read_offsets(data: Bytes, fragments: Sequence[Fragment]) -> tuple[int, ...]:
    """Return the Basic Offset Table in `fragments[0]`, empty where there is none.

    Raises
    ------
    MalformedError
        If an entry does not point at a fragment, or entries do not start at 0 and rise (PS3.5 A.4).
    """
    table = fragments[0]
    if table.length % 4:
        raise MalformedError(f"Basic Offset Table has {table.length} bytes; expected a multiple of 4")
    offsets = Struct(f"<{table.length // 4}I").unpack_from(data, table.start)
    first = fragments[1].start
    starts = {fragment.start - first for fragment in fragments[1:]}
    rises = all(before < after for before, after in pairwise(offsets))
    if offsets and not (offsets[0] == 0 and rises and starts.issuperset(offsets)):
        raise MalformedError("Basic Offset Table does not point at the first fragment of each frame")
    return offsets
