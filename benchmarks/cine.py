"""Follow real cines, and look at each of their frames by itself: what either masks, and what it costs.

    OMP_NUM_THREADS=1 python benchmarks/cine.py ../shared/eval/real/dicom [--frames 24]
    OMP_NUM_THREADS=1 python benchmarks/cine.py --reach

The first prints for each cine the shares of its pixels that only one of the two masks. The second prints how far the
detector's maps of what stands still notice that everything beyond some distance changed.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from throughput_files import page

from deburn.errors import RefusedError
from deburn.model import Runner, TextLine, detect, open_runner, transcribe
from deburn.redactor.cine import Cine
from deburn.redactor.dicom import Source, identity_of, open_file, read_frames, visible
from deburn.redactor.mask import mask
from deburn.redactor.pipeline import BATCH_PIXELS, judge, within_31_bits
from deburn.redactor.policy import CineMask, Policy
from deburn.redactor.scenes import judge_scenes


def compare(source: Source, most: int, runner: Runner) -> str:
    """Return one line about a cine."""
    count = min(source.frame_count, most)
    seen = np.concatenate([within_31_bits(visible(read_frames(source, frame, frame + 1))) for frame in range(count)])
    began = time.process_time()
    follower, step = Cine(runner), max(1, BATCH_PIXELS // (source.rows * source.columns))
    followed = [line for start in range(0, count, step) for line in follower.look(seen[start : start + step])]
    middle = time.process_time()
    alone = [line for frame in range(count) for line in _alone(seen, frame, runner)]
    ratio = (middle - began) / (time.process_time() - middle)
    words = [f"{source.rows} x {source.columns}, {count} frames, cost {ratio:.2f}"]
    for how in ("union", "per-frame"):
        one, other = (_masked(source, lines, count, how, runner) for lines in (followed, alone))
        words.append(f"{how}: masked {other.mean():.4f}, not by following {(other & ~one).mean():.5f}, ")
        words[-1] += f"only by following {(one & ~other).mean():.5f}"
    return "; ".join(words)


def _alone(seen: np.ndarray, frame: int, runner: Runner) -> list[TextLine]:
    handle = runner.upload(seen[frame : frame + 1])
    lines = transcribe(runner, handle, detect(runner, handle))
    return [replace(line, box=replace(line.box, frame=frame)) for line in lines]


def _masked(source: Source, lines: Sequence[TextLine], count: int, how: CineMask, runner: Runner) -> np.ndarray:
    policy = Policy(cine=how)
    decide = partial(judge, identity=identity_of(source.dataset), policy=policy, runner=runner)
    pixels = np.zeros((count, source.rows, source.columns), bool)
    for box in mask(judge_scenes(lines, decide), policy=policy, frames=count):
        pixels[box.frame, box.y0 : box.y1, box.x0 : box.x1] = True
    return pixels


def print_reach(runner: Runner) -> None:
    """Print the largest differences of scores, and of distances where there is text, by distance from a change."""
    side, edge = 768, 512
    before = page(side, side, 12, 1)[None, ..., None]
    after = before.copy()
    after[:, :, edge:] = np.roll(before[:, :, edge:], 37, axis=1)  # the same values elsewhere: the windows stay
    one, other = (runner.detect(runner.upload(frames))[0][0].astype(int) for frames in (before, after))
    difference, text = np.abs(one - other), one[:2].max(axis=0) > 100
    for distance in (0, 8, 16, 32, 64, 96, 128, 192, 240):
        still = np.s_[..., : (edge - distance) // 2]
        scores, edges = difference[:2][still].max(), (difference[2:] * text)[still].max()
        print(f"{distance:4d} pixels: scores differ by {scores} of 255 at most, coded distances on text by {edges}")


def main() -> None:
    """Print a line for each cine under the folder, or for each distance."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--frames", type=int, default=24, help="of each cine, at most")
    parser.add_argument("--reach", action="store_true")
    options = parser.parse_args()
    runner = open_runner(device="cpu", threads=1)
    if options.reach:
        print_reach(runner)
    for path in sorted(options.folder.glob("**/*.dcm")) if options.folder else ():
        try:
            source = open_file(path)
            if source.frame_count > 1:
                print(f"{path.stem}: {compare(source, options.frames, runner)}", flush=True)
        except RefusedError as error:
            print(f"{path.stem}: refused, {error}")


if __name__ == "__main__":
    main()
