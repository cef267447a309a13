"""What else in a file shows a patient: icons, overlays, curves, thumbnails, signatures, documents.

One rule a line in the tables below, and in docs/carriers.md. What is absent costs one look at a tag and changes
nothing. The rules are those of PS3.15 table E.1-1 wherever it has one, and stricter where it keeps a dummy.
"""

from collections.abc import Iterator

from pydicom import Dataset
from pydicom.datadict import dictionary_VR
from pydicom.dataelem import DataElement, RawDataElement

from ...errors import UnsupportedError
from .elements import PIXEL_TAGS, name
from .values import read_value

# A thumbnail needs more than this; what is smaller is a number or a short text, and the header tool's business.
PRIVATE_BULK = 1024

# Removed at every level of nesting.
_REMOVED = {
    0x00101100: "patient photo",  # Referenced Patient Photo Sequence
    0x0040B020: "waveform annotation",
    0x00700001: "graphic annotation",
    0x00700006: "graphic annotation",  # Unformatted Text Value
    0x00700008: "graphic annotation",  # Text Object Sequence
    0x00880200: "icon image",
    0x04000561: "original attributes",
    0x04000404: "signature",  # MAC
    0x4FFE0001: "signature",  # MAC Parameters Sequence
    0x7FE00020: "retired coefficients",
    0x7FE00030: "retired coefficients",
    0x7FE00040: "retired coefficients",
    0xFFFAFFFA: "signature",  # Digital Signatures Sequence
    0xFFFCFFFC: "trailing padding",
}
# Repeating groups, all elements of them (PS3.5 section 7.6): first group, last group.
_REMOVED_GROUPS = {
    "curve": (0x5000, 0x50FF),
    "overlay": (0x6000, 0x60FF),
    "variable pixel data": (0x7F00, 0x7FDF),
}
_LOWEST_REMOVED_GROUP = min(first for first, _ in _REMOVED_GROUPS.values())
# A file that holds one of these, at any level, is not passed on.
_REFUSED = {
    0x0040A730: "Content Sequence: structured reports are not redacted",
    0x00420011: "Encapsulated Document: documents are not redacted",
    0x04000500: "Encrypted Attributes Sequence: what it holds cannot be examined",
    0x00287FE0: "Pixel Data Provider URL: the pixels are elsewhere",
    0x00041220: "Directory Record Sequence: a DICOMDIR is to be made anew for the redacted files",
}
# SOP classes by their stems (PS3.4 table B.5-1, PS3.10 section 8.6).
_REFUSED_CLASSES = {
    "1.2.840.10008.1.3.10": "media storage directories are to be made anew for the redacted files",
    "1.2.840.10008.5.1.4.1.1.11.": "presentation states hold text and graphics, which are not redacted",
    "1.2.840.10008.5.1.4.1.1.88.": "structured reports are not redacted",
    "1.2.840.10008.5.1.4.1.1.104.": "encapsulated documents are not redacted",
}
# Sending and receiving application entities, private information (PS3.10 table 7.1-1).
REMOVED_META = (0x00020016, 0x00020017, 0x00020018, 0x00020026, 0x00020027, 0x00020028, 0x00020100, 0x00020102)
_BULK_VRS = frozenset({"OB", "OD", "OF", "OL", "OV", "OW", "UN", "OB or OW"})
# Arrays of numbers, which may be a picture as well, and the bytes that each takes (PS3.5 section 6.2).
_NUMBER_VRS = {"US": 2, "SS": 2, "US or SS": 2, "UL": 4, "SL": 4, "FL": 4, "AT": 4, "FD": 8, "SV": 8, "UV": 8}
_WHOLE_SLIDE = "1.2.840.10008.5.1.4.1.1.77.1.6"
# ImageType value 3 of whole-slide images that show the slide's label (PS3.3 C.8.12.4.1.1).
_LABEL_FLAVOURS = frozenset({"LABEL", "OVERVIEW", "MACRO"})


def clean_carriers(dataset: Dataset) -> tuple[str, ...]:
    """Remove, in place, whatever besides the pixel data may show a patient; return what that was, in words.

    Overlays that lie in unused bits of the pixel data keep their bits: see `embedded_overlay_bits`.

    Parameters
    ----------
    dataset : pydicom.Dataset
        Its sequences, file meta information and preamble included.

    Raises
    ------
    UnsupportedError
        If it holds something that must be quarantined.
    """
    refuse_unsafe(dataset)
    removed: dict[str, None] = {}
    for level, depth in _levels(dataset):
        for tag, element in list(level._dict.items()):
            reason = _reason(element, int(tag), depth)
            if reason is not None:
                del level[tag]
                removed[reason] = None
    removed.update(dict.fromkeys(_clean_file(dataset)))
    return tuple(removed)


def remaining_carriers(dataset: Dataset) -> tuple[str, ...]:
    """Return in words what `clean_carriers` would remove; nothing is changed."""
    found = {
        reason
        for level, depth in _levels(dataset)
        for tag, element in level._dict.items()
        if (reason := _reason(element, int(tag), depth)) is not None
    }
    if _has_preamble(dataset):
        found.add("preamble")
    if any(tag in (getattr(dataset, "file_meta", None) or ()) for tag in REMOVED_META):
        found.add("file meta information")
    return tuple(sorted(found))


