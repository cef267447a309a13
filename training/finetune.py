"""Fine-tune on a site's own truth: what is learned from, what is held back, and what stays as it is."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
from torch import nn

from ..errors import UsageError
from ..model import load_spec
from ..model.spec import member
from .early_stop import Check
from .local_data import LocalFrame, check_apart, cut, load_frames, split
from .loop import Recipe
from .page import Page
from .settings import Settings, settings_of
from .stream import Own, Preparation

Sample = TypeVar("Sample")
Batch = TypeVar("Batch")
# Parts of held-back frames that the early stop looks at: as many from each, always the same.
PARTS = 4
EVERY, PATIENCE = 50, 6
RATE, STEPS = 4e-4, 1500
HELD_BACK = "held-back.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """A site's own frames, parted; none of them where a network learns from synthetic pages alone.

    Attributes
    ----------
    own : Own
        Those to learn from, and their share.
    held : tuple of Page
        Those held back.
    """

    own: Own = field(default_factory=Own)
    held: tuple[Page, ...] = ()


def begin(
    parser: argparse.ArgumentParser, argv: list[str] | None, network: str
) -> tuple[argparse.Namespace, Settings, Local]:
    """Return a training's options, checked, its settings, and the truth that they name.

    Raises
    ------
    UsageError
        The options contradict each other, the truth is wrong, or a patient is in both parts.
    """
    options = parser.parse_args(argv)
    check_options(parser, options, network)
    settings = settings_of(options)
    return options, settings, local_of(options, settings) if options.finetune else Local()


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


def local_of(options: argparse.Namespace, settings: Settings) -> Local:
    """Load and part the truth that the options name; write down which files are held back.

    Raises
    ------
    UsageError
        The truth is wrong, or a patient is in both parts.
    """
    frames = load_frames(options.data)
    if options.held_back is None:
        learnt, held = split(frames, options.held_share)
    else:
        learnt, held = frames, load_frames(options.held_back)
        check_apart(learnt, held)
    settings.output.mkdir(parents=True, exist_ok=True)
    names = sorted({frame.name for frame in held})
    (settings.output / HELD_BACK).write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
    print(f"{_counted(learnt)} to learn from, {_counted(held)} held back", flush=True)
    own = Own(pages=tuple(frame.page for frame in learnt), share=1 - options.replay)
    return Local(own=own, held=tuple(frame.page for frame in held))


def finetuned(
    recipe: Recipe[Batch],
    local: Local,
    preparation: Preparation[Sample, Batch],
    loss_of: Callable[[nn.Module, Batch, str], float],
) -> Recipe[Batch]:
    """Return a recipe by which a network is fine-tuned; as it is where there is nothing local.

    Parameters
    ----------
    recipe : Recipe
    local : Local
    preparation : Preparation
        How the network wants its pages.
    loss_of : callable
        From network, batch and device to a loss.
    """
    if not local.held:
        return recipe
    rng = np.random.default_rng(0)
    parts = [[cut(rng, page, *preparation.size) for _ in range(PARTS)] for page in local.held]
    batches = [preparation.collate([preparation.prepare(one) for one in some]) for some in parts]

    def measure(network: nn.Module) -> float:
        device = str(next(network.parameters()).device)
        return sum(loss_of(network, batch, device) for batch in batches) / len(batches)

    check = Check(measure=measure, every=EVERY, patience=PATIENCE)
    return replace(recipe, freeze=freeze_statistics, check=check)


def freeze_statistics(network: nn.Module) -> None:
    """Keep the normalisations' statistics: those of a few local pages would replace what many pages taught."""
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.eval()


def _counted(frames: Sequence[LocalFrame]) -> str:
    patients = len({frame.patient for frame in frames})
    return f"{len(frames)} frames of {patients} patients"
