import numpy as np
import pytest

from deburn.model.cells import COARSE, FINE, REACH
from deburn.model.lines import ROOM, _each_ink_once, _Lines, _without_doubles, find_lines
from deburn.model.spec import Thresholds

THRESHOLDS = Thresholds(cell=0.4, line=0.6, sure=0.8, read=0.5)


def coded(distance: np.ndarray) -> np.ndarray:
    return np.round(np.log1p(distance) / np.log1p(REACH) * 255).astype(np.uint8)


def draw(maps: np.ndarray, box: tuple[int, int, int, int], *, upright: bool = False, score: int = 240) -> None:
    """Write what a perfect detector says of a line, in pixels of the maps' scale."""
    x0, y0, x1, y1 = box
    inset_x, inset_y = ((x1 - x0) / 4, 0.0) if upright else (0.0, (y1 - y0) / 4)
    y, x = np.mgrid[0 : maps.shape[1], 0 : maps.shape[2]] * 2 + 1
    band = (y > y0 + inset_y) & (y < y1 - inset_y) & (x > x0 + inset_x) & (x < x1 - inset_x)
    maps[int(upright)][band] = score
    for plane, distance in zip(maps[2:], (y - y0, y1 - y, x - x0, x1 - x), strict=True):
        plane[band] = coded(distance[band].clip(0, 24 if (plane is maps[4]) or (plane is maps[5]) else None))


