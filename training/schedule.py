"""The course of a training: when it ends, how fast it learns, running averages, checkpoints."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.optim import Optimizer

from ..errors import DeburnError


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """When to stop: after so many steps or so many minutes, whichever comes first.

    Attributes
    ----------
    steps : int
        Optimiser steps.
    minutes : float
        Of wall-clock time, over all resumed runs together.
    """

    steps: int
    minutes: float

    def progress(self, step: int, seconds: float) -> float:
        """Return how much of the budget is spent, in [0, 1]."""
        return min(1.0, max(step / self.steps, seconds / 60 / self.minutes))


def learning_rate(peak: float, progress: float, warm_up: float = 0.02) -> float:
    """Return the rate: linear warm-up, then a cosine to a hundredth of the peak."""
    if progress < warm_up:
        return peak * (0.05 + 0.95 * progress / warm_up)
    return peak * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * (progress - warm_up) / (1 - warm_up))))


class Average:
    """Exponential moving average of a network's weights and statistics."""

    def __init__(self, network: nn.Module, decay: float = 0.999) -> None:
        self.decay = decay
        self.state = _copied(network.state_dict())
        self.steps = 0

    def copied(self) -> dict[str, Tensor]:
        """Return the averages as they are now."""
        return _copied(self.state)

    @torch.no_grad()
    def update(self, network: nn.Module) -> None:
        """Move towards the network's present weights; faster in the beginning."""
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        for name, value in network.state_dict().items():
            if value.dtype.is_floating_point:
                self.state[name].lerp_(value, 1 - decay)
            else:
                self.state[name].copy_(value)


def _copied(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {name: value.detach().clone() for name, value in state.items()}


def write_state(path: Path, state: Mapping[str, object]) -> None:
    """Write what `torch.load` reads with `weights_only`, which unpickles no code: whole or not at all.

    Raises
    ------
    DeburnError
        The disk is full, or the folder cannot be written to; an earlier file of that name stays.
    """
    partial = path.with_suffix(".part")
    try:
        torch.save(dict(state), partial)
        partial.replace(path)
    except (OSError, RuntimeError) as error:  # torch's own writer says RuntimeError where the disk is full
        partial.unlink(missing_ok=True)
        why = (error.strerror if isinstance(error, OSError) else None) or "the disk may be full"
        earlier = "the earlier one is intact" if path.exists() else "there is no earlier one"
        raise DeburnError(
            f"{path} cannot be written ({why}); {earlier}; make room and give the same command again to go on"
        ) from None


def save_checkpoint(
    path: Path,
    network: nn.Module,
    optimiser: Optimizer,
    average: Average,
    step: int,
    seconds: float,
    given: Mapping[str, Tensor] | None = None,
) -> None:
    """Write a checkpoint, whole or not at all; what is `given` takes the average's place for who uses the network.

    Raises
    ------
    DeburnError
        It cannot be written; the earlier one stays.
    """
    state = {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "average": average.state}
    write_state(path, {**state, "step": step, "seconds": seconds, **({"given": dict(given)} if given else {})})


def load_checkpoint(path: Path, network: nn.Module, optimiser: Optimizer, average: Average) -> tuple[int, float]:
    """Take up a run where its checkpoint left it; return its steps and the seconds that it took."""
    state = torch.load(path, map_location=next(network.parameters()).device, weights_only=True)
    network.load_state_dict(state["network"])
    optimiser.load_state_dict(state["optimiser"])
    average.state, average.steps = state["average"], state["step"]
    return state["step"], state["seconds"]


def load_weights(path: Path) -> dict[str, Tensor]:
    """Return a network's weights: of a package's safetensors file, or those that a checkpoint gives, else averages.

    Packages hold kernels in float16; what is returned is float32.
    """
    if path.suffix == ".safetensors":
        return {name: value.float() if value.is_floating_point() else value for name, value in load_file(path).items()}
    state = torch.load(path, map_location="cpu", weights_only=True)
    return cast(dict[str, Tensor], state.get("given", state["average"]))
