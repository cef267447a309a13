"""The run's own records: one JSON line per file in the manifest, one per refused file in the quarantine list."""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from .. import __version__
from .dicom.atomic import atomic_file
from .discovery import MANIFEST, QUARANTINE, Entry
from .explain import as_json
from .findings import Finding
from .job import Done, Task
from .manifest_index import ManifestIndex, first_line, mend
from .policy import Policy, policy_record
from .shard import Shard


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What the lines of one run have in common.

    Attributes
    ----------
    inputs : str
        From `inputs_digest`.
    settings : str
        From `settings_of`.
    """

    inputs: str
    settings: str


class Records:
    """`manifest.jsonl` and `quarantine.jsonl` of a run, which goes on where an earlier one ended.

    The manifest is only appended to while files are done, in the order in which they are: each line is with the
    operating system before the next file is taken up, so that a killed run has lost nothing but, perhaps, the
    lines of files that are redone. `finish` puts it in order.

    Parameters
    ----------
    output : Path
    shard : Shard, optional
        Its records have names of their own. A run without one takes in those of all shards.
    fresh : bool
        Forget what earlier runs recorded.
    """

    def __init__(self, output: Path, *, shard: Shard | None = None, fresh: bool = False) -> None:
        self._path, self._refused = (output / record_name(name, shard) for name in (MANIFEST, QUARANTINE))
        self._stack = ExitStack()
        shards = _shard_records(output) if shard is None else []
        if fresh:
            _remove([self._path, *shards])
            shards = []
        self._earlier: list[ManifestIndex] = []
        self._manifest = self._stack.enter_context(_appended(self._path))
        _gather(shards, self._manifest)
        if not fresh:
            self._remember([output / MANIFEST, self._path])
        # What was quarantined is tried again, and listed again if it must be.
        self._quarantine = self._stack.enter_context(self._refused.open("wb"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in (self._manifest, self._quarantine):
            os.fsync(file.fileno())
        self._stack.close()

    def earlier(self, name: str) -> dict[str, Any] | None:
        """Give what an earlier run recorded of a file."""
        for index in self._earlier:
            line = index.get(name)
            if line is not None:
                return line
        return None

    def add(self, line: dict[str, object]) -> None:
        """Write one file's line; a refused file gets one in the quarantine list too."""
        _append(self._manifest, line)
        if line["state"] == "quarantined":
            _append(self._quarantine, _refusal(line))

    def finish(self, entries: Iterable[Entry]) -> None:
        """Rewrite both in the order of `entries`, one line a file.

        Results whose source is no longer there follow, as they stood.
        """
        with (
            ManifestIndex(self._path) as index,
            atomic_file(self._path, _MODE) as manifest,
            atomic_file(self._refused, _MODE) as refused,
        ):
            for line in _in_order(index, entries):
                manifest.file.write(_encoded(line))
                if line["state"] == "quarantined":
                    refused.file.write(_encoded(_refusal(line)))

    def _remember(self, paths: Sequence[Path]) -> None:
        for path in dict.fromkeys(reversed(paths)):  # a shard's own lines are newer than those of all
            if path.is_file():
                self._earlier.append(self._stack.enter_context(ManifestIndex(path)))


_MODE = 0o644


def record_name(name: str, shard: Shard | None) -> str:
    """Give what a record of this run is called."""
    return name if shard is None else shard.name(name)


def inputs_digest(inputs: Sequence[Path]) -> str:
    """Give a short name for the inputs of a run, which does not tell where they are."""
    places = sorted(os.fsencode(given.resolve()) for given in inputs)
    return sha256(b"\0".join(places)).hexdigest()[:16]


def recorded_inputs(output: Path, shard: Shard | None = None) -> str | None:
    """Give the digest of the inputs whose results lie in an output.

    Returns
    -------
    str or None
        None where there is no manifest; empty where one was begun and no line written.
    """
    names = [MANIFEST] if shard is None else [record_name(MANIFEST, shard), MANIFEST]
    found = None
    for path in [*(output / name for name in names), *_shard_records(output)]:
        if path.is_file():
            line = first_line(path)
            if line is not None:
                return str(line.get("inputs"))
            found = ""
    return found


def manifest_line(task: Task, done: Done, policy: Policy, stamp: Stamp) -> dict[str, object]:
    """Give one file's record as a JSON object: what was done and with what, no text and no header values."""
    entry, outcome = task.entry, done.outcome
    return {
        "kind": "file",
        "path": entry.name,
        "state": outcome.state,
        "reason": outcome.reason,
        "frames": outcome.frames,
        "boxes": [[box.frame, box.x0, box.y0, box.x1, box.y1] for box in outcome.boxes],
        "masked": dict(outcome.categories),
        "kept": dict(outcome.kept),
        "why": [as_json(explanation) for explanation in outcome.why],
        "siblings": len(task.siblings),
        "source_size": entry.size,
        "source_modified": entry.modified,
        "source_sha256": outcome.source_sha256,
        "target_sha256": outcome.target_sha256,
        "model": done.model,
        "model_sha256": done.model_sha256,
        "policy": policy_record(policy),
        "deburn": __version__,
        "settings": stamp.settings,
        "inputs": stamp.inputs,
    }


def with_text(line: dict[str, object], findings: tuple[Finding, ...]) -> dict[str, object]:
    """Give the line with what was recognised in it: only where the user asked for text."""
    if not findings:
        return line
    return line | {"findings": [_finding(finding) for finding in findings]}


def _finding(finding: Finding) -> dict[str, object]:
    box = finding.box
    return {
        "text": finding.line.text[finding.start : finding.end],
        "box": [box.frame, box.x0, box.y0, box.x1, box.y1],
        "category": finding.category,
        "score": round(finding.score, 4),
        "reason": finding.reason,
        "element": finding.element,
        "mask": finding.mask,
    }


def _refusal(line: dict[str, Any]) -> dict[str, object]:
    return {"path": line["path"], "reason": line["reason"]}


def _in_order(index: ManifestIndex, entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    for entry in entries:
        line = index.get(entry.name)
        if line is not None:  # else it appeared while the run was at work
            yield line
    yield from (line for line in index.rest() if line["state"] != "quarantined")


def _shard_records(output: Path) -> list[Path]:
    return sorted(output.glob(f"{Path(MANIFEST).stem}-*-of-*.jsonl"))


def _gather(shards: Sequence[Path], manifest: BinaryIO) -> None:
    """Append the shards' manifests, then remove them and their quarantine lists.

    Killed in between, some lines are in the manifest twice, which changes nothing.
    """
    for path in shards:
        mend(path)
        with path.open("rb") as file:
            for line in file:
                manifest.write(line)
    manifest.flush()
    os.fsync(manifest.fileno())
    _remove(shards)


def _remove(manifests: Sequence[Path]) -> None:
    for path in manifests:
        path.unlink(missing_ok=True)
        path.with_name(path.name.replace("manifest", "quarantine")).unlink(missing_ok=True)


def _appended(path: Path) -> BinaryIO:
    if path.is_file():
        mend(path)
    return path.open("ab")


def _append(file: BinaryIO, line: dict[str, Any]) -> None:
    file.write(_encoded(line))
    file.flush()


def _encoded(line: dict[str, Any]) -> bytes:
    # ASCII escapes keep file names that are not valid Unicode.
    return json.dumps(line).encode("ascii") + b"\n"
