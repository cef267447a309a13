"""What changes is looked at in every frame, what stands still is read once; a fake network keeps the books."""

from dataclasses import dataclass, field, replace

import fakes
import numpy as np
import pytest

from deburn.model import Box
from deburn.redactor import cine
from deburn.redactor.cine import LOOK_AGAIN, Cine
from deburn.redactor.cine_changes import CONTEXT, TILE, areas_of, changed_tiles

ROWS, COLUMNS = 300, 410
NAME, SMALL = (20, 12, 90, 24), (350, 200, 390, 210)


@dataclass
class Books:
    """What went to the detector and how many lines to the reader."""

    looked: list[np.ndarray] = field(default_factory=list)
    read: int = 0
    new: list[list[Box]] = field(default_factory=list)
    beside: list[list[Box]] = field(default_factory=list)

    @property
    def pixels(self) -> int:
        return sum(frames.shape[0] * frames.shape[1] * frames.shape[2] for frames in self.looked)


@pytest.fixture
def books(monkeypatch):
    kept = Books()

    def detect(runner, handle):
        kept.looked.append(handle)
        return fakes.fake_detect(runner, handle)

    def transcribe(runner, handle, found, beside=()):
        kept.read += len(found)
        kept.new.append([line.box for line in found])
        kept.beside.append([line.box for line in beside])
        return fakes.fake_transcribe(runner, handle, found)

    monkeypatch.setattr(cine, "detect", detect)
    monkeypatch.setattr(cine, "transcribe_each", transcribe)
    return kept


def film(frames: int, *, moving: tuple[int, int, int, int] | None = None, samples: int = 1) -> np.ndarray:
    """Frames of the same noise, with other noise in one place of each."""
    rng = np.random.default_rng(3)
    shown = np.repeat(rng.integers(20, 90, (1, ROWS, COLUMNS, samples), np.uint8), frames, axis=0)
    if moving:
        x0, y0, x1, y1 = moving
        shown[:, y0:y1, x0:x1] = rng.integers(20, 90, (frames, y1 - y0, x1 - x0, samples), np.uint8)
    return shown


def burn(frames: np.ndarray, box: tuple[int, int, int, int]) -> None:
    x0, y0, x1, y1 = box
    frames[..., y0:y1, x0:x1, :] = 255


def watch(frames: np.ndarray, batch: int = 100) -> list[tuple[int, tuple[int, int, int, int]]]:
    """Return frame and place of each line."""
    follower, lines = Cine(fakes.FakeRunner()), []
    for start in range(0, len(frames), batch):
        lines += follower.look(frames[start : start + batch])
    return sorted((b.frame, (b.x0, b.y0, b.x1, b.y1)) for b in (line.box for line in lines))


@pytest.mark.parametrize("samples", [1, 3])
def test_text_that_stands_still_is_in_every_frame_and_read_once(books, samples: int) -> None:
    frames = film(100, samples=samples)
    burn(frames, NAME)
    burn(frames, SMALL)
    assert watch(frames, batch=7) == [(frame, box) for frame in range(100) for box in (NAME, SMALL)]
    assert books.read == 2
    assert books.pixels == ROWS * COLUMNS


def test_text_beside_a_moving_picture_is_read_at_most_twice_in_a_hundred_frames(books) -> None:
    frames = film(100, moving=(150, 60, 300, 250))
    burn(frames, NAME)
    assert watch(frames, batch=9) == [(frame, NAME) for frame in range(100)]
    assert books.read == 1  # the second look at the whole sees the same bytes


@pytest.mark.parametrize("batch", [1, 4, 30])
@pytest.mark.parametrize("when", [0, 1, 17, 29])
def test_text_of_a_single_frame_is_found_in_it_alone(books, batch: int, when: int) -> None:
    frames = film(30, moving=(150, 60, 300, 250))
    burn(frames[when], SMALL)
    assert watch(frames, batch) == [(when, SMALL)]


def test_every_pixel_that_changes_comes_before_the_detector_in_that_frame(books) -> None:
    frames = film(20)
    rng = np.random.default_rng(8)
    places = [(int(rng.integers(0, ROWS)), int(rng.integers(0, COLUMNS))) for _ in range(1, 20)]
    for frame, (y, x) in enumerate(places, start=1):
        frames[frame:, y, x] = 100 + frame  # of this value nothing else is
    watch(frames, batch=6)
    for frame in range(1, 20):
        assert any((looked == 100 + frame).any() for looked in books.looked)


def test_a_change_is_looked_at_with_what_is_around_it(books) -> None:
    frames = film(2)
    frames[1, 150, 200] = 0
    watch(frames)
    part = books.looked[1]
    y, x = np.argwhere(part[0, ..., 0] == 0)[0]
    assert min(y, x, part.shape[1] - 1 - y, part.shape[2] - 1 - x) >= CONTEXT * TILE
    assert part.shape[1] * part.shape[2] < ROWS * COLUMNS


