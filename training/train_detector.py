"""Train the detector from synthetic pages: ``python -m deburn.training.train_detector --output runs/detector``."""

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from torch.nn.utils import convert_conv2d_weight_memory_format

from ..model.detector import Detector
from .page import Page
from .schedule import Average, Budget, Log, learning_rate, load_checkpoint, load_weights, save_checkpoint
from .stream import open_stream
from .targets import detector_target

Batch = tuple[Tensor, Tensor]


def arguments() -> argparse.ArgumentParser:
    """Return the command's options."""
    parser = argparse.ArgumentParser(prog="deburn train detector", description=__doc__)
    parser.add_argument("--output", type=Path, required=True, help="folder for checkpoints; an existing one is resumed")
    parser.add_argument("--backgrounds", type=Path, help="folder of text-free DICOM files; procedural ones without")
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--minutes", type=float, default=1e9, help="stop by the clock, the schedule bent to fit")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--side", type=int, default=256, help="of a page, in pixels")
    parser.add_argument("--rate", type=float, default=3e-3, help="peak learning rate")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1, help="processes that draw pages")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--start-from", type=Path, help="safetensors or checkpoint; the schedule begins anew")
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
    options = arguments().parse_args(argv)
    options.output.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    detector = Detector().to(options.device)
    convert_conv2d_weight_memory_format(detector, torch.channels_last)
    optimiser = torch.optim.AdamW(detector.parameters(), lr=options.rate, weight_decay=0.02)
    average, step, spent = Average(detector), 0, 0.0
    checkpoint = options.output / "checkpoint.pt"
    if checkpoint.exists():
        step, spent = load_checkpoint(checkpoint, detector, optimiser, average)
    elif options.start_from:
        detector.load_state_dict(load_weights(options.start_from))
        average = Average(detector)
    budget = Budget(steps=options.steps, minutes=options.minutes)
    batches = open_stream(
        seed=options.seed, start=step * options.batch, size=(options.side, options.side),
        backgrounds=options.backgrounds, batch=options.batch, workers=options.workers, prepare=prepare, collate=collate,
    )  # fmt: skip
    log, began, saved = Log(50), time.monotonic() - spent, time.monotonic()
    while (progress := budget.progress(step, time.monotonic() - began)) < 1.0:
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(options.rate, progress)
        stored, target = (tensor.to(options.device, non_blocking=True) for tensor in next(batches))
        detector.train()
        channels = detector.windows(stored).contiguous(memory_format=torch.channels_last)
        with torch.autocast("cuda", torch.bfloat16, enabled=options.device.startswith("cuda")):
            maps = detector.maps(channels)
        parts = losses(maps.float(), target)
        total = parts["found"] + parts["hard"] + parts["dice"] + 2 * parts["edge"]
        optimiser.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(detector.parameters(), 5.0)
        optimiser.step()
        average.update(detector)
        step += 1
        log.add(parts, options.batch)
        if step % log.every == 0:
            print(log.line(step, progress, time.monotonic() - began), flush=True)
        if time.monotonic() - saved > 120:
            save_checkpoint(checkpoint, detector, optimiser, average, step, time.monotonic() - began)
            saved = time.monotonic()
    save_checkpoint(checkpoint, detector, optimiser, average, step, time.monotonic() - began)


if __name__ == "__main__":
    main()
