import numpy as np
import pytest

from deburn import Box, TextLine
from deburn.errors import MalformedError
from deburn.redactor.findings import Finding
from deburn.training.evaluate_judge import agrees, judge_files, judge_findings
from deburn.training.evaluate_overlap import covered_share
from deburn.training.evaluate_pixels import Picture, open_reel
from deburn.training.evaluate_truth import TruthLine, TruthPage, TruthSpan


def box(x0, y0, x1, y1, frame=0):
    return Box(frame=frame, x0=x0, y0=y0, x1=x1, y1=y1)


def finding(where, category="name", mask=True):
    line = TextLine(box=where, angle=0, score=0.9, text="x", character_scores=(0.9,), character_spans=((0.0, 1.0),))
    return Finding(
        line=line, start=0, end=1, box=where, category=category, score=0.7, reason="", element=None, mask=mask
    )


def page(*lines, **more):
    return TruthPage(name="IM1", lines=lines, **more)


def text(where, phi=(), kind="name", **more):
    spans = tuple(TruthSpan(start=start, end=end, kind=kind) for start, end in phi)
    return TruthLine(box=where, text="0123456789", kind=kind, phi=spans, **more)


@pytest.fixture
def picture(write_file):
    """Bright strokes over all of a dark frame of 96 x 128 pixels."""
    found = open_reel(write_file("IM1")).picture(None)
    values = np.full((96, 128), 10, np.float32)
    values[::4, ::5] = 250
    return Picture(values=values, frame=0, dataset=found.dataset)


def with_values(picture, values):
    return Picture(values=values, frame=0, dataset=picture.dataset)


def test_covered_share_counts_pixels_once():
    assert covered_share(box(0, 0, 10, 10), []) == 0
    assert covered_share(box(0, 0, 10, 10), [box(0, 0, 5, 10), box(0, 0, 5, 10)]) == 0.5
    assert covered_share(box(0, 0, 10, 10), [box(5, 5, 99, 99), box(-9, -9, 5, 5)]) == 0.5
    assert covered_share(box(4, 4, 4, 9), [box(0, 0, 9, 9)]) == 0


def test_spans_are_found_from_half_on_and_as_such_only_by_their_category(picture):
    secret = text(box(0, 0, 100, 10), phi=((0, 5),))  # columns 0 to 50
    for width, category, found, agreed in [
        (25, "name", True, True),
        (24, "name", False, False),
        (50, "date", True, False),
        (50, "unreadable", True, False),
    ]:
        score = judge_findings(page(secret), picture, [finding(box(0, 0, width, 10), category)], [])
        assert (score.spans[0].found, score.spans[0].agreed) == (found, agreed)


def test_findings_that_are_kept_find_nothing(picture):
    secret = text(box(0, 0, 100, 10), phi=((0, 10),))
    score = judge_findings(page(secret), picture, [finding(box(0, 0, 100, 10), mask=False)], [])
    assert not score.spans[0].found
    assert score.masks == ()
    assert score.lines[0].covered == 1  # but the line was found


def test_findings_are_right_where_half_of_them_identifies(picture):
    secret = text(box(0, 0, 100, 10), phi=((0, 5),))
    harmless = text(box(0, 40, 100, 50))
    either = text(box(0, 60, 100, 70), phi=((0, 10),), ignore=True)
    findings = [
        finding(box(0, 0, 100, 10)),
        finding(box(0, 0, 101, 10)),
        finding(box(0, 0, 50, 10), "date"),
        finding(box(0, 40, 100, 50)),
        finding(box(0, 60, 100, 70)),
    ]
    masks = judge_findings(page(secret, harmless, either), picture, findings, []).masks
    assert [mask.right for mask in masks] == [True, False, True, False, None]
    assert [mask.agreed for mask in masks] == [True, False, False, False, None]


def test_findings_of_other_frames_do_not_count(picture):
    secret = text(box(0, 0, 100, 10), phi=((0, 10),))
    score = judge_findings(page(secret), picture, [finding(box(0, 0, 100, 10, frame=1))], [box(0, 0, 100, 10, frame=1)])
    assert not score.spans[0].found
    assert not score.touched


def test_boxes_are_masked_black_and_judged_by_what_is_left(picture):
    secret, harmless = text(box(0, 0, 100, 10), phi=((0, 10),)), text(box(0, 40, 100, 50), kind="scale")
    score = judge_findings(page(secret, harmless), picture, [], [box(0, 0, 100, 10), box(0, 80, 128, 96)])
    assert [(span.state, span.phi, span.kind) for span in score.spans] == [
        ("removed", True, "name"),
        ("kept", False, "scale"),
    ]
    assert score.collateral == 16 / 96
    assert score.touched


