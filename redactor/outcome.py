"""What became of a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..model import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file; holds no text from its pixels and no values of its header.

    Attributes
    ----------
    state : {"clean", "redacted", "quarantined"}
        Nothing to mask; masked, written and verified; or not passed on.
    reason : str or None
        Why it was quarantined.
    frames : int
        Frames that were examined.
    boxes : tuple of Box
        Masked rectangles, margins included, as written.
    categories : mapping of str to int
        Findings that were masked, by category.
    kept : mapping of str to int
        Findings that were left, by category.
    source_sha256, target_sha256 : str or None
        Of the whole file, before and after.
    """

    state: Literal["clean", "redacted", "quarantined"]
    reason: str | None = None
    frames: int = 0
    boxes: tuple[Box, ...] = ()
    categories: Mapping[str, int] = field(default_factory=dict)
    kept: Mapping[str, int] = field(default_factory=dict)
    source_sha256: str | None = None
    target_sha256: str | None = None
