"""A runner whose networks are in another process: what a worker has where a device is shared by all."""

import time
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing import current_process
from multiprocessing.connection import Client, Connection
from multiprocessing.shared_memory import SharedMemory
from multiprocessing.sharedctypes import Synchronized
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..errors import DeburnError
from ..model import Candidates, ModelSpec
from ..model.classifier_input import ClassifierInput
from .engine_messages import Answer, Classify, Failed, Find, Found, Read, Request, Ticket
from .workers import BrokenWorkerError

Name = TypeVar("Name")

# Seconds in which a device's process that died is replaced: it loads the networks anew.
PATIENCE = 120.0
_PAUSE = 0.1


class NetworkError(Exception):
    """The networks failed on this file."""


@dataclass(slots=True, kw_only=True, eq=False, weakref_slot=True)
class RemoteFrames:
    """A handle: frames in shared memory, and under a ticket on the device once that was asked for anything."""

    shape: tuple[int, int, int, int]
    dtype: str
    kept: "_Kept"


@dataclass(slots=True, kw_only=True, eq=False)
class _Kept:
    block: SharedMemory | None
    ticket: Ticket | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRemote:
    """Opens the connection of a worker to one of the devices' processes, to each in turn.

    Attributes
    ----------
    addresses : sequence of str
        Of the devices' processes.
    turn : Synchronized
        Counts the workers.
    """

    addresses: Sequence[str]
    turn: "Synchronized[int]" = field(repr=False)

    def __call__(self, *, threads: int = 1, device: str = "auto") -> "RemoteRunner":
        """Connect; both arguments are the devices' own concern."""
        with self.turn.get_lock():
            index = self.turn.value
            self.turn.value += 1
        return RemoteRunner(_connect(self.addresses[index % len(self.addresses)]))


class RemoteRunner:
    """A `Runner` that asks the process of a device, and waits for it.

    Frames lie in shared memory from the moment they are handed over; one block serves file after file.
    """

    spec: ModelSpec
    lines_at_once: int

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.spec, self.lines_at_once = _received(connection)
        self._free: list[SharedMemory] = []
        self._named: dict[str, SharedMemory] = {}  # those that the device's process has not mapped yet
        self._dropped: list[str] = []
        self._released: list[Ticket] = []

    def upload(self, stored: NDArray[np.integer[Any]]) -> RemoteFrames:
        """Take in frames of one shape, ``int[n, rows, columns, 1|3]``."""
        native = stored.dtype.newbyteorder("=")
        block = self._block(stored.size * native.itemsize)
        np.copyto(np.ndarray(stored.shape, native, buffer=block.buf), stored)
        frames, rows, columns, samples = stored.shape
        kept = _Kept(block=block)
        handle = RemoteFrames(shape=(frames, rows, columns, samples), dtype=native.str, kept=kept)
        weakref.finalize(handle, self._give_back, kept).atexit = False
        return handle

    def detect(self, handle: RemoteFrames) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Return the text maps of both scales."""
        fine, coarse = self._find(handle, maps=True).scales
        assert isinstance(fine, np.ndarray), "maps were asked for"
        assert isinstance(coarse, np.ndarray), "maps were asked for"
        return fine, coarse

    def candidates(self, handle: RemoteFrames) -> tuple[Candidates, Candidates]:
        """Return the cells of both scales' maps that may belong to a line."""
        fine, coarse = self._find(handle, maps=False).scales
        assert isinstance(fine, Candidates), "candidates were asked for"
        assert isinstance(coarse, Candidates), "candidates were asked for"
        return fine, coarse

    def transcribe(
        self, handle: RemoteFrames, plan: NDArray[np.float32], width: int
    ) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the best class and its probability per step."""
        if handle.kept.ticket is None:
            self._find(handle, maps=False)
        assert handle.kept.ticket is not None
        released = self._taken(self._released)
        answer = self._ask(Read(ticket=handle.kept.ticket, plan=plan, width=width, released=released))
        assert isinstance(answer, tuple)
        return answer

    def classify(self, pages: ClassifierInput) -> NDArray[np.float32]:
        """Return what each character is."""
        answer = self._ask(Classify(pages=pages, released=self._taken(self._released)))
        assert isinstance(answer, np.ndarray)
        return answer

    def _find(self, handle: RemoteFrames, *, maps: bool) -> Found:
        block = handle.kept.block
        if block is None:
            raise ValueError("the frames of this handle were looked at already; upload them again")
        request = Find(
            block=block.name,
            shape=handle.shape,
            dtype=handle.dtype,
            maps=maps,
            dropped=self._taken(self._dropped),
            released=self._taken(self._released),
        )
        try:
            answer = self._ask(request)
        finally:
            self._forget_name(block)
        assert isinstance(answer, Found)
        handle.kept.ticket, handle.kept.block = answer.ticket, None
        self._free.append(block)
        return answer

    def _ask(self, request: Request) -> Answer:
        try:
            self._connection.send(request)
        except OSError:
            raise BrokenWorkerError("the process that runs the networks ended") from None
        answer: Answer = _received(self._connection)
        if isinstance(answer, Failed):
            raise MemoryError if answer.memory else NetworkError(answer.error)
        return answer

    def _block(self, size: int) -> SharedMemory:
        """Give a block that is large enough: one that is free, in place of smaller ones."""
        for index, block in enumerate(self._free):
            if block.size >= size:
                return self._free.pop(index)
        while self._free:
            dropped = self._free.pop()
            self._dropped.append(dropped.name)
            self._forget_name(dropped)
            dropped.close()
        block = SharedMemory(create=True, size=max(size, 1))
        self._named[block.name] = block
        return block

    def _forget_name(self, block: SharedMemory) -> None:
        """Take the name from memory that both sides have mapped: it is gone with them, however they end."""
        if self._named.pop(block.name, None) is not None:
            block.unlink()

    def _give_back(self, kept: _Kept) -> None:
        if kept.block is not None:
            self._free.append(kept.block)
        if kept.ticket is not None:
            self._released.append(kept.ticket)

    @staticmethod
    def _taken(names: list[Name]) -> tuple[Name, ...]:
        taken = tuple(names)
        names.clear()
        return taken


def _connect(address: str) -> Connection:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return Client(address, authkey=bytes(current_process().authkey))
        except (OSError, EOFError):
            if time.monotonic() > deadline:
                raise DeburnError("the process that runs the networks ended and could not be replaced") from None
        time.sleep(_PAUSE)


def _received(connection: Connection) -> Any:
    try:
        return connection.recv()
    except (EOFError, OSError):
        raise BrokenWorkerError("the process that runs the networks ended") from None
