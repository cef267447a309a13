"""From findings to the rectangles to fill."""

from collections.abc import Iterable, Sequence
from math import ceil

from ..model import Box
from .findings import Finding
from .policy import Policy

LEAST_MARGIN = 2  # pixels: anti-aliasing and interpolation reach that far beyond the ink
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
    wanted = [finding for finding in findings if finding.mask]
    if frames == 1:
        return tuple(_grown(finding, policy) for finding in wanted)
    if policy.cine == "per-frame":
        boxes = [_grown(finding, policy) for finding in wanted]
    else:
        boxes = [box for place in _places(wanted, policy) for box in _in_every_frame(place, frames)]
    return tuple(sorted(boxes, key=lambda box: (box.frame, box.y0, box.x0)))


def _grown(finding: Finding, policy: Policy) -> Box:
    line = finding.line.box
    height = line.x1 - line.x0 if finding.line.angle in (90, 270) else line.y1 - line.y0
    margin = max(LEAST_MARGIN, ceil(policy.margin * height))
    box = finding.box
    return Box(
        frame=box.frame,
        x0=max(box.x0 - margin, 0),
        y0=max(box.y0 - margin, 0),
        x1=box.x1 + margin,
        y1=box.y1 + margin,
    )


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


def _places(findings: Sequence[Finding], policy: Policy) -> list[_Place]:
    places: list[_Place] = []
    known: dict[tuple[int, int, int, int], list[_Place]] = {}  # most boxes of a cine are the same in every frame
    for finding in findings:
        box = _grown(finding, policy)
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
