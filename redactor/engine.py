"""Who does the work of a run: processes of this machine, its GPUs, or a cluster."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from .job import Done, Orders, Task, hire
from .lock import Inherited
from .workers import Crew, Lost, cores

# Seconds that one file may take: a floor that nothing honest reaches, and more for large ones, as slow as a
# cine compressed a hundredfold on a busy machine.
PATIENCE, BYTES_PER_SECOND = 600.0, 10_000


class Engine(Protocol):
    """Does files, in whatever order they get done."""

    def each(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Done | Lost]]:
        """Give each task once, with its result; tasks are taken only as fast as they are done."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Workforce:
    """What a run may use.

    Attributes
    ----------
    workers : int
        Processes of this machine.
    """

    workers: int

    def engine(self, orders: Orders, *, files: int, hold: Sequence[int] = ()) -> AbstractContextManager[Engine]:
        """Give the engine for a number of files, to be entered.

        On CPUs a worker does a whole file with networks of its own on one thread: measured against networks in
        one process for all workers, that is faster (docs/throughput.md).
        """
        count = max(1, min(self.workers, files))
        threads = max(1, cores() // count)  # few files on many cores: more threads each
        return Crew(partial(_hire, Inherited(list(hold)), orders, threads), count=count, patience=patience)


def patience(task: Task) -> float:
    """Give the seconds that a file may take."""
    return PATIENCE + task.entry.size / BYTES_PER_SECOND


def _hire(hold: Inherited, orders: Orders, threads: int) -> Callable[[Task], Done]:
    """Open the networks; the lock came along while the process was started."""
    return hire(orders, threads)
