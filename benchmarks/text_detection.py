"""Detection and reading alone, on real images: ``python benchmarks/text_detection.py ../shared/eval/real``.

Prints line recall at 90 % coverage (boxes padded as masks are), by kind and height; false boxes on images
without text; character error rate of what was read in lines found; seconds per megapixel.
"""

import argparse
import csv
import json
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein

from deburn.errors import RefusedError
from deburn.model import TextLine, detect, open_runner, transcribe
from deburn.redactor.dicom import open_file, read_frames, visible


@dataclass(slots=True)
class Tally:
    """Counts of one run over the set."""

    hits: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    errors: int = 0
    characters: int = 0
    touched: int = 0
    empty: int = 0
    false_boxes: int = 0
    extra: int = 0
    seconds: float = 0.0
    pixels: int = 0
    missed: list[str] = field(default_factory=list)


def coverage(truth: dict, lines: list[TextLine]) -> float:
    """Return the share of a truth box that padded boxes cover, in [0, 1]."""
    x0, y0 = int(truth["x"]), int(truth["y"])
    area = np.zeros((max(1, int(truth["h"])), max(1, int(truth["w"]))), bool)
    for line in lines:
        box = line.box
        pad = max(2, round(0.15 * min(box.y1 - box.y0, box.x1 - box.x0)))
        area[
            max(0, box.y0 - pad - y0) : max(0, box.y1 + pad - y0), max(0, box.x0 - pad - x0) : max(0, box.x1 + pad - x0)
        ] = True
    return float(area.mean())


def height_of(truth: dict) -> str:
    """Return the class of height that a truth box is counted in."""
    high = min(truth["h"], truth["w"]) if len(truth.get("text") or "") > 1 else truth["h"]
    for limit in (8, 10, 13, 20, 40, 80):
        if high < limit:
            return f"height < {limit}"
    return "height >= 80"


def score_text(tally: Tally, name: str, truth: dict, lines: list[TextLine]) -> None:
    """Take in one image with text."""
    for box in truth["boxes"]:
        if box.get("ignore"):
            continue
        share = coverage(box, lines)
        found = share >= 0.9
        keys = ["all", height_of(box), "phi" if box["phi"] else "other", f"kind {box.get('kind')}"]
        keys += ["1-2 characters"] if len(box["text"]) <= 2 else []
        for key in keys:
            tally.hits[key].append(found)
        if not found:
            tally.missed.append(f"{name} x{box['x']} y{box['y']} {box['w']}x{box['h']} covered {share:.2f}")
        best = max(lines, key=lambda line: overlap(box, line), default=None)
        if best is not None and overlap(box, best) > 0.6 and box["text"].isascii():
            wanted = box["text"].replace(" ", "")
            tally.errors += Levenshtein.distance(best.text.replace(" ", ""), wanted)
            tally.characters += len(wanted)
    tally.extra += sum(all(overlap(box, line) <= 0.02 for box in truth["boxes"]) for line in lines)


def overlap(truth: dict, line: TextLine) -> float:
    """Return intersection over union of a truth box and a line."""
    x0, y0, x1, y1 = truth["x"], truth["y"], truth["x"] + truth["w"], truth["y"] + truth["h"]
    box = line.box
    common = max(0, min(x1, box.x1) - max(x0, box.x0)) * max(0, min(y1, box.y1) - max(y0, box.y0))
    return common / ((x1 - x0) * (y1 - y0) + (box.x1 - box.x0) * (box.y1 - box.y0) - common)


def main() -> None:
    """Run over the set and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--missed", action="store_true", help="list the boxes that were not covered, by place")
    options = parser.parse_args()
    runner, tally = open_runner(options.model, device="cpu", threads=options.threads), Tally()
    for row in csv.DictReader((options.folder / "index.csv").open()):
        if row["variant_of"]:
            continue
        name = Path(row["name"]).stem
        truth_path = options.folder / "truth" / f"{name}.json"
        truth = json.loads(truth_path.read_text()) if truth_path.exists() else None
        try:
            source = open_file(options.folder / "dicom" / f"{name}.dcm")
            frame = int(truth["frame"]) if truth else source.frame_count // 2
            seen = visible(read_frames(source, frame, frame + 1))
        except RefusedError as error:
            print(f"refused {name}: {error}")
            continue
        began = time.perf_counter()
        handle = runner.upload(seen)
        lines = transcribe(runner, handle, detect(runner, handle))
        tally.seconds += time.perf_counter() - began
        tally.pixels += seen.shape[1] * seen.shape[2]
        if truth and row["class"] != "c":
            score_text(tally, name, truth, lines)
        else:
            tally.empty += 1
            tally.touched += bool(lines)
            tally.false_boxes += len(lines)
            if lines and options.missed:
                scores = [
                    (round(line.score, 2), line.text[:12], round(float(np.mean(line.character_scores or (0,))), 2))
                    for line in lines
                ]
                print(f"false boxes {name}: {scores}")
    report(tally, options.missed)


def report(tally: Tally, missed: bool) -> None:
    """Print the table."""
    for key, hits in sorted(tally.hits.items(), key=lambda item: -len(item[1])):
        print(f"{key:24s} {np.mean(hits):.3f}  ({sum(hits)}/{len(hits)})")
    print(f"text-free images touched {tally.touched}/{tally.empty}, {tally.false_boxes} boxes")
    print(f"boxes on no text in images with text: {tally.extra}")
    print(
        f"character error rate of found ASCII lines {tally.errors / max(tally.characters, 1):.3f} of {tally.characters}"
    )
    print(f"{tally.seconds / tally.pixels * 1e6:.3f} s per megapixel, {tally.seconds:.1f} s")
    if missed:
        print("\n".join(tally.missed))


if __name__ == "__main__":
    main()
