"""Whether large values end up darker than the photometric interpretation alone says (PS3.3 C.11.1, C.11.2)."""

from pydicom import Dataset

from .palette import table_words


def shows_large_values_dark(dataset: Dataset, *, little_endian: bool = True) -> bool:
    """Return whether rescaling or a look-up table turns the order of grey values round.

    Only the polarity of the fill hangs on it: where frames disagree, the first one decides, and a box may turn
    out white in some of them; it never uncovers anything.
    """
    turned = _slope(dataset) < 0
    for keyword in ("ModalityLUTSequence", "VOILUTSequence"):
        turned ^= _table_falls(dataset, keyword, little_endian)
    return turned


def _slope(dataset: Dataset) -> float:
    """Return Rescale Slope, from the functional groups where the top level has none; 1 without any."""
    if dataset.get("RescaleSlope") is not None:
        return _number(dataset["RescaleSlope"].value)
    for groups in ("SharedFunctionalGroupsSequence", "PerFrameFunctionalGroupsSequence"):
        for group in dataset.get(groups) or ():
            for transformation in group.get("PixelValueTransformationSequence") or ():
                return _number(transformation.get("RescaleSlope"))
    return 1.0


def _number(value: object) -> float:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return 1.0  # Nothing to rescale by: values are shown as they are.


def _table_falls(dataset: Dataset, keyword: str, little_endian: bool) -> bool:
    """Return whether the first look-up table of a sequence ends lower than it begins."""
    tables = dataset.get(keyword)
    if not tables:
        return False
    words = table_words(tables[0].get("LUTData"), little_endian)
    return words is not None and len(words) > 1 and int(words[-1]) < int(words[0])
