"""Walk over a data set's bytes, element by element, exactly to its end (PS3.5 section 7).

Nothing is decoded and nothing recurses: nesting lives on a list, so depth costs a counter and is bounded.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from mmap import mmap
from struct import Struct

from pydicom.datadict import dictionary_VR, private_dictionary_VR

from ...errors import MalformedError

Bytes = bytes | mmap

UNDEFINED = 0xFFFFFFFF
PIXEL_DATA = 0x7FE00010
# Float, double float and integer pixel data; a data set holds at most one (PS3.3 C.7.6.24).
PIXEL_TAGS = frozenset({0x7FE00008, 0x7FE00009, PIXEL_DATA})
DEEPEST = 32
HEADER_LIMIT = 64 << 20
# pydicom holds some 500 bytes per element: this keeps a hostile header below 1 GB.
ELEMENT_LIMIT = 2_000_000

_ITEM, _ITEM_END, _SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
# Groups that no data set may hold (PS3.5 section 7.1): commands, file meta, the odd ones below 9.
_FORBIDDEN_GROUPS = frozenset({0x0000, 0x0001, 0x0002, 0x0003, 0x0005, 0x0007, 0xFFFE, 0xFFFF})
_SHORT_VRS = frozenset(
    [
        "AE",
        "AS",
        "AT",
        "CS",
        "DA",
        "DS",
        "DT",
        "FD",
        "FL",
        "IS",
        "LO",
        "LT",
        "PN",
        "SH",
        "SL",
        "SS",
        "ST",
        "TM",
        "UI",
        "UL",
        "US",
    ]
)
_LONG_VRS = frozenset(["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"])
_VR_OF_BYTES = {vr.encode(): vr for vr in _SHORT_VRS | _LONG_VRS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How element headers are written."""

    implicit: bool
    little_endian: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """Where one element lies.

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """Offset and length of one fragment's value in encapsulated pixel data (PS3.5 A.4)."""

    start: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What a walk found.

    Attributes
    ----------
    elements : tuple of Element
        Top level, in file order.
    fragments : tuple of Fragment
        Of the encapsulated pixel data, without the offset table; empty where native.
    offsets : tuple of int
        Basic Offset Table: the frames' first items, counted from the first fragment's item tag; often empty.
    count : int
        Elements at all levels.
    """

    elements: tuple[Element, ...]
    fragments: tuple[Fragment, ...]
    offsets: tuple[int, ...]
    count: int


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
        return _element(tag, _vr_of(tag), start, start + 8, length)
    vr = _VR_OF_BYTES.get(vr_bytes)
    if vr is None:
        raise MalformedError(f"{name(tag)} at byte {start} has no valid VR; expected one of PS3.5 table 6.2-1")
    if vr in _SHORT_VRS:
        return _element(tag, vr, start, start + 8, short_length)
    if start + 12 > limit:
        raise MalformedError(f"{name(tag)} at byte {start} is cut off in its length")
    (length,) = _LONG[order].unpack_from(data, start + 8)
    return _element(tag, vr, start, start + 12, length)


_HEADERS = {order: Struct(f"{order}HH2sH") for order in "<>"}
_LONG = {order: Struct(f"{order}I") for order in "<>"}


def _element(tag: int, vr: str, start: int, value: int, length: int) -> Element:
    end = value if length == UNDEFINED else value + length
    return Element(tag=tag, vr=vr, start=start, value=value, length=length, end=end)


def _vr_of(tag: int) -> str:
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


def walk(data: Bytes, start: int, end: int, encoding: Encoding, *, encapsulated: bool) -> Walked:
    """Walk over the data set in `data[start:end]` and return what it holds.

    Parameters
    ----------
    data : bytes or mmap
        The file or the inflated data set.
    start, end : int
        First byte of the data set and the byte after its last.
    encoding : Encoding
        Of the top level.
    encapsulated : bool
        Whether the transfer syntax encapsulates its pixel data.

    Raises
    ------
    MalformedError
        If the bytes are not consumed exactly, or break any rule of PS3.5 section 7.
    """
    walker = _Walker(data, encapsulated)
    walker.run(start, end, encoding)
    return Walked(
        elements=tuple(walker.elements),
        fragments=tuple(walker.fragments),
        offsets=tuple(walker.offsets),
        count=walker.count,
    )


@dataclass(slots=True, kw_only=True)
class _Level:
    """A data set, or a sequence's list of items, that the walk is inside of.

    `end` is where it must end if `delimited` is false, and a bound that its delimiter must not reach otherwise.
    `either` marks what was written as UN: its items may be implicit VR in an explicit file (PS3.5 6.2.2).
    """

    items: bool
    end: int
    delimited: bool
    encoding: Encoding
    either: bool = False
    owner: Element | None = None
    last: int = -1
    creators: dict[int, str] = field(default_factory=dict)


class _Walker:
    """The state of one walk."""

    def __init__(self, data: Bytes, encapsulated: bool) -> None:
        self.data = data
        self.encapsulated = encapsulated
        self.levels: list[_Level] = []
        self.elements: list[Element] = []
        self.fragments: list[Fragment] = []
        self.offsets: Sequence[int] = ()
        self.count = 0
        self.header = 0

    def run(self, start: int, end: int, encoding: Encoding) -> None:
        """Walk until the top level is used up."""
        self.levels.append(_Level(items=False, end=end, delimited=False, encoding=encoding))
        position = start
        while self.levels:
            level = self.levels[-1]
            if position == level.end and not level.delimited:
                position = self._close(position)
            elif level.items:
                position = self._item(level, position)
            else:
                position = self._member(level, position)

    def _close(self, position: int) -> int:
        """Leave the innermost level; record a finished top-level sequence with its true end."""
        owner = self.levels.pop().owner
        if owner is not None and len(self.levels) == 1:
            self._record(owner, position)
        return position

    def _item(self, level: _Level, position: int) -> int:
        """Enter the item at `position`, or leave the sequence at its delimiter."""
        if position == level.end:
            raise MalformedError(f"sequence has no delimiter before byte {position}; expected (FFFE,E0DD)")
        item = read_element(self.data, position, level.end, level.encoding)
        if item.tag == _SEQUENCE_END and (level.delimited or item.value == level.end):
            # Some writers close a sequence of defined length as well; harmless where nothing follows.
            _check_delimiter(item)
            return self._close(item.value)
        if item.tag != _ITEM:
            raise MalformedError(f"{name(item.tag)} at byte {position} inside a sequence; expected an item (FFFE,E000)")
        delimited = item.length == UNDEFINED
        _check_fits(item, level.end)
        encoding = _item_encoding(self.data, item, level) if level.either else level.encoding
        end = level.end if delimited else item.end
        self.levels.append(_Level(items=False, end=end, delimited=delimited, encoding=encoding, either=level.either))
        return item.value

    def _member(self, level: _Level, position: int) -> int:
        """Step over, or into, the element at `position`; leave the item at its delimiter."""
        if position == level.end:
            raise MalformedError(f"item has no delimiter before byte {position}; expected (FFFE,E00D)")
        element = read_element(self.data, position, level.end, level.encoding)
        if element.tag == _ITEM_END and level.delimited:
            _check_delimiter(element)
            return self._close(element.value)
        self._check_order(level, element)
        _check_fits(element, level.end)
        self._count(element)
        vr = self._meaning(level, element)
        if vr == "SQ":
            return self._enter(level, element)
        end = self._encapsulated_end(level, element) if element.length == UNDEFINED else element.end
        if len(self.levels) == 1:
            self._record(element, end)
        return end

    def _check_order(self, level: _Level, element: Element) -> None:
        """Refuse tags that repeat, go back, or belong elsewhere (PS3.5 section 7.1)."""
        tag = element.tag
        if tag >> 16 in _FORBIDDEN_GROUPS:
            raise MalformedError(f"{name(tag)} at byte {element.start} does not belong in a data set")
        if tag == level.last:
            raise MalformedError(f"{name(tag)} at byte {element.start} occurs twice; expected once")
        if tag < level.last:
            raise MalformedError(
                f"{name(tag)} at byte {element.start} follows {name(level.last)}; expected tags to rise"
            )
        level.last = tag

    def _count(self, element: Element) -> None:
        """Hold the number of elements and the size of what is not pixel data below their limits."""
        self.count += 1
        if self.count > ELEMENT_LIMIT:
            raise MalformedError(f"more than {ELEMENT_LIMIT} elements before byte {element.start}")
        self.header += element.value - element.start
        if element.length != UNDEFINED and not (len(self.levels) == 1 and element.tag in PIXEL_TAGS):
            # A sequence's content is counted as it is walked.
            self.header += 0 if element.vr == "SQ" else element.length
        if self.header > HEADER_LIMIT:
            raise MalformedError(f"header passes {HEADER_LIMIT >> 20} MB at {name(element.tag)}")

    def _meaning(self, level: _Level, element: Element) -> str:
        """Return the VR that a reader will take the value for: UN may hide a sequence (PS3.5 6.2.2)."""
        tag, group = element.tag, element.tag >> 16
        if group & 1 and 0x10 <= tag & 0xFFFF <= 0xFF and element.length != UNDEFINED:
            creator = self.data[element.value : element.end]
            level.creators[tag & 0xFF] = creator.decode("latin-1").strip(" \0")
        if element.vr != "UN":
            return element.vr
        if element.length == UNDEFINED:
            return "SQ"
        if group & 1 == 0:
            return _vr_of(tag) if element.length < 0xFFFF else "UN"
        creator_name = level.creators.get(tag >> 8 & 0xFF)
        try:
            return private_dictionary_VR(tag, creator_name) if creator_name else "UN"
        except KeyError:
            return "UN"

    def _enter(self, level: _Level, element: Element) -> int:
        """Go into a sequence."""
        depth = sum(outer.items for outer in self.levels) + 1
        if depth > DEEPEST:
            raise MalformedError(f"{name(element.tag)} at byte {element.start} nests deeper than {DEEPEST} sequences")
        delimited = element.length == UNDEFINED
        self.levels.append(
            _Level(
                items=True,
                end=level.end if delimited else element.end,
                delimited=delimited,
                encoding=level.encoding,
                either=level.either or element.vr == "UN",
                owner=element,
            )
        )
        return element.value

    def _encapsulated_end(self, level: _Level, element: Element) -> int:
        """Walk over fragments; return the first byte after them. Only pixel data may be written so."""
        if element.tag != PIXEL_DATA:
            raise MalformedError(f"{name(element.tag)} {element.vr} has undefined length; expected a number of bytes")
        if not self.encapsulated:
            raise MalformedError(
                "(7FE0,0010) Pixel Data has undefined length in a transfer syntax that does not encapsulate"
            )
        fragments, end = read_fragments(self.data, element.value, level.end)
        if len(self.levels) == 1:
            self.offsets = read_offsets(self.data, fragments)
            self.fragments = fragments[1:]
        return end

    def _record(self, element: Element, end: int) -> None:
        self.elements.append(
            Element(
                tag=element.tag,
                vr=element.vr,
                start=element.start,
                value=element.value,
                length=element.length,
                end=end,
            )
        )


def _check_delimiter(element: Element) -> None:
    # Some writers copy the item's undefined length to its delimiter; no reader takes it for a size.
    if element.length not in (0, UNDEFINED):
        raise MalformedError(f"{name(element.tag)} at byte {element.start} has length {element.length}; expected 0")


def _check_fits(element: Element, limit: int) -> None:
    if element.length != UNDEFINED and element.end > limit:
        left = limit - element.value
        raise MalformedError(
            f"{name(element.tag)} at byte {element.start} has length {element.length}; {left} bytes left"
        )


def _item_encoding(data: Bytes, item: Element, level: _Level) -> Encoding:
    """Return how an item within UN is written: implicit, unless its first element shows a VR."""
    if level.encoding.implicit or data[item.value + 4 : item.value + 6] in _VR_OF_BYTES:
        return level.encoding
    return Encoding(implicit=True, little_endian=level.encoding.little_endian)


def read_fragments(data: Bytes, start: int, limit: int) -> tuple[list[Fragment], int]:
    """Return the items of encapsulated pixel data, offset table first, and the first byte after the delimiter.

    Raises
    ------
    MalformedError
        If an item is not an item, does not fit, or the sequence delimiter is missing (PS3.5 A.4).
    """
    little = Encoding(implicit=True, little_endian=True)
    fragments: list[Fragment] = []
    position = start
    while True:
        if position + 8 > limit:
            raise MalformedError("(7FE0,0010) Pixel Data ends without its sequence delimiter (FFFE,E0DD)")
        item = read_element(data, position, limit, little)
        if item.tag == _SEQUENCE_END:
            _check_delimiter(item)
            break
        if item.tag != _ITEM or item.length == UNDEFINED:
            raise MalformedError(f"{name(item.tag)} at byte {position} in Pixel Data; expected an item of known length")
        _check_fits(item, limit)
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
    rises = all(before < after for before, after in zip(offsets, offsets[1:], strict=False))
    if offsets and not (offsets[0] == 0 and rises and starts.issuperset(offsets)):
        raise MalformedError("Basic Offset Table does not point at the first fragment of each frame")
    return offsets
