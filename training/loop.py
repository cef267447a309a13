"""The loop that every training runs: rate, steps, averages, checkpoints, log lines and events."""

import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import torch
from torch import Tensor, nn
from torch.optim import AdamW

from ..errors import DeburnError
from ..model.torch_runner import fill
from .devices import Place, agree, leave, share_gradients, take_place
from .early_stop import Best, Check
from .log import Log
from .schedule import Average, Budget, learning_rate, load_checkpoint, load_weights, save_checkpoint
from .settings import Settings

Batch = TypeVar("Batch")
# Seconds between checkpoints, and steps between log lines.
SAVE_EVERY, LOG_EVERY = 120, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one part of a batch teaches; parts are propagated back one by one, so that memory holds one of them.

    Attributes
    ----------
    loss : Tensor
        float32[], this part's share of the step's loss.
    said : dict of str to Tensor
        What goes into the log, each the part's share of the step's value.
    samples : int
        Pages or lines in it.
    """

    loss: Tensor
    said: dict[str, Tensor]
    samples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe(Generic[Batch]):
    """What differs from one network to the next.

    Attributes
    ----------
    network : nn.Module
        To be trained.
    batches : callable
        From the number of the first page and this process's place to its batches.
    parts : callable
        From a batch, the progress in [0, 1] and the device to what the batch teaches.
    weight_decay, clip : float
        AdamW's decay; the norm at which the gradients are clipped.
    adopt : callable, optional
        Makes of the weights to start from those of the network.
    freeze : callable, optional
        Sets what of the network is to stay as it is.
    check : Check, optional
        The averaged weights that it likes best are what the training returns.
    finish : callable, optional
        From the network with these, in evaluation mode, to the weights that the training gives instead.
    """

    network: nn.Module
    batches: Callable[[int, Place], Iterator[Batch]]
    parts: Callable[[Batch, float, str], Iterable[Part]]
    weight_decay: float
    clip: float
    adopt: Callable[[Mapping[str, Tensor]], Mapping[str, Tensor]] | None = None
    freeze: Callable[[nn.Module], None] | None = None
    check: Check | None = None
    finish: Callable[[nn.Module], dict[str, Tensor]] | None = None


def train(recipe: Recipe[Batch], settings: Settings) -> Average | None:
    """Train until the budget is spent; return the averaged weights, in the first process only.

    A run whose checkpoint lies in `settings.output` goes on from there. Under torchrun each process draws pages
    of its own, and all take the same steps.

    Raises
    ------
    DeburnError
        The gradients are no numbers any more; the last checkpoint stays.
    """
    settings.output.mkdir(parents=True, exist_ok=True)
    place = take_place(settings.device)
    torch.set_num_threads(settings.threads)
    network = recipe.network.to(place.device).train()
    if recipe.freeze is not None:
        recipe.freeze(network)
    learning = [parameter for parameter in network.parameters() if parameter.requires_grad]
    optimiser = AdamW(learning, lr=settings.rate, weight_decay=recipe.weight_decay)
    average, step, spent = Average(network), 0, 0.0
    checkpoint = settings.output / "checkpoint.pt"
    if checkpoint.exists():
        step, spent = load_checkpoint(checkpoint, network, optimiser, average)
    elif settings.start_from:
        weights = load_weights(settings.start_from)
        fill(network, recipe.adopt(weights) if recipe.adopt else weights, str(settings.start_from))
        average = Average(network)
    best = Best(recipe.check, network, average, checkpoint.with_name("best.pt")) if recipe.check else None
    if best is not None and step == 0:
        best.look(0, place)  # what it begins with is not to be lost for less
    budget = Budget(steps=settings.steps, minutes=settings.minutes)
    batches = recipe.batches(step * settings.batch * place.world, place)
    began = time.monotonic() - spent
    saved = time.monotonic()
    with Log(settings.output, place, every=LOG_EVERY) as log:
        while (progress := agree(place, budget.progress(step, time.monotonic() - began))) < 1.0:
            with log.waiting():
                batch = next(batches)
            for group in optimiser.param_groups:
                group["lr"] = learning_rate(settings.rate, progress)
            optimiser.zero_grad(set_to_none=True)
            for part in recipe.parts(batch, progress, place.device):
                part.loss.backward()
                log.add(part.said, part.samples)
            share_gradients(place, learning)
            norm = float(nn.utils.clip_grad_norm_(learning, recipe.clip))
            _check_finite(norm, step + 1, settings.rate)
            optimiser.step()
            average.update(network)
            step += 1
            log.tell(step, progress, time.monotonic() - began)
            if place.first and time.monotonic() - saved > SAVE_EVERY:
                save_checkpoint(checkpoint, network, optimiser, average, step, time.monotonic() - began)
                saved = time.monotonic()
            if best is not None and best.due(step) and best.look(step, place):
                break
    if best is not None:
        if step and not best.due(step):
            best.look(step, place)  # a short training would otherwise end with what it began with
        best.take_back(network)
    if place.first:
        seconds = time.monotonic() - began
        save_checkpoint(checkpoint, network, optimiser, average, step, seconds)
        if recipe.finish is not None:
            given = recipe.finish(network.eval())
            save_checkpoint(checkpoint, network, optimiser, average, step, seconds, given)
    leave(place)
    return average if place.first else None


def _check_finite(norm: float, step: int, rate: float) -> None:
    if not math.isfinite(norm):
        raise DeburnError(
            f"the loss is no number at step {step}; start again in another --output with a lower --rate than {rate:g}"
        )
