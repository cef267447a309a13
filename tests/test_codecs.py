"""Single frames: what does not decode to what the header says is refused."""

import imagecodecs
import numpy as np
import pytest

from deburn import MalformedError, PixelFormat, UndecodableError, UnsupportedError
from deburn.redactor.dicom.codecs import decode, encode
from deburn.redactor.dicom.markers import read_jpeg
from deburn.redactor.dicom.native import Layout
from deburn.redactor.dicom.syntaxes import DEFLATED_FRAMES, JPEG_BASELINE, RAW_FRAMES, RLE

JPEG_LS = "1.2.840.10008.1.2.4.80"
JPEG_2000 = "1.2.840.10008.1.2.4.90"
SV1 = "1.2.840.10008.1.2.4.70"
GREY = Layout(pixel_format=PixelFormat(photometric="MONOCHROME2", bits_stored=12), rows=9, columns=14)
WIDE = Layout(pixel_format=PixelFormat(photometric="MONOCHROME2", bits_stored=32), rows=9, columns=14)
NOISE = np.random.default_rng(2).integers(0, 4096, (9, 14, 1), dtype=np.uint16)


def test_rle_rows_end_their_runs() -> None:
    frame = np.zeros((9, 14, 1), np.uint16)
    coded = encode(frame, b"", RLE, GREY)
    # Each row of fourteen zeros is one run of its own, two bytes, in each of the two planes.
    assert len(coded) == 64 + 2 * 9 * 2
    np.testing.assert_array_equal(decode(coded, RLE, GREY), frame)


def test_jpeg_ls_holds_no_spiff_header() -> None:
    coded = encode(NOISE, bytes(imagecodecs.jpegls_encode(NOISE[..., 0], out=9999)), JPEG_LS, GREY)
    assert 0xFFE8 not in [segment.marker for segment in read_jpeg(coded)]
    np.testing.assert_array_equal(decode(coded, JPEG_LS, GREY), NOISE)


def test_noise_that_grows_when_compressed_is_written() -> None:
    noise = np.random.default_rng(4).integers(0, 65536, (200, 200, 1), dtype=np.uint16)
    layout = Layout(pixel_format=PixelFormat(photometric="MONOCHROME2", bits_stored=16), rows=200, columns=200)
    for syntax in (RLE, JPEG_LS):
        original = bytes(imagecodecs.jpegls_encode(noise[..., 0], out=999_999))
        np.testing.assert_array_equal(decode(encode(noise, original, syntax, layout), syntax, layout), noise)


@pytest.mark.parametrize("syntax", [JPEG_LS, JPEG_2000, SV1])
def test_more_than_sixteen_bits_are_refused(syntax: str) -> None:
    with pytest.raises(UnsupportedError, match="more than 16 bits"):
        encode(np.zeros((9, 14, 1), np.uint32), b"", syntax, WIDE)


def test_lossy_jpeg_has_no_lossless_encoder() -> None:
    with pytest.raises(UnsupportedError, match="no lossless encoder"):
        encode(NOISE, b"", JPEG_BASELINE, GREY)


def test_an_rle_segment_that_is_short_is_refused() -> None:
    coded = bytearray(encode(NOISE, b"", RLE, GREY))
    with pytest.raises((UndecodableError, MalformedError)):
        decode(bytes(coded[:-20]), RLE, GREY)


def test_frames_without_compression_must_have_their_length() -> None:
    raw = GREY.pack(NOISE[np.newaxis])
    np.testing.assert_array_equal(decode(raw, RAW_FRAMES, GREY), NOISE)
    with pytest.raises(MalformedError, match="frame has 250 bytes; expected 252"):
        decode(raw[:-2], RAW_FRAMES, GREY)


def test_a_deflated_frame_that_inflates_to_more_is_refused() -> None:
    larger = Layout(pixel_format=GREY.pixel_format, rows=90, columns=140)
    bomb = encode(np.zeros((90, 140, 1), np.uint16), b"", DEFLATED_FRAMES, larger)
    with pytest.raises(UnsupportedError, match="inflates to more"):
        decode(bomb, DEFLATED_FRAMES, GREY)


@pytest.mark.parametrize("syntax", [JPEG_LS, JPEG_2000, SV1, JPEG_BASELINE])
def test_rubbish_is_refused(syntax: str) -> None:
    with pytest.raises(MalformedError):
        decode(b"\xff\xd8\xff\xd9rubbish", syntax, GREY)


def test_damaged_entropy_data_is_refused() -> None:
    good = bytes(
        imagecodecs.jpeg2k_encode(NOISE[..., 0], level=0, codecformat="j2k", reversible=True, bitspersample=12)
    )
    damaged = good[:40] + b"\xff\xff\xff" + good[43:]
    with pytest.raises((MalformedError, UndecodableError, UnsupportedError)):
        decode(damaged, JPEG_2000, GREY)
