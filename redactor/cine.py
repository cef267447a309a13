"""Read a cine: every frame is looked at, and nothing is read twice from the same pixels.

Most of a cine stands still. What is byte for byte as in the frame before was looked at there; the detector sees,
in each frame, the parts that changed with their surroundings, and the whole of the first frame and of every fiftieth.
A line whose pixels are the same bytes keeps its text; one whose pixels differ in a single bit is read anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..model import Box, FoundLine, Handle, Runner, TextLine, detect, transcribe_each
from ..model.crops import ENDS
from .cine_changes import Area, Tiles, areas_of, changed_tiles, shows_change

Array = NDArray[Any]

# A whole frame is looked at after so many that were looked at in parts: text that the detector missed beside one
# picture may be found beside another.
LOOK_AGAIN = 50
# Two boxes are the same line when this share of the smaller lies in the other.
SAME_LINE = 0.5
# Lines that are remembered: text that comes and goes, and not all the noise of a cine of hours.
REMEMBERED = 4096


@dataclass(slots=True, kw_only=True, eq=False)
class _Line:
    """A line at one place with one content, in however many frames it stands.

    Attributes
    ----------
    area : Area
        Around its ink.
    reach : Area
        What the reader sees of the frame.
    text : tuple of TextLine
        Once it was read: itself, the rows of what is a stack of lines, or none where the reader found no text in it.
    """

    area: Area
    reach: Area
    text: tuple[TextLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Look:
    """One part of some frames before the networks.

    Attributes
    ----------
    area : Area
    handle : Handle
        The part of the frames that are looked at.
    found : dict of int to list of FoundLine
        By frame of the batch; the lines are in pixels and frames of the handle.
    unread : list of (FoundLine, _Line)
    """

    area: Area
    handle: Handle
    found: dict[int, list[FoundLine]]
    unread: list[tuple[FoundLine, _Line]] = field(default_factory=list)

    def without(self, frames: set[int]) -> "_Look":
        """Return the look without what it found in some frames."""
        return replace(self, found={frame: lines for frame, lines in self.found.items() if frame not in frames})


class Cine:
    """Follows the text of one file from frame to frame.

    Parameters
    ----------
    runner : Runner
        The networks.
    """

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._last: Array | None = None
        self._lines: list[_Line] = []
        self._known: dict[tuple[Area, bool, bytes], _Line] = {}
        self._frames = 0
        self._since_whole = 0

    def look(self, seen: Array) -> list[TextLine]:
        """Return the text of the next frames, each line in every frame where it stands.

        Parameters
        ----------
        seen : ndarray
            int[n, rows, columns, 1|3], as `visible` shows them, within 31 bits; frame numbers go on from the
            frames before.
        """
        before = [self._last, *seen[:-1]]
        changes = [None if last is None else changed_tiles(last, one) for last, one in zip(before, seen, strict=True)]
        looks = self._looks(before, seen, changes)
        standing = [
            self._follow(last, one, changes[index], index, looks)
            for index, (last, one) in enumerate(zip(before, seen, strict=True))
        ]
        for look in looks:
            self._read(look, standing)
        self._lines = [line for line in self._lines if line.text]
        self._last = seen[-1].copy()
        first, self._frames = self._frames, self._frames + len(seen)
        return [
            replace(text, box=replace(text.box, frame=first + index))
            for index, lines in enumerate(standing)
            for line in lines
            for text in line.text
        ]

    def _looks(self, before: Sequence[Array | None], seen: Array, changes: Sequence[Tiles | None]) -> list[_Look]:
        """Show the detector every frame that is due whole, and of the others what changed."""
        rows, columns = seen.shape[1:3]
        all_of_it = Area(x0=0, y0=0, x1=columns, y1=rows)
        whole, parts = self._due(changes)
        looks = [self._look(seen, all_of_it, whole)] if whole else []
        if not parts:
            return looks
        known = [line.reach for line in self._lines]
        known += [
            _place(found, all_of_it, seen[0])[1] for look in looks for line in look.found.values() for found in line
        ]
        # The same part of all frames of the batch: one shape, and what moves about stays in it.
        torn: set[int] = set()
        for area in areas_of(np.logical_or.reduce(list(parts.values())), rows, columns, known):
            look = self._look(seen, area, [index for index in parts if shows_change(parts[index], area)])
            torn |= {index for index in look.found if _tears(before[index], seen[index], look, index)}
            looks.append(look)
        if torn:
            looks = [look.without(torn) for look in looks]
            looks.append(self._look(seen, all_of_it, sorted(torn)))
        return looks

    def _due(self, changes: Sequence[Tiles | None]) -> tuple[list[int], dict[int, Tiles]]:
        """Return which frames are due whole, and which tiles of the others changed."""
        whole, parts = list[int](), dict[int, Tiles]()
        for index, tiles in enumerate(changes):
            self._since_whole += 1
            if tiles is None or (tiles.any() and self._since_whole > LOOK_AGAIN):
                whole.append(index)
                self._since_whole = 0
            elif tiles.any():
                parts[index] = tiles
        return whole, parts

    def _look(self, seen: Array, area: Area, frames: Sequence[int]) -> _Look:
        handle = self._runner.upload(area.of(seen)[frames])
        found: dict[int, list[FoundLine]] = {frame: [] for frame in frames}
        for line in detect(self._runner, handle):
            found[frames[line.box.frame]].append(line)
        return _Look(area=area, handle=handle, found=found)

    def _follow(
        self, last: Array | None, frame: Array, tiles: Tiles | None, index: int, looks: Sequence[_Look]
    ) -> list[_Line]:
        """Return the lines of a frame: those that still stand, and what was found in what changed."""
        if tiles is not None and not tiles.any():
            return self._lines
        standing = [] if last is None else [line for line in self._lines if _same(last, frame, line.reach)]
        for look in looks:
            if index not in look.found:
                continue
            fresh = [(found, *_place(found, look.area, frame)) for found in look.found[index]]
            if look.area.size == frame.shape[0] * frame.shape[1]:
                areas = [area for _, area, _ in fresh]
                standing = [line for line in standing if not any(_overlap(line.area, area) for area in areas)]
            elif last is not None:
                # What did not change has been looked at: what stands there, and what the part's edge cuts, is no news.
                fresh = [
                    (found, area, reach)
                    for found, area, reach in fresh
                    if not _same(last, frame, reach)
                    or not (_cut(reach, look.area, frame) or any(_overlap(line.area, area) for line in standing))
                ]
            lines = (self._line(found, area, reach, frame, look) for found, area, reach in fresh)
            standing += [line for line in lines if line not in standing]
        self._lines = standing
        return standing

    def _line(self, found: FoundLine, area: Area, reach: Area, frame: Array, look: _Look) -> _Line:
        """Return the line of that place and those pixels; it is to be read if there was none yet."""
        key = (area, found.upright, blake2b(reach.of(frame).tobytes(), digest_size=32).digest())
        line = self._known.get(key)
        if line is None:
            line = self._known[key] = _Line(area=area, reach=reach)
            look.unread.append((found, line))
            if len(self._known) > REMEMBERED:
                del self._known[next(iter(self._known))]
        return line

    def _read(self, look: _Look, standing: Sequence[Sequence[_Line]]) -> None:
        """Read what is new in a look, beside the lines that stand in its frames and were read before."""
        upright = {found.box.frame for found, _ in look.unread if found.upright}
        beside = [
            replace(text, box=replace(_shifted(text.box, look.area, -1), frame=number))
            for number, frame in enumerate(look.found)
            if number in upright
            for line in standing[frame]
            for text in line.text
        ]
        read = transcribe_each(self._runner, look.handle, [found for found, _ in look.unread], beside)
        for (_, line), lines in zip(look.unread, read, strict=True):
            line.text = tuple(replace(text, box=_shifted(text.box, look.area)) for text in lines)


def _place(found: FoundLine, part: Area, frame: Array) -> tuple[Area, Area]:
    """Return where in the frame a line's ink is, and what the reader sees."""
    box = _shifted(found.box, part)
    area = Area(x0=box.x0, y0=box.y0, x1=box.x1, y1=box.y1)
    high = box.x1 - box.x0 if found.upright else box.y1 - box.y0
    return area, area.grown(ceil(ENDS * high) + 2, frame.shape[0], frame.shape[1])


def _shifted(box: Box, part: Area, way: int = 1) -> Box:
    """Return a box of a part as one of the frame; with `way` -1 the other way round."""
    x, y = way * part.x0, way * part.y0
    return replace(box, x0=box.x0 + x, y0=box.y0 + y, x1=box.x1 + x, y1=box.y1 + y)


def _same(last: Array, frame: Array, area: Area) -> bool:
    return np.array_equal(area.of(last), area.of(frame))


def _tears(last: Array | None, frame: Array, look: _Look, index: int) -> bool:
    """Tell whether the edge of a part runs through a line that is new: the rest of it lies in what did not change."""
    places = (_place(found, look.area, frame)[1] for found in look.found[index])
    return any(
        _cut(reach, look.area, frame) and not (last is not None and _same(last, frame, reach)) for reach in places
    )


def _cut(reach: Area, part: Area, frame: Array) -> bool:
    """Tell whether the edge of a part, unless it is the frame's, touches what the reader sees of a line."""
    return not part.holds(reach.grown(1, *frame.shape[:2]))


def _overlap(one: Area, other: Area) -> bool:
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    return wide > 0 and high > 0 and wide * high >= SAME_LINE * min(one.size, other.size)
