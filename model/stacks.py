"""Lines that run across others: stacks of lines, of which the detector took a column of letters for a line."""

from collections.abc import Sequence

from .boxes import Box, TextLine
from .crops import plan_boxes
from .reading import as_line, certainty, read_crops
from .runner import Handle, Runner

# No text crosses text: what runs across so many lines, each of them read more surely, is a stack of them.
CROSSED = 3
# With fewer of them it is one if these take so much of its length, and what they leave of it is read well.
COVERED, READ = 0.4, 0.8
# A line runs across a column if it takes so much of its width, and goes on beside it or fills it.
WIDTH, FILLS = 1 / 3, 0.9
# Less than this between two lines, in pixels, is no line of its own.
LEAST = 6


def without_stacks(
    runner: Runner, handle: Handle, lines: Sequence[TextLine], beside: Sequence[TextLine] = ()
) -> list[tuple[TextLine, ...]]:
    """Return for each line itself, or, where it is a stack of rows, those of its rows that nobody read.

    A stack gives way to its rows only if all of these are read well; so nothing is let go that was not read better.

    Parameters
    ----------
    runner : Runner
        Reads the rows.
    handle : object
        The frames, on the runner's device.
    lines : sequence of TextLine
        Lines of these frames, read.
    beside : sequence of TextLine
        Others of these frames, of which nothing is returned.
    """
    others = [*lines, *beside]
    rows = [_rows_left(line, others) for line in lines]
    wanted = [(index, box) for index, boxes in enumerate(rows) for box in boxes or ()]
    read = _read(runner, handle, lines, wanted)
    result: list[tuple[TextLine, ...]] = []
    for index, (line, boxes) in enumerate(zip(lines, rows, strict=True)):
        if line.score < runner.spec.thresholds.sure and is_stack(line, others):
            result.append(())
        elif boxes is None or any(certainty(read[index, box]) < READ for box in boxes):
            result.append((line,))
        else:
            result.append(tuple(read[index, box] for box in boxes))
    return result


def is_stack(line: TextLine, others: Sequence[TextLine]) -> bool:
    """Return whether this is a stack of lines that was taken for one that runs up or down."""
    if line.angle not in (90, 270):
        return False
    return sum(_crosses(other, line, 0.5) and certainty(other) > certainty(line) for other in others) >= CROSSED


def _rows_left(line: TextLine, others: Sequence[TextLine]) -> tuple[Box, ...] | None:
    """Return the rows of an upright line that no surer line runs across; None where it is no stack."""
    if line.angle not in (90, 270):
        return None
    surer = max(certainty(line), READ)
    across = [other.box for other in others if _crosses(other, line, WIDTH) and certainty(other) > surer]
    box = line.box
    taken = sorted((max(box.y0, other.y0), min(box.y1, other.y1)) for other in across if _goes_on(other, box))
    free, at = [], box.y0
    for begin, end in taken:
        free.append((at, begin))
        at = max(at, end)
    free.append((at, box.y1))
    if sum(end - begin for begin, end in free if end > begin) > (1 - COVERED) * (box.y1 - box.y0):
        return None
    return tuple(
        Box(frame=box.frame, x0=box.x0, y0=begin, x1=box.x1, y1=end) for begin, end in free if end - begin >= LEAST
    )


def _read(
    runner: Runner, handle: Handle, lines: Sequence[TextLine], wanted: Sequence[tuple[int, Box]]
) -> dict[tuple[int, Box], TextLine]:
    """Return the rows of stacks as they are read, level."""
    if not wanted:
        return {}
    plan = plan_boxes([box for _, box in wanted], [0] * len(wanted))
    readings = read_crops(runner, handle, plan)
    return {
        (index, box): as_line(box, lines[index].score, reading, angle=0)
        for (index, box), reading in zip(wanted, readings, strict=True)
    }


def _crosses(line: TextLine, upright: TextLine, width: float) -> bool:
    """Return whether a level line lies within the length of an upright one and takes so much of its width."""
    box, column = line.box, upright.box
    if line.angle in (90, 270) or box.frame != column.frame:
        return False
    across = min(box.x1, column.x1) - max(box.x0, column.x0)
    return across >= width * (column.x1 - column.x0) and column.y0 < (box.y0 + box.y1) / 2 < column.y1


def _goes_on(row: Box, column: Box) -> bool:
    """Return whether a row goes on beside a column, by half its height, or fills its width."""
    beside = max(column.x0 - row.x0, row.x1 - column.x1)
    across = min(row.x1, column.x1) - max(row.x0, column.x0)
    return beside >= (row.y1 - row.y0) / 2 or across >= FILLS * (column.x1 - column.x0)
