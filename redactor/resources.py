"""What of this machine does the work: its GPUs, and how many processes."""

from functools import partial
from pathlib import Path

from ..model import open_runner
from .engine import BESIDE_GPU, Workforce
from .engine_devices import local_gpus
from .job import OpenRunner
from .workers import cores

# A worker holds a model and a file in memory; beyond these, threads take the remaining cores.
MOST_WORKERS, MOST_CUDA_WORKERS = 16, 4


def gpus_of(device: str) -> tuple[str, ...]:
    """Give the GPUs to use: all of them, unless there are none or the CPU was asked for."""
    return () if device == "cpu" else local_gpus()


def opener(model: Path | None, device: str, gpus: tuple[str, ...]) -> OpenRunner:
    """Give what opens the networks in a worker."""
    # Without a GPU no worker needs to look for one: torch would cost each of them its memory.
    return partial(open_runner, model, device="cpu" if device == "auto" and not gpus else device)


def workforce_of(workers: int | None, gpus: tuple[str, ...]) -> Workforce:
    """Give how many processes work, and on which GPUs; `workers` is None where nobody said."""
    default = BESIDE_GPU * cores() if gpus else default_workers("cpu")
    return Workforce(workers=workers or default, devices=gpus)


def default_workers(device: str) -> int:
    """Give how many processes work with networks of their own unless somebody says otherwise."""
    return min(cores(), MOST_CUDA_WORKERS if device == "cuda" else MOST_WORKERS)
