"""The fill: black as displayed, white, or what surrounds the box."""

import numpy as np
import pytest

from deburn import Box, PixelFormat
from deburn.redactor.dicom.fill import fill_boxes, fill_values
from deburn.redactor.dicom.palette import Palette

BOX = Box(frame=0, x0=2, y0=2, x1=4, y1=4)


def value(frame: np.ndarray, pixel_format: PixelFormat, fill: str = "black") -> list[float]:
    return fill_values(frame, [BOX], pixel_format, fill)[0].tolist()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "dtype", "black", "white"),
    [
        ({"photometric": "MONOCHROME2", "bits_stored": 12}, "u2", 0, 4095),
        ({"photometric": "MONOCHROME1", "bits_stored": 12}, "u2", 4095, 0),
        ({"photometric": "MONOCHROME1", "bits_stored": 12, "rescale_negative": True}, "u2", 0, 4095),
        ({"photometric": "MONOCHROME2", "bits_stored": 12, "rescale_negative": True}, "u2", 4095, 0),
        ({"photometric": "MONOCHROME2", "bits_stored": 12, "high_bit": 13}, "u2", 0, 4095 << 2),
        ({"photometric": "MONOCHROME1", "bits_stored": 16, "signed": True}, "i2", 32767, -7),
        ({"photometric": "MONOCHROME2", "bits_stored": 16, "signed": True}, "i2", -7, 32767),
        ({"photometric": "MONOCHROME2", "bits_stored": 16, "signed": True, "padding": -9}, "i2", -9, 32767),
        ({"photometric": "MONOCHROME2", "bits_stored": 16, "signed": True, "padding": -6}, "i2", -7, 32767),
        ({"photometric": "MONOCHROME2", "bits_stored": 1}, "u1", 0, 1),
    ],
)
def test_grey_follows_polarity_sign_and_padding(more: dict, dtype: str, black: int, white: int) -> None:
    frame = np.full((6, 6, 1), 1, dtype)
    pixel_format = PixelFormat(**more)
    if pixel_format.signed:
        frame[0, 0] = -7 << pixel_format.shift
    assert value(frame, pixel_format) == [black]
    assert value(frame, pixel_format, "white") == [white]


def test_colours_are_black_in_their_own_space() -> None:
    frame = np.zeros((6, 6, 3), np.uint8)
    for photometric, black in (("RGB", [0, 0, 0]), ("YBR_FULL", [0, 128, 128]), ("YBR_PARTIAL_422", [16, 128, 128])):
        assert value(frame, PixelFormat(photometric=photometric, bits_stored=8)) == black


def test_palette_colours_use_the_darkest_entry_not_the_first() -> None:
    entries = np.array([[255, 255, 255], [0, 0, 1], [0, 0, 0]], np.uint8)
    palette = Palette(first=0, bits=8, entries=entries)
    pixel_format = PixelFormat(photometric="PALETTE COLOR", bits_stored=8, palette=palette)
    assert value(np.zeros((6, 6, 1), np.uint8), pixel_format) == [2]


def test_floats_take_the_darkest_finite_value() -> None:
    frame = np.full((6, 6, 1), 3.5, np.float32)
    frame[0, 0], frame[0, 1], frame[0, 2] = np.nan, -np.inf, -2.5
    pixel_format = PixelFormat(photometric="MONOCHROME2", bits_stored=32, signed=True, floating=True)
    assert value(frame, pixel_format) == [-2.5]
    assert value(np.full((6, 6, 1), np.nan, np.float32), pixel_format) == [0.0]


def test_background_is_what_surrounds_the_box() -> None:
    frame = np.full((9, 9, 1), 50, np.uint8)
    frame[2:4, 2:4] = 255
    pixel_format = PixelFormat(photometric="MONOCHROME2", bits_stored=8)
    assert value(frame, pixel_format, "background") == [50]
    everything = Box(frame=0, x0=0, y0=0, x1=9, y1=9)
    assert fill_values(frame, [everything], pixel_format, "background")[0].tolist() == [0]


def test_background_of_a_palette_is_a_colour_that_occurs() -> None:
    frame = np.full((9, 9, 1), 3, np.uint8)
    frame[:, 5:] = 200
    palette = Palette(first=0, bits=8, entries=np.zeros((256, 3), np.uint8))
    pixel_format = PixelFormat(photometric="PALETTE COLOR", bits_stored=8, palette=palette)
    assert value(frame, pixel_format, "background") in ([3], [200])


def test_background_does_not_take_up_an_overlay() -> None:
    frame = np.full((9, 9, 1), 0x8000 | 50, np.uint16)
    assert value(frame, PixelFormat(photometric="MONOCHROME2", bits_stored=12), "background") == [50]


def test_boxes_are_filled_in_place_and_nothing_else() -> None:
    frame = np.arange(36, dtype=np.uint8).reshape(6, 6, 1)
    before = frame.copy()
    fill_boxes(frame, [BOX], PixelFormat(photometric="MONOCHROME2", bits_stored=8), "white")
    assert (frame[2:4, 2:4] == 255).all()
    frame[2:4, 2:4] = before[2:4, 2:4]
    assert (frame == before).all()
