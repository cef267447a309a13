"""Compare two headers element by element, and tell which differences a redaction may make."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydicom import Dataset
from pydicom.dataelem import RawDataElement
from pydicom.sequence import Sequence

from .carriers import REMOVED_META, why_removed
from .codecs import JPEG_LOSSY
from .decoded_header import follows
from .elements import PIXEL_TAGS, name
from .syntaxes import NATIVE
from .transcode import STORED_JPEG
from .values import read_value

_OFFSET_TABLES = frozenset({0x7FE00001, 0x7FE00002})
# Smallest and largest pixel values (in the image, its series, its plane) and the histogram.
_EXTREMES = frozenset({0x00280106, 0x00280107, 0x00280108, 0x00280109, 0x00280110, 0x00280111, 0x00603000})
_INSTANCE, _SYNTAX = 0x00020003, 0x00020010
_META_LENGTH = 0x00020000


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One element that differs; its values are not told.

    Attributes
    ----------
    path : str
        Tags from the top level down, items counted from 0: "(0008,1140)[0](0088,0200)".
    change : {"added", "removed", "changed"}
    allowed : str or None
        Why a redaction may do this; None where it may not.
    """

    path: str
    change: Literal["added", "removed", "changed"]
    allowed: str | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Pair:
    """The same data set or item before and after."""

    path: str
    depth: int
    before: Dataset
    after: Dataset


def compare_headers(before: Dataset, after: Dataset) -> tuple[Difference, ...]:
    """Return every element that was added, removed or changed, pixel data excepted.

    Parameters
    ----------
    before, after : pydicom.Dataset
        As freshly read, with their file meta information.

    Raises
    ------
    MalformedError
        If a value is not of its VR.
    """
    decoded = _decoded(before, after)
    waiting = [_Pair(path="", depth=0, before=before, after=after)]
    found = list(_compare_meta(before, after, decoded))
    while waiting:
        pair = waiting.pop()
        for tag in sorted(_tags(pair) - PIXEL_TAGS):
            if _same(pair, tag):
                continue
            # What is gone is judged as it lies in the file: reading a value turns private UN into sequences.
            items = _items(pair, tag) if tag in pair.before and tag in pair.after else None
            if items is None:
                found.append(_difference(pair, tag, decoded))
            waiting += items or ()
    return tuple(found)


def _decoded(before: Dataset, after: Dataset) -> str | None:
    """Return the transfer syntax that lossy JPEG was stored in when it was decoded for good; None where it was not."""
    syntax = _syntax(after)
    return syntax if _syntax(before) in JPEG_LOSSY and syntax in STORED_JPEG.values() else None


def _tags(pair: _Pair) -> set[int]:
    return {int(tag) for tag in (*pair.before.keys(), *pair.after.keys())}


def _same(pair: _Pair, tag: int) -> bool:
    if tag not in pair.before or tag not in pair.after:
        return False
    first, second = (level.get_item(tag, keep_deferred=True) for level in (pair.before, pair.after))
    if isinstance(first, RawDataElement) and isinstance(second, RawDataElement) and first.VR == second.VR:
        return bool(first.value == second.value) or _equal(pair, tag)
    return _equal(pair, tag)


def _equal(pair: _Pair, tag: int) -> bool:
    """Compare values as read; sequences are compared item by item instead."""
    first, second = read_value(pair.before, tag), read_value(pair.after, tag)
    if isinstance(first, Sequence) or isinstance(second, Sequence):
        return False
    return bool(first == second) and pair.before[tag].VR == pair.after[tag].VR


def _items(pair: _Pair, tag: int) -> list[_Pair] | None:
    """Return the items to compare of a sequence that both have; None where that does not settle the difference."""
    first, second = (read_value(level, tag) for level in (pair.before, pair.after))
    if not (isinstance(first, Sequence) and isinstance(second, Sequence)) or len(first) != len(second):
        return None
    return [
        _Pair(path=f"{pair.path}{name(tag)}[{index}]", depth=pair.depth + 1, before=one, after=other)
        for index, (one, other) in enumerate(zip(first, second, strict=True))
    ]


def _difference(pair: _Pair, tag: int, decoded: str | None) -> Difference:
    path = pair.path + name(tag)
    if tag not in pair.after:
        return Difference(path=path, change="removed", allowed=_removable(pair, tag, decoded))
    change: Literal["added", "changed"] = "changed" if tag in pair.before else "added"
    allowed = _settable(pair, tag, decoded) if pair.depth == 0 else None
    return Difference(path=path, change=change, allowed=allowed)


def _removable(pair: _Pair, tag: int, decoded: str | None) -> str | None:
    if tag & 0xFFFF == 0:
        return "group length"
    if tag in _EXTREMES and pair.depth == 0:
        return "no longer holds"
    if tag in _OFFSET_TABLES and pair.depth == 0 and decoded in NATIVE:
        return "lossy JPEG was decoded"
    return why_removed(pair.before, tag, pair.depth)


def _settable(pair: _Pair, tag: int, decoded: str | None) -> str | None:
    before, after = (read_value(level, tag) for level in (pair.before, pair.after))
    if tag == 0x00280301 and after == "NO":
        return "burned-in text is masked"
    if tag == 0x00120063 and _appended(_list(before), _list(after), "deburn "):
        return "method appended"
    if tag == 0x00120064 and _appended(_codes(before), _codes(after), "113101"):
        return "method appended"
    if tag in _OFFSET_TABLES:
        return "offset table"
    if decoded is not None and follows(pair.before, pair.after, tag, decoded):
        return "lossy JPEG was decoded"
    if tag == 0x00280004 and (before, after) == ("YBR_ICT", "YBR_RCT"):
        return "colour transform is reversible now"
    return None


def _appended(before: list[str], after: list[str], start: str) -> bool:
    added = after[len(before) :]
    return bool(added) and after[: len(before)] == before and all(value.startswith(start) for value in added)


def _list(value: object) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else [str(part) for part in value]  # type: ignore[attr-defined]


def _codes(value: object) -> list[str]:
    return [str(read_value(item, "CodeValue")) for item in value] if isinstance(value, Sequence) else []


def _compare_meta(before: Dataset, after: Dataset, decoded: str | None) -> Iterator[Difference]:
    """Compare the file meta information (PS3.10 section 7.1)."""
    first, second = (getattr(dataset, "file_meta", None) or Dataset() for dataset in (before, after))
    pair = _Pair(path="", depth=0, before=first, after=second)
    for tag in sorted(_tags(pair) - {_META_LENGTH}):
        if _same(pair, tag):
            continue
        change: Literal["added", "removed", "changed"] = "changed" if tag in first and tag in second else "added"
        if tag not in second:
            change = "removed"
        allowed = "file meta information" if change == "removed" and tag in REMOVED_META else None
        named = tag == _INSTANCE and read_value(second, tag) == read_value(after, "SOPInstanceUID")
        if change == "changed" and decoded is not None and (named or tag == _SYNTAX):
            allowed = "lossy JPEG was decoded"
        yield Difference(path=name(tag), change=change, allowed=allowed)


def _syntax(dataset: Dataset) -> str | None:
    meta = getattr(dataset, "file_meta", None)
    return None if meta is None else read_value(meta, "TransferSyntaxUID")
