"""Stand-ins that the tests hand to worker processes; they must be importable there, so they live in a module."""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np

from deburn import Box, TextLine
from deburn.model import FoundLine

# What the fake network stands in for.
REPLACED = ("detect", "transcribe_each")
NAME, LATERALITY, UNREADABLE = "EXAMPLE, ANNE", "L", ""
# First pixel of a file with which the fake network misbehaves.
CRASH, RAISE, HANG = 201, 202, 203


@dataclass
class FakeRunner:
    """Finds rectangles of the brightest 8-bit value and reads them by their shape.

    Wide ones are the patient's name, narrow ones "L", square ones cannot be read.
    """

    spec: Any = field(default_factory=lambda: SimpleNamespace(name="fake-v1", sha256="f" * 64, classifier=None))

    def upload(self, frames: np.ndarray) -> np.ndarray:
        return frames


def fake_detect(runner: FakeRunner, handle: np.ndarray) -> list[FoundLine]:
    _misbehave(int(handle[0, 0, 0, 0]))
    boxes = [box for index, frame in enumerate(handle) for box in _rectangles(index, frame[..., 0] == 255)]
    return [FoundLine(box=box, upright=False, score=0.99) for box in boxes]


def fake_transcribe(
    runner: FakeRunner, handle: np.ndarray, found: list[FoundLine], beside: Sequence[TextLine] = ()
) -> list[tuple[TextLine, ...]]:
    return [(_line(line.box),) for line in found]


def spotting_modules() -> tuple[Any, ...]:
    """The modules that call the networks by the names in `REPLACED`."""
    from deburn.redactor import cine, in_memory

    return cine, in_memory


def install() -> None:
    """Put the fake network behind the pipeline of this process."""
    for module in spotting_modules():
        module.detect, module.transcribe_each = fake_detect, fake_transcribe


def open_fake(model: object = None, *, device: str = "auto", threads: int | None = None) -> FakeRunner:
    """Open the fake network, in the test's process or in a worker; the arguments are those of the real one."""
    install()
    return FakeRunner()


def open_known(folder: str, *, device: str = "auto", threads: int | None = None) -> FakeRunner:
    """Open the fake network and leave the number of the process that started this one in a folder; be slow."""
    open(os.path.join(folder, str(os.getppid())), "a").close()
    time.sleep(0.5)
    return open_fake()


def open_other_fake(model: object = None, *, device: str = "auto", threads: int | None = None) -> FakeRunner:
    """Open a fake network with other weights."""
    install()
    return FakeRunner(spec=SimpleNamespace(name="fake-v2", sha256="e" * 64, classifier=None))


def _misbehave(value: int) -> None:
    if value == CRASH:
        os.abort()
    if value == RAISE:
        raise ValueError(f"a message that quotes {NAME}")
    if value == HANG:
        time.sleep(600)


def _rectangles(frame: int, bright: np.ndarray) -> list[Box]:
    """Boxes of the bright rectangles, which must not share a row."""
    boxes = []
    rows = np.flatnonzero(bright.any(axis=1))
    for run in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1):
        if len(run):
            columns = np.flatnonzero(bright[run[0]])
            boxes.append(
                Box(frame=frame, x0=int(columns[0]), y0=int(run[0]), x1=int(columns[-1]) + 1, y1=int(run[-1]) + 1)
            )
    return boxes


def _line(box: Box) -> TextLine:
    width, height = box.x1 - box.x0, box.y1 - box.y0
    text = NAME if width > 2 * height else LATERALITY if height > 2 * width else UNREADABLE
    spans = tuple((i / len(text), (i + 1) / len(text)) for i in range(len(text)))
    return TextLine(
        box=box, angle=0, score=0.99, text=text, character_scores=(0.99,) * len(text), character_spans=spans
    )


def text_line(text: str, x0: int, y0: int, *, pitch: int = 8, height: int = 14, frame: int = 0) -> TextLine:
    """A level line that was read well, of characters `pitch` pixels wide."""
    count = len(text)
    return TextLine(
        box=Box(frame=frame, x0=x0, y0=y0, x1=x0 + pitch * count, y1=y0 + height),
        angle=0,
        score=0.9,
        text=text,
        character_scores=(0.99,) * count,
        character_spans=tuple((index / count, (index + 1) / count) for index in range(count)),
    )


# Work for the crew of test_workers.


def hire_counter() -> Any:
    return _work


def hire_broken(*, threads: int = 1) -> Any:
    from deburn import ModelError

    raise ModelError("the model is damaged")


def hire_dead() -> Any:
    os._exit(3)


def hire_forgetful(folder: str) -> Any:
    return partial(_crash_once, folder)


def _work(task: int) -> tuple[int, int]:
    if task < 0:
        os.abort()
    if task == 1000:
        time.sleep(600)
    return task * task, os.getpid()


def _crash_once(folder: str, task: int) -> tuple[int, int]:
    mark = os.path.join(folder, str(task))
    if not os.path.exists(mark):
        open(mark, "x").close()
        os.abort()
    return task * task, os.getpid()


class PoisonedRunner:
    """The shipped networks, but for frames that begin with one of the values above."""

    def __init__(self, runner: Any) -> None:
        self._runner, self.spec, self.lines_at_once = runner, runner.spec, runner.lines_at_once
        self.transcribe = runner.transcribe

    def upload(self, stored: np.ndarray) -> np.ndarray:
        return np.ascontiguousarray(stored, np.int32)

    def candidates(self, handle: np.ndarray) -> Any:
        for value in handle[:, 0, 0, 0]:
            _misbehave(int(value))
        return self._runner.candidates(handle)


def open_poisoned(model: object = None, *, device: str = "auto", threads: int | None = None) -> PoisonedRunner:
    from deburn.model import open_runner

    return PoisonedRunner(open_runner(device="cpu", threads=threads))


def open_damaged(model: object = None, *, device: str = "auto", threads: int | None = None) -> Any:
    return hire_broken()
