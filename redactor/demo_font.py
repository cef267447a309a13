"""A stroke font of our own for the demo, so that it draws text without any font package."""

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

CAP = 12  # height of a capital in grid units; rows 12 to 16 hold descenders
_GAP, _SPACE = 4, 6  # between letters, and a space's width, in grid units

# Each letter: lines separated by "/", each a row of points "xy" in base 36, x from the left, y from the top.
_STROKES = {
    "A": "0c 40 8c/19 79",
    "B": "00 0c/00 50 72 74 56 06/56 78 7a 5c 0c",
    "C": "82 60 20 02 0a 2c 6c 8a",
    "D": "00 0c 5c 89 83 50 00",
    "E": "80 00 0c 8c/06 66",
    "F": "80 00 0c/06 66",
    "G": "82 60 20 02 0a 2c 6c 8a 87 57",
    "H": "00 0c/80 8c/06 86",
    "I": "20 60/40 4c/2c 6c",
    "J": "70 7a 5c 2c 0a",
    "K": "00 0c/80 06 8c",
    "L": "00 0c 8c",
    "M": "0c 00 46 80 8c",
    "N": "0c 00 8c 80",
    "O": "20 60 82 8a 6c 2c 0a 02 20",
    "P": "0c 00 60 82 85 67 07",
    "Q": "20 60 82 8a 6c 2c 0a 02 20/58 8c",
    "R": "0c 00 60 82 85 67 07/47 8c",
    "S": "82 60 20 02 04 26 66 88 8a 6c 2c 0a",
    "T": "00 80/40 4c",
    "U": "00 0a 2c 6c 8a 80",
    "V": "00 4c 80",
    "W": "00 2c 45 6c 80",
    "X": "00 8c/80 0c",
    "Y": "00 46 80/46 4c",
    "Z": "00 80 0c 8c",
    "0": "30 50 72 7a 5c 3c 1a 12 30",
    "1": "22 40 4c/2c 6c",
    "2": "02 20 60 82 84 0c 8c",
    "3": "02 20 60 82 84 66 88 8a 6c 2c 0a/66 36",
    "4": "6c 60 08 88",
    "5": "80 00 05 65 87 8a 6c 2c 0a",
    "6": "70 40 04 0a 2c 6c 8a 88 66 26 08",
    "7": "00 80 3c",
    "8": "20 60 82 84 66 26 04 02 20/26 08 0a 2c 6c 8a 88 66",
    "9": "1c 4c 88 82 60 20 02 04 26 66 84",
    "a": "14 54 76 7c/77 27 09 0b 1c 4c 7a",
    "b": "00 0c/06 24 54 76 7a 5c 2c 0a",
    "c": "76 54 24 06 0a 2c 5c 7a",
    "d": "70 7c/76 54 24 06 0a 2c 5c 7a",
    "e": "08 78 76 54 24 06 0a 2c 5c 7a",
    "f": "60 40 22 2c/04 54",
    "g": "74 7e 5g 2g 0e/76 54 24 06 0a 2c 5c 7a",
    "h": "00 0c/06 24 54 76 7c",
    "i": "14 1c/10 11",
    "j": "34 3e 1g 0g/30 31",
    "k": "00 0c/64 08 6c",
    "l": "10 1c",
    "m": "04 0c/06 24 46 4c/46 64 86 8c",
    "n": "04 0c/06 24 54 76 7c",
    "o": "24 54 76 7a 5c 2c 0a 06 24",
    "p": "04 0g/06 24 54 76 7a 5c 2c 0a",
    "q": "74 7g/76 54 24 06 0a 2c 5c 7a",
    "r": "04 0c/07 34 64",
    "s": "75 54 24 06 27 58 7a 5c 2c 0b",
    "t": "20 2a 4c 6c/04 54",
    "u": "04 0a 2c 5c 7a/74 7c",
    "v": "04 3c 74",
    "w": "04 2c 46 6c 84",
    "x": "04 7c/74 0c",
    "y": "04 3c 74/3c 1g",
    "z": "04 74 0c 7c",
    ".": "0b 1b 1c 0c 0b",
    ",": "1b 1c 0e",
    ":": "05 15 16 06 05/0b 1b 1c 0c 0b",
    "-": "06 66",
    "/": "0c 80",
    "(": "30 13 19 3c",
    ")": "00 23 29 0c",
    "%": "0c 80/00 20 22 02 00/6a 8a 8c 6c 6a",
    "+": "06 66/33 39",
    "=": "04 64/08 68",
    "'": "00 03",
}


