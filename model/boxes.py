"""Where text is: boxes and lines in frame pixels."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle of one frame, half-open, in frame pixels: columns x0 to x1-1, rows y0 to y1-1."""

    frame: int
    x0: int
    y0: int
    x1: int
    y1: int


def extents(box: Box, angle: int) -> tuple[int, int]:
    """Return how long a box is along text that is turned by `angle` degrees, and how high across it, in pixels."""
    wide, high = box.x1 - box.x0, box.y1 - box.y0
    return (high, wide) if angle in (90, 270) else (wide, high)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """One line of burned-in text, as it was found and read.

    Attributes
    ----------
    box : Box
        Around the ink, and at both ends the room that letters have beside theirs, 0.15 of the line's height.
    angle : int
        Degrees by which the reading direction is turned counter-clockwise from left-to-right: 0, 90, 180 or 270.
    score : float
        Detector's probability, in [0, 1], that this is text.
    text : str
        What was read; empty where nothing could be.
    character_scores : tuple of float
        Reader's probability per character of `text`, in [0, 1].
    character_spans : tuple of (float, float)
        Begin and end of each character along the reading direction, as fractions of the line's length in [0, 1].
    mirrored : bool
        The line is seen from behind, as on a film put in the wrong way round: what `angle` calls its reading direction
        is that of the text turned back, and the characters follow each other the other way.
    """

    box: Box
    angle: int
    score: float
    text: str
    character_scores: tuple[float, ...]
    character_spans: tuple[tuple[float, float], ...]
    mirrored: bool = False
