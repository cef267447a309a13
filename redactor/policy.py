"""What to mask: one value, made at the edge and handed down whole."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What to mask and how.

    Attributes
    ----------
    mode : {"phi", "text"}
        "phi" masks what identifies someone and whatever cannot be read with confidence; "text" masks all text.
    read_score : float
        Mean character probability below which a line counts as unreadable, in [0, 1].
    fill : {"black", "white", "background"}
        What masked pixels become, as displayed.
    margin : float
        Masked around each box, as a share of the line's height; at least two pixels.
    """

    mode: Literal["phi", "text"] = "phi"
    read_score: float = 0.8
    fill: Literal["black", "white", "background"] = "black"
    margin: float = 0.25