def test_what_runs_up_is_read_beside_the_lines_that_stand_there(books, monkeypatch) -> None:
    upright = (200, 40, 208, 90)
    frames = film(2)
    burn(frames, NAME)
    burn(frames[1], upright)
    detect = cine.detect
    monkeypatch.setattr(
        cine,
        "detect",
        lambda *given: [replace(line, upright=line.box.x1 - line.box.x0 < 20) for line in detect(*given)],
    )
    assert watch(frames) == [(0, NAME), (1, NAME), (1, upright)]
    assert books.beside[0] == []
    ((box,), (new,)) = books.beside[1], books.new[1]
    assert box.frame == new.frame == 0
    assert (box.x0 - new.x0, box.y0 - new.y0, box.x1 - new.x0, box.y1 - new.y0) == (-180, -28, -110, -16)


def test_a_line_of_which_one_bit_changes_is_read_anew(books) -> None:
    frames = film(3)
    burn(frames, NAME)
    frames[1:, 13, 19, 0] ^= 1  # beside the ink, where the reader still looks
    assert watch(frames) == [(frame, NAME) for frame in range(3)]
    assert books.read == 2


def test_a_line_that_grows_is_found_whole_and_one_that_goes_is_gone(books) -> None:
    frames = film(4)
    longer = (20, 12, 200, 24)
    burn(frames[0], NAME)
    burn(frames[1:3], longer)
    assert watch(frames) == [(0, NAME), (1, longer), (2, longer)]


def test_text_that_blinks_is_read_once(books) -> None:
    frames = film(40)
    burn(frames[::2], NAME)
    assert watch(frames, batch=5) == [(frame, NAME) for frame in range(0, 40, 2)]
    assert books.read == 1


def test_text_that_moves_is_found_in_each_frame_where_it_is(books) -> None:
    frames = film(12)
    boxes = [(20 + 9 * frame, 100, 90 + 9 * frame, 112) for frame in range(12)]
    for frame, box in zip(frames, boxes, strict=True):
        burn(frame, box)
    assert watch(frames, batch=5) == list(enumerate(boxes))


def test_a_line_across_the_border_of_what_moves_is_not_cut(books) -> None:
    frames = film(10, moving=(150, 60, 170, 80))
    long = (5, 64, 405, 76)
    burn(frames, long)
    assert watch(frames, batch=4) == [(frame, long) for frame in range(10)]


def test_a_line_that_is_noticed_late_is_found_whole(books, monkeypatch) -> None:
    frames = film(10)
    line = (5, 64, 405, 76)
    burn(frames, line)
    frames[3:, 70, 200] = 200  # only now does the detector take the whole of it for text
    seeing = cine.detect

    def unsure(runner, handle):
        return [found for found in seeing(runner, handle) if (handle[found.box.frame] == 200).any()]

    monkeypatch.setattr(cine, "detect", unsure)
    assert watch(frames, batch=4) == [(frame, line) for frame in range(3, 10)]


def test_a_cut_to_another_scene_is_looked_at_whole(books) -> None:
    frames = film(6, moving=(0, 0, COLUMNS, ROWS))
    burn(frames[2:], SMALL)
    assert watch(frames) == [(frame, SMALL) for frame in range(2, 6)]
    assert {looked.shape[1:3] for looked in books.looked} == {(ROWS, COLUMNS)}


def test_the_whole_is_looked_at_again_after_a_while(books) -> None:
    frames = film(2 * LOOK_AGAIN + 3, moving=(150, 60, 200, 100))
    watch(frames, batch=20)
    whole = sum(len(looked) for looked in books.looked if looked.shape[1:3] == (ROWS, COLUMNS))
    assert whole == 3


def test_areas_meet_neither_each_other_nor_lines_they_do_not_hold() -> None:
    rng = np.random.default_rng(6)
    for _ in range(50):
        tiles = rng.random((20, 30)) < 0.01
        lines = [
            cine.Area(x0=x, y0=y, x1=min(960, x + 150), y1=min(640, y + 20))
            for x, y in zip(rng.integers(0, 900, 5).tolist(), rng.integers(0, 620, 5).tolist(), strict=True)
        ]
        areas = areas_of(tiles, 640, 960, lines)
        assert not any(one.meets(other) for one in areas for other in areas if one is not other)
        assert all(area.holds(line) or not area.meets(line) for area in areas for line in lines)
        for y, x in np.argwhere(tiles).tolist():
            tile = cine.Area(x0=x * TILE, y0=y * TILE, x1=(x + 1) * TILE, y1=(y + 1) * TILE)
            assert any(area.holds(tile) for area in areas)


def test_a_tile_changes_with_any_of_its_bytes() -> None:
    before = np.zeros((70, 100, 3), np.int16)
    after = before.copy()
    after[69, 99, 2] = 1
    assert np.argwhere(changed_tiles(before, after)).tolist() == [[2, 3]]
    assert not changed_tiles(before, before).any()
