"""What a model package is: its manifest, read and checked before anything of it runs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, get_args

from ..errors import ModelError
from ..weights import DEFAULT, FOLDER
from .categories import CATEGORIES
from .classifier_input import LINE_MARKS, MARKS

MANIFEST = "manifest.json"
FORMAT = 1
# Of the graphs for ONNX Runtime; torch computes with what its weights are loaded into.
Precision = Literal["fp32", "fp16", "int8"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Where the networks' scores become lines, each in [0, 1].

    Attributes
    ----------
    cell : float
        A cell of the text map above this may belong to a line.
    line : float
        A line's best cells must reach this.
    sure : float
        A line above this stays even where the reader finds no character in it.
    read : float
        Between `line` and `sure` detector and reader together must reach this, or it was no text.
    """

    cell: float
    line: float
    sure: float
    read: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifierSpec:
    """What a package's classifier was built for; another version's columns or classes would mean something else.

    Attributes
    ----------
    characters : str
        The vocabulary: character of class 1, 2, and so on; class 0 is any other.
    marks, line_marks, categories : tuple of str
        Columns of its inputs and of its output.
    width, page_width, layers, before, after : int
        Sizes of the network, for torch, as `Classifier` has them.
    """

    characters: str
    marks: tuple[str, ...]
    line_marks: tuple[str, ...]
    categories: tuple[str, ...]
    width: int
    page_width: int
    layers: int
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSpec:
    """The facts of a model package that code needs; everything else in the manifest is for people.

    Attributes
    ----------
    name : str
        Such as "small-v13"; a name never means two different sets of weights.
    folder : Path
        Where its files are.
    alphabet : str
        Character of class 1, 2, and so on; class 0 is the blank of CTC.
    thresholds : Thresholds
        The operating point, chosen on the development images.
    hashes : mapping of str to str
        SHA-256 by file name.
    sha256 : str
        Of the manifest, and through its hashes of the whole package.
    classifier : ClassifierSpec or None
        Of the package's classifier; a package may have none, and then rules alone decide.
    precision : {"fp32", "fp16", "int8"}
        Of the graphs for ONNX Runtime; those for processors may be there in int8 besides, see `graph_of`.
    """

    name: str
    folder: Path
    alphabet: str
    thresholds: Thresholds
    hashes: Mapping[str, str]
    sha256: str
    classifier: ClassifierSpec | None = None
    precision: Precision = "fp32"


def load_spec(model: Path | str | None = None) -> ModelSpec:
    """Return the facts of a model package.

    Parameters
    ----------
    model : path or str, optional
        A package's folder, or the name of one that ships; by default the one that ships for CPUs.

    Raises
    ------
    ModelError
        There is no such package, or its manifest is not one that this version reads.
    """
    folder = FOLDER / DEFAULT if model is None else Path(model)
    if not folder.is_dir() and isinstance(model, str) and Path(model).name == model:
        folder = FOLDER / model
    path = folder / MANIFEST
    try:
        data = path.read_bytes()
    except OSError:
        raise ModelError(f"{path} cannot be read; expected a model package, a folder with {MANIFEST}") from None
    try:
        return _parse(json.loads(data), folder, data)
    except (KeyError, TypeError, ValueError):
        raise ModelError(f"{path} is not a manifest that this version of deburn reads; reinstall the package") from None


def _parse(manifest: Mapping[str, Any], folder: Path, data: bytes) -> ModelSpec:
    if manifest["format"] != FORMAT:
        raise ValueError("format")
    return ModelSpec(
        name=str(manifest["name"]),
        folder=folder,
        alphabet=str(manifest["alphabet"]),
        thresholds=Thresholds(**{name: float(value) for name, value in manifest["thresholds"].items()}),
        hashes={str(name): str(value) for name, value in manifest["sha256"].items()},
        sha256=sha256(data).hexdigest(),
        classifier=_classifier(manifest["classifier"]) if manifest.get("classifier") else None,
        precision=_precision(manifest.get("precision", "fp32")),
    )


def _precision(entry: object) -> Precision:
    for known in get_args(Precision):
        if entry == known:
            return known  # type: ignore[no-any-return]
    raise ValueError("precision")


def _classifier(entry: Mapping[str, Any]) -> ClassifierSpec:
    spec = ClassifierSpec(
        characters=str(entry["characters"]),
        marks=tuple(entry["marks"]),
        line_marks=tuple(entry["line_marks"]),
        categories=tuple(entry["categories"]),
        width=int(entry["width"]),
        page_width=int(entry["page_width"]),
        layers=int(entry["layers"]),
        # Packages up to small-v11 do not name them.
        before=int(entry.get("before", 3)),
        after=int(entry.get("after", 2)),
    )
    if (spec.marks, spec.line_marks, spec.categories) != (MARKS, LINE_MARKS, CATEGORIES):
        raise ValueError("classifier")
    return spec


def graph_of(spec: ModelSpec, network: str, precision: Precision) -> str | None:
    """Return the name of a network's graph in a precision, or None where the package has none.

    The graphs in the package's own precision are called detector.onnx and so on, those in int8 beside them
    detector.int8.onnx.
    """
    if precision == spec.precision:
        return f"{network}.onnx"
    name = f"{network}.{precision}.onnx"
    return name if name in spec.hashes else None


def member(spec: ModelSpec, name: str) -> bytes:
    """Return a file of the package, whole; the hash is of the very bytes that are returned.

    Raises
    ------
    ModelError
        The file is missing, or its SHA-256 is not the manifest's.
    """
    path = spec.folder / name
    try:
        data = path.read_bytes()
    except OSError:
        raise ModelError(f"{path} cannot be read; reinstall the model package") from None
    found = sha256(data).hexdigest()
    if found != spec.hashes.get(name):
        raise ModelError(f"{path} has SHA-256 {found}, expected {spec.hashes.get(name)}; reinstall the model package")
    return data
