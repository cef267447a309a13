"""Files that appear under their name complete and checked, or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import BinaryIO

# Random part of a temporary name, in bytes: nobody can guess it and lay a link there.
_RANDOM = 8
_PRIVATE = 0o600


class Part:
    """A file in the making.

    Attributes
    ----------
    path : pathlib.Path
        Where it is for now.
    file : BinaryIO
        Its handle, open for writing.
    """

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self.path = path
        self.file = file
        self._error: OSError | None = None
        self._syncing: Thread | None = None

    def settle(self) -> None:
        """Begin to put on the disk what was written, all of it; meanwhile the caller may check it."""
        self.file.flush()
        self._syncing = Thread(target=self._sync)
        self._syncing.start()

    def join(self) -> None:
        """Return when nothing is being put on the disk any more."""
        if self._syncing is not None:
            self._syncing.join()

    def finish(self) -> None:
        """Return when the file is on the disk.

        Raises
        ------
        OSError
            If the disk is full or fails.
        """
        if self._syncing is None:
            self.settle()
        self.join()
        if self._error is not None:
            raise self._error

    def _sync(self) -> None:
        try:
            os.fsync(self.file.fileno())
        except OSError as error:  # raised where the thread is waited for
            self._error = error


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
            part = Part(path, file)
            try:
                yield part
            finally:
                part.join()  # before its handle is closed
            part.finish()
            os.chmod(path, mode)
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
