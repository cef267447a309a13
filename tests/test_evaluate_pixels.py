import csv
import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest

from deburn import Box, Policy, RefusedError
from deburn.errors import UndecodableError
from deburn.redactor.dicom import mask_to_file, open_file
from deburn.training.evaluate_judge import judge_files
from deburn.training.evaluate_pixels import changed_outside, ink_of, judge_span, open_reel
from deburn.training.evaluate_read import read_truth
from deburn.training.evaluate_truth import TruthLine, TruthSpan

SHARED = Path(__file__).parents[1].parent / "shared/eval"


def picture_of(path, frame):
    return open_reel(path).picture(frame)


def line(box=(0, 0, 80, 10), text="01234567", phi=()):
    x0, y0, x1, y1 = box
    spans = tuple(TruthSpan(start=start, end=end, kind=None) for start, end in phi)
    return TruthLine(box=Box(frame=0, x0=x0, y0=y0, x1=x1, y1=y1), text=text, kind=None, phi=spans)


def written(rows=10, columns=80):
    """A dark frame with a bright stroke in the middle of every ten columns: eight windows with the same ink."""
    frame = np.full((rows, columns), 10, np.float32)
    frame[2:8, 4::10] = 200
    return frame


def test_ink_is_the_side_that_covers_less():
    frame = written()
    assert (ink_of(frame) == (frame == 200)).all()
    assert (ink_of(210 - frame) == (frame == 200)).all()
    assert not ink_of(np.zeros((4, 4), np.float32)).any()


@pytest.mark.parametrize(("windows", "state"), [(0, "kept"), (1, "damaged"), (7, "damaged"), (8, "removed")])
def test_legible_share_counts_the_windows_that_still_follow(windows, state):
    before, after = written(), written()
    after[:, : 10 * windows] = 10
    assert judge_span(before, after, line(), None) == (state, 1 - windows / 8)


def test_a_tenth_that_is_legible_counts_as_removed_and_a_twentieth_lost_as_kept():
    before, after = written(columns=400), written(columns=400)
    whole = line(box=(0, 0, 400, 10), text="0" * 40)
    after[:, 40:] = 10
    assert judge_span(before, after, whole, None) == ("removed", 0.1)
    after = written(columns=400)
    after[:, :20] = 10
    assert judge_span(before, after, whole, None) == ("kept", 0.95)


def test_a_span_is_judged_without_most_of_a_character_at_its_inner_ends():
    before, after = written(), written()
    after[:, 27:] = 10  # the first two characters and 70 % of the third are left
    of_line = line(phi=((2, 8),))
    assert judge_span(before, after, of_line, of_line.phi[0])[0] == "removed"
    after = written()
    after[:, 40:] = 10
    assert judge_span(before, after, of_line, of_line.phi[0])[0] == "damaged"


def test_inverted_text_is_as_legible_as_before_and_faint_text_is_not():
    before = written()
    assert judge_span(before, 255 - before, line(), None)[0] == "kept"
    assert judge_span(before, before * 0.29, line(), None)[0] == "removed"
    assert judge_span(before, before * 0.31, line(), None)[0] == "kept"


def test_noise_over_text_makes_it_illegible():
    before = written()
    noise = np.random.default_rng(2).normal(100, 300, before.shape).astype(np.float32)
    assert judge_span(before, noise, line(), None)[0] == "removed"


def test_upright_lines_are_cut_along_their_length():
    before, after = written().T.copy(), written().T.copy()
    after[20:] = 10
    assert judge_span(before, after, line(box=(0, 0, 10, 80)), None) == ("damaged", 0.25)


def test_a_box_without_strokes_cannot_be_judged():
    flat = np.zeros((10, 80), np.float32)
    assert judge_span(flat, flat, line(), None) == ("unjudged", None)
    assert judge_span(flat, flat, line(box=(200, 0, 280, 10)), None) == ("unjudged", None)


def test_collateral_is_what_changed_beside_grown_lines():
    before, after = np.zeros((100, 100), np.float32), np.zeros((100, 100), np.float32)
    text = line(box=(40, 40, 60, 50))  # grown by 4 + 10 // 2 = 9 pixels
    after[31:59, 31:69] = 1
    assert changed_outside(before, after, (text,)) == 0
    after[30, 31] = 1
    assert changed_outside(before, after, (text,)) == 1 / 10_000


