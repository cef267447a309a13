"""The grouping of whole batches against a plain one, line by line, that says what it means."""

import numpy as np
import pytest

from deburn.model.boxes import Box
from deburn.model.cells import COARSE, DISTANCE, FINE, OFF_MIDDLE, Cells, candidates, cells_of
from deburn.model.grouping import END_CELLS, LOWER, SAME_LINE, UPPER, Measured, measure
from deburn.model.lines import find_lines
from deburn.model.spec import Thresholds
from deburn.model.tilt import FLAT, LONG, RISE, STEEP, STRAIGHT

CELL = 0.4
THRESHOLDS = Thresholds(cell=CELL, line=0.3, sure=0.8, read=0.5)


def noise(seed: int, frames: int = 2) -> np.ndarray:
    """Maps that hold patches of every shape, many of which touch: worse than any text."""
    rng = np.random.default_rng(seed)
    maps = rng.random((frames, 6, int(rng.integers(8, 40)), int(rng.integers(8, 40))))
    reach = int(rng.integers(1, 4))
    for axis in (2, 3):
        maps = np.mean([np.roll(maps, shift, axis) for shift in range(-reach, reach + 1)], axis=0)
    maps = (maps - maps.mean()) / maps.std() * 60 + 100
    maps[:, 2:] *= rng.uniform(0.2, 1.2)
    return maps.clip(0, 255).astype(np.uint8)


def plain_lines(maps: np.ndarray, upright: bool) -> list[tuple[float, ...]]:
    """Return begin, end, upper, lower, slope and score of each line of one frame, sorted."""
    score, edges = maps[int(upright)], maps[2:]
    if upright:
        score, edges = score.T, edges.transpose(0, 2, 1)[[2, 3, 0, 1]]
    top, bottom, left, right = DISTANCE[edges]
    near = np.abs(top - bottom) / 2 <= OFF_MIDDLE * (top + bottom) + 1.0
    runs = plain_runs((score >= round(CELL * 255)) & near)
    spans = [plain_span(run, top, bottom) for run in runs]
    names = list(range(len(runs)))
    for one in range(len(runs)):
        for other in range(one):
            if touch(runs[one], runs[other]) and agree(spans[one], spans[other]):
                names = [names[other] if name == names[one] else name for name in names]
    groups = [[cell for run, own in zip(runs, names, strict=True) if own == name for cell in run] for name in {*names}]
    return sorted(plain_measure(np.array(group), score, top, bottom, left, right) for group in groups if len(group) > 1)


def plain_runs(mask: np.ndarray) -> list[list[tuple[int, int]]]:
    runs: list[list[tuple[int, int]]] = []
    for y, x in np.argwhere(mask).tolist():
        if runs and runs[-1][-1] == (y, x - 1):
            runs[-1].append((y, x))
        else:
            runs.append([(y, x)])
    return runs


def plain_span(run: list[tuple[int, int]], top: np.ndarray, bottom: np.ndarray) -> tuple[np.float32, np.float32]:
    y, x = np.array(run).T
    centre, count = (y[0] + 0.5) * FINE, np.float32(len(run))
    above = sum(top[y, x].astype(np.float64).tolist()) / count
    below = sum(bottom[y, x].astype(np.float64).tolist()) / count
    return np.float32(centre - above), np.float32(centre + below)


