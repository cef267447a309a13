import numpy as np
import pytest
from PIL import Image

from deburn.model.crops import ENDS, LONGEST, ROOM, ROWS, plan_crops

torch = pytest.importorskip("torch")


def crop(
    frame: np.ndarray, box: tuple[float, ...], angle: int, tilt: float = 0.0, *, mirrored: bool = False
) -> np.ndarray:
    from deburn.model.reader import Crops

    plan = plan_crops(np.array([0]), np.array([box], float), np.array([angle]), tilt, mirrored)
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


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_line_from_behind_gives_the_crop_of_the_level_one(turns: int) -> None:
    frame, box = marked_frame(), (10, 20, 50, 28)
    level = crop(frame, box, 0)
    behind, (x0, y0, x1, y1) = frame[:, ::-1], (14, 20, 54, 28)
    for _ in range(turns):
        behind, (x0, y0, x1, y1) = np.rot90(behind), (y0, 64 - x1, y1, 64 - x0)
    seen = crop(np.ascontiguousarray(behind), (x0, y0, x1, y1), 90 * turns, mirrored=True)
    np.testing.assert_allclose(seen, level, atol=1e-3)


@pytest.mark.parametrize("tilt", [-12.0, 7.0])
@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_a_tilted_line_gives_nearly_the_crop_of_the_level_one(tilt: float, angle: int) -> None:
    large = np.kron(marked_frame(), np.ones((4, 4), np.int32))
    turned = np.asarray(Image.fromarray(large).rotate(angle + tilt, Image.Resampling.BICUBIC)).astype(np.int32)
    ink = np.argwhere(turned > 150)
    (y0, x0), (y1, x1) = ink.min(axis=0), ink.max(axis=0) + 1
    level, seen = crop(large, (40, 80, 200, 112), 0), crop(turned, (x0, y0, x1, y1), angle, tilt)
    across = min(level.shape[1], seen.shape[1])
    assert abs(level.shape[1] - seen.shape[1]) <= 3
    assert np.corrcoef(level[:, :across].ravel(), seen[:, :across].ravel())[0, 1] > 0.93


def test_the_crop_has_room_around_the_box() -> None:
    plan = plan_crops(np.array([0]), np.array([(10, 20, 50, 28)], float), np.array([0]))[0]
    assert plan[2] == pytest.approx(20 - 8 * ROOM)
    assert plan[1] == pytest.approx(10 - 8 * ENDS)
    assert plan[6] * ROWS == pytest.approx(8 * (1 + 2 * ROOM))


def test_a_line_without_end_is_squeezed() -> None:
    plan = plan_crops(np.array([0]), np.array([(0, 0, 90000, 10)], float), np.array([0]))[0]
    assert plan[7] == LONGEST
    assert plan[3] * LONGEST == pytest.approx(90000 + 2 * ENDS * 10)