def refuse_unsafe(dataset: Dataset) -> None:
    """Refuse what cannot be redacted: reports, documents, presentation states, encrypted attributes.

    Raises
    ------
    UnsupportedError
        With the tag or the kind of object, and the reason.
    """
    kind = str(read_value(dataset, "SOPClassUID"))
    for stem, reason in _REFUSED_CLASSES.items():
        if kind == stem or (stem.endswith(".") and kind.startswith(stem)):
            raise UnsupportedError(f"(0008,0016) SOP Class UID: {reason}")
    for level, _ in _levels(dataset):
        for tag, reason in _REFUSED.items():
            if tag in level._dict:
                raise UnsupportedError(f"{name(tag)} {reason}")


def whole_frame_is_phi(dataset: Dataset) -> bool:
    """Tell whether every pixel is to be masked: label and overview images of whole slides show the label."""
    if str(read_value(dataset, "SpecimenLabelInImage")).upper() == "YES":
        return True
    slide = str(read_value(dataset, "SOPClassUID")) == _WHOLE_SLIDE or str(read_value(dataset, "Modality")) == "SM"
    return slide and not _LABEL_FLAVOURS.isdisjoint(_image_type(dataset))


def embedded_overlay_bits(dataset: Dataset) -> int:
    """Return the mask of pixel data bits in which overlays lie (PS3.3 C.9.2, retired in 2004); 0 for none.

    Whoever removes the overlays must clear these bits in every sample, inside and outside of masks.
    """
    mask = 0
    for group in sorted({int(tag) >> 16 for tag in dataset._dict}.intersection(range(0x6000, 0x6100, 2))):
        position = read_value(dataset, group << 16 | 0x0102)
        if (group, 0x3000) not in dataset and isinstance(position, int) and 0 < position < 32:
            mask |= 1 << position
    return mask


def why_removed(level: Dataset, tag: int, depth: int) -> str | None:
    """Return in words why an element is removed that lies `depth` sequences deep; None where it stays."""
    return _reason(level.get_item(tag, keep_deferred=True), tag, depth)


def _reason(element: DataElement | RawDataElement, tag: int, depth: int) -> str | None:
    if tag in _REMOVED:
        return _REMOVED[tag]
    if depth and tag in PIXEL_TAGS:
        return "nested pixel data"
    group = tag >> 16
    if group >= _LOWEST_REMOVED_GROUP and not group & 1:
        for reason, (first, last) in _REMOVED_GROUPS.items():
            if first <= group <= last:
                return reason
    return _bulk_reason(element, tag)


def _bulk_reason(element: DataElement | RawDataElement, tag: int) -> str | None:
    """Return a reason for bulk data of unknown meaning: private, or in no dictionary."""
    size = element.length if isinstance(element, RawDataElement) else _size(element)
    if size <= PRIVATE_BULK:
        return None
    if element.VR is not None and element.VR not in _BULK_VRS and element.VR not in _NUMBER_VRS:
        return None
    if tag >> 16 & 1:
        return "private bulk data"
    return None if _is_listed(tag) else "unknown bulk data"


def _size(element: DataElement) -> int:
    """Return the bytes that a value takes which pydicom has converted; 0 for text and sequences."""
    if isinstance(element.value, bytes):
        return len(element.value)
    return element.VM * _NUMBER_VRS.get(element.VR, 0)


def _is_listed(tag: int) -> bool:
    try:
        dictionary_VR(tag)
    except KeyError:
        return False
    return True


def _levels(dataset: Dataset) -> Iterator[tuple[Dataset, int]]:
    """Yield the data set and every item of every sequence with its depth, outer ones first; no recursion."""
    waiting = [(dataset, 0)]
    while waiting:
        level, depth = waiting.pop()
        yield level, depth
        for tag, element in list(level._dict.items()):
            if _is_sequence(element, tag):
                waiting.extend((item, depth + 1) for item in read_value(level, int(tag)) or ())


def _is_sequence(element: DataElement | RawDataElement, tag: int) -> bool:
    """Tell whether the element is a sequence, perhaps written as UN, without converting it."""
    if element.VR == "SQ":
        return True
    if element.VR not in (None, "UN") or tag >> 16 & 1:
        return False
    return _is_listed(tag) and dictionary_VR(tag) == "SQ"


def _clean_file(dataset: Dataset) -> Iterator[str]:
    """Clean what surrounds the data set in a file: the preamble and the file meta information."""
    if _has_preamble(dataset):
        dataset.preamble = bytes(128)
        yield "preamble"
    meta = getattr(dataset, "file_meta", None)
    for tag in REMOVED_META:
        if meta is not None and tag in meta:
            del meta[tag]
            yield "file meta information"


def _has_preamble(dataset: Dataset) -> bool:
    return bool((getattr(dataset, "preamble", None) or b"").strip(b"\0"))


def _image_type(dataset: Dataset) -> set[str]:
    value = read_value(dataset, "ImageType") or ()
    return {value.upper()} if isinstance(value, str) else {str(part).upper() for part in value}
