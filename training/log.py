"""What a training says: a line every few steps, and the same as TensorBoard's events."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import torch
from torch import Tensor

from .devices import Place

if TYPE_CHECKING:
    from torch.utils.tensorboard.writer import SummaryWriter


class Log:
    """Smoothed losses, rate, remaining time, and whether the pages come fast enough.

    Parameters
    ----------
    folder : Path
        TensorBoard's events go to ``events`` in it, where TensorBoard is installed.
    place : Place
        Only the first process writes.
    every : int
        Steps from one line to the next.
    """

    def __init__(self, folder: Path, place: Place, *, every: int) -> None:
        self.place, self.every = place, every
        self._sums: dict[str, float] = {}
        self._started = time.monotonic()
        self._samples, self._waited = 0, 0.0
        self._events = _open_events(folder / "events") if place.first else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._events is not None:
            self._events.close()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Count the time inside as time without pages: a device that waits wants more workers."""
        began = time.monotonic()
        yield
        self._waited += time.monotonic() - began

    def add(self, said: dict[str, Tensor], samples: int) -> None:
        """Take in what a step says, or a part of it."""
        self._samples += samples
        for name, value in said.items():
            self._sums[name] = self._sums.get(name, 0.0) + float(value.detach()) / self.every

    def tell(self, step: int, progress: float, seconds: float) -> None:
        """Write the line and the events, if it is time for them, and begin anew."""
        if step % self.every or not self.place.first:
            return
        passed = time.monotonic() - self._started
        facts = {"pages and lines a second": self._samples / passed, "waiting": self._waited / passed}
        facts |= _utilisation(self.place.device)
        if self._events is not None:
            for name, value in {**self._sums, **facts}.items():
                self._events.add_scalar(name.replace(" ", "_"), value, step)
        print(_line(step, progress, seconds, self._sums, facts), flush=True)
        self._sums, self._samples, self._waited, self._started = {}, 0, 0.0, time.monotonic()


def _line(step: int, progress: float, seconds: float, sums: dict[str, float], facts: dict[str, float]) -> str:
    left = seconds / max(progress, 1e-6) * (1 - progress)
    losses = "  ".join(f"{name} {value:.4f}" for name, value in sums.items())
    rate, waiting = facts["pages and lines a second"], facts["waiting"]
    busy = f"  GPU {facts['GPU utilisation']:.0%}" if "GPU utilisation" in facts else ""
    return f"step {step}  {progress:.1%}  {losses}  {rate:.1f}/s  waiting {waiting:.0%}{busy}  {left / 60:.0f} min left"


def _utilisation(device: str) -> dict[str, float]:
    """Return the GPU's utilisation, if there is a GPU and a library (nvidia-ml-py) to ask it."""
    if device.startswith("cuda"):  # device-only
        try:
            return {"GPU utilisation": torch.cuda.utilization(device) / 100}
        except ModuleNotFoundError:
            return {}
    return {}


def _open_events(folder: Path) -> "SummaryWriter | None":
    try:
        from torch.utils.tensorboard.writer import SummaryWriter
    except ImportError:
        return None  # the lines on the terminal say the same
    return SummaryWriter(str(folder))
