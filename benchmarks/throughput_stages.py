"""Each stage of the main path alone, over the same files, and what one file after the other costs in all."""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from pydicom import Dataset

from deburn.model import Box, Runner, TextLine, transcribe
from deburn.model.lines import lines_of
from deburn.redactor.dicom import Identity, identity_of, open_file, read_frames, visible
from deburn.redactor.pipeline import deliver, judge, redact_file, within_31_bits
from deburn.redactor.policy import Policy
from deburn.redactor.scenes import judge_scenes


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """What a stage took for all files: seconds by the clock, and of this process's cores."""

    name: str
    wall: float
    processor: float

    def row(self, images: int, megabytes: float) -> str:
        """Return it as a line of the table."""
        return (
            f"  {self.name:24s} {images / self.wall:10.1f} images/s {megabytes / self.wall:10.1f} MB/s "
            f"{self.processor / images * 1e3:9.2f} ms of processor time an image"
        )


def settle(runner: Runner) -> None:
    """Wait until a GPU is done: what was asked of it goes on after the call returns."""
    if getattr(getattr(runner, "device", None), "type", "cpu") == "cuda":
        import torch

        torch.cuda.synchronize()


class Clock:
    """Times stages."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self.stages: list[Timed] = []

    def time(self, name: str, work: Callable[[], Any]) -> Any:
        """Do the work, note how long it took, and return what came of it."""
        settle(self._runner)
        wall, processor = time.perf_counter(), time.process_time()
        result = work()
        settle(self._runner)
        self.stages.append(Timed(name=name, wall=time.perf_counter() - wall, processor=time.process_time() - processor))
        return result


def forget_cached(path: Path) -> None:
    """Ask the system to drop a file's pages, so that reading it means the disk; where it cannot, nothing is done."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def time_stages(paths: Sequence[Path], runner: Runner, batch: int, output: Path) -> list[Timed]:
    """Return the time of each stage over files of one shape, batches of `batch` images in the networks."""
    clock, policy = Clock(runner), Policy()
    for path in paths:
        forget_cached(path)
    clock.time("disk read", lambda: [path.read_bytes() for path in paths])
    opened = clock.time("gate and header", lambda: [open_file(path) for path in paths])
    decoded = clock.time("decode", lambda: [read_frames(one, 0, one.frame_count) for one in opened])
    seen = [within_31_bits(visible(frames)) for frames in decoded]
    groups = [np.concatenate(seen[start : start + batch]) for start in range(0, len(seen), batch)]
    _warm(runner, groups)
    handles = clock.time("host to device", lambda: [runner.upload(group) for group in groups])
    cells = clock.time("detect", lambda: [runner.candidates(handle) for handle in handles])
    rows, columns = seen[0].shape[1:3]
    thresholds = runner.spec.thresholds
    found = clock.time("post-process", lambda: [lines_of(*pair, rows, columns, thresholds) for pair in cells])
    read = clock.time(
        "read", lambda: [transcribe(runner, handle, lines) for handle, lines in zip(handles, found, strict=True)]
    )
    lines = _by_image(read, batch, len(paths))
    judge(_A_LINE, Identity(), policy=policy, runner=runner)  # the vocabularies are loaded once per process
    known = [identity_of(one.dataset) for one in opened]
    findings = clock.time(
        "decide",
        lambda: [
            judge(some, identity, policy=policy, runner=runner) for some, identity in zip(lines, known, strict=True)
        ],
    )
    targets = [output / path.name for path in paths]
    clock.time(
        "mask, write, verify",
        lambda: [deliver(*one, policy=policy) for one in zip(opened, findings, targets, strict=True)],
    )
    return clock.stages


def time_whole(paths: Sequence[Path], runner: Runner, output: Path) -> Timed:
    """Return the time of one file after the other, from disk to disk."""
    clock = Clock(runner)
    clock.time("one process, end to end", lambda: [_redact(path, output, runner) for path in paths])
    return clock.stages[0]


def _redact(path: Path, output: Path, runner: Runner) -> None:
    redact_file(path, output / path.name, runner=runner, overwrite=True)


_A_LINE = (
    TextLine(
        box=Box(frame=0, x0=0, y0=0, x1=60, y1=12), angle=0, score=1.0, text="Warmth 12",
        character_scores=(0.9,) * 9, character_spans=tuple((place / 9, (place + 1) / 9) for place in range(9)),
    ),
)  # fmt: skip


def _warm(runner: Runner, groups: Sequence[np.ndarray]) -> None:
    """Let the networks see each shape once: what a GPU sets up for a shape is no part of the rate."""
    for shape in {group.shape for group in groups}:
        handle = runner.upload(next(group for group in groups if group.shape == shape))
        pair = runner.candidates(handle)
        transcribe(runner, handle, lines_of(*pair, *shape[1:3], runner.spec.thresholds))


def _by_image(batches: Sequence[list[TextLine]], batch: int, images: int) -> list[list[TextLine]]:
    lines: list[list[TextLine]] = [[] for _ in range(images)]
    for number, some in enumerate(batches):
        for line in some:
            image = number * batch + line.box.frame
            lines[image].append(replace(line, box=replace(line.box, frame=0)))
    return lines


def time_cine(path: Path, runner: Runner) -> dict[str, float]:
    """Return processor seconds of a cine's parts: decoding, detecting, reading, judging, and all else of looking."""
    from deburn.redactor import cine, pipeline

    spent = {"detect": 0.0, "read": 0.0, "lines read": 0.0}

    def counted(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any) -> Any:
            began = time.process_time()
            result = work(*arguments)
            spent[name] += time.process_time() - began
            spent["lines read"] += len(arguments[2]) if name == "read" else 0
            return result

        return timed

    source = open_file(path)
    began = time.process_time()
    for frame in range(source.frame_count):
        read_frames(source, frame, frame + 1)
    spent["decode"] = time.process_time() - began
    plain = cine.detect, cine.transcribe_each
    cine.detect, cine.transcribe_each = counted("detect", plain[0]), counted("read", plain[1])
    try:
        began = time.process_time()
        lines = pipeline.read_text(source, runner=runner)
        spent["other"] = time.process_time() - began - spent["decode"] - spent["detect"] - spent["read"]
    finally:
        cine.detect, cine.transcribe_each = plain
    began = time.process_time()
    judge_scenes(lines, lambda some: judge(some, identity_of(Dataset()), policy=Policy(), runner=runner))
    spent["judge"] = time.process_time() - began
    return spent
