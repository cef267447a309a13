"""Colour palettes: reading, expanding and looking values up (PS3.3 C.7.6.3.1.5, C.7.6.3.1.6, C.7.9.2)."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from pydicom import Dataset

from ...errors import MalformedError

Array = npt.NDArray[Any]
_COLOURS = ("Red", "Green", "Blue")
# ITU-R BT.601, as for the Y of YBR_FULL (PS3.3 C.7.6.3.1.2).
_LUMA = (0.299, 0.587, 0.114)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Palette:
    """Red, green and blue of the values from `first` on.

    Attributes
    ----------
    first : int
        Stored value that the first entry is for; smaller values take the first entry, larger ones the last.
    bits : int
        Depth of the entries, 8 or 16.
    entries : uint8 or uint16 [n, 3]
    """

    first: int
    bits: int
    entries: Array

    @property
    def luminance(self) -> Array:
        """Brightness of each entry, in the entries' own type: uint8 or uint16 [n]."""
        return np.round(self.entries.astype(np.float64) @ _LUMA).astype(self.entries.dtype)

    def luminance_of(self, values: Array) -> Array:
        """Return the brightness of stored values, as deep as the palette; the shape stays."""
        index = np.clip(values.astype(np.int64) - self.first, 0, len(self.entries) - 1)
        return self.luminance[index]

    def darkest(self, lowest: int, highest: int) -> int:
        """Return the stored value in [lowest, highest] that is shown darkest, the lowest of several."""
        return self._extreme(lowest, highest, dark=True)

    def brightest(self, lowest: int, highest: int) -> int:
        """Return the stored value in [lowest, highest] that is shown brightest, the lowest of several."""
        return self._extreme(lowest, highest, dark=False)

    def _extreme(self, lowest: int, highest: int, *, dark: bool) -> int:
        # One value beyond the entries on either side stands for all that are clamped to the nearest entry.
        values = np.arange(max(lowest, self.first - 1), min(highest, self.first + len(self.entries)) + 1)
        if len(values) == 0:
            return lowest
        luminance = self.entries.astype(np.float64)[np.clip(values - self.first, 0, len(self.entries) - 1)] @ _LUMA
        return int(values[np.argmin(luminance) if dark else np.argmax(luminance)])


def read_palette(dataset: Dataset, *, signed: bool, little_endian: bool = True) -> Palette | None:
    """Return the palette of a data set, or None where there is none.

    Parameters
    ----------
    dataset : pydicom.Dataset
    signed : bool
        Whether the stored values are, and with them the first mapped value.
    little_endian : bool
        Byte order of table data that were read as bytes.

    Raises
    ------
    MalformedError
        If a table is missing, or its length contradicts its descriptor.
    """
    if f"{_COLOURS[0]}PaletteColorLookupTableDescriptor" not in dataset:
        return None
    columns, firsts, depths = [], [], []
    for colour in _COLOURS:
        count, first, bits = _descriptor(dataset, colour, signed)
        columns.append(_table(dataset, colour, count, bits, little_endian))
        firsts.append(first)
        depths.append(bits)
    if len(set(firsts)) > 1 or len({len(column) for column in columns}) > 1 or len(set(depths)) > 1:
        raise MalformedError("(0028,1101) to (0028,1103) palette descriptors differ between colours; expected the same")
    return Palette(first=firsts[0], bits=depths[0], entries=np.stack(columns, axis=1))


def _descriptor(dataset: Dataset, colour: str, signed: bool) -> tuple[int, int, int]:
    """Return entries, first mapped value and bits of one colour's table."""
    keyword = f"{colour}PaletteColorLookupTableDescriptor"
    value = dataset.get(keyword)
    if value is None or isinstance(value, (str, bytes)) or not hasattr(value, "__len__") or len(value) != 3:
        raise MalformedError(f"{keyword} is missing or has not three values")
    count, first, bits = (int(part) for part in value)
    # 65536 does not fit 16 bits: it is written 0. Both numbers may have been read as signed or unsigned.
    count = count & 0xFFFF or 65536
    first &= 0xFFFF
    if signed and first >= 0x8000:
        first -= 0x10000
    if bits not in (8, 16):
        raise MalformedError(f"{keyword} has {bits} bits per entry; expected 8 or 16")
    return count, first, bits


