"""Train the detector from synthetic pages: ``python -m deburn.training.train_detector --output runs/detector``."""

import argparse
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils import convert_conv2d_weight_memory_format

from ..model.detector import BLOCKS, Detector, blocks_of, deepened
from .devices import Place, mixed_precision
from .finetune import add_finetuning, begin, finetuned
from .loop import Part, Recipe, train
from .page import Page
from .schedule import load_weights
from .settings import add_settings
from .stream import Preparation, open_stream
from .targets import detector_target

Batch = tuple[Tensor, Tensor]


def arguments() -> argparse.ArgumentParser:
    """Return the command's options."""
    parser = argparse.ArgumentParser(prog="deburn train detector", description=__doc__)
    add_settings(parser, batch=16, rate=3e-3, seed=1)
    parser.add_argument("--backgrounds", type=Path, help="folder of text-free DICOM files; procedural ones without")
    parser.add_argument("--side", type=int, default=256, help="of a page, in pixels")
    parser.add_argument("--deepen", action="store_true", help="add the blocks that the weights of --start-from lack")
    add_finetuning(parser)
    return parser


def prepare(page: Page) -> tuple[np.ndarray, np.ndarray]:
    """Return the page's pixels, ``int32[rows, columns, 3]``, and its target."""
    return np.broadcast_to(page.stored, (*page.stored.shape[:2], 3)), detector_target(page)


def collate(samples: list[tuple[np.ndarray, np.ndarray]]) -> Batch:
    """Return a batch: ``int32[n, h, w, 3], float32[n, 8, h/2, w/2]``."""
    pixels, targets = zip(*samples, strict=True)
    return torch.from_numpy(np.stack(pixels)), torch.from_numpy(np.stack(targets))


def losses(maps: Tensor, target: Tensor) -> dict[str, Tensor]:
    """Return the parts of the loss.

    Parameters
    ----------
    maps : Tensor
        float32[n, 6, h, w], logits and log distances as the network gives them.
    target : Tensor
        float32[n, 8, h, w], of `detector_target`.
    """
    wanted, weight = target[:, :2], target[:, 6:7]
    raw = functional.binary_cross_entropy_with_logits(maps[:, :2], wanted, reduction="none")
    positive = wanted.amax(dim=1, keepdim=True) > 0
    found = (raw * weight * positive).sum() / (weight * positive).sum().clamp(min=1.0) / 1.0
    ground = raw.amax(dim=1)[(weight > 0).squeeze(1) & ~positive.squeeze(1)]
    # Three hard negatives to a positive (Shrivastava et al., CVPR 2016), and a floor for pages without text.
    count = min(ground.numel(), int(3 * positive.sum()) + 400 * len(maps))
    hard = ground.topk(count).values.mean() if count else raw.sum() * 0
    score = torch.sigmoid(maps[:, :2]) * (weight > 0)
    overlap = 2 * (score * wanted).sum() + 1
    dice = 1 - overlap / (score.square().sum() + wanted.sum() + 1)
    edges = functional.smooth_l1_loss(maps[:, 2:], target[:, 2:6], reduction="none", beta=0.2).mean(dim=1)
    edge_weight = target[:, 7]
    edge = (edges * edge_weight).sum() / edge_weight.sum().clamp(min=1.0)
    return {"found": found, "hard": hard, "dice": dice, "edge": edge}


def main(argv: list[str] | None = None) -> None:
    """Run the training."""
    options, settings, local = begin(arguments(), argv, "detector")
    pages = Preparation(size=(options.side, options.side), prepare=prepare, collate=collate)
    torch.manual_seed(settings.seed)
    detector = Detector(blocks=_blocks(options))
    convert_conv2d_weight_memory_format(detector, torch.channels_last)

    def batches(start: int, place: Place) -> Iterator[Batch]:
        return open_stream(
            pages, seed=settings.seed, start=start, place=place, backgrounds=options.backgrounds, batch=settings.batch,
            workers=settings.workers, own=local.own,
        )  # fmt: skip

    def parts(batch: Batch, _progress: float, device: str) -> Iterator[Part]:
        said = _said(detector, batch, device)
        yield Part(loss=_total(said), said=said, samples=len(batch[0]))

    recipe = Recipe(
        network=detector, batches=batches, parts=parts, weight_decay=0.02, clip=5.0,
        adopt=partial(deepened, detector=detector) if options.deepen else None,
    )  # fmt: skip
    train(finetuned(recipe, local, pages, loss_of), settings)


def _blocks(options: argparse.Namespace) -> tuple[int, ...]:
    """Return the residual blocks of the network to train: those of the weights that it starts from, unless deepened."""
    return BLOCKS if options.start_from is None or options.deepen else blocks_of(load_weights(options.start_from))


def loss_of(detector: nn.Module, batch: Batch, device: str) -> float:
    """Return the loss on a batch."""
    assert isinstance(detector, Detector)
    return float(_total(_said(detector, batch, device)))


def _said(detector: Detector, batch: Batch, device: str) -> dict[str, Tensor]:
    stored, target = (tensor.to(device, non_blocking=True) for tensor in batch)
    channels = detector.windows(stored).contiguous(memory_format=torch.channels_last)
    with mixed_precision(device):
        maps = detector.maps(channels)
    return losses(maps.float(), target)


def _total(said: dict[str, Tensor]) -> Tensor:
    return said["found"] + said["hard"] + said["dice"] + 2 * said["edge"]


if __name__ == "__main__":
    main()
