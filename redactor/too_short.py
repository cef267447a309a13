"""Lines too short to identify anyone: a letter, a small number, signs without either, alone on their place."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ..model import TextLine
from .combination import MEASURE, Evidence
from .neighbours import in_one_row
from .policy import Policy

# In heights of the line: what is nearer, in its row or above and below a letter, may be more of the same word.
_BESIDE, _ABOVE = 1.5, 1.0
# Ages from 90 on identify (45 CFR 164.514(b)(2)(i)(C)).
_OLD = 90
_EDGES = " .,:;()[]{}<>*#'\"|!?=~^/\\-+&_"
_SHORT = re.compile(rf"|[^\W\d_]|\d{{1,2}}|[^\W\d_]\d|{MEASURE}", re.I)


def with_too_short(
    lines: Sequence[TextLine], evidence: Sequence[Evidence | None], policy: Policy
) -> list[Evidence | None]:
    """Return the evidence with what is kept, whatever a classifier says, where a line alone is too short to identify.

    A letter, a number below 90, a letter with a digit, a measure, or signs, where the rules know the line and mask
    nothing of it, and no other line stands so near that both may be pieces: of a date, of a name letter by letter, of a
    number in groups. Signs that could be read, as the strokes of rulers, are no pieces. Under "strict" nothing is kept
    for being short.

    Parameters
    ----------
    lines : sequence of TextLine
        Of one file.
    evidence : sequence of Evidence or None
        Of each line; None where it could not be read.
    policy : Policy
        Its mode and categories.
    """
    pieces = [
        line for line, what in zip(lines, evidence, strict=True) if what is None or any(map(str.isalnum, line.text))
    ]
    return [
        replace(what, certain=what.known, known=())
        if what is not None and policy.mode == "phi" and _too_short(what, line.text, policy) and _alone(line, pieces)
        else what
        for line, what in zip(lines, evidence, strict=True)
    ]


def _too_short(evidence: Evidence, text: str, policy: Policy) -> bool:
    core = text.strip(_EDGES)
    if evidence.certain or evidence.doubts or not _SHORT.fullmatch(core):
        return False
    if any(policy.masks(span.category) for span in evidence.known):
        return False
    return not core.isdigit() or int(core) < _OLD


def _alone(line: TextLine, lines: Sequence[TextLine]) -> bool:
    """Tell whether no other line, read or not, stands near in the row, nor as short a one above or below a letter."""
    box = line.box
    letter = any(map(str.isalpha, line.text))
    height = box.y1 - box.y0
    for other in lines:
        near = other.box
        if other is line or near.frame != box.frame:
            continue
        apart = max(near.x0 - box.x1, box.x0 - near.x1)
        if apart > _BESIDE * height:
            continue
        if in_one_row(box, near):
            return False
        between = max(near.y0 - box.y1, box.y0 - near.y1)
        if letter and apart < 0 and between <= _ABOVE * height and near.x1 - near.x0 <= 2 * (box.x1 - box.x0):
            return False
    return True
