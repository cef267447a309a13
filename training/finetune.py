"""Fine-tune on a site's own truth: what is learned from, what is held back, and what is not to be forgotten."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TypeVar, get_args

import numpy as np
from torch import Tensor, nn

from ..errors import UsageError
from ..model import load_spec
from ..model.spec import member
from .devices import Place, first_process
from .early_stop import Check
from .local_data import Group, LocalFrame, check_apart, cut, load_frames, split
from .loop import Recipe
from .mix import Losses, along, best_share, mixed
from .page import Page
from .run_record import check_record, record_of, write_record
from .schedule import load_weights
from .settings import Settings, settings_of
from .stream import Own, Preparation, open_stream

Sample = TypeVar("Sample")
Batch = TypeVar("Batch")
# Parts of held-back frames that the early stop looks at: as many from each, always the same.
PARTS = 4
EVERY, PATIENCE = 50, 6
# What a fine-tuning takes unless told otherwise: on one processor both networks together take less than half an hour.
RATE, STEPS, BATCH = 4e-4, 800, 8
# Synthetic pages by which forgetting is measured, in batches, of a seed that no training has by itself.
REPLAYED, TOGETHER, REPLAY_SEED = 64, 8, 30_003
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
    start : Path or None
        Weights that the network begins with.
    mix : float or None
        Share of these in what the training gives; None to find it.
    backgrounds : Path or None
        Folder of text-free files for the synthetic pages.
    """

    own: Own = field(default_factory=Own)
    held: tuple[Page, ...] = ()
    start: Path | None = None
    mix: float | None = None
    backgrounds: Path | None = None


def begin(
    parser: argparse.ArgumentParser, argv: list[str] | None, network: str
) -> tuple[argparse.Namespace, Settings, Local]:
    """Return a training's options, checked, its settings, and the truth that they name.

    Raises
    ------
    UsageError
        The options contradict each other, the truth is wrong, a patient is in both parts, or the output holds a run
        on something else.
    """
    options = parser.parse_args(argv)
    if options.finetune:
        parser.set_defaults(rate=RATE, steps=STEPS, batch=BATCH)
        options = parser.parse_args(argv)
    check_options(options, network)
    settings = settings_of(options)
    record = record_of(options) if options.finetune else None
    check_record(settings.output, record)
    if record is None:
        return options, settings, Local()
    local = local_of(options, settings)
    if first_process():
        write_record(settings.output, record)
    return options, settings, local


def add_finetuning(parser: argparse.ArgumentParser) -> None:
    """Add the options of fine-tuning to a training's parser."""
    group = parser.add_argument_group("fine-tuning")
    group.add_argument("--finetune", action="store_true", help="go on from a trained network, with --data")
    group.add_argument("--data", type=Path, help="folder of reviewed truth, as deburn review writes it")
    group.add_argument("--held-back", type=Path, help="folder of truth of other patients to stop by; a part of --data")
    group.add_argument("--held-share", type=float, default=0.2, help="of the patients of --data that are held back")
    group.add_argument(
        "--split",
        choices=get_args(Group),
        default="patient",
        help="what is held back: patients of each device, or all images of some devices, to see how a new one would do",
    )
    group.add_argument("--replay", type=float, default=0.5, help="share of synthetic pages, against forgetting")
    group.add_argument(
        "--mix",
        type=float,
        help="share of the weights it began with in the result, against forgetting; found by what is held back and "
        "synthetic pages unless given (WiSE-FT, Wortsman et al., CVPR 2022)",
    )
    group.add_argument("--model", help="package to begin with; the shipped one, unless --start-from is given")


def check_options(options: argparse.Namespace, network: str) -> None:
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
    if options.mix is not None and not 0 <= options.mix < 1:
        raise UsageError("--mix is from 0 to below 1")
    if options.start_from is None:
        spec, name = load_spec(options.model), f"{network}.safetensors"
        member(spec, name)  # its hash is right
        options.start_from = spec.folder / name
    if not options.start_from.is_file():
        raise UsageError(f"no weights at {options.start_from}; expected a safetensors file or a checkpoint")


def local_of(options: argparse.Namespace, settings: Settings) -> Local:
    """Load and part the truth that the options name; write down which files are held back.

    Raises
    ------
    UsageError
        The truth is wrong, or a patient is in both parts.
    """
    frames = load_frames(options.data)
    if options.held_back is None:
        learnt, held = split(frames, options.held_share, options.split)
    else:
        learnt, held = frames, load_frames(options.held_back)
        check_apart(learnt, held)
    settings.output.mkdir(parents=True, exist_ok=True)
    names = sorted({frame.name for frame in held})
    if first_process():
        (settings.output / HELD_BACK).write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
        print(f"{_counted(learnt)} to learn from, {_counted(held)} held back", flush=True)
    return Local(
        own=Own(pages=tuple(frame.page for frame in learnt), share=1 - options.replay),
        held=tuple(frame.page for frame in held),
        start=options.start_from,
        mix=options.mix,
        backgrounds=options.backgrounds,
    )


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

    def finish(network: nn.Module) -> dict[str, Tensor]:
        return _mix(network, local, measure, lambda: _replayed(local, preparation), loss_of)

    check = Check(measure=measure, every=EVERY, patience=PATIENCE)
    return replace(recipe, freeze=freeze_statistics, check=check, finish=finish)


def _mix(
    network: nn.Module,
    local: Local,
    measure: Callable[[nn.Module], float],
    replayed: Callable[[], list[Batch]],
    loss_of: Callable[[nn.Module, Batch, str], float],
) -> dict[str, Tensor]:
    """Return the network's weights, mixed with those it began with."""
    assert local.start is not None
    start, share = load_weights(local.start), local.mix
    if share is None:
        batches, device = replayed(), str(next(network.parameters()).device)

        def losses_of(network: nn.Module) -> Losses:
            replay = sum(loss_of(network, batch, device) for batch in batches) / len(batches)
            return Losses(local=measure(network), replay=replay)

        found = along(network, start, losses_of)
        share = best_share(found)
        told = ", ".join(f"{of} {found[of].local:.4f} and {found[of].replay:.4f}" for of in sorted({0.0, share, 1.0}))
        print(f"held back and synthetic, by share of the first weights: {told}", flush=True)
    print(f"mixed with {share:g} of the weights it began with", flush=True)
    return mixed(start, network.state_dict(), share)


def _replayed(local: Local, preparation: Preparation[Sample, Batch]) -> list[Batch]:
    """Return synthetic pages that are always the same."""
    stream = open_stream(
        preparation, seed=REPLAY_SEED, start=0, place=Place(device="cpu", rank=0, world=1),
        backgrounds=local.backgrounds, batch=TOGETHER, workers=0, own=Own(),
    )  # fmt: skip
    return list(islice(stream, REPLAYED // TOGETHER))


def freeze_statistics(network: nn.Module) -> None:
    """Keep the normalisations' statistics: those of a few local pages would replace what many pages taught."""
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.eval()


def _counted(frames: Sequence[LocalFrame]) -> str:
    patients = len({frame.patient for frame in frames})
    return f"{len(frames)} frames of {patients} patients"
