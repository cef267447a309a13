"""Detect and transcribe: lines of text from frames, whatever runs the networks."""

import numpy as np
from numpy.typing import NDArray

from .boxes import TextLine
from .crops import ENDS, plan_crops
from .ctc import collapse
from .lines import FoundLine, find_lines
from .runner import Handle, Runner

# Crops of one call: similar widths together, so that little of a batch is padding.
BATCH_LINES = 48
WIDTHS = 32
# A large line is as long as its characters. Where far fewer were read, the detector must be this certain.
TALL, CERTAIN = 50, 0.97


def detect(runner: Runner, handle: Handle) -> list[FoundLine]:
    """Return the lines of text in the frames of a handle, not yet read.

    Raises
    ------
    ModelError
        The networks' output does not fit the frames.
    """
    fine, coarse = runner.detect(handle)
    _, rows, columns, _ = handle.shape
    return find_lines(fine, coarse, rows, columns, runner.spec.thresholds)


def transcribe(runner: Runner, handle: Handle, found: list[FoundLine]) -> list[TextLine]:
    """Return the lines, read; without those of which the detector was unsure and the reader finds no text in.

    A line that runs up or down is read both ways, and the surer reading stays.
    """
    if not found:
        return []
    angles = [(90, 270) if line.upright else (0,) for line in found]
    owner = np.repeat(np.arange(len(found)), [len(choice) for choice in angles])
    turned = np.array([angle for choice in angles for angle in choice])
    boxes = np.array([_corners(found[index]) for index in owner], np.float64)
    frames = np.array([found[index].box.frame for index in owner])
    readings = _read(runner, handle, plan_crops(frames, boxes, turned))
    lines: list[TextLine] = []
    for index, line in enumerate(found):
        choices = [_as_line(line, int(turned[k]), readings[k]) for k in np.flatnonzero(owner == index)]
        best = max(choices, key=_certainty)
        if _is_text(best, runner):
            lines.append(best)
    return lines


Reading = tuple[str, tuple[float, ...], tuple[tuple[float, float], ...]]


def _read(runner: Runner, handle: Handle, plan: NDArray[np.float32]) -> list[Reading]:
    readings: list[Reading] = [("", (), ())] * len(plan)
    order = np.argsort(plan[:, 7], kind="stable")
    for start in range(0, len(order), BATCH_LINES):
        batch = order[start : start + BATCH_LINES]
        width = int(np.ceil(plan[batch, 7].max() / WIDTHS) * WIDTHS)
        classes, scores = runner.transcribe(handle, plan[batch], width)
        for index, row, score in zip(batch, classes, scores, strict=True):
            steps = max(1, int(np.ceil(plan[index, 7] / 2)))
            readings[index] = collapse(row[:steps], score[:steps], runner.spec.alphabet)
    return readings


def _corners(line: FoundLine) -> tuple[int, int, int, int]:
    return line.box.x0, line.box.y0, line.box.x1, line.box.y1


def _as_line(line: FoundLine, angle: int, reading: Reading) -> TextLine:
    text, scores, spans = _trimmed(reading)
    inside = tuple((_within_line(line, begin), _within_line(line, end)) for begin, end in spans)
    return TextLine(
        box=line.box, angle=angle, score=line.score, text=text, character_scores=scores, character_spans=inside
    )


def _within_line(line: FoundLine, place: float) -> float:
    """Return a place in the crop as a place in the line: the crop reaches beyond the box at either end."""
    wide, high = line.box.x1 - line.box.x0, line.box.y1 - line.box.y0
    along, across = (high, wide) if line.upright else (wide, high)
    beyond = ENDS * across
    return min(1.0, max(0.0, (place * (along + 2 * beyond) - beyond) / along))


def _trimmed(reading: Reading) -> Reading:
    """Return the reading without spaces at its ends."""
    text, scores, spans = reading
    start = len(text) - len(text.lstrip())
    stop = max(start, len(text.rstrip()))
    return text[start:stop], scores[start:stop], spans[start:stop]


def _certainty(line: TextLine) -> float:
    return float(np.mean(line.character_scores)) if line.character_scores else 0.0


def _is_text(line: TextLine, runner: Runner) -> bool:
    """Return whether the two networks together hold it for text."""
    thresholds = runner.spec.thresholds
    if _is_sparse(line):
        return line.score >= CERTAIN
    if line.score >= thresholds.sure:
        return True
    return bool(line.text) and _certainty(line) >= thresholds.read


def _is_sparse(line: TextLine) -> bool:
    """Return whether this is a large, long box in which few characters were read: mostly anatomy or a diagram."""
    wide, high = line.box.x1 - line.box.x0, line.box.y1 - line.box.y0
    along, across = (high, wide) if line.angle in (90, 270) else (wide, high)
    return across >= TALL and along >= 2 * across and len(line.text) < along / across / 2
