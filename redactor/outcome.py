"""What became of a file."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..model import Box
from .explain import Explanation
from .findings import Finding

State = Literal["clean", "redacted", "found", "quarantined"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file; holds no text from its pixels and no values of its header.

    Attributes
    ----------
    state : {"clean", "redacted", "found", "quarantined"}
        Nothing to mask; masked, written and verified; something to mask found by a scan, which writes
        nothing; or not passed on.
    reason : str or None
        Why it was quarantined.
    frames : int
        Frames that were examined.
    boxes : tuple of Box
        Rectangles that were masked, or would be, margins included.
    categories : mapping of str to int
        Findings to mask, by category.
    kept : mapping of str to int
        Findings to leave, by category.
    source_sha256, target_sha256 : str or None
        Of the whole file, before and after.
    why : tuple of Explanation
        Why each place is masked.
    """

    state: State
    reason: str | None = None
    frames: int = 0
    boxes: tuple[Box, ...] = ()
    categories: Mapping[str, int] = field(default_factory=dict)
    kept: Mapping[str, int] = field(default_factory=dict)
    source_sha256: str | None = None
    target_sha256: str | None = None
    why: tuple[Explanation, ...] = ()


def tally(findings: Iterable[Finding], *, mask: bool) -> dict[str, int]:
    """Count the findings that are masked, or those that are not, by category in alphabetical order."""
    return dict(sorted(Counter(finding.category for finding in findings if finding.mask is mask).items()))
