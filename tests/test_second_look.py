"""Lines upside down, from behind and tilted: read again, and told apart."""

import fakes
import numpy as np
import pytest
from numpy.typing import NDArray

from deburn import Policy, TextLine
from deburn.model import Box, second_look
from deburn.model.ctc import Reading
from deburn.model.tilt import apart
from deburn.redactor.decision import classify
from deburn.redactor.dicom import Identity
from deburn.redactor.neighbours import labels_beside
from deburn.redactor.spans import box_of


def _reading(text: str, score: float) -> Reading:
    count = max(1, len(text))
    return Reading(
        text=text,
        scores=(score,) * len(text),
        spans=tuple((index / count, (index + 1) / count) for index in range(len(text))),
    )


def _line(text: str, score: float, **changes: object) -> TextLine:
    values: dict[str, object] = {
        "box": Box(frame=0, x0=20, y0=30, x1=120, y1=44), "angle": 0, "score": 0.95, "text": text,
        "character_scores": (score,) * len(text),
        "character_spans": tuple((index / len(text), (index + 1) / len(text)) for index in range(len(text))),
    }  # fmt: skip
    return TextLine(**(values | changes))  # type: ignore[arg-type]


class _Readings:
    """In place of a reader: what it says to each look at the doubtful lines."""

    def __init__(self, **said: tuple[str, float]) -> None:
        self.said, self.asked = said, 0

    def __call__(self, _runner: object, _handle: object, plan: NDArray[np.float32]) -> list[Reading]:
        self.asked += len(plan)
        looks = [second_look.LOOKS[index % len(second_look.LOOKS)] for index in range(len(plan))]
        return [_reading(*self.said.get(self.name(look), ("", 0.0))) for look in looks]

    @staticmethod
    def name(look: tuple[int, bool]) -> str:
        turn, mirrored = look
        return f"{'m' if mirrored else ''}{'over' if turn else ''}"


def _look(monkeypatch: pytest.MonkeyPatch, readings: _Readings, *lines: TextLine) -> list[TextLine]:
    monkeypatch.setattr(second_look, "read_crops", readings)
    return second_look.look_again(fakes, None, list(lines), [0.0] * len(lines))  # type: ignore[arg-type]


def test_what_was_read_surely_is_not_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    readings = _Readings(over=("QUASTEL", 0.99))
    line = _line("QUASTEL", 0.97)
    assert _look(monkeypatch, readings, line) == [line]
    assert readings.asked == 0


def test_text_upside_down_and_from_behind_is_read_and_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    over = _look(monkeypatch, _Readings(over=("QUASTEL", 0.97)), _line("73ISVNO", 0.7))[0]
    assert (over.text, over.angle, over.mirrored) == ("QUASTEL", 180, False)
    behind = _look(monkeypatch, _Readings(m=("QUASTEL", 0.97), over=("x", 0.5)), _line("J3T2AUQ", 0.7))[0]
    assert (behind.text, behind.angle, behind.mirrored) == ("QUASTEL", 0, True)


def test_a_side_marker_that_is_no_other_letter_in_any_turn_is_read_from_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    (marker,) = _look(monkeypatch, _Readings(over=("B", 0.98), m=("R", 0.99)), _line("A", 0.5))
    assert (marker.text, marker.mirrored) == ("R", True)


@pytest.mark.parametrize(
    ("first", "other"),
    [
        (("J3T2AUQ", 0.85), ("QUASTEL", 0.92)),  # hardly surer
        (("J3T2AUQ", 0.5), ("QUASTEL", 0.85)),  # not sure
        (("d", 0.5), ("P", 1.0)),  # a letter alone is another one upside down
        (("0000", 0.5), ("ooIo", 1.0)),  # signs that are alike
    ],
)
def test_the_first_reading_stays_in_doubt(
    monkeypatch: pytest.MonkeyPatch, first: tuple[str, float], other: tuple[str, float]
) -> None:
    line = _line(*first)
    assert _look(monkeypatch, _Readings(over=other, m=other), line) == [line]


def test_the_first_word_of_a_line_from_behind_stands_on_the_right() -> None:
    line = _line("ABCD 1234", 0.99, mirrored=True)
    assert box_of(line, 0, 4).x1 == line.box.x1
    assert box_of(line, 5, 9).x0 == line.box.x0
    over = _line("ABCD 1234", 0.99, mirrored=True, angle=180)
    assert box_of(over, 0, 4).x0 == over.box.x0


@pytest.mark.parametrize(("angle", "mirrored"), [(180, False), (0, True)])
def test_the_value_of_a_label_stands_on_its_left_where_text_runs_to_the_left(angle: int, mirrored: bool) -> None:
    label = _line("Patient:", 0.99, box=Box(frame=0, x0=200, y0=30, x1=280, y1=44), angle=angle, mirrored=mirrored)
    value = _line("Mirabo", 0.99, angle=angle, mirrored=mirrored)
    assert labels_beside([label, value])[1] == "name"
    assert labels_beside([label, _line("Mirabo", 0.99)])[1] is None


def test_findings_say_how_a_line_was_read() -> None:
    found = classify([_line("12.03.1961", 0.99, mirrored=True)], Identity(), Policy())
    assert found[0].mask
    assert found[0].reason.endswith("; read from behind")
    assert classify([_line("12.03.1961", 0.99, angle=180)], Identity(), Policy())[0].reason.endswith("upside down")


def test_tilted_lines_side_by_side_are_apart_and_one_line_is_not() -> None:
    box = np.array([0.0, 0, 200, 49])  # 14 pixels high at 10 degrees
    down, turned = np.array([0.0, 1, 0, 1]), box[[1, 0, 3, 2]]
    assert apart(box, box + 20 * down, 10.0, 10.0, upright=False)
    assert not apart(box, box + 4 * down, 10.0, 10.0, upright=False)
    assert apart(turned, turned + 20 * down[[1, 0, 3, 2]], 10.0, 10.0, upright=True)
    # Further along the same line.
    assert not apart(box, box + np.array([60.0, -10.6, 60, -10.6]), 10.0, 10.0, upright=False)
