"""Ask the classifier what each character is: its opinion, beside that of the rules."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..model import Runner, TextLine
from ..model.categories import CATEGORIES, IDENTIFYING
from ..model.classifier_input import joined
from .advice import AdvisedRunner
from .classifier_features import page_input
from .dicom import Identity
from .matching import Needles, needles_of

# Lines of one call: the network compares each with each, so a cine's frames go in a few at a time.
BATCH_LINES = 256

Opinions = tuple[NDArray[np.float32], ...]


def opinions(lines: Sequence[TextLine], identity: Identity, runner: Runner) -> Opinions | None:
    """Return how probable each category is for each character, or None where the package has no classifier.

    Parameters
    ----------
    lines : sequence of TextLine
        Of one file; those of one frame are one page.
    identity : Identity
        What is known about people; may be empty.
    runner : Runner
        Whose model package may hold a classifier; or with a checkpoint beside it, see `advice`.

    Returns
    -------
    tuple of ndarray or None
        float32[len(text), len(CATEGORIES)] per line, in the order of `lines`; rows add up to 1.
    """
    own = None if isinstance(runner, AdvisedRunner) and runner.alone else _own(lines, identity, runner)
    if not isinstance(runner, AdvisedRunner):
        return own
    advice = _advice(lines, runner)
    return advice if own is None else tuple(map(_warier, own, advice))


def _advice(lines: Sequence[TextLine], runner: AdvisedRunner) -> Opinions:
    """Ask the checkpoint that the user named, page by page."""
    result = [np.zeros((0, len(CATEGORIES)), np.float32)] * len(lines)
    for page in _pages(lines):
        order = sorted(page, key=lambda index: (lines[index].box.y0, lines[index].box.x0))
        answers = runner.checkpoint.judge([lines[index].text for index in order])
        for index, answer in zip(order, answers, strict=True):
            result[index] = answer
    return tuple(result)


def _warier(one: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return for each character the opinion that holds it for more identifying: a further vote never clears."""
    shares = (opinion[:, : len(IDENTIFYING)].sum(axis=1, keepdims=True) for opinion in (one, other))
    first, second = shares
    return np.where(first >= second, one, other)


def _own(lines: Sequence[TextLine], identity: Identity, runner: Runner) -> Opinions | None:
    spec = runner.spec.classifier
    if spec is None:
        return None
    result = [np.zeros((len(line.text), len(spec.categories)), np.float32) for line in lines]
    needles = needles_of(identity)
    for batch in _batches(lines):
        _judge(batch, lines, needles, runner, spec.characters, result)
    return tuple(result)


def _judge(
    batch: list[list[int]],
    lines: Sequence[TextLine],
    needles: Needles,
    runner: Runner,
    characters: str,
    result: list[NDArray[np.float32]],
) -> None:
    """Fill in the results of a batch of pages, each a list of indices of lines."""
    pages = [page_input([lines[index] for index in page], needles, characters) for page in batch]
    probabilities = runner.classify(joined(pages))
    order = [index for page in batch for index in page]
    edges = np.cumsum([len(lines[index].text) for index in order])[:-1]
    for index, part in zip(order, np.split(probabilities, edges), strict=True):
        result[index] = part


def _pages(lines: Sequence[TextLine]) -> list[list[int]]:
    """Return the indices of the lines that were read, frame by frame."""
    frames: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.text:
            frames.setdefault(line.box.frame, []).append(index)
    return list(frames.values())


def _batches(lines: Sequence[TextLine]) -> list[list[list[int]]]:
    """Return the pages in batches of about as many lines as go at once."""
    batches: list[list[list[int]]] = []
    room = 0
    for page in _pages(lines):
        if room < len(page) or not batches:
            batches.append([])
            room = BATCH_LINES
        batches[-1].append(page)
        room -= len(page)
    return batches
