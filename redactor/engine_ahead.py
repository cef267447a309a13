"""Something small for every file before its turn, in processes of its own."""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from types import TracebackType
from typing import Generic, Self, TypeVar

from .lock import Inherited
from .workers import Crew, Lost

Item = TypeVar("Item")
Value = TypeVar("Value")

# Seconds that it may take for one item: it is small.
PATIENCE = 60.0


class Ahead(Generic[Item, Value]):
    """Does it for a stretch of items while the stretch before is worked on, and gives them in their order.

    Parameters
    ----------
    do : callable
        What to do; picklable, as are items and values.
    lost : object
        The value where it cannot be done: the process died or hung, twice.
    stretch : int
        Items that are done ahead.
    count : int
        Processes.
    hold : Inherited
        Held by them.
    """

    def __init__(self, do: Callable[[Item], Value], *, lost: Value, stretch: int, count: int, hold: Inherited) -> None:
        self._lost, self._stretch = lost, stretch
        self._crew: Crew[tuple[int, Item], tuple[int, Value]] = Crew(
            partial(_hire, do, hold), count=count, patience=_patience
        )
        self._done: queue.Queue[list[tuple[Item, Value]] | BaseException | None] = queue.Queue(maxsize=1)
        self._left = threading.Event()

    def __enter__(self) -> Self:
        return self  # the processes start with the first stretch: nobody waits for them before

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left.set()
        self._crew.close()

    def stretches(self, items: Iterable[Item]) -> Iterator[list[tuple[Item, Value]]]:
        """Yield the items, each with its value, a stretch at a time; once for each `with` block."""
        threading.Thread(target=self._run, args=(iter(items),), daemon=True).start()
        while (done := self._done.get()) is not None:
            if isinstance(done, BaseException):
                raise done
            yield done

    def _run(self, items: Iterator[Item]) -> None:
        try:
            while stretch := list(islice(items, self._stretch)):
                self._put(self._all_of(stretch))
            self._put(None)
        except BaseException as error:  # raised again where the stretches are awaited
            self._put(error)

    def _all_of(self, stretch: list[Item]) -> list[tuple[Item, Value]]:
        values = [self._lost] * len(stretch)
        for _, result in self._crew.each(enumerate(stretch)):
            if not isinstance(result, Lost):
                values[result[0]] = result[1]
        return list(zip(stretch, values, strict=True))

    def _put(self, done: list[tuple[Item, Value]] | BaseException | None) -> None:
        while not self._left.is_set():
            try:
                self._done.put(done, timeout=0.2)
            except queue.Full:
                continue
            return


def _hire(do: Callable[[Item], Value], hold: Inherited) -> Callable[[tuple[int, Item]], tuple[int, Value]]:
    return partial(_do, do)


def _do(do: Callable[[Item], Value], numbered: tuple[int, Item]) -> tuple[int, Value]:
    return numbered[0], do(numbered[1])


def _patience(numbered: object) -> float:
    return PATIENCE
