"""The main path: read frames, detect, transcribe, classify, mask, write, record."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial
from hashlib import file_digest
from os import PathLike
from pathlib import Path

import numpy as np
from pydicom import Dataset

from ..errors import UsageError
from ..model import Box, Runner, TextLine, open_runner
from .cine import Cine
from .decision import classify
from .dicom import (
    Source,
    fit_boxes,
    mask_dataset,
    mask_to_file,
    open_dataset,
    open_file,
    read_frames,
    visible,
    whole_frame_is_phi,
)
from .dicom.identity import Identity, identity_of
from .explain import explain
from .findings import Finding
from .half_known import completed
from .mask import mask
from .opinions import opinions
from .outcome import Outcome, tally
from .policy import Policy
from .scenes import judge_scenes

# Pixels of one batch of frames: it bounds the memory of a cine of thousands of frames, and is enough that
# a batch of small frames fills the networks.
BATCH_PIXELS = 8_000_000


def redact_file(
    source: str | PathLike[str],
    target: str | PathLike[str],
    *,
    policy: Policy | None = None,
    runner: Runner | None = None,
    overwrite: bool = False,
) -> Outcome:
    """Write `source` to `target` with the text masked that the policy names; all of it or nothing.

    The target appears by rename, verified, or not at all; the transfer syntax stays, and a file with nothing
    to mask keeps its pixel bytes.

    Parameters
    ----------
    source, target : path
        A DICOM file, and where the redacted one shall be. The target's folder must exist.
    policy : Policy, optional
        What to mask; by default what identifies someone or cannot be read.
    runner : Runner, optional
        From `deburn.model.open_runner`; by default the shipped model, opened once per process.
    overwrite : bool
        Replace an existing target.

    Returns
    -------
    Outcome
        "clean" or "redacted".

    Raises
    ------
    RefusedError
        The file cannot be redacted safely; nothing was written.
    UsageError
        The target exists, or is the source.
    """
    policy, path, goal = policy or Policy(), Path(source), Path(target)
    _check_target(path, goal, overwrite=overwrite)
    opened = open_file(path)
    findings = examine(opened, policy=policy, runner=runner or shipped_runner())
    return deliver(opened, findings, goal, policy=policy)


def examine(source: Source, *, policy: Policy, runner: Runner, identity: Identity | None = None) -> tuple[Finding, ...]:
    """Find, read and judge the text of every frame: the first half of the main path.

    `identity` is what is known of the people in it; by default what its own header knows.
    """
    identity = identity_of(source.dataset) if identity is None else identity
    lines = read_text(source, runner=runner)
    return judge_scenes(lines, partial(judge, identity=identity, policy=policy, runner=runner))


def judge(lines: Sequence[TextLine], identity: Identity, *, policy: Policy, runner: Runner) -> tuple[Finding, ...]:
    """Decide on lines that were read: by the rules, and by the classifier where the model package has one."""
    lines = [completed(line) for line in lines]
    votes = None if policy.mode == "text" else opinions(lines, identity, runner)
    return classify(lines, identity, policy, votes)


def read_text(source: Source, *, runner: Runner) -> list[TextLine]:
    """Find and read the text of every frame, in batches; nothing of it is judged yet."""
    cine, lines = Cine(runner), list[TextLine]()
    step = max(1, BATCH_PIXELS // (source.rows * source.columns))
    for start in range(0, source.frame_count, step):
        frames = read_frames(source, start, min(start + step, source.frame_count))
        lines += cine.look(within_31_bits(visible(frames)))
    return lines


def deliver(source: Source, findings: tuple[Finding, ...], target: Path, *, policy: Policy) -> Outcome:
    """Mask, write, verify and record: the second half of the main path."""
    boxes = boxes_of(source, findings, policy=policy)
    mask_to_file(source, boxes, target, policy=policy)
    assert source.path is not None, "a source without a path goes through redact()"
    outcome = record(source, findings, boxes)
    return replace(outcome, source_sha256=_sha256(source.path), target_sha256=_sha256(target))


def boxes_of(source: Source, findings: tuple[Finding, ...], *, policy: Policy) -> tuple[Box, ...]:
    """Give the rectangles to mask in a file as the writer will fill them; whole frames where they show a label."""
    if whole_frame_is_phi(source.dataset):
        frames = range(source.frame_count)
        return tuple(Box(frame=frame, x0=0, y0=0, x1=source.columns, y1=source.rows) for frame in frames)
    return fit_boxes(source, mask(findings, policy=policy, frames=source.frame_count))


def record(source: Source, findings: tuple[Finding, ...], boxes: tuple[Box, ...]) -> Outcome:
    """Say what became of a file, without its text."""
    return Outcome(
        state="redacted" if boxes else "clean",
        frames=source.frame_count,
        boxes=boxes,
        categories=tally(findings, mask=True),
        kept=tally(findings, mask=False),
        why=explain(findings),
    )


def redact(dataset: Dataset, *, policy: Policy | None = None, runner: Runner | None = None) -> Outcome:
    """Mask the text of a dataset in place, compressed or not; the dataset is unchanged where this raises.

    Parameters
    ----------
    dataset : pydicom.Dataset
        With its pixel data; the other carriers of text in it (icons, overlays, …) are cleaned too.
    policy, runner : optional
        As for `redact_file`.

    Returns
    -------
    Outcome
        "clean" or "redacted", without hashes.

    Raises
    ------
    RefusedError
        The dataset cannot be redacted safely.
    """
    policy = policy or Policy()
    opened = open_dataset(dataset)
    findings = examine(opened, policy=policy, runner=runner or shipped_runner())
    boxes = boxes_of(opened, findings, policy=policy)
    mask_dataset(opened, boxes, policy=policy)
    return record(opened, findings, boxes)


def within_31_bits(seen: np.ndarray) -> np.ndarray:
    """Give values that a runner can hold: of deeper ones, as RT doses have them, the upper bits."""
    spare = 8 * seen.dtype.itemsize - (32 if seen.dtype.kind == "i" else 31)
    return seen if spare <= 0 else (seen >> spare).astype(np.int32)


@cache
def shipped_runner() -> Runner:
    """Open the shipped model, once per process: that costs more than redacting a small file."""
    return open_runner()


def _check_target(source: Path, target: Path, *, overwrite: bool) -> None:
    if target.exists() and source.exists() and target.samefile(source):
        raise UsageError("the target is the source; choose another target")
    if target.exists() and not overwrite:
        raise UsageError("the target exists; choose another or allow overwriting")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
