"""Judge a cine scene by scene: frames that show the same lines are judged once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ..model import TextLine
from .findings import Finding

# Scenes that are judged together: lines explain one another within a frame only, and what compares all lines of a
# call with one another must not be handed those of a thousand frames.
TOGETHER = 16

Judge = Callable[[Sequence[TextLine]], tuple[Finding, ...]]
_Scene = tuple[TextLine, ...]


def judge_scenes(lines: Sequence[TextLine], judge: Judge) -> tuple[Finding, ...]:
    """Return what `judge` finds in the lines of a file, frame by frame in the order of their first lines.

    Parameters
    ----------
    lines : sequence of TextLine
        Of all frames.
    judge : callable
        Such as `decision.classify`; what it says of one frame must not depend on others.
    """
    frames: dict[int, list[TextLine]] = {}
    for line in lines:
        frames.setdefault(line.box.frame, []).append(line)
    scenes = {frame: tuple(_in_frame(line, 0) for line in own) for frame, own in frames.items()}
    first = {scene: frame for frame, scene in reversed(scenes.items())}
    alike = {frame: first[scene] for frame, scene in scenes.items()}
    judged: dict[int, list[Finding]] = {frame: [] for frame in first.values()}
    for some in _some(sorted(judged)):
        for finding in judge([line for frame in some for line in frames[frame]]):
            judged[finding.box.frame].append(finding)
    return tuple(
        finding if finding.box.frame == frame else _seen_in(finding, frame)
        for frame, same in alike.items()
        for finding in judged[same]
    )


def _some(frames: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(frames), TOGETHER):
        yield frames[start : start + TOGETHER]


def _in_frame(line: TextLine, frame: int) -> TextLine:
    return line if line.box.frame == frame else replace(line, box=replace(line.box, frame=frame))


def _seen_in(finding: Finding, frame: int) -> Finding:
    return replace(finding, line=_in_frame(finding.line, frame), box=replace(finding.box, frame=frame))
