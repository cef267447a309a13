"""What already stands in the output folder: what a run may go on from, what it may replace, what stops it."""

import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..errors import UsageError
from .discovery import PART, Entry, is_record
from .lock import Lock
from .records import recorded_inputs
from .shard import Shard


def check_standing(
    output: Path, entries: Iterable[Entry], inputs: str, shard: Shard | None, *, overwrite: bool
) -> None:
    """Refuse an output with files that are not this run's to replace.

    Parameters
    ----------
    output : Path
        Exists.
    entries : iterable of Entry
        What the run will take up.
    inputs : str
        From `inputs_digest`.
    shard : Shard or None
    overwrite : bool

    Raises
    ------
    UsageError
        It holds the results of other inputs, files that no run recorded, or links that lead out of it.
    """
    if all(is_record(path.name) and not path.name.endswith(".jsonl") for path in output.iterdir()):
        return
    recorded = recorded_inputs(output, shard)
    if not overwrite and recorded not in (None, "", inputs):
        raise UsageError(
            "--output holds the results of other inputs, or of another version of deburn; "
            "choose another folder or pass --overwrite"
        )
    standing = sum(1 for _ in _standing(output, entries))
    if standing and recorded is None and not overwrite:
        raise UsageError(
            f"--output already holds {standing} of the files to write; choose another folder or pass --overwrite"
        )


def make_way(output: Path, entries: Iterable[Entry], lock: Lock, *, overwrite: bool) -> None:
    """Remove what killed runs left unfinished and, to overwrite, the files that are in the way."""
    if overwrite:
        for path in _standing(output, entries):
            path.unlink()
    sweep(output, lock)


def sweep(output: Path, lock: Lock) -> None:
    """Remove the unfinished files of runs that were killed; they hold masked pixels only.

    While other shards are at work nothing is removed: it may be what they are writing. The last one sweeps.
    """
    # Listed before the others are looked for: what one of them begins after that look is not in the list.
    left = [path for path in output.rglob(".*.part") if PART.fullmatch(path.name)]
    if not left or not lock.alone():
        return
    for path in left:
        if path.is_file() and not path.is_symlink():
            path.unlink(missing_ok=True)


def folds_case(output: Path) -> bool:
    """Say whether the output's file system takes names that differ in case alone for one."""
    probe = output / f".{secrets.token_hex(8)}.part"
    probe.touch()
    try:
        return probe.with_suffix(".PART").exists()
    finally:
        probe.unlink(missing_ok=True)  # another shard may have swept it up


def _standing(output: Path, entries: Iterable[Entry]) -> Iterator[Path]:
    """Yield the files that stand where results go, each folder checked first.

    Raises
    ------
    UsageError
        A link in the output folder leads out of it: through it, "replace" could reach the inputs themselves.
    """
    inside, checked = output.resolve(), ""
    for entry in entries:
        if entry.refusal is not None:
            continue
        folder = entry.name.rpartition("/")[0]
        if folder != checked and not (output / folder).resolve().is_relative_to(inside):
            raise UsageError("--output holds a link that leads out of it where files are to be written")
        checked = folder
        path = output / entry.name
        if path.is_symlink() or path.is_file():
            yield path
