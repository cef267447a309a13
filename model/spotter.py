"""Detect and transcribe: lines of text from frames, whatever runs the networks."""

from collections.abc import Sequence

from .boxes import TextLine, extents
from .crops import plan_boxes
from .lines import FoundLine, lines_of
from .parted import in_rows
from .reading import as_line, certainty, read_crops
from .runner import Handle, Runner
from .second_look import look_again
from .stacks import without_stacks

# A large line is as long as its characters. Where far fewer were read, the detector must be this certain.
TALL, WIDTH, CERTAIN = 36, 0.5, 0.97
# What looks like text and is none is compact: a box so many times as long as high is a line, from these scores on,
# though the reader finds nothing in it. Of 631 text-free images, most of them changed copies, none had such a box.
UNREAD = ((4.5, 0.85), (7.0, 0.8))


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

    A line that runs up or down is read both ways, and the surer reading stays. What cannot be read so is looked at
    again, see `second_look`; rows that were taken for one line are read each by itself, see `parted` and `stacks`.
    """
    return [line for lines in transcribe_each(runner, handle, found) for line in lines]


def transcribe_each(
    runner: Runner, handle: Handle, found: list[FoundLine], beside: Sequence[TextLine] = ()
) -> list[tuple[TextLine, ...]]:
    """Return what each line reads, as `transcribe` does: nothing, one line, or the rows that were taken for one.

    `beside` are lines of the same frames that were read before.
    """
    text = _texts(runner, handle, found)
    lines = look_again(runner, handle, [line for _, _, line in text], [tilt for _, tilt, _ in text])
    result: list[tuple[TextLine, ...]] = [()] * len(found)
    for (index, _, _), rows in zip(text, without_stacks(runner, handle, lines, beside), strict=True):
        result[index] += rows
    return result


def _texts(runner: Runner, handle: Handle, found: Sequence[FoundLine]) -> list[tuple[int, float, TextLine]]:
    """Return what is text: the index of the line that was found, its tilt, and it or a row of it, read.

    What was taken for the strokes of a line that is none may be lines of their own.
    """
    parts = in_rows(runner, handle, found, _read(runner, handle, found))
    text = [
        (index, found[index].tilt, line) for index, rows in enumerate(parts) for line in rows if _is_text(line, runner)
    ]
    lines = {index for index, _, _ in text}
    within = [(index, line) for index, one in enumerate(found) if index not in lines for line in one.within]
    if within:
        inner = _texts(runner, handle, [line for _, line in within])
        text += [(within[index][0], tilt, line) for index, tilt, line in inner]
    return text


def _read(runner: Runner, handle: Handle, found: Sequence[FoundLine]) -> list[TextLine]:
    """Return each line as the reader sees it at once; what runs up or down, the way it is read more surely."""
    if not found:
        return []
    angles = [angle for line in found for angle in ((90, 270) if line.upright else (0,))]
    owner = [index for index, line in enumerate(found) for _ in range(1 + line.upright)]
    plan = plan_boxes([found[index].box for index in owner], angles, [found[index].tilt for index in owner])
    readings = read_crops(runner, handle, plan)
    choices: list[list[TextLine]] = [[] for _ in found]
    for index, angle, reading in zip(owner, angles, readings, strict=True):
        one = found[index]
        choices[index].append(as_line(one.box, one.score, reading, angle=angle, tilt=one.tilt))
    return [max(choice, key=certainty) if len(choice) > 1 else choice[0] for choice in choices]


def _is_text(line: TextLine, runner: Runner) -> bool:
    """Return whether the two networks together hold it for text."""
    thresholds = runner.spec.thresholds
    if _is_sparse(line):
        return line.score >= CERTAIN
    along, across = extents(line.box, line.angle)
    if line.score >= thresholds.sure or any(along >= long * across and line.score >= likely for long, likely in UNREAD):
        return True
    return bool(line.text) and together(line.score, certainty(line)) >= thresholds.read


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
    along, across = extents(line.box, line.angle)
    return across >= TALL and along >= 2 * across and len(line.text) < WIDTH * along / across
