"""Turn a page of read lines and what the header knows into the classifier's input; the same code in training."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..model import Box, TextLine
from ..model.categories import IDENTIFYING
from ..model.classifier_input import LINE_MARKS, MARKS, SIDES, ClassifierInput, classes_of
from .matching import Needles, matches
from .tokens import tokens_of

_COLUMN = {name: index for index, name in enumerate(MARKS)}
_HEADER: dict[str, int] = {category: _COLUMN[f"header {category}"] for category in IDENTIFYING}
# A gap beyond this many heights says no more than that the line is far.
_FAR = 30.0


def page_input(lines: Sequence[TextLine], needles: Needles, characters: str) -> ClassifierInput:
    """Return the input for one page.

    Parameters
    ----------
    lines : sequence of TextLine
        Of one frame, at least one.
    needles : Needles
        Of the header's identity, from `matching.needles_of`.
    characters : str
        The classifier's vocabulary.
    """
    beside, gaps = _beside(_boxes(lines))
    return ClassifierInput(
        characters=np.concatenate([classes_of(line.text, characters) for line in lines]),
        marks=np.concatenate([_marks(line, needles) for line in lines]),
        owner=np.repeat(np.arange(len(lines)), [len(line.text) for line in lines]),
        lines=np.concatenate([_line_marks(lines, known=bool(needles)), gaps], axis=1).astype(np.float32),
        beside=beside,
        pages=np.zeros(len(lines), np.int64),
    )


def _marks(line: TextLine, needles: Needles) -> NDArray[np.float32]:
    marks = np.zeros((len(line.text), len(MARKS)), np.float32)
    if len(line.character_scores) == len(line.text):
        marks[:, _COLUMN["confidence"]] = line.character_scores
    for span in matches(line.text, needles):
        if (column := _HEADER.get(span.category)) is not None:
            found = marks[span.start : span.end, column]
            np.maximum(found, span.score, out=found)
    for token in tokens_of(line.text, line.character_scores):
        if (column := _COLUMN.get(f"word {token.kind}")) is not None:
            marks[token.start : token.end, column] = 1.0
    return marks


def _boxes(lines: Sequence[TextLine]) -> NDArray[np.float64]:
    return np.array([_corners(line.box) for line in lines], np.float64)


def _corners(box: Box) -> tuple[int, int, int, int]:
    return box.x0, box.y0, box.x1, box.y1


def _line_marks(lines: Sequence[TextLine], *, known: bool) -> NDArray[np.float64]:
    """Return all of a line's marks but the gaps, float64[N, len(LINE_MARKS) - 4]."""
    boxes = _boxes(lines)
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    places = (boxes - np.tile(low, 2)) / np.tile(np.maximum(high - low, 1), 2)
    upright = np.array([line.angle in (90, 270) for line in lines])
    sides = boxes[:, 2:] - boxes[:, :2]
    heights = np.maximum(np.where(upright, sides[:, 0], sides[:, 1]), 1)
    columns = (
        places[:, 0],
        places[:, 2],
        (places[:, 1] + places[:, 3]) / 2,
        np.log2(heights / 12).clip(-3, 4),
        np.log2(heights / np.median(heights)).clip(-3, 3),
        np.array([min(len(line.text), 60) / 20 for line in lines]),
        upright,
        np.array([line.angle in (180, 270) for line in lines]),
        np.array([np.mean(line.character_scores) if line.character_scores else 0.0 for line in lines]),
        np.array([line.score for line in lines]),
        np.full(len(lines), min(len(lines), 100) / 25),
        np.full(len(lines), float(known)),
    )
    assert len(columns) + len(SIDES) == len(LINE_MARKS)
    return np.stack(columns, axis=1).astype(np.float64)


def _beside(boxes: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the nearest line on each side, int64[N, 4], and how near it is, float64[N, 4]: 1 touching, 0 none."""
    x0, y0, x1, y1 = boxes.T
    size = np.minimum(y1 - y0, x1 - x0)
    common_rows = np.minimum(y1[:, None], y1) - np.maximum(y0[:, None], y0)
    common_columns = np.minimum(x1[:, None], x1) - np.maximum(x0[:, None], x0)
    same_row = common_rows > 0.5 * np.minimum((y1 - y0)[:, None], y1 - y0)
    same_column = common_columns > 0
    slack = size[:, None] / 2
    beside, near = [], []
    for gap, allowed in (
        (x0[:, None] - x1, same_row),
        (x0 - x1[:, None], same_row),
        (y0[:, None] - y1, same_column),
        (y0 - y1[:, None], same_column),
    ):
        distance = np.where(allowed & (gap >= -slack), np.maximum(gap, 0), np.inf)
        np.fill_diagonal(distance, np.inf)
        nearest = distance.argmin(axis=1)
        heights = distance[np.arange(len(boxes)), nearest] / np.maximum(size, 1)
        beside.append(np.where(heights < _FAR, nearest, np.arange(len(boxes))))
        near.append(np.where(heights < _FAR, 1 / (1 + np.minimum(heights, _FAR)), 0.0))
    return np.stack(beside, axis=1).astype(np.int64), np.stack(near, axis=1)
