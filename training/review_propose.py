"""What the networks propose for a frame, and how unsure they are of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import fmean

from ..model import FoundLine, Handle, Runner, TextLine, transcribe
from ..model.categories import CATEGORIES, IDENTIFYING, Category
from ..model.lines import lines_of
from ..redactor.dicom import Source, identity_of, read_frames, visible
from ..redactor.findings import Finding
from ..redactor.pipeline import judge, within_31_bits
from ..redactor.policy import Policy
from .evaluate_truth import TruthSpan
from .truth_page import LocalLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the networks see in one frame.

    Attributes
    ----------
    lines : tuple of LocalLine
        In the order of reading: from the top, then from the left.
    unsure : float
        In [0, 1]: how far the least sure line is from certain, or how close something came to being taken for text.
    """

    lines: tuple[LocalLine, ...]
    unsure: float


def propose(source: Source, frame: int, *, runner: Runner, policy: Policy) -> Proposal:
    """Find, read and judge the text of one frame.

    Raises
    ------
    RefusedError
        The frame does not decode.
    """
    handle = runner.upload(within_31_bits(visible(read_frames(source, frame, frame + 1))))
    found, missed = _detect(runner, handle)
    lines = [replace(line, box=replace(line.box, frame=frame)) for line in transcribe(runner, handle, found)]
    findings = judge(lines, identity_of(source.dataset), policy=policy, runner=runner)
    proposed = [_line(list(group)) for _, group in groupby(findings, key=lambda finding: id(finding.line))]
    kept = {replace(line.box, frame=0) for line in lines}
    near = [line.score for line in (*found, *missed) if line.box not in kept]
    return Proposal(
        lines=tuple(sorted(proposed, key=lambda line: (line.box.y0, line.box.x0))),
        unsure=unsure_of(proposed, near),
    )


def unsure_of(lines: Sequence[LocalLine], near: Sequence[float] = ()) -> float:
    """Give how unsure a page is: by its least sure line, and by the best score of what was not taken for text."""
    return max([0.0, *(1 - line.score for line in lines if line.score is not None), *near])


def _detect(runner: Runner, handle: Handle) -> tuple[list[FoundLine], list[FoundLine]]:
    """Return the lines of text, and what falls short of being one."""
    fine, coarse = runner.candidates(handle)
    _, rows, columns, _ = handle.shape
    thresholds = runner.spec.thresholds
    found = lines_of(fine, coarse, rows, columns, thresholds)
    weaker = lines_of(fine, coarse, rows, columns, replace(thresholds, line=thresholds.cell))
    return found, [line for line in weaker if line.score < thresholds.line]


def _line(findings: Sequence[Finding]) -> LocalLine:
    """Give a line with what its findings say; what is masked out of doubt is of unknown category."""
    line = findings[0].line
    doubtful = any(finding.mask and finding.category not in IDENTIFYING for finding in findings)
    longest = max(findings, key=lambda finding: (finding.mask, finding.end - finding.start))
    return LocalLine(
        box=line.box,
        text=line.text or None,
        kind=None if doubtful else _category(longest.category),
        phi=None if doubtful or not line.text else tuple(_span(one) for one in findings if one.mask),
        proposed=True,
        score=min(line.score, _read(line), *(finding.score for finding in findings)),
    )


def _read(line: TextLine) -> float:
    return fmean(line.character_scores) if line.character_scores else 0.0


def _category(name: str) -> Category | None:
    return next((category for category in CATEGORIES if category == name), None)


def _span(finding: Finding) -> TruthSpan:
    return TruthSpan(start=finding.start, end=finding.end, kind=_category(finding.category))
