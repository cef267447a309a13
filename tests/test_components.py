import numpy as np
import pytest

from deburn.model.components import find_runs, label, touching_pairs


def components(mask: np.ndarray) -> int:
    rows, starts, stops = find_runs(*np.nonzero(mask))
    return int(label(rows.size, *touching_pairs(rows, starts, stops)).max(initial=-1)) + 1


def picture(*rows: str) -> np.ndarray:
    return np.array([[c == "#" for c in row] for row in rows])


def test_runs_are_half_open_and_in_reading_order() -> None:
    rows, starts, stops = find_runs(*np.nonzero(picture("##.#", "....", ".###")))
    assert (rows.tolist(), starts.tolist(), stops.tolist()) == ([0, 0, 2], [0, 3, 1], [2, 4, 4])


@pytest.mark.parametrize(
    ("mask", "count"),
    [
        (picture("##.##"), 2),
        (picture("##...", "..#.."), 1),  # corners touch
        (picture("##...", "...#."), 2),
        (picture("#.#", "#.#", "###"), 1),  # joined late
        (picture("#", ".", "#"), 2),  # an empty row between
        (picture("...."), 0),
    ],
)
def test_counts_components_that_touch_at_corners(mask: np.ndarray, count: int) -> None:
    assert components(mask) == count


def test_agrees_with_a_flood_fill_on_noise() -> None:
    mask = np.random.default_rng(3).random((40, 50)) < 0.4
    assert components(mask) == flooded(mask)


def flooded(mask: np.ndarray) -> int:
    left, count = {tuple(cell) for cell in np.argwhere(mask).tolist()}, 0
    while left:
        count, todo = count + 1, [left.pop()]
        while todo:
            y, x = todo.pop()
            near = {(y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)} & left
            left -= near
            todo.extend(near)
    return count
