"""Two networks that say what a test makes them say: what becomes a line, and what is dropped."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from deburn.model import Box, FoundLine, ModelSpec, transcribe
from deburn.model.spec import Thresholds

THRESHOLDS = Thresholds(cell=0.4, line=0.6, sure=0.85, read=0.6)


@dataclass
class Scripted:
    """Reads every line as the same text, at the same certainty, one character to four steps."""

    text: str
    certainty: float
    spec: ModelSpec = field(
        default_factory=lambda: ModelSpec(
            name="scripted-v1", folder=Path(), alphabet="ABC ", thresholds=THRESHOLDS, hashes={}, sha256=""
        )
    )

    def transcribe(self, handle: np.ndarray, plan: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray]:
        classes = np.zeros((len(plan), width // 2), np.int32)
        for index, character in enumerate(self.text):
            classes[:, 4 * index + 2] = self.spec.alphabet.index(character) + 1
        return classes, np.full(classes.shape, self.certainty, np.float32)


def found(score: float, *, size: tuple[int, int] = (100, 20), upright: bool = False) -> FoundLine:
    return FoundLine(box=Box(frame=0, x0=10, y0=10, x1=10 + size[0], y1=10 + size[1]), upright=upright, score=score)


def read(line: FoundLine, text: str = "ABC", certainty: float = 0.9) -> list[str]:
    return [line.text for line in transcribe(Scripted(text, certainty), np.zeros((1, 300, 400, 1), np.int32), [line])]


def test_reads_a_line_without_the_spaces_at_its_ends() -> None:
    assert read(found(0.99), " AB C ") == ["AB C"]


@pytest.mark.parametrize(
    ("score", "text", "certainty", "lines"),
    [
        (0.9, "", 0.9, 1),  # the detector is sure: masked, whatever the reader says
        (0.7, "", 0.9, 0),
        (0.7, "ABC", 0.9, 1),
        (0.7, "ABC", 0.3, 0),
    ],
)
def test_the_reader_decides_only_where_the_detector_doubts(
    score: float, text: str, certainty: float, lines: int
) -> None:
    assert len(read(found(score), text, certainty)) == lines


@pytest.mark.parametrize(("score", "lines"), [(0.9, 0), (0.98, 1)])
def test_a_large_long_box_with_one_character_needs_certainty(score: float, lines: int) -> None:
    assert len(read(found(score, size=(300, 60)), "A")) == lines


def test_a_line_that_runs_up_or_down_keeps_one_reading() -> None:
    (line,) = transcribe(
        Scripted("ABC", 0.9), np.zeros((1, 300, 400, 1), np.int32), [found(0.99, size=(20, 100), upright=True)]
    )
    assert line.angle in (90, 270)


def test_characters_are_placed_within_the_line() -> None:
    (line,) = transcribe(Scripted("ABC", 0.9), np.zeros((1, 300, 400, 1), np.int32), [found(0.99)])
    assert len(line.character_spans) == len(line.character_scores) == 3
    assert all(0 <= begin <= end <= 1 for begin, end in line.character_spans)
