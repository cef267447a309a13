"""Lines that stand on their heads, are seen from behind, or are tilted: how many are found, and how many read.

    python benchmarks/turned.py [--lines 300] [--model PACKAGE]

turns each page of `synthetic_detection` as a whole, and counts of the level lines that identify and have six letters
or digits or more: covered by boxes with the margin of masks to nine tenths, read (nine tenths of the characters right)
at the first look, and with the second one (`deburn.model.second_look`).
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import takewhile
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from rapidfuzz.distance import Levenshtein
from text_detection import COVERED, corners_of

from deburn.model import Runner, TextLine, open_runner, second_look
from deburn.redactor.policy import Policy
from deburn.training.held_out_pages import held_out_pages, must_be_found, read_page
from deburn.training.page import Page, PageLine

Points = NDArray[np.float64]
Turned = tuple[NDArray[np.int32], Callable[[Points], Points]]


def main() -> None:
    """Turn, find, read, count, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=300)
    parser.add_argument("--model")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    runner = open_runner(options.model, device="cpu", threads=options.threads)
    told: dict[str, Counter[str]] = {name: Counter() for name in TURNS}
    for page, lines in takewhile(lambda _: told["level"]["lines"] < options.lines, pages()):
        for name, turn in TURNS.items():
            stored, moved = turn(page)
            tell(told[name], runner, Page(stored=stored, lines=()), [(moved(points_of(line)), line) for line in lines])
    print("| page | lines | covered | read at once | with the second look |\n|---|---|---|---|---|")
    for name, count in told.items():
        print(f"| {name} | {' | '.join(str(count[key]) for key in KEYS)} |")


KEYS = ("lines", "covered", "once", "again")


def pages() -> Iterator[tuple[Page, list[PageLine]]]:
    """Yield pages with their lines that are asked for."""
    for page in held_out_pages():
        lines = [line for line in page.lines if must_be_found(page, line) and not line.angle and _long(line)]
        if lines:
            yield page, lines


def points_of(line: PageLine) -> Points:
    """Return points all over a line's box, (x, y)."""
    x0, y0, x1, y1 = line.box
    return np.stack(np.meshgrid(np.linspace(x0, x1, 60), np.linspace(y0, y1, 8)), axis=-1).reshape(-1, 2)


def tell(told: Counter[str], runner: Runner, page: Page, wanted: list[tuple[Points, PageLine]]) -> None:
    """Count one turned page."""
    with patch.object(second_look, "LOOKS", ()):
        once = read_page(runner, page)
    again = read_page(runner, page)
    told["lines"] += len(wanted)
    told["covered"] += sum(_covered(points, page, again) >= COVERED for points, _ in wanted)
    told["once"] += sum(_is_read(line, once) for _, line in wanted)
    told["again"] += sum(_is_read(line, again) for _, line in wanted)


def _covered(points: Points, page: Page, lines: list[TextLine]) -> float:
    """Return the share of the points inside the frame that lie in boxes with the margin of masks."""
    rows, columns = page.stored.shape[:2]
    x, y = points[((points >= 0) & (points < (columns, rows))).all(axis=1)].T
    inside = np.zeros(len(x), bool)
    for line in lines:
        x0, y0, x1, y1 = corners_of(line)
        margin = max(2.0, Policy().margin * (x1 - x0 if line.angle in (90, 270) else y1 - y0))
        inside |= (x >= x0 - margin) & (x < x1 + margin) & (y >= y0 - margin) & (y < y1 + margin)
    return float(inside.mean()) if len(x) else 1.0


def _long(line: PageLine) -> bool:
    return sum(map(str.isalnum, line.script.text)) >= 6


def _is_read(line: PageLine, lines: list[TextLine]) -> bool:
    wanted = line.script.text.replace(" ", "")
    return any(Levenshtein.distance(wanted, read.text.replace(" ", "")) <= len(wanted) / 10 for read in lines)


def _over(page: Page) -> Turned:
    return page.stored[::-1, ::-1], lambda points: (page.stored.shape[1], page.stored.shape[0]) - points


def _mirrored(page: Page) -> Turned:
    return page.stored[:, ::-1], lambda points: np.abs((page.stored.shape[1], 0) - points)


def _tilted(page: Page, degrees: float) -> Turned:
    """Turn a page about its middle, counter-clockwise."""
    sine, cosine = np.sin(np.deg2rad(degrees)), np.cos(np.deg2rad(degrees))
    middle = np.array(page.stored.shape[1::-1]) / 2
    spin = np.array([[cosine, -sine], [sine, cosine]])
    stored = np.stack([_rotated(channel, degrees) for channel in np.moveaxis(page.stored, 2, 0)], axis=2)
    return stored, lambda points: (points - middle) @ spin + middle


def _rotated(channel: NDArray[np.int32], degrees: float) -> NDArray[np.int32]:
    image = Image.fromarray(channel.astype(np.float32))
    ground = float(np.median(channel))
    return np.asarray(image.rotate(degrees, Image.Resampling.BILINEAR, fillcolor=ground)).round().astype(np.int32)


TURNS: dict[str, Callable[[Page], Turned]] = {
    "level": lambda page: (page.stored, lambda points: points),
    "upside down": _over,
    "from behind": _mirrored,
    **{f"tilted by {degrees}°": partial(_tilted, degrees=degrees) for degrees in (2, -4, 8, -12)},
}


if __name__ == "__main__":
    main()
