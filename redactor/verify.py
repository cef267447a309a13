"""Prove, without trusting the run that made it, that a redacted file differs from its original only as it may."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path

from ..errors import RefusedError
from ..model import Box, Runner
from .dicom import Source, open_file
from .dicom.attributes import is_marked
from .dicom.carriers import remaining_carriers
from .dicom.differences import Difference, compare_headers
from .dicom.sameness import compare_pixels
from .pipeline import examine
from .policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What verifying one file showed; holds no text and no values of its header.

    Attributes
    ----------
    passed : bool
        Whether nothing failed.
    failures : tuple of str
        What did, one line each.
    frames : int
        Frames that were compared.
    boxes : tuple of Box
        The mask: as reported; where nothing was reported, around the pixels that changed.
    reported : bool
        Whether the mask was reported.
    changes : tuple of Difference
        Of the header, the allowed ones too.
    text_examined : bool
        Whether networks looked for text left inside the mask.
    original_sha256, redacted_sha256 : str or None
    """

    passed: bool
    failures: tuple[str, ...] = ()
    frames: int = 0
    boxes: tuple[Box, ...] = ()
    reported: bool = False
    changes: tuple[Difference, ...] = field(default=())
    text_examined: bool = False
    original_sha256: str | None = None
    redacted_sha256: str | None = None


def verify_pair(
    original: Path, redacted: Path, *, boxes: Sequence[Box] | None = None, runner: Runner | None = None
) -> Verdict:
    """Compare a redacted file with its original: every sample, every attribute, every other carrier of text.

    Parameters
    ----------
    original, redacted : Path
    boxes : sequence of Box, optional
        The mask as the run's manifest reports it. Without it, whatever changed must have become part of a filled
        area.
    runner : Runner, optional
        Looks for text left inside the mask.

    Raises
    ------
    OSError
        If a file cannot be read.
    """
    hashes = (_sha256(original), _sha256(redacted))
    try:
        return _verify(original, redacted, boxes, runner, hashes)
    except RefusedError as error:
        # Nothing is passed on here: a file that cannot be examined has failed.
        return Verdict(passed=False, failures=(str(error),), original_sha256=hashes[0], redacted_sha256=hashes[1])


def _verify(
    original: Path, redacted: Path, boxes: Sequence[Box] | None, runner: Runner | None, hashes: tuple[str, str]
) -> Verdict:
    before, after = open_file(original), open_file(redacted)
    failures = _compare_shapes(before, after)
    changes: tuple[Difference, ...] = ()
    mask: tuple[Box, ...] = ()
    if not failures:
        changes = compare_headers(before.dataset, after.dataset)
        same = compare_pixels(before, after, boxes)
        mask = same.boxes
        failures += [f"{found.path} was {found.change}" for found in changes if found.allowed is None]
        failures += [f"{same.outside} pixels outside of the mask differ"] if same.outside else []
        failures += [f"{same.unfilled} boxes are not filled with one value"] if same.unfilled else []
        failures += [] if is_marked(after.dataset) else ["(0028,0301) Burned In Annotation is not NO"]
        failures += [f"{carrier} is left in the file" for carrier in remaining_carriers(after.dataset)]
        failures += _text_left(after, mask, runner) if runner is not None else []
    return Verdict(
        passed=not failures,
        failures=tuple(failures),
        frames=after.frame_count,
        boxes=mask,
        reported=boxes is not None,
        changes=changes,
        text_examined=runner is not None,
        original_sha256=hashes[0],
        redacted_sha256=hashes[1],
    )


def _compare_shapes(before: Source, after: Source) -> list[str]:
    failures = []
    for attribute, words in (("frame_count", "frames"), ("rows", "rows"), ("columns", "columns")):
        found, expected = getattr(after, attribute), getattr(before, attribute)
        if found != expected:
            failures.append(f"{found} {words}; the original has {expected}")
    return failures


def _text_left(source: Source, mask: Sequence[Box], runner: Runner) -> list[str]:
    """Look for text of which at least half lies inside of the mask."""
    lines = {finding.line.box for finding in examine(source, policy=Policy(mode="text"), runner=runner)}
    left = sum(2 * _covered(line, mask) >= (line.x1 - line.x0) * (line.y1 - line.y0) for line in lines)
    return [f"{left} lines of text are left inside of the mask"] if left else []


def _covered(line: Box, mask: Sequence[Box]) -> int:
    """Return how many pixels of a line the best of the boxes covers."""
    return max((_overlap(line, box) for box in mask if box.frame == line.frame), default=0)


def _overlap(one: Box, other: Box) -> int:
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    return max(width, 0) * max(height, 0)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
