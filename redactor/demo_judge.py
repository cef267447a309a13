"""Judge the demo by its pixels: which texts are gone, which are still there, and how it looks."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..model import Box
from .demo_burn import Burned, is_kept, is_removed
from .demo_samples import Made
from .dicom import Frames, open_file, read_frames, visible
from .render import outline, png, render, shrink, window_of

Array = npt.NDArray[Any]

_SIZE = 640  # most pixels on a side of a picture


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Verdict:
    """What became of one sample.

    Attributes
    ----------
    made : Made
    refusal : str or None
        Why it was quarantined.
    gone, survived : tuple of str
        Identifying texts that were removed, and that were not.
    kept, lost : tuple of str
        Harmless texts that were kept, and that were damaged.
    boxes : int
        Rectangles that were masked.
    before, after : bytes
        PNG; the second with outlined masks.
    """

    made: Made
    refusal: str | None
    gone: tuple[str, ...] = ()
    survived: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    boxes: int = 0
    before: bytes = b""
    after: bytes = b""


def judge(made: Made, line: dict[str, Any], redacted: Path) -> Verdict:
    """Compare a sample with its redacted file in the folder `redacted`; `line` is its manifest line."""
    before = _all_frames(made.path)
    middle = len(before.stored) // 2
    window = window_of(before)
    picture, _ = shrink(render(_one(before, middle), window), _SIZE)
    if line["state"] == "quarantined":
        return Verdict(made=made, refusal=line["reason"], before=png(picture))
    after = _all_frames(redacted / made.path.name)
    shown, factor = shrink(render(_one(after, middle), window), _SIZE)
    boxes = [Box(frame=0, x0=x0, y0=y0, x1=x1, y1=y1) for frame, x0, y0, x1, y1 in line["boxes"] if frame == middle]
    secret = {text.text: _everywhere(is_removed, text, before, after) for text in made.burned if text.secret}
    harmless = {text.text: _everywhere(is_kept, text, before, after) for text in made.burned if not text.secret}
    return Verdict(
        made=made,
        refusal=None,
        gone=tuple(text for text, good in secret.items() if good),
        survived=tuple(text for text, good in secret.items() if not good),
        kept=tuple(text for text, good in harmless.items() if good),
        lost=tuple(text for text, good in harmless.items() if not good),
        boxes=len(boxes),
        before=png(picture),
        after=png(outline(shown, boxes, factor)),
    )


def _everywhere(holds: Callable[[Burned, Array, Array], bool], text: Burned, before: Frames, after: Frames) -> bool:
    """Say whether something holds of a text in every frame."""
    pairs = zip(visible(before), visible(after), strict=True)
    return all(holds(text, old, new) for old, new in pairs)


def _all_frames(path: Path) -> Frames:
    source = open_file(path)
    return read_frames(source, 0, source.frame_count)


def _one(frames: Frames, index: int) -> Frames:
    return Frames(stored=np.ascontiguousarray(frames.stored[index : index + 1]), pixel_format=frames.pixel_format)
