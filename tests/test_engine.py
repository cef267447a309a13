"""The staged engine on CPU tensors: the code that keeps a GPU busy, with ONNX Runtime in its place."""

import os
import shutil
import signal
import threading
import time
from collections import deque
from functools import partial
from multiprocessing import Pipe, active_children

import fakes
import numpy as np
import pytest
from conftest import build_dataset
from test_run import Watcher, files, lines

from deburn import Box, ModelError, Policy
from deburn.model import TextLine, open_runner
from deburn.model.classifier_input import joined
from deburn.redactor import engine_waiting, run
from deburn.redactor.classifier_features import page_input
from deburn.redactor.demo_font import draw
from deburn.redactor.dicom import Identity
from deburn.redactor.engine import Workforce
from deburn.redactor.engine_device import DeviceLoop
from deburn.redactor.engine_messages import Classify, frames_of
from deburn.redactor.engine_remote import NetworkError, RemoteRunner
from deburn.redactor.job import Orders
from deburn.redactor.matching import needles_of


@pytest.fixture(scope="module")
def onnx():
    return open_runner(device="cpu", threads=1)


def redact(inputs, output, *, devices, workers=3, open_runner=open_runner, watcher=None):
    orders = Orders(policy=Policy(mode="text"), open_runner=partial(open_runner, device="cpu"), output=output)
    workforce = Workforce(workers=workers, devices=devices)
    return run.redact_folder(
        inputs, orders=orders, workforce=workforce, overwrite=False, report=False, watcher=watcher or Watcher()
    )


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """Files with text that the shipped networks find, and one that is none."""
    folder = tmp_path_factory.mktemp("in")
    for number in range(4):
        write(folder / f"{number}", f"DOE {number}", frames=1 + number % 2)
    write(folder / "large", "EXAMPLE", size=(200, 160))
    (folder / "notes.txt").write_text("no DICOM")
    return folder


def write(path, text, *, first=0, **shape):
    dataset = build_dataset(first=first, **shape)
    ink = (255 * draw(text, 14)).astype(np.uint8)
    pixels = np.frombuffer(dataset.PixelData, np.uint8).reshape(-1, dataset.Rows, dataset.Columns).copy()
    place = pixels[:, 20 : 20 + ink.shape[0], 12 : 12 + ink.shape[1]]
    np.maximum(place, ink, out=place)
    pixels[:, 0, 0] = first
    dataset.PixelData = pixels.tobytes()
    dataset.save_as(path, enforce_file_format=True)


@pytest.fixture
def poisoned(source, tmp_path):
    """A copy of the files, one more among them on which the networks fail."""

    def poison(name, value):
        shutil.copytree(source, tmp_path / "in")
        write(tmp_path / "in" / name, "DOE", first=value)
        return tmp_path / "in"

    return poison


def test_gives_the_same_files_as_workers_with_networks_of_their_own(source, tmp_path):
    redact([source], tmp_path / "alone", devices=())
    redact([source], tmp_path / "staged", devices=("cpu", "cpu"))
    assert {line["state"] for line in lines(tmp_path / "alone/manifest.jsonl")} == {"redacted", "quarantined"}
    assert files(tmp_path / "alone") == files(tmp_path / "staged")
    for name in files(tmp_path / "alone"):
        assert (tmp_path / "alone" / name).read_bytes() == (tmp_path / "staged" / name).read_bytes(), name


def shared_memory():
    return set(os.listdir("/dev/shm")) if os.path.isdir("/dev/shm") else set()


def test_a_file_that_kills_the_devices_process_costs_itself(poisoned, tmp_path):
    before = shared_memory()
    redact([poisoned("deadly", fakes.CRASH)], tmp_path / "out", devices=("cpu",), open_runner=fakes.open_poisoned)
    refused = {line["path"]: line["reason"] for line in lines(tmp_path / "out/quarantine.jsonl")}
    assert refused.keys() == {"deadly", "notes.txt"}
    assert refused["deadly"] == "the process that runs the networks ended"
    assert {*"0123", "large"} <= set(files(tmp_path / "out"))
    assert shared_memory() <= before


