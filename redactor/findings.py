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
        One of `deburn.model.categories`, or why it is masked without one: "unreadable", "listed" (on the policy's
        drop list), "text" (the policy masks all).
    score : float
        Confidence in the category, in [0, 1].
    reason : str
        The rule or model that decided, in words that hold none of the text.
    element : str or None
        The header element that matched, e.g. "(0010,0010) PatientName"; never its value.
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
