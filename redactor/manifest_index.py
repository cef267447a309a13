"""Where the last line about each file stands in a manifest; 16 bytes a file in memory."""

import json
import os
from array import array
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import numpy as np
from numpy.typing import NDArray

_SPAN = 1 << 16


class ManifestIndex:
    """Finds lines of a manifest by the file's name.

    A manifest is only ever appended to: of several lines about one file the last one holds. Lines that cannot be
    read, as a power cut leaves them, count as not there.
    """

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.open("rb")
        keys, offsets = array("Q"), array("Q")
        for offset, line in _lines(self._file):
            keys.append(_key(line["path"]))
            offsets.append(offset)
        unsorted = np.frombuffer(keys, np.uint64) if keys else np.zeros(0, np.uint64)
        order = np.argsort(unsorted, kind="stable")  # of equal keys the later line comes last
        self._keys: NDArray[np.uint64] = unsorted[order]
        self._offsets = (np.frombuffer(offsets, np.uint64) if offsets else unsorted)[order]
        self._given = np.zeros(len(order), np.bool_)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._keys)

    def get(self, name: str) -> dict[str, Any] | None:
        """Give the last line about a file, or None."""
        key = np.uint64(_key(name))
        first, last = int(np.searchsorted(self._keys, key)), int(np.searchsorted(self._keys, key, side="right"))
        found = None
        for place in range(first, last):
            line = self._line(place)
            if line["path"] == name:  # two names may have the same key
                self._given[place], found = True, line
        return found

    def rest(self) -> Iterator[dict[str, Any]]:
        """Give the last line about each file that `get` was not asked for, in the order of the manifest."""
        for place in np.argsort(self._offsets):
            if not self._given[place]:
                line = self.get(self._line(int(place))["path"])
                assert line is not None, "it stands in the index"
                yield line

    def _line(self, place: int) -> dict[str, Any]:
        self._file.seek(int(self._offsets[place]))
        line: dict[str, Any] = json.loads(self._file.readline())
        return line


def first_line(path: Path) -> dict[str, Any] | None:
    """Give the first line of a manifest that can be read; None where there is no such file or line."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return next((line for _, line in _lines(file)), None)


def mend(path: Path) -> None:
    """Cut off what a killed run had begun to write of a last line, so that the next one starts on its own."""
    with path.open("r+b") as file:
        end = file.seek(0, os.SEEK_END)
        while end:
            start = max(0, end - _SPAN)
            file.seek(start)
            newline = file.read(end - start).rfind(b"\n")
            if newline >= 0:
                end = start + newline + 1
                break
            end = start
        file.truncate(end)


def _lines(file: BinaryIO) -> Iterator[tuple[int, dict[str, Any]]]:
    offset = 0
    for raw in file:
        try:
            line = json.loads(raw)
        except ValueError:
            line = None
        if raw.endswith(b"\n") and isinstance(line, dict) and isinstance(line.get("path"), str):
            yield offset, line
        offset += len(raw)


def _key(name: str) -> int:
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
