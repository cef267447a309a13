"""Verify whole folders: which redacted file belongs to which original, and what the run's manifest says of both."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

import click

from ..errors import UsageError
from ..model import Box, Runner
from .discovery import MANIFEST, discover, is_record
from .page import shown
from .verify import Verdict, verify_pair


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """What the manifest says of one file."""

    quarantined: bool
    boxes: tuple[Box, ...]
    source_sha256: str | None
    target_sha256: str | None


def verify_all(original: Path, redacted: Path, *, runner: Runner | None = None) -> Iterator[tuple[str, Verdict]]:
    """Yield name and verdict of each redacted file, and of each that ought to be there or ought not.

    Parameters
    ----------
    original, redacted : Path
        Two files, or two folders with the same names in them; a manifest in the second one is believed only as far
        as it can be checked.
    runner : Runner, optional
        Looks for text left inside of the masks.

    Raises
    ------
    UsageError
        If a folder is compared with a file, or the manifest cannot be read.
    OSError
        If a file cannot be read.
    """
    if original.is_dir() != redacted.is_dir():
        raise UsageError("ORIGINAL and REDACTED must be two files or two folders")
    if not redacted.is_dir():
        yield redacted.name, _verify(original, redacted, _read_manifest(redacted.parent).get(redacted.name), runner)
        return
    manifest = _read_manifest(redacted)
    entries = [entry for entry in discover([redacted]) if not is_record(entry.name)]
    found = {entry.name: entry.path for entry in entries if entry.refusal is None}
    for entry in entries:
        if entry.refusal is not None:
            yield entry.name, Verdict(passed=False, failures=(entry.refusal,))
    for name in sorted({*found, *manifest}):
        line = manifest.get(name)
        if name not in found:
            if line is not None and not line.quarantined:
                yield name, Verdict(passed=False, failures=("the manifest lists it, but it is not there",))
            continue
        if manifest and line is None:
            yield name, Verdict(passed=False, failures=("the manifest does not list it",))
        elif not (original / name).is_file():
            yield name, Verdict(passed=False, failures=("there is no original of this name",))
        else:
            yield name, _verify(original / name, found[name], line, runner)


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
