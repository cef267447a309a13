"""The run's own records: one JSON line per file in the manifest, one per refused file in the quarantine list."""

import json
import os
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from .discovery import MANIFEST, QUARANTINE, Entry
from .findings import Finding
from .job import Done
from .policy import Policy, policy_record


class Records:
    """`manifest.jsonl` and `quarantine.jsonl` of one run; each line is on disk before the next file is taken up.

    Raises
    ------
    FileExistsError
        On opening, where another run already writes there.
    """

    def __init__(self, output: Path) -> None:
        self._stack = ExitStack()
        self._manifest = self._stack.enter_context(_new(output / MANIFEST))
        self._quarantine = self._stack.enter_context(_new(output / QUARANTINE))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in (self._manifest, self._quarantine):
            os.fsync(file.fileno())
        self._stack.close()

    def add(self, line: dict[str, object]) -> None:
        """Write one file's line; a refused file gets one in the quarantine list too."""
        _append(self._manifest, line)
        if line["state"] == "quarantined":
            _append(self._quarantine, {"path": line["path"], "reason": line["reason"]})


def manifest_line(entry: Entry, done: Done, policy: Policy) -> dict[str, object]:
    """Give one file's record as a JSON object: what was done and with what, no text and no header values."""
    outcome = done.outcome
    return {
        "kind": "file",
        "path": entry.name,
        "state": outcome.state,
        "reason": outcome.reason,
        "frames": outcome.frames,
        "boxes": [[box.frame, box.x0, box.y0, box.x1, box.y1] for box in outcome.boxes],
        "masked": dict(outcome.categories),
        "kept": dict(outcome.kept),
        "source_sha256": outcome.source_sha256,
        "target_sha256": outcome.target_sha256,
        "model": done.model,
        "model_sha256": done.model_sha256,
        "policy": policy_record(policy),
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


def _new(path: Path) -> TextIO:
    return path.open("x", encoding="utf-8", newline="\n")


def _append(file: TextIO, line: dict[str, object]) -> None:
    # ASCII escapes keep file names that are not valid Unicode.
    file.write(json.dumps(line) + "\n")
    file.flush()
