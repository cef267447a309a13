"""Exported graphs against each other and against torch on real files: probabilities, boxes, leaks and time.

    python benchmarks/export_precision.py ../shared/eval/real PACKAGE [PACKAGE ...] [--every N] [--first N]

takes packages that `deburn export` made of the same weights, each in all of the precisions that it holds. Over the
judged frame of each file, of every N-th, or of the first N, it compares the probabilities of the text maps, the boxes
and the text found with those of torch (float32, the same weights); it counts identifying spans that policy phi removes
from the files that have any, and takes the CPU time of detection and reading, package by package in turn for each
frame, one thread each.
"""

import argparse
import time
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import get_args

import numpy as np
import onnx
import onnxruntime
import torch
from text_detection import corners_of, images_of

from deburn.model import detect, load_spec, open_runner, transcribe
from deburn.model.onnx_runner import OnnxRunner
from deburn.model.spec import ModelSpec, Precision, graph_of, member
from deburn.model.torch_runner import TorchRunner
from deburn.redactor.policy_file import load_policy
from deburn.training.evaluate_measures import measure
from deburn.training.evaluate_read import read_folder
from deburn.training.evaluate_run import Job, score_tasks, tasks_of, with_studies
from deburn.training.export_check import with_probabilities


@dataclass(slots=True)
class Figures:
    """What one package came to."""

    apart: float = 0.0
    means: list[float] = field(default_factory=list)
    frames_alike: int = 0
    boxes_alike: int = 0
    texts_alike: int = 0
    boxes: int = 0
    detect_seconds: float = 0.0
    seconds: float = 0.0


class Package:
    """A package under ONNX Runtime, with its detector once more, unrounded."""

    def __init__(self, spec: ModelSpec, precision: Precision) -> None:
        self.spec, self.precision, self.figures = spec, precision, Figures()
        self.runner = OnnxRunner(spec, threads=1, precision=precision)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.log_severity_level = 1, 3
        graph = with_probabilities(member(spec, self.graph("detector")))
        self.session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

    def graph(self, network: str) -> str:
        """Give the name of a graph."""
        name = graph_of(self.spec, network, self.precision)
        assert name is not None
        return name

    def probabilities(self, frame: np.ndarray) -> list[np.ndarray]:
        """Give the probabilities of both scales' maps."""
        return list(self.session.run(None, {"stored": np.ascontiguousarray(frame, np.int32)})[2:])

    def read(self, frame: np.ndarray) -> list[tuple[tuple[int, int, int, int], str]]:
        """Detect and read, and count the time."""
        began = time.process_time()
        handle = self.runner.upload(frame)
        lines = detect(self.runner, handle)
        found = time.process_time()
        texts = transcribe(self.runner, handle, lines)
        self.figures.detect_seconds += found - began
        self.figures.seconds += time.process_time() - began
        return [(corners_of(line), line.text) for line in texts]


def compare(packages: list[Package], frame: np.ndarray, other: TorchRunner) -> None:
    """Add one frame to the figures."""
    with torch.inference_mode():
        wanted = [torch.sigmoid(maps[:, :2]).numpy() for maps in other.logits(frame)]
    readings = [package.read(frame) for package in packages]
    handle = other.upload(frame)
    lines = transcribe(other, handle, detect(other, handle))
    reference = [(corners_of(line), line.text) for line in lines]
    for package, reading in zip(packages, readings, strict=True):
        figures = package.figures
        apart = [np.abs(a - b) for a, b in zip(package.probabilities(frame), wanted, strict=True)]
        figures.apart = max(figures.apart, *(float(part.max()) for part in apart))
        figures.means.append(float(apart[0].mean()))
        boxes = {box for box, _ in reading}
        figures.boxes += len(boxes)
        figures.boxes_alike += len(boxes & {box for box, _ in reference})
        figures.texts_alike += len(set(reading) & set(reference))
        figures.frames_alike += boxes == {box for box, _ in reference}


def removed(folder: Path, split: str | None, package: Package, workers: int) -> str:
    """Give the identifying spans that are removed, and the other lines kept, of the files that have any."""
    truth = read_folder(folder / "truth", index=folder / "index.csv", split=split)
    pages = tuple(page for page in truth.pages if not page.variant and any(line.phi for line in page.lines))
    truth = replace(truth, pages=pages)
    tasks = with_studies(tasks_of(truth, folder / "dicom", None), folder / "dicom")
    opened = partial(open_runner, package.spec.folder, device="cpu", precision=package.precision)
    job = Job(policy=load_policy("phi"), open_runner=opened)
    measures = measure(list(score_tasks(tasks, job, workers=workers)), truth)
    kept = measures.others_kept
    return f"{measures.phi_removed.hits}/{measures.phi_removed.total} | {kept.hits}/{kept.total}" if kept else "–"


def _kinds(spec: ModelSpec) -> list[Precision]:
    return [kind for kind in get_args(Precision) if kind == spec.precision or graph_of(spec, "detector", kind)]


class Logits(TorchRunner):
    """torch's networks, whose logits can be asked for."""

    def logits(self, frame: np.ndarray) -> list[torch.Tensor]:
        """Give the maps of both scales before they become bytes."""
        maps, channels = self._detector.maps, self._detector.windows(self.upload(frame))
        return [maps(channels), maps(torch.nn.functional.avg_pool2d(channels, 4))]


def main() -> None:
    """Run over the set and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("packages", type=Path, nargs="+")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--every", type=int, default=1, help="compare and time each N-th frame")
    parser.add_argument("--first", type=int, help="compare and time so many of those")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--no-leaks", action="store_true", help="leave the redaction out")
    options = parser.parse_args()
    torch.set_num_threads(1)
    specs = [load_spec(path) for path in options.packages]
    packages = [Package(spec, kind) for spec in specs for kind in _kinds(spec)]
    other = Logits(packages[0].spec, device="cpu")
    names = {page.name for page in read_folder(options.folder / "truth", split=options.split).pages}
    count = pixels = 0
    for image in [image for image in images_of(options.folder) if image.name in names][:: options.every][
        : options.first
    ]:
        count, pixels = count + 1, pixels + image.frame.shape[1] * image.frame.shape[2]
        compare(packages, image.frame, other)
    print(
        f"{count} frames, {pixels / 1e6:.1f} megapixels, onnxruntime {onnxruntime.__version__}, onnx {onnx.__version__}"
    )
    print("| package | MB | max difference | mean | frames with the same boxes | boxes the same | … and text | "
          "detection, CPU s | with reading | faster | PHI removed | others kept |")  # fmt: skip
    for package in packages:
        told, first = package.figures, packages[0].figures
        size = sum((package.spec.folder / package.graph(name)).stat().st_size for name in ("detector", "reader")) / 1e6
        leaks = "– | –" if options.no_leaks else removed(options.folder, options.split, package, options.workers)
        print(f"| {package.precision} | {size:.1f} | {told.apart:.2g} | {np.mean(told.means):.2g} | "
              f"{told.frames_alike}/{count} | {told.boxes_alike}/{told.boxes} | {told.texts_alike} | "
              f"{told.detect_seconds:.1f} | {told.seconds:.1f} | {first.seconds / told.seconds:.2f}x | {leaks} |",
              flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
