"""Read crops of lines, and say where in the line each character stands."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from .boxes import Box, TextLine, extents
from .crops import ENDS, untilted
from .ctc import Reading, collapse
from .runner import Handle, Runner

# Columns that crops are padded to. A line is always padded to the least of these that leaves so many columns empty
# behind it, and read along with others of that width: so it reads the same whatever lines of whatever files these are.
WIDTHS = (*range(32, 257, 32), 320, 384, 448, 512, 640, 768, 1024, 1280, 1568)
BEYOND = 16


def read_crops(runner: Runner, handle: Handle, plan: NDArray[np.float32]) -> list[Reading]:
    """Return what each crop reads, whatever crops are read along with it."""
    readings = [Reading()] * len(plan)
    used = plan[:, 7]
    for width, batch in _batches(used, runner.lines_at_once):
        classes, scores = runner.transcribe(handle, plan[batch], width)
        # Readers of small-v1 have a step for two columns, later ones for each.
        steps = np.maximum(1, np.ceil(used[batch] * classes.shape[1] / width)).astype(np.intp)
        for index, reading in zip(batch.tolist(), collapse(classes, scores, steps, runner.spec.alphabet), strict=True):
            readings[index] = reading
    return readings


def _batches(used: NDArray[np.float32], most: int) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """Yield the crops that are read together, and the width that all of them are padded to."""
    widths = np.searchsorted(WIDTHS, used + BEYOND)
    for which in np.unique(widths):
        same = np.flatnonzero(widths == which)
        for start in range(0, same.size, most):
            yield WIDTHS[which], same[start : start + most]


def as_line(
    box: Box, score: float, reading: Reading, *, angle: int, tilt: float = 0.0, mirrored: bool = False
) -> TextLine:
    """Return a box of the detector's `score` as it was read, without spaces at the text's ends."""
    start = len(reading.text) - len(reading.text.lstrip())
    stop = max(start, len(reading.text.rstrip()))
    return TextLine(
        box=box,
        angle=angle,
        score=score,
        text=reading.text[start:stop],
        character_scores=reading.scores[start:stop],
        character_spans=_within_line(box, angle, tilt, reading.spans[start:stop]),
        mirrored=mirrored,
    )


def _within_line(
    box: Box, angle: int, tilt: float, spans: tuple[tuple[float, float], ...]
) -> tuple[tuple[float, float], ...]:
    """Return places in the crop as places in the line: the crop reaches beyond the box at either end."""
    length, height = extents(box, angle)
    across, along = (max(1.0, float(side)) for side in untilted(height, length, abs(np.deg2rad(tilt))))
    beyond = ENDS * across
    whole = along + 2 * beyond
    return tuple(
        (
            min(1.0, max(0.0, (begin * whole - beyond) / along)),
            min(1.0, max(0.0, (end * whole - beyond) / along)),
        )
        for begin, end in spans
    )


def certainty(line: TextLine) -> float:
    """Return the reader's mean probability over a line's characters; 0 where it read none."""
    return float(np.mean(line.character_scores)) if line.character_scores else 0.0
