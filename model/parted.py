"""Two rows that stand so close that the detector took them for one line: each is read by itself."""

from collections.abc import Sequence
from dataclasses import replace

from .boxes import TextLine
from .crops import plan_boxes
from .lines import FoundLine
from .reading import as_line, certainty, read_crops
from .runner import Handle, Runner

# A line read less surely than this may be two, if it is high enough for both.
DOUBTFUL, LEAST = 0.8, 14
# What both must reach, and by how much they must be surer than the whole.
SURE, SURER = 0.88, 0.1
# Halves of letters are strokes and read as strokes; two rows have more to say.
CHARACTERS = 3
_STROKES = frozenset("-_.,:;'`~^\"|/\\()[]{}<>ilI1 ")


def in_rows(
    runner: Runner, handle: Handle, found: Sequence[FoundLine], lines: Sequence[TextLine]
) -> list[tuple[TextLine, ...]]:
    """Return for each line itself, or, where its upper and its lower half read better than the whole, these two.

    They share the line's box between them, so that nothing of it is let go.
    """
    result: list[tuple[TextLine, ...]] = [(line,) for line in lines]
    doubtful = [index for index, line in enumerate(lines) if _may_be_two(found[index], line)]
    if not doubtful:
        return result
    halves = [half for index in doubtful for half in _halves(found[index])]
    plan = plan_boxes([half.box for half in halves], [0] * len(halves))
    readings = read_crops(runner, handle, plan)
    rows = [as_line(half.box, half.score, reading, angle=0) for half, reading in zip(halves, readings, strict=True)]
    for index, upper, lower in zip(doubtful, rows[::2], rows[1::2], strict=True):
        needed = max(SURE, certainty(lines[index]) + SURER)
        if all(_is_telling(row.text) and certainty(row) >= needed for row in (upper, lower)):
            result[index] = (upper, lower)
    return result


def _may_be_two(found: FoundLine, line: TextLine) -> bool:
    high, wide = found.box.y1 - found.box.y0, found.box.x1 - found.box.x0
    return not found.upright and not found.tilt and LEAST <= high < wide and certainty(line) < DOUBTFUL


def _halves(found: FoundLine) -> tuple[FoundLine, FoundLine]:
    middle = (found.box.y0 + found.box.y1) // 2
    return replace(found, box=replace(found.box, y1=middle)), replace(found, box=replace(found.box, y0=middle))


def _is_telling(text: str) -> bool:
    return sum(character not in _STROKES for character in text) >= CHARACTERS
