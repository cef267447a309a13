import hashlib
from copy import deepcopy

import fakes
import numpy as np
import pydicom
import pytest
from pydicom.uid import RLELossless

import deburn
from deburn import Box, PixelFormat, Policy, RefusedError, UsageError
from deburn.model.categories import CATEGORIES
from deburn.redactor import in_memory, pipeline
from deburn.redactor.dicom import open_file

NAME, LATERALITY, UNREADABLE = (10, 8, 70, 18), (10, 30, 14, 44), (60, 60, 72, 72)


def pixels(path):
    dataset = pydicom.dcmread(path)
    size = dataset.Rows * dataset.Columns * int(dataset.get("NumberOfFrames", 1))
    return np.frombuffer(dataset.PixelData, np.uint8)[:size]


def test_masks_text_and_keeps_every_other_pixel(write_file, tmp_path, fake_runner):
    source, target = write_file("in.dcm", NAME), tmp_path / "out.dcm"
    outcome = deburn.redact_file(source, target, runner=fake_runner)
    before, after = pixels(source).reshape(96, 128), pixels(target).reshape(96, 128)
    (box,) = outcome.boxes
    assert (box.x0, box.y0, box.x1, box.y1) == (7, 5, 73, 21)
    inside = np.zeros((96, 128), bool)
    inside[box.y0 : box.y1, box.x0 : box.x1] = True
    assert not after[inside].any()
    assert np.array_equal(after[~inside], before[~inside])


def test_records_what_it_did_without_text(write_file, tmp_path, fake_runner):
    source, target = write_file("in.dcm", NAME, LATERALITY, UNREADABLE), tmp_path / "out.dcm"
    outcome = deburn.redact_file(source, target, runner=fake_runner)
    assert outcome.state == "redacted"
    assert outcome.frames == 1
    assert outcome.categories == {"name": 1, "unreadable": 1}
    assert sum(outcome.kept.values()) == 1
    assert outcome.source_sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    assert outcome.target_sha256 == hashlib.sha256(target.read_bytes()).hexdigest()
    assert "EXAMPLE" not in repr(outcome)


def test_policy_text_masks_what_identifies_nobody_too(write_file, tmp_path, fake_runner):
    source = write_file("in.dcm", LATERALITY)
    kept = deburn.redact_file(source, tmp_path / "phi.dcm", runner=fake_runner)
    gone = deburn.redact_file(source, tmp_path / "text.dcm", policy=Policy(mode="text"), runner=fake_runner)
    assert (kept.state, gone.state) == ("clean", "redacted")


def test_boxes_are_told_as_they_are_masked(write_file, tmp_path, fake_runner):
    outcome = deburn.redact_file(write_file("in.dcm", (60, 90, 128, 96)), tmp_path / "out.dcm", runner=fake_runner)
    assert outcome.boxes == (Box(frame=0, x0=58, y0=88, x1=128, y1=96),)


def test_a_slide_label_is_masked_whole_and_told_so(write_file, tmp_path, fake_runner):
    source = write_file("in.dcm", Modality="SM", ImageType=["ORIGINAL", "PRIMARY", "LABEL", "NONE"])
    outcome = deburn.redact_file(source, tmp_path / "out.dcm", runner=fake_runner)
    assert outcome.state == "redacted"
    assert outcome.boxes == (Box(frame=0, x0=0, y0=0, x1=128, y1=96),)
    assert not pixels(tmp_path / "out.dcm").any()


def test_a_clean_file_keeps_its_pixel_bytes(write_file, tmp_path, fake_runner):
    source, target = write_file("in.dcm"), tmp_path / "out.dcm"
    assert deburn.redact_file(source, target, runner=fake_runner).state == "clean"
    assert pydicom.dcmread(source).PixelData == pydicom.dcmread(target).PixelData


def test_examines_every_frame_in_batches(write_file, tmp_path, fake_runner, monkeypatch):
    monkeypatch.setattr(pipeline, "BATCH_PIXELS", 3 * 96 * 128)
    source, target = write_file("in.dcm", NAME, frames=7), tmp_path / "out.dcm"
    outcome = deburn.redact_file(source, target, runner=fake_runner)
    assert outcome.frames == 7
    assert [box.frame for box in outcome.boxes] == list(range(7))
    assert not pixels(target).reshape(7, 96, 128)[:, 5:21, 7:73].any()


def test_refuses_to_overwrite_unless_told(write_file, tmp_path, fake_runner):
    source, target = write_file("in.dcm", NAME), tmp_path / "out.dcm"
    target.write_bytes(b"something else")
    with pytest.raises(UsageError, match="exists"):
        deburn.redact_file(source, target, runner=fake_runner)
    assert target.read_bytes() == b"something else"
    assert deburn.redact_file(source, target, runner=fake_runner, overwrite=True).state == "redacted"