def test_a_file_on_which_the_networks_fail_costs_itself(poisoned, tmp_path):
    before = shared_memory()
    redact([poisoned("odd", fakes.RAISE)], tmp_path / "out", devices=("cpu",), open_runner=fakes.open_poisoned)
    refused = {line["path"]: line["reason"] for line in lines(tmp_path / "out/quarantine.jsonl")}
    assert refused["odd"] == "processing failed unexpectedly: NetworkError"
    assert refused.keys() == {"odd", "notes.txt"}
    assert shared_memory() <= before


def test_a_worker_that_is_killed_beside_the_device_is_replaced(source, tmp_path):
    class Murderous(Watcher):
        def file(self, line, size, summary):
            if not self.lines:
                os.kill(_youngest_child(), signal.SIGKILL)
            super().file(line, size, summary)

    before = shared_memory()
    summary = redact([source], tmp_path / "out", devices=("cpu",), workers=2, watcher=Murderous())
    assert dict(summary.states) == {"redacted": 5, "quarantined": 1}
    assert shared_memory() <= before


def _youngest_child():
    """A worker: the process of the device is started before them."""
    return max(process.pid for process in active_children())


def test_a_damaged_model_ends_the_run_before_it_begins(source, tmp_path):
    with pytest.raises(ModelError, match="damaged"):
        redact([source], tmp_path / "out", devices=("cpu",), open_runner=fakes.open_damaged)
    assert not (tmp_path / "out").exists()


class Counting:
    """A runner that waits until it is told to go on, and notes how large its batches are."""

    def __init__(self, runner):
        self._runner, self.spec, self.lines_at_once = runner, runner.spec, runner.lines_at_once
        self.go, self.found = threading.Event(), []

    def upload(self, stored):
        assert stored.base is None, "a copy, not the shared memory"
        return self._runner.upload(stored)

    def candidates(self, handle):
        self.found.append(handle.shape)
        assert self.go.wait(60)
        return self._runner.candidates(handle)

    def detect(self, handle):
        return self._runner.detect(handle)

    def transcribe(self, handle, plan, width):
        return self._runner.transcribe(handle, plan, width)


@pytest.fixture
def loop(onnx):
    counting = Counting(onnx)
    loop = DeviceLoop(counting)
    loop.start()

    def connect():
        ours, theirs = Pipe()
        threading.Thread(target=loop.attend, args=(theirs,), daemon=True).start()
        return RemoteRunner(ours)

    yield counting, connect
    counting.go.set()


def frames(seed, shape=(1, 64, 96, 1), dtype=np.uint16):
    return np.random.default_rng(seed).integers(0, 4000, shape).astype(dtype)


def same(one, other):
    assert one.shape == other.shape
    np.testing.assert_array_equal(one.place, other.place)
    np.testing.assert_array_equal(one.values, other.values)


def test_what_waits_becomes_one_batch_across_files(loop, onnx):
    counting, connect = loop
    pictures = [
        frames(0),
        *(frames(seed) for seed in range(1, 6)),
        frames(6, (2, 32, 48, 1)),
        frames(7, dtype=np.int16),
    ]
    results = {}

    def look(index):
        runner = connect()
        handle = runner.upload(pictures[index])
        results[index] = runner.candidates(handle), runner, handle

    threads = [threading.Thread(target=look, args=(index,)) for index in range(len(pictures))]
    threads[0].start()
    _wait_for(lambda: counting.found)  # the device is busy; all others pile up
    for thread in threads[1:]:
        thread.start()
        time.sleep(0.05)
    counting.go.set()
    for thread in threads:
        thread.join()
    # The first one waited for is brought over alone while the device is busy; what comes later goes together.
    assert sorted(shape[0] for shape in counting.found if shape[1:] == (64, 96, 1)) == [1, 1, 1, 4]
    assert (2, 32, 48, 1) in counting.found
    for index, picture in enumerate(pictures):
        for one, other in zip(results[index][0], onnx.candidates(onnx.upload(picture)), strict=True):
            same(one, other)


