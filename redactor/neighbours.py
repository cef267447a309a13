"""What stands beside a line: a label that announces it."""

from collections.abc import Sequence
from dataclasses import replace

from ..model import Box, TextLine
from .labelled import label_alone

# Gaps in heights of the line: consoles set values in columns, at most about this far right of their labels.
_REACH = 8.0


def labels_beside(lines: Sequence[TextLine]) -> list[str | None]:
    """Return for each line the kind ("name", "id", …) of the label alone on its left in the same row, if any."""
    rows: dict[tuple[int, int, bool], list[int]] = {}
    for index, line in enumerate(lines):
        if line.angle in (0, 180):
            rows.setdefault((line.box.frame, line.angle, line.mirrored), []).append(index)
    boxes = [_as_read(line) for line in lines]
    result: list[str | None] = [None] * len(lines)
    for indices in rows.values():
        labels = {index: kind for index in indices if (kind := label_alone(lines[index].text))}
        for index in indices:
            left = _nearest([other for other in labels if other != index], index, boxes)
            if left is not None:
                result[index] = labels[left]
    return result


def _as_read(line: TextLine) -> Box:
    """Return a level line's box where reading goes to the right: text upside down or from behind goes to the left."""
    box = line.box
    return replace(box, x0=-box.x1, x1=-box.x0) if (line.angle == 180) != line.mirrored else box


def _nearest(candidates: list[int], index: int, boxes: Sequence[Box]) -> int | None:
    left = [other for other in candidates if _follows(boxes[other], boxes[index])]
    return max(left, key=lambda other: boxes[other].x1, default=None)


def _follows(left: Box, right: Box) -> bool:
    """Tell whether `right` stands in the same row as `left`, behind it and near."""
    height = min(left.y1 - left.y0, right.y1 - right.y0)
    return in_one_row(left, right) and 0 <= right.x0 - left.x1 + height // 2 <= _REACH * height


def in_one_row(one: Box, other: Box) -> bool:
    """Tell whether two boxes share more than half of the lower one's height."""
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    return shared > 0.5 * min(one.y1 - one.y0, other.y1 - other.y0)
