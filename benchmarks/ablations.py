"""What the detector is worth without one of its parts: networks trained anew for each, alike in everything else.

    python benchmarks/ablations.py ../shared/eval/real --backgrounds FOLDER --output FOLDER [--steps 4000] [--only NAME]

trains, from the same first weights and the same pages, the detector as it is, without each of its input windows, of
other widths, with maps of half the resolution, and with pages that lack an ingredient. Each is then measured on the
development images, without the reader: at the score that leaves a tenth of the text-free images with a false box, the
share of the lines that boxes cover to 90 % (padded as `text_detection.py` does). A finished network in --output is not
trained again. Needs torch; a step takes half a second on one core.
"""

import argparse
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from text_detection import COVERED, Image, corners_of, coverage, groups_of, images_of
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils import convert_conv2d_weight_memory_format

from deburn.model import detect, load_spec
from deburn.model.detector import Detector
from deburn.model.torch_runner import TorchRunner
from deburn.training import finish, synthetic_page
from deburn.training.devices import Place, mixed_precision
from deburn.training.loop import Part, Recipe, train
from deburn.training.schedule import load_weights
from deburn.training.settings import Settings
from deburn.training.stream import Own, Preparation, open_stream
from deburn.training.train_detector import Batch, collate, losses, prepare

WINDOWS = ("full range", "percentile window", "local contrast", "colour")
GROUPS = ("all lines", "PHI", "1-2 characters", "height < 10", "height < 20", "height < 80")
SIDE, BATCH, SEED = 256, 8, 71
# Share of the text-free images that may show a false box where networks are compared, and the least score looked at.
FALSE, LEAST = 0.1, 0.2


class Halved(nn.Module):
    """Text maps of which two by two cells are one."""

    def __init__(self, maps: nn.Module) -> None:
        super().__init__()
        self.maps = maps

    def forward(self, channels: Tensor) -> Tensor:
        """Return the maps, each value standing four times."""
        maps: Tensor = self.maps(channels)
        halves = functional.avg_pool2d(maps, 2, ceil_mode=True)
        return functional.interpolate(halves, scale_factor=2.0)[:, :, : maps.shape[2], : maps.shape[3]]


def halved() -> Detector:
    """Return a detector whose maps have strides of 4."""
    detector = Detector()
    detector.maps = Halved(detector.maps)  # type: ignore[assignment]
    return detector


def blind(window: int) -> Detector:
    """Return a detector that gets nothing through one of its windows."""
    detector = Detector()

    def blank(_module: nn.Module, _inputs: object, channels: Tensor) -> Tensor:
        kept = torch.ones(channels.shape[1], device=channels.device)
        kept[window] = 0
        return channels * kept[:, None, None]

    detector.windows.register_forward_hook(blank)
    return detector