def _wait_for(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("dtype", ["u1", "i1", "<u2", ">u2", ">i2", "<i4"])
@pytest.mark.parametrize("samples", [1, 3])
def test_reads_as_the_runner_itself_does_at_every_type(loop, onnx, dtype, samples):
    counting, connect = loop
    counting.go.set()
    picture = np.random.default_rng(3).integers(-100 if "i" in dtype else 0, 120, (2, 40, 60, samples)).astype(dtype)
    plan = np.array([[0, 2, 2, 1, 0, 0, 1, 40], [1, 5, 4, 1, 0, 0, 1, 33]], np.float32)
    remote = connect()
    handle, own = remote.upload(picture), onnx.upload(picture.astype(np.int32))
    for one, other in zip(remote.candidates(handle), onnx.candidates(own), strict=True):
        same(one, other)
    for one, other in zip(remote.transcribe(handle, plan, 64), onnx.transcribe(own, plan, 64), strict=True):
        np.testing.assert_array_equal(one, other)


def test_maps_come_back_whole(loop, onnx):
    _, connect = loop
    remote = connect()
    for one, other in zip(remote.detect(remote.upload(frames(1))), onnx.detect(onnx.upload(frames(1))), strict=True):
        np.testing.assert_array_equal(one, other)


def test_gives_the_device_its_memory_back(onnx):
    loop = DeviceLoop(onnx)
    loop.start()
    ours, theirs = Pipe()
    threading.Thread(target=loop.attend, args=(theirs,), daemon=True).start()
    remote, before = RemoteRunner(ours), shared_memory()
    for seed in range(20):
        handle = remote.upload(frames(seed))
        remote.candidates(handle)
        assert len(loop._places) <= 2
        assert len(shared_memory() - before) <= 2
    del handle
    ours.close()
    _wait_for(lambda: not loop._places)
    assert shared_memory() <= before


def test_one_failing_request_answers_alone(loop, onnx, monkeypatch):
    counting, connect = loop
    counting.go.set()

    def candidates(handle):
        if (handle[:, 0, 0, 0] == 9).any():
            raise MemoryError if handle[0, 0, 1, 0] else ValueError("a message that quotes pixels")
        return onnx.candidates(handle)

    monkeypatch.setattr(counting, "candidates", candidates)
    remote, picture = connect(), frames(1)
    picture[0, 0, 0, 0], picture[0, 0, 1, 0] = 9, 0
    with pytest.raises(NetworkError, match=r"^ValueError$"):
        remote.candidates(remote.upload(picture))
    picture[0, 0, 1, 0] = 1
    with pytest.raises(MemoryError):
        remote.candidates(remote.upload(picture))
    remote.candidates(remote.upload(frames(2)))


def test_parts_of_a_batch_are_those_of_its_frames(onnx):
    batch = np.concatenate([frames(seed) for seed in range(4)])
    whole = onnx.candidates(onnx.upload(batch))
    for first, stop in ((0, 1), (1, 3), (3, 4), (0, 4)):
        for scale, alone in zip(whole, onnx.candidates(onnx.upload(batch[first:stop])), strict=True):
            same(frames_of(scale, first, stop), alone)


def test_a_batch_stays_within_its_bound(monkeypatch):
    monkeypatch.setattr(engine_waiting, "BATCH_PIXELS", 250)

    class One:
        kind = "a"
        size = 100

    waiting = deque(One() for _ in range(5))
    assert [len(engine_waiting.alike(waiting)) for _ in range(3)] == [2, 2, 1]


def test_asks_the_classifier_and_passes_on_its_failure():
    class Opinionated:
        spec, lines_at_once = "spec", 1

        def upload(self, stored):
            return stored

        def candidates(self, handle):
            return None

        def classify(self, pages):
            if pages == "odd":
                raise ValueError
            return np.full((2, 3), len(pages), np.float32)

    loop = DeviceLoop(Opinionated())
    loop.start()
    ours, theirs = Pipe()
    threading.Thread(target=loop.attend, args=(theirs,), daemon=True).start()
    remote = RemoteRunner(ours)
    np.testing.assert_array_equal(remote.classify("four"), np.full((2, 3), 4, np.float32))
    with pytest.raises(NetworkError):
        remote.classify("odd")


def a_page(*texts):
    lines = [
        TextLine(
            box=Box(frame=0, x0=4, y0=20 * row, x1=4 + 8 * len(text), y1=20 * row + 12),
            angle=0,
            score=0.9,
            text=text,
            character_scores=(0.9,) * len(text),
            character_spans=tuple((index / len(text), (index + 1) / len(text)) for index in range(len(text))),
        )
        for row, text in enumerate(texts)
    ]
    return page_input(lines, needles_of(Identity()), open_runner(device="cpu", threads=1).spec.classifier.characters)


class Client:
    def __init__(self):
        self.answers = []

    def answer(self, answer):
        self.answers.append(answer)


def test_pages_of_several_files_are_judged_together_and_as_if_alone(onnx):
    pages = [a_page("VOSKAMP JELLE", "KVP 120"), a_page("L"), joined([a_page("QX-004117"), a_page("22.11.2026", "R")])]
    clients = [Client() for _ in pages]
    waiting = [
        engine_waiting.WaitingPages(client=one, request=Classify(pages=page))
        for one, page in zip(clients, pages, strict=True)
    ]
    loop = DeviceLoop(onnx)
    loop._answer(waiting, loop._judged)
    for one, page in zip(clients, pages, strict=True):
        np.testing.assert_allclose(one.answers, [onnx.classify(page)], atol=1e-5)


def test_a_page_that_cannot_be_judged_fails_alone(onnx, monkeypatch):
    pages = [a_page("KVP 120"), a_page("ODD"), a_page("R")]
    real = type(onnx).classify

    def classify(self, given):
        if len(given.characters) not in (7, 1):
            raise ValueError
        return real(self, given)

    monkeypatch.setattr(type(onnx), "classify", classify)
    clients = [Client() for _ in pages]
    loop = DeviceLoop(onnx)
    waiting = [
        engine_waiting.WaitingPages(client=one, request=Classify(pages=page))
        for one, page in zip(clients, pages, strict=True)
    ]
    loop._answer(waiting, loop._judged)
    assert [type(one.answers[0]).__name__ for one in clients] == ["ndarray", "Failed", "ndarray"]


def test_pages_that_are_judged_together_stay_within_their_bound(monkeypatch):
    monkeypatch.setattr(engine_waiting, "LINES_JUDGED", 5)
    waiting = deque(
        engine_waiting.WaitingPages(client=Client(), request=Classify(pages=a_page(*["KV"] * lines)))
        for lines in (2, 3, 1, 9, 1)
    )
    taken = []
    while waiting:
        taken.append([len(one.request.pages.lines) for one in engine_waiting.side_by_side(waiting)])
    assert taken == [[2, 3], [1], [9], [1]]


@pytest.mark.gpu
def test_a_gpu_gives_the_same_files(source, tmp_path):
    torch = pytest.importorskip("torch")
    if not torch.cuda.is_available():
        pytest.skip("no CUDA device")
    redact([source], tmp_path / "alone", devices=())
    redact([source], tmp_path / "staged", devices=tuple(f"cuda:{index}" for index in range(torch.cuda.device_count())))
    assert [line["boxes"] for line in lines(tmp_path / "alone/manifest.jsonl")] == [
        line["boxes"] for line in lines(tmp_path / "staged/manifest.jsonl")
    ]
