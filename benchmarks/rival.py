"""Time document engines over pictures; runs in an interpreter of their own, called by ``redaction.py``."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np


def engines() -> dict[str, Callable[[np.ndarray], object]]:
    """Return what is installed, ready to run."""
    found: dict[str, Callable[[np.ndarray], object]] = {}
    try:
        from rapidocr_onnxruntime import RapidOCR

        found["RapidOCR"] = RapidOCR(intra_op_num_threads=2)
    except ImportError:
        pass
    try:
        import pytesseract

        pytesseract.get_tesseract_version()
        found["Tesseract"] = lambda picture: pytesseract.image_to_data(picture, config="--psm 11")
    except Exception:
        pass  # neither the wrapper nor the program is needed for the other engine
    return found


def main() -> None:
    """Print seconds by engine as JSON."""
    pictures = [np.load(path) for path in sorted(Path(sys.argv[1]).glob("*.npy"))]
    seconds = {}
    for name, engine in engines().items():
        engine(pictures[0][:64, :64])
        began = time.perf_counter()
        for picture in pictures:
            engine(picture)
        seconds[name] = time.perf_counter() - began
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
