"""Detect and transcribe: lines of text from frames, whatever runs the networks."""

import numpy as np
from numpy.typing import NDArray

from .boxes import TextLine
from .crops import ENDS, plan_crops
from .ctc import Reading, collapse
from .lines import FoundLine, lines_of
from .runner import Handle, Runner

# Widths of crops are rounded up to this, so that few shapes reach the network.
WIDTHS = 32
# Empty columns behind the longest crop of a batch. A step of the reader sees 39 steps of two columns to either side:
# with these, a line reads the same whatever lines of whatever files are read along with it.
BEYOND = 80
# The longest crop of a batch is so many times the shortest at most: what lies behind the shorter ones is wasted.
SIMILAR = 1.5
# No text crosses text: what runs across so many lines, each of them read more surely, is a stack of them.
CROSSED = 3
# A large line is as long as its characters. Where far fewer were read, the detector must be this certain.
TALL, CERTAIN = 36, 0.98


def detect(runner: Runner, handle: Handle) -> list[FoundLine]:
    """Return the lines of text in the frames of a handle, not yet read.

    Raises
    ------
    ModelError
        The networks' output does not fit the frames.
    """
    fine, coarse = runner.candidates(handle)
    _, rows, columns, _ = handle.shape
    return lines_of(fine, coarse, rows, columns, runner.spec.thresholds)


def transcribe(runner: Runner, handle: Handle, found: list[FoundLine]) -> list[TextLine]:
    """Return the lines, read; without those of which the detector was unsure and the reader finds no text in.

    A line that runs up or down is read both ways, and the surer reading stays.
    """
    if not found:
        return []
    angles = [angle for line in found for angle in ((90, 270) if line.upright else (0,))]
    owner = [index for index, line in enumerate(found) for _ in range(1 + line.upright)]
    boxes = np.array([_corners(line) for line in found], np.float64)[owner]
    frames = np.array([line.box.frame for line in found])[owner]
    readings = read_crops(runner, handle, plan_crops(frames, boxes, np.array(angles)))
    choices: list[list[TextLine]] = [[] for _ in found]
    for index, angle, reading in zip(owner, angles, readings, strict=True):
        choices[index].append(_as_line(found[index], angle, reading))
    best = (max(choice, key=_certainty) if len(choice) > 1 else choice[0] for choice in choices)
    lines = [line for line in best if _is_text(line, runner)]
    return [line for line in lines if line.score >= runner.spec.thresholds.sure or not _is_stack(line, lines)]


def read_crops(runner: Runner, handle: Handle, plan: NDArray[np.float32]) -> list[Reading]:
    """Return what each crop reads, whatever crops are read along with it."""
    readings = [Reading()] * len(plan)
    used = plan[:, 7]
    for batch in _batches(used, runner.lines_at_once):
        width = int(np.ceil((used[batch].max() + BEYOND) / WIDTHS) * WIDTHS)
        classes, scores = runner.transcribe(handle, plan[batch], width)
        # Readers of small-v1 have a step for two columns, later ones for each.
        steps = np.maximum(1, np.ceil(used[batch] * classes.shape[1] / width)).astype(np.intp)
        for index, reading in zip(batch.tolist(), collapse(classes, scores, steps, runner.spec.alphabet), strict=True):
            readings[index] = reading
    return readings


def _batches(used: NDArray[np.float32], most: int) -> list[NDArray[np.intp]]:
    """Return the crops that are read together: similar widths, so that little of a batch is padding."""
    order = np.argsort(used, kind="stable")
    batches, start = [], 0
    while start < order.size:
        alike = int(np.searchsorted(used[order], (used[order[start]] + BEYOND) * SIMILAR, side="right"))
        stop = min(start + most, alike)
        batches.append(order[start:stop])
        start = stop
    return batches


def _corners(line: FoundLine) -> tuple[int, int, int, int]:
    return line.box.x0, line.box.y0, line.box.x1, line.box.y1


def _as_line(line: FoundLine, angle: int, reading: Reading) -> TextLine:
    """Return the line as it was read, without spaces at its ends."""
    start = len(reading.text) - len(reading.text.lstrip())
    stop = max(start, len(reading.text.rstrip()))
    return TextLine(
        box=line.box,
        angle=angle,
        score=line.score,
        text=reading.text[start:stop],
        character_scores=reading.scores[start:stop],
        character_spans=_within_line(line, reading.spans[start:stop]),
    )


def _within_line(line: FoundLine, spans: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    """Return places in the crop as places in the line: the crop reaches beyond the box at either end."""
    wide, high = line.box.x1 - line.box.x0, line.box.y1 - line.box.y0
    along, across = (high, wide) if line.upright else (wide, high)
    beyond = ENDS * across
    whole = along + 2 * beyond
    return tuple(
        (
            min(1.0, max(0.0, (begin * whole - beyond) / along)),
            min(1.0, max(0.0, (end * whole - beyond) / along)),
        )
        for begin, end in spans
    )


def _certainty(line: TextLine) -> float:
    return float(np.mean(line.character_scores)) if line.character_scores else 0.0


def _is_text(line: TextLine, runner: Runner) -> bool:
    """Return whether the two networks together hold it for text."""
    thresholds = runner.spec.thresholds
    if _is_sparse(line):
        return line.score >= CERTAIN
    if line.score >= thresholds.sure:
        return True
    return bool(line.text) and together(line.score, _certainty(line)) >= thresholds.read


def together(detector: float, reader: float) -> float:
    """Return the probability that a line is text, from the detector's and the reader's mean one; both in [0, 1].

    Their odds multiplied, the detector's twice: where it is in doubt the reader must be sure, and the other way.
    """
    odds = (_odds(detector) ** 2) * _odds(reader)
    return odds / (1 + odds)


def _odds(probability: float) -> float:
    bounded = min(max(probability, 1e-3), 1 - 1e-3)
    return bounded / (1 - bounded)


def _is_sparse(line: TextLine) -> bool:
    """Return whether this is a large, long box in which few characters were read: mostly anatomy or a diagram."""
    wide, high = line.box.x1 - line.box.x0, line.box.y1 - line.box.y0
    along, across = (high, wide) if line.angle in (90, 270) else (wide, high)
    return across >= TALL and along >= 2 * across and len(line.text) < along / across / 2


def _is_stack(line: TextLine, others: list[TextLine]) -> bool:
    """Return whether this is a stack of lines that was taken for one that runs up or down."""
    if line.angle not in (90, 270):
        return False
    return sum(_crosses(other, line) and _certainty(other) > _certainty(line) for other in others) >= CROSSED


def _crosses(line: TextLine, upright: TextLine) -> bool:
    """Return whether a horizontal line lies within the length of an upright one and takes half of its width."""
    box, column = line.box, upright.box
    if line.angle in (90, 270) or box.frame != column.frame:
        return False
    across = min(box.x1, column.x1) - max(box.x0, column.x0)
    return 2 * across >= column.x1 - column.x0 and column.y0 < (box.y0 + box.y1) / 2 < column.y1
