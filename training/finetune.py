"""Fine-tune on a site's own truth: what is learned from, what is held back, and what stays as it is."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from torch import nn

from ..errors import UsageError
from ..model import load_spec
from ..model.spec import member
from .local_data import LocalFrame, check_apart, cut, load_frames, split
from .loop import Check
from .page import Page
from .settings import Settings
from .stream import Own

Batch = TypeVar("Batch")
# Parts of held-back frames that the early stop looks at: as many from each, always the same.
PARTS = 4
EVERY, PATIENCE = 50, 6
RATE, STEPS = 4e-4, 1500
HELD_BACK = "held-back.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """A site's own frames, parted.

    Attributes
    ----------
    own : Own
        Those to learn from, and their share.
    held : tuple of Page
        Those held back.
    """

    own: Own
    held: tuple[Page, ...]


def add_finetuning(parser: argparse.ArgumentParser) -> None:
    """Add the options of fine-tuning to a training's parser."""
    group = parser.add_argument_group("fine-tuning")
    group.add_argument("--finetune", action="store_true", help="go on from a trained network, with --data")
    group.add_argument("--data", type=Path, help="folder of reviewed truth, as deburn review writes it")
    group.add_argument("--held-back", type=Path, help="folder of truth of other patients to stop by; a part of --data")
    group.add_argument("--held-share", type=float, default=0.2, help="of the patients of --data that are held back")
    group.add_argument("--replay", type=float, default=0.5, help="share of synthetic pages, against forgetting")
    group.add_argument("--model", help="package to begin with; the shipped one, unless --start-from is given")


def check_options(parser: argparse.ArgumentParser, options: argparse.Namespace, network: str) -> None:
    """Check the options of a fine-tuning and fill in where it begins.

    Raises
    ------
    UsageError
        They contradict each other.
    """
    if not options.finetune:
        if options.data or options.held_back:
            raise UsageError("--data and --held-back need --finetune")
        return
    if options.data is None:
        raise UsageError("--finetune needs --data FOLDER, with the truth that deburn review wrote")
    if not 0 < options.held_share < 1 or not 0 <= options.replay < 1:
        raise UsageError("--held-share lies between 0 and 1, --replay is from 0 to below 1")
    if options.rate == parser.get_default("rate"):
        options.rate = RATE
    if options.steps == parser.get_default("steps"):
        options.steps = STEPS
    if options.start_from is None:
        spec, name = load_spec(options.model), f"{network}.safetensors"
        member(spec, name)  # its hash is right
        options.start_from = spec.folder / name


def local_of(options: argparse.Namespace, settings: Settings) -> Local | None:
    """Load and part the truth that the options name; write down which files are held back.

    Raises
    ------
    UsageError
        The truth is wrong, or a patient is in both parts.
    """
    if not options.finetune:
        return None
    frames = load_frames(options.data)
    if options.held_back is None:
        learnt, held = split(frames, options.held_share)
    else:
        learnt, held = frames, load_frames(options.held_back)
        check_apart(learnt, held)
    settings.output.mkdir(parents=True, exist_ok=True)
    names = sorted({frame.name.removesuffix(".json") for frame in held})
    (settings.output / HELD_BACK).write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
    print(f"{_counted(learnt)} to learn from, {_counted(held)} held back", flush=True)
    own = Own(pages=tuple(frame.page for frame in learnt), share=1 - options.replay)
    return Local(own=own, held=tuple(frame.page for frame in held))


def check_of(
    local: Local,
    size: tuple[int, int],
    batched: Callable[[list[Page]], Batch],
    loss_of: Callable[[nn.Module, Batch], float],
) -> Check:
    """Return what the early stop looks at: the loss on parts of the held-back frames.

    Parameters
    ----------
    local : Local
    size : (int, int)
        Of a part.
    batched : callable
        From pages to a batch.
    loss_of : callable
        From network and batch to a loss.
    """
    rng = np.random.default_rng(0)
    batches = [batched([cut(rng, page, *size) for _ in range(PARTS)]) for page in local.held]

    def measure(network: nn.Module) -> float:
        losses = [loss_of(network, batch) for batch in batches]
        return sum(losses) / len(losses)

    return Check(measure=measure, every=EVERY, patience=PATIENCE)


def freeze_statistics(network: nn.Module) -> None:
    """Keep the normalisations' statistics: those of a few local pages would replace what many pages taught."""
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.eval()


def _counted(frames: Sequence[LocalFrame]) -> str:
    patients = len({frame.patient for frame in frames})
    return f"{len(frames)} frames of {patients} patients"