def touch(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> bool:
    beside = one[0][1] <= other[-1][1] + 1 and other[0][1] <= one[-1][1] + 1
    return abs(one[0][0] - other[0][0]) == 1 and beside


def agree(one: tuple[np.float32, np.float32], other: tuple[np.float32, np.float32]) -> bool:
    return bool(
        min(one[1], other[1]) - max(one[0], other[0]) > SAME_LINE * (max(one[1], other[1]) - min(one[0], other[0]))
    )


def plain_measure(
    group: np.ndarray, score: np.ndarray, top: np.ndarray, bottom: np.ndarray, left: np.ndarray, right: np.ndarray
) -> tuple[float, ...]:
    y, x = group.T
    centre_y, centre_x = (y + 0.5) * FINE, (x + 0.5) * FINE
    near_first, near_last = x <= x.min() + END_CELLS, x >= x.max() - END_CELLS
    begin = min(np.median((centre_x - left[y, x])[near_first]), x.min() * FINE + 1.0)
    end = max(np.median((centre_x + right[y, x])[near_last]), x.max() * FINE + 1.0)
    upper = np.percentile(centre_y - top[y, x], UPPER * 100)
    lower = np.percentile(centre_y + bottom[y, x], LOWER * 100)
    best = [score[y[x == column], column].max(initial=0) for column in range(x.min(), x.max() + 1)]
    slope = 0.0
    if x.max() > x.min():
        middle, high = centre_y + (bottom[y, x] - top[y, x]) / 2.0, float(np.mean(top[y, x] + bottom[y, x]))
        line, stray = plain_fit(centre_x, middle)
        rise = abs(line(end) - line(begin))
        steep = rise / (end - begin)
        if FLAT <= steep <= STEEP and end - begin >= LONG * high and rise >= RISE * high and stray <= STRAIGHT * high:
            slope = float(line.convert().coef[1])
            upper, lower = min(line(begin), line(end)) - high / 2, max(line(begin), line(end)) + high / 2
    return float(begin), float(end), float(upper), float(lower), slope, float(np.mean(best) / 255)


def plain_fit(x: np.ndarray, y: np.ndarray) -> tuple[np.polynomial.Polynomial, float]:
    line = np.polynomial.Polynomial.fit(x, y, 1)
    return line, float(np.sqrt(np.mean((line(x) - y) ** 2)))


def measured(maps: np.ndarray, upright: bool) -> Measured:
    return measure(cells_of(candidates(maps, CELL), upright=upright))


@pytest.mark.parametrize("seed", range(11))
@pytest.mark.parametrize("upright", [False, True])
def test_measures_a_batch_as_a_plain_loop_measures_each_line(seed: int, upright: bool) -> None:
    maps = noise(seed)
    lines = measured(maps, upright)
    for frame in range(len(maps)):
        own = lines.frame == frame
        sides = (lines.begin, lines.end, lines.upper, lines.lower, lines.slope, lines.score)
        found = sorted(zip(*(side[own].tolist() for side in sides), strict=True))
        wanted = plain_lines(maps[frame], upright)
        level = [line for line in wanted if not line[4]]
        assert [line for line in found if not line[4]] == level  # to the last digit
        assert np.allclose([line for line in found if line[4]], [line for line in wanted if line[4]], atol=1e-4)


def test_the_noise_holds_many_lines_and_long_ones() -> None:
    lines = [line for seed in range(11) for frame in noise(seed) for line in plain_lines(frame, False)]
    assert len(lines) > 100
    assert max(end - begin for begin, end, *_ in lines) > 20


def test_a_frame_has_the_same_lines_whatever_is_in_its_batch() -> None:
    fine, coarse = noise(7, frames=5), noise(8, frames=5)[:, :, :8, :8]
    rows, columns = fine.shape[2] * FINE, fine.shape[3] * FINE
    together = find_lines(fine, coarse, rows, columns, THRESHOLDS)
    alone = [
        (frame, line.box.x0, line.box.y0, line.box.x1, line.box.y1, line.score)
        for frame in range(5)
        for line in find_lines(fine[frame : frame + 1], coarse[frame : frame + 1], rows, columns, THRESHOLDS)
    ]
    assert together
    assert alone == [
        (b.frame, b.x0, b.y0, b.x1, b.y1, line.score) for line in together if isinstance(b := line.box, Box)
    ]


def test_no_cells_are_no_lines() -> None:
    lines = measured(np.zeros((3, 6, 8, 8), np.uint8), False)
    assert len(lines.frame) == len(lines.score) == 0


def test_a_frame_as_wide_as_dicom_allows_is_measured_exactly() -> None:
    columns = 65535 // FINE
    cells = Cells(
        frame=np.zeros(4, np.intp),
        row=np.zeros(4, np.intp),
        column=np.arange(columns - 4, columns),
        score=np.full(4, 200, np.uint8),
        edges=np.tile(np.array([[40], [40], [0], [255]], np.uint8), 4),
    )
    lines = measure(cells)
    assert lines.end[0] == np.median((cells.column[-3:] + 0.5) * FINE + DISTANCE[255].astype(np.float64))
    assert lines.upper[0] == 1.0 - float(DISTANCE[40])


def test_scales_are_where_the_networks_put_them() -> None:
    assert (FINE, COARSE) == (2, 8)
