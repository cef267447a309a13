"""The examples of docs/python-api.md run as they stand there."""

import re
from pathlib import Path

import numpy as np
import pytest
from pydicom import Dataset
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, SecondaryCaptureImageStorage

import deburn
from deburn.redactor.demo_font import draw

PAGE = Path(__file__).resolve().parents[1] / "docs/python-api.md"
EXAMPLES = re.findall(r"^## (.+?)\n.*?```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def example_dataset() -> Dataset:
    """A page of 12 bits with the name of its patient burned in."""
    ink = draw("VOSKAMP JELLE", 16.0)
    page = np.pad((ink * 3000).astype(np.uint16) + 500, ((20, 80), (30, 60)), constant_values=500)
    dataset = Dataset()
    dataset.SOPClassUID, dataset.SOPInstanceUID = SecondaryCaptureImageStorage, "1.2.3"
    dataset.PatientName, dataset.PatientID = "VOSKAMP^JELLE", "QX-77"
    dataset.Rows, dataset.Columns = page.shape
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation, dataset.PixelRepresentation = 1, "MONOCHROME2", 0
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 16, 12, 11
    dataset.add_new(0x7FE00010, "OW", page.tobytes())
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    return dataset


@pytest.mark.parametrize(("title", "code"), EXAMPLES, ids=[title for title, _ in EXAMPLES])
def test_each_example_runs_and_finds_the_name(title: str, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    if "torch" in code:
        pytest.importorskip("torch")
    exec(compile(code, f"{PAGE.name}: {title}", "exec"), {"ds": example_dataset()})
    printed = capsys.readouterr().out
    assert re.search({
        "A batch": r"^[1-9]\d{3,} pixels are gone",
        "Frames of different shapes": r"(?s)5 0 pieces.*6 [1-9]",
        "Tensors on the GPU": r"name True",
        "A stream": r"^19 [1-9]\d* boxes",
        "Files and data sets": r"^redacted [1-9]",
    }[title], printed, re.MULTILINE), printed  # fmt: skip


def test_examples_are_of_about_ten_lines() -> None:
    assert len(EXAMPLES) == 5
    assert all(len(code.strip().splitlines()) <= 12 for _, code in EXAMPLES)


def test_the_page_names_every_verb() -> None:
    text = PAGE.read_text(encoding="utf-8")
    verbs = [name for name in deburn.__all__ if name.startswith(("find", "redact", "load"))]
    assert all(f"`{name}" in text for name in verbs)
