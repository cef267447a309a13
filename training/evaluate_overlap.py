"""How much of one box lies in others."""

from collections.abc import Iterable

import numpy as np

from ..model import Box


def covered_share(box: Box, others: Iterable[Box]) -> float:
    """Give the share of a box's pixels, in [0, 1], that lie in any of some others; frames are not compared."""
    rows, columns = box.y1 - box.y0, box.x1 - box.x0
    if rows <= 0 or columns <= 0:
        return 0.0
    area = np.zeros((rows, columns), bool)
    for other in others:
        area[
            max(other.y0 - box.y0, 0) : max(other.y1 - box.y0, 0), max(other.x0 - box.x0, 0) : max(other.x1 - box.x0, 0)
        ] = True
    return float(area.mean())


def padded(box: Box) -> Box:
    """Give a box of found text as it is counted: with 15 % of its height around it, two pixels at least."""
    pad = max(2, round(0.15 * min(box.y1 - box.y0, box.x1 - box.x0)))
    return Box(frame=box.frame, x0=max(box.x0 - pad, 0), y0=max(box.y0 - pad, 0), x1=box.x1 + pad, y1=box.y1 + pad)
