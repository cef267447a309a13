"""A run on a Ray cluster: files go to actors on its machines, results come back one by one.

Every machine must see the inputs and the output under the same paths. A machine or an actor that dies costs nothing:
Ray hands its files to another one, and doing a file twice comes to the same as doing it once. A file that kills
whoever touches it is dealt with inside of the actor, by the same processes as on one machine.
"""

import logging
import pickle
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ..errors import MissingExtraError
from .job import Done, Orders, Task
from .workers import Lost

if TYPE_CHECKING:
    from .engine import Engine

# Files of one call of Ray Data, so that a list of them is never longer, and of one task of an actor.
STRETCH, BATCH, BATCH_GPU = 20_000, 16, 256
# Cores of an actor with a GPU: what reads and writes for it.
CORES_PER_GPU = 8
UNACCOUNTED = "the cluster gave no result for it"


class RayEngine:
    """Does files on a Ray cluster: the one that RAY_ADDRESS names, or this machine.

    Raises
    ------
    MissingExtraError
        Ray is not installed.
    """

    def __init__(self, orders: Orders) -> None:
        if find_spec("ray") is None:
            raise MissingExtraError("--engine ray needs ray, which is not installed: pip install 'deburn[ray]'")
        self._orders = orders

    def __enter__(self) -> Self:
        ray = _ray()
        # What actors print could quote headers.
        ray.init(ignore_reinit_error=True, log_to_driver=False, logging_level=logging.ERROR)
        context = import_module("ray.data").DataContext.get_current()
        context.enable_progress_bars = False
        # Ray Data tells of each of its steps; the run's own lines say how it goes.
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _ray().shutdown()

    def each(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Done | Lost]]:
        """Give each task once, with its result."""
        tasks = iter(tasks)
        while stretch := list(islice(tasks, STRETCH)):
            yield from accounted(stretch, self._rows(stretch))

    def _rows(self, stretch: list[Task]) -> Iterator[dict[str, Any]]:
        data, resources = import_module("ray.data"), _ray().cluster_resources()
        share = share_of(int(resources.get("CPU", 1)), int(resources.get("GPU", 0)))
        rows = [{"number": number, "task": pickle.dumps(task)} for number, task in enumerate(stretch)]
        files = data.from_items(rows, override_num_blocks=-(-len(rows) // share.batch))
        done = files.map_batches(
            Station,
            fn_constructor_args=(self._orders, share),
            batch_size=share.batch,
            compute=data.ActorPoolStrategy(min_size=1, max_size=min(share.actors, -(-len(rows) // share.batch))),
            num_cpus=share.cores,
            num_gpus=share.gpus,
        )
        yield from done.iter_rows()


def _ray() -> Any:
    return import_module("ray")


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one actor has of the cluster.

    Attributes
    ----------
    actors : int
        How many there may be.
    cores, gpus : int
        Of each.
    batch : int
        Files of one of its tasks.
    """

    actors: int
    cores: int
    gpus: int
    batch: int


def share_of(cores: int, gpus: int) -> Share:
    """Divide a cluster: an actor for each GPU with some cores beside it; without GPUs one for each core."""
    if not gpus:
        return Share(actors=max(1, cores), cores=1, gpus=0, batch=BATCH)
    return Share(actors=gpus, cores=max(1, min(CORES_PER_GPU, cores // gpus)), gpus=1, batch=BATCH_GPU)


def accounted(stretch: list[Task], rows: Iterable[dict[str, Any]]) -> Iterator[tuple[Task, Done | Lost]]:
    """Give each task with its result exactly once, whatever the cluster gives twice or not at all."""
    waiting = dict(enumerate(stretch))
    for row in rows:
        task = waiting.pop(int(row["number"]), None)
        if task is not None:
            yield task, pickle.loads(row["result"])
    for task in waiting.values():
        yield task, Lost(reason=UNACCOUNTED)


class Station:
    """An actor: the engine of one machine, over its share of the cluster.

    Ray Data makes it in a process of its own and calls it with a batch of rows at a time.
    """

    def __init__(self, orders: Orders, share: Share) -> None:
        from .engine import BESIDE_GPU, Workforce

        workers = BESIDE_GPU * share.cores if share.gpus else share.cores
        # Ray shows each actor its own GPU only.
        workforce = Workforce(workers=workers, devices=("cuda:0",) if share.gpus else ())
        self._stack = ExitStack()
        self._engine: Engine = self._stack.enter_context(workforce.engine(orders, files=share.batch))

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[Any]]:
        """Do a batch: columns "number" and "task" in, "number" and "result" out."""
        tasks = [pickle.loads(task) for task in batch["task"]]
        numbers = {task.entry.name: int(number) for task, number in zip(tasks, batch["number"], strict=True)}
        results = [(numbers[task.entry.name], pickle.dumps(result)) for task, result in self._engine.each(tasks)]
        return {"number": [number for number, _ in results], "result": [result for _, result in results]}
