"""Detection and reading on synthetic pages of fonts, backgrounds and strings that training never saw.

    python benchmarks/synthetic_detection.py [--lines 3000] [--backgrounds FOLDER] [--model PACKAGE]

draws pages until so many lines that identify, at least 7 pixels high and of a Michelson-like contrast of at least
0.15 of the frame's range, were on them, and prints how many were missed (less than half covered by padded boxes, or
less than 90 %), by height, with 95 % bounds; text-free pages with false boxes; and the character error rate.
Backgrounds are procedural, and the text-free files of FOLDER, which should be other ones than training had.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein
from text_detection import coverage

from deburn.model import Runner, TextLine, detect, open_runner, transcribe
from deburn.training.backgrounds import load_backgrounds
from deburn.training.console_layout import draw_line
from deburn.training.evaluate_statistics import rate
from deburn.training.fonts import find_fonts
from deburn.training.held_out import held_out_world
from deburn.training.page import Page, PageLine
from deburn.training.strings import Patient, Script
from deburn.training.synthetic_page import draw_synthetic_page
from deburn.training.texts import Texts

SEED = 20_001
SIDE = 512
HIGH, CONTRAST = 7, 0.15


def held_out_texts() -> Texts:
    """Return texts of the world that no network learns from."""
    world = held_out_world()

    def line(rng: np.random.Generator, patient: Patient, share: float) -> Script:
        kinds = tuple(world.identifying if rng.random() < share else world.kept)
        return draw_line(rng, patient, world, str(rng.choice(kinds)))

    return Texts(patient=world.patient, line=line, block=None)


def pages_of(backgrounds: Path | None) -> Iterator[Page]:
    """Yield pages without end."""
    fonts, texts = find_fonts(held_out=True), held_out_texts()
    real = load_backgrounds(backgrounds) if backgrounds else []
    index = 0
    while True:
        yield draw_synthetic_page(np.random.default_rng([SEED, index]), fonts, real, SIDE, SIDE, texts)
        index += 1


def counts(page: Page, line: PageLine) -> bool:
    """Tell whether a line must be found: it identifies, is high enough, and stands out from its ground."""
    x0, y0, x1, y1 = line.box
    across = (x1 - x0) if line.angle else (y1 - y0)
    if not (line.script.phi and line.readable and across >= HIGH):
        return False
    span = max(1.0, float(page.stored.max()) - float(page.stored.min()))
    inside = page.stored[y0:y1, x0:x1].reshape(-1, page.stored.shape[2])
    ground = np.median(page.stored[max(0, y0 - 3) : y1 + 3, max(0, x0 - 3) : x1 + 3], axis=(0, 1))
    return float(np.abs(np.percentile(inside, [3, 97], axis=0) - ground).max()) >= CONTRAST * span


def main() -> None:
    """Draw, find, count, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=3000)
    parser.add_argument("--backgrounds", type=Path)
    parser.add_argument("--model")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    runner = open_runner(options.model, device="cpu", threads=options.threads)
    told: Counter[str] = Counter()
    for page in pages_of(options.backgrounds):
        tell(told, page, read(runner, page))
        if told["lines"] >= options.lines:
            break
    report(told)


def read(runner: Runner, page: Page) -> list[TextLine]:
    """Detect and read one page."""
    handle = runner.upload(page.stored[None])
    return transcribe(runner, handle, detect(runner, handle))


def tell(told: Counter[str], page: Page, lines: list[TextLine]) -> None:
    """Count one page."""
    boxes = [(line.box.x0, line.box.y0, line.box.x1, line.box.y1) for line in lines]
    told["empty pages"] += not page.lines
    told["empty pages with boxes"] += not page.lines and bool(boxes)
    for line in page.lines:
        if not counts(page, line):
            continue
        share = coverage(line.box, boxes)
        x0, y0, x1, y1 = line.box
        group = next(name for limit, name in ((10, "7-10"), (14, "10-14"), (24, "14-24"), (1e9, "24 up")) if
                     ((x1 - x0) if line.angle else (y1 - y0)) < limit)  # fmt: skip
        for key in ("lines", f"{group} px", "turned" if line.angle else "level"):
            told[key] += 1
            told[f"{key}, missed"] += share < 0.5
            told[f"{key}, not covered"] += share < 0.9
        best = max(lines, key=lambda found: _common(line, found), default=None)
        if best is not None and share >= 0.9:
            wanted = line.script.text.replace(" ", "")
            told["characters"] += len(wanted)
            told["errors"] += min(len(wanted), Levenshtein.distance(best.text.replace(" ", ""), wanted))


def _common(line: PageLine, found: TextLine) -> int:
    x0, y0, x1, y1 = line.box
    box = found.box
    return max(0, min(x1, box.x1) - max(x0, box.x0)) * max(0, min(y1, box.y1) - max(y0, box.y0))


def report(told: Counter[str]) -> None:
    """Print the table."""
    print("lines that identify    number  missed  95 % bounds       less than 90 % covered")
    for key in ("lines", "7-10 px", "10-14 px", "14-24 px", "24 up px", "level", "turned"):
        missed = rate(told[f"{key}, missed"], told[key])
        print(f"{key:20s} {missed.total:8d} {missed.hits:7d}  [{missed.low:.4f}, {missed.high:.4f}] "
              f"{told[f'{key}, not covered']:8d}")  # fmt: skip
    print(f"text-free pages with boxes {told['empty pages with boxes']}/{told['empty pages']}")
    print(
        f"character error rate of lines found {told['errors'] / max(1, told['characters']):.4f} of {told['characters']}"
    )


if __name__ == "__main__":
    main()