def blank(rows: int, columns: int) -> tuple[np.ndarray, np.ndarray]:
    shape = (-(-rows // 8) * 8, -(-columns // 8) * 8)
    return tuple(np.zeros((1, 6, shape[0] // s, shape[1] // s), np.uint8) for s in (FINE, COARSE))


def corners(line) -> tuple[int, int, int, int]:
    return line.box.x0, line.box.y0, line.box.x1, line.box.y1


def test_a_line_becomes_its_box_to_a_pixel() -> None:
    fine, coarse = blank(100, 200)
    draw(fine[0], (21, 33, 120, 45))
    (line,) = find_lines(fine, coarse, 100, 200, THRESHOLDS)
    room = ROOM * 12
    np.testing.assert_allclose(corners(line), (21 - room, 33, 120 + room, 45), atol=1)
    assert not line.upright
    assert line.score == pytest.approx(240 / 255)


def test_lines_three_pixels_apart_stay_apart() -> None:
    fine, coarse = blank(100, 200)
    draw(fine[0], (20, 20, 120, 28))
    draw(fine[0], (20, 31, 120, 39))
    assert len(find_lines(fine, coarse, 100, 200, THRESHOLDS)) == 2


def test_upright_text_is_found_as_upright() -> None:
    fine, coarse = blank(200, 100)
    draw(fine[0], (30, 20, 42, 120), upright=True)
    (line,) = find_lines(fine, coarse, 200, 100, THRESHOLDS)
    assert line.upright
    room = ROOM * 12
    np.testing.assert_allclose(corners(line), (30, 20 - room, 42, 120 + room), atol=1)


def test_large_text_comes_from_the_quarter_scale_and_small_does_not() -> None:
    fine, coarse = blank(400, 400)
    draw(coarse[0], (10, 10, 60, 30))  # 80 pixels high in the frame
    draw(coarse[0], (10, 60, 60, 64))  # 16 pixels: the native scale's business
    (line,) = find_lines(fine, coarse, 400, 400, THRESHOLDS)
    room = ROOM * 80
    np.testing.assert_allclose(corners(line), (40 - room, 40, 240 + room, 120), atol=6)


def test_the_same_line_at_both_scales_is_one() -> None:
    fine, coarse = blank(400, 400)
    draw(fine[0], (40, 40, 240, 80))
    draw(coarse[0], (10, 10, 60, 20))
    assert len(find_lines(fine, coarse, 400, 400, THRESHOLDS)) == 1


def test_boxes_end_at_the_frame() -> None:
    fine, coarse = blank(61, 99)
    draw(fine[0], (60, 50, 104, 64))
    (line,) = find_lines(fine, coarse, 61, 99, THRESHOLDS)
    assert (line.box.x1, line.box.y1) == (99, 61)


def test_a_weak_line_is_none() -> None:
    fine, coarse = blank(100, 200)
    draw(fine[0], (21, 33, 120, 45), score=round(0.55 * 255))
    assert find_lines(fine, coarse, 100, 200, THRESHOLDS) == []


def test_lines_carry_the_number_of_their_frame() -> None:
    fine, coarse = (np.concatenate([part, part]) for part in blank(100, 200))
    draw(fine[1], (21, 33, 120, 45))
    (line,) = find_lines(fine, coarse, 100, 200, THRESHOLDS)
    assert line.box.frame == 1


def test_a_stack_seen_as_one_at_the_quarter_scale_stays_a_stack() -> None:
    fine, coarse = blank(400, 400)
    for top in (40, 60, 80):
        draw(fine[0], (40, top, 240, top + 16), score=180)
    draw(coarse[0], (10, 10, 60, 24))
    assert len(find_lines(fine, coarse, 400, 400, THRESHOLDS)) == 3


@pytest.mark.parametrize(("end", "lines"), [(190, 2), (120, 3)])
def test_sure_lines_in_a_row_are_what_the_quarter_scale_took_for_one(end: int, lines: int) -> None:
    """Where they take less than half of its length, it may hold what they do not."""
    fine, coarse = blank(400, 400)
    draw(fine[0], (44, 60, 80, 76))
    draw(fine[0], (90, 60, end, 76))
    draw(coarse[0], (10, 10, 70, 24))
    assert len(find_lines(fine, coarse, 400, 400, THRESHOLDS)) == lines


def test_a_large_letters_strokes_are_not_lines_of_their_own_but_stay_known() -> None:
    fine, coarse = blank(400, 400)
    draw(fine[0], (90, 40, 130, 48), score=180)
    draw(fine[0], (250, 250, 320, 262), score=180)
    draw(coarse[0], (20, 10, 40, 30))
    other, line = sorted(find_lines(fine, coarse, 400, 400, THRESHOLDS), key=lambda line: line.box.x1 - line.box.x0)
    assert line.box.y1 - line.box.y0 > 60
    (stroke,) = line.within
    np.testing.assert_allclose(corners(stroke), (89, 40, 131, 48), atol=1)
    assert other.within == ()


def test_a_sure_little_line_stays_within_a_large_doubtful_one() -> None:
    fine, coarse = blank(400, 400)
    draw(fine[0], (90, 40, 130, 48))
    draw(coarse[0], (20, 10, 40, 30), score=180)
    assert len(find_lines(fine, coarse, 400, 400, THRESHOLDS)) == 2


def test_what_is_larger_than_a_quarter_of_the_frame_is_no_letter() -> None:
    fine, coarse = blank(400, 400)
    draw(coarse[0], (10, 10, 90, 40))  # 120 pixels high
    assert find_lines(fine, coarse, 400, 400, THRESHOLDS) == []


def level(boxes: list[list[int]], scores: list[float]) -> _Lines:
    count = len(boxes)
    return _Lines(
        frame=np.zeros(count, int),
        corners=np.array(boxes, float),
        upright=np.zeros(count, bool),
        score=np.array(scores),
        tilt=np.zeros(count),
    )


@pytest.mark.parametrize(("begin", "end"), [(20, 100), (150, 230)])
def test_what_two_lines_in_a_row_share_is_the_surer_ones(begin: int, end: int) -> None:
    lines = level([[begin, 10, end, 22], [70, 10, 180, 23], [begin, 40, end, 52]], [0.8, 0.95, 0.7])
    cut, whole, other = _each_ink_once(lines).corners[:, [0, 2]].tolist()
    assert whole == [70, 180]
    assert other == [begin, end]  # in another row
    assert cut == ([20, 70] if begin == 20 else [180, 230])


def test_a_line_inside_of_another_is_not_cut() -> None:
    lines = level([[80, 10, 120, 22], [70, 10, 180, 23]], [0.8, 0.95])
    assert np.array_equal(_each_ink_once(lines).corners, lines.corners)


def test_a_line_that_stands_out_of_the_surer_ones_rows_is_not_cut() -> None:
    lines = level([[20, 6, 100, 24], [70, 10, 180, 23]], [0.8, 0.95])
    assert np.array_equal(_each_ink_once(lines).corners, lines.corners)


@pytest.mark.parametrize(
    ("boxes", "scores", "kept"),
    [
        ([[10, 10, 110, 22], [12, 10, 108, 22]], [0.8, 0.95], [1]),
        ([[10, 10, 110, 22], [80, 10, 110, 22]], [0.95, 0.8], [0]),
        ([[10, 10, 110, 22], [80, 10, 110, 22]], [0.8, 0.95], [0, 1]),
        ([[10, 10, 110, 22], [10, 10, 50, 22], [60, 10, 110, 22]], [0.8, 0.95, 0.9], [1, 2]),
    ],
    ids=["the same", "within a surer one", "around a surer one", "around surer ones that take most of it"],
)
def test_a_line_gives_way_where_surer_ones_take_most_of_it(
    boxes: list[list[int]], scores: list[float], kept: list[int]
) -> None:
    lines = level(boxes, scores)
    assert np.array_equal(_without_doubles(lines).corners, lines.corners[kept])
