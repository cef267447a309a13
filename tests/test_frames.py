"""Pixel formats and what is visible of stored values, at native depth."""

import numpy as np
import pytest

from deburn import Frames, PixelFormat
from deburn.redactor.dicom import Palette, visible


def frames(values: object, dtype: str, pixel_format: PixelFormat) -> Frames:
    """One frame of one row."""
    stored = np.array(values, dtype)
    return Frames(stored=stored.reshape(1, 1, -1, pixel_format.samples), pixel_format=pixel_format)


def test_a_format_needs_no_more_than_its_photometric_and_depth() -> None:
    pixel_format = PixelFormat(photometric="MONOCHROME2", bits_stored=12)
    assert (pixel_format.bits_allocated, pixel_format.high_bit, pixel_format.samples) == (16, 11, 1)
    assert PixelFormat(photometric="RGB", bits_stored=8).samples == 3
    assert PixelFormat(photometric="MONOCHROME2", bits_stored=12, signed=True).dtype == np.int16


@pytest.mark.parametrize(
    ("pixel_format", "dtype", "stored", "seen"),
    [
        (PixelFormat(photometric="MONOCHROME2", bits_stored=12), "u2", [0, 4095, 0xF123], [0, 4095, 0x123]),
        (PixelFormat(photometric="MONOCHROME1", bits_stored=8), "u1", [0, 200], [0, 200]),
        (PixelFormat(photometric="MONOCHROME2", bits_stored=12, signed=True), "i2", [-5, 7, 0x0FFB], [-5, 7, -5]),
        (PixelFormat(photometric="MONOCHROME2", bits_stored=12, high_bit=15), "u2", [0xABC7], [0xABC]),
        (
            PixelFormat(photometric="MONOCHROME2", bits_stored=12, high_bit=15, signed=True),
            "i2",
            [-16, 0x7FFF],
            [-1, 0x7FF],
        ),
        (PixelFormat(photometric="MONOCHROME2", bits_stored=12), "i8", [0, 4095], [0, 4095]),
        (PixelFormat(photometric="MONOCHROME2", bits_stored=1), "u1", [0, 1], [0, 1]),
        (PixelFormat(photometric="MONOCHROME2", bits_stored=32), "u4", [0, 2**32 - 1], [0, 2**32 - 1]),
    ],
)
def test_grey_is_seen_as_stored_without_bits_that_are_not_its_own(
    pixel_format: PixelFormat, dtype: str, stored: list[int], seen: list[int]
) -> None:
    assert visible(frames(stored, dtype, pixel_format)).ravel().tolist() == seen


def test_ybr_is_seen_as_its_luminance_and_rgb_as_it_is() -> None:
    ybr = PixelFormat(photometric="YBR_FULL", bits_stored=8)
    assert visible(frames([[10, 20, 30], [40, 50, 60]], "u1", ybr)).tolist() == [[[[10], [40]]]]
    rgb = PixelFormat(photometric="RGB", bits_stored=8)
    assert visible(frames([[10, 20, 30]], "u1", rgb)).tolist() == [[[[10, 20, 30]]]]


def test_palette_indices_are_seen_as_luminance_as_deep_as_the_palette() -> None:
    entries = np.array([[0, 0, 0], [65535, 65535, 65535], [65535, 0, 0]], np.uint16)
    palette = Palette(first=10, bits=16, entries=entries)
    pixel_format = PixelFormat(photometric="PALETTE COLOR", bits_stored=8, palette=palette)
    seen = visible(frames([0, 10, 11, 12, 200], "u1", pixel_format))
    assert seen.dtype == np.uint16
    assert seen.ravel().tolist() == [0, 0, 65535, 19595, 19595]


def test_floats_are_spread_over_sixteen_bits() -> None:
    pixel_format = PixelFormat(photometric="MONOCHROME2", bits_stored=32, floating=True)
    seen = visible(frames([-1.0, 0.0, 1.0, np.nan, np.inf], "f4", pixel_format))
    assert seen.ravel().tolist() == [0, 32768, 65535, 0, 0]
    assert visible(frames([np.nan, np.nan], "f4", pixel_format)).ravel().tolist() == [0, 0]
