"""What draws islands, spots and specks that are no text: flow, highlights on wet tissue, stained cells, masks, dust."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from .backgrounds import Plane, as_plane, smooth_noise

# From and to which colour the islands of a flow map run: towards the probe, away from it, and power alone.
_HUES = (
    ((0.5, 0, 0), (1, 0.9, 0.2)),
    ((0, 0, 0.5), (0.2, 0.9, 1)),
    ((0.35, 0, 0), (1, 0.5, 0)),
    ((0.2, 0, 0.1), (1, 0.7, 0.9)),
)


def draw_flow(rng: np.random.Generator, plane: Plane) -> Plane:
    """Return the frame with one such thing somewhere in it, ``float32[h, w, c]`` in [0, 1]."""
    rows, columns = plane.shape[:2]
    high, wide = min(rows, int(rng.integers(40, 220))), min(columns, int(rng.integers(40, 220)))
    y, x = int(rng.integers(rows - high + 1)), int(rng.integers(columns - wide + 1))
    cover, colour = KINDS[int(rng.integers(len(KINDS)))](rng, high, wide)
    if plane.shape[2] == 1:
        colour = colour.max(axis=2, keepdims=True)
    plane = plane.copy()
    area = np.s_[y : y + high, x : x + wide]
    plane[area] = as_plane(plane[area] * (1 - cover) + colour * cover)
    return plane


Painted = tuple[NDArray[np.float32], NDArray[np.float32]]


def _islands(rng: np.random.Generator, rows: int, columns: int) -> Painted:
    """Paint islands of one or two directions of flow; edges hard, in steps of the scan's own coarse pixels."""
    step = int(rng.integers(1, 5))
    small = -(-rows // step), -(-columns // step)
    field = _coarse(smooth_noise(rng, *small, rng.uniform(3, 16)), step, rows, columns)
    speed = _coarse(smooth_noise(rng, *small, rng.uniform(2, 6)), step, rows, columns)
    level = rng.uniform(0.55, 0.75)
    cover = (field > level).astype(np.float32)[..., None]
    colour = _between(_HUES[int(rng.integers(len(_HUES)))], speed)
    if rng.random() < 0.5:
        other = field < 1 - level
        cover[other] = 1
        colour[other] = _between(_HUES[int(rng.integers(len(_HUES)))], speed)[other]
    return cover, colour


def _highlights(rng: np.random.Generator, rows: int, columns: int) -> Painted:
    """Paint small saturated spots and streaks, in rows at times, as lamps leave them on wet ground."""
    field = smooth_noise(rng, rows, columns, rng.uniform(3, 9))
    if rng.random() < 0.5:
        squeeze = max(2, rows // int(rng.integers(2, 5)))
        field = np.resize(smooth_noise(rng, squeeze, columns, rng.uniform(3, 9)), (rows, columns))
    cover = ((field - rng.uniform(0.65, 0.8)) * rng.uniform(4, 20)).clip(0, 1)[..., None]
    return cover.astype(np.float32), np.ones((rows, columns, 3), np.float32) * np.float32(rng.uniform(0.8, 1))


def _cells(rng: np.random.Generator, rows: int, columns: int) -> Painted:
    """Paint stained tissue: dark kernels as large as letters on a pale ground."""
    grain = rng.uniform(3, 8)
    kernels = (smooth_noise(rng, rows, columns, grain) > rng.uniform(0.6, 0.75)).astype(np.float32)[..., None]
    ground = np.float32(rng.uniform(0.6, 0.95)) * np.array([1, rng.uniform(0.6, 0.9), rng.uniform(0.8, 1)], np.float32)
    stain = np.array([rng.uniform(0.2, 0.5), rng.uniform(0.1, 0.3), rng.uniform(0.4, 0.7)], np.float32)
    uneven = (0.8 + 0.4 * smooth_noise(rng, rows, columns, 20))[..., None]
    return np.ones((rows, columns, 1), np.float32), as_plane((ground * (1 - kernels) + stain * kernels) * uneven)


def _mask(rng: np.random.Generator, rows: int, columns: int) -> Painted:
    """Paint what a segmentation leaves: islands of one value, as coarse as its pixels, around larger ones."""
    step = int(rng.integers(1, 5))
    small = -(-rows // step), -(-columns // step)
    field = smooth_noise(rng, *small, rng.uniform(1.5, 4)) + rng.uniform(0.5, 2) * smooth_noise(rng, *small, 20)
    inside = _coarse((field > np.quantile(field, rng.uniform(0.7, 0.95))).astype(np.float32), step, rows, columns)
    return inside[..., None], np.full((rows, columns, 3), rng.uniform(0.4, 1) if rng.random() < 0.8 else 0, np.float32)


def _specks(rng: np.random.Generator, rows: int, columns: int) -> Painted:
    """Paint dust on a lens or a slide: a few round specks, most of them faint."""
    y, x = np.ogrid[:rows, :columns]
    cover = np.zeros((rows, columns), np.float32)
    for _ in range(int(rng.integers(2, 16))):
        radius = float(np.exp(rng.uniform(np.log(0.7), np.log(5))))
        distance = (y - rng.uniform(0, rows)) ** 2 + ((x - rng.uniform(0, columns)) * rng.uniform(0.6, 1.6)) ** 2
        strength = float(np.exp(rng.uniform(np.log(0.01), np.log(0.8))))
        cover = np.maximum(cover, (strength * np.exp(-distance / radius**2)).astype(np.float32))
    return cover[..., None], np.full((rows, columns, 3), rng.random() < 0.4, np.float32)


KINDS: tuple[Callable[[np.random.Generator, int, int], Painted], ...] = (
    _islands, _islands, _highlights, _cells, _mask, _mask, _specks,
)  # fmt: skip


def _coarse(field: NDArray[np.float32], step: int, rows: int, columns: int) -> NDArray[np.float32]:
    return field.repeat(step, axis=0).repeat(step, axis=1)[:rows, :columns]


def _between(hues: tuple[tuple[float, ...], tuple[float, ...]], share: NDArray[np.float32]) -> NDArray[np.float32]:
    begin, end = (np.asarray(hue, np.float32) for hue in hues)
    return begin + (end - begin) * share[..., None]
