"""Comments, thumbnails and other freight of codestreams."""

import imagecodecs
import numpy as np
import pytest

from deburn.errors import MalformedError
from deburn.redactor.dicom.segments import blank_segments

BASELINE, JPEG_LS, J2K, RLE, JPEG_XL = (
    "1.2.840.10008.1.2.4.50",
    "1.2.840.10008.1.2.4.80",
    "1.2.840.10008.1.2.4.90",
    "1.2.840.10008.1.2.5",
    "1.2.840.10008.1.2.4.110",
)
SECRET = b"ROE^JANE"
IMAGE = (np.arange(32 * 48) % 253).astype(np.uint8).reshape(32, 48)
JPEG = imagecodecs.jpeg8_encode(IMAGE, level=90)
LS = imagecodecs.jpegls_encode(IMAGE)
J2K_STREAM = imagecodecs.jpeg2k_encode(IMAGE, codecformat="J2K", level=0)
JP2_FILE = imagecodecs.jpeg2k_encode(IMAGE, codecformat="JP2", level=0)


def segment(marker: int, body: bytes) -> bytes:
    return marker.to_bytes(2, "big") + (len(body) + 2).to_bytes(2, "big") + body


def after_start(frame: bytes, marker: int, body: bytes) -> bytes:
    return frame[:2] + segment(marker, body) + frame[2:]


@pytest.mark.parametrize(
    "marker", [0xFFFE, 0xFFE0, 0xFFE1, 0xFFE2, 0xFFE3, 0xFFE8, 0xFFED, 0xFFEE, 0xFFEF, 0xFFF0, 0xFF02]
)
@pytest.mark.parametrize(("frame", "syntax"), [(JPEG, BASELINE), (LS, JPEG_LS)])
def test_blanks_text_in_jpeg_segments(marker: int, frame: bytes, syntax: str) -> None:
    dirty = after_start(frame, marker, SECRET)
    clean = blank_segments(dirty, syntax)
    assert len(clean) == len(dirty)
    assert clean == dirty.replace(SECRET, bytes(len(SECRET)))


def test_blanks_a_jfif_thumbnail_and_keeps_its_header() -> None:
    header = b"JFIF\0\1\1\0\0\1\0\1\2\2"
    clean = blank_segments(after_start(JPEG, 0xFFE0, header + bytes(range(12))), BASELINE)
    assert clean == after_start(JPEG, 0xFFE0, header + bytes(12))


@pytest.mark.parametrize(
    ("marker", "body"),
    [
        (0xFFE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"),
        (0xFFEE, b"Adobe\0d\0\0\0\0\1"),
        (0xFFE2, b"ICC_PROFILE\0\1\1profile"),
        (0xFFFE, b"LEAD Technologies Inc. V1.01\0"),
        (0xFFFE, b""),
        (0xFFFE, bytes(20)),
    ],
)
def test_returns_the_same_object_where_nothing_needs_to_go(marker: int, body: bytes) -> None:
    frame = after_start(JPEG, marker, body)
    assert blank_segments(frame, BASELINE) is frame


def test_signature_followed_by_more_is_blanked() -> None:
    dirty = after_start(JPEG, 0xFFFE, b"LEAD Technologies Inc. V1.01 " + SECRET)
    assert SECRET not in blank_segments(dirty, BASELINE)


@pytest.mark.parametrize(("frame", "syntax"), [(JPEG, BASELINE), (LS, JPEG_LS), (J2K_STREAM, J2K)])
def test_blanks_bytes_behind_the_image(frame: bytes, syntax: str) -> None:
    frame = frame.rstrip(b"\0")
    assert blank_segments(frame + SECRET, syntax) == frame + bytes(len(SECRET))
    padded = frame + b"\xff"
    assert blank_segments(padded, syntax) is padded


def test_blanks_comments_of_jpeg_2000_in_main_and_tile_headers() -> None:
    comment = segment(0xFF64, b"\0\1" + SECRET)
    start = J2K_STREAM.index(b"\xff\x52")
    tile = J2K_STREAM.index(b"\xff\x90")
    psot = int.from_bytes(J2K_STREAM[tile + 6 : tile + 10], "big")
    assert psot > 0
    longer = (psot + len(comment)).to_bytes(4, "big")
    dirty = b"".join(
        [
            J2K_STREAM[:start] + comment + J2K_STREAM[start : tile + 6] + longer + J2K_STREAM[tile + 10 : tile + 12],
            comment + J2K_STREAM[tile + 12 :],
        ]
    )
    clean = blank_segments(dirty, J2K)
    assert clean == dirty.replace(SECRET, bytes(len(SECRET)))
    assert np.array_equal(imagecodecs.jpeg2k_decode(clean), IMAGE)


def test_keeps_an_encoders_signature_in_jpeg_2000() -> None:
    start = J2K_STREAM.index(b"\xff\x52")
    frame = J2K_STREAM[:start] + segment(0xFF64, b"\0\1Kakadu-v7.3.3") + J2K_STREAM[start:]
    assert blank_segments(frame, J2K) is frame


def test_blanks_jp2_boxes_that_do_not_help_to_decode() -> None:
    box = (8 + len(SECRET)).to_bytes(4, "big") + b"xml " + SECRET
    start = JP2_FILE.index(b"jp2h") - 4
    dirty = JP2_FILE[:start] + box + JP2_FILE[start:]
    clean = blank_segments(dirty, J2K)
    assert clean == dirty.replace(SECRET, bytes(len(SECRET)))
    assert np.array_equal(imagecodecs.jpeg2k_decode(clean), IMAGE)


def test_blanks_jpeg_xl_boxes_that_do_not_help_to_decode() -> None:
    frame = imagecodecs.jpegxl_encode(IMAGE, lossless=True, usecontainer=True)
    assert blank_segments(frame, JPEG_XL) is frame
    dirty = frame + (8 + len(SECRET)).to_bytes(4, "big") + b"Exif" + SECRET
    clean = blank_segments(dirty, JPEG_XL)
    assert clean == dirty.replace(SECRET, bytes(len(SECRET)))
    assert np.array_equal(imagecodecs.jpegxl_decode(clean), IMAGE)


def test_leaves_rle_alone() -> None:
    frame = bytes(64) + SECRET
    assert blank_segments(frame, RLE) is frame


def test_refuses_what_it_cannot_walk() -> None:
    with pytest.raises(MalformedError):
        blank_segments(JPEG[:-4], BASELINE)
