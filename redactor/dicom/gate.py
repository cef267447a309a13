"""The gate: nothing is parsed, allocated or decoded before a file's structure is understood to its last byte.

pydicom reads what it can and returns the rest as nothing, often without a warning; a redactor that believes
it finds "no pixel data" in a file that is full of them. So a file must first pass here.
"""

from dataclasses import dataclass

from pydicom import Dataset
from pydicom.dataelem import RawDataElement

from ...errors import MalformedError, NotDicomError, UnsupportedError
from .elements import PIXEL_TAGS, UNDEFINED, Bytes, Element, Encoding, name, read_element
from .fragments import Fragment
from .inflate import INFLATE_LIMIT, inflate_data_set
from .syntaxes import BIG_ENDIAN, DEFLATED, ENCAPSULATED, EXPLICIT, IMPLICIT, NATIVE
from .walk import Walked, walk

__all__ = ["Element", "Fragment", "Structure", "check_agreement", "check_structure"]

_EXPLICIT = Encoding(implicit=False, little_endian=True)
_IMPLICIT = Encoding(implicit=True, little_endian=True)
_BIG = Encoding(implicit=False, little_endian=False)
# What a data set without a transfer syntax may be, the default one first (PS3.5 section 10.1).
_GUESSES = {IMPLICIT: _IMPLICIT, EXPLICIT: _EXPLICIT, BIG_ENDIAN: _BIG}
# First groups of a file without preamble: file meta, or a data set of either byte order.
_FIRST_GROUPS = (b"\x02\x00", b"\x08\x00", b"\x00\x08")


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """What lies where in a file that passed the gate.

    Attributes
    ----------
    meta : tuple of Element
        Group 0002, nearly always explicit VR; offsets into the file.
    elements : tuple of Element
        The data set's top level, in file order; offsets into the file, or into `inflated` where that is not None.
    pixels : Element or None
        The pixel data among `elements`: integer, float or double float.
    fragments : tuple of Fragment
        Of encapsulated pixel data, without the offset table.
    offsets : tuple of int
        Basic Offset Table, checked; empty where the file has none.
    transfer_syntax : str
        UID; where the file names none, the one that it is written in.
    little_endian, implicit : bool
        How the data set is really written: a file that says explicit may be implicit.
    preamble : bool
        Whether the file starts with 128 bytes and DICM.
    start : int
        Offset of the data set in the file.
    inflated : bytes or None
        The data set of a deflated file.
    count : int
        Data elements at all levels.
    """

    meta: tuple[Element, ...]
    elements: tuple[Element, ...]
    pixels: Element | None
    fragments: tuple[Fragment, ...]
    offsets: tuple[int, ...]
    transfer_syntax: str
    little_endian: bool
    implicit: bool
    preamble: bool
    start: int
    inflated: bytes | None
    count: int

    @property
    def first(self) -> int:
        """Offset of the data set, in the file or in `inflated`."""
        return self.start if self.inflated is None else 0


def check_structure(data: Bytes) -> Structure:
    """Return where everything lies in a DICOM file, if every byte of it is accounted for.

    Parameters
    ----------
    data : bytes or mmap
        The whole file.

    Raises
    ------
    NotDicomError
        If there is no DICOM in it.
    MalformedError
        If its structure breaks a rule of PS3.5 section 7, PS3.5 A.4 or PS3.10 section 7, or its bytes run out.
    UnsupportedError
        If it names a transfer syntax that we do not know, or inflates beyond all bounds.
    """
    preamble = data[128:132] == b"DICM"
    if not preamble and data[:2] not in _FIRST_GROUPS:
        raise NotDicomError("file is empty" if len(data) == 0 else "no DICM at byte 128, nor a data set at byte 0")
    try:
        return _check(data, preamble)
    except MalformedError as error:
        if preamble or data[:2] == b"\x02\x00":
            raise
        raise NotDicomError(f"no DICM at byte 128, and not a data set either: {error}") from error


def _check(data: Bytes, preamble: bool) -> Structure:
    meta, start = _read_meta(data, 132 if preamble else 0)
    syntax = _transfer_syntax(data, meta)
    inflated = _inflate(data, start) if syntax == DEFLATED else None
    body, first = (data, start) if inflated is None else (inflated, 0)
    syntax, encoding, walked = _guess(body, first) if syntax is None else _walk_as(body, first, syntax)
    if not walked.elements:
        raise MalformedError("the data set is empty")
    return Structure(
        meta=meta,
        elements=walked.elements,
        pixels=_pixels(walked.elements, syntax),
        fragments=walked.fragments,
        offsets=walked.offsets,
        transfer_syntax=syntax,
        little_endian=encoding.little_endian,
        implicit=encoding.implicit,
        preamble=preamble,
        start=start,
        inflated=inflated,
        count=walked.count,
    )


