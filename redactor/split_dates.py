"""Dates whose parts were found as lines of their own: forms with a box for each, screens with wide spaces."""

import re
from collections.abc import Sequence
from itertools import groupby

from ..model import TextLine
from .combination import Evidence
from .dates import dates
from .neighbours import in_one_row

# Between two parts, in heights of the line.
_GAP = 1.5
_PART = re.compile(r"\W*(?:\d{1,4}|[^\W\d_]{3,9})\W*")
# Day, month and year.
_PARTS = 3

_Part = tuple[int, TextLine]


def with_split_dates(lines: Sequence[TextLine], evidence: Sequence[Evidence | None]) -> list[Evidence | None]:
    """Return the evidence with a date in each line that is one together with what stands beside it.

    "94" alone is the number of a scale; behind "23" and "MAR" it is a year.

    Parameters
    ----------
    lines : sequence of TextLine
        Of one file.
    evidence : sequence of Evidence or None
        Of each line; None where it could not be read.
    """
    found = list(evidence)
    parts = [
        (index, line)
        for index, line in enumerate(lines)
        if found[index] is not None and not line.angle and _PART.fullmatch(line.text)
    ]
    parts.sort(key=lambda part: (part[1].box.frame, part[1].box.x0))
    for _, group in groupby(parts, key=lambda part: part[1].box.frame):
        frame = list(group)
        for at in range(len(frame)):
            for index, line in _date(_row(frame, at)):
                what = found[index]
                assert what is not None
                found[index] = what.with_all(
                    line.text, category="date", score=0.9, reason="a date with what stands beside it"
                )
    return found


def _row(parts: Sequence[_Part], at: int) -> list[_Part]:
    """Return a part and those that follow it closely in its row, three at most."""
    row = [parts[at]]
    for part in parts[at + 1 :]:
        last = row[-1][1].box
        if len(row) == _PARTS or part[1].box.x0 - last.x1 > _GAP * (last.y1 - last.y0):
            break
        if _follows(row[-1][1], part[1]):
            row.append(part)
    return row


def _follows(line: TextLine, other: TextLine) -> bool:
    box, after = line.box, other.box
    height = min(box.y1 - box.y0, after.y1 - after.y0)
    return in_one_row(box, after) and -height / 2 < after.x0 - box.x1 <= _GAP * height


def _date(row: Sequence[_Part]) -> Sequence[_Part]:
    """Return as many parts of a row, from its first on, as are a date together; none if they are not."""
    for count in range(len(row), 1, -1):
        text = " ".join(line.text.strip() for _, line in row[:count])
        if any(span.category == "date" and span.start == 0 and span.end == len(text) for span in dates(text)):
            return row[:count]
    return ()
