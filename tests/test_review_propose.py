import numpy as np
import pytest
from test_decision import _line as read_line

from deburn import Finding, Policy
from deburn.model import open_runner
from deburn.redactor.demo_font import draw
from deburn.redactor.dicom import open_file
from deburn.training import review_propose
from deburn.training.evaluate_truth import TruthSpan
from deburn.training.review_pixels import pixels_of
from deburn.training.review_propose import propose, unsure_of


@pytest.fixture(scope="module")
def runner():
    return open_runner(device="cpu", threads=1)


@pytest.fixture
def written(write_file):
    """Write a file of two frames with text on the second one; gives it opened."""

    def write(text, *, row=30, height=14):
        pixels = np.random.default_rng(1).integers(20, 60, (2, 160, 320), np.uint8)
        ink = draw(text, height)
        place = pixels[1, row : row + ink.shape[0], 20 : 20 + ink.shape[1]]
        place[...] = np.maximum(place, (250 * ink).astype(np.uint8))
        return open_file(write_file("IM1", frames=2, size=(160, 320), PixelData=pixels.tobytes()))

    return write


def test_proposes_the_lines_of_the_frame_that_was_asked_about(written, runner):
    source = written("EXAMPLE ANNE")
    proposal = propose(source, 1, runner=runner, policy=Policy())
    (line,) = proposal.lines
    assert (line.text, line.kind, line.identifies, line.proposed) == ("EXAMPLE ANNE", "name", True, True)
    assert line.box.frame == 1
    assert line.box.x0 < 30
    assert 25 <= line.box.y0 < line.box.y1 <= 55
    assert proposal.unsure >= 1 - line.score
    assert propose(source, 0, runner=runner, policy=Policy()).lines == ()


def finding(line, start, end, category, *, mask, score=0.9):
    return Finding(
        line=line,
        start=start,
        end=end,
        box=line.box,
        category=category,
        score=score,
        reason="test",
        element=None,
        mask=mask,
    )


def test_what_of_a_line_identifies_is_proposed_by_its_parts():
    line = read_line("DOE 01.02.1960 L")
    parts = [
        finding(line, 0, 3, "name", mask=True),
        finding(line, 3, 14, "date", mask=True),
        finding(line, 14, 16, "laterality", mask=False, score=0.6),
    ]
    proposed = review_propose._line(parts)
    assert proposed.phi == (TruthSpan(start=0, end=3, kind="name"), TruthSpan(start=3, end=14, kind="date"))
    assert proposed.kind == "date"
    assert proposed.score == pytest.approx(0.6)


def test_what_is_masked_out_of_doubt_is_proposed_as_unknown():
    line = read_line("Q77")
    proposed = review_propose._line([finding(line, 0, 3, "unreadable", mask=True, score=1.0)])
    assert (proposed.kind, proposed.phi, proposed.identifies) == (None, None, None)


def test_what_nobody_could_read_has_no_text_and_no_certainty():
    line = read_line("")
    proposed = review_propose._line([finding(line, 0, 0, "unreadable", mask=True, score=1.0)])
    assert (proposed.text, proposed.score) == (None, 0.0)


def test_a_page_is_as_unsure_as_its_least_sure_line_or_its_nearest_miss():
    sure = review_propose._line([finding(read_line("L"), 0, 1, "laterality", mask=False)])
    assert unsure_of(()) == 0
    assert unsure_of((sure,)) == pytest.approx(1 - sure.score)
    assert unsure_of((sure,), [0.55]) == 0.55


@pytest.mark.parametrize(("lowest", "highest"), [(-2000, 3000), (0, 4095), (-32768, 32767)])
def test_signed_values_reach_the_browser_as_they_are(write_file, lowest, highest):
    values = np.linspace(lowest, highest, 96 * 128).astype(np.int16).reshape(96, 128)
    header = {"BitsAllocated": 16, "BitsStored": 16, "HighBit": 15, "PixelRepresentation": 1}
    pixels = pixels_of(open_file(write_file("IM1", PixelData=values.tobytes(), **header)), 0)
    sent = np.frombuffer(pixels.values, "<u2").reshape(96, 128).astype(int)
    np.testing.assert_array_equal(sent * pixels.step + pixels.offset, values)


def test_inverted_images_are_shown_inverted(write_file):
    for photometric, dark in (("MONOCHROME1", True), ("MONOCHROME2", False)):
        source = open_file(write_file("IM1", PhotometricInterpretation=photometric))
        assert pixels_of(source, 0).dark is dark


def test_colour_is_sent_as_it_is_displayed(write_file):
    values = np.random.default_rng(2).integers(0, 256, (96, 128, 3), np.uint8)
    header = {"SamplesPerPixel": 3, "PhotometricInterpretation": "RGB", "PlanarConfiguration": 0}
    pixels = pixels_of(open_file(write_file("IM1", PixelData=values.tobytes(), **header)), 0)
    assert (pixels.samples, pixels.values) == (3, values.tobytes())
