"""Names of institutions over several lines: what continues one that was recognised by a word of it."""

import re
from collections.abc import Sequence

from ..model import TextLine
from .combination import Evidence
from .neighbours import in_one_row
from .tokens import tokens_of

# Lines of one block: the gap between them in line heights, how far their edges or middles may differ, and how
# much higher one may be than the other.
_GAP, _SHIFT, _TALLER = 0.8, 1.5, 1.6
# An institution's name has four lines at most.
_STEPS = 3
_NAMELIKE = frozenset({"word", "unknown", "short", "named", "symbol"})


def with_fragments(lines: Sequence[TextLine], evidence: Sequence[Evidence | None]) -> list[Evidence | None]:
    """Return the evidence with an institution where a line continues one above, below or beside it.

    "Ostwig Community" over "Hospital": the second says what it is, the first does not. Lines that hold a digit, a
    label or a technical term continue nothing.

    Parameters
    ----------
    lines : sequence of TextLine
        Of one file.
    evidence : sequence of Evidence or None
        Of each line; None where it could not be read.
    """
    found = list(evidence)
    edge = [index for index, what in enumerate(found) if what is not None and _institution(what)]
    for _ in range(_STEPS if edge else 0):
        edge = [
            index
            for index, what in enumerate(found)
            if what is not None and not _institution(what) and any(_continues(lines[index], lines[at]) for at in edge)
        ]
        for index in edge:
            what = found[index]
            assert what is not None
            found[index] = what.with_all(
                lines[index].text,
                category="institution",
                score=0.7,
                reason="continues the name of an institution",
            )
    return found


def _institution(evidence: Evidence) -> bool:
    return any(span.category == "institution" for span in evidence.certain)


def _continues(line: TextLine, other: TextLine) -> bool:
    box, known = line.box, other.box
    if box.frame != known.frame or line.angle or other.angle or not _namelike(line.text):
        return False
    height, known_height = box.y1 - box.y0, known.y1 - known.y0
    if max(height, known_height) > _TALLER * min(height, known_height):
        return False
    if in_one_row(box, known):
        return -height < max(box.x0, known.x0) - min(box.x1, known.x1) <= _SHIFT * height
    gap = max(box.y0, known.y0) - min(box.y1, known.y1)
    middles = abs(box.x0 + box.x1 - known.x0 - known.x1) / 2
    return gap <= _GAP * height and min(abs(box.x0 - known.x0), middles, abs(box.x1 - known.x1)) <= _SHIFT * height


def _namelike(text: str) -> bool:
    if re.search(r"[\d:=]", text) or not re.search(r"[^\W\d_]{4}", text):
        return False
    return all(token.kind in _NAMELIKE for token in tokens_of(text, (1.0,) * len(text)))
