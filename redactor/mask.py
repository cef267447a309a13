"""From findings to the rectangles to fill."""

from collections.abc import Iterable, Sequence
from math import ceil
from typing import NamedTuple

from ..model import Box
from .findings import Finding
from .policy import Policy

LEAST_MARGIN = 2  # pixels: anti-aliasing and interpolation reach that far beyond the ink
BESIDE_KEPT = 1  # pixels: the margin towards a line that stays and is nearer than the margin is wide
SAME_PLACE = 0.5  # intersection over union from which boxes of two frames are one piece of text


def mask(findings: Iterable[Finding], *, policy: Policy, frames: int) -> tuple[Box, ...]:
    """Give the rectangles to fill: the findings that the policy masks, with its margin around them.

    Burned-in text stands still, and a detector may lose it on one frame of a cine and find it on the next.
    What identifies someone is therefore masked in every frame at the place where any frame shows it; what
    could not be read, from the first frame that shows it to the last. A policy may say "per-frame" instead:
    each frame by what was found in it.

    Parameters
    ----------
    findings : iterable of Finding
        Of all frames of the file.
    policy : Policy
        Its `margin` and `cine` are used.
    frames : int
        Number of frames in the file.

    Returns
    -------
    tuple of Box
        Sorted by frame; may reach beyond the frame's edge.
    """
    kept: dict[int, list[Finding]] = {}
    wanted = []
    for finding in findings:
        if finding.mask:
            wanted.append(finding)
        else:
            kept.setdefault(finding.box.frame, []).append(finding)
    grown = [(finding, _grown(finding, kept.get(finding.box.frame, ()), policy)) for finding in wanted]
    if frames == 1:
        return tuple(box for _, box in grown)
    if policy.cine == "per-frame":
        boxes = [box for _, box in grown]
    else:
        boxes = [box for place in _places(grown) for box in _in_every_frame(place, frames)]
    return tuple(sorted(boxes, key=lambda box: (box.frame, box.y0, box.x0)))


def _grown(finding: Finding, kept: Iterable[Finding], policy: Policy) -> Box:
    """Add the margin: all of it along the text, across it no more than the lines leave that stay."""
    upright = finding.line.angle in (90, 270)
    box, line = finding.box, _sides(finding.line.box, upright)
    margin = max(LEAST_MARGIN, ceil(policy.margin * (line.bottom - line.top)))
    before, behind = _room(finding, kept, margin)
    across = (before, margin, behind, margin) if upright else (margin, before, margin, behind)
    return Box(
        frame=box.frame,
        x0=max(box.x0 - across[0], 0),
        y0=max(box.y0 - across[1], 0),
        x1=box.x1 + across[2],
        y1=box.y1 + across[3],
    )


class _Sides(NamedTuple):
    """A box as its text runs: where it begins and ends, and its sides across that."""

    begin: int
    end: int
    top: int
    bottom: int


def _sides(box: Box, upright: bool) -> _Sides:
    return _Sides(box.y0, box.y1, box.x0, box.x1) if upright else _Sides(box.x0, box.x1, box.y0, box.y1)


def _room(finding: Finding, kept: Iterable[Finding], margin: int) -> tuple[int, int]:
    """Give the margins across the text, before its line and behind it.

    Lines stand close, and where a line is found its box is surer than the margin around it: a margin that cuts
    into a neighbour destroys what nobody doubts. Boxes that overlap otherwise than by touching sides do not count.
    """
    upright = finding.line.angle in (90, 270)
    own, before, behind = _sides(finding.box, upright), margin, margin
    for other in kept:
        side = _sides(other.box, upright)
        if other.line is finding.line or side.begin >= own.end + margin or side.end <= own.begin - margin:
            continue
        if side.top >= own.bottom - LEAST_MARGIN:
            behind = min(behind, max(BESIDE_KEPT, side.top - own.bottom))
        elif side.bottom <= own.top + LEAST_MARGIN:
            before = min(before, max(BESIDE_KEPT, own.top - side.bottom))
    return before, behind


class _Place:
    """One place of the image where one or more frames show something to mask."""

    __slots__ = ("first", "last", "read", "x0", "x1", "y0", "y1")

    def __init__(self, box: Box) -> None:
        self.x0, self.y0, self.x1, self.y1 = box.x0, box.y0, box.x1, box.y1
        self.first = self.last = box.frame
        self.read = False

    def take(self, box: Box, *, read: bool) -> None:
        """Widen the place by a box, in space and in time."""
        self.x0, self.y0 = min(self.x0, box.x0), min(self.y0, box.y0)
        self.x1, self.y1 = max(self.x1, box.x1), max(self.y1, box.y1)
        self.first, self.last = min(self.first, box.frame), max(self.last, box.frame)
        self.read |= read

    def overlap(self, box: Box) -> float:
        """Give intersection over union, whatever the frame."""
        width = min(self.x1, box.x1) - max(self.x0, box.x0)
        height = min(self.y1, box.y1) - max(self.y0, box.y0)
        if width <= 0 or height <= 0:
            return 0.0
        own = (self.x1 - self.x0) * (self.y1 - self.y0)
        return width * height / (own + (box.x1 - box.x0) * (box.y1 - box.y0) - width * height)


def _places(grown: Sequence[tuple[Finding, Box]]) -> list[_Place]:
    places: list[_Place] = []
    known: dict[tuple[int, int, int, int], list[_Place]] = {}  # most boxes of a cine are the same in every frame
    for finding, box in grown:
        spot = (box.x0, box.y0, box.x1, box.y1)
        if spot not in known:
            # A box between two places widens both.
            known[spot] = [place for place in places if place.overlap(box) >= SAME_PLACE]
        if not known[spot]:
            known[spot] = [_Place(box)]
            places += known[spot]
        for place in known[spot]:
            place.take(box, read=finding.category != "unreadable")
    return places


def _in_every_frame(place: _Place, frames: int) -> Iterable[Box]:
    first, last = (0, frames - 1) if place.read else (place.first, place.last)
    for frame in range(first, last + 1):
        yield Box(frame=frame, x0=place.x0, y0=place.y0, x1=place.x1, y1=place.y1)
