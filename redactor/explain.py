"""Say of each mask why it is there: category, score, rule or model, and header element; no text, no values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..model import Box
from .findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why one place is masked.

    Attributes
    ----------
    box : Box
        The pixels of the text, without margin, on the first frame that shows it.
    last : int
        The last frame that shows it.
    category : str
        As of a `Finding`.
    score : float
        The highest of the frames, in [0, 1].
    reason : str
        The rule or model that decided.
    element : str or None
        The header element that matched, e.g. "(0010,0010) PatientName"; never its value.
    """

    box: Box
    last: int
    category: str
    score: float
    reason: str
    element: str | None


def explain(findings: Iterable[Finding]) -> tuple[Explanation, ...]:
    """Explain the findings that are masked; what stands still over frames is explained once."""
    found: dict[tuple[object, ...], Explanation] = {}
    for finding in findings:
        if not finding.mask:
            continue
        box = finding.box
        key = (box.x0, box.y0, box.x1, box.y1, finding.category, finding.reason, finding.element)
        known = found.get(key) or _explanation(finding)
        found[key] = replace(known, last=max(known.last, box.frame), score=max(known.score, finding.score))
    return tuple(found.values())


def _explanation(finding: Finding) -> Explanation:
    return Explanation(
        box=finding.box,
        last=finding.box.frame,
        category=finding.category,
        score=finding.score,
        reason=finding.reason,
        element=finding.element,
    )


def as_json(explanation: Explanation) -> dict[str, object]:
    """Give an explanation as the manifest has it."""
    box = explanation.box
    return {
        "box": [box.frame, box.x0, box.y0, box.x1, box.y1],
        "last": explanation.last,
        "category": explanation.category,
        "score": round(explanation.score, 4),
        "reason": explanation.reason,
        "element": explanation.element,
    }


def from_json(line: Mapping[str, Any]) -> Explanation:
    """Read what `as_json` gave."""
    frame, x0, y0, x1, y1 = line["box"]
    box = Box(frame=frame, x0=x0, y0=y0, x1=x1, y1=y1)
    return Explanation(box=box, **{key: line[key] for key in ("last", "category", "score", "reason", "element")})
