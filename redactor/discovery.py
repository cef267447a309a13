"""Which files a run takes up, and where their redacted copies go."""

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import UsageError

# The run's own records, at the top of the output folder.
MANIFEST, QUARANTINE, REPORT = "manifest.jsonl", "quarantine.jsonl", "report.html"
RECORDS = (MANIFEST, QUARANTINE, REPORT)
# What a file is called until it is complete and verified.
PART = re.compile(r"\.([0-9a-f]{16}|report\.html)\.part")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing found under the inputs.

    Attributes
    ----------
    name : str
        Path relative to the output folder, with "/".
    path : Path
        Where it is.
    size : int
        Bytes.
    refusal : str or None
        Why it is not even opened: not a regular file, a link that leads out of the input, a folder that
        cannot be listed.
    """

    name: str
    path: Path
    size: int = 0
    refusal: str | None = None


def discover(inputs: Sequence[Path]) -> list[Entry]:
    """List every file under the inputs, whatever its name, hidden ones too, sorted.

    One folder gives names relative to it. Of several inputs each keeps its own name in front, as `cp -r`
    does. Links to folders are not followed; a link to a file is taken as that file where it leads to a place
    inside the input, and refused where it leads out.

    Raises
    ------
    UsageError
        An input does not exist, or two files would get the same name in the output.
    """
    entries: list[Entry] = []
    for given in inputs:
        if not given.exists():
            raise UsageError("an input does not exist")
        top = given.resolve()
        if top.is_dir():
            prefix = "" if len(inputs) == 1 else f"{top.name}/"
            entries += _walk(top, top, prefix)
        else:
            entries.append(_entry(top, given.name, top.parent))
    entries = [_not_a_record(entry) for entry in entries]
    _refuse_collisions(entries)
    return sorted(entries, key=lambda entry: entry.name)


def check_output(inputs: Sequence[Path], output: Path) -> None:
    """Refuse an output folder that is an input, lies in one, or has one in it.

    Raises
    ------
    UsageError
        It would mix redacted with unredacted files.
    """
    out = output.resolve()
    if out.exists() and not out.is_dir():
        raise UsageError("--output exists and is not a folder")
    for top in (given.resolve() for given in inputs):
        if out == top or out.is_relative_to(top):
            raise UsageError("--output is an input or lies inside one; choose a folder outside the inputs")
        if top.is_relative_to(out):
            raise UsageError("an input lies inside --output; choose an output folder without inputs in it")


def _walk(folder: Path, top: Path, prefix: str) -> Iterator[Entry]:
    try:
        children = sorted(os.scandir(folder), key=lambda child: child.name)
    except OSError as error:
        yield Entry(name=prefix or ".", path=folder, refusal=f"folder cannot be listed: {error.strerror}")
        return
    for child in children:
        path, name = Path(child.path), prefix + child.name
        if child.is_dir(follow_symlinks=False):
            yield from _walk(path, top, f"{name}/")
        else:
            yield _entry(path, name, top)


def _entry(path: Path, name: str, top: Path) -> Entry:
    if path.is_symlink():
        return _linked(path, name, top)
    try:
        status = path.lstat()
    except OSError as error:
        return Entry(name=name, path=path, refusal=f"cannot be looked at: {error.strerror}")
    refusal = None if stat.S_ISREG(status.st_mode) else "not a regular file"
    return Entry(name=name, path=path, size=status.st_size, refusal=refusal)


def _linked(path: Path, name: str, top: Path) -> Entry:
    goal = Path(os.path.realpath(path))
    if not goal.is_file():
        return Entry(name=name, path=path, refusal="symbolic link to a folder, or to nothing: not followed")
    if not goal.is_relative_to(top):
        return Entry(name=name, path=path, refusal="symbolic link that leads out of the input: not followed")
    return Entry(name=name, path=goal, size=goal.stat().st_size)


def _not_a_record(entry: Entry) -> Entry:
    if entry.name in RECORDS or PART.fullmatch(entry.name.rpartition("/")[2]):
        return replace(entry, refusal="its name is kept for the run's own records and unfinished files")
    return entry


def _refuse_collisions(entries: Sequence[Entry]) -> None:
    names: set[str] = set()
    for entry in entries:
        if entry.name in names:
            raise UsageError("two input files would get the same name in --output; redact them in separate runs")
        names.add(entry.name)
