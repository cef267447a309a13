"""Plates, cubes and bars: what stands on them is found where it was drawn, and only what lies level is to be read."""

from collections.abc import Callable

import numpy as np
import pytest

pytest.importorskip("HersheyFonts")

from deburn.training.canvas import Canvas
from deburn.training.flow import KINDS, draw_flow
from deburn.training.fonts import StrokeFont
from deburn.training.groups import badge
from deburn.training.signs import cube, legend, plate
from deburn.training.texts import TEXTS


def pages(group: Callable[[Canvas], None], count: int = 40) -> list[Canvas]:
    drawn = []
    for seed in range(count):
        canvas = Canvas(
            np.random.default_rng(seed), np.full((256, 256, 3), 0.3, np.float32), [StrokeFont("rowmans")], TEXTS
        )
        group(canvas)
        drawn.append(canvas)
    return drawn


@pytest.mark.parametrize("group", [plate, cube, legend, badge])
def test_the_ink_lies_in_the_boxes_and_the_frame_stays_one(group: Callable[[Canvas], None]) -> None:
    lines = 0
    for canvas in pages(group):
        assert 0 <= canvas.plane.min() <= canvas.plane.max() <= 1
        for line in canvas.lines:
            x0, y0, x1, y1 = line.box
            assert 0 <= x0 < x1 <= 256
            assert 0 <= y0 < y1 <= 256
            assert canvas.plane[y0:y1, x0:x1].std() > 0
            lines += 1
    assert lines >= 20


def test_letters_on_cubes_are_not_to_be_read() -> None:
    assert not any(line.readable for canvas in pages(cube) for line in canvas.lines)


def test_marks_on_plates_are_to_be_read_where_they_lie_nearly_level() -> None:
    readable = {line.readable for canvas in pages(plate) for line in canvas.lines if abs(line.tilt) > 12}
    level = {line.readable for canvas in pages(plate) for line in canvas.lines if abs(line.tilt) <= 12}
    assert readable == {False}
    assert True in level


def test_a_mark_on_a_disc_has_the_discs_box_and_its_letters_stand_in_the_middle_of_it() -> None:
    whole = [line for canvas in pages(badge) for line in canvas.lines if line.box[0] > 0 and line.box[2] < 256]
    level = [line for line in whole if line.box[1] > 0 and line.box[3] < 256]
    assert len(level) >= 15
    assert all(line.box[2] - line.box[0] == line.box[3] - line.box[1] for line in level)
    assert all(0.3 < line.centres.mean() < 0.7 for line in level)


def test_a_bar_has_a_name_or_a_number_beside_it() -> None:
    texts = {line.script.text for canvas in pages(legend) for line in canvas.lines}
    assert any(text.isalpha() for text in texts)
    assert any(text.strip("+-").isdigit() for text in texts)


@pytest.mark.parametrize("channels", [1, 3])
def test_flow_changes_a_part_of_the_frame_and_stays_in_range(channels: int) -> None:
    for seed in range(5 * len(KINDS)):
        plane = np.full((200, 240, channels), 0.4, np.float32)
        after = draw_flow(np.random.default_rng(seed), plane)
        assert after.shape == plane.shape
        assert after.dtype == np.float32
        assert 0 <= after.min() <= after.max() <= 1
        assert 0 < (after != plane).any(axis=2).mean() < 1
        assert (plane == np.float32(0.4)).all()
