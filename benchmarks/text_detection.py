"""Detection and reading alone, on real images, beside other engines in the same run.

    python benchmarks/text_detection.py ../shared/eval/real [--model PACKAGE] [--rival PYTHON] [--missed]

prints line recall (90 % of the truth's box covered by boxes padded by 15 % of their height, 2 pixels at least) by kind
and height, and of all lines with the wider margin that masks have; text-free images with false boxes and the area of
these; the character error rate in the truth's boxes (ASCII lines, spaces aside); and seconds per megapixel of detection
and reading on two threads. ``--rival`` names an interpreter that has rapidocr-onnxruntime, pytesseract or easyocr; they
get 8-bit pictures from the frames' minimum to their maximum.
"""

import argparse
import csv
import json
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rapidfuzz.distance import Levenshtein
from redaction import RIVAL, rendered

from deburn.errors import RefusedError
from deburn.model import Runner, TextLine, detect, open_runner, transcribe
from deburn.model.crops import plan_crops
from deburn.model.reading import read_crops
from deburn.redactor.dicom import open_file, read_frames, visible
from deburn.redactor.policy import Policy
from deburn.training.evaluate_statistics import rate

Corners = tuple[float, float, float, float]
HEIGHTS = (8, 10, 13, 20, 40, 80)  # pixels
COVERED = 0.9
PAD = 0.15  # of the lower side


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """One frame and its truth; `lines` is empty where it shows no text."""

    name: str
    frame: np.ndarray
    lines: list[dict]

    @property
    def boxes(self) -> list[Corners]:
        """The truth's boxes as corners."""
        return [(line["x"], line["y"], line["x"] + line["w"], line["y"] + line["h"]) for line in self.lines]


@dataclass(slots=True)
class Result:
    """What one engine made of the images: boxes found, texts read in the truth's boxes, seconds."""

    found: list[list[Corners]] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=list)
    seconds: float = 0.0


def images_of(folder: Path) -> Iterator[Image]:
    """Yield the images of the set, re-encodings aside."""
    for row in csv.DictReader((folder / "index.csv").open()):
        if row["variant_of"]:
            continue
        name = Path(row["name"]).stem
        path = folder / "truth" / f"{name}.json"
        truth = json.loads(path.read_text()) if path.exists() and row["class"] != "c" else None
        try:
            source = open_file(folder / "dicom" / f"{name}.dcm")
            at = int(truth["frame"]) if truth else source.frame_count // 2
            frame = visible(read_frames(source, at, at + 1))
        except RefusedError as error:
            print(f"refused {name}: {error}")
            continue
        lines = [box for box in truth["boxes"] if not box.get("ignore")] if truth else []
        yield Image(name=name, frame=frame, lines=lines)


def corners_of(line: TextLine) -> Corners:
    """Return a line's box as corners."""
    return line.box.x0, line.box.y0, line.box.x1, line.box.y1


def ours(images: list[Image], runner: Runner) -> Result:
    """Detect and read with a runner."""
    result = Result()
    for image in images:
        began = time.perf_counter()
        handle = runner.upload(image.frame)
        lines = transcribe(runner, handle, detect(runner, handle))
        result.seconds += time.perf_counter() - began
        result.found.append([corners_of(line) for line in lines])
        result.texts.append(read_in_boxes(runner, handle, image))
    return result


def read_in_boxes(runner: Runner, handle: object, image: Image) -> list[str]:
    """Return what the reader alone sees in the truth's boxes; boxes much higher than wide are read both ways."""
    texts = []
    for line, box in zip(image.lines, image.boxes, strict=True):
        upright = line["h"] > 1.8 * line["w"] and len(line["text"] or "") >= 3
        angles = np.array((90, 270) if upright else (0,))
        plan = plan_crops(np.zeros(len(angles), int), np.repeat([box], len(angles), axis=0), angles)
        readings = read_crops(runner, handle, plan)
        texts.append(max(readings, key=lambda reading: float(np.mean(reading.scores or (0,)))).text)
    return texts


def theirs(images: list[Image], python: str) -> dict[str, Result]:
    """Run the engines of another interpreter over the same images."""
    with TemporaryDirectory() as folder:
        for index, image in enumerate(images):
            np.save(Path(folder) / f"{index:03d}.npy", rendered(image.frame[0]))
            (Path(folder) / f"{index:03d}.json").write_text(json.dumps(image.boxes))
        done = subprocess.run([python, str(RIVAL), folder, "--judge"], capture_output=True, text=True, check=True)
    print(done.stderr.strip())
    return {name: Result(**result) for name, result in json.loads(done.stdout).items()}


