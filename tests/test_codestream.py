"""Codestreams against headers: built by encoders, then damaged."""

import struct
from typing import Any

import imagecodecs
import numpy as np
import numpy.typing as npt
import pytest

from deburn.errors import MalformedError, RefusedError, UnsupportedError
from deburn.redactor.dicom.codestream import check_codestream
from deburn.redactor.dicom.jpegxl import read_jpeg_xl

BASELINE, EXTENDED, LOSSLESS = "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.70"
JPEG_LS, J2K, HTJ2K = "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.201"
JPEG_XL, RLE, RAW = "1.2.840.10008.1.2.4.110", "1.2.840.10008.1.2.5", "1.2.840.10008.1.2.1.98"
ROWS, COLUMNS = 24, 40

GREY8 = (np.arange(ROWS * COLUMNS) % 251).astype(np.uint8).reshape(ROWS, COLUMNS)
GREY16 = (GREY8.astype(np.uint16) * 16).copy()
RGB = np.stack([GREY8, GREY8[::-1], GREY8[:, ::-1]], axis=-1).copy()


def rle(image: npt.NDArray[Any]) -> bytes:
    planes = [image.view(np.uint8)[:, index :: image.itemsize] for index in reversed(range(image.itemsize))]
    segments = [b"".join(imagecodecs.packbits_encode(row.tobytes()) for row in plane) for plane in planes]
    segments = [segment + b"\0" * (len(segment) % 2) for segment in segments]
    offsets = np.cumsum([64, *map(len, segments[:-1])]).tolist()
    return struct.pack("<16I", len(segments), *offsets, *[0] * (15 - len(segments))) + b"".join(segments)


FRAMES = {
    "baseline grey": (imagecodecs.jpeg8_encode(GREY8, level=90), BASELINE, 1, 8),
    "baseline colour": (imagecodecs.jpeg8_encode(RGB, level=90), BASELINE, 3, 8),
    "extended 12 bits": (imagecodecs.jpeg8_encode(GREY16, level=90, bitspersample=12), EXTENDED, 1, 16),
    "lossless": (imagecodecs.jpeg8_encode(GREY16, lossless=True, predictor=1), LOSSLESS, 1, 16),
    "JPEG-LS": (imagecodecs.jpegls_encode(GREY16), JPEG_LS, 1, 16),
    "JPEG-LS colour": (imagecodecs.jpegls_encode(RGB), JPEG_LS, 3, 8),
    "JPEG 2000": (imagecodecs.jpeg2k_encode(GREY16, codecformat="J2K", level=0), J2K, 1, 16),
    "JPEG 2000 file": (imagecodecs.jpeg2k_encode(GREY8, codecformat="JP2", level=0), J2K, 1, 8),
    "JPEG 2000 colour": (imagecodecs.jpeg2k_encode(RGB, codecformat="J2K", level=0), J2K, 3, 8),
    "HTJ2K": (imagecodecs.htj2k_encode(GREY16, reversible=True), HTJ2K, 1, 16),
    "JPEG XL": (imagecodecs.jpegxl_encode(GREY8, lossless=True, usecontainer=False), JPEG_XL, 1, 8),
    "JPEG XL 16 bits": (imagecodecs.jpegxl_encode(GREY16, lossless=True, usecontainer=False), JPEG_XL, 1, 16),
    "JPEG XL colour": (imagecodecs.jpegxl_encode(RGB, lossless=True, usecontainer=False), JPEG_XL, 3, 8),
    "RLE": (rle(GREY16), RLE, 1, 16),
    "raw": (GREY16.tobytes(), RAW, 1, 16),
}
WITH_HEADER = [name for name, frame in FRAMES.items() if frame[1] not in (RLE, RAW)]


@pytest.mark.parametrize("name", FRAMES)
def test_accepts_what_encoders_write(name: str) -> None:
    frame, syntax, samples, bits = FRAMES[name]
    check_codestream(frame, syntax, ROWS, COLUMNS, samples, bits)


@pytest.mark.parametrize("name", WITH_HEADER)
def test_accepts_a_padding_byte(name: str) -> None:
    frame, syntax, samples, bits = FRAMES[name]
    check_codestream(frame + b"\0", syntax, ROWS, COLUMNS, samples, bits)


@pytest.mark.parametrize("name", WITH_HEADER)
def test_refuses_other_dimensions(name: str) -> None:
    frame, syntax, samples, bits = FRAMES[name]
    with pytest.raises(MalformedError, match="codestream is 40 x 24"):
        check_codestream(frame, syntax, COLUMNS, ROWS, samples, bits)


@pytest.mark.parametrize("name", WITH_HEADER)
def test_refuses_other_components(name: str) -> None:
    frame, syntax, samples, bits = FRAMES[name]
    with pytest.raises(MalformedError, match="components"):
        check_codestream(frame, syntax, ROWS, COLUMNS, 4 - samples, bits)


@pytest.mark.parametrize("name", ["extended 12 bits", "lossless", "JPEG-LS", "JPEG 2000", "HTJ2K", "JPEG XL 16 bits"])
def test_refuses_more_bits_than_are_allocated(name: str) -> None:
    frame, syntax, samples, _ = FRAMES[name]
    with pytest.raises(MalformedError, match=r"\(0028,0100\) allocates 8"):
        check_codestream(frame, syntax, ROWS, COLUMNS, samples, 8)


