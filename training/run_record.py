"""What a fine-tuning goes by, written down beside its checkpoint, so that no other one goes on from there."""

import argparse
import json
from hashlib import sha256
from pathlib import Path

from ..errors import UsageError
from ..redactor.dicom.atomic import atomic_file
from .truth_file import SUFFIX

NAME = "finetune.json"
_READABLE = 0o644
# Whoever changes one of these wants another network; steps, minutes, devices and --mix may change from run to run.
_OPTIONS = ("batch", "rate", "seed", "replay", "held_share", "split", "side")


def record_of(options: argparse.Namespace) -> dict[str, object]:
    """Return what a fine-tuning goes by: digests of truth and first weights, and options; no name, and no text."""
    record: dict[str, object] = {name: getattr(options, name) for name in _OPTIONS if hasattr(options, name)}
    record |= {"data": _digest_of(options.data), "start_from": sha256(options.start_from.read_bytes()).hexdigest()}
    return record | {"held_back": _digest_of(options.held_back) if options.held_back else None}


def check_record(folder: Path, record: dict[str, object] | None) -> None:
    """Check that a folder's checkpoint, if it holds one, came of the same; None for a training without own truth.

    Raises
    ------
    UsageError
        It came of something else; the message names the option.
    """
    if not (folder / "checkpoint.pt").exists() and not (folder / "best.pt").exists():
        return
    known = _known(folder / NAME)
    if known == record:
        return
    if known is None or record is None:
        kind = "that is no fine-tuning, or an older one" if known is None else "that is a fine-tuning"
        raise UsageError(f"{folder} holds a run {kind}; choose another --output")
    other = next(name for name in sorted({*known, *record}) if known.get(name) != record.get(name))
    option = "--model or --start-from" if other == "start_from" else f"--{other.replace('_', '-')}"
    raise UsageError(
        f"{folder} holds a run with another {option}; give that again to go on, or choose another --output"
    )


def _known(path: Path) -> dict[str, object] | None:
    try:
        record: dict[str, object] = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValueError:
        raise UsageError(
            f"{path} is damaged, so nobody knows what its run learned from; choose another --output"
        ) from None
    return record


def write_record(folder: Path, record: dict[str, object]) -> None:
    """Write a record, whole or not at all."""
    with atomic_file(folder / NAME, _READABLE) as part:
        part.file.write(json.dumps(record, indent=1).encode("ascii") + b"\n")


def _digest_of(folder: Path) -> str:
    """Return the digest of a folder of truth: of its files' names and contents."""
    lines = [
        f"{sha256(path.read_bytes()).hexdigest()} {path.relative_to(folder).as_posix()}\n"
        for path in sorted(folder.rglob(f"*{SUFFIX}"))
    ]
    return sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
