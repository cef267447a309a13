"""`deburn demo`: burn invented identities into sample images, redact them, judge the result by its pixels."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
import numpy.typing as npt

from ..errors import UsageError
from ..model import Box, Runner
from .demo_burn import Burned, is_kept, is_removed
from .demo_page import write_page
from .demo_samples import SAMPLES, Made, make
from .dicom import Frames, open_file, read_frames, visible
from .job import Orders
from .policy import Policy
from .progress import tell_summary
from .render import outline, png, render, shrink, window_of
from .run import redact_folder
from .summary import Summary

Array = npt.NDArray[Any]

BURNED, REDACTED, PAGE = "burned", "redacted", "index.html"
_SIZE = 640  # most pixels on a side of a picture


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Verdict:
    """What became of one sample.

    Attributes
    ----------
    made : Made
    refusal : str or None
        Why it was quarantined.
    gone, survived : tuple of str
        Identifying texts that were removed, and that were not.
    kept, lost : tuple of str
        Harmless texts that were kept, and that were damaged.
    boxes : int
        Rectangles that were masked.
    before, after : bytes
        PNG; the second with outlined masks.
    """

    made: Made
    refusal: str | None
    gone: tuple[str, ...] = ()
    survived: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    boxes: int = 0
    before: bytes = b""
    after: bytes = b""


def run_demo(output: Path, *, open_runner: Callable[[], Runner], workers: int) -> bool:
    """Write the demo's folder and say whether every identifying text is gone.

    Parameters
    ----------
    output : Path
        New, empty, or that of an earlier demo.
    open_runner : callable
        Opens the networks in a worker.
    workers : int
        Processes.

    Raises
    ------
    UsageError
        The folder holds something else.
    """
    _clear(output)
    made = [make(sample, output / BURNED) for sample in SAMPLES]
    orders = Orders(policy=Policy(), open_runner=open_runner, output=output / REDACTED)
    results = _Results()
    summary = redact_folder(
        [output / BURNED], orders=orders, workers=workers, overwrite=False, report=False, watcher=results
    )
    verdicts = [_judge(one, results.lines[one.path.name], output / REDACTED) for one in made]
    write_page(output / PAGE, verdicts, summary)
    _tell(verdicts, summary, output / PAGE)
    return not any(verdict.survived or verdict.refusal for verdict in verdicts)


class _Results:
    """Keeps the manifest lines by file name."""

    def __init__(self) -> None:
        self.lines: dict[str, dict[str, Any]] = {}

    def begin(self, files: int, size: int) -> None:
        click.echo(f"{files} files made, {size / 1e6:.1f} MB; redacting them ...")

    def file(self, line: dict[str, object], size: int, summary: Summary) -> None:
        self.lines[str(line["path"])] = line


def _clear(output: Path) -> None:
    standing = {path.name for path in output.iterdir()} if output.is_dir() else set()
    if (output.exists() and not output.is_dir()) or standing - {BURNED, REDACTED, PAGE}:
        raise UsageError("the demo's folder holds something else; choose another with --output")
    for name in (BURNED, REDACTED):
        if name in standing:
            shutil.rmtree(output / name)
    (output / BURNED).mkdir(parents=True)


def _judge(made: Made, line: dict[str, Any], redacted: Path) -> Verdict:
    before = _all_frames(made.path)
    middle = len(before.stored) // 2
    window = window_of(before)
    picture, _ = shrink(render(_one(before, middle), window), _SIZE)
    if line["state"] == "quarantined":
        return Verdict(made=made, refusal=line["reason"], before=png(picture))
    after = _all_frames(redacted / made.path.name)
    shown, factor = shrink(render(_one(after, middle), window), _SIZE)
    boxes = [Box(frame=0, x0=x0, y0=y0, x1=x1, y1=y1) for frame, x0, y0, x1, y1 in line["boxes"] if frame == middle]
    secret = {text.text: _everywhere(is_removed, text, before, after) for text in made.burned if text.secret}
    harmless = {text.text: _everywhere(is_kept, text, before, after) for text in made.burned if not text.secret}
    return Verdict(
        made=made,
        refusal=None,
        gone=tuple(text for text, good in secret.items() if good),
        survived=tuple(text for text, good in secret.items() if not good),
        kept=tuple(text for text, good in harmless.items() if good),
        lost=tuple(text for text, good in harmless.items() if not good),
        boxes=len(boxes),
        before=png(picture),
        after=png(outline(shown, boxes, factor)),
    )


def _everywhere(holds: Callable[[Burned, Array, Array], bool], text: Burned, before: Frames, after: Frames) -> bool:
    """Say whether something holds of a text in every frame."""
    pairs = zip(visible(before), visible(after), strict=True)
    return all(holds(text, old, new) for old, new in pairs)


def _all_frames(path: Path) -> Frames:
    source = open_file(path)
    return read_frames(source, 0, source.frame_count)


def _one(frames: Frames, index: int) -> Frames:
    return Frames(stored=np.ascontiguousarray(frames.stored[index : index + 1]), pixel_format=frames.pixel_format)


def _tell(verdicts: list[Verdict], summary: Summary, page: Path) -> None:
    tell_summary(summary, states=("redacted", "clean", "quarantined"), machine=False)
    gone, survived = (sum(len(getattr(verdict, name)) for verdict in verdicts) for name in ("gone", "survived"))
    kept, lost = (sum(len(getattr(verdict, name)) for verdict in verdicts) for name in ("kept", "lost"))
    click.echo(f"identifying texts removed: {gone} of {gone + survived}")
    click.echo(f"harmless texts kept:       {kept} of {kept + lost}")
    for verdict in verdicts:
        if verdict.refusal:
            click.echo(f"quarantined: {verdict.made.path.name}: {verdict.refusal}")
        for text in verdict.survived:
            click.echo(f"NOT removed: {verdict.made.path.name}: {text}")
    click.echo(f"before and after: {page}")
