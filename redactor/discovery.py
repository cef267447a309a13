"""Which files a run takes up, and where their redacted copies go."""

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import UsageError
from .shard import Shard

# The run's own records, at the top of the output folder.
MANIFEST, QUARANTINE, REPORT, LOCK = "manifest.jsonl", "quarantine.jsonl", "report.html", ".deburn.lock"
RECORDS = (MANIFEST, QUARANTINE, REPORT, LOCK)
# And those of a shard, as `Shard.name` gives them.
_SHARD_RECORD = re.compile(r"(manifest|quarantine|report|\.deburn)-\d+-of-\d+\.(jsonl|html|lock)")
# What a file is called until it is complete and verified.
PART = re.compile(r"\.([0-9a-f]{16}|report(-\d+-of-\d+)?\.html)\.part")


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
    modified : int
        When it was last changed, in nanoseconds.
    refusal : str or None
        Why it is not even opened: not a regular file, a link that leads out of the input, a folder that
        cannot be listed.
    """

    name: str
    path: Path
    size: int = 0
    modified: int = 0
    refusal: str | None = None


def discover(inputs: Sequence[Path], *, shard: Shard | None = None, fold: bool = False) -> Iterator[Entry]:
    """Yield every file under the inputs, whatever its name, hidden ones too; always in the same order.

    One folder gives names relative to it. Of several inputs each keeps its own name in front, as `cp -r`
    does. Links to folders are not followed; a link to a file is taken as that file where it leads to a place
    inside the input, and refused where it leads out. Folders are listed one by one, names sorted in each, so
    that memory does not grow with the archive.

    Parameters
    ----------
    inputs : sequence of Path
        Files and folders.
    shard : Shard, optional
        Yield this part of the files.
    fold : bool
        Refuse names that differ in case alone from another one, for an output that cannot tell them apart.

    Raises
    ------
    UsageError
        An input does not exist, or two files would get the same name in the output.
    """
    tops = {_top_name(given): given for given in inputs}
    if len(tops) < len(inputs) or (fold and len({_folded(name) for name in tops}) < len(tops)):
        raise UsageError("two input files would get the same name in --output; redact them in separate runs")
    return _selected((_not_a_record(entry) for entry in _found(tops, fold)), shard)


def census(entries: Iterable[Entry]) -> tuple[int, int]:
    """Count entries and their bytes."""
    files = size = 0
    for entry in entries:
        files, size = files + 1, size + entry.size
    return files, size


def is_record(name: str) -> bool:
    """Say whether this is what one of a run's own records is called."""
    return name in RECORDS or _SHARD_RECORD.fullmatch(name) is not None


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


def _top_name(given: Path) -> str:
    if not given.exists():
        raise UsageError("an input does not exist")
    top = given.resolve()
    return top.name if top.is_dir() else given.name


def _found(tops: dict[str, Path], fold: bool) -> Iterator[Entry]:
    for name, given in sorted(tops.items()):
        top = given.resolve()
        if top.is_dir():
            yield from _walk(top, top, "" if len(tops) == 1 else f"{name}/", fold)
        else:
            yield _entry(top, name, top.parent)


def _walk(folder: Path, top: Path, prefix: str, fold: bool) -> Iterator[Entry]:
    try:
        with os.scandir(folder) as listing:
            children = sorted((child.name, child.is_dir(follow_symlinks=False)) for child in listing)
    except OSError as error:
        yield Entry(name=prefix or ".", path=folder, refusal=f"folder cannot be listed: {error.strerror}")
        return
    taken: set[str] = set()
    for child, is_folder in children:
        path, name = folder / child, prefix + child
        if fold and _folded(child) in taken:
            yield Entry(name=name, path=path, refusal="its name differs in case alone from another one's")
        elif is_folder:
            yield from _walk(path, top, f"{name}/", fold)
        else:
            yield _entry(path, name, top)
        if fold:
            taken.add(_folded(child))


def _folded(name: str) -> str:
    """Give what a file system that ignores case compares; some compose accents as well."""
    return unicodedata.normalize("NFC", name).casefold()


def _selected(entries: Iterator[Entry], shard: Shard | None) -> Iterator[Entry]:
    return entries if shard is None else (entry for entry in entries if shard.takes(entry.name))


def _entry(path: Path, name: str, top: Path) -> Entry:
    if path.is_symlink():
        return _linked(path, name, top)
    try:
        status = path.lstat()
    except OSError as error:
        return Entry(name=name, path=path, refusal=f"cannot be looked at: {error.strerror}")
    refusal = None if stat.S_ISREG(status.st_mode) else "not a regular file"
    return Entry(name=name, path=path, size=status.st_size, modified=status.st_mtime_ns, refusal=refusal)


def _linked(path: Path, name: str, top: Path) -> Entry:
    goal = Path(os.path.realpath(path))
    if not goal.is_file():
        return Entry(name=name, path=path, refusal="symbolic link to a folder, or to nothing: not followed")
    if not goal.is_relative_to(top):
        return Entry(name=name, path=path, refusal="symbolic link that leads out of the input: not followed")
    status = goal.stat()
    return Entry(name=name, path=goal, size=status.st_size, modified=status.st_mtime_ns)


def _not_a_record(entry: Entry) -> Entry:
    if is_record(entry.name) or PART.fullmatch(entry.name.rpartition("/")[2]):
        return replace(entry, refusal="its name is kept for the run's own records and unfinished files")
    return entry
