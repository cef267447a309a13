"""One run at a time into one output: a lock that its workers hold as well, so that it outlives a killed parent."""

import os
import sys
import time
from collections.abc import Callable
from multiprocessing.reduction import DupFd
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ..errors import UsageError
from .discovery import LOCK
from .shard import Shard

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# Workers of a killed run end within moments; one in the middle of a slow decoder takes a little longer.
PATIENCE = 5.0
_PAUSE = 0.05
_EVERY_LOCK = f"{Path(LOCK).stem}*{Path(LOCK).suffix}"


class Lock:
    """The right to write into an output folder, which is made where it does not exist.

    A run over everything excludes every other one; runs over different shards go side by side. The lock is the
    operating system's, on a file: it is gone with the last process that holds it, however that ends.

    Parameters
    ----------
    output : Path
    shard : Shard, optional

    Raises
    ------
    UsageError
        On entering: another run holds it, or the file system cannot lock.
    """

    def __init__(self, output: Path, shard: Shard | None = None) -> None:
        self._output = output
        # Shards share the folder's own lock and exclude their like by one of theirs.
        self._wanted = [(LOCK, True)] if shard is None else [(LOCK, False), (shard.name(LOCK), True)]
        self._held: list[tuple[Path, int]] = []
        self._made = False

    def __enter__(self) -> Self:
        self._made = not self._output.exists()
        self._output.mkdir(parents=True, exist_ok=True)
        try:
            for name, alone in self._wanted:
                self._held.append((self._output / name, _take(self._output / name, alone)))
        except BaseException:
            self._release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._release()

    def descriptors(self) -> list[int]:
        """Give the open files that hold it."""
        return [descriptor for _, descriptor in self._held]

    def alone(self) -> bool:
        """Say whether no other run, of another shard, is at work in the folder."""
        held = {path for path, _ in self._held}
        return not any(_is_held(path) for path in self._output.glob(_EVERY_LOCK) if path not in held)

    def _release(self) -> None:
        for path, descriptor in reversed(self._held):
            # Only one who holds it alone may remove the file: others would then lock one that is gone.
            if sys.platform != "win32" and _lock(descriptor, True):
                path.unlink(missing_ok=True)
            os.close(descriptor)
        self._held = []
        if self._made and not any(self._output.iterdir()):
            self._output.rmdir()  # nothing came of it: as if it had never begun


class Inherited:
    """Carries a lock into a worker process while that is started, where it is held until the process ends."""

    def __init__(self, descriptors: list[int]) -> None:
        self._descriptors = descriptors

    def __reduce__(self) -> tuple[Callable[..., "Inherited"], tuple[list[Any]]]:
        if sys.platform == "win32":
            return _inherit, ([],)
        return _inherit, ([DupFd(descriptor) for descriptor in self._descriptors],)


def _inherit(copies: list[Any]) -> Inherited:
    return Inherited([copy.detach() for copy in copies])


def _take(path: Path, alone: bool) -> int:
    deadline = time.monotonic() + PATIENCE
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        if _lock(descriptor, alone) and _stands(path, descriptor):
            return descriptor
        os.close(descriptor)
        if time.monotonic() > deadline:
            raise UsageError("another run is writing into --output; wait for its end or choose another folder")
        time.sleep(_PAUSE)


def _is_held(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        return False
    try:
        return not _lock(descriptor, True)
    finally:
        os.close(descriptor)


def _stands(path: Path, descriptor: int) -> bool:
    """Say whether the locked file is still the one of that name: its last holder may just have removed it."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False


def _lock(descriptor: int, alone: bool) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError as error:
        raise UsageError(
            f"the file system of --output cannot lock files ({error.strerror}); choose a folder on one that can"
        ) from None
    return True
