"""What a header says after lossy JPEG was decoded for good, and which changes of it that explains."""

from typing import Final
from uuid import NAMESPACE_OID, uuid5

from pydicom import Dataset
from pydicom.uid import UID

from .source import Source
from .syntaxes import JPEG_2000, NATIVE
from .values import read_value

# PS3.3 C.7.6.1.1.5: the loss, once marked, stays, and the method is what no codestream tells any more.
LOSSY, JPEG_METHOD = "01", "ISO_10918_1"
_INSTANCE, _PHOTOMETRIC, _PLANAR = 0x00080018, 0x00280004, 0x00280006
_LOSSY, _RATIO, _METHOD = 0x00282110, 0x00282112, 0x00282114
_OFFSET_TABLES: Final = ("ExtendedOffsetTable", "ExtendedOffsetTableLengths")


def mark_decoded(source: Source, dataset: Dataset, syntax: str) -> None:
    """Say, in place, what became of lossy JPEG: lossless now, but the loss stays; another instance (PS3.3 C.12.4.1.1).

    Parameters
    ----------
    source : Source
        The original.
    dataset : pydicom.Dataset
        Its header, to be that of the result.
    syntax : str
        UID of the result.
    """
    _mark_loss(source, dataset)
    name_colours(dataset, syntax, source.pixel_format.samples)
    if syntax in NATIVE:
        for keyword in _OFFSET_TABLES:
            if keyword in dataset:
                delattr(dataset, keyword)
    if dataset.get("SOPInstanceUID"):
        dataset.SOPInstanceUID = derived_instance(dataset.SOPInstanceUID)
    if dataset.file_meta.get("MediaStorageSOPInstanceUID"):
        dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    dataset.file_meta.TransferSyntaxUID = UID(syntax)


def name_colours(dataset: Dataset, syntax: str, samples: int) -> None:
    """Set Photometric Interpretation and Planar Configuration of decoded colours, in place; grey stays as it is."""
    if samples == 3:
        dataset.PhotometricInterpretation = colours_in(syntax)
        dataset.PlanarConfiguration = 0


def colours_in(syntax: str) -> str:
    """Return Photometric Interpretation of RGB as each syntax holds it; JPEG 2000 transforms it (PS3.5 8.2.4)."""
    return "YBR_RCT" if syntax in JPEG_2000 else "RGB"


def derived_instance(instance: str) -> UID:
    """Return a SOP Instance UID that follows from the old one, so that anyone can map all references to it alike."""
    return UID(f"2.25.{uuid5(NAMESPACE_OID, str(instance)).int}")


def _mark_loss(source: Source, dataset: Dataset) -> None:
    """Set Lossy Image Compression and, unless something else is told, its ratio and method (PS3.3 C.7.6.1.1.5)."""
    dataset.LossyImageCompression = LOSSY
    ratios, methods = (_count(dataset.get(f"LossyImageCompression{name}")) for name in ("Ratio", "Method"))
    if not ratios and methods <= 1:
        dataset.LossyImageCompressionRatio = f"{_ratio(source):.2f}"
    if not methods and ratios <= 1:
        dataset.LossyImageCompressionMethod = JPEG_METHOD


def _count(value: object) -> int:
    """Return the number of values, none of which may be empty."""
    if value in (None, ""):
        return 0
    return 1 if isinstance(value, (str, int, float)) else len(value)  # type: ignore[arg-type]


def _ratio(source: Source) -> float:
    """Return how many times longer the frames are without compression."""
    assert source.pixels.frames is not None
    pixel_format = source.pixel_format
    bits = source.frame_count * source.rows * source.columns * pixel_format.samples * pixel_format.bits_allocated
    return bits / 8 / sum(fragment.length for frame in source.pixels.frames for fragment in frame)


def follows(before: Dataset, after: Dataset, tag: int, syntax: str) -> bool:
    """Tell whether decoding lossy JPEG explains that an element of the header was set or changed to what it is.

    Parameters
    ----------
    before, after : pydicom.Dataset
    tag : int
    syntax : str
        UID of the result.
    """
    old, new = (read_value(dataset, tag) for dataset in (before, after))
    if tag in (_PHOTOMETRIC, _PLANAR):
        expected = colours_in(syntax) if tag == _PHOTOMETRIC else 0
        return bool(read_value(after, "SamplesPerPixel") == 3 and new == expected)
    if tag == _INSTANCE:
        return bool(old) and bool(new == derived_instance(str(old)))
    if tag == _LOSSY:
        return bool(new == LOSSY)
    if tag == _METHOD:
        return not old and bool(new == JPEG_METHOD)
    return tag == _RATIO and not old and isinstance(new, float) and new > 0
