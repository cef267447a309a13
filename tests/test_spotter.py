"""Two networks that say what a test makes them say: what becomes a line, and what is dropped."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from deburn.model import Box, FoundLine, ModelSpec, TextLine, open_runner, stacks, transcribe
from deburn.model.crops import LONGEST, plan_crops
from deburn.model.ctc import Reading
from deburn.model.reading import BEYOND, WIDTHS, _batches, read_crops
from deburn.model.spec import Thresholds
from deburn.model.spotter import together
from deburn.model.stacks import is_stack, without_stacks
from deburn.redactor.demo_font import draw

THRESHOLDS = Thresholds(cell=0.4, line=0.6, sure=0.9, read=0.6)


@dataclass
class Scripted:
    """Reads every line as the same text, at the same certainty, one character to four steps."""

    text: str
    certainty: float
    lines_at_once: int = 48
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
        (0.7, "ABC", 0.1, 0),
        (0.55, "ABC", 0.3, 0),  # neither is sure of it
        (0.75, "ABC", 0.3, 1),
    ],
)
def test_the_reader_decides_only_where_the_detector_doubts(
    score: float, text: str, certainty: float, lines: int
) -> None:
    assert len(read(found(score), text, certainty)) == lines


@pytest.mark.parametrize(
    ("score", "size", "lines"),
    [
        (0.87, (130, 20), 1), (0.87, (92, 20), 1), (0.87, (86, 20), 0), (0.8, (130, 20), 0), (0.81, (150, 20), 1),
        (0.81, (136, 20), 0), (0.79, (150, 20), 0),
    ],
)  # fmt: skip
def test_a_long_box_is_a_line_though_nothing_in_it_could_be_read(
    score: float, size: tuple[int, int], lines: int
) -> None:
    assert len(read(found(score, size=size), "")) == lines
    assert len(read(found(score, size=size[::-1], upright=True), "")) == lines


def test_two_networks_in_doubt_are_no_text_and_either_makes_up_for_the_other() -> None:
    assert together(0.5, 0.5) == pytest.approx(0.5)
    assert together(0.8, 0.5) == pytest.approx(16 / 17)
    assert together(0.8, 0.0) < 0.5 < together(0.5, 0.8)
    assert 0 < together(0.0, 0.0) < together(1.0, 1.0) < 1


@pytest.mark.parametrize(("score", "lines"), [(0.9, 0), (0.96, 0), (0.98, 1)])
def test_a_large_long_box_with_one_character_needs_certainty(score: float, lines: int) -> None:
    assert len(read(found(score, size=(300, 60)), "A")) == lines


@pytest.mark.parametrize(("score", "lines"), [(0.95, [60]), (0.7, [20, 10])])
def test_what_lies_within_a_large_box_is_text_where_that_is_none(score: float, lines: list[int]) -> None:
    """Nothing is read in any of them: a box counts where the detector is sure of it."""
    inner = (found(0.93, size=(40, 20)), found(0.92, size=(30, 10)), found(0.8, size=(20, 8)))
    large = replace(found(score, size=(80, 60)), within=inner)
    read = transcribe(Scripted("", 0.9), np.zeros((1, 300, 400, 1), np.int32), [large])
    assert [line.box.y1 - line.box.y0 for line in read] == lines


def test_a_line_that_runs_up_or_down_keeps_one_reading() -> None:
    (line,) = transcribe(
        Scripted("ABC", 0.9), np.zeros((1, 300, 400, 1), np.int32), [found(0.99, size=(20, 100), upright=True)]
    )
    assert line.angle in (90, 270)


def test_characters_are_placed_within_the_line() -> None:
    (line,) = transcribe(Scripted("ABC", 0.9), np.zeros((1, 300, 400, 1), np.int32), [found(0.99)])
    assert len(line.character_spans) == len(line.character_scores) == 3
    assert all(0 <= begin <= end <= 1 for begin, end in line.character_spans)


def test_a_line_reads_the_same_whatever_is_read_along_with_it() -> None:
    runner = open_runner(device="cpu", threads=1)
    ink = draw("WARD 31B", 16.0)
    picture = np.pad((ink * 4000).astype(np.int32), 20)[None, ..., None]
    high, wide = ink.shape
    ends = [wide - 10, wide, 2 * wide // 3, wide // 3, wide + 15]
    boxes = np.array([[20, 20, 20 + end, 20 + high] for end in ends])
    handle, plan = runner.upload(picture), plan_crops(np.zeros(5, int), boxes, np.zeros(5, int))
    together = read_crops(runner, handle, plan)
    assert together[1].text == "WARD 31B"
    for index, reading in enumerate(together):
        (alone,) = read_crops(runner, handle, plan[index : index + 1])
        assert alone.text == reading.text
        assert alone.spans == reading.spans
        np.testing.assert_allclose(alone.scores, reading.scores, atol=1e-5)


def test_lines_of_any_length_are_read_along_with_others_that_are_padded_alike() -> None:
    used = np.random.default_rng(2).integers(10, LONGEST + 1, 300).astype(np.float32)
    batches = list(_batches(used, 48))
    assert sorted(np.concatenate([batch for _, batch in batches]).tolist()) == list(range(300))
    assert max(len(batch) for _, batch in batches) <= 48
    for width, batch in batches:
        assert {next(each for each in WIDTHS if each >= one + BEYOND) for one in used[batch]} == {width}


def as_read(x0: int, y0: int, x1: int, y1: int, certainty: float = 0.9, *, angle: int = 0, frame: int = 0) -> TextLine:
    box = Box(frame=frame, x0=x0, y0=y0, x1=x1, y1=y1)
    return TextLine(
        box=box, angle=angle, score=0.7, text="A", character_scores=(certainty,), character_spans=((0.0, 1.0),)
    )


def test_a_stack_of_lines_is_no_line_that_runs_up() -> None:
    stack = as_read(50, 0, 90, 100, 0.6, angle=90)
    lines = [as_read(50, 10 * k, 120, 10 * k + 8) for k in range(3)]
    assert is_stack(stack, [stack, *lines])
    assert not is_stack(stack, [stack, *lines[:2]]), "two may be chance"
    assert not is_stack(as_read(50, 0, 90, 100, 0.95, angle=90), lines), "read more surely than they are"
    assert not is_stack(as_read(50, 200, 90, 300, 0.6, angle=90), lines), "not at its place"
    assert not is_stack(as_read(115, 0, 155, 100, 0.6, angle=90), lines), "they touch it only"
    assert not is_stack(as_read(50, 0, 90, 100, 0.6, angle=90, frame=1), lines)
    assert not is_stack(as_read(50, 0, 90, 100, 0.6), lines)


def row(x0: int, y0: int, x1: int, y1: int, certainty: float = 0.95) -> TextLine:
    return as_read(x0, y0, x1, y1, certainty)


ROWS = [row(0, 0, 60, 14), row(0, 28, 58, 42)]
COLUMN = as_read(45, 0, 65, 42, 0.5, angle=90)


def part(monkeypatch: pytest.MonkeyPatch, lines: list[TextLine], text: str, certainty: float) -> list[list[TextLine]]:
    """Return what becomes of each line where the reader says this of whatever it is asked."""
    said = Reading(text=text, scores=(certainty,) * len(text), spans=((0.0, 1.0),) * len(text))
    monkeypatch.setattr(stacks, "read_crops", lambda _runner, _handle, plan: [said] * len(plan))
    runner = SimpleNamespace(spec=SimpleNamespace(thresholds=SimpleNamespace(sure=0.65)))
    return [list(rows) for rows in without_stacks(runner, None, lines)]  # type: ignore[arg-type]


def test_a_column_through_rows_gives_way_to_the_row_that_nobody_read(monkeypatch: pytest.MonkeyPatch) -> None:
    *others, rows = part(monkeypatch, [*ROWS, COLUMN], "0.5", 0.9)
    assert others == [[line] for line in ROWS]
    assert [(line.box, line.angle, line.text, line.score) for line in rows] == [
        (Box(frame=0, x0=45, y0=14, x1=65, y1=28), 0, "0.5", 0.7)
    ]


def test_a_column_whose_rows_are_all_read_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert part(monkeypatch, [*ROWS, row(0, 14, 70, 28), COLUMN], "", 0.0)[-1] == []


def test_a_column_stays_where_a_row_of_it_is_not_read_well(monkeypatch: pytest.MonkeyPatch) -> None:
    assert part(monkeypatch, [*ROWS, COLUMN], "0.5", 0.7)[-1] == [COLUMN]


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        (ROWS[:1], COLUMN),
        (ROWS, as_read(45, 0, 65, 42, 0.96, angle=270)),
        ([row(0, 0, 60, 14, 0.7), row(0, 28, 58, 42, 0.7)], COLUMN),
        ([row(46, 0, 60, 14), row(46, 28, 58, 42)], COLUMN),
        ([row(0, 0, 50, 14), row(0, 28, 50, 42)], COLUMN),
        (ROWS, as_read(45, 0, 65, 42, 0.5)),
    ],
    ids=["little of it is read", "surer than the rows", "rows in doubt", "rows within it", "rows that touch", "level"],
)
def test_a_column_stays(monkeypatch: pytest.MonkeyPatch, rows: list[TextLine], column: TextLine) -> None:
    assert part(monkeypatch, [*rows, column], "0.5", 0.99)[-1] == [column]
