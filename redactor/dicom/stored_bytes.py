"""The bytes of a pixel data element, wherever they lie."""

import os
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Protocol

from ...errors import MalformedError


class StoredBytes(Protocol):
    """Bytes that are read in parts."""

    @property
    def length(self) -> int:
        """Number of bytes."""

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes [start, stop)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MemoryBytes:
    """Bytes held in memory."""

    data: bytes

    @property
    def length(self) -> int:
        """Number of bytes."""
        return len(self.data)

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes [start, stop)."""
        return self.data[start:stop]


class JoinedBytes:
    """Pieces of stored bytes as if they followed each other."""

    def __init__(self, stored: StoredBytes, pieces: Sequence[tuple[int, int]]) -> None:
        self._stored = stored
        self._pieces = pieces
        self._ends = list(accumulate(stop - start for start, stop in pieces))
        self.length = self._ends[-1] if self._ends else 0

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes [start, stop)."""
        found = []
        index = bisect_right(self._ends, start)
        while start < stop and index < len(self._pieces):
            last = self._pieces[index][1]
            begin = last - (self._ends[index] - start)
            end = min(begin + stop - start, last)
            found.append(self._stored.read(begin, end))
            start, index = start + end - begin, index + 1
        return b"".join(found)


class FileBytes:
    """The bytes of an open file; read in parts, so that a large file needs little memory.

    The file stays open as long as this lives: what is written later comes from the file that was examined,
    even if another took its name meanwhile.
    """

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self.length = os.fstat(self._descriptor).st_size

    def __del__(self) -> None:
        if hasattr(self, "_descriptor"):
            os.close(self._descriptor)

    def fileno(self) -> int:
        """Return the file's descriptor, which stays this object's."""
        return self._descriptor

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes [start, stop).

        Raises
        ------
        MalformedError
            If the file has become shorter.
        """
        data = os.pread(self._descriptor, stop - start, start)
        while len(data) < stop - start:
            # The system may return less than asked for; Linux does beyond 2 GiB.
            more = os.pread(self._descriptor, stop - start - len(data), start + len(data))
            if not more:
                raise MalformedError(f"file ended at byte {start + len(data)} while it was read; it was changed")
            data += more
        return data
