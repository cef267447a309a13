"""What is drawn beside a line is no part of it."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip("HersheyFonts")

from deburn.training.canvas import Canvas
from deburn.training.fonts import Ink, StrokeFont
from deburn.training.groups import slanted
from deburn.training.page_style import Style
from deburn.training.strings import Script
from deburn.training.texts import TEXTS as REAL

TEXTS = SimpleNamespace(patient=lambda rng: None)
MASK = np.ones((12, 40), np.float32)
MASK[2:10, 4::4] = 0
INK = Ink(mask=MASK, centres=np.array([0.5], np.float32))


def style(**options: object) -> Style:
    plain = Style(
        font=StrokeFont("rowmans"), height=12, smooth=False, stretch=1, spacing=1, angle=0, tilt=0, blur=0,
        edge="none", value=np.ones(1, np.float32),
    )  # fmt: skip
    return replace(plain, **options)


def drawn(seed: int, **options: object) -> Canvas:
    canvas = Canvas(np.random.default_rng(seed), np.zeros((100, 120, 1), np.float32), [], TEXTS)
    assert canvas.put(Script(text="I", kind="other", phi=()), INK, style(**options), 40, 40, 0, 0)
    return canvas


@pytest.mark.parametrize("angle", [0, 90, 270])
def test_rules_stand_around_a_line_and_leave_its_box(angle: int) -> None:
    beyond, across = [], 0
    for seed in range(40):
        plain, ruled = drawn(seed, angle=angle), drawn(seed, angle=angle, edge="rule")
        assert ruled.lines[0].box == plain.lines[0].box
        more = ruled.plane[..., 0] > plain.plane[..., 0]
        x0, y0, x1, y1 = ruled.lines[0].box
        assert not (more[y0:y1, x0:x1] & (np.rot90(MASK, angle // 90) > 0)).any()
        rows, columns = np.flatnonzero(more.any(axis=1)), np.flatnonzero(more.any(axis=0))
        assert rows.min() >= y0 - 6
        assert rows.max() < y1 + 6
        assert columns.min() >= x0 - 6
        assert columns.max() < x1 + 6
        beyond.append(more.sum())
        along = more.any(axis=0)[x0:x1] if angle == 0 else more.any(axis=1)[y0:y1]
        across += not along.any()
    assert min(beyond) >= 2
    assert 0 < across < 12  # of these the stroke lies upon the letters


def test_pale_ink_lets_the_ground_through() -> None:
    canvas = drawn(0, opacity=0.4)
    x0, y0, x1, y1 = canvas.lines[0].box
    assert np.allclose(canvas.plane[y0:y1, x0:x1, 0], 0.4 * MASK)
    assert canvas.lines[0].contrast == pytest.approx(0.4)


def test_blurred_ink_stands_out_by_its_strongest_strokes() -> None:
    blurred = Ink(mask=MASK * np.float32(0.4), centres=INK.centres)
    canvas = Canvas(np.random.default_rng(0), np.zeros((100, 120, 1), np.float32), [], TEXTS)
    assert canvas.put(Script(text="I", kind="other", phi=()), blurred, style(), 40, 40, 0, 0)
    assert canvas.lines[0].contrast == pytest.approx(0.4)


def test_ink_as_bright_as_its_ground_does_not_stand_out() -> None:
    canvas = Canvas(np.random.default_rng(0), np.ones((100, 120, 1), np.float32), [], TEXTS)
    assert canvas.put(Script(text="I", kind="other", phi=()), INK, style(), 40, 40, 0, 0)
    assert canvas.lines[0].contrast == 0


def test_slanted_marks_are_to_be_found_and_to_be_read_unless_they_lie_on_their_side() -> None:
    slant, readable = [], 0
    for seed in range(30):
        canvas = Canvas(np.random.default_rng(seed), np.zeros((160, 160, 1), np.float32), [StrokeFont("rowmans")], REAL)
        slanted(canvas)
        for line in canvas.lines:
            assert line.findable
            assert 1 <= len(line.script.text) <= 3
            readable += line.readable
            x0, y0, x1, y1 = line.box
            slant.append(abs(canvas.plane[y0:y1, x0:x1]).max() > 0)
    assert len(slant) > 20
    assert all(slant)
    assert len(slant) / 4 < readable < len(slant)
