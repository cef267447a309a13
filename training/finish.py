"""What screens, cameras and converters make of letters: dark lines and dots, hollow or spread letters, lost rows."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from .fonts import Ink

# How often each is drawn; the rest is as the font has it.
SHARES = {"scan lines": 0.02, "dots": 0.02, "hollow": 0.015, "sampled": 0.045, "jagged": 0.01, "spread": 0.03}
# The lowest capitals, in pixels, that each leaves legible.
_LOWEST = {"scan lines": 9, "dots": 14, "hollow": 14, "sampled": 10, "jagged": 9}


def draw_finish(rng: np.random.Generator, height: float) -> str:
    """Return the name of one, or "none", for capitals so many pixels high."""
    name = str(rng.choice([*SHARES, "none"], p=[*SHARES.values(), 1 - sum(SHARES.values())]))
    return name if height >= _LOWEST.get(name, 0) else "none"


def finished(rng: np.random.Generator, ink: Ink, name: str, height: float) -> Ink:
    """Return a line after a finish.

    Parameters
    ----------
    rng : Generator
    ink : Ink
    name : str
        Of `SHARES`, or "none".
    height : float
        Of a capital, in pixels.
    """
    if name == "none":
        return ink
    if name == "spread":
        return _spread(ink, max(1, round(height * rng.uniform(0.1, 0.6))))
    mask = ink.mask
    if name == "scan lines":
        mask = mask * _comb(rng, mask.shape[0], height)[:, None]
    elif name == "dots":
        period = _period(rng, height)
        mask = mask * _teeth(mask.shape[0], period)[:, None] * _teeth(mask.shape[1], period)
    elif name == "hollow":
        mask = _hollow(mask)
    elif name == "sampled":
        mask = _sampled(rng, mask, height)
    else:
        mask = _jagged(rng, mask)
    rows, columns = mask.max(axis=1) > 0.15, mask.max(axis=0) > 0.15
    if not rows.any():
        return ink
    high, wide = np.flatnonzero(rows), np.flatnonzero(columns)
    left, right = int(wide[0]), int(wide[-1]) + 1
    centres = (ink.centres * mask.shape[1] - left) / (right - left)
    return Ink(mask=np.ascontiguousarray(mask[high[0] : high[-1] + 1, left:right]), centres=centres.clip(0, 1))


def _spread(ink: Ink, gap: int) -> Ink:
    """Return the line with so many columns more between its letters, wherever no ink joins them."""
    wide = ink.mask.shape[1]
    bare = ink.mask.max(axis=0) <= 0.05
    middles = np.rint((ink.centres[1:] + ink.centres[:-1]) / 2 * wide).astype(int)
    cuts = np.array([column for column in middles if 0 < column < wide and bare[column]], int)
    mask = np.insert(ink.mask, np.repeat(cuts, gap), np.float32(0), axis=1)
    centres = ink.centres * wide
    moved = centres + gap * (cuts[None, :] <= centres[:, None]).sum(axis=1)
    return Ink(mask=mask, centres=(moved / mask.shape[1]).astype(np.float32))


def _period(rng: np.random.Generator, height: float) -> int:
    """Return from how many rows or columns one stays dark: letters are five dots high at least."""
    return int(rng.integers(2, max(3, min(5, int(height / 5)) + 1)))


def _teeth(length: int, period: int) -> NDArray[np.float32]:
    """Return ones, each `period`-th a zero."""
    return (np.arange(length) % period < period - 1).astype(np.float32)


def _comb(rng: np.random.Generator, length: int, height: float) -> NDArray[np.float32]:
    """Return the weights of rows of which some are dim or dark, as where one field of two was kept."""
    teeth = _teeth(length, _period(rng, height))
    return np.maximum(teeth, np.float32(rng.uniform(0, 0.4)))


def _hollow(mask: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the rim of letters; of thin ones nothing would be left, they stay as they are."""
    image = Image.fromarray((np.pad(mask, 1) * 255).astype(np.uint8))
    core = np.asarray(image.filter(ImageFilter.MinFilter(3)), np.float32)[1:-1, 1:-1] / np.float32(255)
    if core.sum() < 0.2 * mask.sum():
        return mask
    return np.asarray((mask - core).clip(0), np.float32)


def _sampled(rng: np.random.Generator, mask: NDArray[np.float32], height: float) -> NDArray[np.float32]:
    """Return the line at a lower resolution, whose rows and columns are some of the old ones."""
    least = max(0.55, 6.5 / height)
    down, along = (max(1, round(side * rng.uniform(least, 0.98))) for side in mask.shape)
    image = Image.fromarray((mask * 255).astype(np.uint8))
    kind = Image.Resampling.NEAREST if rng.random() < 0.6 else Image.Resampling.BILINEAR
    return np.asarray(image.resize((along, down), kind), np.float32) / np.float32(255)


def _jagged(rng: np.random.Generator, mask: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the line with rows shifted by a pixel, as unsteady video has them."""
    rows = np.arange(mask.shape[0])
    shifts: list[int] = (rng.integers(0, 3, rows.size) if rng.random() < 0.5 else 2 * (rows % 2)).tolist()
    wider = np.zeros((mask.shape[0], mask.shape[1] + 2), np.float32)
    for row, shift in enumerate(shifts):
        wider[row, shift : shift + mask.shape[1]] = mask[row]
    return wider
