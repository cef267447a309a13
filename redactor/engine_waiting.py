"""What workers have asked of a device and what of it is done together."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..model import Handle
from .engine_messages import Answer, Classify, Find, Read, Ticket

# Pixels of a batch.
BATCH_PIXELS = 32_000_000
# Lines that the classifier judges at once, of all files together: it compares each with each.
LINES_JUDGED = 512


@dataclass(slots=True, kw_only=True, eq=False)
class Client:
    """A worker: the connection to it, the memory shared with it, what it has on the device."""

    connection: Connection
    blocks: dict[str, SharedMemory] = field(default_factory=dict)
    tickets: set[Ticket] = field(default_factory=set)

    def answer(self, answer: Answer) -> None:
        """Send the answer, if the worker is still there."""
        try:
            self.connection.send(answer)
        except OSError:
            return  # it is gone; who attends to it tidies up


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WaitingFrames:
    """Frames that a worker handed in."""

    client: Client
    request: Find
    block: SharedMemory

    @property
    def kind(self) -> tuple[Any, ...]:
        """What frames of one batch have in common."""
        return (self.request.shape[1:], self.request.dtype, self.request.maps)

    @property
    def size(self) -> int:
        """Pixels."""
        frames, rows, columns, _ = self.request.shape
        return frames * rows * columns

    def view(self) -> NDArray[np.integer[Any]]:
        """Return the frames, where the worker put them."""
        return np.ndarray(self.request.shape, self.request.dtype, buffer=self.block.buf)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Batch:
    """Frames on the device, and whose they are."""

    handle: Handle
    frames: Sequence[WaitingFrames]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Place:
    """Where the frames of a ticket are: on the device until the last ticket of their batch is given back."""

    handle: Handle
    first: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WaitingLines:
    """Lines that a worker wants read."""

    client: Client
    request: Read
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WaitingPages:
    """Text that a worker wants the classifier's opinion of."""

    client: Client
    request: Classify


def alike(waiting: deque[WaitingFrames]) -> list[WaitingFrames]:
    """Take the frames that have waited longest, and as many like them as a batch holds."""
    chosen, rest = [waiting.popleft()], deque[WaitingFrames]()
    size = chosen[0].size
    while waiting:
        one = waiting.popleft()
        if one.kind == chosen[0].kind and size + one.size <= BATCH_PIXELS:
            chosen.append(one)
            size += one.size
        else:
            rest.append(one)
    waiting.extend(rest)
    return chosen


def together(waiting: deque[WaitingLines], most: int) -> list[WaitingLines]:
    """Take the lines that have waited longest, and others of the same batch whose crops are as wide."""
    chosen, rest = [waiting.popleft()], deque[WaitingLines]()
    lines = len(chosen[0].request.plan)
    while waiting:
        one = waiting.popleft()
        fits = one.request.width == chosen[0].request.width and lines + len(one.request.plan) <= most
        if one.place.handle is chosen[0].place.handle and fits:
            chosen.append(one)
            lines += len(one.request.plan)
        else:
            rest.append(one)
    waiting.extend(rest)
    return chosen


def side_by_side(waiting: deque[WaitingPages]) -> list[WaitingPages]:
    """Take the pages that have waited longest, as many as the classifier judges at once."""
    chosen = [waiting.popleft()]
    lines = len(chosen[0].request.pages.lines) if waiting else 0
    while waiting and lines + len(waiting[0].request.pages.lines) <= LINES_JUDGED:
        chosen.append(waiting.popleft())
        lines += len(chosen[-1].request.pages.lines)
    return chosen
