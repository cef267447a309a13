"""Where uncompressed samples lie."""

import numpy as np
import pytest

from deburn import MalformedError, PixelFormat, UnsupportedError
from deburn.redactor.dicom.native import Layout


def layout(
    photometric: str = "MONOCHROME2", bits: int = 8, *, rows: int = 3, columns: int = 5, **more: object
) -> Layout:
    planar = int(more.pop("planar", 0))  # type: ignore[call-overload]
    pixel_format = PixelFormat(photometric=photometric, bits_stored=bits, planar=planar)
    return Layout(pixel_format=pixel_format, rows=rows, columns=columns, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "given",
    [
        layout(),
        layout(bits=16),
        layout(bits=16, little_endian=False),
        layout(swapped=True),
        layout(bits=1),
        layout("RGB"),
        layout("RGB", planar=1),
        layout("RGB", 16, planar=1, little_endian=False),
        layout("YBR_FULL_422", columns=6),
    ],
)
def test_packing_undoes_unpacking(given: Layout) -> None:
    count = given.step
    size = given.span(0, count)[1]
    data = np.random.default_rng(3).integers(0, 256, size, dtype=np.uint8).tobytes()
    frames = given.unpack(data, count)
    assert frames.shape == (count, given.rows, given.columns, given.pixel_format.samples)
    assert frames.dtype == given.pixel_format.dtype
    assert given.pack(frames) == data


def test_frames_that_share_bytes_are_read_together() -> None:
    bits = layout(bits=1)  # 15 bits a frame
    assert bits.step == 8
    assert bits.span(8, 10) == (15, 19)
    assert layout(swapped=True).step == 2
    assert layout(bits=16).step == 1


def test_a_band_of_rows_is_read_plane_by_plane() -> None:
    assert layout("RGB").band(1, 1, 3) == ((45 + 15, 45 + 45),)
    assert layout("RGB", planar=1).band(1, 1, 3) == ((50, 60), (65, 75), (80, 90))


def test_two_pixels_share_their_chroma() -> None:
    given = layout("YBR_FULL_422", rows=1, columns=4)
    frames = given.unpack(bytes([1, 2, 100, 200, 3, 4, 101, 201]), 1)
    assert frames[0, 0].tolist() == [[1, 100, 200], [2, 100, 200], [3, 101, 201], [4, 101, 201]]


@pytest.mark.parametrize(
    ("given", "length", "error", "message"),
    [
        (layout(bits=16), 58, MalformedError, "has 58 bytes; 2 frames take 60"),
        (layout("YBR_FULL_422"), 60, UnsupportedError, "5 columns"),
        (layout("YBR_RCT"), 90, UnsupportedError, "YBR_RCT has no uncompressed layout"),
        (layout("YBR_PARTIAL_420"), 90, UnsupportedError, "YBR_PARTIAL_420"),
        (layout(bits=1, swapped=True), 90, UnsupportedError, "readers disagree"),
    ],
)
def test_what_does_not_fit_is_refused(given: Layout, length: int, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        given.check_length(length, 2)


def test_bytes_behind_the_last_frame_are_counted() -> None:
    assert layout().check_length(30, 2) == 0
    assert layout().check_length(16, 1) == 1
