"""Frames in memory: any depth, any mixture of shapes, arrays or tensors, all at once or as they come."""

import fakes
import numpy as np
import pytest

import deburn
from deburn import Box, PixelFormat, UsageError
from deburn.redactor import in_memory
from deburn.redactor.demo_font import draw
from deburn.redactor.dicom import Frames, Palette, visible
from deburn.redactor.dicom.tensors import visible_tensor

EIGHT = PixelFormat(photometric="MONOCHROME2", bits_stored=8)
NAME, LATERALITY = (10, 8, 70, 18), (10, 30, 14, 44)


def frame(*rectangles: tuple[int, int, int, int], size: tuple[int, int] = (96, 128)) -> np.ndarray:
    shown = np.full(size, 40, np.uint8)
    for x0, y0, x1, y1 in rectangles:
        shown[y0:y1, x0:x1] = 255
    return shown


def boxes(findings) -> list[Box]:
    return [finding.box for finding in findings]


def test_frames_of_a_list_are_numbered_through_whatever_their_shapes(fake_runner):
    frames = [frame(NAME), frame(size=(50, 60)), np.stack([frame(), frame(NAME)]), frame(NAME, size=(96, 200))]
    found = deburn.find(frames, EIGHT, runner=fake_runner)
    assert boxes(found) == [Box(frame=n, x0=10, y0=8, x1=70, y1=18) for n in (0, 3, 4)]
    assert [finding.line.box.frame for finding in found] == [0, 3, 4]


def test_frames_of_one_shape_go_through_the_networks_together(fake_runner, monkeypatch):
    shapes = []
    real = fakes.FakeRunner.upload
    monkeypatch.setattr(fakes.FakeRunner, "upload", lambda self, seen: shapes.append(seen.shape) or real(self, seen))
    deburn.find([frame(), frame(size=(50, 60)), frame(), frame(NAME)], EIGHT, runner=fake_runner)
    assert sorted(shapes) == [(1, 50, 60, 1), (3, 96, 128, 1)]


def test_a_stream_yields_the_findings_of_each_frame_in_order(fake_runner):
    frames = [frame(NAME), frame(), frame(LATERALITY, NAME), frame(size=(30, 30))]
    found = list(deburn.find_stream(iter(frames), EIGHT, runner=fake_runner))
    assert [len(findings) for findings in found] == [1, 0, 2, 0]
    assert {finding.box.frame for finding in found[2]} == {2}


def test_a_stream_takes_no_more_frames_than_it_needs(fake_runner, monkeypatch):
    monkeypatch.setattr(in_memory, "BATCH_PIXELS", 4 * 96 * 128)
    taken = []

    def endless():
        while True:
            taken.append(1)
            yield frame(NAME)

    stream = deburn.find_stream(endless(), EIGHT, runner=fake_runner)
    for wanted in range(10):
        assert next(stream)[0].box.frame == wanted
        assert len(taken) <= 13


def test_a_large_batch_is_found_in_parts(fake_runner, monkeypatch):
    whole = deburn.find(np.stack([frame(NAME)] * 7), EIGHT, runner=fake_runner)
    monkeypatch.setattr(in_memory, "BATCH_PIXELS", 3 * 96 * 128)
    assert deburn.find(np.stack([frame(NAME)] * 7), EIGHT, runner=fake_runner) == whole
    assert [box.frame for box in boxes(whole)] == list(range(7))


def test_a_colour_frame_may_come_alone(fake_runner):
    colour = np.repeat(frame(NAME)[..., None], 3, axis=2)
    found = deburn.find(colour, PixelFormat(photometric="RGB", bits_stored=8), runner=fake_runner)
    assert boxes(found) == [Box(frame=0, x0=10, y0=8, x1=70, y1=18)]


def test_no_frames_are_no_findings(fake_runner):
    assert deburn.find([], EIGHT, runner=fake_runner) == ()
    with pytest.raises(UsageError, match=r"shape \(0, 4, 4, 1\)"):
        deburn.find(np.zeros((0, 4, 4), np.uint8), EIGHT, runner=fake_runner)


FORMATS = [
    PixelFormat(photometric="MONOCHROME2", bits_stored=8),
    PixelFormat(photometric="MONOCHROME2", bits_stored=12, bits_allocated=16),
    PixelFormat(photometric="MONOCHROME1", bits_stored=12, bits_allocated=16, signed=True),
    PixelFormat(photometric="MONOCHROME2", bits_stored=10, bits_allocated=16, high_bit=13),
    PixelFormat(photometric="MONOCHROME2", bits_stored=16),
    PixelFormat(photometric="MONOCHROME2", bits_stored=16, signed=True),
    PixelFormat(photometric="RGB", bits_stored=8),
    PixelFormat(photometric="YBR_FULL", bits_stored=8),
    PixelFormat(photometric="MONOCHROME2", bits_stored=1),
    PixelFormat(photometric="PALETTE COLOR", bits_stored=8, palette=Palette(
        first=2, entries=np.random.default_rng(0).integers(0, 256, (200, 3)).astype(np.uint16), bits=8
    )),
]  # fmt: skip


@pytest.mark.parametrize("pixel_format", FORMATS, ids=lambda one: f"{one.photometric}-{one.bits_stored}-{one.signed}")
def test_a_tensor_shows_what_an_array_shows(pixel_format: PixelFormat):
    torch = pytest.importorskip("torch")
    info = np.iinfo(pixel_format.dtype)
    low, high = (0, 2) if pixel_format.bits_stored == 1 else (info.min, int(info.max) + 1)
    stored = np.random.default_rng(4).integers(low, high, (2, 9, 7, pixel_format.samples)).astype(pixel_format.dtype)
    wanted = visible(Frames(stored=stored, pixel_format=pixel_format))
    found = visible_tensor(torch.from_numpy(stored), pixel_format)
    assert found.dtype == torch.int32
    assert np.array_equal(found.numpy(), wanted)
    if stored.dtype == np.uint16:  # as frameworks without unsigned words hold them
        assert np.array_equal(visible_tensor(torch.from_numpy(stored.view(np.int16)), pixel_format).numpy(), wanted)


def test_finds_the_same_in_a_tensor_as_in_an_array():
    torch = pytest.importorskip("torch")
    from deburn.model import load_spec, open_runner
    from deburn.model.torch_runner import TorchRunner

    ink = draw("DATE 12.03.1987", 15.0)
    page = np.pad((ink * 3000).astype(np.uint16) + 700, ((30, 60), (20, 90)), constant_values=700)
    pixel_format = PixelFormat(photometric="MONOCHROME2", bits_stored=12, bits_allocated=16)
    pages = np.stack([page, np.full_like(page, 700), page])
    wanted = deburn.find(pages, pixel_format, runner=open_runner(device="cpu", threads=1, precision="fp32"))
    tensor = torch.from_numpy(pages)
    assert {finding.box.frame for finding in wanted} == {0, 2}
    for runner in (TorchRunner(load_spec(), device="cpu"), open_runner(device="cpu", threads=1, precision="fp32")):
        for frames in (tensor, list(tensor)):
            found = deburn.find(frames, pixel_format, runner=runner)
            assert [(one.box, one.line.text) for one in found] == [(one.box, one.line.text) for one in wanted]


def test_refuses_a_tensor_of_floats_and_says_what_to_do():
    torch = pytest.importorskip("torch")
    with pytest.raises(UsageError, match="pass others as a numpy array"):
        visible_tensor(torch.zeros((1, 4, 4, 1)), EIGHT)
