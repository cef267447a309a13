"""Train the reader from synthetic pages: ``python -m deburn.training.train_reader --output runs/reader``."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils import convert_conv2d_weight_memory_format

from ..model.crops import ENDS, LONGEST, ROOM, ROWS, plan_crops
from ..model.reader import Reader
from .devices import Place, mixed_precision
from .finetune import add_finetuning, begin, finetuned
from .loop import Part, Recipe, train
from .page import Page, PageLine
from .settings import add_settings
from .stream import Preparation, open_stream
from .strings import READ

Chunk = tuple[Tensor, Tensor, int, Tensor, Tensor, list[np.ndarray]]
Sample = tuple[np.ndarray, np.ndarray, np.ndarray, list[np.ndarray], list[np.ndarray]]
# Of a page, rows and columns.
SIZE = (256, 384)
# Share of the training in which the rendered positions help (cross-entropy at each character's column).
ALIGNED = 0.6
# By how much of its height a box may be too wide on either side; negative, too tight.
LOOSE = (-0.03, 0.25)
# Ground cropped as if it were a line, for each page: what the reader should find nothing in. Each is the most
# contrasting of so many places, as a detector's false boxes are.
EMPTY, PLACES = 3, 3


def arguments() -> argparse.ArgumentParser:
    """Return the command's options."""
    parser = argparse.ArgumentParser(prog="deburn train reader", description=__doc__)
    add_settings(parser, batch=8, rate=3e-3, seed=2)  # a page gives about ten lines
    parser.add_argument("--backgrounds", type=Path, help="folder of text-free DICOM files; procedural ones without")
    add_finetuning(parser)
    return parser


def prepare(page: Page) -> Sample:
    """Return pixels, boxes, turns (angle, tilt), classes and centres of lines, boxes as unsure as a detector's."""
    rng = np.random.default_rng(page.stored[:8, :8].sum() & 0xFFFF)
    chosen = [line for line in page.lines if line.readable]
    boxes = [_jittered(rng, line) for line in chosen]
    turns = [(line.angle, line.tilt and line.tilt + rng.normal()) for line in chosen]
    classes = [np.array([READ.index(c) + 1 for c in line.script.text], np.int64) for line in chosen]
    centres = [_moved(line, box) for line, box in zip(chosen, boxes, strict=True)]
    for _ in range(EMPTY):
        box = _empty_box(rng, page)
        if box is not None:
            boxes.append(box)
            turns.append((0, 0.0))
            classes.append(np.zeros(0, np.int64))
            centres.append(np.zeros(0, np.float32))
    pixels = np.broadcast_to(page.stored, (*page.stored.shape[:2], 3))
    return (
        pixels,
        np.array(boxes, np.float32).reshape(-1, 4),
        np.array(turns, np.float64).reshape(-1, 2),
        classes,
        centres,
    )


def _jittered(rng: np.random.Generator, line: PageLine) -> list[float]:
    """Return a line's box as a detector or a person might have drawn it: sides astray, and rather loose than tight."""
    x0, y0, x1, y1 = line.box
    across = (x1 - x0) if line.angle else (y1 - y0)
    spread = max(0.6, 0.05 * across)
    before, behind = rng.normal(0, spread, 2).clip(-2.5 * spread, 2.5 * spread) + rng.uniform(*LOOSE, 2) * across
    ends = rng.uniform(-0.1, 0.35, 2) * across
    if line.angle:
        return [x0 - before, y0 - ends[0], x1 + behind, y1 + ends[1]]
    return [x0 - ends[0], y0 - before, x1 + ends[1], y1 + behind]


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
    """Return a box that touches no line, with much contrast for a place without text; or nothing where all touch."""
    places = [_place(rng, *page.stored.shape[:2]) for _ in range(PLACES)]
    clear = [box for box in places if not any(_near(box, line.box) for line in page.lines)]
    return max(clear, key=lambda box: _contrast(page, box), default=None)


