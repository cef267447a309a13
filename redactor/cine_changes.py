"""What changed from one frame of a cine to the next, and the parts of the picture that must be looked at for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..model.components import find_runs, label, touching_pairs

Array = NDArray[Any]
Tiles = NDArray[np.bool_]

# Changes are told by squares of this many pixels.
TILE = 32
# Tiles around a change that are looked at with it. In theory the network sees 245 pixels far; what is 64 pixels away
# moves the edges of text by 2 in 100 and scores by a tenth at most (benchmarks/cine.py --reach).
CONTEXT = 2
# When the parts make up so much of the frame, the whole of it is looked at.
MOST = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A rectangle of every frame, half-open, in frame pixels."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def size(self) -> int:
        """Number of its pixels."""
        return (self.x1 - self.x0) * (self.y1 - self.y0)

    def of(self, frames: Array) -> Array:
        """Return the part of ``[..., rows, columns, samples]`` that lies in it, a view."""
        return frames[..., self.y0 : self.y1, self.x0 : self.x1, :]

    def meets(self, other: "Area") -> bool:
        """Tell whether the two share a pixel."""
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1

    def holds(self, other: "Area") -> bool:
        """Tell whether the other lies within it."""
        return self.x0 <= other.x0 and other.x1 <= self.x1 and self.y0 <= other.y0 and other.y1 <= self.y1

    def joined(self, other: "Area") -> "Area":
        """Return the smallest area that holds both."""
        return Area(
            x0=min(self.x0, other.x0), y0=min(self.y0, other.y0), x1=max(self.x1, other.x1), y1=max(self.y1, other.y1)
        )

    def grown(self, by: int, rows: int, columns: int) -> "Area":
        """Return it with so many pixels more on each side, within the frame."""
        return Area(
            x0=max(0, self.x0 - by),
            y0=max(0, self.y0 - by),
            x1=min(columns, self.x1 + by),
            y1=min(rows, self.y1 + by),
        )


def changed_tiles(before: Array, after: Array) -> Tiles:
    """Return which tiles of two frames ``[rows, columns, samples]`` differ in any byte."""
    rows, columns, samples = after.shape
    differs = (before != after).reshape(rows, columns * samples)
    if not differs.any():
        return np.zeros((-(-rows // TILE), -(-columns // TILE)), bool)
    bands = np.logical_or.reduceat(differs, np.arange(0, rows, TILE), axis=0)
    return np.asarray(np.logical_or.reduceat(bands, np.arange(0, columns * samples, TILE * samples), axis=1))


def shows_change(tiles: Tiles, area: Area) -> bool:
    """Tell whether any tile in an area changed."""
    return bool(tiles[area.y0 // TILE : -(-area.y1 // TILE), area.x0 // TILE : -(-area.x1 // TILE)].any())


def areas_of(tiles: Tiles, rows: int, columns: int, lines: Iterable[Area]) -> list[Area]:
    """Return the areas, none of which meet, that hold the tiles with their context and cut none of the lines."""
    if not tiles.any():
        return []
    areas = _joined([_pixels(area, rows, columns) for area in _boxes(_dilated(tiles))])
    while True:
        whole = [area.joined(line) for area in areas for line in lines if area.meets(line) and not area.holds(line)]
        if not whole:
            break
        areas = _joined([*areas, *whole])
    if sum(area.size for area in areas) > MOST * rows * columns:
        return [Area(x0=0, y0=0, x1=columns, y1=rows)]
    return areas


def _dilated(tiles: Tiles) -> Tiles:
    wide = np.pad(tiles, CONTEXT)
    reach = range(2 * CONTEXT + 1)
    near = np.logical_or.reduce([wide[:, shift : shift + tiles.shape[1]] for shift in reach])
    return np.asarray(np.logical_or.reduce([near[shift : shift + tiles.shape[0]] for shift in reach]))


def _boxes(tiles: Tiles) -> list[Area]:
    """Return the boxes around connected tiles, in tiles."""
    rows, starts, stops = find_runs(*np.nonzero(tiles))
    groups = label(rows.size, *touching_pairs(rows, starts, stops))
    boxes = []
    for group in range(int(groups.max()) + 1):
        own = groups == group
        x0, x1, y0, y1 = starts[own].min(), stops[own].max(), rows[own].min(), rows[own].max() + 1
        boxes.append(Area(x0=int(x0), y0=int(y0), x1=int(x1), y1=int(y1)))
    return boxes


def _pixels(area: Area, rows: int, columns: int) -> Area:
    return Area(x0=area.x0 * TILE, y0=area.y0 * TILE, x1=min(columns, area.x1 * TILE), y1=min(rows, area.y1 * TILE))


def _joined(areas: Sequence[Area]) -> list[Area]:
    """Return areas that do not meet, in place of those that do."""
    apart: list[Area] = []
    for area in areas:
        while meeting := [other for other in apart if other.meets(area)]:
            for other in meeting:
                apart.remove(other)
                area = area.joined(other)
        apart.append(area)
    return apart