def draw(text: str, height: float, *, weight: float = 1.4) -> Array:
    """Draw a line of text.

    Parameters
    ----------
    text : str
        Of letters, digits and a few signs; others raise KeyError.
    height : float
        Of a capital, in pixels.
    weight : float
        Of the pen, in pixels.

    Returns
    -------
    float32[rows, columns], in [0, 1]
        How much of each pixel the ink covers; just large enough for the ink.
    """
    scale, lines = height / CAP, _lay_out(text)
    pad = weight / 2 + 0.5
    right = max(x for line in lines for x, _ in line) * scale
    bottom = max(y for line in lines for _, y in line) * scale
    ink = np.zeros((int(np.ceil(bottom + 2 * pad)), int(np.ceil(right + 2 * pad))), np.float32)
    for line in lines:
        points = np.asarray(line, np.float32) * scale + pad
        for begin, end in pairwise(points):
            _stroke(ink, begin, end, weight)
    return ink


def reach(text: str, start: int, end: int, height: float) -> tuple[int, int]:
    """Give the columns [left, right) that the characters [start, end) of a drawn text lie in, as `draw` pads it."""
    scale = height / CAP
    left = _width(text[:start]) * scale
    return int(left), int(np.ceil((_width(text[:end]) - _GAP) * scale)) + 3


def strokes(character: str) -> list[list[tuple[int, int]]]:
    """Give a character's polylines in grid units, 9 wide and 13 high without descenders; none of a space.

    Raises
    ------
    KeyError
        The font has no such character.
    """
    if character == " ":
        return []
    return [[(int(p[0], 36), int(p[1], 36)) for p in line.split()] for line in _STROKES[character].split("/")]


def _width(text: str) -> int:
    return sum(_SPACE if character == " " else _broadest(character) + _GAP for character in text)


def _broadest(character: str) -> int:
    return max(int(point[0], 36) for line in _STROKES[character].split("/") for point in line.split())


def _lay_out(text: str) -> list[list[tuple[int, int]]]:
    """Give the polylines of a text in grid units."""
    lines, left = [], 0
    for character in text:
        if character == " ":
            left += _SPACE
            continue
        lines += [[(x + left, y) for x, y in line] for line in strokes(character)]
        left += _broadest(character) + _GAP
    return lines


def _stroke(ink: Array, begin: Array, end: Array, weight: float) -> None:
    """Draw one straight line into `ink`, anti-aliased by the distance of each pixel's centre to it."""
    reach = int(weight) + 2
    x0, y0 = (max(int(min(begin[axis], end[axis])) - reach, 0) for axis in (0, 1))
    x1, y1 = (int(max(begin[axis], end[axis])) + reach + 1 for axis in (0, 1))
    patch = ink[y0:y1, x0:x1]
    rows, columns = np.mgrid[y0 : y0 + patch.shape[0], x0 : x0 + patch.shape[1]] + 0.5
    along = end - begin
    length = max(float(along @ along), 1e-6)
    share = np.clip(((columns - begin[0]) * along[0] + (rows - begin[1]) * along[1]) / length, 0, 1)
    distance = np.hypot(columns - begin[0] - share * along[0], rows - begin[1] - share * along[1])
    np.maximum(patch, np.clip(weight / 2 + 0.5 - distance, 0, 1), out=patch, casting="unsafe")
