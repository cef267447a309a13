"""Stop a training by what it does not learn from, and keep the weights that were best there."""

import copy
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from .devices import Place, agree
from .schedule import Average, write_state


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """How a training is held against what it does not learn from.

    Attributes
    ----------
    measure : callable
        From a network in evaluation mode, on the training's device, to its loss there.
    every : int
        Steps from one look to the next.
    patience : int
        Looks without a better one after which the training ends.
    """

    measure: Callable[[nn.Module], float]
    every: int
    patience: int


class Best:
    """The best averaged weights so far, on the disk as well, so that a killed run does not lose them.

    Parameters
    ----------
    check : Check
    network : nn.Module
        The one that is trained; a copy of it is measured, so that itself stays as it is.
    average : Average
        Of its weights.
    path : Path
        File of the best weights; what it holds is taken up.
    """

    def __init__(self, check: Check, network: nn.Module, average: Average, path: Path) -> None:
        self._check, self._average, self._path = check, average, path
        self._measured = copy.deepcopy(network).eval()
        self._state, self._loss, self._since = average.copied(), math.inf, 0
        if path.exists():
            known = torch.load(path, map_location=next(network.parameters()).device, weights_only=True)
            self._state, self._loss, self._since = known["average"], known["loss"], known["since"]

    def look(self, step: int, place: Place) -> bool:
        """Measure the averaged weights; return whether there has been nothing better for too long."""
        self._measured.load_state_dict(self._average.state)
        with torch.inference_mode():
            loss = agree(place, self._check.measure(self._measured))
        self._since += 1
        if loss < self._loss:
            self._state, self._loss, self._since = self._average.copied(), loss, 0
        if place.first:
            write_state(self._path, {"average": self._state, "loss": self._loss, "since": self._since})
            print(f"step {step}  held back {loss:.4f}  best {self._loss:.4f}", flush=True)
        return self._since >= self._check.patience

    def due(self, step: int) -> bool:
        """Tell whether it is time for a look."""
        return step % self._check.every == 0

    def take_back(self, network: nn.Module) -> None:
        """Make the best weights the average, and the network's."""
        self._average.state = self._state
        network.load_state_dict(self._state)
