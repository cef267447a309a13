"""Run document engines over pictures; in an interpreter of their own, called by the benchmarks beside it.

    PYTHON rival.py FOLDER [--judge]

FOLDER holds pictures as NNN.npy, uint8[rows, columns, 3], and with ``--judge`` beside each NNN.json, the boxes
[x0, y0, x1, y1] of its lines. Prints JSON: for each engine its seconds over all pictures, and when judged the
boxes that it found in each, and what it reads in each line's box.
"""

import json
import sys
import time
from pathlib import Path
from typing import Protocol

import numpy as np

Box = list[float]


class Engine(Protocol):
    """A document engine."""

    def find(self, picture: np.ndarray) -> list[Box]:
        """Return the boxes in which text was found and read."""
        ...

    def read(self, line: np.ndarray) -> str:
        """Return what stands in a picture of one line."""
        ...


class Rapid:
    """PP-OCR by ONNX Runtime, as it ships."""

    def __init__(self) -> None:
        from rapidocr_onnxruntime import RapidOCR

        self.engine = RapidOCR(intra_op_num_threads=2)

    def find(self, picture: np.ndarray) -> list[Box]:
        """Return the boxes that outlast its own filter."""
        found, _ = self.engine(picture)
        return [_around(points) for points, *_ in found or []]

    def read(self, line: np.ndarray) -> str:
        """Return what its reader alone sees."""
        found, _ = self.engine(line, use_det=False, use_cls=False, use_rec=True)
        return found[0][0] if found else ""


class Tesseract:
    """Tesseract with the LSTM engine, sparse text for pages, one line for lines."""

    def __init__(self) -> None:
        import pytesseract

        pytesseract.get_tesseract_version()
        self.engine = pytesseract

    def find(self, picture: np.ndarray) -> list[Box]:
        """Return the boxes of its words."""
        data = self.engine.image_to_data(picture, config="--psm 11", output_type=self.engine.Output.DICT)
        boxes = zip(data["left"], data["top"], data["width"], data["height"], data["text"], strict=True)
        return [[x, y, x + wide, y + high] for x, y, wide, high, text in boxes if text.strip()]

    def read(self, line: np.ndarray) -> str:
        """Return what it sees in the line at three times its size, which suits it best."""
        return str(self.engine.image_to_string(line.repeat(3, axis=0).repeat(3, axis=1), config="--psm 7")).strip()


class Easy:
    """EasyOCR, where its weights are on the machine already."""

    def __init__(self) -> None:
        import easyocr

        self.engine = easyocr.Reader(["en"], gpu=False, download_enabled=False, verbose=False)

    def find(self, picture: np.ndarray) -> list[Box]:
        """Return the boxes that it reads something in."""
        return [_around(points) for points, *_ in self.engine.readtext(picture)]

    def read(self, line: np.ndarray) -> str:
        """Return what its reader alone sees."""
        rows, columns = line.shape[:2]
        found = self.engine.recognize(line.mean(axis=2).astype(np.uint8), [[0, columns, 0, rows]], [])
        return found[0][1] if found else ""


def _around(points: list[list[float]]) -> Box:
    x, y = zip(*points, strict=True)
    return [float(min(x)), float(min(y)), float(max(x)), float(max(y))]


def engines() -> dict[str, Engine]:
    """Return what is installed, ready to run; say of the others why not."""
    found: dict[str, Engine] = {}
    kinds: dict[str, type[Rapid] | type[Tesseract] | type[Easy]]
    kinds = {"RapidOCR": Rapid, "Tesseract": Tesseract, "EasyOCR": Easy}
    for name, kind in kinds.items():
        try:
            found[name] = kind()
        except Exception as error:  # each engine fails in its own way where it or its weights are absent
            print(f"{name} is not here: {type(error).__name__}", file=sys.stderr)
    return found


def _cut(picture: np.ndarray, box: Box) -> np.ndarray:
    x0, y0, x1, y1 = (round(side) for side in box)
    return np.ascontiguousarray(picture[max(0, y0 - 2) : y1 + 2, max(0, x0 - 2) : x1 + 2])


def main() -> None:
    """Print the JSON."""
    folder, judged = Path(sys.argv[1]), "--judge" in sys.argv
    paths = sorted(folder.glob("*.npy"))
    pictures = [np.load(path) for path in paths]
    results: dict[str, dict[str, object]] = {}
    for name, engine in engines().items():
        engine.find(pictures[0][:64, :64])
        began = time.perf_counter()
        found = [engine.find(picture) for picture in pictures]
        results[name] = {"seconds": time.perf_counter() - began}
        if judged:
            lines = [json.loads(path.with_suffix(".json").read_text()) for path in paths]
            read = [
                [engine.read(_cut(picture, box)) for box in boxes]
                for picture, boxes in zip(pictures, lines, strict=True)
            ]
            results[name] |= {"found": found, "texts": read}
    print(json.dumps(results))


if __name__ == "__main__":
    main()