def test_frame_is_read_as_stored_and_colour_by_its_brightest_channel(write_file, make_dataset, tmp_path):
    path = write_file("IM1", (10, 8, 70, 18), frames=3)
    picture = picture_of(path, None)
    assert (picture.frame, picture.values.shape, picture.values.dtype) == (1, (96, 128), np.float32)
    assert (picture.values[8:18, 10:70] == 255).all()
    dataset = make_dataset()
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation, dataset.PlanarConfiguration = 3, "RGB", 0
    dataset.PixelData = np.tile(np.array([3, 200, 7], np.uint8), 96 * 128).tobytes()
    dataset.save_as(tmp_path / "rgb", enforce_file_format=True)
    assert (picture_of(tmp_path / "rgb", 0).values == 200).all()


@pytest.mark.parametrize("frame", [1, -1])
def test_a_frame_that_is_not_there_is_refused(write_file, frame):
    with pytest.raises(UndecodableError, match=r"^cannot be decoded \(IndexError\)$"):
        picture_of(write_file("IM1"), frame)


def test_what_cannot_be_decoded_is_refused_without_a_value_of_its_header(tmp_path, write_file):
    (tmp_path / "notes").write_text("EXAMPLE^ANNE")
    path = write_file("IM1")
    path.write_bytes(path.read_bytes()[:-5000])
    for broken in (tmp_path / "notes", path, tmp_path / "missing"):
        with pytest.raises(UndecodableError, match=r"^cannot be ") as error:
            picture_of(broken, None)
        assert "EXAMPLE" not in str(error.value)


def test_subject_says_whose_images_belong_together_and_not_who_it_is(write_file):
    one, same = (picture_of(write_file(name), None) for name in ("IM1", "IM2"))
    other = picture_of(write_file("IM3", PatientID="TEST-0002"), None)
    nobody = picture_of(write_file("IM4", PatientID="", PatientName="", StudyInstanceUID="1.2.9"), None)
    assert one.subject == same.subject
    assert len({one.subject, other.subject, nobody.subject}) == 3
    assert "TEST" not in one.subject


def test_black_is_the_largest_value_of_monochrome1(write_file):
    assert picture_of(write_file("IM1"), None).black == 0
    assert picture_of(write_file("IM2", PhotometricInterpretation="MONOCHROME1"), None).black == 255


def score_of_the_project():
    if not (SHARED / "score.py").is_file():
        pytest.skip("the evaluation files are not beside the checkout")
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.filterwarnings("ignore")  # the reference decodes, and pydicom warns
def test_verdicts_are_those_of_the_reference_on_real_redacted_files(tmp_path):
    """Every small dev file that can be masked, its truth boxes masked in part: hundreds of spans in every state."""
    reference = score_of_the_project()
    folder = SHARED / "real"
    draw, compared = np.random.default_rng(5), {"removed": 0, "kept": 0, "damaged": 0}
    with (folder / "index.csv").open() as file:
        small = {row["name"] for row in csv.DictReader(file) if int(row["rows"]) * int(row["cols"]) < 500_000}
    for page in read_truth(folder / "truth", folder / "dicom", split="dev").pages:
        original, redacted = folder / "dicom" / f"{page.name}.dcm", tmp_path / f"{page.name}.dcm"
        if page.name not in small or page.variant:
            continue
        try:
            source = open_file(original)
            frame = page.frame if page.frame is not None else source.frame_count // 2
            mask_to_file(source, [cut(draw, line, frame, source) for line in page.lines], redacted, policy=Policy())
        except RefusedError:
            continue
        truth_file = folder / "truth" / f"{page.name}.json"
        truth = json.loads(truth_file.read_text()) if truth_file.is_file() else None
        wanted = reference.score_file(original, redacted, truth)
        score = judge_files(page, picture_of(original, page.frame), picture_of(redacted, page.frame))
        assert score.collateral == wanted["collateral"]
        for span, verdict in zip(score.spans, wanted["lines"], strict=True):
            assert (span.state, span.phi) == (verdict["state"], verdict["phi"])
            assert span.legible is None or abs(span.legible - verdict["legible"]) < 0.0006  # that one is rounded
            compared[span.state] += 1
    assert min(compared.values()) > 20, compared


def cut(draw, line, frame, source):
    """A box over a random part of a line, or of its surroundings; often all of it."""
    box = line.box
    ends = sorted(draw.integers(box.x0 - 20, box.x1 + 20, 2)) if draw.random() < 0.6 else (box.x0, box.x1)
    x0, x1 = max(int(ends[0]), 0), max(int(ends[1]), 1)
    return Box(frame=frame, x0=x0, x1=min(max(x1, x0 + 1), source.columns), y0=box.y0, y1=min(box.y1, source.rows))
