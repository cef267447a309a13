import pytest

from deburn import Box, TextLine
from deburn.redactor.spans import Span, box_of, gaps, merged


def _span(start, end, category="name", score=0.5):
    return Span(start=start, end=end, category=category, score=score, reason="test")


def _line(angle, box):
    places = tuple((index / 4, (index + 1) / 4) for index in range(4))
    return TextLine(box=box, angle=angle, score=1.0, text="ABCD", character_scores=(1.0,) * 4, character_spans=places)


@pytest.mark.parametrize(
    ("angle", "box", "expected"),
    [
        (0, Box(frame=1, x0=10, y0=5, x1=50, y1=15), Box(frame=1, x0=30, y0=5, x1=50, y1=15)),
        (180, Box(frame=1, x0=10, y0=5, x1=50, y1=15), Box(frame=1, x0=10, y0=5, x1=30, y1=15)),
        (90, Box(frame=1, x0=5, y0=10, x1=15, y1=50), Box(frame=1, x0=5, y0=10, x1=15, y1=30)),
        (270, Box(frame=1, x0=5, y0=10, x1=15, y1=50), Box(frame=1, x0=5, y0=30, x1=15, y1=50)),
    ],
)
def test_cuts_along_the_reading_direction(angle, box, expected):
    assert box_of(_line(angle, box), 2, 4) == expected


def test_whole_lines_keep_their_box():
    box = Box(frame=0, x0=3, y0=4, x1=50, y1=9)
    assert box_of(_line(0, box), 0, 4) == box


def test_overlapping_spans_become_one_named_after_the_surest():
    (span,) = merged([_span(0, 6, "name", 0.6), _span(4, 9, "id", 0.9)], "abcdefghi")
    assert (span.start, span.end, span.category) == (0, 9, "id")


def test_neighbours_of_one_category_are_joined_over_punctuation():
    (span,) = merged([_span(0, 3), _span(5, 8)], "Ost, Wig")
    assert (span.start, span.end) == (0, 8)


def test_spans_take_in_what_touches_them_but_not_their_label():
    (span,) = merged([_span(5, 8)], "Name:(Ost)*.. L")
    assert (span.start, span.end) == (5, 13)


def test_gaps_are_what_spans_leave():
    assert gaps([_span(2, 4), _span(6, 9)], 9) == [(0, 2), (4, 6)]
    assert gaps([], 3) == [(0, 3)]
    assert gaps([_span(0, 3)], 3) == []
