"""Opening and reading: what is understood is read frame by frame, the rest is refused with its reason."""

from pathlib import Path

import numpy as np
import pytest
from dicom_references import REFERENCES, Reference, build, words_of, write
from pydicom import Dataset, dcmread
from pydicom.data import get_testdata_file

from deburn import MalformedError, NotDicomError, RefusedError, UnsupportedError
from deburn.redactor.dicom import open_dataset, open_file, read_frames

GREY = next(reference for reference in REFERENCES if reference.name == "grey, 12 bits in 16, 3 frames")
BITS = next(reference for reference in REFERENCES if reference.name == "single bits, 3 frames that share bytes")
SWAPPED = next(reference for reference in REFERENCES if reference.name == "grey, 8 bits, odd length, 3 frames")


def refused(dataset: Dataset, folder: Path, match: str, error: type[RefusedError] = MalformedError) -> None:
    dataset.save_as(folder / "image.dcm", enforce_file_format=True)
    with pytest.raises(error, match=match):
        open_file(folder / "image.dcm")


@pytest.mark.parametrize(
    ("reference", "syntax"),
    [(GREY, "Explicit"), (GREY, "RLE"), (GREY, "Deflated"), (BITS, "Implicit"), (SWAPPED, "Big Endian")],
)
def test_frames_are_read_singly_and_in_any_order(reference: Reference, syntax: str, tmp_path: Path) -> None:
    source = open_file(write(reference, syntax, tmp_path / "image.dcm"))
    expected = words_of(reference)
    for frame in (2, 0, 1):
        frames = read_frames(source, frame, frame + 1)
        assert frames.first == frame
        np.testing.assert_array_equal(frames.stored[0], expected[frame])
    np.testing.assert_array_equal(read_frames(source, 1, 3).stored, expected[1:])


@pytest.mark.parametrize(("start", "stop"), [(0, 4), (3, 4), (1, 1), (-1, 1)])
def test_frames_that_are_not_there_are_an_error(start: int, stop: int, tmp_path: Path) -> None:
    source = open_file(write(GREY, "Explicit", tmp_path / "image.dcm"))
    with pytest.raises(IndexError):
        read_frames(source, start, stop)


@pytest.mark.parametrize(
    ("table", "fragments"), [("basic", 1), ("empty", 1), ("extended", 1), ("basic", 3), ("empty", 3)]
)
def test_frames_are_found_by_any_table_or_by_their_ends(table: str, fragments: int, tmp_path: Path) -> None:
    source = open_file(write(GREY, "JPEG-LS", tmp_path / "image.dcm", table=table, fragments=fragments))
    np.testing.assert_array_equal(read_frames(source, 0, 3).stored, words_of(GREY))


def test_rle_in_several_fragments_needs_a_table(tmp_path: Path) -> None:
    path = write(GREY, "RLE", tmp_path / "image.dcm", table="empty", fragments=2)
    with pytest.raises(MalformedError, match="6 fragments do not make 3 frames"):
        open_file(path)


def test_a_data_set_made_in_code_needs_no_file_meta() -> None:
    dataset = Dataset()
    dataset.Rows, dataset.Columns, dataset.SamplesPerPixel = 2, 3, 1
    dataset.PhotometricInterpretation = "MONOCHROME2"
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit, dataset.PixelRepresentation = 8, 8, 7, 0
    dataset.PixelData = bytes(range(6))
    assert read_frames(open_dataset(dataset), 0, 1).stored.ravel().tolist() == list(range(6))


@pytest.mark.parametrize("syntax", ["Implicit", "Big Endian", "RLE", "JPEG 2000 lossless"])
def test_a_data_set_in_memory_is_read_like_a_file(syntax: str, tmp_path: Path) -> None:
    dataset = dcmread(write(GREY, syntax, tmp_path / "image.dcm"))
    np.testing.assert_array_equal(read_frames(open_dataset(dataset), 0, 3).stored, words_of(GREY))


def test_what_is_not_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotDicomError, match="not a regular file"):
        open_file(tmp_path)
    with pytest.raises(NotDicomError, match="No such file"):
        open_file(tmp_path / "absent")
    (tmp_path / "empty").touch()
    with pytest.raises(NotDicomError, match="empty"):
        open_file(tmp_path / "empty")