def test_refuses_to_write_onto_the_source(write_file, tmp_path, fake_runner):
    source = write_file("in.dcm", NAME)
    (tmp_path / "same.dcm").hardlink_to(source)
    for target in (source, tmp_path / "same.dcm"):
        with pytest.raises(UsageError, match="source"):
            deburn.redact_file(source, target, runner=fake_runner, overwrite=True)


def test_writes_nothing_when_the_network_fails(write_file, tmp_path, fake_runner):
    source = write_file("in.dcm", NAME, first=fakes.RAISE)
    with pytest.raises(ValueError, match="quotes"):
        deburn.redact_file(source, tmp_path / "out.dcm", runner=fake_runner)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.dcm"]


def test_redacts_a_dataset_in_place(make_dataset, fake_runner):
    dataset = make_dataset(NAME)
    outcome = deburn.redact(dataset, runner=fake_runner)
    assert outcome.state == "redacted"
    assert not dataset.pixel_array[5:21, 7:73].any()
    assert dataset.BurnedInAnnotation == "NO"


def test_redacts_a_compressed_dataset_in_place_in_its_own_syntax(make_dataset, fake_runner):
    dataset = make_dataset(NAME, frames=3)
    before = dataset.pixel_array.copy()
    dataset.compress(RLELossless, generate_instance_uid=False)
    outcome = deburn.redact(dataset, runner=fake_runner)
    assert dataset.file_meta.TransferSyntaxUID == RLELossless
    assert [box.frame for box in outcome.boxes] == [0, 1, 2]
    before[:, 5:21, 7:73] = 0
    assert np.array_equal(dataset.pixel_array, before)


def test_a_dataset_that_is_refused_stays_as_it_was(make_dataset, fake_runner):
    dataset = make_dataset(NAME)
    dataset.PixelData = dataset.PixelData[:-50]
    before = deepcopy(dataset)
    with pytest.raises(RefusedError):
        deburn.redact(dataset, runner=fake_runner)
    assert dataset == before


def test_finds_in_an_array_and_changes_nothing(make_dataset, fake_runner):
    dataset = make_dataset(NAME, LATERALITY)
    array = dataset.pixel_array
    before = array.copy()
    findings = deburn.find(
        array, PixelFormat(photometric="MONOCHROME2", bits_stored=8), header=dataset, runner=fake_runner
    )
    assert np.array_equal(array, before)
    assert {finding.mask: finding.box for finding in findings} == {
        True: Box(frame=0, x0=10, y0=8, x1=70, y1=18),
        False: Box(frame=0, x0=10, y0=30, x1=14, y1=44),
    }


def test_finds_in_frames_with_and_without_a_sample_axis(make_dataset, fake_runner):
    array = np.stack([make_dataset(NAME).pixel_array] * 3)
    pixel_format = PixelFormat(photometric="MONOCHROME2", bits_stored=8)
    flat, deep = (deburn.find(one, pixel_format, runner=fake_runner) for one in (array, array[..., None]))
    assert flat == deep
    assert {finding.box.frame for finding in flat} == {0, 1, 2}


def test_deep_values_keep_their_order_on_the_way_to_the_network(fake_runner, monkeypatch):
    seen = []
    monkeypatch.setattr(in_memory, "detect", lambda runner, handle: seen.append(handle) or [])
    values = np.array([[0, 2**31, 2**32 - 1]], np.uint32)
    deburn.find(values, PixelFormat(photometric="MONOCHROME2", bits_stored=32), runner=fake_runner)
    assert seen[0].dtype == np.int32
    assert (np.diff(seen[0].ravel()) > 0).all()


def test_refuses_an_array_of_another_shape(fake_runner):
    with pytest.raises(UsageError, match=r"shape \(4, 4, 2\)"):
        deburn.find(np.zeros((4, 4, 2), np.uint8), PixelFormat(photometric="RGB", bits_stored=8), runner=fake_runner)


def test_the_classifier_is_asked_where_the_package_has_one(write_file, fake_runner, monkeypatch):
    asked = []

    def harmless(lines, identity, runner):
        asked.append(len(lines))
        return tuple(np.eye(len(CATEGORIES), dtype=np.float32)[[-1] * len(line.text)] for line in lines)

    monkeypatch.setattr(pipeline, "opinions", harmless)
    source = open_file(write_file("a.dcm", NAME, PatientName=""))
    findings = pipeline.examine(source, policy=Policy(), runner=fake_runner)
    assert asked == [1]
    assert {finding.reason for finding in findings if finding.mask} == {"has the form of a name with a comma"}
    pipeline.examine(source, policy=Policy(mode="text"), runner=fake_runner)
    assert asked == [1]
