"""Every pixel format in every transfer syntax that can hold it: masked, or refused with a reason."""

from pathlib import Path

import numpy as np
import pytest
from conformance_page import PAGE, make_page
from dicom_decoders import decode_both
from dicom_references import LOSSY, REFERENCES, SYNTAXES, Reference, words_of, write
from pydicom import Dataset, dcmread

from deburn import Box, Policy
from deburn.redactor.dicom import mask_to_file, open_file, read_frames

pytestmark = pytest.mark.filterwarnings("ignore:The number of bytes of compressed pixel data matches")
CELLS = [(reference, syntax) for reference in REFERENCES for syntax in reference.syntaxes]
NAMES = [f"{reference.name}, {syntax}" for reference, syntax in CELLS]


def box_of(reference: Reference, frame: int = 0) -> Box:
    """A box with an odd left edge and an even right one; 4:2:2 grows it to 4 and 12."""
    return Box(frame=frame, x0=5, y0=3, x1=12, y1=17)


def masked_area(reference: Reference) -> np.ndarray:
    area = np.zeros((reference.rows, reference.columns), bool)
    area[3:17, 4 if reference.photometric.endswith("_422") else 5 : 12] = True
    return area


def redact(
    reference: Reference, syntax: str, folder: Path, *, fill: str = "black", **how: object
) -> tuple[Dataset, Dataset]:
    """Return the data sets before and after masking a box in the last frame."""
    path = write(reference, syntax, folder / "original.dcm", **how)
    target = folder / "masked.dcm"
    boxes = [box_of(reference, reference.frames - 1)]
    mask_to_file(open_file(path), boxes, target, policy=Policy(fill=fill))  # type: ignore[arg-type]
    return dcmread(path), dcmread(target)


@pytest.mark.parametrize(("reference", "syntax"), CELLS, ids=NAMES)
def test_reads_the_stored_words(reference: Reference, syntax: str, tmp_path: Path) -> None:
    path = write(reference, syntax, tmp_path / "image.dcm")
    frames = read_frames(open_file(path), 0, reference.frames)
    assert frames.stored.dtype == reference.dtype
    expected = decode_both(dcmread(path), reference, syntax)[0] if syntax in LOSSY else words_of(reference)
    np.testing.assert_array_equal(samples(frames.stored, reference), samples(expected, reference))


@pytest.mark.parametrize(("reference", "syntax"), CELLS, ids=NAMES)
def test_masks_the_box_and_keeps_every_other_sample(reference: Reference, syntax: str, tmp_path: Path) -> None:
    before, after = redact(reference, syntax, tmp_path)
    assert after.file_meta.TransferSyntaxUID == SYNTAXES[syntax]
    area = masked_area(reference)
    # Decoders of lossy codestreams differ by one: what the first shows of the original, all show of the result.
    original = decode_both(before, reference, syntax)[0] if syntax in LOSSY else words_of(reference)
    expected = samples(original, reference)
    expected[-1][area] = samples(np.array(reference.black).astype(reference.dtype), reference)
    for result in decode_both(after, reference, syntax):
        np.testing.assert_array_equal(samples(result, reference)[-1], expected[-1])
        if syntax not in LOSSY:
            np.testing.assert_array_equal(samples(result, reference)[:-1], expected[:-1])


def samples(words: np.ndarray, reference: Reference) -> np.ndarray:
    """Return the samples in stored words: their bits moved down, signs extended."""
    if reference.floating:
        return words.copy()
    bits = (words.astype(np.int64) >> reference.shift) & (1 << reference.stored) - 1
    top = 1 << reference.stored - 1
    return (bits ^ top) - top if reference.signed else bits


@pytest.mark.parametrize("syntax", ["Implicit", "Explicit", "Big Endian", "Deflated", "RLE"])
def test_removes_an_embedded_overlay_from_every_word(syntax: str, tmp_path: Path) -> None:
    reference = next(reference for reference in REFERENCES if reference.overlay)
    path = write(reference, syntax, tmp_path / "original.dcm")
    mask_to_file(open_file(path), [], tmp_path / "masked.dcm", policy=Policy())
    after = dcmread(tmp_path / "masked.dcm")
    assert not [element for element in after if element.tag.group == 0x6000]
    words = read_frames(open_file(tmp_path / "masked.dcm"), 0, 1).stored
    np.testing.assert_array_equal(words, words_of(reference) & 0x0FFF)


@pytest.mark.parametrize("reference", REFERENCES, ids=[reference.name for reference in REFERENCES])
def test_masks_white_where_that_is_asked_for(reference: Reference, tmp_path: Path) -> None:
    syntax = reference.syntaxes[0]
    _, after = redact(reference, syntax, tmp_path, fill="white")
    white = samples(np.array(reference.white).astype(reference.dtype), reference)
    for result in decode_both(after, reference, syntax):
        assert (samples(result, reference)[-1][masked_area(reference)] == white).all()


@pytest.mark.parametrize(("reference", "syntax"), CELLS, ids=NAMES)
def test_keeps_pixel_bytes_without_a_box(reference: Reference, syntax: str, tmp_path: Path) -> None:
    path = write(reference, syntax, tmp_path / "original.dcm")
    mask_to_file(open_file(path), [], tmp_path / "same.dcm", policy=Policy())
    before, after = dcmread(path), dcmread(tmp_path / "same.dcm")
    keyword = reference.floating or "PixelData"
    if not reference.overlay:
        assert after[keyword].value == before[keyword].value
    assert after[keyword].VR == before[keyword].VR


def test_the_page_says_what_is_tested() -> None:
    assert PAGE.read_text(encoding="utf-8") == make_page(), "run python tests/conformance_page.py"
