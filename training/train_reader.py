"""Train the reader from synthetic pages: ``python -m deburn.training.train_reader --output runs/reader``."""

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from torch.nn.utils import convert_conv2d_weight_memory_format

from ..model.crops import ENDS, LONGEST, ROOM, ROWS, plan_crops
from ..model.reader import STRIDE, Reader
from .page import Page, PageLine
from .schedule import Average, Budget, Log, learning_rate, load_checkpoint, load_weights, save_checkpoint
from .stream import open_stream
from .strings import ALPHABET

Chunk = tuple[Tensor, Tensor, int, Tensor, Tensor, list[np.ndarray]]
Sample = tuple[np.ndarray, np.ndarray, np.ndarray, list[np.ndarray], list[np.ndarray]]
# Share of the training in which the rendered positions help (cross-entropy at each character's column).
ALIGNED = 0.6
# Ground cropped as if it were a line, for each page: what the reader should find nothing in.
EMPTY = 2


def arguments() -> argparse.ArgumentParser:
    """Return the command's options."""
    parser = argparse.ArgumentParser(prog="deburn train reader", description=__doc__)
    parser.add_argument("--output", type=Path, required=True, help="folder for checkpoints; an existing one is resumed")
    parser.add_argument("--backgrounds", type=Path, help="folder of text-free DICOM files; procedural ones without")
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--minutes", type=float, default=1e9, help="stop by the clock, the schedule bent to fit")
    parser.add_argument("--batch", type=int, default=8, help="pages a step; each gives about ten lines")
    parser.add_argument("--rate", type=float, default=3e-3, help="peak learning rate")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--workers", type=int, default=1, help="processes that draw pages")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--start-from", type=Path, help="safetensors or checkpoint; the schedule begins anew")
    return parser


def prepare(page: Page) -> Sample:
    """Return pixels, boxes, angles, classes and centres of the page's lines, the boxes as unsure as a detector's."""
    rng = np.random.default_rng(page.stored[:8, :8].sum() & 0xFFFF)
    chosen = [line for line in page.lines if line.readable]
    boxes = [_jittered(rng, line) for line in chosen]
    angles = [line.angle for line in chosen]
    classes = [np.array([ALPHABET.index(c) + 1 for c in line.script.text], np.int64) for line in chosen]
    centres = [_moved(line, box) for line, box in zip(chosen, boxes, strict=True)]
    for _ in range(EMPTY):
        box = _empty_box(rng, page)
        if box is not None:
            boxes.append(box)
            angles.append(0)
            classes.append(np.zeros(0, np.int64))
            centres.append(np.zeros(0, np.float32))
    pixels = np.broadcast_to(page.stored, (*page.stored.shape[:2], 3))
    return pixels, np.array(boxes, np.float32).reshape(-1, 4), np.array(angles, np.int64), classes, centres


def _jittered(rng: np.random.Generator, line: PageLine) -> list[float]:
    x0, y0, x1, y1 = line.box
    across = (x1 - x0) if line.angle else (y1 - y0)
    spread = max(0.8, 0.07 * across)
    noise = rng.normal(0, spread, 4).clip(-2.5 * spread, 2.5 * spread)
    ends = rng.uniform(-0.1, 0.35, 2) * across
    if line.angle:
        return [x0 - noise[0], y0 - ends[0], x1 + noise[2], y1 + ends[1]]
    return [x0 - ends[0], y0 - noise[1], x1 + ends[1], y1 + noise[3]]


def _moved(line: PageLine, box: list[float]) -> np.ndarray:
    """Return the characters' centres as fractions of the jittered box instead of the line's own."""
    if line.angle == 90:
        start, length, begin, extent = -line.box[3], line.box[3] - line.box[1], -box[3], box[3] - box[1]
    elif line.angle == 270:
        start, length, begin, extent = line.box[1], line.box[3] - line.box[1], box[1], box[3] - box[1]
    else:
        start, length, begin, extent = line.box[0], line.box[2] - line.box[0], box[0], box[2] - box[0]
    return ((start + line.centres * length - begin) / extent).astype(np.float32)


def _empty_box(rng: np.random.Generator, page: Page) -> list[float] | None:
    """Return a box that touches no line, or nothing where three tries found none."""
    rows, columns = page.stored.shape[:2]
    for _ in range(3):
        high = float(np.exp(rng.uniform(np.log(5), np.log(50))))
        wide = min(high * float(np.exp(rng.uniform(np.log(0.5), np.log(8)))), columns / 2)
        x0, y0 = rng.uniform(0, columns - wide), rng.uniform(0, max(1.0, rows - high))
        clear = all(
            x0 + wide + 3 < line.box[0] or line.box[2] + 3 < x0 or y0 + high + 3 < line.box[1] or line.box[3] + 3 < y0
            for line in page.lines
        )
        if clear:
            return [x0, y0, x0 + wide, y0 + high]
    return None


def collate(samples: list[Sample]) -> list[Chunk]:
    """Return the batch in two chunks, short lines and long ones: padding all to the longest costs twice the time."""
    pixels = torch.from_numpy(np.stack([sample[0] for sample in samples]))
    frames = np.concatenate([np.full(len(sample[1]), index) for index, sample in enumerate(samples)])
    boxes, angles = (np.concatenate([sample[k] for sample in samples]) for k in (1, 2))
    classes = [row for sample in samples for row in sample[3]]
    centres = [row for sample in samples for row in sample[4]]
    plan = plan_crops(frames, boxes, angles)
    # A few very long lines would set the width of the whole batch.
    order = np.argsort(plan[:, 7], kind="stable")
    order = order[plan[order, 7] <= min(LONGEST, 448)]
    chunks = []
    for keep in np.array_split(order, 2):
        width = int(np.ceil(plan[keep, 7].max() / 16) * 16) if len(keep) else 16
        wanted = np.concatenate([np.zeros(0, np.int64), *(classes[k] for k in keep)])
        counts = torch.tensor([len(classes[k]) for k in keep], dtype=torch.int64)
        chunk = (
            pixels,
            torch.from_numpy(plan[keep]),
            width,
            torch.from_numpy(wanted),
            counts,
            [centres[k] for k in keep],
        )
        chunks.append(chunk)
    return chunks


