"""Make a model package from checkpoints: ``python -m deburn.training.export --output weights/NAME``."""

import argparse
import copy
import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import numpy as np
import torch
from safetensors.torch import save
from torch import Tensor, nn

from ..errors import ModelError, UsageError
from ..model import load_spec
from ..model.categories import CATEGORIES
from ..model.classifier import Classifier
from ..model.detector import MAPS, Detector, blocks_of
from ..model.packages import GOLDEN
from ..model.reader import Reader
from ..model.spec import FORMAT, MANIFEST, ClassifierSpec, Precision
from ..model.torch_runner import fill, fuse
from .export_bytes import give_bytes
from .export_check import check_classifier, check_detector, check_reader
from .export_classifier import classifier_of, golden_arrays, shipped_classifier
from .export_graph import OPSET, export_classifier, export_detector, export_reader, store_short
from .export_metadata import embed_metadata, is_of
from .export_precision import detector_feeds, halve, quantise, reader_feeds
from .export_rearrange import rearrange
from .schedule import load_weights
from .strings import READ

THRESHOLDS = {"cell": 0.4, "line": 0.6, "sure": 0.9, "read": 0.5}
# Whatever a package may hold; what an earlier one had and this one has not is removed.
KINDS = ("onnx", "int8.onnx", "safetensors")
MEMBERS = {f"{name}.{kind}" for name in ("detector", "reader", "classifier") for kind in KINDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Networks:
    """The networks of a package, their weights loaded; `spec` is of the classifier, and None where that is."""

    detector: Detector
    reader: Reader
    classifier: Classifier | None
    spec: ClassifierSpec | None


def arguments() -> argparse.ArgumentParser:
    """Return the command's options."""
    parser = argparse.ArgumentParser(prog="deburn export", description=__doc__)
    parser.add_argument("--output", type=Path, required=True, help="folder of the package; its name is the model's")
    parser.add_argument("--detector", type=Path, help="checkpoint of the detector; the shipped weights without")
    parser.add_argument("--reader", type=Path, help="checkpoint of the reader; the shipped weights without")
    parser.add_argument(
        "--classifier", type=Path, help="checkpoint of the classifier or folder of its Hugging Face form"
    )
    parser.add_argument("--without-classifier", action="store_true", help="leave the classifier out")
    parser.add_argument("--model", help="package to take what is not given from; the shipped one without")
    parser.add_argument(
        "--precision",
        choices=get_args(Precision),
        default="fp32",
        help="of the graphs of detector and reader: fp32 adds those in int8 for processors, fp16 is for GPUs; "
        "see docs/exporting.md",
    )
    parser.add_argument("--without-int8", action="store_true", help="with fp32, leave the graphs in int8 out")
    parser.add_argument("--training", type=Path, help="JSON file of what to record about the training")
    parser.add_argument("--force", action="store_true", help="replace an existing package")
    return parser


def main(argv: list[str] | None = None) -> None:
    """Write the package: in a folder beside it first, so that what fails leaves nothing behind."""
    options = arguments().parse_args(argv)
    if (options.output / MANIFEST).exists() and not options.force:
        raise UsageError(f"{options.output} holds a package already; choose another --output, or --force")
    networks = _networks(options)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{options.output.name}.", suffix=".part", dir=options.output.parent) as scratch:
        folder = Path(scratch)
        written = write_package(folder, networks, options)
        options.output.mkdir(exist_ok=True)
        for name in written:  # the manifest last
            (folder / name).replace(options.output / name)
    for leftover in MEMBERS - set(written):
        (options.output / leftover).unlink(missing_ok=True)
    total = sum(path.stat().st_size for path in options.output.iterdir())
    print(f"{options.output.name}: {options.precision}, {total / 1e6:.1f} MB, alike on frames of 8, 12 and 16 bits")


def write_package(folder: Path, networks: Networks, options: argparse.Namespace) -> list[str]:
    """Write a package's files, check the graphs against the networks, and give the files' names."""
    thresholds, precision = _thresholds(options.model), options.precision
    members: dict[str, nn.Module] = {"detector": networks.detector, "reader": networks.reader}
    members |= {"classifier": networks.classifier} if networks.classifier else {}
    classes = {"detector": MAPS, "reader": ("", *READ), "classifier": CATEGORIES}
    for name, network in members.items():
        round_kernels(network)
        weights, graph = folder / f"{name}.safetensors", folder / f"{name}.onnx"
        # `save_file` makes files that nobody but their owner may read.
        weights.write_bytes(save({key: _short(value).contiguous() for key, value in network.state_dict().items()}))
        graphs: dict[Path, Precision] = {graph: "fp32" if name == "classifier" else precision}
        if name != "classifier" and precision == "fp32" and not options.without_int8:
            graphs[graph.with_suffix(".int8.onnx")] = "int8"
        for path, kind in graphs.items():
            earlier = None if getattr(options, name) else load_spec(options.model).folder / path.name
            if earlier and is_of(earlier, precision=kind, weights=weights):
                shutil.copyfile(earlier, path)  # int8 anew would be other steps, by other pages
            else:
                _write_graph(name, network, path, kind)
            embed_metadata(
                path,
                network=name,
                precision=kind,
                weights=weights,
                thresholds=thresholds,
                classes=classes[name],
                classifier=networks.spec if name == "classifier" else None,
            )
            _check(path, network, kind)
    write_golden(networks.detector, networks.reader, networks.classifier, folder / GOLDEN)
    return write_manifest(
        folder,
        options.training,
        thresholds,
        networks.spec,
        name=options.output.name,
        precision=precision,
    )


@torch.no_grad()
def round_kernels(network: nn.Module) -> None:
    """Round kernels to what float16 holds, in place: stored so they take half the space, and every graph is of them."""
    for value in network.parameters():
        value.copy_(_short(value))


def _short(value: Tensor) -> Tensor:
    """Return a kernel as float16; what normalisations hold, and biases, stays as it is."""
    return value.half() if value.is_floating_point() and value.dim() > 1 else value


def _networks(options: argparse.Namespace) -> Networks:
    weights, whose = _weights(options.detector, options.model, "detector.safetensors")
    detector, reader = Detector(blocks=blocks_of(weights)), Reader(READ)
    fill(detector, weights, whose)
    fill(reader, *_weights(options.reader, options.model, "reader.safetensors"))
    classifier, spec = _classifier(options) or (None, None)
    return Networks(
        detector=detector.eval(),
        reader=reader.eval(),
        classifier=classifier.eval() if classifier else None,
        spec=spec,
    )


def _write_graph(name: str, network: nn.Module, path: Path, precision: Precision) -> None:
    """Write a network's graph in a precision; the classifier's, a fiftieth of the time, is always float32."""
    exporters: dict[str, Callable[..., None]] = {
        "detector": export_detector,
        "reader": export_reader,
        "classifier": export_classifier,
    }
    if precision == "fp32" or name == "classifier":
        exporters[name](network, path)
        store_short(path)
        return
    exporters[name](fuse(copy.deepcopy(network)), path)
    if precision == "fp16":
        halve(path)
    else:
        quantise(path, detector_feeds() if name == "detector" else reader_feeds())
        if name == "detector":
            give_bytes(path)
        rearrange(path)


@torch.inference_mode()
def _check(path: Path, network: nn.Module, precision: Precision) -> None:
    if isinstance(network, Detector):
        check_detector(path, network, precision)
    elif isinstance(network, Reader):
        check_reader(path, network, precision)
    elif isinstance(network, Classifier):
        check_classifier(path, network)


def _weights(checkpoint: Path | None, model: str | None, name: str) -> tuple[dict[str, Tensor], str]:
    path = checkpoint or load_spec(model).folder / name
    return load_weights(path), str(path)


def _classifier(options: argparse.Namespace) -> tuple[Classifier, ClassifierSpec] | None:
    if options.without_classifier:
        return None
    return classifier_of(options.classifier) if options.classifier else shipped_classifier(load_spec(options.model))


def _thresholds(model: str | None) -> dict[str, float]:
    try:
        chosen = load_spec(model).thresholds
    except ModelError:
        return THRESHOLDS
    return {name: getattr(chosen, name) for name in THRESHOLDS}


def write_golden(detector: Detector, reader: Reader, classifier: Classifier | None, path: Path) -> None:
    """Write inputs and outputs by which a package is known to work: 12 signed bits, a size the export never saw."""
    rng = np.random.default_rng(5)
    stored = rng.normal(0, 300, (2, 90, 117, 1)).clip(-2048, 2047).astype(np.int32)
    stored[:, 30:42, 20:90] += 900 * (rng.random((2, 12, 70, 1)) < 0.4)
    plan = np.array([[0, 15, 27, 0.7, 0, 0, 0.7, 112], [1, 15, 60, 0, -0.7, 0.7, 0, 48]], np.float32)
    columns = np.arange(112, dtype=np.float32)
    with torch.inference_mode():
        fine, coarse = detector(torch.from_numpy(stored))
        classes, scores = reader(*map(torch.from_numpy, (stored, plan, columns)))
    outputs = {"fine": fine, "coarse": coarse, "classes": classes, "scores": scores}
    arrays = {"stored": stored, "lines": plan, "columns": columns}
    arrays |= {name: value.numpy() for name, value in outputs.items()}
    arrays |= golden_arrays(classifier) if classifier else {}
    # numpy's own type of the keywords mixes them up with its option.
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def write_manifest(
    folder: Path,
    training: Path | None,
    thresholds: dict[str, float],
    classifier: ClassifierSpec | None,
    *,
    name: str,
    precision: Precision,
) -> list[str]:
    """Write the manifest over the files that are there; give the names of all files, its own last."""
    names = (*sorted(MEMBERS & {path.name for path in folder.iterdir()}), GOLDEN)
    manifest = {
        "format": FORMAT,
        "name": name,
        "licence": "Apache-2.0",
        "alphabet": READ,
        "thresholds": thresholds,
        "classifier": asdict(classifier) if classifier else None,
        "opset": OPSET,
        "precision": precision,
        "training": json.loads(training.read_text()) if training else {},
        "commit": _commit(),
        "sha256": {name: sha256((folder / name).read_bytes()).hexdigest() for name in names},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return [*names, MANIFEST]


def _commit() -> str | None:
    if not shutil.which("git"):
        return None
    done = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    return done.stdout.strip() or None


if __name__ == "__main__":
    main()
