"""Which colours a JPEG holds, and how they are shown."""

import imagecodecs
import numpy as np
import pytest
from pydicom.pixels import convert_color_space

from deburn.redactor.dicom.jpeg_colour import is_rgb, to_rgb

IMAGE = np.random.default_rng(5).integers(0, 256, (16, 16, 3), dtype=np.uint8)
ADOBE = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00"
JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"


def codestream(names: bytes, *segments: bytes) -> bytes:
    """A JPEG whose components have these names, behind these segments only."""
    encoded = bytes(imagecodecs.jpeg8_encode(IMAGE, 90, colorspace="rgb", outcolorspace="rgb"))
    plain = encoded[:2] + encoded[encoded.index(b"\xff\xdb") :]
    frame = plain.index(b"\xff\xc0")
    scan = plain.index(b"\xff\xda")
    data = bytearray(plain)
    for index, name in enumerate(names):
        data[frame + 10 + 3 * index] = name
        data[scan + 5 + 2 * index] = name
    return bytes(data[:2]) + b"".join(segments) + bytes(data[2:])


@pytest.mark.parametrize(
    ("names", "segments", "photometric", "rgb"),
    [
        (b"\1\2\3", (ADOBE + b"\x00",), "YBR_FULL_422", True),
        (b"RGB", (ADOBE + b"\x01",), "RGB", False),
        (b"RGB", (JFIF,), "YBR_FULL_422", True),
        (b"rgb", (), "YBR_FULL", True),
        (b"\1\2\3", (JFIF,), "RGB", False),
        (b"\1\2\3", (), "RGB", True),
        (b"\1\2\3", (), "YBR_FULL_422", False),
        (b"\1\2\3", (b"\xff\xee\x00\x09Adobe\x00\x64",), "RGB", True),
    ],
)
def test_the_codestream_is_believed_before_the_header(
    names: bytes, segments: tuple[bytes, ...], photometric: str, rgb: bool
) -> None:
    assert is_rgb(codestream(names, *segments), photometric) is rgb


def test_rgb_is_what_pydicom_shows() -> None:
    every = np.stack(np.meshgrid(np.arange(0, 256, 5), np.arange(256), np.arange(0, 256, 3), indexing="ij"), axis=-1)
    ybr = every.reshape(-1, 256, 3).astype(np.uint8)
    np.testing.assert_array_equal(to_rgb(ybr), convert_color_space(ybr, "YBR_FULL", "RGB"))