def test_redacted_files_are_judged_by_their_pixels_alone(picture):
    secret = text(box(0, 0, 100, 10), phi=((0, 10),))
    after = picture.values.copy()
    after[:10, :100] = 77
    score = judge_files(page(secret), picture, with_values(picture, after))
    assert score.spans[0].state == "removed"
    assert score.spans[0].found is None
    assert score.masks == ()
    assert score.lines[0].covered is None


def test_another_shape_is_refused(picture):
    from deburn.errors import UndecodableError

    with pytest.raises(UndecodableError, match=r"the frame is \(95, 128\) after redaction; expected \(96, 128\)"):
        judge_files(page(), picture, with_values(picture, picture.values[1:]))


@pytest.mark.parametrize(
    ("stroke", "ground", "contrast", "polarity"), [(250, 10, 240 / 240, "bright"), (60, 110, 50 / 150, "dark")]
)
def test_contrast_is_michelson_s_above_the_darkest_value(picture, stroke, ground, contrast, polarity):
    values = np.full((96, 128), ground, np.float32)
    values[2:8, 4:100:5] = stroke
    values[90, 0] = 10  # the darkest
    line = judge_files(
        page(text(box(0, 0, 100, 10))), with_values(picture, values), with_values(picture, values)
    ).lines[0]
    assert line.contrast == pytest.approx(contrast)
    assert (line.polarity, line.height, line.characters) == (polarity, 10, 10)


def test_polarity_is_as_displayed(picture):
    picture.dataset.PhotometricInterpretation = "MONOCHROME1"
    assert judge_files(page(text(box(0, 0, 100, 10))), picture, picture).lines[0].polarity == "dark"


def test_pixel_data_that_must_stay_are_compared_by_digest(picture):
    from hashlib import md5

    digest = md5(picture.dataset.PixelData).hexdigest()
    assert judge_files(page(pixels_md5=digest), picture, picture).retained
    assert not judge_files(page(pixels_md5="0" * 32), picture, picture).retained
    assert judge_files(page(), picture, picture).retained is None
    assert judge_findings(page(pixels_md5=digest), picture, [], []).retained
    assert not judge_findings(page(pixels_md5=digest), picture, [], [box(0, 0, 2, 2)]).retained


def test_kinds_of_the_truth_are_called_as_categories():
    assert agrees("person_other", "person")
    assert agrees(None, "date")
    assert not agrees("name", "person")


def test_redacted_files_are_judged_by_their_manifest_too(picture):
    from deburn.redactor.explain import explain

    secret = text(box(0, 0, 100, 10), phi=((0, 10),))
    why = explain([finding(box(0, 0, 100, 10)), finding(box(0, 40, 9, 50), "date")])
    score = judge_files(page(secret), picture, picture, why)
    assert (score.spans[0].state, score.spans[0].found, score.spans[0].agreed) == ("kept", True, True)
    assert [(mask.category, mask.right) for mask in score.masks] == [("name", True), ("date", False)]
    assert score.lines[0].covered is None  # what else was found is not known


def test_a_mask_counts_on_every_frame_that_shows_its_text(picture):
    from dataclasses import replace

    from deburn.redactor.explain import explain

    secret = text(box(0, 0, 100, 10), phi=((0, 10),))
    why = [replace(one, last=2) for one in explain([finding(box(0, 0, 100, 10))])]
    for frame, counted in ((2, 1), (3, 0)):
        later = Picture(values=picture.values, frame=frame, dataset=picture.dataset)
        assert len(judge_files(page(secret), later, later, why).masks) == counted


@pytest.mark.parametrize("where", [(128, 0, 140, 10), (0, 96, 10, 99), (0, 0, 9_000, 10), (0, 0, 10, 9_000)])
def test_truth_about_another_image_is_refused(picture, where):
    with pytest.raises(MalformedError, match="line 2 of its truth lies outside of the frame, which is 96 x 128"):
        judge_findings(page(text(box(0, 0, 100, 10)), text(box(*where))), picture, [], [])


def test_a_line_over_the_edge_is_measured(picture):
    assert judge_files(page(text(box(100, 0, 131, 10))), picture, picture).spans[0].state == "kept"
