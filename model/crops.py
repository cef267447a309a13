"""From boxes of lines to the crops that the reader is asked for."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .boxes import Box

# A box is enlarged by this share of its height above and below, and at either end, before it is cut.
ROOM = 0.04
ENDS = 0.3
ROWS = 24
# Columns of the widest crop; a longer line is squeezed into it.
LONGEST = 1536


def plan_boxes(
    boxes: Sequence[Box],
    angles: Sequence[int],
    tilts: Sequence[float] | float = 0.0,
    mirrored: Sequence[bool] | bool = False,
) -> NDArray[np.float32]:
    """Return how to sample the line in each box; see `plan_crops`."""
    frames = np.array([box.frame for box in boxes])
    corners = np.array([(box.x0, box.y0, box.x1, box.y1) for box in boxes], np.float64)
    return plan_crops(frames, corners, np.array(angles), np.asarray(tilts), np.asarray(mirrored))


def plan_crops(
    frames: NDArray[np.integer],
    boxes: NDArray[np.floating],
    angles: NDArray[np.integer],
    tilts: NDArray[np.floating] | float = 0.0,
    mirrored: NDArray[np.bool_] | bool = False,
) -> NDArray[np.float32]:
    """Return how to sample each line, ``float32[k, 8]``, as `model.reader.Crops` takes it.

    Parameters
    ----------
    frames : ndarray
        int[k], index into the batch.
    boxes : ndarray
        float[k, 4]: x0, y0, x1, y1, half-open, in frame pixels.
    angles : ndarray
        int[k]: 0, 90, 180 or 270 degrees counter-clockwise from left-to-right to the reading direction.
    tilts : ndarray
        float[k], degrees by which the line is turned further, less than 45 to either side.
    mirrored : ndarray
        bool[k], of lines that are seen from behind: read from right to left, letter by letter.
    """
    x0, y0, x1, y1 = np.asarray(boxes, np.float64).reshape(-1, 4).T
    upright = np.isin(angles, (90, 270))
    tilt = np.deg2rad(np.asarray(tilts, np.float64))
    high, wide = untilted(np.where(upright, x1 - x0, y1 - y0), np.where(upright, y1 - y0, x1 - x0), np.abs(tilt))
    across = np.maximum(high, 1.0)
    along = np.maximum(wide, 1.0) + 2 * ENDS * across
    pixel = across * (1 + 2 * ROOM) / ROWS
    used = np.minimum(np.ceil(along / pixel), LONGEST)
    step = along / used
    turn = np.deg2rad(np.asarray(angles, np.float64))
    # Image rows grow downwards: counter-clockwise on the screen is towards smaller y.
    ux, uy = _turned(np.round(np.cos(turn)), -np.round(np.sin(turn)), tilt)
    vx, vy = -uy, ux
    ux, uy = np.where(mirrored, -ux, ux), np.where(mirrored, -uy, uy)
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    half_along, half_across = along / 2, pixel * ROWS / 2
    corner_x = middle_x - ux * half_along - vx * half_across
    corner_y = middle_y - uy * half_along - vy * half_across
    plan = (frames, corner_x, corner_y, ux * step, uy * step, vx * pixel, vy * pixel, used)
    return np.stack(plan, axis=1).astype(np.float32)


def untilted(across: Any, along: Any, tilt: Any) -> tuple[Any, Any]:
    """Return height and length of a line, tilted by less than 45 degrees, of whose box they are known.

    Parameters
    ----------
    across, along : float or ndarray of float
        Height and length of the box, in pixels.
    tilt : float or ndarray of float
        In radians, without its sign.
    """
    sine, cosine = np.sin(tilt), np.cos(tilt)
    square = cosine**2 - sine**2
    return (across * cosine - along * sine) / square, (along * cosine - across * sine) / square


def _turned(
    x: NDArray[np.floating], y: NDArray[np.floating], tilt: NDArray[np.floating]
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Turn directions counter-clockwise on the screen."""
    sine, cosine = np.sin(tilt), np.cos(tilt)
    return x * cosine + y * sine, y * cosine - x * sine
