import pytest

from deburn import Box, TextLine
from deburn.redactor.neighbours import labels_beside


def _line(text, x, y=0, frame=0):
    box = Box(frame=frame, x0=x, y0=y, x1=x + 10 * len(text), y1=y + 14)
    count = len(text)
    return TextLine(
        box=box, angle=0, score=1.0, text=text, character_scores=(1.0,) * count, character_spans=((0.0, 1.0),) * count
    )


def test_a_label_speaks_for_the_line_on_its_right():
    label, value, far = labels_beside([_line("Pat. ID:", 0), _line("12", 100), _line("12", 400)])
    assert (label, value, far) == (None, "id", None)


@pytest.mark.parametrize("other", [_line("12", 100, y=40), _line("12", 100, frame=1)])
def test_other_rows_and_frames_are_no_neighbours(other):
    assert labels_beside([_line("ID:", 0), other])[1] is None
