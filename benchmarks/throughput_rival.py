"""Time other tools over files or pictures; runs in an interpreter of their own, called by ``throughput.py``.

Prints JSON: tool -> for each file or picture [seconds by the clock, seconds of processor time with children, whether
the tool did it].
"""

import json
import resource
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


def measure(work: Callable[..., object], items: Sequence[object]) -> list[tuple[float, float, bool]]:
    """Return the seconds that each item takes, and whether the tool could do it."""
    measured = []
    for item in items:
        wall, processor = time.perf_counter(), _processor_seconds()
        try:
            work(item)
            done = True
        except Exception:
            done = False
        measured.append((time.perf_counter() - wall, _processor_seconds() - processor, done))
    return measured


def _processor_seconds() -> float:
    """Return the processor time of this process and of programs that it started and that ended."""
    spent = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in spent)


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