def _table(dataset: Dataset, colour: str, count: int, bits: int, little_endian: bool) -> Array:
    """Return one colour's entries, as uint8 or uint16 [count]."""
    plain, segmented = f"{colour}PaletteColorLookupTableData", f"Segmented{colour}PaletteColorLookupTableData"
    keyword = plain if dataset.get(plain) is not None else segmented
    data = _as_bytes(dataset.get(keyword), little_endian)
    if data is None:
        raise MalformedError(f"{plain} is missing; the palette descriptor announces it")
    if keyword == segmented:
        return _expand(_words(data, little_endian, packed=bits == 8), count, bits)
    # Eight-bit entries are packed two to a word, or else take a word each.
    entries = _words(data, little_endian, packed=bits == 8 and len(data) < 2 * count)
    if not count <= len(entries) <= count + 1:
        raise MalformedError(f"{keyword} holds {len(entries)} entries; its descriptor announces {count}")
    entries = entries[:count]
    if bits == 8 and entries.dtype == np.uint16:
        # Some write 8-bit values in the upper byte.
        entries = entries >> 8 if (entries > 255).any() else entries
    return entries.astype(np.uint8 if bits == 8 else np.uint16)


def table_words(value: object, little_endian: bool) -> Array | None:
    """Return the 16-bit words of look-up table data, whether they were read as OW, US or a single number."""
    data = _as_bytes(value, little_endian)
    return None if data is None else _words(data, little_endian, packed=False)


def _as_bytes(value: object, little_endian: bool) -> bytes | None:
    """Return table data as bytes, whether they were read as OW, US or a single number."""
    if value is None or isinstance(value, bytes):
        return value
    numbers = [value] if isinstance(value, int) else list(value)  # type: ignore[call-overload]
    return np.asarray(numbers, dtype=np.int64).astype("<u2" if little_endian else ">u2").tobytes()


def _words(data: bytes, little_endian: bool, *, packed: bool) -> Array:
    if not packed:
        even = len(data) // 2 * 2
        return np.frombuffer(data[:even], "<u2" if little_endian else ">u2").astype(np.uint16)
    if little_endian:
        return np.frombuffer(data, np.uint8)
    # Packed in words whose first entry is the lower byte: swapped where words are big endian.
    even = len(data) // 2 * 2
    return np.frombuffer(data[:even], ">u2").astype("<u2").view(np.uint8)


def _expand(words: Array, count: int, bits: int) -> Array:
    """Expand a segmented table (PS3.3 C.7.9.2): discrete, linear and indirect segments."""
    entries: list[int] = []
    position = 0
    try:
        while position < len(words) and len(entries) < count:
            position = _segment(words, position, entries, bits)
    except IndexError:
        raise MalformedError("segmented palette ends within a segment") from None
    if len(entries) != count:
        raise MalformedError(f"segmented palette expands to {len(entries)} entries; its descriptor announces {count}")
    return np.asarray(entries, dtype=np.uint8 if bits == 8 else np.uint16)


def _segment(words: Array, position: int, entries: list[int], bits: int) -> int:
    """Append what the segment at `position` stands for; return where the next one begins."""
    opcode, length = int(words[position]), int(words[position + 1])
    if opcode == 0:
        if position + 2 + length > len(words):
            raise IndexError
        entries.extend(int(word) for word in words[position + 2 : position + 2 + length])
        return position + 2 + length
    if opcode == 1:
        if not entries:
            raise MalformedError("segmented palette begins with a linear segment; expected a discrete one")
        start, end = entries[-1], int(words[position + 2])
        entries.extend(round(start + (end - start) * step / length) for step in range(1, length + 1))
        return position + 3
    if opcode == 2:
        _repeat(words, position, length, entries, bits)
        return position + (4 if bits == 16 else 6)
    raise MalformedError(f"segmented palette has opcode {opcode}; expected 0, 1 or 2")


def _repeat(words: Array, position: int, segments: int, entries: list[int], bits: int) -> None:
    """Append earlier segments again; the offset is 32 bits, in words or bytes, lowest part first."""
    parts = words[position + 2 : position + (4 if bits == 16 else 6)]
    source = sum(int(part) << (bits * index) for index, part in enumerate(parts))
    if source >= position:
        raise MalformedError("segmented palette refers to a segment that follows; expected an earlier one")
    for _ in range(segments):
        if int(words[source]) == 2:
            raise MalformedError("segmented palette refers to a segment that refers itself")
        source = _segment(words, source, entries, bits)
