"""Walk over a data set's bytes, element by element, exactly to its end (PS3.5 section 7).

Nothing is decoded and nothing recurses: nesting lives on a list, so depth costs a counter and is bounded.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pydicom.datadict import private_dictionary_VR

from ...errors import MalformedError
from .elements import (
    ITEM,
    ITEM_END,
    PIXEL_DATA,
    PIXEL_TAGS,
    SEQUENCE_END,
    UNDEFINED,
    VR_OF_BYTES,
    Bytes,
    Element,
    Encoding,
    check_delimiter,
    check_fits,
    name,
    read_element,
    vr_of,
)
from .fragments import Fragment, read_fragments, read_offsets

DEEPEST = 32
HEADER_LIMIT = 64 << 20
# pydicom holds some 500 bytes per element: this keeps a hostile header below 1 GB.
ELEMENT_LIMIT = 2_000_000

# Groups that no data set may hold (PS3.5 section 7.1): commands, file meta, the odd ones below 9.
_FORBIDDEN_GROUPS = frozenset({0x0000, 0x0001, 0x0002, 0x0003, 0x0005, 0x0007, 0xFFFE, 0xFFFF})


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
        if item.tag == SEQUENCE_END and (level.delimited or item.value == level.end):
            # Some writers close a sequence of defined length as well; harmless where nothing follows.
            check_delimiter(item)
            return self._close(item.value)
        if item.tag != ITEM:
            raise MalformedError(f"{name(item.tag)} at byte {position} inside a sequence; expected an item (FFFE,E000)")
        delimited = item.length == UNDEFINED
        check_fits(item, level.end)
        encoding = _item_encoding(self.data, item, level) if level.either else level.encoding
        end = level.end if delimited else item.end
        self.levels.append(_Level(items=False, end=end, delimited=delimited, encoding=encoding, either=level.either))
        return item.value

    def _member(self, level: _Level, position: int) -> int:
        """Step over, or into, the element at `position`; leave the item at its delimiter."""
        if position == level.end:
            raise MalformedError(f"item has no delimiter before byte {position}; expected (FFFE,E00D)")
        element = read_element(self.data, position, level.end, level.encoding)
        if element.tag == ITEM_END and level.delimited:
            check_delimiter(element)
            return self._close(element.value)
        self._check_order(level, element)
        check_fits(element, level.end)
        self._count(element)
        # Private creators and UN say more than they seem to.
        plain = element.tag & 0x10000 == 0 and element.vr != "UN"
        if (element.vr if plain else self._meaning(level, element)) == "SQ":
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
        # A sequence's content is counted as it is walked.
        apart = element.vr == "SQ" or (element.tag in PIXEL_TAGS and len(self.levels) == 1)
        self.header += (element.value if apart else element.end) - element.start
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
            return vr_of(tag) if element.length < 0xFFFF else "UN"
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
        self.elements.append(element if element.end == end else element._replace(end=end))


def _item_encoding(data: Bytes, item: Element, level: _Level) -> Encoding:
    """Return how an item within UN is written: implicit, unless its first element shows a VR."""
    if level.encoding.implicit or data[item.value + 4 : item.value + 6] in VR_OF_BYTES:
        return level.encoding
    return Encoding(implicit=True, little_endian=level.encoding.little_endian)
