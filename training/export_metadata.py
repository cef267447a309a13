"""What a graph says of itself, so that it can be used without its package."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import onnx

from ..model.spec import FORMAT, ClassifierSpec, Precision

PREFIX = "deburn."


def embed_metadata(
    path: Path,
    *,
    network: str,
    precision: Precision,
    weights: Path,
    thresholds: Mapping[str, float],
    classes: Sequence[str],
    classifier: ClassifierSpec | None = None,
) -> None:
    """Write into a graph what its outputs mean and which weights it came from.

    Parameters
    ----------
    path : Path
        Of the graph.
    network : str
        "detector", "reader" or "classifier".
    precision : {"fp32", "fp16", "int8"}
    weights : Path
        The safetensors file; its SHA-256 is embedded. That of the graph itself can only stand in the manifest.
    thresholds : mapping of str to float
    classes : sequence of str
        Of the output, in order: the detector's maps, the reader's characters, the classifier's categories.
    classifier : ClassifierSpec, optional
        Columns of its inputs.
    """
    texts = {
        "format": str(FORMAT),
        "network": network,
        "precision": precision,
        "weights_sha256": sha256(weights.read_bytes()).hexdigest(),
        "thresholds": json.dumps(dict(thresholds), sort_keys=True),
        "classes": json.dumps(list(classes)),
    }
    if classifier is not None:
        texts |= {
            "characters": json.dumps(classifier.characters),
            "marks": json.dumps(classifier.marks),
            "line_marks": json.dumps(classifier.line_marks),
        }
    model = onnx.load_model_from_string(path.read_bytes())
    onnx.helper.set_model_props(model, {f"{PREFIX}{name}": text for name, text in sorted(texts.items())})
    path.write_bytes(model.SerializeToString(deterministic=True))


def is_of(path: Path, *, precision: Precision, weights: Path) -> bool:
    """Tell whether there is a graph, and it says that it is of these weights and has this precision."""
    if not path.is_file():
        return False
    told = {entry.key: entry.value for entry in onnx.load_model_from_string(path.read_bytes()).metadata_props}
    digest = sha256(weights.read_bytes()).hexdigest()
    return told.get(f"{PREFIX}precision") == precision and told.get(f"{PREFIX}weights_sha256") == digest
