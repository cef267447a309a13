"""Detection and reading on synthetic pages of fonts, backgrounds and strings that training never saw.

    python benchmarks/synthetic_detection.py [--lines 3000] [--backgrounds FOLDER] [--model PACKAGE]

draws pages until so many lines that identify, at least 7 pixels high and of a Michelson-like contrast of at least
0.15 of the frame's range, were on them, and prints how many were missed (less than half covered by padded boxes, or
less than 90 %; of a tilted line the strip that it takes of its box), by height, with 95 % bounds; text-free pages with
false boxes; and the character error rate.
Backgrounds are procedural, and the text-free files of FOLDER, which should be other ones than training had.
"""

import argparse
from collections import Counter
from pathlib import Path

from rapidfuzz.distance import Levenshtein
from text_detection import corners_of, covered

from deburn.model import TextLine, open_runner
from deburn.training.evaluate_statistics import rate
from deburn.training.held_out_pages import held_out_pages, must_be_found, read_best, read_page
from deburn.training.page import Page
from deburn.training.targets import strip_of


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
    for page in held_out_pages(options.backgrounds):
        tell(told, page, read_page(runner, page))
        if told["lines"] >= options.lines:
            break
    report(told)


def tell(told: Counter[str], page: Page, lines: list[TextLine]) -> None:
    """Count one page."""
    boxes = [corners_of(line) for line in lines]
    told["empty pages"] += not page.lines
    told["empty pages with boxes"] += not page.lines and bool(boxes)
    for line in page.lines:
        if not must_be_found(page, line):
            continue
        share = float(covered(line.box, boxes)[strip_of(line)].mean())
        x0, y0, x1, y1 = line.box
        group = next(name for limit, name in ((10, "7-10"), (14, "10-14"), (24, "14-24"), (1e9, "24 up")) if
                     ((x1 - x0) if line.angle else (y1 - y0)) < limit)  # fmt: skip
        for key in ("lines", f"{group} px", "turned" if line.angle else "level"):
            told[key] += 1
            told[f"{key}, missed"] += share < 0.5
            told[f"{key}, not covered"] += share < 0.9
        if share >= 0.9:
            wanted = line.script.text.replace(" ", "")
            told["characters"] += len(wanted)
            told["errors"] += min(len(wanted), Levenshtein.distance(read_best(line, lines).replace(" ", ""), wanted))


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
