"""Milliseconds of processor time from text maps to lines, for an image of 1024 x 1024 with fifteen lines.

    OMP_NUM_THREADS=1 python benchmarks/postprocess.py

The networks run once; what numpy and Python do around them is then timed over a batch of 16, the best of eight rounds.
"""

import time
from collections.abc import Callable

import numpy as np
from throughput_files import page

from deburn.model import Runner, open_runner, transcribe
from deburn.model.cells import candidates
from deburn.model.lines import lines_of

ROUNDS, BATCH, SIDE = 8, 16, 1024


class Recorded:
    """A runner that reads each batch of crops once and gives the same answer again."""

    def __init__(self, runner: Runner) -> None:
        self.spec, self.lines_at_once, self._runner = runner.spec, runner.lines_at_once, runner
        self._answers: dict[bytes, tuple[np.ndarray, np.ndarray]] = {}

    def transcribe(self, handle: object, plan: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray]:
        """Return what the networks said."""
        if (key := plan.tobytes()) not in self._answers:
            self._answers[key] = self._runner.transcribe(handle, plan, width)
        return self._answers[key]


def best(work: Callable[[], object]) -> float:
    """Return the milliseconds of the fastest round."""
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times) * 1e3


def main() -> None:
    """Print a line for each part."""
    runner = open_runner(device="cpu", threads=1)
    pages = np.stack([page(SIDE, SIDE, 16, seed) for seed in range(2)])[..., None]
    handle = runner.upload(pages)
    maps = [np.concatenate([scale] * (BATCH // 2)) for scale in runner.detect(handle)]
    thresholds = runner.spec.thresholds
    fine, coarse = (candidates(scale, thresholds.cell) for scale in maps)
    lines = lines_of(fine, coarse, SIDE, SIDE, thresholds)
    few = [line for line in lines if line.box.frame < len(pages)]
    recorded = Recorded(runner)
    transcribe(recorded, handle, few)  # type: ignore[arg-type]
    rows = (
        ("thresholding", best(lambda: [candidates(scale, thresholds.cell) for scale in maps]) / BATCH),
        ("cells to boxes", best(lambda: lines_of(fine, coarse, SIDE, SIDE, thresholds)) / BATCH),
        ("around the reader", best(lambda: transcribe(recorded, handle, few)) / len(pages)),  # type: ignore[arg-type]
    )
    for name, milliseconds in rows:
        print(f"{name:20s} {milliseconds:6.2f} ms an image")
    moved = sum(found.place.nbytes + found.values.nbytes for found in (fine, coarse)) / BATCH / 1e6
    print(f"{len(lines) / BATCH:.1f} lines and {fine.place.size / BATCH:.0f} cells an image; ", end="")
    print(f"{sum(scale[0].nbytes for scale in maps) / 1e6:.2f} MB of maps, {moved:.2f} MB of candidates")


if __name__ == "__main__":
    main()
