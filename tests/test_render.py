import imagecodecs
import numpy as np
import pytest

from deburn import Box, Frames, PixelFormat
from deburn.redactor.render import outline, png, render, shrink, window_of


def frames(values, photometric, bits, **more):
    return Frames(stored=values, pixel_format=PixelFormat(photometric=photometric, bits_stored=bits, **more))


def ramp(dtype=np.uint16, top=4095):
    return np.linspace(0, top, 64 * 64).astype(dtype).reshape(1, 64, 64, 1)


def test_shows_monochrome1_inverted():
    one, two = (render(frames(ramp(), photometric, 12)) for photometric in ("MONOCHROME1", "MONOCHROME2"))
    assert one[0, 0].tolist() == [255, 255, 255]
    assert two[0, 0].tolist() == [0, 0, 0]
    assert np.array_equal(one, 255 - two)


def test_window_leaves_out_the_extremes():
    values = np.full((1, 100, 100, 1), 1000, np.int16)
    values[0, :50] = 1200
    values[0, 0, 0] = -32768
    assert window_of(frames(values, "MONOCHROME2", 16, signed=True)) == (1000.0, 1200.0)


def test_window_leaves_out_the_padding():
    values = np.full((1, 100, 100, 1), 1000, np.int16)
    values[0, :50], values[0, 50:60] = -2000, 1200
    assert window_of(frames(values, "MONOCHROME2", 16, signed=True, padding=-2000)) == (1000.0, 1200.0)


def test_shows_ybr_in_colour():
    red = np.array([76, 85, 255], np.uint8).reshape(1, 1, 1, 3)
    assert render(frames(red, "YBR_FULL", 8))[0, 0].tolist() == pytest.approx([254, 0, 0], abs=1)


def test_shows_rgb_of_16_bits_by_its_upper_byte():
    values = np.array([0xFF00, 0x8000, 0x00FF], np.uint16).reshape(1, 1, 1, 3)
    assert render(frames(values, "RGB", 16))[0, 0].tolist() == [255, 128, 0]


def test_shrinks_by_the_mean_of_squares():
    image = np.zeros((10, 20, 3), np.uint8)
    image[:2, :2] = 200
    small, factor = shrink(image, 10)
    assert (small.shape, factor) == ((5, 10, 3), 2)
    assert small[0, 0].tolist() == [200] * 3
    assert small[1:].max() == 0


def test_outlines_at_the_border_and_beyond():
    image = np.zeros((20, 20, 3), np.uint8)
    drawn = outline(image, [Box(frame=0, x0=15, y0=15, x1=90, y1=90), Box(frame=0, x0=2, y0=2, x1=6, y1=6)])
    assert drawn[19, 19].any()
    assert drawn[2, 2].any()
    assert not drawn[3, 3].any()
    assert not image.any()


def test_png_comes_back():
    image = np.random.default_rng(0).integers(0, 255, (9, 7, 3), np.uint8)
    assert np.array_equal(imagecodecs.png_decode(png(image)), image)
