"""What the decision says about each span of text."""

from dataclasses import dataclass

from ..model import Box, TextLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A span of a text line, what it was taken for and whether it is to be masked.

    Attributes
    ----------
    line : TextLine
        The line that it is part of.
    start, end : int
        Character range [start, end) of `line.text`; the whole line where nothing was read.
    box : Box
        The pixels of the span, in frame pixels, without any margin.
    category : str
        For instance "name", "date", "id", "unreadable", "laterality", "other".
    score : float
        Confidence in the category, in [0, 1].
    reason : str
        Why, in words that hold none of the text.
    element : str or None
        Keyword of the header element that matched, e.g. "PatientName".
    mask : bool
        Whether the policy masks it.
    """

    line: TextLine
    start: int
    end: int
    box: Box
    category: str
    score: float
    reason: str
    element: str | None
    mask: bool
