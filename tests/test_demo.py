import numpy as np
import pydicom
import pytest

from deburn import Frames, PixelFormat, UsageError
from deburn.redactor import demo_font
from deburn.redactor.demo import run_demo
from deburn.redactor.demo_burn import burn, is_kept, is_removed
from deburn.redactor.demo_people import PEOPLE, Words, identifying
from deburn.redactor.demo_samples import SAMPLES, make
from deburn.redactor.dicom import open_file, read_frames, visible

SECRET = Words(text="ID: 12345", secret="12345", corner="nw")
HARMLESS = Words(text="kV 120", secret="", corner="sw")


@pytest.fixture
def burned():
    stored = np.random.default_rng(3).integers(10, 60, (1, 120, 200, 1), np.uint8)
    frames = Frames(stored=stored, pixel_format=PixelFormat(photometric="MONOCHROME2", bits_stored=8))
    after, texts = burn(frames, [SECRET, HARMLESS], height=12)
    return after.stored[0], texts


def test_a_text_that_was_left_is_neither_removed_nor_damaged(burned):
    image, texts = burned
    assert not any(is_removed(text, image, image) for text in texts)
    assert all(is_kept(text, image, image) for text in texts)


@pytest.mark.parametrize("fill", [0, 255, 35])
def test_a_text_under_a_mask_is_removed_whatever_the_fill(burned, fill):
    image, (secret, _) = burned
    masked = image.copy()
    masked[0:40] = fill
    assert is_removed(secret, image, masked)
    assert not is_kept(secret, image, masked)


def test_half_a_text_is_not_removed(burned):
    image, (secret, _) = burned
    masked = image.copy()
    masked[:, secret.x0 : secret.x0 + secret.ink.shape[1] // 2] = 0
    assert not is_removed(secret, image, masked)


def test_the_secret_part_of_a_line_is_where_its_characters_are(burned):
    image, (secret, _) = burned
    whole = demo_font.draw(SECRET.text, 12)
    assert secret.text == "12345"
    assert secret.ink.sum() < (whole > 0.5).sum()
    masked = image.copy()
    masked[:, : secret.x0] = 0
    assert not is_removed(secret, image, masked)
    assert is_kept(secret, image, masked)


def test_the_font_has_every_character_that_the_demo_writes():
    for sample in SAMPLES:
        for words in (*identifying(PEOPLE[sample.person], sample.style), *sample.kept):
            assert demo_font.draw(words.text, sample.height).max() == pytest.approx(1.0, abs=0.3)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_every_sample_is_dicom_with_its_text_readable(sample, tmp_path):
    made = make(sample, tmp_path)
    source = open_file(made.path)
    assert source.transfer_syntax == sample.syntax
    frames = visible(read_frames(source, 0, source.frame_count))
    assert not any(is_removed(text, frames[0], frames[0]) for text in made.burned)
    header = pydicom.dcmread(made.path, stop_before_pixels=True)
    assert str(header.PatientName).split("^")[0] == PEOPLE[sample.person].family
    assert sum(text.secret for text in made.burned) == 5


def test_samples_are_of_many_kinds():
    assert len({sample.syntax for sample in SAMPLES}) >= 8


def test_refuses_a_folder_that_holds_something_else(tmp_path):
    (tmp_path / "mine").write_text("keep me")
    with pytest.raises(UsageError, match="something else"):
        run_demo(tmp_path, open_runner=lambda: None, workers=1)
    assert (tmp_path / "mine").exists()
