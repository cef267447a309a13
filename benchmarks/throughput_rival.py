"""Time other tools over files or pictures; runs in an interpreter of their own, called by ``throughput.py``.

Prints JSON: tool -> [seconds by the clock, seconds of processor time with children, how many of them failed].
"""

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rival import engines


def presidio() -> Callable[[Path], object]:
    """Return Presidio's redactor of files, its named-entity model a blank one: that only makes it faster."""
    import pydicom
    import spacy
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import SpacyNlpEngine
    from presidio_image_redactor import DicomImageRedactorEngine, ImageAnalyzerEngine

    class Blank(SpacyNlpEngine):
        def load(self) -> None:
            self.nlp = {"en": spacy.blank("en")}

    nlp = Blank(models=[{"lang_code": "en", "model_name": "blank"}])
    nlp.load()
    analyzer = ImageAnalyzerEngine(analyzer_engine=AnalyzerEngine(nlp_engine=nlp, supported_languages=["en"]))
    engine = DicomImageRedactorEngine(image_analyzer_engine=analyzer)

    def redact(path: Path) -> object:
        redacted = engine.redact(pydicom.dcmread(path), fill="contrast")
        return redacted.save_as(path.with_suffix(".out"))

    return redact


def measure(work: Callable[..., object], items: Sequence[object]) -> list[float]:
    """Return the seconds that all items take, and how many the tool could not do."""
    failed = 0
    wall, processor = time.perf_counter(), sum(os.times()[:4])
    for item in items:
        try:
            work(item)
        except Exception:
            failed += 1
    return [time.perf_counter() - wall, sum(os.times()[:4]) - processor, failed]


def main() -> None:
    """Measure what is installed."""
    folder, results = Path(sys.argv[1]), {}
    pictures = [np.load(path) for path in sorted(folder.glob("*.npy"))]
    for name, engine in engines().items():
        engine.find(pictures[0][:64, :64])
        results[name] = measure(engine.find, pictures)
    try:
        redact = presidio()
    except ImportError:
        redact = None
    if redact is not None:
        results["Presidio"] = measure(redact, sorted(folder.glob("*.dcm")))
    print(json.dumps(results))


if __name__ == "__main__":
    main()