def _inflate(data: Bytes, start: int) -> bytes:
    # Held in memory twice: deflating does not make anything larger, so this refuses nothing that would pass.
    if len(data) - start > INFLATE_LIMIT:
        raise UnsupportedError(f"the deflated data set has more than {INFLATE_LIMIT >> 20} MB")
    return inflate_data_set(data[start:])


def _read_meta(data: Bytes, start: int) -> tuple[tuple[Element, ...], int]:
    """Return the File Meta Information, perhaps empty, and where the data set starts (PS3.10 section 7.1)."""
    meta: list[Element] = []
    position = start
    # Shall be explicit; some writers made it implicit, which its first element shows.
    encoding = _EXPLICIT if data[start + 4 : start + 6].isalpha() else _IMPLICIT
    while data[position : position + 2] == b"\x02\x00":
        element = read_element(data, position, len(data), encoding)
        if element.end > len(data) or element.vr == "SQ" or element.length == UNDEFINED:
            raise MalformedError(f"{name(element.tag)} at byte {position} does not fit in the file meta information")
        if meta and element.tag <= meta[-1].tag:
            raise MalformedError(f"{name(element.tag)} at byte {position} repeats or is out of order")
        meta.append(element)
        position = element.end
    return tuple(meta), position


def _transfer_syntax(data: Bytes, meta: tuple[Element, ...]) -> str | None:
    """Return the transfer syntax that the file meta information names, if any."""
    for element in meta:
        if element.tag == 0x00020010 and element.length:
            uid = bytes(data[element.value : element.end]).decode("latin-1").rstrip(" \0")
            if uid not in NATIVE and uid not in ENCAPSULATED:
                raise UnsupportedError(f"(0002,0010) Transfer Syntax UID {_shown(uid)} is not supported")
            return uid
    return None


def _shown(uid: str) -> str:
    """Return what may be printed of a value that ought to be a UID."""
    return uid if len(uid) <= 64 and set(uid) <= set("0123456789.") else "(not a UID)"


def _guess(data: Bytes, start: int) -> tuple[str, Encoding, Walked]:
    """Walk a data set of unknown encoding; only one that consumes it exactly counts."""
    for syntax, encoding in _GUESSES.items():
        try:
            return syntax, encoding, walk(data, start, len(data), encoding, encapsulated=False)
        except MalformedError:
            continue  # the next guess decides; none means refusal below
    raise MalformedError("no (0002,0010) Transfer Syntax UID, and the data set fits neither implicit nor explicit VR")


def _walk_as(data: Bytes, start: int, syntax: str) -> tuple[str, Encoding, Walked]:
    """Walk a data set as its syntax says, or else with the other kind of VR if that consumes it exactly."""
    encapsulated = syntax in ENCAPSULATED
    stated = _BIG if syntax == BIG_ENDIAN else _IMPLICIT if syntax == IMPLICIT else _EXPLICIT
    try:
        return syntax, stated, walk(data, start, len(data), stated, encapsulated=encapsulated)
    except MalformedError as error:
        if stated is _BIG:
            raise
        other = _EXPLICIT if stated is _IMPLICIT else _IMPLICIT
        try:
            return syntax, other, walk(data, start, len(data), other, encapsulated=encapsulated)
        except MalformedError:
            raise error from None


def _pixels(elements: tuple[Element, ...], syntax: str) -> Element | None:
    """Return the one pixel data element, native or encapsulated as the syntax demands."""
    found = [element for element in elements if element.tag in PIXEL_TAGS]
    if len(found) > 1:
        raise MalformedError(f"{name(found[0].tag)} and {name(found[1].tag)} both hold pixel data; expected one")
    if found and syntax in ENCAPSULATED and found[0].length != UNDEFINED:
        raise MalformedError(f"{name(found[0].tag)} has a defined length; expected fragments in this transfer syntax")
    return found[0] if found else None


def check_agreement(structure: Structure, dataset: Dataset, *, without_pixels: bool = False) -> None:
    """Refuse a file of which pydicom read something else than the gate saw.

    Parameters
    ----------
    structure : Structure
        Of the file.
    dataset : pydicom.Dataset
        As read by pydicom from the same file, before any element was accessed.
    without_pixels : bool
        Whether it was read from the bytes of the data set alone, the pixel data cut out.

    Raises
    ------
    MalformedError
        If the top levels differ in a tag, an offset or a length.
    """
    pixels = structure.pixels if without_pixels else None
    elements = [element for element in structure.elements if element is not pixels]
    if [int(tag) for tag in dataset._dict] != [element.tag for element in elements]:
        raise MalformedError("a second parser reads other elements from this file; its structure is ambiguous")
    first = structure.first if without_pixels else 0
    for element, raw in zip(elements, dataset._dict.values(), strict=True):
        gone = first + (pixels.end - pixels.start if pixels is not None and element.start > pixels.start else 0)
        if isinstance(raw, RawDataElement) and (raw.value_tell, raw.length) != (element.value - gone, element.length):
            raise MalformedError(f"{name(element.tag)} lies elsewhere for a second parser; the structure is ambiguous")
