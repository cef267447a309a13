"""Attributes that tell what was done to the pixels (PS3.15 E.3.1, PS3.3 C.12.1.1.3)."""

from collections.abc import Iterator

from pydicom import Dataset
from pydicom.config import disable_value_validation

from ..._version import __version__
from .values import read_value

# CID 7050 De-identification Method.
_CLEAN_PIXEL_DATA = "113101"
_MEANING = "Clean Pixel Data Option"
_SMALLEST = ("SmallestImagePixelValue", "SmallestPixelValueInSeries", "SmallestImagePixelValueInPlane")
_LARGEST = ("LargestImagePixelValue", "LargestPixelValueInSeries", "LargestImagePixelValueInPlane")


def mark_deidentified(dataset: Dataset, *, masked: bool, extremes: tuple[int, int] | None = None) -> None:
    """Record, in place, that burned-in text has been looked for and masked.

    Only after the pixels passed their check: Burned In Annotation becomes NO. Patient Identity Removed is left
    alone, since a header may still name the patient; so is Lossy Image Compression, which never goes back.

    Parameters
    ----------
    dataset : pydicom.Dataset
        The redacted one.
    masked : bool
        Whether any pixel was masked.
    extremes : (int, int) or None
        Smallest and largest stored value after masking, where known: recorded extremes that still hold are kept.
    """
    dataset.BurnedInAnnotation = "NO"
    _append_method(dataset, masked)
    _append_code(dataset)
    if masked:
        _drop_stale(dataset, extremes)


def is_marked(dataset: Dataset) -> bool:
    """Tell whether a data set says that no text is burned in."""
    return bool(read_value(dataset, "BurnedInAnnotation") == "NO")


def _append_method(dataset: Dataset, masked: bool) -> None:
    """Append one value to De-identification Method (LO, 64 characters each), once per version and result."""
    tool = f"deburn {__version__}:"
    text = f"{tool} burned-in text {'masked' if masked else 'not found'}"[:64]
    before = read_value(dataset, "DeidentificationMethod") or []
    values = [before] if isinstance(before, str) else list(before)
    known = text in values if masked else any(str(value).startswith(tool) for value in values)
    if known:
        return
    with disable_value_validation():  # its warnings quote the values that were there before
        dataset.DeidentificationMethod = [*values, text]


def _append_code(dataset: Dataset) -> None:
    """Append code 113101, once, to De-identification Method Code Sequence."""
    codes = list(read_value(dataset, "DeidentificationMethodCodeSequence") or [])
    if any(read_value(code, "CodeValue") == _CLEAN_PIXEL_DATA for code in codes):
        return
    code = Dataset()
    code.CodeValue = _CLEAN_PIXEL_DATA
    code.CodingSchemeDesignator = "DCM"
    code.CodeMeaning = _MEANING
    dataset.DeidentificationMethodCodeSequence = [*codes, code]


def _drop_stale(dataset: Dataset, extremes: tuple[int, int] | None) -> None:
    """Delete recorded extremes and histograms that the mask made wrong, or may have."""
    for keyword, truth in _recorded(extremes):
        if keyword in dataset and (truth is None or read_value(dataset, keyword) != truth):
            delattr(dataset, keyword)
    if "HistogramSequence" in dataset:
        del dataset.HistogramSequence


def _recorded(extremes: tuple[int, int] | None) -> Iterator[tuple[str, int | None]]:
    smallest, largest = extremes or (None, None)
    yield from ((keyword, smallest) for keyword in _SMALLEST)
    yield from ((keyword, largest) for keyword in _LARGEST)
