"""Read from a header what its pixel data claim to be, and refuse what cannot be (PS3.3 C.7.6.3)."""

from dataclasses import dataclass

from pydicom import Dataset
from pydicom.datadict import tag_for_keyword

from ...errors import MalformedError, UnsupportedError
from .frames import COLOUR, PixelFormat
from .palette import read_palette
from .polarity import shows_large_values_dark

PIXEL_KEYWORDS = ("PixelData", "FloatPixelData", "DoubleFloatPixelData")
# One frame, decoded, must fit in memory several times over.
FRAME_LIMIT = 1 << 30
# All frames together: more than this is not a file but an attack, or needs another tool.
FILE_LIMIT = 1 << 38
_GREY = frozenset({"MONOCHROME1", "MONOCHROME2", "PALETTE COLOR"})
_ALLOCATED = (1, 8, 16, 32, 64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What a header says about its pixel data.

    Attributes
    ----------
    pixel_format : PixelFormat
        As announced, before any decoder had its say.
    rows, columns, frame_count : int
    """

    pixel_format: PixelFormat
    rows: int
    columns: int
    frame_count: int


def read_announced(dataset: Dataset, *, keyword: str, little_endian: bool = True) -> Announced:
    """Return what the header says about the pixel data in the element `keyword`.

    Raises
    ------
    MalformedError
        If an attribute is missing, of a wrong type, or contradicts another.
    UnsupportedError
        If the samples are of a kind that we do not mask.
    """
    rows, columns = _integer(dataset, "Rows"), _integer(dataset, "Columns")
    frame_count = _integer(dataset, "NumberOfFrames", 1) if dataset.get("NumberOfFrames") not in (None, "") else 1
    for name, value in (("Rows", rows), ("Columns", columns), ("NumberOfFrames", frame_count)):
        if value < 1:
            raise MalformedError(f"{_named(name)} is {value}; expected 1 or more")
    pixel_format = _read_format(dataset, keyword, little_endian)
    frame_bytes = rows * columns * pixel_format.samples * pixel_format.dtype.itemsize
    if frame_bytes > FRAME_LIMIT:
        raise UnsupportedError(f"one frame takes {frame_bytes >> 20} MB; expected {FRAME_LIMIT >> 20} MB or less")
    if frame_bytes * frame_count > FILE_LIMIT:
        raise UnsupportedError(f"{frame_count} frames take more than {FILE_LIMIT >> 30} GB")
    return Announced(pixel_format=pixel_format, rows=rows, columns=columns, frame_count=frame_count)


def _read_format(dataset: Dataset, keyword: str, little_endian: bool) -> PixelFormat:
    photometric, samples = _photometric(dataset)
    allocated = _integer(dataset, "BitsAllocated")
    if allocated not in _ALLOCATED:
        raise UnsupportedError(f"{_named('BitsAllocated')} is {allocated}; expected 1, 8, 16, 32 or 64")
    if keyword != "PixelData":
        return _float_format(dataset, keyword, photometric, samples, little_endian)
    if allocated == 64:
        raise UnsupportedError(f"{_named('BitsAllocated')} is 64 for integers; expected 1, 8, 16 or 32")
    stored = _integer(dataset, "BitsStored")
    high = _integer(dataset, "HighBit", stored - 1)
    if not 1 <= stored <= allocated:
        raise MalformedError(f"{_named('BitsStored')} is {stored}; expected 1 to {allocated}, the bits allocated")
    if not stored - 1 <= high < allocated:
        raise MalformedError(f"{_named('HighBit')} is {high}; expected {stored - 1} to {allocated - 1}")
    signed = _choice(dataset, "PixelRepresentation", (0, 1)) == 1 and allocated > 1
    if photometric in COLOUR and signed:
        raise UnsupportedError(f"{_named('PixelRepresentation')} is 1 in a colour image; expected 0")
    return PixelFormat(
        photometric=photometric,
        bits_stored=stored,
        bits_allocated=allocated,
        high_bit=high,
        signed=signed,
        samples=samples,
        planar=_choice(dataset, "PlanarConfiguration", (0, 1), 0) if samples > 1 else 0,
        palette=read_palette(dataset, signed=signed, little_endian=little_endian) if samples == 1 else None,
        padding=_padding(dataset, stored, signed),
        rescale_negative=samples == 1 and shows_large_values_dark(dataset, little_endian=little_endian),
    )


def _photometric(dataset: Dataset) -> tuple[str, int]:
    """Return photometric interpretation and samples per pixel, if they fit each other."""
    photometric = str(dataset.get("PhotometricInterpretation") or "").strip()
    samples = _integer(dataset, "SamplesPerPixel", 3 if photometric in COLOUR else 1)
    if photometric not in COLOUR | _GREY:
        raise UnsupportedError(
            f"{_named('PhotometricInterpretation')} is none that we mask; expected one of PS3.3 C.7.6.3.1.2"
        )
    if samples != (3 if photometric in COLOUR else 1):
        raise MalformedError(f"{_named('SamplesPerPixel')} is {samples}, which {photometric} does not have")
    if photometric == "PALETTE COLOR" and "RedPaletteColorLookupTableDescriptor" not in dataset:
        raise MalformedError(
            "(0028,1101) Red Palette Color Lookup Table Descriptor is missing in a PALETTE COLOR image"
        )
    return photometric, samples


def _float_format(dataset: Dataset, keyword: str, photometric: str, samples: int, little_endian: bool) -> PixelFormat:
    """Return the format of float or double float pixel data (PS3.3 C.7.6.24)."""
    bits, allocated = 32 if keyword == "FloatPixelData" else 64, _integer(dataset, "BitsAllocated")
    if allocated != bits or samples != 1 or photometric == "PALETTE COLOR":
        raise MalformedError(
            f"{_named(keyword)} with {allocated} bits, {samples} samples, {photometric}; expected {bits}, 1, grey"
        )
    value = dataset.get(keyword.replace("PixelData", "PixelPaddingValue"))
    return PixelFormat(
        photometric=photometric,
        bits_stored=bits,
        bits_allocated=bits,
        signed=True,
        samples=1,
        padding=float(value) if isinstance(value, float) else None,
        rescale_negative=shows_large_values_dark(dataset, little_endian=little_endian),
        floating=True,
    )


def _padding(dataset: Dataset, stored: int, signed: bool) -> int | None:
    """Return Pixel Padding Value as a sample: its VR, US or SS, is often not the one that it was written in."""
    value = dataset.get("PixelPaddingValue")
    if not isinstance(value, int):
        return None
    value &= (1 << stored) - 1
    return value - (1 << stored) if signed and value >> (stored - 1) else value


def _integer(dataset: Dataset, keyword: str, default: int | None = None) -> int:
    value = dataset.get(keyword)
    if value in (None, ""):
        if default is None:
            raise MalformedError(f"{_named(keyword)} is missing")
        return default
    if isinstance(value, bool) or not isinstance(value, int):
        raise MalformedError(f"{_named(keyword)} is not one whole number")
    return int(value)


def _choice(dataset: Dataset, keyword: str, allowed: tuple[int, ...], default: int | None = None) -> int:
    value = _integer(dataset, keyword, default)
    if value not in allowed:
        raise MalformedError(f"{_named(keyword)} is {value}; expected one of {allowed}")
    return value


def _named(keyword: str) -> str:
    """Return "(gggg,eeee) Keyword"."""
    tag = tag_for_keyword(keyword) or 0
    return f"({tag >> 16:04X},{tag & 0xFFFF:04X}) {keyword}"
