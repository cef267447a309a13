"""Detection and reading on real images as other devices would have made them: turned, scaled, inverted, spoilt.

    python benchmarks/transformed.py ../shared/eval/real [--model PACKAGE] [--only NAME]

changes each image of `text_detection` as a whole, its truth along with it, and prints for each change: lines, and those
that identify, covered to nine tenths by boxes with the margin of masks; text-free images with false boxes, and their
area; the character error rate in the truth's boxes (ASCII lines, spaces aside). Thresholds were chosen on the images as
they are: what differs here is what they owe to that. Lines left less than seven pixels high are not counted.
"""

import argparse
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Picture
from text_detection import COVERED, Corners, Image, coverage, false_area, images_of, misread, ours

from deburn.model import open_runner
from deburn.redactor.policy import Policy

Frame = NDArray[np.integer]
Change = Callable[[Frame], Frame]
LOWEST = 7  # pixels
SEED = 7


def _span(frame: Frame) -> tuple[int, int]:
    return int(frame.min()), max(int(frame.max()), int(frame.min()) + 1)


def _resized(frame: Frame, factor: float) -> Frame:
    layers = [
        Picture.fromarray(frame[0, ..., channel].astype(np.float32)).resize(
            (round(frame.shape[2] * factor), round(frame.shape[1] * factor)), Picture.Resampling.BICUBIC, reducing_gap=3
        )
        for channel in range(frame.shape[3])
    ]
    low, high = _span(frame)
    return np.stack([np.asarray(layer) for layer in layers], axis=-1)[None].round().clip(low, high).astype(frame.dtype)


def _inverted(frame: Frame) -> Frame:
    low, high = _span(frame)
    return (low + high - frame.astype(np.int64)).astype(frame.dtype)


def _curved(frame: Frame, power: float) -> Frame:
    low, high = _span(frame)
    share = (frame.astype(np.float64) - low) / (high - low)
    return (low + share**power * (high - low)).round().astype(frame.dtype)


def _noisy(frame: Frame) -> Frame:
    low, high = _span(frame)
    noise = np.random.default_rng(SEED).standard_normal(frame.shape) * 0.03 * (high - low)
    return (frame + noise).round().clip(low, high).astype(frame.dtype)


def _through_jpeg(frame: Frame) -> Frame:
    low, high = _span(frame)
    pixels = ((frame[0].astype(np.float64) - low) / (high - low) * 255).round().astype(np.uint8)
    buffer = BytesIO()
    Picture.fromarray(pixels if pixels.shape[2] == 3 else pixels[..., 0]).save(buffer, "JPEG", quality=40)
    decoded = np.asarray(Picture.open(buffer)).reshape(pixels.shape)
    return (decoded[None] / 255 * (high - low) + low).round().astype(frame.dtype)


def _dimmed(frame: Frame) -> Frame:
    """Return the frame with one bright pixel beyond all others, as a dead detector element leaves it."""
    low, high = _span(frame)
    dim = (low + (frame.astype(np.float64) - low) * 0.4).round().astype(frame.dtype)
    dim[0, 0, 0] = high
    return dim


# What becomes of the frame, and by which factor places in it move.
CHANGES: dict[str, tuple[Change, float]] = {
    "as they are": (lambda frame: frame, 1.0),
    "at 0.7 of their size": (lambda frame: _resized(frame, 0.7), 0.7),
    "at 1.4 times their size": (lambda frame: _resized(frame, 1.4), 1.4),
    "at twice their size": (lambda frame: frame.repeat(2, axis=1).repeat(2, axis=2), 2.0),
    "inverted": (_inverted, 1.0),
    "darker": (lambda frame: _curved(frame, 1.8), 1.0),
    "brighter": (lambda frame: _curved(frame, 0.55), 1.0),
    "dimmed": (_dimmed, 1.0),
    "noisy": (_noisy, 1.0),
    "through JPEG at 40": (_through_jpeg, 1.0),
}


def changed(image: Image, change: Change, factor: float) -> Image:
    """Return the image after a change, with the lines that are still high enough to be read."""
    lines = [
        line | {side: line[side] * factor for side in "xywh"}
        for line in image.lines
        if factor == 1.0 or min(line["w"], line["h"]) * factor >= LOWEST
    ]
    return Image(name=image.name, frame=np.ascontiguousarray(change(image.frame)), lines=lines)


def row(name: str, images: list[Image], found: list[list[Corners]], texts: list[list[str]]) -> str:
    """Return a line of the table."""
    hits, errors, characters = list[tuple[bool, bool]](), 0, 0
    for image, boxes, read in zip(images, found, texts, strict=True):
        for line, box, text in zip(image.lines, image.boxes, read, strict=True):
            hits.append((bool(line["phi"]), coverage(box, boxes, Policy().margin) >= COVERED))
            wrong, written = misread(line, text)
            errors, characters = errors + wrong, characters + written
    identifying = [hit for phi, hit in hits if phi]
    empty = [false_area(image, boxes) for image, boxes in zip(images, found, strict=True) if not image.lines]
    return (
        f"| {name} | {np.mean([hit for _, hit in hits]):.3f} of {len(hits)} | {sum(identifying)} of {len(identifying)}"
        f" | {sum(area > 0 for area in empty)} of {len(empty)}, {np.mean(empty):.3%} | {errors / characters:.4f} |"
    )


def main() -> None:
    """Change, find, read, count, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only", choices=tuple(CHANGES))
    options = parser.parse_args()
    images = list(images_of(options.folder))
    runner = open_runner(options.model, device="cpu", threads=options.threads)
    print("| images | lines | identifying | false images, area | character error rate |\n|---|---|---|---|---|")
    for name, (change, factor) in CHANGES.items():
        if options.only in (None, name):
            other = [changed(image, change, factor) for image in images]
            result = ours(other, runner)
            print(row(name, other, result.found, result.texts), flush=True)


if __name__ == "__main__":
    main()
