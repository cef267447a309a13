import numpy as np
import pytest

from deburn import Box
from deburn.errors import UndecodableError
from deburn.training.evaluate_frames import masked_frames, redacted_frames, worst_of_frames
from deburn.training.evaluate_judge import judge_files
from deburn.training.evaluate_pixels import open_reel
from deburn.training.evaluate_truth import TruthLine, TruthPage, TruthSpan

NAME = (10, 8, 70, 18)


def page(**more):
    line = TruthLine(
        box=Box(frame=0, x0=9, y0=7, x1=71, y1=19),
        text="EXAMPLE",
        kind="name",
        phi=(TruthSpan(start=0, end=7, kind="name"),),
        **more,
    )
    return TruthPage(name="IM1", frame=1, lines=(line,))


def cine(write_file, name, *masked, frames=3, cleared=()):
    """A cine that shows a name on every frame, but for those cleared; some frames masked."""
    import pydicom

    path = write_file(name, NAME, frames=frames)
    dataset = pydicom.dcmread(path)
    pixels = dataset.pixel_array.copy()
    for frame in cleared:
        pixels[frame] = np.random.default_rng(frame).integers(20, 90, pixels[frame].shape)
    for frame in masked:
        pixels[frame, 4:22, 6:74] = 0
    dataset.PixelData = pixels.tobytes()
    dataset.save_as(path, enforce_file_format=True)
    return open_reel(path)


def worst(before, after, known):
    picture = before.picture(1)
    score = judge_files(known, picture, after.picture(1))
    return [span.state for span in worst_of_frames(score, known, picture, redacted_frames(before, after, 1)).spans]


def test_text_that_one_frame_still_shows_is_not_gone(write_file):
    before = cine(write_file, "before")
    assert worst(before, cine(write_file, "all", 0, 1, 2), page()) == ["removed"]
    assert worst(before, cine(write_file, "some", 0, 1), page()) == ["kept"]


def test_a_frame_that_never_showed_the_text_leaks_nothing(write_file):
    before = cine(write_file, "before", cleared=(2,))
    assert worst(before, cine(write_file, "after", 0, 1, cleared=(2,)), page()) == ["removed"]


def test_text_that_moves_is_judged_on_its_own_frame(write_file):
    before = cine(write_file, "before")
    assert worst(before, cine(write_file, "after", 1), page(moves=True)) == ["removed"]


def test_another_number_of_frames_is_refused(write_file):
    before, after = cine(write_file, "before"), cine(write_file, "after", frames=2)
    with pytest.raises(UndecodableError, match="there are 2 frames after redaction; expected 3"):
        list(redacted_frames(before, after, 1))


def test_boxes_mask_the_frames_that_they_are_of(write_file):
    before = cine(write_file, "before")
    boxes = [Box(frame=frame, x0=6, y0=4, x1=74, y1=22) for frame in (0, 2)]
    pairs = list(masked_frames(before, boxes, 1))
    assert len(pairs) == 2
    assert all((after[4:22, 6:74] == 0).all() for _, after in pairs)
    assert all((before[8:18, 10:70] == 255).all() for before, _ in pairs)


def test_no_frame_is_decoded_where_no_text_stands(write_file):
    def frames():
        raise AssertionError("a frame was decoded")
        yield

    picture = cine(write_file, "before").picture(1)
    for known in (TruthPage(name="IM1"), page(moves=True)):
        score = judge_files(known, picture, picture)
        assert worst_of_frames(score, known, picture, frames()) is score
