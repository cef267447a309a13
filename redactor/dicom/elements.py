"""Element headers: tag, VR, length and where the value lies (PS3.5 section 7.1)."""

from dataclasses import dataclass
from mmap import mmap
from struct import Struct
from typing import NamedTuple

from pydicom.datadict import dictionary_VR

from ...errors import MalformedError

Bytes = bytes | mmap

UNDEFINED = 0xFFFFFFFF
PIXEL_DATA = 0x7FE00010
# Float, double float and integer pixel data; a data set holds at most one (PS3.3 C.7.6.24).
PIXEL_TAGS = frozenset({0x7FE00008, 0x7FE00009, PIXEL_DATA})
ITEM, ITEM_END, SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD

# PS3.5 table 7.1-2: VRs whose length has two bytes in explicit VR, and those whose length has four.
_SHORT_VRS = frozenset(["UL", "US"]).union(
    ["AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "PN", "SH", "SL", "SS", "ST", "TM", "UI"]
)
_LONG_VRS = frozenset(["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"])
VR_OF_BYTES = {vr.encode(): vr for vr in _SHORT_VRS | _LONG_VRS}
_HEADERS = {order: Struct(f"{order}HH2sH") for order in "<>"}
_LONG = {order: Struct(f"{order}I") for order in "<>"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How element headers are written."""

    implicit: bool
    little_endian: bool


class Element(NamedTuple):
    """Where one element lies; a tuple, since files hold thousands and a data class takes thrice as long to make.

    Attributes
    ----------
    tag : int
        Group in the upper, element number in the lower 16 bits.
    vr : str
        As written; from the dictionary where the encoding is implicit ("US or SS" is possible then), "UN" if unknown.
    start, value : int
        Offsets of the element's header and of its value.
    length : int
        Of the value, as written: 0xFFFFFFFF where undefined.
    end : int
        Offset of the first byte after the element, delimiters included.
    """

    tag: int
    vr: str
    start: int
    value: int
    length: int
    end: int


def name(tag: int) -> str:
    """Return a tag as the standard prints it, (gggg,eeee)."""
    return f"({tag >> 16:04X},{tag & 0xFFFF:04X})"


def read_element(data: Bytes, start: int, limit: int, encoding: Encoding) -> Element:
    """Read the element header at `start`; its value need not be present.

    Parameters
    ----------
    data : bytes or mmap
        The file or the inflated data set.
    start, limit : int
        Where the header begins, and the first byte that it must not reach.
    encoding : Encoding
        Of this data set or item.

    Raises
    ------
    MalformedError
        If the header is cut off or its VR is none of PS3.5 section 6.2.
    """
    order = "<" if encoding.little_endian else ">"
    if start + 8 > limit:
        raise MalformedError(f"{limit - start} stray bytes at byte {start}; expected an element header of 8 or more")
    group, number, vr_bytes, short_length = _HEADERS[order].unpack_from(data, start)
    tag = group << 16 | number
    if encoding.implicit or group == 0xFFFE:
        (length,) = _LONG[order].unpack_from(data, start + 4)
        value = start + 8
        return Element(tag, vr_of(tag), start, value, length, value if length == UNDEFINED else value + length)
    vr = VR_OF_BYTES.get(vr_bytes)
    if vr is None:
        raise MalformedError(f"{name(tag)} at byte {start} has no valid VR; expected one of PS3.5 table 6.2-1")
    if vr in _SHORT_VRS:
        return Element(tag, vr, start, start + 8, short_length, start + 8 + short_length)
    if start + 12 > limit:
        raise MalformedError(f"{name(tag)} at byte {start} is cut off in its length")
    (length,) = _LONG[order].unpack_from(data, start + 8)
    value = start + 12
    return Element(tag, vr, start, value, length, value if length == UNDEFINED else value + length)


def vr_of(tag: int) -> str:
    """Return the dictionary's VR; private creators are LO, what is not listed UN."""
    group, number = tag >> 16, tag & 0xFFFF
    if group & 1:
        return "LO" if 0x10 <= number <= 0xFF else "UN"
    if number == 0:
        return "UL"
    try:
        return dictionary_VR(tag)
    except KeyError:
        return "UN"


def check_delimiter(element: Element) -> None:
    """Refuse a delimiter with a length (PS3.5 table 7.5-3)."""
    # Some writers copy the item's undefined length to its delimiter; no reader takes it for a size.
    if element.length not in (0, UNDEFINED):
        raise MalformedError(f"{name(element.tag)} at byte {element.start} has length {element.length}; expected 0")


def check_fits(element: Element, limit: int) -> None:
    """Refuse an element or item that reaches beyond `limit`."""
    if element.length != UNDEFINED and element.end > limit:
        left = limit - element.value
        raise MalformedError(
            f"{name(element.tag)} at byte {element.start} has length {element.length}; {left} bytes left"
        )
