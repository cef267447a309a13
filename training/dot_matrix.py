"""The "new device's" font: letters of 5 by 7 single dots, two pixels apart, as no font of the training has them."""

from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..redactor.demo_font import strokes

# Dots of a letter, across and down; two more rows hold what hangs below the line.
ACROSS, CAPITAL, DOWN = 5, 7, 9


def covers(text: str) -> bool:
    """Tell whether every character has a glyph."""
    try:
        return all(strokes(character) or character == " " for character in text)
    except KeyError:
        return False


@cache
def glyph(character: str) -> NDArray[np.bool_]:
    """Return which dots are lit, ``bool[9, 5]``: the demo's strokes on every other line of their grid."""
    lit = np.zeros((DOWN, ACROSS), bool)
    for line in strokes(character):
        for (x0, y0), (x1, y1) in pairwise(line):
            steps = max(abs(x1 - x0), abs(y1 - y0), 1)
            for step in range(steps + 1):
                x, y = x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps
                lit[min(DOWN - 1, int(y / 2 + 0.49)), min(ACROSS - 1, int(x / 2 + 0.49))] = True
    return lit


def draw_dots(text: str, *, pitch: int, dot: int, spacing: int) -> NDArray[np.bool_]:
    """Return a line of dots, ``bool[rows, columns]``, 9 dots high.

    Parameters
    ----------
    text : str
        Covered by the font.
    pitch, dot : int
        From one dot to the next, and a dot's side, in pixels.
    spacing : int
        Columns of dots that stay dark between two letters.
    """
    lit = np.zeros((DOWN, len(text) * (ACROSS + spacing) - spacing), bool)
    for index, character in enumerate(text):
        left = index * (ACROSS + spacing)
        lit[:, left : left + ACROSS] = glyph(character)
    ink = np.zeros((DOWN * pitch, lit.shape[1] * pitch), bool)
    for row, column in zip(*np.nonzero(lit), strict=True):
        ink[row * pitch : row * pitch + dot, column * pitch : column * pitch + dot] = True
    return ink
