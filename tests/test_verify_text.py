"""The search for text left inside the mask, with the networks that ship."""

from pathlib import Path

import numpy as np
import pytest
from pydicom import Dataset, FileDataset
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

from deburn import Box, Policy
from deburn.model import Runner, open_runner
from deburn.redactor.demo_font import draw
from deburn.redactor.dicom import mask_to_file, open_file
from deburn.redactor.verify import verify_pair

ROWS, COLUMNS = 256, 384
NAME = Box(frame=1, x0=20, y0=24, x1=300, y1=64)


@pytest.fixture(scope="module")
def shipped() -> Runner:
    return open_runner(device="cpu", threads=1)


def picture(*lines: tuple[str, int, int]) -> np.ndarray:
    """Return noise with text (words, x, y) of 20 pixels height in it, 12 bits."""
    frame = np.random.default_rng(5).normal(900, 60, (ROWS, COLUMNS))
    for words, x, y in lines:
        ink = draw(words, 20.0)
        place = frame[y : y + ink.shape[0], x : x + ink.shape[1]]
        place[...] = place * (1 - ink) + 3600 * ink
    return np.clip(frame, 0, 4095).astype(np.uint16)


def store(frames: list[np.ndarray], path: Path) -> Path:
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = "1.2.840.10008.5.1.4.1.1.7.3", "1.2.3"
    image = FileDataset("", Dataset(), preamble=bytes(128), file_meta=meta)
    image.SOPClassUID, image.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
    image.Rows, image.Columns, image.NumberOfFrames, image.SamplesPerPixel = ROWS, COLUMNS, len(frames), 1
    image.BitsAllocated, image.BitsStored, image.HighBit, image.PixelRepresentation = 16, 12, 11, 0
    image.PhotometricInterpretation = "MONOCHROME2"
    image.add_new(0x7FE00010, "OW", np.stack(frames).tobytes())
    image.save_as(path, enforce_file_format=True)
    return path


@pytest.fixture
def original(tmp_path: Path) -> Path:
    """Two frames; the second one shows a name, and a measurement far from it."""
    named = picture(("EXAMPLE ANNE", 30, 32), ("DIST 4.2 CM", 180, 200))
    return store([picture(), named], tmp_path / "original.dcm")


def test_a_masked_name_is_no_text_and_what_stands_beside_it_may_stay(
    original: Path, tmp_path: Path, shipped: Runner
) -> None:
    mask_to_file(open_file(original), [NAME], tmp_path / "out.dcm", policy=Policy())
    verdict = verify_pair(original, tmp_path / "out.dcm", boxes=[NAME], runner=shipped)
    assert verdict.failures == ()
    assert verdict.text_examined


@pytest.mark.parametrize("fill", ["white", "background"])
def test_no_fill_looks_like_text(fill: str, original: Path, tmp_path: Path, shipped: Runner) -> None:
    mask_to_file(open_file(original), [NAME], tmp_path / "out.dcm", policy=Policy(fill=fill))  # type: ignore[arg-type]
    assert verify_pair(original, tmp_path / "out.dcm", boxes=[NAME], runner=shipped).passed


def test_a_name_that_is_still_there_fails_where_a_mask_was_reported(
    original: Path, tmp_path: Path, shipped: Runner
) -> None:
    # Everything else is as after a run; only the pixels were never touched.
    mask_to_file(open_file(original), [], tmp_path / "out.dcm", policy=Policy())
    verdict = verify_pair(original, tmp_path / "out.dcm", boxes=[NAME], runner=shipped)
    assert verdict.failures == (
        "1 boxes are not filled with one value",
        "1 lines of text are left inside of the mask",
    )
    assert "EXAMPLE" not in repr(verdict)


def test_another_name_in_its_place_fails(original: Path, tmp_path: Path, shipped: Runner) -> None:
    changed = store([picture(), picture(("OTHER BERTA", 30, 32), ("DIST 4.2 CM", 180, 200))], tmp_path / "changed.dcm")
    mask_to_file(open_file(changed), [], tmp_path / "out.dcm", policy=Policy())
    verdict = verify_pair(original, tmp_path / "out.dcm", boxes=[NAME], runner=shipped)
    assert verdict.failures[-1] == "1 lines of text are left inside of the mask"
