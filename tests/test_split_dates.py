"""Dates that were found in pieces."""

import fakes
import pytest

from deburn import Policy, TextLine
from deburn.redactor.decision import classify
from deburn.redactor.dicom import Identity


def _line(text: str, x0: int, y0: int = 40, *, frame: int = 0) -> TextLine:
    return fakes.text_line(text, x0, y0, pitch=10, frame=frame)


def _dates(*lines: TextLine) -> list[str]:
    found = classify(lines, Identity(), Policy())
    return sorted(finding.line.text for finding in found if finding.mask and finding.category == "date")


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("23", "MAR", "94"), ["23", "94", "MAR"]),
        (("03", "11", "1948"), ["03", "11", "1948"]),
        (("23", "45", "94"), []),  # no month
        (("MI", "94", "12"), []),
    ],
)
def test_the_parts_of_a_date_are_masked_together(texts: tuple[str, ...], found: list[str]) -> None:
    lines = [_line(text, 10 + 38 * place) for place, text in enumerate(texts)]
    assert _dates(*lines) == found
    assert _dates(*reversed(lines)) == found


def test_numbers_of_a_scale_are_no_date() -> None:
    column = [_line(text, 300, 40 + 60 * place) for place, text in enumerate(("10", "11", "94"))]
    row = [_line(text, 10 + 100 * place) for place, text in enumerate(("10", "11", "94"))]
    frames = [_line(text, 10 + 30 * place, frame=place) for place, text in enumerate(("10", "11", "94"))]
    assert _dates(*column) == _dates(*row) == _dates(*frames) == []