def coverage(box: Corners, found: list[Corners], padding: float = PAD) -> float:
    """Return the share of a truth box that padded boxes cover, in [0, 1]."""
    return float(covered(box, found, padding).mean())


def covered(box: Corners, found: list[Corners], padding: float = PAD) -> np.ndarray:
    """Return which pixels of a truth box lie in padded boxes, ``bool[rows, columns]``."""
    x0, y0, x1, y1 = (int(side) for side in box)
    area = np.zeros((max(1, y1 - y0), max(1, x1 - x0)), bool)
    for left, top, right, bottom in found:
        pad = max(2, round(padding * min(bottom - top, right - left)))
        rows = slice(max(0, round(top) - pad - y0), max(0, round(bottom) + pad - y0))
        area[rows, max(0, round(left) - pad - x0) : max(0, round(right) + pad - x0)] = True
    return area


def groups_of(line: dict) -> list[str]:
    """Return the groups that a line is counted in."""
    text = line["text"] or ""
    high = min(line["h"], line["w"]) if len(text) > 1 else line["h"]
    height = next((f"height < {limit}" for limit in HEIGHTS if high < limit), f"height >= {HEIGHTS[-1]}")
    return ["all lines", "PHI" if line["phi"] else "other", height, *(["1-2 characters"] if len(text) <= 2 else [])]


def misread(line: dict, text: str) -> tuple[int, int]:
    """Return the errors in what was read of a line, and its characters, spaces aside; nothing of lines not in ASCII."""
    wanted = (line["text"] or "").replace(" ", "")
    if not wanted.isascii() or "*" in wanted:
        return 0, 0
    return Levenshtein.distance(text.replace(" ", ""), wanted), len(wanted)


def report(name: str, images: list[Image], result: Result, *, missed: bool) -> None:
    """Print one engine's table."""
    hits: dict[str, list[bool]] = {}
    errors = characters = 0
    for image, found, texts in zip(images, result.found, result.texts, strict=True):
        for line, box, text in zip(image.lines, image.boxes, texts, strict=True):
            share = coverage(box, found)
            for group in groups_of(line):
                hits.setdefault(group, []).append(share >= COVERED)
            if missed and share < COVERED:
                print(f"missed {image.name} x{line['x']} y{line['y']} {line['w']}x{line['h']} covered {share:.2f}")
            wrong, written = misread(line, text)
            errors, characters = errors + wrong, characters + written
    print(f"\n{name}")
    for group, covered in sorted(hits.items(), key=lambda item: -len(item[1])):
        measured = rate(sum(covered), len(covered))
        interval = f"[{measured.low:.3f}, {measured.high:.3f}]"
        print(f"  {group:16s} {measured.value:.3f} {interval}  {measured.hits}/{measured.total}")
    masked = [
        coverage(box, found, Policy().margin) >= COVERED
        for image, found in zip(images, result.found, strict=True)
        for box in image.boxes
    ]
    print(f"  all lines, by the margin of masks {np.mean(masked):.3f}  {sum(masked)}/{len(masked)}")
    empty = [(image, found) for image, found in zip(images, result.found, strict=True) if not image.lines]
    areas = [false_area(image, found) for image, found in empty]
    touched = sum(area > 0 for area in areas)
    print(f"  text-free images with false boxes {touched}/{len(areas)}, area {np.mean(areas):.3%}")
    print(f"  character error rate in the truth's boxes {errors / max(characters, 1):.4f} of {characters}")
    pixels = sum(image.frame.shape[1] * image.frame.shape[2] for image in images)
    print(f"  {result.seconds / pixels * 1e6:.3f} s per megapixel")


def false_area(image: Image, found: list[Corners]) -> float:
    """Return the share of the frame that boxes cover."""
    rows, columns = image.frame.shape[1:3]
    area = np.zeros((rows, columns), bool)
    for x0, y0, x1, y1 in found:
        area[max(0, round(y0)) : round(y1), max(0, round(x0)) : round(x1)] = True
    return float(area.mean())


def main() -> None:
    """Run over the set and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rival", help="Python interpreter that has other engines")
    parser.add_argument("--missed", action="store_true", help="list our lines that were not covered, by place")
    options = parser.parse_args()
    images = list(images_of(options.folder))
    runner = open_runner(options.model, device="cpu", threads=options.threads)
    report("deburn", images, ours(images, runner), missed=options.missed)
    for name, result in (theirs(images, options.rival) if options.rival else {}).items():
        report(name, images, result, missed=False)


if __name__ == "__main__":
    main()
