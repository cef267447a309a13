"""`deburn verify` believes nobody: whatever is not allowed fails, whoever made it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import imagecodecs
import numpy as np
import pydicom
import pytest
from fakes import open_fake
from pydicom import Dataset, FileDataset
from pydicom.dataset import FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import ExplicitVRLittleEndian, JPEGBaseline8Bit, RLELossless

from deburn import Box, Policy
from deburn.redactor.dicom import mask_to_file, open_file
from deburn.redactor.verify import Verdict, verify_pair

ROWS, COLUMNS, FRAMES = 40, 60, 3
BOXES = (Box(frame=0, x0=5, y0=4, x1=30, y1=12), Box(frame=2, x0=20, y0=20, x1=60, y1=40))
PIXELS = np.random.default_rng(7).integers(1, 250, (FRAMES, ROWS, COLUMNS), np.uint8)


def dataset() -> FileDataset:
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.7.2"
    meta.MediaStorageSOPInstanceUID = "1.2.3"
    image = FileDataset("", Dataset(), preamble=bytes(128), file_meta=meta)
    image.SOPClassUID, image.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.7.2", "1.2.3"
    image.PatientName, image.PatientID = "EXAMPLE^ANNE", "A-17"
    image.Modality, image.DeidentificationMethod = "US", "by hand"
    image.Rows, image.Columns, image.NumberOfFrames, image.SamplesPerPixel = ROWS, COLUMNS, FRAMES, 1
    image.BitsAllocated, image.BitsStored, image.HighBit, image.PixelRepresentation = 8, 8, 7, 0
    image.PhotometricInterpretation = "MONOCHROME2"
    image.add_new(0x00280106, "US", 1)
    icon = Dataset()
    icon.Rows = icon.Columns = 2
    reference = Dataset()
    reference.ReferencedSOPInstanceUID = "1.2.4"
    reference.IconImageSequence = [icon]
    image.ReferencedImageSequence = [reference]
    image.add_new(0x00291010, "OB", bytes(range(256)) * 8)
    image.add_new(0x7FE00010, "OB", PIXELS.tobytes())
    return image


def store(image: Dataset, path: Path) -> Path:
    image.save_as(path, enforce_file_format=True)
    return path


@pytest.fixture
def original(tmp_path: Path) -> Path:
    return store(dataset(), tmp_path / "original.dcm")


@pytest.fixture
def redacted(original: Path, tmp_path: Path) -> Path:
    target = tmp_path / "redacted.dcm"
    mask_to_file(open_file(original), BOXES, target, policy=Policy())
    return target


def test_passes_what_the_writer_wrote(original: Path, redacted: Path) -> None:
    verdict = verify_pair(original, redacted, boxes=BOXES)
    assert verdict.failures == ()
    assert verdict.passed
    assert verdict.reported
    assert verdict.boxes == BOXES
    assert verdict.frames == FRAMES
    assert {(change.path, change.change) for change in verdict.changes} == {
        ("(0008,1140)[0](0088,0200)", "removed"),
        ("(0012,0063)", "changed"),
        ("(0012,0064)", "added"),
        ("(0028,0106)", "removed"),
        ("(0028,0301)", "added"),
        ("(0029,1010)", "removed"),
    }
    assert all(change.allowed for change in verdict.changes)


def test_derives_the_mask_where_none_is_reported(original: Path, redacted: Path) -> None:
    verdict = verify_pair(original, redacted)
    assert verdict.passed
    assert not verdict.reported
    assert verdict.boxes == BOXES


def test_passes_a_file_with_nothing_to_mask(original: Path, tmp_path: Path) -> None:
    target = tmp_path / "clean.dcm"
    mask_to_file(open_file(original), (), target, policy=Policy())
    for boxes in ((), None):
        verdict = verify_pair(original, target, boxes=boxes)
        assert verdict.passed
        assert verdict.boxes == ()


@pytest.mark.parametrize("fill", ["black", "white", "background"])
def test_passes_every_fill_and_overlapping_boxes(original: Path, tmp_path: Path, fill: str) -> None:
    boxes = (*BOXES, Box(frame=0, x0=20, y0=8, x1=40, y1=16))
    target = tmp_path / "filled.dcm"
    mask_to_file(open_file(original), boxes, target, policy=Policy(fill=fill))  # type: ignore[arg-type]
    assert verify_pair(original, target, boxes=boxes).failures == ()
    assert verify_pair(original, target).failures == ()


def test_passes_lossy_jpeg_that_was_decoded_for_good(tmp_path: Path) -> None:
    image = dataset()
    smooth = np.linspace(0, 255, COLUMNS * 3).astype(np.uint8).reshape(1, COLUMNS, 3).repeat(ROWS, axis=0).copy()
    frame = imagecodecs.jpeg8_encode(smooth, level=90)
    image.file_meta.TransferSyntaxUID = JPEGBaseline8Bit
    image.NumberOfFrames, image.SamplesPerPixel, image.PlanarConfiguration = 1, 3, 0
    image.PhotometricInterpretation = "YBR_FULL_422"
    image.LossyImageCompression = "01"
    image.PixelData = encapsulate([frame])
    image["PixelData"].is_undefined_length = True
    source, target = store(image, tmp_path / "lossy.dcm"), tmp_path / "redacted.dcm"
    mask_to_file(open_file(source), BOXES[:1], target, policy=Policy())
    verdict = verify_pair(source, target, boxes=BOXES[:1])
    assert verdict.failures == ()
    assert "lossy JPEG was decoded" in {change.allowed for change in verdict.changes}


def test_fails_another_transfer_syntax(original: Path, redacted: Path) -> None:
    image = pydicom.dcmread(redacted)
    image.compress(RLELossless, generate_instance_uid=False)
    image.save_as(redacted)
    verdict = verify_pair(original, redacted, boxes=BOXES)
    assert verdict.failures == ("(0002,0010) was changed",)


def tampered(redacted: Path, change: Callable[[FileDataset], object]) -> Path:
    image = pydicom.dcmread(redacted)
    change(image)
    image.save_as(redacted)
    return redacted


def poke(frame: int, y: int, x: int, value: int) -> Callable[[FileDataset], None]:
    def change(image: FileDataset) -> None:
        pixels = image.pixel_array.copy()
        pixels[frame, y, x] = value
        image.PixelData = pixels.tobytes()

    return change


def test_fails_if_one_sample_outside_of_the_mask_differs(original: Path, redacted: Path) -> None:
    tampered(redacted, poke(1, 3, 3, 0))
    assert verify_pair(original, redacted, boxes=BOXES).failures == ("1 pixels outside of the mask differ",)
    assert verify_pair(original, redacted).failures == ("1 pixels outside of the mask differ",)


def test_fails_if_one_sample_inside_of_the_mask_is_left(original: Path, redacted: Path) -> None:
    tampered(redacted, poke(0, 6, 10, int(PIXELS[0, 6, 10])))
    assert verify_pair(original, redacted, boxes=BOXES).failures == ("1 boxes are not filled with one value",)


def test_fails_if_a_reported_box_was_not_masked(original: Path, redacted: Path) -> None:
    more = (*BOXES, Box(frame=1, x0=0, y0=0, x1=9, y1=9))
    assert verify_pair(original, redacted, boxes=more).failures == ("1 boxes are not filled with one value",)


def test_fails_if_a_box_was_not_reported(original: Path, redacted: Path) -> None:
    (failure,) = verify_pair(original, redacted, boxes=BOXES[:1]).failures
    assert failure == f"{40 * 20} pixels outside of the mask differ"


def method(image: FileDataset) -> None:
    image.DeidentificationMethod = ["deburn 0: burned-in text masked"]


def code(image: FileDataset) -> None:
    other = Dataset()
    other.CodeValue = "113100"
    image.DeidentificationMethodCodeSequence = [other]


def nested(image: FileDataset) -> None:
    image.ReferencedImageSequence[0].ReferencedSOPInstanceUID = "1.2.5"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda image: setattr(image, "PatientName", "OTHER^ANNE"), "(0010,0010) was changed"),
        (lambda image: delattr(image, "PatientID"), "(0010,0020) was removed"),
        (lambda image: setattr(image, "ImageComments", "new"), "(0020,4000) was added"),
        (lambda image: setattr(image, "BurnedInAnnotation", "YES"), "(0028,0301) was added"),
        (lambda image: setattr(image, "PatientIdentityRemoved", "YES"), "(0012,0062) was added"),
        (lambda image: setattr(image, "SOPInstanceUID", "1.2.9"), "(0008,0018) was changed"),
        (method, "(0012,0063) was changed"),
        (code, "(0012,0064) was added"),
        (nested, "(0008,1140)[0](0008,1155) was changed"),
        (lambda image: image.ReferencedImageSequence.append(Dataset()), "(0008,1140) was changed"),
        (
            lambda image: setattr(image.file_meta, "MediaStorageSOPInstanceUID", "1.2.9"),
            "(0002,0003) was changed",
        ),
    ],
)
def test_fails_on_attributes_that_must_stay(
    original: Path, redacted: Path, change: Callable[[FileDataset], object], path: str
) -> None:
    verdict = verify_pair(original, tampered(redacted, change), boxes=BOXES)
    assert path in verdict.failures
    assert not any(word in " ".join(verdict.failures) for word in ("ANNE", "A-17", "1.2.9"))


def test_fails_if_another_carrier_of_text_is_left(original: Path, redacted: Path) -> None:
    def put_back(image: FileDataset) -> None:
        icon = Dataset()
        icon.Rows = icon.Columns = 2
        image.ReferencedImageSequence[0].IconImageSequence = [icon]
        image.add_new(0x00291010, "OB", bytes(range(256)) * 8)

    failures = verify_pair(original, tampered(redacted, put_back), boxes=BOXES).failures
    assert failures == ("icon image is left in the file", "private bulk data is left in the file")


@pytest.mark.parametrize(
    ("damage", "match"),
    [
        (lambda data: data[:-5], "(7FE0,0010)"),
        (lambda data: b"", "empty"),
        (lambda data: data + b"EXAMPLE^ANNE", "byte"),
    ],
)
def test_fails_files_that_the_gate_refuses(
    original: Path, redacted: Path, damage: Callable[[bytes], bytes], match: str
) -> None:
    redacted.write_bytes(damage(redacted.read_bytes()))
    verdict = verify_pair(original, redacted, boxes=BOXES)
    assert not verdict.passed
    assert match in verdict.failures[0]
    assert "ANNE" not in verdict.failures[0]


def test_fails_if_frames_are_missing(original: Path, redacted: Path) -> None:
    def drop(image: FileDataset) -> None:
        image.NumberOfFrames = 2
        image.PixelData = image.PixelData[: 2 * ROWS * COLUMNS]

    assert verify_pair(original, tampered(redacted, drop)).failures == ("2 frames; the original has 3",)


def test_an_unredacted_copy_fails(original: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(original, tmp_path / "copy.dcm"))
    verdict = verify_pair(original, copy)
    assert verdict.failures == (
        "(0028,0301) Burned In Annotation is not NO",
        "icon image is left in the file",
        "private bulk data is left in the file",
    )


def bright(path: Path, box: Box) -> Path:
    """Put what the fake network takes for text into one frame."""
    image = pydicom.dcmread(path)
    pixels = image.pixel_array.copy()
    pixels[box.frame, box.y0 : box.y1, box.x0 : box.x1] = 255
    image.PixelData = pixels.tobytes()
    image.save_as(path)
    return path


def test_looks_for_text_inside_of_the_mask(original: Path, tmp_path: Path) -> None:
    runner, target = open_fake(), tmp_path / "white.dcm"
    assert not verify_pair(original, original).text_examined
    # The fake network takes whatever is 255 for text, so a white mask is text to it.
    mask_to_file(open_file(original), BOXES[:1], target, policy=Policy(fill="white"))
    verdict: Verdict = verify_pair(original, target, boxes=BOXES[:1], runner=runner)  # type: ignore[arg-type]
    assert verdict.failures == ("1 lines of text are left inside of the mask",)
    mask_to_file(open_file(original), BOXES[:1], target, policy=Policy())
    verdict = verify_pair(original, target, boxes=BOXES[:1], runner=runner)  # type: ignore[arg-type]
    assert verdict.passed
    assert verdict.text_examined


def test_text_beside_the_mask_is_no_failure(original: Path, tmp_path: Path) -> None:
    beside = Box(frame=0, x0=2, y0=20, x1=30, y1=26)
    target = tmp_path / "redacted.dcm"
    mask_to_file(open_file(bright(original, beside)), BOXES[:1], target, policy=Policy())
    verdict = verify_pair(original, target, boxes=BOXES[:1], runner=open_fake())  # type: ignore[arg-type]
    assert verdict.failures == ()
