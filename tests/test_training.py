"""Synthetic pages and the training loops, in small."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("HersheyFonts")

import torch
from safetensors.torch import save_file

from deburn.model.detector import BLOCKS, Detector, blocks_of, deepened
from deburn.training import groups, train_detector, train_reader
from deburn.training.canvas import Canvas
from deburn.training.fonts import StrokeFont, find_fonts
from deburn.training.page import Page
from deburn.training.schedule import Budget, learning_rate, load_weights
from deburn.training.strings import ALPHABET, Script
from deburn.training.synthetic_page import draw_synthetic_page
from deburn.training.targets import detector_target, strip_of
from deburn.training.texts import TEXTS


@pytest.fixture(scope="module")
def fonts() -> list:
    """The stroke fonts alone: they come from a package, whatever fonts the machine has."""
    return find_fonts(())


def page(fonts: list, seed: int) -> Page:
    return draw_synthetic_page(np.random.default_rng(seed), fonts, [], 128, 160)


def page_with_text(fonts: list) -> Page:
    return next(p for p in (page(fonts, seed) for seed in range(50)) if sum(line.readable for line in p.lines) >= 2)


def test_the_same_seed_gives_the_same_page(fonts: list) -> None:
    one, other = page(fonts, 7), page(fonts, 7)
    assert np.array_equal(one.stored, other.stored)
    assert [line.script for line in one.lines] == [line.script for line in other.lines]


def test_pages_are_native_integers_of_many_depths(fonts: list) -> None:
    pages = [page(fonts, seed) for seed in range(60)]
    assert {p.stored.dtype for p in pages} == {np.dtype(np.int32)}
    assert {p.stored.shape[2] for p in pages} == {1, 3}
    assert max(int(p.stored.max()) for p in pages) > 4095
    assert min(int(p.stored.min()) for p in pages) < 0
    assert any(not p.lines for p in pages)


def test_boxes_lie_within_the_frame_and_hold_ink(fonts: list) -> None:
    for seed in range(30):
        drawn = page(fonts, seed)
        for line in drawn.lines:
            x0, y0, x1, y1 = line.box
            assert 0 <= x0 < x1 <= 160
            assert 0 <= y0 < y1 <= 128
            if line.readable:
                assert np.ptp(drawn.stored[max(0, y0 - 3) : y1 + 3, max(0, x0 - 3) : x1 + 3]) > 0
                assert set(line.script.text) <= set(ALPHABET)
                assert len(line.centres) == len(line.script.text)


def test_targets_mark_the_middle_of_each_line(fonts: list) -> None:
    drawn = page_with_text(fonts)
    target = detector_target(drawn)
    assert target.shape == (8, 64, 80)
    for line in drawn.lines:
        if line.findable:
            x0, y0, x1, y1 = line.box
            plane = target[1 if line.angle else 0]
            assert plane[min(63, (y0 + y1) // 4), min(79, (x0 + x1) // 4)] == 1
    assert not (target[7] > 0)[target[:2].max(axis=0) == 0].any()


def test_a_stroke_font_draws_capitals_of_the_height_asked_for() -> None:
    for height in (8, 20, 60):
        ink = StrokeFont("futural").draw("HEIL", height, smooth=True)
        assert ink is not None
        assert ink.mask.shape[0] == pytest.approx(height, abs=max(2, 0.15 * height))
        assert np.all(np.diff(ink.centres) > 0)


def test_the_learning_rate_warms_up_and_falls() -> None:
    rates = [learning_rate(1.0, progress) for progress in (0.0, 0.02, 0.5, 1.0)]
    assert rates[0] < rates[1] > rates[2] > rates[3] > 0


def test_a_budget_ends_by_steps_or_by_the_clock() -> None:
    budget = Budget(steps=100, minutes=2)
    assert budget.progress(50, 0) == 0.5
    assert budget.progress(50, 90) == 0.75
    assert budget.progress(500, 0) == 1.0


def small(output: Path, steps: int) -> list[str]:
    return ["--output", str(output), "--steps", str(steps), "--batch", "2", "--workers", "0", "--device", "cpu"]


@pytest.mark.parametrize("script", [train_detector, train_reader])
def test_a_training_resumes_where_it_was_stopped(script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deburn.training.stream.find_fonts", lambda: find_fonts(()))
    script.main(small(tmp_path, 2))
    before = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    script.main(small(tmp_path, 4))
    after = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    assert (before["step"], after["step"]) == (2, 4)
    assert any(not torch.equal(before["network"][name], value) for name, value in after["network"].items())
    assert not list(tmp_path.glob("*.part"))


def test_what_a_training_says_is_kept_for_tensorboard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("tensorboard")
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    monkeypatch.setattr("deburn.training.stream.find_fonts", lambda: find_fonts(()))
    monkeypatch.setattr("deburn.training.loop.LOG_EVERY", 2)
    train_detector.main(small(tmp_path, 4))
    events = EventAccumulator(str(tmp_path / "events")).Reload()
    assert {"found", "hard", "dice", "edge", "waiting"} <= set(events.Tags()["scalars"])
    assert [event.step for event in events.Scalars("found")] == [2, 4]


@torch.inference_mode()
def test_a_detector_takes_over_the_weights_of_a_shallower_one_and_gives_the_same() -> None:
    torch.manual_seed(3)
    shallow, deep = Detector(blocks=(1, 1, 1, 1)).eval(), Detector().eval()
    deep.load_state_dict(deepened(shallow.state_dict(), deep))
    frames = torch.randint(0, 4096, (1, 90, 110, 1), dtype=torch.int32)
    assert all(torch.equal(one, other) for one, other in zip(shallow(frames), deep(frames), strict=True))


def test_weights_of_another_network_tell_no_depth() -> None:
    assert blocks_of({"stem.weight": torch.zeros(1)}) == BLOCKS


def test_a_training_starts_as_deep_as_its_weights_and_deepens_them_on_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deburn.training.stream.find_fonts", lambda: find_fonts(()))
    start = tmp_path / "shallow.safetensors"
    save_file(Detector(blocks=(1, 1, 1, 1)).state_dict(), start)
    for name, options, blocks in (("same", [], (1, 1, 1, 1)), ("deeper", ["--deepen"], BLOCKS)):
        train_detector.main([*small(tmp_path / name, 1), "--start-from", str(start), *options])
        assert blocks_of(load_weights(tmp_path / name / "checkpoint.pt")) == blocks


def test_a_few_steps_lower_the_detectors_loss_on_one_page(fonts: list) -> None:
    torch.manual_seed(0)
    detector = Detector()
    stored, target = train_detector.collate([train_detector.prepare(page_with_text(fonts))])
    optimiser = torch.optim.AdamW(detector.parameters(), lr=3e-3)
    totals = []
    for _ in range(12):
        parts = train_detector.losses(detector.maps(detector.windows(stored)), target)
        total = sum(parts.values())
        optimiser.zero_grad()
        total.backward()
        optimiser.step()
        totals.append(total.item())
    assert totals[-1] < 0.7 * totals[0]


def test_a_page_of_a_patient_without_any_block_of_lines_is_drawn(fonts: list) -> None:
    texts = replace(TEXTS, block=lambda rng, patient: [])
    for seed in range(8):
        assert draw_synthetic_page(np.random.default_rng(seed), fonts, [], 128, 160, texts).stored.shape[:2] == (
            128,
            160,
        )


@pytest.mark.parametrize(("angle", "dark_from"), [(0, 400), (0, 80), (90, 400), (90, 80)])
def test_a_line_has_the_contrast_of_where_it_stands_out_least(fonts: list, angle: int, dark_from: int) -> None:
    """Bright ink on grey, and from there on on ground as bright as itself."""
    plane = np.full((320, 320, 1), 0.4, np.float32)
    plane[:, dark_from:] = 0.9
    if angle:
        plane = np.rot90(plane).copy()
    canvas = Canvas(np.random.default_rng(3), plane, fonts, TEXTS)
    style = replace(canvas.style(14), smooth=False, angle=angle, tilt=0.0, blur=0.0, edge="none")
    style = replace(style, stretch=1.0, value=np.array([0.9], np.float32))
    script = Script(text="MARTENS 4711 ANNA", kind="name", phi=())
    ink = canvas.render(script, style)
    assert ink is not None
    assert canvas.put(script, ink, style, 120 if angle else 20, 20, 0, 0)
    assert canvas.lines[0].contrast == pytest.approx(0.5 if dark_from == 400 else 0.0, abs=0.02)


def _blank_canvas(fonts: list, seed: int = 3) -> Canvas:
    return Canvas(np.random.default_rng(seed), np.zeros((200, 300, 1), np.float32), fonts, TEXTS)


def test_lines_of_a_group_may_stand_close_and_those_of_others_may_not(fonts: list) -> None:
    canvas = _blank_canvas(fonts)
    style = replace(canvas.style(14), angle=0, tilt=0.0, blur=0.0, stretch=1.0, edge="none")
    script = Script(text="MARTENS", kind="name", phi=())
    ink = canvas.render(script, style)
    assert ink is not None
    high, wide = ink.mask.shape
    assert canvas.put(script, ink, style, 20, 20, 0, 0)
    assert not canvas.put(script, ink, style, 20 + high, 20, 0, 0)  # touching
    assert not canvas.put(script, ink, style, 20, 20 + wide + 10, 0, 0)  # as close as a word of the same line
    canvas.group += 1
    assert not canvas.put(script, ink, style, 20 + high + 1, 20, 0, 0)
    canvas.group -= 1
    assert canvas.put(script, ink, style, 20 + high + 1, 20, 0, 0)


def test_stacked_letters_are_lines_of_their_own_and_close(fonts: list) -> None:
    stacks = []
    for seed in range(12):
        canvas = _blank_canvas(fonts, seed)
        groups.stacked(canvas)
        if len(canvas.lines) > 2:
            stacks.append(canvas.lines)
    assert stacks
    for lines in stacks:
        assert all(len(line.script.text) == 1 for line in lines)
        gaps = [after.box[1] - line.box[3] for line, after in pairwise(lines)]
        assert max(gaps) < 2 * max(line.box[3] - line.box[1] for line in lines)


def test_a_screen_has_lines_a_few_pixels_apart(fonts: list) -> None:
    close = 0
    for seed in range(12):
        canvas = _blank_canvas(fonts, seed)
        groups.screen(canvas)
        boxes = [line.box for line in canvas.lines]
        close += any(0 < other[1] - box[3] <= 3 for box in boxes for other in boxes)
    assert close >= 4


def test_a_badge_is_a_letter_or_two_inside_a_disc_of_its_own(fonts: list) -> None:
    canvas = _blank_canvas(fonts, 3)
    for _ in range(40):
        canvas.group += 1
        count, before = len(canvas.lines), canvas.plane.copy()
        groups.badge(canvas)
        for x0, y0, x1, y1 in (line.box for line in canvas.lines[:count]):
            assert np.array_equal(canvas.plane[y0:y1, x0:x1], before[y0:y1, x0:x1])
        for line in canvas.lines[count:]:
            assert 1 <= len(line.script.text) <= 2
            rows, columns, _ = np.nonzero(canvas.plane != before)
            x0, y0, x1, y1 = line.box
            # The box is the disc's, and nothing beside the disc changed.
            assert y0 <= rows.min() < rows.max() < y1
            assert x0 <= columns.min() < columns.max() < x1
    assert len(canvas.lines) > 5


@pytest.mark.parametrize("angle", [0, 90, 270])
def test_the_target_of_a_tilted_line_follows_its_ink(fonts: list, angle: int) -> None:
    canvas = _blank_canvas(fonts, 2)
    style = replace(
        canvas.style(12), tilt=9.0, angle=angle, stretch=1.0, blur=0.0, edge="none", value=np.ones(1, np.float32)
    )
    script = Script(text="QUASTEL 12", kind="name", phi=())
    ink = canvas.render(script, style)
    assert ink is not None
    assert canvas.put(script, ink, style, *((100, 20) if angle == 0 else (20, 60)), 0, 0)
    band = detector_target(Page(stored=np.zeros((128, 160, 1), np.int32), lines=tuple(canvas.lines)))
    text = band[1 if angle else 0].T if angle else band[0]
    inked = canvas.plane[..., 0] > 0.5
    inked = inked.T if angle else inked
    middle = {x: np.flatnonzero(text[:, x]).mean() * 2 + 1 for x in np.flatnonzero(text.any(axis=0))}
    columns = sorted(middle)
    assert abs(middle[columns[0]] - middle[columns[-1]]) > 8
    # Near both ends of the strip the band lies where the ink does.
    for part in (columns[:6], columns[-6:]):
        rows = np.flatnonzero(inked[:, part[0] * 2 : part[-1] * 2 + 2].any(axis=1))
        assert abs(np.mean([middle[x] for x in part]) - (rows[0] + rows[-1]) / 2) < 4
    (line,) = canvas.lines
    x0, y0, x1, y1 = line.box
    strip, ink_there = strip_of(line), canvas.plane[y0:y1, x0:x1, 0] > 0.5
    assert strip.shape == ink_there.shape
    assert strip.mean() < 0.8
    assert (strip & ink_there).sum() > 0.9 * ink_there.sum()
    assert strip_of(replace(line, tilt=0.0)).all()
