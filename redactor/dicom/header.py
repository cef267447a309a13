"""Headers as bytes: parsed by pydicom, edited as a data set, and written with all that was not edited untouched."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from struct import pack

from pydicom import Dataset, FileDataset
from pydicom.charset import convert_encodings
from pydicom.config import disable_value_validation
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import FileMetaDataset
from pydicom.filebase import DicomBytesIO
from pydicom.filereader import read_dataset
from pydicom.filewriter import write_data_element
from pydicom.tag import BaseTag

from ...errors import MalformedError, RefusedError
from .elements import Element, name
from .gate import Structure, check_agreement
from .values import read_value

_META_LENGTH = 0x00020000
# Extended Offset Table and its lengths: the values that a writer fills in when it knows the fragments.
_OFFSET_TABLES = frozenset({0x7FE00001, 0x7FE00002})

Raw = dict[BaseTag, DataElement | RawDataElement]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Header:
    """Everything in a file but its pixel data.

    Attributes
    ----------
    path : pathlib.Path
    structure : Structure
        Offsets into the file, or into the inflated data set.
    meta : bytes
        File meta information, without preamble and prefix.
    before, after : bytes
        The data set up to the pixel data element and behind it.
    raw, raw_meta : dict of tag to element
        As pydicom parsed them; never changed, nor handed out.
    """

    path: Path
    structure: Structure
    meta: bytes
    before: bytes
    after: bytes
    raw: Raw
    raw_meta: Raw

    def element(self, element: Element) -> bytes:
        """Return the bytes of an element other than the pixel data."""
        pixels, first = self.structure.pixels, self.structure.first
        if pixels is None or element.start < pixels.start:
            return self.before[element.start - first : element.end - first]
        return self.after[element.start - pixels.end : element.end - pixels.end]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spliced:
    """A header ready to be written.

    Attributes
    ----------
    start : bytes
        Preamble, prefix and file meta information.
    before, after : bytes
        The data set up to the pixel data element and behind it.
    values : mapping of int to int
        For each extended offset table in `before`, where in it the element's value begins.
    """

    start: bytes
    before: bytes
    after: bytes
    values: Mapping[int, int]


def read_header(path: Path, structure: Structure, meta: bytes, before: bytes, after: bytes) -> Header:
    """Return the header of a file that passed the gate, parsed.

    Parameters
    ----------
    path : pathlib.Path
    structure : Structure
    meta, before, after : bytes
        See `Header`.

    Raises
    ------
    MalformedError
        If pydicom reads something else than the gate saw.
    """
    try:
        with disable_value_validation():
            raw_meta = read_dataset(BytesIO(meta), False, True)._dict if meta else {}
            dataset = read_dataset(BytesIO(before + after), structure.implicit, structure.little_endian)
    except Exception as error:  # pydicom raises whatever its parts do; nothing of it may pass as a clean file
        raise MalformedError(f"pydicom cannot read the header ({type(error).__name__})") from error
    raw = dict(dataset._dict)
    check_agreement(structure, dataset, without_pixels=True)
    return Header(
        path=path, structure=structure, meta=meta, before=before, after=after, raw=raw, raw_meta=dict(raw_meta)
    )


def dataset_of(header: Header) -> FileDataset:
    """Return the data set without its pixel data, which the caller may change."""
    return _dataset_of(header, header.raw)


def _dataset_of(header: Header, raw: Raw) -> FileDataset:
    structure = header.structure
    dataset = FileDataset(
        BytesIO(),  # given the path, pydicom would look at the file again
        _copied(raw),
        bytes(128) if structure.preamble else None,
        FileMetaDataset(_copied(header.raw_meta)),
        structure.implicit,
        structure.little_endian,
    )
    dataset.filename = str(header.path)
    return dataset


def _copied(raw: Raw) -> Raw:
    """Return elements that share nothing which could be changed: raw ones cannot."""
    return {tag: item if isinstance(item, RawDataElement) else deepcopy(item) for tag, item in raw.items()}


def splice(header: Header, edit: Callable[[Dataset], None]) -> Spliced:
    """Return the header after an edit; bytes of untouched elements are those of the file.

    Parameters
    ----------
    header : Header
    edit : callable
        Changes the data set, with its file meta information and preamble, in place.

    Raises
    ------
    MalformedError
        If an element that the edit touched cannot be written.
    """
    dataset = dataset_of(header)
    _edit(dataset, edit)
    structure = header.structure
    pieces = list(_pieces(header, dataset))
    pixels = header.structure.pixels
    border = pixels.tag if pixels is not None else 0xFFFFFFFF
    before, values = bytearray(), {}
    for tag, piece in pieces:
        if tag in _OFFSET_TABLES:
            values[tag] = len(before) + _header_length(piece, structure.implicit)
        if tag < border:
            before += piece
    after = b"".join(piece for tag, piece in pieces if tag > border)
    return Spliced(start=_start(header, dataset), before=bytes(before), after=after, values=values)


def _edit(dataset: Dataset, edit: Callable[[Dataset], None]) -> None:
    try:
        with disable_value_validation():
            edit(dataset)
    except RefusedError:
        raise
    except Exception as error:  # pydicom converts values when they are touched, and raises what it likes
        raise MalformedError(f"an element of the header cannot be read ({type(error).__name__})") from error


def _header_length(piece: bytes, implicit: bool) -> int:
    """Return the length of tag, VR and length field (PS3.5 section 7.1.2)."""
    long = piece[4:6] in (b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV")
    return 12 if long and not implicit else 8


def _pieces(header: Header, dataset: Dataset) -> Iterator[tuple[int, bytes]]:
    """Yield tag and bytes of each element of the edited data set, in ascending order."""
    structure = header.structure
    places = {item.tag: item for item in structure.elements if item is not structure.pixels}
    # Copying sequences takes longer than all else here, and hardly any is compared with what it was.
    plain = _dataset_of(header, {tag: item for tag, item in header.raw.items() if isinstance(item, RawDataElement)})
    changed = {tag >> 16 for tag in places if tag not in dataset._dict}
    written: dict[int, bytes] = {}
    for tag in sorted(map(int, dataset._dict)):
        place = places.get(tag)
        before = header.element(place) if place is not None else b""
        written[tag] = before
        if place is None or not isinstance(dataset._dict[BaseTag(tag)], RawDataElement):
            written[tag] = _reencode(header, dataset, plain, tag, before)
        if written[tag] is not before:
            changed.add(tag >> 16)
    for number, piece in written.items():
        if number & 0xFFFF or number >> 16 not in changed:  # a group's length, retired, no longer holds
            yield number, piece


def _reencode(header: Header, dataset: Dataset, plain: Dataset, tag: int, before: bytes) -> bytes:
    """Return the bytes of an element: `before` itself if it was only looked at.

    That is, if it still has its value, or pydicom writes it as it is in the file or as it would write the original;
    `plain` is the original but for sequences that are parsed.
    """
    item = dataset[tag]
    raw = BaseTag(tag) in plain._dict
    if before and raw and item.VR != "SQ" and item.value == read_value(plain, tag):
        return before
    now = _encode(header, dataset, tag)
    if not before:
        return now
    if now == before:
        return before
    return before if now == _encode(header, plain if raw else dataset_of(header), tag) else now


def _encode(header: Header, dataset: Dataset, tag: int) -> bytes:
    """Return one element as pydicom writes it in the file's encoding."""
    target = DicomBytesIO()
    target.is_implicit_VR = header.structure.implicit
    target.is_little_endian = header.structure.little_endian
    try:
        with disable_value_validation():
            encodings = convert_encodings(dataset.get("SpecificCharacterSet") or "ISO_IR 6")
            write_data_element(target, dataset[tag], encodings)
    except Exception as error:  # whatever pydicom's writers raise, the element cannot be written
        raise MalformedError(f"{name(tag)} cannot be written ({type(error).__name__})") from error
    return target.getvalue()


def _start(header: Header, dataset: FileDataset) -> bytes:
    """Return what precedes the data set, with a true group length (PS3.10 section 7.1)."""
    prefix = bytes(128) + b"DICM" if header.structure.preamble else b""
    if not header.structure.meta:
        return prefix
    if dict(dataset.file_meta._dict) == header.raw_meta:
        return prefix + header.meta
    return prefix + encode_meta(dataset.file_meta)


def encode_meta(meta: FileMetaDataset) -> bytes:
    """Return file meta information as bytes, explicit little endian."""
    target = DicomBytesIO()
    target.is_implicit_VR, target.is_little_endian = False, True
    try:
        with disable_value_validation():
            for element in meta:
                if element.tag != _META_LENGTH:
                    write_data_element(target, element)
    except Exception as error:  # as above
        raise MalformedError(f"the file meta information cannot be written ({type(error).__name__})") from error
    body = target.getvalue()
    return pack("<HH2sHI", 0x0002, 0x0000, b"UL", 4, len(body)) + body
