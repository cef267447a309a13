"""First labels by another engine: written as proposals, never as truth that was reviewed."""

import sys
from importlib.machinery import ModuleSpec
from types import ModuleType

import numpy as np
import pytest

from deburn.errors import MissingExtraError, UsageError
from deburn.training import prelabel
from deburn.training.truth_file import load_truth


def fake_easyocr(monkeypatch, reader):
    module = ModuleType("easyocr")
    module.__spec__ = ModuleSpec("easyocr", None)
    module.Reader = reader
    monkeypatch.setitem(sys.modules, "easyocr", module)


class Reader:
    """Answers as EasyOCR does: four corners, text, score."""

    def __init__(self, languages, *, download_enabled, verbose, model_storage_directory=None):
        assert not download_enabled

    def readtext(self, picture):
        assert picture.dtype == np.uint8
        assert picture.shape == (96, 128, 3)
        assert picture.min() == 0
        assert picture.max() == 255
        return [
            ([[8, 6], [72, 6], [72, 20.5], [8, 20.5]], "NAME TEST", np.float64(0.9)),
            ([[-4, 90], [30, 90], [30, 99], [-4, 99]], "", 0.2),
            ([[200, 5], [220, 5], [220, 9], [200, 9]], "beyond", 0.2),
        ]


def test_labels_are_proposals_within_the_frame(monkeypatch, tmp_path, write_file, capsys):
    fake_easyocr(monkeypatch, Reader)
    write_file("in/a.dcm", (8, 6, 72, 20))
    (tmp_path / "in" / "odd").write_bytes(b"no DICOM")
    command = [str(tmp_path / "in"), "--truth", str(tmp_path / "truth")]
    assert prelabel.main(command) == 1
    (page,) = load_truth(tmp_path / "truth")
    assert (page.name, page.reviewed, page.frames) == ("a.dcm", False, (0,))
    assert [(line.text, line.proposed, line.score) for line in page.lines] == [
        ("NAME TEST", True, 0.9),
        (None, True, 0.2),
    ]
    boxes = [(line.box.x0, line.box.y0, line.box.x1, line.box.y1) for line in page.lines]
    assert boxes == [(8, 6, 72, 21), (0, 90, 30, 96)]
    assert "1 images labelled, 1 not" in capsys.readouterr().out


def test_what_has_truth_already_is_left_alone(monkeypatch, tmp_path, write_file, capsys):
    fake_easyocr(monkeypatch, Reader)
    write_file("in/a.dcm", (8, 6, 72, 20))
    command = [str(tmp_path / "in"), "--truth", str(tmp_path / "truth")]
    assert prelabel.main(command) == 0
    before = load_truth(tmp_path / "truth")
    assert prelabel.main(command) == 0
    assert "0 images labelled" in capsys.readouterr().out
    assert load_truth(tmp_path / "truth") == before


def test_missing_weights_are_named_with_their_place(monkeypatch, tmp_path):
    def missing(*arguments, **options):
        raise FileNotFoundError("Missing x and downloads disabled")

    fake_easyocr(monkeypatch, missing)
    with pytest.raises(UsageError, match=r"craft_mlt_25k\.pth and english_g2\.pth into ~/\.EasyOCR/model"):
        prelabel.easyocr_engine()
    with pytest.raises(UsageError, match="here"):
        prelabel.easyocr_engine(tmp_path / "here")


def test_without_the_engine_the_extra_is_named(monkeypatch):
    monkeypatch.setattr(prelabel, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"deburn\[easyocr\]"):
        prelabel.easyocr_engine()
