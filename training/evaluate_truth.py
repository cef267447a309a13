"""What stands in the pixels of the images that are measured: the nouns that every reader of truth gives."""

from dataclasses import dataclass, field
from typing import Literal

from ..model import Box

Format = Literal["deburn", "presidio", "midi-b"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthSpan:
    """A range of a line's characters that identifies someone.

    Attributes
    ----------
    start, end : int
        Characters [start, end) of the line's text.
    kind : str or None
        What it is, e.g. "date"; None where the truth does not say.
    """

    start: int
    end: int
    kind: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthLine:
    """A line of text.

    Attributes
    ----------
    box : Box
        Around it, in frame pixels; its frame is that of the page, 0 where the truth names none.
    text : str
        What it says; stays out of `repr`.
    kind : str or None
        What it is as a whole.
    phi : tuple of TruthSpan
        What of it identifies someone, in order; empty where nothing does.
    ignore : bool
        A placeholder that identifies nobody: masked or kept, both are right.
    moves : bool
        Whether it reads otherwise, or stands elsewhere, on other frames.
    """

    box: Box
    text: str = field(repr=False)
    kind: str | None
    phi: tuple[TruthSpan, ...]
    ignore: bool = False
    moves: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthPage:
    """What is known of one file.

    Attributes
    ----------
    name : str
        Of the file among the originals, as the truth calls it.
    frame : int or None
        That the lines are of; None: the middle one.
    lines : tuple of TruthLine
    text_free : bool
        Whether the image is known to hold no text at all.
    variant : bool
        Whether it shows the same picture as another page, encoded otherwise: it must be delivered, but its text
        does not count twice.
    pixels_md5 : str or None
        Of the Pixel Data's bytes, where they must stay as they are.
    """

    name: str
    frame: int | None = None
    lines: tuple[TruthLine, ...] = ()
    text_free: bool = False
    variant: bool = False
    pixels_md5: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What is known of a set of images.

    Attributes
    ----------
    format : {"deburn", "presidio", "midi-b"}
    pages : tuple of TruthPage
    complete : bool
        Whether all text is listed. Where only that is which identifies someone, nothing can be said of the text
        that should stay, and what is masked beside the listed text may be text too.
    skipped : int
        Files that the index lists but of which no truth was found.
    """

    format: Format
    pages: tuple[TruthPage, ...]
    complete: bool
    skipped: int = 0


def span_box(line: TruthLine, span: TruthSpan) -> Box:
    """Give the part of a line's box in which a range of its characters stands, as if all were of one width."""
    box, length = line.box, max(len(line.text), 1)
    rows, columns = box.y1 - box.y0, box.x1 - box.x0
    begin, end = span.start / length, span.end / length
    if runs_upright(line):
        return Box(
            frame=box.frame,
            x0=box.x0,
            x1=box.x1,
            y0=box.y0 + int(begin * rows),
            y1=box.y0 + max(round(end * rows), int(begin * rows) + 1),
        )
    return Box(
        frame=box.frame,
        y0=box.y0,
        y1=box.y1,
        x0=box.x0 + int(begin * columns),
        x1=box.x0 + max(round(end * columns), int(begin * columns) + 1),
    )


def runs_upright(line: TruthLine) -> bool:
    """Tell whether a line runs upwards or downwards: one character may be higher than wide."""
    box = line.box
    return (box.y1 - box.y0) > 1.5 * (box.x1 - box.x0) and len(line.text) > 1
