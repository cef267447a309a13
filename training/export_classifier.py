"""The classifier's part of a model package: its weights from any of their forms, and pages that prove it works."""

import json
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor

from ..errors import ModelError
from ..model import ModelSpec
from ..model.categories import CATEGORIES
from ..model.classifier import Classifier, build_classifier, depth_of
from ..model.classifier_input import LINE_MARKS, MARKS, SIDES, ClassifierInput
from ..model.spec import ClassifierSpec
from .schedule import load_weights
from .strings import ALPHABET

# What `save_pretrained` puts before the names of the network's weights.
_PREFIX = "network."


def classifier_of(path: Path) -> tuple[Classifier, ClassifierSpec]:
    """Return a trained classifier and what it was built for.

    Parameters
    ----------
    path : Path
        A checkpoint of `deburn train classifier`, a package's safetensors file, or a folder as `save_pretrained`
        writes it.

    Raises
    ------
    ModelError
        The weights are no classifier of this version.
    """
    characters = ALPHABET
    if path.is_dir():
        config = json.loads((path / "config.json").read_text(encoding="utf-8"))
        characters = config["characters"]
        weights = {name.removeprefix(_PREFIX): value for name, value in load_file(path / "model.safetensors").items()}
    else:
        weights = load_weights(path)
    return classifier_from(weights, characters, path)


def classifier_from(weights: dict[str, Tensor], characters: str, path: Path) -> tuple[Classifier, ClassifierSpec]:
    """Return the classifier with these weights; their shapes say how large it is."""
    try:
        spec = ClassifierSpec(
            characters=characters,
            marks=MARKS,
            line_marks=LINE_MARKS,
            categories=CATEGORIES,
            width=weights["embed.weight"].shape[1],
            page_width=weights["gather.weight"].shape[0],
            **depth_of(weights),
        )
        classifier = build_classifier(spec)
        classifier.load_state_dict(weights)
    except (KeyError, RuntimeError) as error:
        raise ModelError(f"{path} holds no classifier that this version of deburn knows; train it anew") from error
    return classifier.eval(), spec


def shipped_classifier(spec: ModelSpec) -> tuple[Classifier, ClassifierSpec] | None:
    """Return a package's classifier, or nothing where it has none."""
    if spec.classifier is None:
        return None
    path = spec.folder / "classifier.safetensors"
    return classifier_from(load_file(path), spec.classifier.characters, path)


def golden_pages() -> ClassifierInput:
    """Return two pages by which a classifier is known to work: of 7 and 3 lines, one of them of one character."""
    rng = np.random.default_rng(6)
    lengths = (12, 1, 30, 4, 9, 9, 17, 5, 62, 3)
    lines = np.arange(len(lengths))
    count = sum(lengths)
    beside = np.stack([np.where(lines < 7, rng.integers(0, 7, 10), rng.integers(7, 10, 10)) for _ in SIDES], axis=1)
    return ClassifierInput(
        characters=rng.integers(0, len(ALPHABET), count),
        marks=(rng.random((count, len(MARKS))) * (rng.random((count, len(MARKS))) < 0.2)).astype(np.float32),
        owner=np.repeat(lines, lengths),
        lines=rng.random((len(lengths), len(LINE_MARKS))).astype(np.float32),
        beside=beside,
        pages=(lines >= 7).astype(np.int64),
    )


def golden_arrays(classifier: Classifier) -> dict[str, np.ndarray]:
    """Return the golden pages and the classifier's output for them, under names of their own in a package."""
    pages = golden_pages()
    with torch.inference_mode():
        probabilities = classifier(*map(torch.from_numpy, pages.arrays().values())).numpy()
    arrays = {**pages.arrays(), "probabilities": probabilities}
    return {f"classifier_{name}": array for name, array in arrays.items()}
