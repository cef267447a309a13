"""What the detector relies on: the development images with one part of it switched off at a time.

    python benchmarks/switched_off.py ../shared/eval/real [--model PACKAGE]

prints, for the package as it is and without each input window, without either scale and without upright lines, the
lines covered to 90 % (as `text_detection.py` counts them) and the text-free images with false boxes. Nothing is
trained anew: a network that had never had the part would have learned to do with the others, so that what is lost here
is an upper bound of what the part is worth. Needs torch; about half a minute a row on one core.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from text_detection import COVERED, Image, corners_of, coverage, groups_of, images_of

from deburn.model import detect, load_spec, transcribe
from deburn.model.cells import Candidates
from deburn.model.torch_runner import TorchRunner

WINDOWS = ("full range", "percentile window", "local contrast", "colour")
GROUPS = ("all lines", "PHI", "1-2 characters", "height < 10", "height >= 80")


class Blinded(TorchRunner):
    """A runner that sees nothing at one scale, or no upright text."""

    unseen: str = ""

    def candidates(self, handle: torch.Tensor) -> tuple[Candidates, Candidates]:
        """Return what the other scale and the other direction show."""
        fine, coarse = super().candidates(handle)
        if self.unseen == "native scale":
            fine = _some(fine, np.zeros(fine.place.size, bool))
        if self.unseen == "quarter scale":
            coarse = _some(coarse, np.zeros(coarse.place.size, bool))
        if self.unseen == "upright lines":
            fine, coarse = (_some(cells, _level(cells)) for cells in (fine, coarse))
        return fine, coarse


def _some(cells: Candidates, which: np.ndarray) -> Candidates:
    return replace(cells, place=cells.place[which], values=cells.values[:, which])


def _level(cells: Candidates) -> np.ndarray:
    _, rows, columns = cells.shape
    return cells.place // (rows * columns) % 2 == 0


@contextmanager
def without_window(runner: TorchRunner, index: int) -> Iterator[None]:
    """Set one of the detector's input channels to nothing."""

    def blank(_module: Any, _inputs: Any, channels: torch.Tensor) -> torch.Tensor:
        channels = channels.clone()
        channels[:, index] = 0
        return channels

    hook = runner._detector.windows.register_forward_hook(blank)
    try:
        yield
    finally:
        hook.remove()


def row(name: str, images: list[Image], runner: TorchRunner) -> str:
    """Return a row of the table."""
    hits: dict[str, list[bool]] = {group: [] for group in GROUPS}
    false = empty = 0
    for image in images:
        handle = runner.upload(image.frame)
        lines = transcribe(runner, handle, detect(runner, handle))
        found = [corners_of(line) for line in lines]
        empty += not image.lines
        false += not image.lines and bool(found)
        for line, box in zip(image.lines, image.boxes, strict=True):
            for group in set(groups_of(line)) & set(GROUPS):
                hits[group].append(coverage(box, found) >= COVERED)
    shares = " | ".join(f"{np.mean(hits[group]):.3f}" if hits[group] else "–" for group in GROUPS)
    return f"| {name} | {shares} | {false} of {empty} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model")
    options = parser.parse_args()
    torch.set_num_threads(1)
    images = list(images_of(options.folder))
    runner = Blinded(load_spec(options.model), device="cpu")
    print(f"| without | {' | '.join(GROUPS)} | false images |\n|---|{'---|' * len(GROUPS)}---|")
    print(row("nothing", images, runner), flush=True)
    for index, name in enumerate(WINDOWS):
        with without_window(runner, index):
            print(row(name, images, runner), flush=True)
    for runner.unseen in ("quarter scale", "native scale", "upright lines"):
        print(row(runner.unseen, images, runner), flush=True)


if __name__ == "__main__":
    main()
