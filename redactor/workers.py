"""Work in processes of its own, so that a decoder that crashes takes one file with it and not the run."""

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from math import inf, isinf
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Generic, Self, TypeVar

from ..errors import DeburnError

Task = TypeVar("Task")
Result = TypeVar("Result")

# fork would copy the threads' locks of whatever the caller has loaded; spawn starts clean on every system.
CONTEXT = get_context("spawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A task whose worker died or hung, twice.

    Attributes
    ----------
    reason : str
        How it ended.
    """

    reason: str


class BrokenWorkerError(BaseException):
    """What the worker itself needs is gone; its task is for another one. No file's handler is to catch this."""


def cores() -> int:
    """Give the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Crew(Generic[Task, Result]):
    """Worker processes that each hold what `hire` made (a loaded model) and do one task at a time.

    A worker that dies, runs out of memory, or is not done `patience(task)` seconds after it began, is replaced;
    its task is tried once more at the end, alone, because memory may have been short; then it is `Lost`. Leaving
    the crew's `with` block, or the end of the parent process, ends the workers.

    Parameters
    ----------
    hire : callable
        Runs in each worker when it starts; returns the function that does a task. Picklable.
    count : int
        Number of workers.
    patience : callable
        Seconds that a task may take.
    """

    def __init__(
        self, hire: Callable[[], Callable[[Task], Result]], *, count: int, patience: Callable[[Task], float]
    ) -> None:
        self._hire = hire
        self._count = count
        self._patience = patience
        self._workers: list[_Worker[Task, Result]] = []
        self._closed = False

    def __enter__(self) -> Self:
        """Start the workers; what keeps one from getting ready is raised here."""
        try:
            self._fill(self._count)
            for worker in self._workers:  # all start at the same time
                worker.await_start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def each(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Result | Lost]]:
        """Give each task with its result as it is done, in the order of completion.

        Tasks are taken from the iterable one by one, when a worker is free.
        """
        lost: list[Task] = []
        for task, result in self._side_by_side(iter(tasks), self._count):
            if isinstance(result, Lost):
                lost.append(task)
            else:
                yield task, result
        if lost:
            self._end_workers()
        yield from self._side_by_side(iter(lost), 1)

    def close(self) -> None:
        """End the workers, in the middle of a task if need be, and start no others."""
        self._closed = True
        self._end_workers()

    def _end_workers(self) -> None:
        # Of a copy: a thread that finds one of them dead takes it out of the list.
        for worker in tuple(self._workers):
            worker.end()
        self._workers = []

    def _side_by_side(self, tasks: Iterator[Task], count: int) -> Iterator[tuple[Task, Result | Lost]]:
        waiting = deque(islice(tasks, count))
        while not self._closed and (waiting or any(worker.busy for worker in self._workers)):
            self._fill(min(count, len(self._workers) + len(waiting)))
            for worker in self._workers:
                self._hand_out(worker, waiting, tasks)
            for worker in self._awoken():
                if not worker.ready:
                    worker.await_start()
                    continue
                done = worker.result()
                if isinstance(done[1], Lost):
                    worker.end()
                    self._workers.remove(worker)
                else:
                    self._hand_out(worker, waiting, tasks)  # before the result: nobody waits for who takes that
                yield done

    def _hand_out(self, worker: "_Worker[Task, Result]", waiting: deque[Task], tasks: Iterator[Task]) -> None:
        if waiting and worker.ready and not worker.busy:
            worker.give(waiting[0], self._patience(waiting.popleft()))
            waiting.extend(islice(tasks, 1))

    def _fill(self, count: int) -> None:
        self._workers += [_Worker(self._hire) for _ in range(len(self._workers), count)]

    def _awoken(self) -> "list[_Worker[Task, Result]]":
        """Wait; give the workers that have something to say, or no time left."""
        at_work = [worker for worker in self._workers if worker.busy or not worker.ready]
        seconds = max(0.0, min((worker.time_left() for worker in at_work), default=0.0))
        # A dead worker's end of the pipe closes, so the pipe wakes for that as well.
        wait([worker.pipe for worker in at_work], timeout=None if isinf(seconds) else seconds)
        return [worker for worker in at_work if worker.pipe.poll() or worker.time_left() <= 0]


class _Worker(Generic[Task, Result]):
    """One process, the pipe to it and the task it is at."""

    def __init__(self, hire: Callable[[], Callable[[Task], Result]]) -> None:
        self.pipe, theirs = CONTEXT.Pipe()
        self._process = CONTEXT.Process(target=_work, args=(hire, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self._task: list[Task] = []
        self._until = 0.0
        self.ready = False
        self._ending = threading.Lock()

    @property
    def busy(self) -> bool:
        return bool(self._task)

    def await_start(self) -> None:
        """Wait until the worker is ready; raise what kept it from getting so."""
        try:
            problem = self.pipe.recv()
        except EOFError:
            raise DeburnError("a worker process ended while it started") from None
        if problem is not None:
            raise problem
        self.ready = True

    def give(self, task: Task, seconds: float) -> None:
        """Let the worker begin a task."""
        self._task, self._until = [task], time.monotonic() + seconds
        try:
            self.pipe.send(task)
        except (BrokenPipeError, ConnectionResetError):
            return  # it died between two tasks; result() reports it

    def time_left(self) -> float:
        """Give the seconds until patience ends; a worker without a task may take its time."""
        return self._until - time.monotonic() if self._task else inf

    def result(self) -> tuple[Task, Result | Lost]:
        """Give the task and its result; the worker has one, or is dead, or its time is up."""
        result: Result | Lost = Lost(reason="processing took too long and was stopped")
        if self.pipe.poll():
            try:
                result = self.pipe.recv()
            except (EOFError, ConnectionResetError):
                self._process.join()
                result = Lost(reason=_ending(self._process.exitcode))
        return self._task.pop(), result

    def end(self) -> None:
        """Kill the process; whatever it was writing was masked already and is swept by the run.

        A thread that finds it dead may do so while another one closes the crew: the pipe is closed once, since a
        second time its descriptor may be somebody else's.
        """
        with self._ending:
            if self.pipe.closed:
                return
            self._process.kill()
            self._process.join()
            self.pipe.close()


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        return f"processing ended by signal {signal.Signals(-code).name}"
    return f"processing ended with status {code}"


def _work(hire: Callable[[], Callable[[Task], Result]], pipe: Connection) -> None:
    """Be a worker: report for work, then do one task after the other until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    threading.Thread(target=leave_with_parent, daemon=True).start()
    try:
        do = hire()
    except DeburnError as problem:
        pipe.send(problem)
        return
    pipe.send(None)
    silence()
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        try:
            result: Result | Lost = do(task)
        except MemoryError:
            result = Lost(reason="there was not enough memory for it")
        except BrokenWorkerError as problem:
            result = Lost(reason=str(problem))
        pipe.send(result)


def leave_with_parent() -> None:
    """End at once when the parent is gone, also in the middle of a task that hangs."""
    parent = parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)


def silence() -> None:
    """Close standard output and error: libraries warn there, and quote what they read in a header."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
