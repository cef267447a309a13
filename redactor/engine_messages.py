"""What workers and the process that runs the networks of one device say to each other."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..model import Candidates
from ..model.classifier_input import ClassifierInput

Ticket = int


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """Take in frames and give the cells that may belong to lines.

    Attributes
    ----------
    block : str
        Name of the shared memory in which they lie, native integers; it is theirs until the answer comes.
    shape : tuple of int
        Frames, rows, columns, samples.
    dtype : str
        Of a sample.
    maps : bool
        Give the whole maps instead.
    dropped : tuple of str
        Blocks that are no longer used.
    released : tuple of int
        Tickets that are no longer needed.
    """

    block: str
    shape: tuple[int, int, int, int]
    dtype: str
    maps: bool = False
    dropped: tuple[str, ...] = ()
    released: tuple[Ticket, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer to `Find`.

    Attributes
    ----------
    ticket : int
        Under which the frames stay on the device.
    scales : tuple
        Candidates of both scales, or both maps.
    """

    ticket: Ticket
    scales: tuple[Candidates, Candidates] | tuple[NDArray[np.uint8], NDArray[np.uint8]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Transcribe crops of frames that are on the device, as `Runner.transcribe` does."""

    ticket: Ticket
    plan: NDArray[np.float32]
    width: int
    released: tuple[Ticket, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Classify:
    """Give the classifier's opinion, as `Runner.classify` does."""

    pages: ClassifierInput
    released: tuple[Ticket, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The networks failed on this request, alone.

    Attributes
    ----------
    error : str
        The type of what was raised.
    memory : bool
        Whether memory ran out: it may fit later.
    """

    error: str
    memory: bool


Request = Find | Read | Classify
Answer = Found | Failed | tuple[NDArray[np.int32], NDArray[np.float32]] | NDArray[np.float32]


def frames_of(candidates: Candidates, first: int, stop: int) -> Candidates:
    """Give the candidates of frames first to stop-1 of a batch, as those of a batch of their own."""
    _, rows, columns = candidates.shape
    size = 2 * rows * columns  # scores of a frame: level and upright
    begin, end = np.searchsorted(candidates.place, (first * size, stop * size))
    return Candidates(
        shape=(stop - first, rows, columns),
        place=candidates.place[begin:end] - first * size,
        values=np.ascontiguousarray(candidates.values[:, begin:end]),
    )


def is_memory_error(error: Any) -> bool:
    """Say whether memory ran out, on the host or, by torch's own error, on a GPU."""
    return isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError"
