"""Datasets that tests build in code, and a network that finds bright rectangles."""

import shutil
import signal
from pathlib import Path

import fakes
import numpy as np
import pytest
from pydicom import Dataset
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, SecondaryCaptureImageStorage, generate_uid

from deburn.redactor.model_choice import write_choice
from deburn.weights import DEFAULT, FOLDER

# A shell that starts the tests behind itself has them ignore Ctrl-C, and so would every command that they interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def fake_runner(monkeypatch):
    """The fake network in this process, undone afterwards."""
    for name, fake in zip(fakes.REPLACED, (fakes.fake_detect, fakes.fake_transcribe), strict=True):
        for module in fakes.spotting_modules():
            monkeypatch.setattr(module, name, fake)
    return fakes.FakeRunner()


@pytest.fixture(autouse=True)
def real_network_afterwards():
    """Undo what `fakes.open_fake` does to this process; tests that call it there must not blind the next ones."""
    before = [(module, name, getattr(module, name)) for module in fakes.spotting_modules() for name in fakes.REPLACED]
    yield
    for module, name, real in before:
        setattr(module, name, real)


@pytest.fixture(autouse=True, scope="session")
def no_choice_of_model(tmp_path_factory):
    """Hide what the user of this machine has picked by `deburn models use`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        patch.delenv("DEBURN_MODEL", raising=False)
        yield


@pytest.fixture
def no_choice():
    """Nothing stays picked afterwards."""
    yield
    write_choice(None)


@pytest.fixture
def package(tmp_path, no_choice):
    """A copy of the model package that ships, to be changed at will."""
    return Path(shutil.copytree(FOLDER / DEFAULT, tmp_path / "mine-v1"))


@pytest.fixture
def make_dataset():
    return build_dataset


@pytest.fixture
def write_file(tmp_path):
    """Write a file with rectangles of text for the fake network; gives its path."""

    def write(name: str, *rectangles: tuple[int, int, int, int], frames: int = 1, first: int = 0, **header) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        build_dataset(*rectangles, frames=frames, first=first, **header).save_as(path, enforce_file_format=True)
        return path

    return write


def build_dataset(
    *rectangles: tuple[int, int, int, int], frames: int = 1, first: int = 0, size: tuple[int, int] = (96, 128), **header
) -> Dataset:
    """A secondary capture of 8 bits; rectangles are (x0, y0, x1, y1), `first` is the first pixel's value."""
    pixels = np.random.default_rng(1).integers(20, 90, (frames, *size), np.uint8)
    for x0, y0, x1, y1 in rectangles:
        pixels[:, y0:y1, x0:x1] = 255
    pixels[:, 0, 0] = first
    dataset = Dataset()
    dataset.SOPClassUID, dataset.SOPInstanceUID = SecondaryCaptureImageStorage, generate_uid(entropy_srcs=["a", "test"])
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = "1.2.3.4", "1.2.3.4.5"
    dataset.PatientName, dataset.PatientID, dataset.Modality = "EXAMPLE^ANNE", "TEST-0001", "OT"
    dataset.Rows, dataset.Columns, dataset.SamplesPerPixel = *size, 1
    dataset.PhotometricInterpretation, dataset.PixelRepresentation = "MONOCHROME2", 0
    dataset.BitsAllocated = dataset.BitsStored = 8
    dataset.HighBit = 7
    if frames > 1:
        dataset.NumberOfFrames = frames
    dataset.PixelData = pixels.tobytes()
    dataset["PixelData"].VR = "OB"
    for keyword, value in header.items():
        setattr(dataset, keyword, value)
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    return dataset
