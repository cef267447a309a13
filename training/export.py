"""Make a model package from checkpoints: ``python -m deburn.training.export --output weights/NAME``."""

import argparse
import json
import shutil
import subprocess
import warnings
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from ..errors import UsageError
from ..model import load_spec
from ..model.classifier import Classifier
from ..model.detector import Detector
from ..model.reader import Reader
from ..model.spec import FORMAT, MANIFEST, ClassifierSpec
from .export_classifier import classifier_of, golden_arrays, golden_pages, shipped_classifier
from .schedule import load_weights
from .strings import ALPHABET

OPSET = 18
GOLDEN = "golden.npz"
THRESHOLDS = {"cell": 0.4, "line": 0.6, "sure": 0.9, "read": 0.5}


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
    parser.add_argument("--training", type=Path, help="JSON file of what to record about the training")
    parser.add_argument("--force", action="store_true", help="replace an existing package")
    return parser


def main(argv: list[str] | None = None) -> None:
    """Write the package."""
    options = arguments().parse_args(argv)
    if (options.output / MANIFEST).exists() and not options.force:
        raise UsageError(f"{options.output} holds a package already; choose another --output, or --force")
    options.output.mkdir(parents=True, exist_ok=True)
    detector, reader = Detector(), Reader(len(ALPHABET) + 1)
    _load(detector, options.detector, options.model, "detector.safetensors")
    _load(reader, options.reader, options.model, "reader.safetensors")
    third = _classifier(options)
    networks: dict[str, nn.Module] = {"detector": detector, "reader": reader}
    networks |= {"classifier": third[0]} if third else {}
    for name, network in networks.items():
        save_file(
            {key: value.contiguous() for key, value in network.eval().state_dict().items()},
            options.output / f"{name}.safetensors",
        )
    export_detector(detector, options.output / "detector.onnx")
    export_reader(reader, options.output / "reader.onnx")
    if third:
        export_classifier(third[0], options.output / "classifier.onnx")
    write_golden(detector, reader, third[0] if third else None, options.output / GOLDEN)
    write_manifest(
        options.output, options.training, _thresholds(options.model), tuple(networks), third[1] if third else None
    )
    total = sum(path.stat().st_size for path in options.output.iterdir())
    print(f"{options.output.name}: {total / 1e6:.1f} MB")


def _load(network: nn.Module, checkpoint: Path | None, model: str | None, name: str) -> None:
    if checkpoint:
        network.load_state_dict(load_weights(checkpoint))
    else:
        network.load_state_dict(load_file(load_spec(model).folder / name))


def _classifier(options: argparse.Namespace) -> tuple[Classifier, ClassifierSpec] | None:
    if options.without_classifier:
        return None
    return classifier_of(options.classifier) if options.classifier else shipped_classifier(load_spec(options.model))


def _thresholds(model: str | None) -> dict[str, float]:
    try:
        chosen = load_spec(model).thresholds
    except Exception:
        return THRESHOLDS
    return {name: getattr(chosen, name) for name in THRESHOLDS}


def export_detector(detector: Detector, path: Path) -> None:
    """Write the detector's graph: ``stored int32[n, h, w, c]`` to ``fine, coarse uint8``."""
    stored = torch.randint(0, 255, (2, 136, 152, 1), dtype=torch.int32)
    _export(detector, (stored,), path, ["stored"], ["fine", "coarse"], {"stored": _dynamic(4)})


def export_reader(reader: Reader, path: Path) -> None:
    """Write the reader's graph: ``stored, lines float32[k, 8], columns float32[w]`` to ``classes, scores``."""
    stored = torch.randint(0, 255, (2, 64, 80, 1), dtype=torch.int32)
    lines = torch.tensor([[0, 4, 4, 0.5, 0, 0, 0.5, 60], [1, 8, 8, 0.4, 0, 0, 0.4, 96], [1, 2, 9, 0.4, 0, 0, 0.4, 64]])
    columns = torch.arange(96, dtype=torch.float32)
    shapes = {
        "stored": _dynamic(4),
        "lines": _dynamic(1),
        "columns": _dynamic(1),
    }
    _export(reader, (stored, lines, columns), path, ["stored", "lines", "columns"], ["classes", "scores"], shapes)


def export_classifier(classifier: Classifier, path: Path) -> None:
    """Write the classifier's graph: the arrays of `ClassifierInput` to ``probabilities float32[S, categories]``."""
    pages = golden_pages().arrays()
    example = tuple(map(torch.from_numpy, pages.values()))
    _export(classifier, example, path, list(pages), ["probabilities"], {name: _dynamic(1) for name in pages})


def _dynamic(axes: int) -> dict[int, Any]:
    return dict.fromkeys(range(axes), torch.export.Dim.DYNAMIC)


def _export(
    network: nn.Module,
    example: tuple[Tensor, ...],
    path: Path,
    inputs: list[str],
    outputs: list[str],
    shapes: dict[str, Any],
) -> None:
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # the exporter warns about its own use of deprecated parts
        program = torch.onnx.export(
            network, example, dynamo=True, opset_version=OPSET, input_names=inputs, output_names=outputs,
            dynamic_shapes=shapes, verbose=False, optimize=True,
        )  # fmt: skip
    assert program is not None  # with dynamo it is
    graph = program.model_proto
    _strip(graph)
    onnx.checker.check_model(graph)
    path.write_bytes(graph.SerializeToString(deterministic=True))


def _strip(model: onnx.ModelProto) -> None:
    """Drop what the exporter notes about this machine: source paths would change the hash from one to the next."""
    model.doc_string = ""
    del model.metadata_props[:]
    for graph in (model.graph, *model.functions):
        graph.doc_string = ""
        del graph.metadata_props[:]
        for node in graph.node:
            node.doc_string = ""
            del node.metadata_props[:]
    for value in (*model.graph.value_info, *model.graph.input, *model.graph.output, *model.graph.initializer):
        value.doc_string = ""
        del value.metadata_props[:]


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
    networks: tuple[str, ...],
    classifier: ClassifierSpec | None,
) -> None:
    """Write the manifest over the files that are there."""
    names = (*(f"{network}.{kind}" for kind in ("onnx", "safetensors") for network in networks), GOLDEN)
    manifest = {
        "format": FORMAT,
        "name": folder.name,
        "licence": "Apache-2.0",
        "alphabet": ALPHABET,
        "thresholds": thresholds,
        "classifier": asdict(classifier) if classifier else None,
        "opset": OPSET,
        "training": json.loads(training.read_text()) if training else {},
        "commit": _commit(),
        "sha256": {name: sha256((folder / name).read_bytes()).hexdigest() for name in names},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")


def _commit() -> str | None:
    if not shutil.which("git"):
        return None
    done = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    return done.stdout.strip() or None


if __name__ == "__main__":
    main()
