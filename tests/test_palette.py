"""Palettes: descriptors, packing, segments, and their darkest entry."""

import numpy as np
import pytest
from pydicom import Dataset

from deburn.errors import MalformedError
from deburn.redactor.dicom.palette import Palette, read_palette


def with_tables(descriptor: list[int], data: bytes, *, segmented: bool = False) -> Dataset:
    dataset = Dataset()
    for index in range(3):
        dataset.add_new(0x00281101 + index, "US", descriptor)
        dataset.add_new((0x00281221 if segmented else 0x00281201) + index, "OW", data)
    return dataset


def read(dataset: Dataset, *, signed: bool = False, little_endian: bool = True) -> Palette:
    palette = read_palette(dataset, signed=signed, little_endian=little_endian)
    assert palette is not None
    return palette


def test_there_is_no_palette_without_a_descriptor() -> None:
    assert read_palette(Dataset(), signed=False) is None


def test_sixteen_bit_entries_are_words() -> None:
    palette = read(with_tables([3, 5, 16], np.array([1, 2, 60000], "<u2").tobytes()))
    assert palette.first == 5
    assert palette.entries[:, 0].tolist() == [1, 2, 60000]
    big = read(with_tables([3, 5, 16], np.array([1, 2, 60000], ">u2").tobytes()), little_endian=False)
    assert big.entries[:, 0].tolist() == [1, 2, 60000]


def test_eight_bit_entries_are_packed_or_take_a_word_each() -> None:
    assert read(with_tables([3, 0, 8], bytes([1, 2, 3, 0]))).entries[:, 0].tolist() == [1, 2, 3]
    assert read(with_tables([3, 0, 8], bytes([1, 0, 2, 0, 3, 0]))).entries[:, 0].tolist() == [1, 2, 3]
    assert read(with_tables([3, 0, 8], bytes([0, 1, 0, 2, 0, 3]))).entries[:, 0].tolist() == [1, 2, 3]
    assert read(with_tables([4, 0, 8], bytes([2, 1, 4, 3])), little_endian=False).entries[:, 0].tolist() == [1, 2, 3, 4]


def test_no_entries_mean_65536() -> None:
    assert len(read(with_tables([0, 0, 16], bytes(131072))).entries) == 65536


def test_the_first_mapped_value_is_signed_where_the_samples_are() -> None:
    dataset = with_tables([2, 65534, 16], bytes(4))
    assert read(dataset, signed=True).first == -2
    assert read(dataset).first == 65534


def test_segments_are_expanded() -> None:
    # Discrete 10, 20; linear to 50 in three steps; the first segment again.
    words = np.array([0, 2, 10, 20, 1, 3, 50, 2, 1, 0, 0], "<u2")
    assert read(with_tables([7, 0, 16], words.tobytes(), segmented=True)).entries[:, 0].tolist() == [
        *(10, 20, 30, 40, 50, 10, 20)
    ]


def test_eight_bit_segments_are_expanded() -> None:
    data = bytes([0, 2, 10, 20, 1, 2, 40, 2, 1, 0, 0, 0, 0, 0])
    assert read(with_tables([6, 0, 8], data, segmented=True)).entries[:, 0].tolist() == [10, 20, 30, 40, 10, 20]


@pytest.mark.parametrize(
    ("descriptor", "words", "segmented", "message"),
    [
        ([4, 0, 16], [1, 2], False, "holds 2 entries; its descriptor announces 4"),
        ([4, 0, 12], [1, 2, 3, 4], False, "12 bits per entry; expected 8 or 16"),
        ([4, 0, 16], [1, 4, 9], True, "begins with a linear segment"),
        ([4, 0, 16], [0, 9, 1], True, "ends within a segment"),
        ([4, 0, 16], [7, 1, 1], True, "opcode 7"),
        ([9, 0, 16], [0, 1, 5], True, "expands to 1 entries"),
        ([4, 0, 16], [2, 1, 9, 0], True, "refers to a segment that follows"),
    ],
)
def test_contradictions_are_refused(descriptor: list[int], words: list[int], segmented: bool, message: str) -> None:
    dataset = with_tables(descriptor, np.array(words, "<u2").tobytes(), segmented=segmented)
    with pytest.raises(MalformedError, match=message):
        read_palette(dataset, signed=False)


def test_a_missing_table_is_refused() -> None:
    dataset = with_tables([2, 0, 16], bytes(4))
    del dataset[0x00281202]
    with pytest.raises(MalformedError, match="is missing"):
        read_palette(dataset, signed=False)


def test_the_lowest_of_equally_dark_values_is_taken() -> None:
    entries = np.array([[9, 9, 9], [1, 1, 1], [1, 1, 1], [200, 0, 0]], np.uint8)
    palette = Palette(first=4, bits=8, entries=entries)
    assert palette.darkest(0, 255) == 5
    assert palette.brightest(0, 255) == 7
    falling = Palette(first=4, bits=8, entries=entries[::-1])
    assert falling.darkest(0, 255) == 5
    assert Palette(first=4, bits=8, entries=entries[1:2]).darkest(0, 255) == 3
