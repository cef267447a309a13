import numpy as np
import pytest

from deburn.model.crops import ENDS, LONGEST, ROOM, ROWS, plan_crops

torch = pytest.importorskip("torch")


def crop(frame: np.ndarray, box: tuple[int, int, int, int], angle: int) -> np.ndarray:
    from deburn.model.reader import Crops

    plan = plan_crops(np.array([0]), np.array([box], float), np.array([angle]))
    columns = torch.arange(int(plan[0, 7]), dtype=torch.float32)
    return Crops()(torch.from_numpy(frame[None, ..., None]), torch.from_numpy(plan), columns)[0, 0].numpy()


def marked_frame() -> np.ndarray:
    """A bar of 40 x 8 pixels that is brighter at its begin and along its upper edge."""
    frame = np.zeros((64, 64), np.int32)
    frame[20:28, 10:50] = 400
    frame[20:28, 10:20] = 1000
    frame[20:22, 10:50] += 300
    return frame


@pytest.mark.parametrize(("angle", "turns"), [(0, 0), (90, 1), (180, 2), (270, 3)])
def test_a_turned_line_gives_the_crop_of_the_level_one(angle: int, turns: int) -> None:
    frame, box = marked_frame(), (10, 20, 50, 28)
    level = crop(frame, box, 0)
    x0, y0, x1, y1 = box
    for _ in range(turns):  # np.rot90 turns counter-clockwise
        x0, y0, x1, y1 = y0, 64 - x1, y1, 64 - x0
    turned = crop(np.ascontiguousarray(np.rot90(frame, turns)), (x0, y0, x1, y1), angle)
    np.testing.assert_allclose(turned, level, atol=1e-3)


def test_the_crop_has_room_around_the_box() -> None:
    plan = plan_crops(np.array([0]), np.array([(10, 20, 50, 28)], float), np.array([0]))[0]
    assert plan[2] == pytest.approx(20 - 8 * ROOM)
    assert plan[1] == pytest.approx(10 - 8 * ENDS)
    assert plan[6] * ROWS == pytest.approx(8 * (1 + 2 * ROOM))


def test_a_line_without_end_is_squeezed() -> None:
    plan = plan_crops(np.array([0]), np.array([(0, 0, 90000, 10)], float), np.array([0]))[0]
    assert plan[7] == LONGEST
    assert plan[3] * LONGEST == pytest.approx(90000 + 2 * ENDS * 10)
