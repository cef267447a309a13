"""Verify whole folders: which redacted file belongs to which original, and what the run's manifest says of both."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import click

from ..errors import UsageError
from ..model import Box, Runner
from .discovery import MANIFEST, discover, is_record
from .engine import BYTES_PER_SECOND, PATIENCE
from .job import OpenRunner
from .page import shown
from .verify import Verdict, verify_pair
from .workers import Crew, Lost, cores


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """What the manifest says of one file."""

    quarantined: bool
    boxes: tuple[Box, ...]
    source_sha256: str | None
    target_sha256: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """Two files to compare, by a worker."""

    name: str
    original: Path
    redacted: Path
    line: _Line | None


def verify_all(
    original: Path, redacted: Path, *, open_runner: OpenRunner | None = None, workers: int | None = None
) -> Iterator[tuple[str, Verdict]]:
    """Yield name and verdict of each redacted file, and of each that ought to be there or ought not, in their order.

    Files are compared in processes of their own: one that kills its decoder fails, and the others go on.

    Parameters
    ----------
    original, redacted : Path
        Two files, or two folders with the same names in them; a manifest in the second one is believed only as far
        as it can be checked.
    open_runner : OpenRunner, optional
        Opens the networks that look for text left inside of the masks, once per worker; picklable.
    workers : int, optional
        Processes; by default one per core.

    Raises
    ------
    UsageError
        If a folder is compared with a file, or the manifest cannot be read.
    ModelError
        If the networks cannot be opened.
    """
    if original.is_dir() != redacted.is_dir():
        raise UsageError("ORIGINAL and REDACTED must be two files or two folders")
    folder = redacted if redacted.is_dir() else redacted.parent
    manifest = _read_manifest(folder)
    if redacted.is_dir():
        todo = list(_in_folders(original, redacted, manifest))
    else:
        line = manifest.get(redacted.name)
        todo = [_Task(name=redacted.name, original=original, redacted=redacted, line=line)]
    tasks = [item for item in todo if isinstance(item, _Task)]
    count = min(workers or cores(), len(tasks))
    hire = partial(_hire, open_runner, max(1, cores() // max(1, count)))
    with Crew(hire, count=count, patience=_patience) as crew:
        yield from _in_order(todo, crew.each(tasks))


def _in_folders(original: Path, redacted: Path, manifest: dict[str, _Line]) -> Iterator[_Task | tuple[str, Verdict]]:
    """Yield what is to be compared, and a verdict where there is nothing to compare."""
    entries = [entry for entry in discover([redacted]) if not is_record(entry.name)]
    found = {entry.name: entry.path for entry in entries if entry.refusal is None}
    for entry in entries:
        if entry.refusal is not None:
            yield entry.name, _failed(entry.refusal)
    for name in sorted({*found, *manifest}):
        line = manifest.get(name)
        if name not in found:
            if line is not None and not line.quarantined:
                yield name, _failed("the manifest lists it, but it is not there")
            continue
        if manifest and line is None:
            yield name, _failed("the manifest does not list it")
        elif not (original / name).is_file():
            yield name, _failed("there is no original of this name")
        else:
            yield _Task(name=name, original=original / name, redacted=found[name], line=line)


def _in_order(
    todo: Iterable[_Task | tuple[str, Verdict]], results: Iterator[tuple[_Task, Verdict | Lost]]
) -> Iterator[tuple[str, Verdict]]:
    """Yield names and verdicts in the order of `todo`, as soon as each one's turn has come."""
    done: dict[str, Verdict] = {}
    for item in todo:
        if not isinstance(item, _Task):
            yield item
            continue
        while item.name not in done:
            task, result = next(results)
            done[task.name] = _failed(result.reason) if isinstance(result, Lost) else result
        yield item.name, done.pop(item.name)


def _failed(reason: str) -> Verdict:
    return Verdict(passed=False, failures=(reason,))


def _hire(open_runner: OpenRunner | None, threads: int) -> Callable[[_Task], Verdict]:
    """Open the networks, where wanted, and return what compares two files."""
    return partial(_do, runner=None if open_runner is None else open_runner(threads=threads))


def _do(task: _Task, *, runner: Runner | None) -> Verdict:
    """Compare two files; whatever goes wrong fails them."""
    # This is the boundary of one file, as in a run: an unforeseen error tells only its type.
    try:
        return _verify(task.original, task.redacted, task.line, runner)
    except OSError as error:
        return _failed(f"cannot be read: {error.strerror or type(error).__name__}")
    except MemoryError:
        raise  # the files may fit when they are alone: the crew's concern
    except Exception as error:
        return _failed(f"verifying failed unexpectedly: {type(error).__name__}")


def _patience(task: _Task) -> float:
    """Return the seconds that two files may take, as large as the larger of them."""
    return PATIENCE + max(path.stat().st_size for path in (task.original, task.redacted)) / BYTES_PER_SECOND


def tell_verdicts(verdicts: Iterable[tuple[str, Verdict]], *, machine: bool) -> bool:
    """Print a line per file as it is verified, JSON for machines, and a last one; return whether all passed."""
    passed, failed = 0, 0
    for name, verdict in verdicts:
        passed, failed = passed + verdict.passed, failed + (not verdict.passed)
        words = "passed" if verdict.passed else "FAILED: " + "; ".join(verdict.failures)
        click.echo(json.dumps(as_line(name, verdict)) if machine else f"{shown(name)}: {words}")
    summary = {"kind": "summary", "passed": passed, "failed": failed}
    click.echo(json.dumps(summary) if machine else f"{passed} passed, {failed} failed")
    return failed == 0


def as_line(name: str, verdict: Verdict) -> dict[str, object]:
    """Return a verdict as a JSON object; boxes are [frame, x0, y0, x1, y1], as in the manifest."""
    boxes = [[box.frame, box.x0, box.y0, box.x1, box.y1] for box in verdict.boxes]
    return {"kind": "verdict", "path": name, **asdict(verdict), "boxes": boxes}


def _verify(original: Path, redacted: Path, line: _Line | None, runner: Runner | None) -> Verdict:
    verdict = verify_pair(original, redacted, boxes=None if line is None else line.boxes, runner=runner)
    failures = [] if line is None else list(_contradictions(line, verdict))
    return replace(verdict, passed=verdict.passed and not failures, failures=(*verdict.failures, *failures))


def _contradictions(line: _Line, verdict: Verdict) -> Iterator[str]:
    if line.quarantined:
        yield "the manifest says that it was quarantined"
    elif line.source_sha256 != verdict.original_sha256:
        yield "the original is not the file that was redacted, by its SHA-256"
    elif line.target_sha256 != verdict.redacted_sha256:
        yield "the redacted file is not the one that was written, by its SHA-256"


def _read_manifest(folder: Path) -> dict[str, _Line]:
    """Return the manifest's lines by file name; nothing where there is none."""
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    lines: dict[str, _Line] = {}
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            entry: dict[str, Any] = json.loads(text)
            if entry.get("kind") == "file":
                lines[_name(entry["path"])] = _line(entry)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(f"{MANIFEST} line {number} is not one that deburn wrote") from error
    return lines


def _name(path: str) -> str:
    if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        raise ValueError("a path that leads out of the folder")
    return path


def _line(entry: dict[str, Any]) -> _Line:
    boxes = [Box(frame=frame, x0=x0, y0=y0, x1=x1, y1=y1) for frame, x0, y0, x1, y1 in entry["boxes"]]
    return _Line(
        quarantined=entry["state"] == "quarantined",
        boxes=tuple(boxes),
        source_sha256=entry["source_sha256"],
        target_sha256=entry["target_sha256"],
    )
