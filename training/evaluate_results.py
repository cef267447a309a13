"""Where an evaluation's results go, and writing them: each file whole or not at all."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from ..errors import UsageError
from ..redactor.page import shown
from ..redactor.policy import Policy
from .evaluate_calibrate import Calibration, policy_snippet
from .evaluate_coco import coco_files
from .evaluate_html import evaluation_page
from .evaluate_presidio import presidio_files
from .evaluate_record import Evaluation, evaluation_record
from .evaluate_show_calibration import calibration_record
from .evaluate_strata import markdown_of
from .evaluate_sweep import Sweep


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """Where results go; None: nowhere."""

    json: Path | None
    html: Path | None
    markdown: Path | None
    coco: Path | None
    presidio: Path | None
    policy: Path | None


def check_outputs(outputs: Outputs, overwrite: bool) -> None:
    """Refuse what could not be written in the end, before the work is done.

    Raises
    ------
    UsageError
        A file is there already, or its folder is not.
    """
    given = [path.resolve() for path in astuple(outputs) if path is not None]
    if len(set(given)) < len(given):
        raise UsageError("two results have the same name; give each its own")
    for path in (outputs.json, outputs.html, outputs.markdown, outputs.policy):
        if path is None:
            continue
        if not path.parent.is_dir():
            raise UsageError(f"the folder of {shown(path.name)} does not exist")
        if path.is_dir() or (path.exists() and not overwrite):
            raise UsageError(f"{shown(path.name)} is there already; choose another name or pass --overwrite")
    for path in (outputs.coco, outputs.presidio):
        if path is not None and path.exists() and (not path.is_dir() or (any(path.iterdir()) and not overwrite)):
            raise UsageError(f"{shown(path.name)} is no empty folder; choose another one or pass --overwrite")


def write_evaluation(evaluation: Evaluation, outputs: Outputs, *, padding: int, with_text: bool) -> None:
    """Write what was measured.

    Parameters
    ----------
    evaluation : Evaluation
    outputs : Outputs
    padding : int
        Of Presidio's coordinates.
    with_text : bool
        Whether the truth's text is written too.
    """
    truth, pages, findings = evaluation.truth, evaluation.pages, evaluation.explained
    if outputs.json is not None:
        _write_json(outputs.json, evaluation_record(evaluation, with_text=with_text))
    if outputs.html is not None:
        _write(outputs.html, evaluation_page(evaluation))
    if outputs.markdown is not None:
        _write(outputs.markdown, markdown_of(evaluation.strata))
    if outputs.coco is not None:
        _write_all(outputs.coco, coco_files(truth, pages, with_text=with_text, findings=findings))
    if outputs.presidio is not None:
        files = presidio_files(truth, pages, padding=padding, with_text=with_text, findings=findings)
        _write_all(outputs.presidio, files)


def write_calibration(result: Calibration, failed: Sequence[Sweep], policy: Policy, outputs: Outputs) -> None:
    """Write what was picked."""
    if outputs.json is not None:
        _write_json(outputs.json, calibration_record(result, failed))
    if outputs.policy is not None:
        _write(outputs.policy, policy_snippet(result, policy))


def _write_all(folder: Path, files: Mapping[str, object]) -> None:
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_json(target, content)


def _write_json(target: Path, content: object) -> None:
    _write(target, json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def _write(target: Path, text: str) -> None:
    """Write a file that is there whole or not at all."""
    part = target.with_name(f".{target.name}.part")
    with part.open("w", encoding="utf-8", newline="\n", errors="surrogateescape") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(target)