def _place(rng: np.random.Generator, rows: int, columns: int) -> list[float]:
    high = float(np.exp(rng.uniform(np.log(5), np.log(50))))
    wide = min(high * float(np.exp(rng.uniform(np.log(0.5), np.log(8)))), columns / 2)
    x0, y0 = rng.uniform(0, columns - wide), rng.uniform(0, max(1.0, rows - high))
    return [x0, y0, x0 + wide, y0 + high]


def _near(box: list[float], line: tuple[int, int, int, int]) -> bool:
    return box[0] <= line[2] + 3 and line[0] <= box[2] + 3 and box[1] <= line[3] + 3 and line[1] <= box[3] + 3


def _contrast(page: Page, box: list[float]) -> float:
    x0, y0, x1, y1 = (int(side) for side in box)
    return float(np.std(page.stored[y0 : y1 + 1, x0 : x1 + 1, 0]))


def collate(samples: list[Sample]) -> list[Chunk]:
    """Return the batch in two chunks, short lines and long ones: padding all to the longest costs twice the time."""
    pixels = torch.from_numpy(np.stack([sample[0] for sample in samples]))
    frames = np.concatenate([np.full(len(sample[1]), index) for index, sample in enumerate(samples)])
    boxes, turns = (np.concatenate([sample[k] for sample in samples]) for k in (1, 2))
    classes = [row for sample in samples for row in sample[3]]
    centres = [row for sample in samples for row in sample[4]]
    plan = plan_crops(frames, boxes, turns[:, 0], turns[:, 1])
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
    with mixed_precision(device):
        logits = reader.transcriber(crops.contiguous(memory_format=torch.channels_last)).float()
    steps = plan[:, 7].ceil().to(torch.int64).clamp(1, logits.shape[2])
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
    column = start[line] + place * (stop - start)[line]
    step = torch.from_numpy(column.astype(np.int64)).clamp(0, logits.shape[2] - 1)
    picked = logits[torch.from_numpy(line).to(logits.device), :, step.to(logits.device)]
    return functional.cross_entropy(picked, classes)


def plan_text_columns(plan: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return where each line's box begins and ends in its crop, in columns."""
    margin = ENDS * ROWS / (1 + 2 * ROOM)
    return np.full(len(plan), margin), plan[:, 7] - margin


def main(argv: list[str] | None = None) -> None:
    """Run the training."""
    options, settings, local = begin(arguments(), argv, "reader")
    pages = Preparation(size=SIZE, prepare=prepare, collate=collate)
    torch.manual_seed(settings.seed)
    reader = Reader(READ)
    convert_conv2d_weight_memory_format(reader, torch.channels_last)

    def batches(start: int, place: Place) -> Iterator[list[Chunk]]:
        return open_stream(
            pages, seed=settings.seed, start=start, place=place, backgrounds=options.backgrounds, batch=settings.batch,
            workers=settings.workers, own=local.own,
        )  # fmt: skip

    def parts(batch: list[Chunk], progress: float, device: str) -> Iterator[Part]:
        for chunk, share in _shared(batch):
            said, wrong = losses(reader, chunk, device)
            # Where the letters of one's own pages stand is only estimated.
            aligned = 0.0 if local.held else max(0.0, 1 - progress / ALIGNED)
            total = said["ctc"] + aligned * said["aligned"]
            said = {name: value * share for name, value in {**said, "cer": wrong}.items()}
            yield Part(loss=total * share, said=said, samples=len(chunk[1]))

    recipe = Recipe(network=reader, batches=batches, parts=parts, weight_decay=0.01, clip=5.0)
    train(finetuned(recipe, local, pages, loss_of), settings)


def loss_of(reader: nn.Module, batch: list[Chunk], device: str) -> float:
    """Return the loss by CTC on a batch, 0 where there is nothing to read."""
    assert isinstance(reader, Reader)
    return sum(float(losses(reader, chunk, device)[0]["ctc"]) * share for chunk, share in _shared(batch))


def _shared(batch: list[Chunk]) -> list[tuple[Chunk, float]]:
    """Return the chunks that hold lines, and each one's share of the batch's lines."""
    lines = sum(len(chunk[1]) for chunk in batch)
    return [(chunk, len(chunk[1]) / lines) for chunk in batch if len(chunk[1])]


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
