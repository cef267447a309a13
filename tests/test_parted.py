"""Two rows that were taken for one line, and what is no two rows."""

from dataclasses import dataclass

import numpy as np
import pytest

from deburn.model import Box, FoundLine, TextLine
from deburn.model.ctc import Reading
from deburn.model.parted import in_rows

FRAMES = np.zeros((1, 300, 400, 1), np.int32)


@dataclass
class Halves:
    """What is read in an upper and in a lower half."""

    upper: tuple[str, float]
    lower: tuple[str, float]


def found(**options: object) -> FoundLine:
    usual = {"box": Box(frame=0, x0=20, y0=40, x1=160, y1=80), "upright": False, "score": 0.99}
    return FoundLine(**(usual | options))


def line(one: FoundLine, certainty: float) -> TextLine:
    spans = ((0.0, 0.5), (0.5, 1.0))
    return TextLine(
        box=one.box, angle=0, score=one.score, text="8%", character_scores=(certainty,) * 2, character_spans=spans
    )


def rows(monkeypatch: pytest.MonkeyPatch, one: FoundLine, certainty: float, halves: Halves) -> tuple[TextLine, ...]:
    def read(runner: None, handle: np.ndarray, plan: np.ndarray) -> list[Reading]:
        said = [halves.upper, halves.lower] * (len(plan) // 2)
        return [
            Reading(text=text, scores=(score,) * len(text), spans=tuple((k / 9, (k + 1) / 9) for k in range(len(text))))
            for text, score in said
        ]

    monkeypatch.setattr("deburn.model.parted.read_crops", read)
    (result,) = in_rows(None, FRAMES, [one], [line(one, certainty)])
    return result


def test_two_rows_share_the_box_of_the_line_that_they_were_taken_for(monkeypatch: pytest.MonkeyPatch) -> None:
    upper, lower = rows(monkeypatch, found(), 0.7, Halves(("14/02/97", 0.95), ("07:41:33", 0.95)))
    assert (upper.text, lower.text) == ("14/02/97", "07:41:33")
    assert (upper.box, lower.box) == (
        Box(frame=0, x0=20, y0=40, x1=160, y1=60),
        Box(frame=0, x0=20, y0=60, x1=160, y1=80),
    )
    assert upper.score == lower.score == 0.99


@pytest.mark.parametrize(
    ("one", "certainty", "halves"),
    [
        (found(), 0.9, Halves(("14/02/97", 1.0), ("07:41:33", 1.0))),  # read well as it is
        (found(), 0.7, Halves(("14/02/97", 1.0), ("07:41:33", 0.8))),  # one of the two is in doubt
        (found(), 0.79, Halves(("14/02/97", 0.885), ("07:41:33", 0.885))),  # hardly surer
        (found(), 0.7, Halves(("14/02/97", 1.0), ("- - l", 1.0))),  # strokes
        (found(upright=True), 0.7, Halves(("14/02/97", 1.0), ("07:41:33", 1.0))),
        (found(tilt=5.0), 0.7, Halves(("14/02/97", 1.0), ("07:41:33", 1.0))),
        (found(box=Box(frame=0, x0=0, y0=0, x1=90, y1=13)), 0.7, Halves(("14/02/97", 1.0), ("07:41:33", 1.0))),
    ],
)
def test_a_line_stays_one_where_its_halves_say_no_more(
    monkeypatch: pytest.MonkeyPatch, one: FoundLine, certainty: float, halves: Halves
) -> None:
    (same,) = rows(monkeypatch, one, certainty, halves)
    assert same.text == "8%"
    assert same.box == one.box
