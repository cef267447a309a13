"""What was measured of one file: counts and places, no text."""

from dataclasses import dataclass
from typing import Literal

from ..model import Box
from .evaluate_pixels import State

Polarity = Literal["bright", "dark"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanScore:
    """A span that identifies someone, or a line that does not, and what became of it.

    Attributes
    ----------
    box : Box
    kind : str or None
        As the truth calls it.
    phi : bool
    state : {"removed", "kept", "damaged", "unjudged"}
        By the pixels.
    legible : float or None
    found : bool or None
        Whether masked findings cover half of it; None where findings are not known or it is not PHI.
    agreed : bool or None
        Whether those of its own category do.
    """

    box: Box
    kind: str | None
    phi: bool
    state: State
    legible: float | None
    found: bool | None = None
    agreed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskScore:
    """A finding that was masked, and whether it should have been.

    Attributes
    ----------
    box : Box
    category : str
    score : float
    right : bool or None
        Whether half of it lies on what identifies someone; None on text that may go or stay.
    agreed : bool or None
        Whether on that of its own category.
    """

    box: Box
    category: str
    score: float
    right: bool | None
    agreed: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineScore:
    """A line of text as the detector had to find it.

    Attributes
    ----------
    phi : bool
    characters : int
    height : int
        Of the box across the line, in pixels.
    contrast : float
        Michelson contrast of strokes and ground above the darkest value of the frame, in [0, 1].
    polarity : {"bright", "dark"}
        Of the strokes, as displayed.
    covered : float or None
        Share of the box that padded boxes of found lines cover; None where those are not known.
    """

    phi: bool
    characters: int
    height: int
    contrast: float
    polarity: Polarity
    covered: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScore:
    """What was measured of one file.

    Attributes
    ----------
    name : str
    reason : str or None
        Why it could not be measured: not delivered, unreadable, of another shape. Nothing else is known then.
    text_free, variant : bool
        As in the truth.
    modality, subject : str
        As in `Picture`.
    rows, columns, frame : int
    spans : tuple of SpanScore
    masks : tuple of MaskScore
    lines : tuple of LineScore
    collateral : float
        Share of the frame that changed outside of all text.
    touched : bool
        Whether anything in the frame changed.
    retained : bool or None
        Whether Pixel Data that must stay did; None where nothing is said of them.
    """

    name: str
    reason: str | None = None
    text_free: bool = False
    variant: bool = False
    modality: str = "?"
    subject: str = ""
    rows: int = 0
    columns: int = 0
    frame: int = 0
    spans: tuple[SpanScore, ...] = ()
    masks: tuple[MaskScore, ...] = ()
    lines: tuple[LineScore, ...] = ()
    collateral: float = 0.0
    touched: bool = False
    retained: bool | None = None