def losses(reader: Reader, chunk: Chunk, device: str) -> tuple[dict[str, Tensor], Tensor]:
    """Return the parts of a chunk's loss, and its character error rate."""
    pixels, plan, width, classes, counts, centres = chunk
    plan, classes, counts = plan.to(device), classes.to(device), counts.to(device)
    with torch.no_grad():
        crops = reader.crops(pixels.to(device), plan, torch.arange(width, dtype=torch.float32, device=device))
    with torch.autocast("cuda", torch.bfloat16, enabled=device.startswith("cuda")):
        logits = reader.transcriber(crops.contiguous(memory_format=torch.channels_last)).float()
    steps = (plan[:, 7] / STRIDE).ceil().to(torch.int64).clamp(1, logits.shape[2])
    log_p = functional.log_softmax(logits, dim=1).permute(2, 0, 1)
    ctc = functional.ctc_loss(log_p, classes, steps, counts, zero_infinity=True)
    aligned = aligned_loss(logits, plan, classes, centres)
    return {"ctc": ctc, "aligned": aligned}, character_errors(logits.detach(), steps, classes, counts)


def aligned_loss(logits: Tensor, plan: Tensor, classes: Tensor, centres: list[np.ndarray]) -> Tensor:
    """Return the cross-entropy at the columns where the characters were drawn."""
    line = np.repeat(np.arange(len(centres)), [len(row) for row in centres])
    if not len(line):
        return logits.sum() * 0
    place = np.concatenate(centres)
    start, stop = plan_text_columns(plan.cpu().numpy())
    column = (start[line] + place * (stop - start)[line]) / STRIDE
    step = torch.from_numpy(column.astype(np.int64)).clamp(0, logits.shape[2] - 1)
    picked = logits[torch.from_numpy(line).to(logits.device), :, step.to(logits.device)]
    return functional.cross_entropy(picked, classes)


def plan_text_columns(plan: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return where each line's box begins and ends in its crop, in columns."""
    margin = ENDS * ROWS / (1 + 2 * ROOM)
    return np.full(len(plan), margin), plan[:, 7] - margin


def main(argv: list[str] | None = None) -> None:
    """Run the training."""
    options = arguments().parse_args(argv)
    options.output.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    reader = Reader(len(ALPHABET) + 1).to(options.device)
    convert_conv2d_weight_memory_format(reader, torch.channels_last)
    optimiser = torch.optim.AdamW(reader.parameters(), lr=options.rate, weight_decay=0.01)
    average, step, spent = Average(reader), 0, 0.0
    checkpoint = options.output / "checkpoint.pt"
    if checkpoint.exists():
        step, spent = load_checkpoint(checkpoint, reader, optimiser, average)
    elif options.start_from:
        reader.load_state_dict(load_weights(options.start_from))
        average = Average(reader)
    budget = Budget(steps=options.steps, minutes=options.minutes)
    batches = open_stream(
        seed=options.seed, start=step * options.batch, size=(256, 384), backgrounds=options.backgrounds,
        batch=options.batch, workers=options.workers, prepare=prepare, collate=collate,
    )  # fmt: skip
    log, began, saved = Log(50), time.monotonic() - spent, time.monotonic()
    while (progress := budget.progress(step, time.monotonic() - began)) < 1.0:
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(options.rate, progress)
        chunks = [chunk for chunk in next(batches) if len(chunk[1])]
        reader.train()
        optimiser.zero_grad(set_to_none=True)
        for chunk in chunks:
            share = len(chunk[1]) / sum(len(other[1]) for other in chunks)
            parts, wrong = losses(reader, chunk, options.device)
            total = parts["ctc"] + max(0.0, 1 - progress / ALIGNED) * parts["aligned"]
            (total * share).backward()
            log.add({name: value * share for name, value in {**parts, "cer": wrong}.items()}, len(chunk[1]))
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 5.0)
        optimiser.step()
        average.update(reader)
        step += 1
        if step % log.every == 0:
            print(log.line(step, progress, time.monotonic() - began), flush=True)
        if time.monotonic() - saved > 120:
            save_checkpoint(checkpoint, reader, optimiser, average, step, time.monotonic() - began)
            saved = time.monotonic()
    save_checkpoint(checkpoint, reader, optimiser, average, step, time.monotonic() - began)


def character_errors(logits: Tensor, steps: Tensor, classes: Tensor, counts: Tensor) -> Tensor:
    """Return the character error rate of the batch: edit distance over characters."""
    from rapidfuzz.distance import Levenshtein

    best = logits.argmax(dim=1).cpu().numpy()
    wrong, total, at = 0, 0, 0
    for row, used, count in zip(best, steps.tolist(), counts.tolist(), strict=True):
        seen = row[:used]
        kept = seen[(seen != 0) & (np.diff(seen, prepend=0) != 0)]
        wanted = classes[at : at + count].tolist()
        wrong += Levenshtein.distance(kept.tolist(), wanted)
        total, at = total + count, at + count
    return torch.tensor(wrong / max(total, 1))


if __name__ == "__main__":
    main()