@pytest.mark.parametrize("name", [name for name in WITH_HEADER if "XL" not in name])
def test_refuses_every_truncation(name: str) -> None:
    frame, syntax, samples, bits = FRAMES[name]
    end = len(frame.rstrip(b"\0"))
    for length in [*range(0, end - 2, max(1, end // 50)), end - 2, end - 1]:
        with pytest.raises(MalformedError):
            check_codestream(frame[:length], syntax, ROWS, COLUMNS, samples, bits)


def test_refuses_a_bomb_by_its_header_alone() -> None:
    frame = bytearray(FRAMES["JPEG 2000"][0])
    frame[8:16] = struct.pack(">II", 20000, 20000)
    with pytest.raises(MalformedError, match="20000 x 20000"):
        check_codestream(bytes(frame), J2K, ROWS, COLUMNS, 1, 16)


def test_refuses_progressive_jpeg() -> None:
    frame = FRAMES["baseline grey"][0].replace(b"\xff\xc0", b"\xff\xc2", 1)
    with pytest.raises(UnsupportedError, match="FFC2"):
        check_codestream(frame, BASELINE, ROWS, COLUMNS, 1, 8)


def test_refuses_a_second_frame_header() -> None:
    frame = FRAMES["baseline grey"][0]
    start = frame.index(b"\xff\xc0")
    header = frame[start : start + 2 + int.from_bytes(frame[start + 2 : start + 4], "big")]
    with pytest.raises(MalformedError, match="2 frame headers"):
        check_codestream(frame[:start] + header + frame[start:], BASELINE, ROWS, COLUMNS, 1, 8)


def test_is_not_fooled_by_an_end_marker_within_a_segment() -> None:
    frame = FRAMES["baseline grey"][0]
    thumbnail = b"\xff\xe1\x00\x06EX\xff\xd9"
    cut = frame[:2] + thumbnail + frame[2:-10]
    with pytest.raises(MalformedError, match="cut off"):
        check_codestream(cut, BASELINE, ROWS, COLUMNS, 1, 8)


@pytest.mark.parametrize("syntax", [BASELINE, LOSSLESS, JPEG_LS, J2K, HTJ2K, JPEG_XL, RLE, RAW])
@pytest.mark.parametrize(
    "frame", [b"", b"\xff", b"\xff\xd8", b"\xff\x4f\xff\x51", b"\xff\x0a", bytes(100), b"\xff" * 99]
)
def test_refuses_what_is_no_codestream(frame: bytes, syntax: str) -> None:
    with pytest.raises(RefusedError):
        check_codestream(frame, syntax, ROWS, COLUMNS, 1, 16)


def test_refuses_subsampled_jpeg_2000() -> None:
    frame = bytearray(FRAMES["JPEG 2000"][0])
    frame[43] = 2  # XRsiz
    with pytest.raises(MalformedError, match="subsampled"):
        check_codestream(bytes(frame), J2K, ROWS, COLUMNS, 1, 16)


def test_refuses_jp2_boxes_that_map_components() -> None:
    frame = FRAMES["JPEG 2000 file"][0].replace(b"colr", b"cdef", 1)
    with pytest.raises(UnsupportedError, match="maps or reorders"):
        check_codestream(frame, J2K, ROWS, COLUMNS, 1, 8)


def test_reads_and_refuses_jpeg_xl_containers() -> None:
    frame = imagecodecs.jpegxl_encode(GREY8, lossless=True, usecontainer=True)
    check_codestream(frame, JPEG_XL, ROWS, COLUMNS, 1, 8)
    with pytest.raises(UnsupportedError, match="restore a JPEG"):
        check_codestream(frame + struct.pack(">I4s", 9, b"jbrd") + b"a", JPEG_XL, ROWS, COLUMNS, 1, 8)


@pytest.mark.parametrize(("rows", "columns"), [(8, 8), (256, 256), (64, 48), (513, 1), (480, 640), (1025, 700), (3, 9)])
def test_reads_jpeg_xl_dimensions(rows: int, columns: int) -> None:
    frame = imagecodecs.jpegxl_encode(np.zeros((rows, columns), np.uint8), lossless=True, usecontainer=False)
    header = read_jpeg_xl(frame)
    assert (header.rows, header.columns, header.samples, header.precision) == (rows, columns, 1, 8)


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (lambda frame: frame[:40], "header of 64"),
        (lambda frame: struct.pack("<I", 3) + frame[4:], "3 segments"),
        (lambda frame: frame[:4] + struct.pack("<I", 60) + frame[8:], "rise from 64"),
        (lambda frame: frame[:8] + struct.pack("<I", 64) + frame[12:], "rise from 64"),
        (lambda frame: frame[:8] + struct.pack("<I", 1 << 30) + frame[12:], "rise from 64"),
        (lambda frame: frame[:12] + struct.pack("<I", 80) + frame[16:], "rise from 64"),
    ],
)
def test_refuses_broken_rle_headers(change: Any, match: str) -> None:
    frame, syntax, samples, bits = FRAMES["RLE"]
    with pytest.raises(MalformedError, match=match):
        check_codestream(change(frame), syntax, ROWS, COLUMNS, samples, bits)


def test_refuses_raw_frames_of_another_length() -> None:
    with pytest.raises(MalformedError, match="expected 1920"):
        check_codestream(bytes(1918), RAW, ROWS, COLUMNS, 1, 16)
