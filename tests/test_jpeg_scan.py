"""A JPEG scan that is cut short is refused, although it decodes."""

from io import BytesIO
from typing import Any

import imagecodecs
import numpy as np
import pytest
from dicom_references import REFERENCES, build
from PIL import Image
from pydicom.encaps import encapsulate, generate_frames
from pydicom.uid import UID

from deburn import UndecodableError, UnsupportedError
from deburn.redactor.dicom import open_dataset, read_frames
from deburn.redactor.dicom.jpeg_scan import decode_whole
from deburn.redactor.dicom.markers import SOS, read_jpeg

RNG = np.random.default_rng(3)
GREY = np.clip(np.cumsum(RNG.normal(0, 9, (96, 120)), axis=1) + 128, 0, 255).astype(np.uint8)
COLOUR = np.stack([GREY, GREY[::-1], GREY[:, ::-1]], axis=-1)


def pillow(image: np.ndarray, **options: Any) -> bytes:
    target = BytesIO()
    Image.fromarray(image).save(target, "JPEG", **options)
    return target.getvalue()


WHOLE = {
    "grey": pillow(GREY),
    "flat": pillow(np.full((96, 120), 128, np.uint8)),
    "black": pillow(np.zeros((96, 120), np.uint8)),
    "own tables": pillow(GREY, quality=30, optimize=True),
    "4:2:0": pillow(COLOUR),
    "4:4:4": pillow(COLOUR, subsampling=0),
    "restarts": pillow(COLOUR, restart_marker_blocks=3),
    "restarts each row": pillow(GREY, restart_marker_rows=1),
    "12 bits": imagecodecs.jpeg8_encode(GREY.astype(np.uint16) << 4, bitspersample=12, level=90),
    "lossless": imagecodecs.jpeg8_encode(GREY, lossless=True, predictor=1),
    "lossless, 16 bits": imagecodecs.jpeg8_encode(GREY.astype(np.uint16) << 7, lossless=True, bitspersample=16),
    "lossless, colour": imagecodecs.jpeg8_encode(
        COLOUR, lossless=True, predictor=1, colorspace="rgb", outcolorspace="rgb"
    ),
}


def decode(codestream: bytes) -> np.ndarray:
    return np.asarray(imagecodecs.jpeg8_decode(codestream))


def cut(codestream: bytes, length: int) -> bytes:
    """Return a codestream whose last scan lost so many bytes, with the end marker put back."""
    scan = next(segment for segment in reversed(read_jpeg(codestream)) if segment.marker == SOS)
    kept = codestream[scan.end : -2]
    return codestream[: scan.end] + kept[: max(len(kept) - length, 0)].rstrip(b"\xff") + b"\xff\xd9"


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_scan_decodes_to_what_it_always_did(name: str) -> None:
    codestream = bytes(WHOLE[name])
    assert np.array_equal(decode_whole(codestream, decode), decode(codestream))


@pytest.mark.parametrize("length", [2, 3, 5, 17, 100, 300, 1000, 10**6])
@pytest.mark.parametrize("name", WHOLE)
def test_a_scan_that_ends_early_is_refused_though_its_end_marker_is_there(name: str, length: int) -> None:
    codestream = cut(bytes(WHOLE[name]), length)
    with pytest.raises(UndecodableError, match="JPEG scan"):
        decode_whole(codestream, decode)


def test_most_decoders_say_nothing_of_a_scan_that_ends_early() -> None:
    # Why the check above exists: half of the image is made up.
    codestream = cut(bytes(WHOLE["grey"]), len(WHOLE["grey"]) // 3)
    assert decode(codestream).shape == GREY.shape


@pytest.mark.parametrize("gone", [0, 3, -1])
def test_an_interval_that_is_missing_is_refused(gone: int) -> None:
    codestream = bytes(WHOLE["restarts"])
    scan = next(segment for segment in read_jpeg(codestream) if segment.marker == SOS)
    places = [index for index in range(scan.end, len(codestream) - 2) if codestream[index] == 0xFF]
    markers = [index for index in places if 0xD0 <= codestream[index + 1] <= 0xD7]
    begin = markers[gone]
    end = markers[gone + 1] if gone >= 0 else len(codestream) - 2
    with pytest.raises(UndecodableError, match="restart markers"):
        decode_whole(codestream[:begin] + codestream[end:], decode)


def test_an_interval_within_the_scan_that_ends_early_is_refused() -> None:
    codestream = bytes(WHOLE["restarts"])
    marker = codestream.index(b"\xff\xd3")
    with pytest.raises(UndecodableError, match="before its last sample"):
        decode_whole(codestream[: marker - 4] + codestream[marker:], decode)


def test_restart_markers_that_nobody_announced_are_refused() -> None:
    codestream = bytes(WHOLE["restarts"])
    place = next(segment for segment in read_jpeg(codestream) if segment.marker == 0xFFDD)
    with pytest.raises(UndecodableError, match="expected 0"):
        decode_whole(codestream[: place.start] + codestream[place.end :], decode)


@pytest.mark.parametrize("syntax", ["1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.70"])
def test_a_file_with_a_scan_that_ends_early_is_refused(syntax: str) -> None:
    reference = next(reference for reference in REFERENCES if reference.name == "grey, 8 bits")
    dataset = build(reference, "JPEG Lossless SV1")
    (codestream,) = generate_frames(dataset.PixelData, number_of_frames=1)
    if not syntax.endswith("70"):
        codestream = pillow(decode(codestream))
    dataset.file_meta.TransferSyntaxUID = UID(syntax)
    dataset.PixelData = encapsulate([codestream])
    assert read_frames(open_dataset(dataset), 0, 1).stored.shape == (1, reference.rows, reference.columns, 1)
    dataset.PixelData = encapsulate([cut(codestream, len(codestream) // 3)])
    with pytest.raises(UndecodableError, match="JPEG scan ends before its last sample"):
        read_frames(open_dataset(dataset), 0, 1)


def test_progressive_frames_are_refused_whole_or_not() -> None:
    reference = next(reference for reference in REFERENCES if reference.name == "grey, 8 bits")
    dataset = build(reference, "JPEG Lossless SV1")
    dataset.file_meta.TransferSyntaxUID = UID("1.2.840.10008.1.2.4.50")
    image = np.zeros((reference.rows, reference.columns), np.uint8)
    for codestream in (pillow(image, progressive=True), cut(pillow(image, progressive=True), 4)):
        dataset.PixelData = encapsulate([codestream])
        with pytest.raises(UnsupportedError, match="FFC2"):
            open_dataset(dataset)
