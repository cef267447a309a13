"""Who does the work of a run: processes of this machine, its GPUs, or a Ray cluster."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from types import TracebackType
from typing import Protocol, Self

from .engine_ahead import Ahead
from .engine_devices import Devices
from .engine_ray import RayEngine
from .engine_remote import OpenRemote
from .job import Done, Orders, Task, hire
from .lock import Inherited
from .siblings import AHEAD, NOTHING, Header, read_header
from .workers import CONTEXT, Crew, Lost, cores

# Seconds that one file may take: a floor that nothing honest reaches, and more for large ones, as slow as a
# cine compressed a hundredfold on a busy machine.
PATIENCE, BYTES_PER_SECOND = 600.0, 10_000
# Workers beside GPUs hold no model, and wait for their answers: two per core keep a core busy.
BESIDE_GPU = 2
# Cores for each process that reads headers: a header is a small part of a file's work.
READERS = 4


class Engine(Protocol):
    """Does files, in whatever order they get done."""

    def __enter__(self) -> Self:
        """Start; what keeps it from getting ready is raised here."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End, in the middle of a file if need be."""
        ...

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
    devices : tuple of str
        Devices that run the networks for all workers, such as "cuda:0"; none where each worker has networks of
        its own, on the CPU.
    cluster : bool
        Use a Ray cluster instead of this machine.
    """

    workers: int
    devices: tuple[str, ...] = ()
    cluster: bool = False

    def headers(self, *, hold: Sequence[int] = ()) -> Ahead[Task, Header]:
        """Give who reads the headers of a stretch of files ahead, to be entered.

        Processes of their own: a header can be as hostile as pixels, and what libraries warn of quotes it.
        """
        count = max(1, min(self.workers, cores() // READERS))
        return Ahead(read_header, lost=NOTHING, stretch=AHEAD, count=count, hold=Inherited(list(hold)))

    def engine(self, orders: Orders, *, files: int, hold: Sequence[int] = ()) -> Engine:
        """Give the engine for a number of files, to be entered; its processes hold the open files `hold`."""
        if self.cluster:
            return RayEngine(orders)
        count = max(1, min(self.workers, files))
        if self.devices:
            return Staged(orders, self.devices, count=count, hold=Inherited(list(hold)))
        return _crew(orders, count=count, hold=Inherited(list(hold)))


class Staged:
    """Workers that read, decide and write, around one process per device that runs the networks for all of them.

    Frames go there in shared memory. A worker waits for its answer, so that there are never more files in memory
    than workers; what several wait for is one batch.
    """

    def __init__(self, orders: Orders, devices: Sequence[str], *, count: int, hold: Inherited) -> None:
        self._orders, self._count, self._hold = orders, count, hold
        self._devices = Devices(
            devices, open_runner=orders.open_runner, threads=max(1, cores() // len(devices)), hold=hold
        )
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            addresses = stack.enter_context(self._devices).addresses
            remote = OpenRemote(addresses=addresses, turn=CONTEXT.Value("i", 0))
            orders = replace(self._orders, open_runner=remote)
            self._crew = stack.enter_context(_crew(orders, count=self._count, hold=self._hold))
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def each(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Done | Lost]]:
        """Give each task once, with its result."""
        return self._crew.each(tasks)


def patience(task: Task) -> float:
    """Give the seconds that a file may take."""
    return PATIENCE + task.entry.size / BYTES_PER_SECOND


def _crew(orders: Orders, *, count: int, hold: Inherited) -> Crew[Task, Done]:
    threads = max(1, cores() // count)  # few files on many cores: more threads each
    return Crew(partial(_hire, hold, orders, threads), count=count, patience=patience)


def _hire(hold: Inherited, orders: Orders, threads: int) -> Callable[[Task], Done]:
    """Open the networks; the lock came along while the process was started."""
    return hire(orders, threads)
