"""Mask a box in the middle of every frame of every file of a folder, and compare with independent decoders.

    python benchmarks/dicom_roundtrip.py [FOLDER] [--fill black|white|background] [--keep FOLDER]

What is compared is what pydicom displays of the original and of the result (imagecodecs where pydicom has no
decoder): outside of the box not a single sample may differ, inside it must be flat. Without a folder, it takes
../shared/eval/real/dicom. Exit status 1 if any delivered file is wrong.
"""

import argparse
import sys
import tempfile
import time
import warnings
from collections import Counter
from pathlib import Path

import imagecodecs
import numpy as np
import pydicom
from pydicom.encaps import get_frame
from pydicom.pixels import apply_color_lut, pixel_array

from deburn.errors import RefusedError
from deburn.model import Box
from deburn.redactor.dicom import mask_to_file, open_file, read_frames
from deburn.redactor.policy import Policy

_DEFAULT = Path(__file__).parents[2] / "shared" / "eval" / "real" / "dicom"


def read(path: Path) -> pydicom.Dataset:
    """Return a data set, with or without file meta information."""
    dataset = pydicom.dcmread(path, force=True)
    if "TransferSyntaxUID" not in dataset.file_meta:
        implicit, little = dataset.original_encoding
        syntaxes = {
            (True, True): pydicom.uid.ImplicitVRLittleEndian,
            (False, True): pydicom.uid.ExplicitVRLittleEndian,
            (False, False): pydicom.uid.ExplicitVRBigEndian,
        }
        dataset.file_meta.TransferSyntaxUID = syntaxes[bool(implicit), bool(little)]
    return dataset


def displayed(dataset: pydicom.Dataset, frame: int) -> np.ndarray:
    """Return one frame as a viewer has it before any window: grey, or RGB."""
    count = int(dataset.get("NumberOfFrames", 1) or 1)
    try:
        array = pixel_array(dataset, index=frame) if count > 1 else pixel_array(dataset)
    except Exception:
        if "PixelData" not in dataset or not dataset["PixelData"].is_undefined_length:
            raise
        array = imagecodecs.imread(get_frame(dataset.PixelData, frame, number_of_frames=count))
    return apply_color_lut(array, dataset) if dataset.PhotometricInterpretation == "PALETTE COLOR" else array


def middle_box(rows: int, columns: int, frame: int) -> Box:
    """Return a box around the middle with odd edges."""
    x0, y0 = columns // 3 | 1, rows // 3 | 1
    return Box(frame=frame, x0=x0, y0=y0, x1=max(x0 + 1, columns * 2 // 3 | 1), y1=max(y0 + 1, rows * 2 // 3 | 1))


def check(path: Path, target: Path, policy: Policy) -> str:
    """Mask one file; return "" if the result is right, or what is wrong with it."""
    source = open_file(path)
    for frame in range(source.frame_count):
        read_frames(source, frame, frame + 1)
    boxes = [middle_box(source.rows, source.columns, frame) for frame in range(source.frame_count)]
    mask_to_file(source, boxes, target, policy=policy)
    before, after = read(path), read(target)
    for frame, box in enumerate(boxes):
        original, masked = displayed(before, frame), displayed(after, frame)
        if original.shape != masked.shape:
            return f"shape {masked.shape}, was {original.shape}"
        inside = np.zeros(original.shape[:2], bool)
        inside[box.y0 : box.y1, box.x0 : box.x1] = True
        if source.pixels.frames is None and source.pixels.layout.subsampled:
            inside[box.y0 : box.y1, box.x0 - 1 : box.x1 + 1] = True
        wrong = (original != masked)[~inside].sum()
        if wrong:
            return f"frame {frame}: {wrong} samples outside of the box differ"
        flat = masked[inside].reshape(inside.sum(), -1)
        if policy.fill != "background" and (flat != flat[0]).any():
            return f"frame {frame}: the box is not flat"
    return ""


def main() -> int:
    """Run over a folder and print a line per file that was refused or is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=_DEFAULT)
    parser.add_argument("--fill", choices=("black", "white", "background"), default="black")
    parser.add_argument("--keep", type=Path, help="leave the results here")
    parser.add_argument("--only", help="only names that hold this")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.keep or Path(scratch)
        folder.mkdir(exist_ok=True)
        for path in sorted(file for file in arguments.folder.rglob("*") if file.is_file()):
            if arguments.only and arguments.only not in path.name:
                continue
            began = time.perf_counter()
            try:
                fault = check(path, folder / path.name, Policy(fill=arguments.fill))
            except RefusedError as error:
                counts["refused"] += 1
                print(f"refused  {path.name}: {type(error).__name__}: {error}")
                continue
            counts["wrong" if fault else "delivered"] += 1
            if fault:
                print(f"WRONG    {path.name}: {fault} ({time.perf_counter() - began:.1f} s)")
    print(", ".join(f"{kind} {number}" for kind, number in sorted(counts.items())))
    return 1 if counts["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
