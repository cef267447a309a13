"""Files that appear under their name complete and checked, or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

# Random part of a temporary name, in bytes: nobody can guess it and lay a link there.
_RANDOM = 8
_PRIVATE = 0o600


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """A file in the making: where it is for now, and its handle, open for writing."""

    path: Path
    file: BinaryIO


@contextmanager
def atomic_file(target: Path, mode: int = _PRIVATE) -> Iterator[Part]:
    """Yield a new file beside `target`, which gets that name when the block ends without an error.

    Until then only its owner can read it; an error leaves nothing behind.

    Parameters
    ----------
    target : pathlib.Path
        An existing file of that name is replaced.
    mode : int
        Permissions of the complete file.

    Raises
    ------
    OSError
        If the disk is full, the folder cannot be written to, and so on.
    """
    path = target.parent / f".{secrets.token_hex(_RANDOM)}.part"
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(path, flags, _PRIVATE), "w+b") as file:
            yield Part(path=path, file=file)
            file.flush()
            os.chmod(path, mode)
            os.fsync(file.fileno())
        os.replace(path, target)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make a rename survive a power cut; systems that cannot open folders do it by themselves."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
