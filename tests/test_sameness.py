"""Samples are compared bit by bit, outside of the mask and in it."""

import numpy as np
import numpy.typing as npt
import pytest
from pydicom import Dataset

from deburn import Box
from deburn.redactor.dicom import Source, open_dataset
from deburn.redactor.dicom.sameness import compare_pixels

BOX = Box(frame=0, x0=2, y0=1, x1=8, y1=5)


def source(values: npt.NDArray[np.generic], **attributes: object) -> Source:
    image = Dataset()
    image.Rows, image.Columns = values.shape
    image.SamplesPerPixel, image.PhotometricInterpretation = 1, "MONOCHROME2"
    bits = 8 * values.dtype.itemsize
    image.BitsAllocated, image.BitsStored, image.HighBit, image.PixelRepresentation = bits, bits, bits - 1, 0
    for keyword, value in attributes.items():
        setattr(image, keyword, value)
    if values.dtype.kind == "f":
        image.FloatPixelData = values.astype("<f4").tobytes()
    else:
        image.add_new(0x7FE00010, "OW" if bits > 8 else "OB", values.tobytes())
    image.set_original_encoding(False, True)
    return open_dataset(image)


def noise(dtype: str = "u1") -> npt.NDArray[np.generic]:
    return np.random.default_rng(3).integers(1, 200, (12, 16)).astype(dtype)


def masked(values: npt.NDArray[np.generic], box: Box = BOX) -> npt.NDArray[np.generic]:
    result = values.copy()
    result[box.y0 : box.y1, box.x0 : box.x1] = 0
    return result


@pytest.mark.parametrize("dtype", ["u1", "u2", "f4"])
def test_a_mask_and_nothing_else(dtype: str) -> None:
    before = noise(dtype)
    for boxes in ((BOX,), None):
        same = compare_pixels(source(before), source(masked(before)), boxes)
        assert (same.outside, same.unfilled, same.boxes) == (0, 0, (BOX,))


def test_not_a_number_equals_itself() -> None:
    before = noise("f4")
    before[9] = np.nan
    assert compare_pixels(source(before), source(masked(before)), (BOX,)).outside == 0
    after = masked(before)
    after[9, 0] = 1
    assert compare_pixels(source(before), source(after), (BOX,)).outside == 1


@pytest.mark.parametrize("shape", [(1, 1), (2, 9), (9, 2), (2, 2)])
def test_changes_too_small_for_a_mask_are_told(shape: tuple[int, int]) -> None:
    before, after = noise(), noise()
    after[3 : 3 + shape[0], 3 : 3 + shape[1]] = 0
    assert compare_pixels(source(before), source(after), None).outside == shape[0] * shape[1]


def test_derives_rectangles_that_touch_or_overlap() -> None:
    before = noise()
    after = masked(masked(before), Box(frame=0, x0=5, y0=3, x1=12, y1=9))
    after = masked(after, Box(frame=0, x0=0, y0=10, x1=3, y1=12))
    same = compare_pixels(source(before), source(after), None)
    # The corner one is two rows high, but the frame ends there: no square of three fits.
    assert same.outside == 6
    assert set(same.boxes) == {Box(frame=0, x0=2, y0=1, x1=12, y1=9), Box(frame=0, x0=0, y0=10, x1=3, y1=12)}


def test_one_bit_outside_is_enough() -> None:
    before = noise("u2")
    after = masked(before)
    after[11, 15] ^= 1
    assert compare_pixels(source(before), source(after), (BOX,)).outside == 1


def test_bits_of_removed_overlays_may_go_but_only_those() -> None:
    before = noise("u2")
    before[::2, ::3] |= 0x1000
    stored = {"BitsStored": 12, "HighBit": 11}
    original = source(before, **stored)
    original.dataset.add_new(0x60000102, "US", 12)
    cleared = masked(before & np.uint16(0x0FFF))
    assert compare_pixels(original, source(cleared, **stored), (BOX,)).outside == 0
    cleared[10, 10] |= 0x2000
    assert compare_pixels(original, source(cleared, **stored), (BOX,)).outside == 1


def test_the_last_of_two_boxes_decides_where_they_overlap() -> None:
    before, other = noise(), Box(frame=0, x0=6, y0=3, x1=14, y1=9)
    after = masked(before)
    after[other.y0 : other.y1, other.x0 : other.x1] = 7
    assert compare_pixels(source(before), source(after), (BOX, other)).unfilled == 0
    assert compare_pixels(source(before), source(after), (other, BOX)).unfilled == 1