@contextmanager
def lacking(*names: str) -> Iterator[None]:
    """Draw pages without clutter, anatomy, degradation or finishes."""
    kept = {name: getattr(synthetic_page, name) for name in names if name != "finishes"}
    shares = dict(finish.SHARES)
    for name in kept:
        setattr(synthetic_page, name, lambda _rng, plane, *_counts: plane)
    if "finishes" in names:
        finish.SHARES.clear()
    try:
        yield
    finally:
        for name, function in kept.items():
            setattr(synthetic_page, name, function)
        finish.SHARES.update(shares)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A detector that differs in one thing.

    Attributes
    ----------
    build : callable
    lacks : tuple of str
        What its pages are drawn without, see `lacking`.
    real : bool
        Whether real frames are among the backgrounds.
    """

    build: Callable[[], Detector] = Detector
    lacks: tuple[str, ...] = ()
    real: bool = True


VARIANTS = {
    "as it is": Variant(),
    **{
        f"without {name}": Variant(build=lambda index=index: blind(index)) for index, name in enumerate(WINDOWS)
    },
    "half as wide": Variant(build=lambda: Detector((8, 16, 32, 48, 64), 24)),
    "one and a half times as wide": Variant(build=lambda: Detector((24, 48, 96, 144, 192), 56)),
    "maps at stride 4": Variant(build=halved),
    "pages without clutter and anatomy": Variant(lacks=("draw_clutter", "draw_anatomy")),
    "pages without blur, noise and codecs": Variant(lacks=("degrade",)),
    "letters without finishes": Variant(lacks=("finishes",)),
    "procedural backgrounds alone": Variant(real=False),
}  # fmt: skip


def trained(variant: Variant, options: argparse.Namespace, output: Path) -> Detector:
    """Return the network, trained or as it was trained before."""
    torch.manual_seed(SEED)
    detector = variant.build()
    convert_conv2d_weight_memory_format(detector, torch.channels_last)
    pages = Preparation(size=(SIDE, SIDE), prepare=prepare, collate=collate)

    def batches(start: int, place: Place) -> Iterator[Batch]:
        return open_stream(
            pages, seed=SEED, start=start, place=place, backgrounds=options.backgrounds if variant.real else None,
            batch=BATCH, workers=options.workers, own=Own(),
        )  # fmt: skip

    def parts(batch: Batch, _progress: float, device: str) -> Iterator[Part]:
        stored, target = (tensor.to(device) for tensor in batch)
        channels = detector.windows(stored).contiguous(memory_format=torch.channels_last)
        with mixed_precision(device):
            maps = detector.maps(channels)
        said = losses(maps.float(), target)
        yield Part(loss=said["found"] + said["hard"] + said["dice"] + 2 * said["edge"], said=said, samples=BATCH)

    settings = Settings(
        output=output, steps=options.steps, minutes=1e9, batch=BATCH, rate=3e-3, seed=SEED, workers=options.workers,
        threads=1, device=options.device, start_from=None,
    )  # fmt: skip
    done = output / f"{options.steps}.done"
    if not done.exists():
        with lacking(*variant.lacks):
            train(Recipe(network=detector, batches=batches, parts=parts, weight_decay=0.02, clip=5.0), settings)
        done.touch()
    detector.load_state_dict(load_weights(output / "checkpoint.pt"))
    return detector.eval()


def row(name: str, detector: Detector, images: list[Image]) -> str:
    """Return a row of the table."""
    parameters = sum(value.numel() for value in detector.parameters())
    spec = load_spec()
    runner = TorchRunner(replace(spec, thresholds=replace(spec.thresholds, line=LEAST)), device="cpu")
    runner._detector = runner._prepared(detector, compiled=False)
    found = [detect(runner, runner.upload(image.frame)) for image in images]
    empty = [lines for image, lines in zip(images, found, strict=True) if not image.lines]
    highest = sorted((max((line.score for line in lines), default=0.0) for lines in empty), reverse=True)
    least = highest[math.floor(FALSE * len(empty))]  # above it lie so many
    hits: dict[str, list[bool]] = {group: [] for group in GROUPS}
    for image, lines in zip(images, found, strict=True):
        boxes = [corners_of(line) for line in lines if line.score > least]
        for line, box in zip(image.lines, image.boxes, strict=True):
            for group in set(groups_of(line)) & set(GROUPS):
                hits[group].append(coverage(box, boxes) >= COVERED)
    shares = " | ".join(f"{np.mean(hits[group]):.3f}" if hits[group] else "–" for group in GROUPS)
    return f"| {name} | {parameters:,} | {least:.2f} | {shares} |"


def main() -> None:
    """Train what is not trained yet, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--backgrounds", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--only", action="append", choices=list(VARIANTS), help="may be repeated")
    options = parser.parse_args()
    images = list(images_of(options.folder))
    print(f"| {options.steps} steps of {BATCH} pages | parameters | score | {' | '.join(GROUPS)} |")
    print(f"|---|---|---|{'---|' * len(GROUPS)}", flush=True)
    for name in options.only or VARIANTS:
        detector = trained(VARIANTS[name], options, options.output / name.replace(" ", "-").replace(",", ""))
        print(row(name, detector, images), flush=True)


if __name__ == "__main__":
    main()