@pytest.mark.parametrize(
    ("keyword", "value", "match", "error"),
    [
        ("Rows", None, r"\(0028,0010\) Rows is missing", MalformedError),
        ("Rows", 0, r"Rows is 0; expected 1 or more", MalformedError),
        ("Rows", [21, 21], "Rows is not one whole number", MalformedError),
        ("Columns", 27, "has 3276 bytes; 3 frames take 3402", MalformedError),
        ("Columns", 25, "126 bytes behind its last frame", MalformedError),
        ("NumberOfFrames", "0", "NumberOfFrames is 0", MalformedError),
        ("NumberOfFrames", "4", "4 frames take 4368", MalformedError),
        ("BitsAllocated", 12, "BitsAllocated is 12; expected 1, 8, 16, 32 or 64", UnsupportedError),
        ("BitsAllocated", 64, "BitsAllocated is 64 for integers", UnsupportedError),
        ("BitsStored", 17, "BitsStored is 17; expected 1 to 16", MalformedError),
        ("BitsStored", 0, "BitsStored is 0", MalformedError),
        ("HighBit", 10, "HighBit is 10; expected 11 to 15", MalformedError),
        ("HighBit", 16, "HighBit is 16", MalformedError),
        ("PixelRepresentation", None, "PixelRepresentation is missing", MalformedError),
        ("PixelRepresentation", 2, "PixelRepresentation is 2", MalformedError),
        ("SamplesPerPixel", 3, "SamplesPerPixel is 3, which MONOCHROME2 does not have", MalformedError),
        ("SamplesPerPixel", 4, "SamplesPerPixel is 4", MalformedError),
        ("PhotometricInterpretation", "CMYK", "PhotometricInterpretation is none that we mask", UnsupportedError),
        ("PhotometricInterpretation", None, "PhotometricInterpretation is none", UnsupportedError),
        (
            "PhotometricInterpretation",
            "PALETTE COLOR",
            "Palette Color Lookup Table Descriptor is missing",
            MalformedError,
        ),
        ("PhotometricInterpretation", "RGB", "SamplesPerPixel is 1, which RGB does not have", MalformedError),
    ],
)
def test_headers_that_contradict_themselves_are_refused(
    keyword: str, value: object, match: str, error: type[RefusedError], tmp_path: Path
) -> None:
    dataset = build(GREY, "Explicit")
    if value is None:
        delattr(dataset, keyword)
    else:
        setattr(dataset, keyword, value)
    refused(dataset, tmp_path, match, error)


def test_zeros_behind_the_last_frame_are_tolerated_and_nothing_else(tmp_path: Path) -> None:
    dataset = build(GREY, "Explicit")
    dataset.PixelData += bytes(100)
    dataset.save_as(tmp_path / "padded.dcm")
    np.testing.assert_array_equal(read_frames(open_file(tmp_path / "padded.dcm"), 0, 3).stored, words_of(GREY))
    dataset.PixelData += b"\1\0"
    refused(dataset, tmp_path, "102 bytes behind its last frame")


def test_a_frame_too_large_for_memory_is_refused_before_anything_is_allocated(tmp_path: Path) -> None:
    dataset = build(GREY, "RLE")
    dataset.Rows = dataset.Columns = 65535
    refused(dataset, tmp_path, "one frame takes 8191 MB", UnsupportedError)


def test_colour_with_signed_samples_is_refused(tmp_path: Path) -> None:
    dataset = build(next(reference for reference in REFERENCES if reference.name == "RGB"), "Explicit")
    dataset.PixelRepresentation = 1
    refused(dataset, tmp_path, "PixelRepresentation is 1 in a colour image", UnsupportedError)


def test_a_file_without_pixel_data_is_refused(tmp_path: Path) -> None:
    dataset = build(GREY, "Explicit")
    del dataset.PixelData
    refused(dataset, tmp_path, "no pixel data", UnsupportedError)


def test_a_codestream_of_another_size_is_refused(tmp_path: Path) -> None:
    dataset = build(GREY, "JPEG-LS")
    dataset.Rows -= 1
    dataset.save_as(tmp_path / "image.dcm")
    with pytest.raises(MalformedError, match="codestream is 26 x 21"):
        open_file(tmp_path / "image.dcm")


@pytest.mark.parametrize("name", ["CT_small.dcm", "MR_small_bigendian.dcm", "image_dfl.dcm", "ExplVR_BigEnd.dcm"])
def test_sample_files_of_pydicom_are_read_as_pydicom_reads_them(name: str) -> None:
    path = get_testdata_file(name, download=False)
    dataset = dcmread(path)
    frames = read_frames(open_file(Path(str(path))), 0, 1).stored[0]
    np.testing.assert_array_equal(frames.squeeze(), dataset.pixel_array[:] if frames.ndim == 3 else dataset.pixel_array)
