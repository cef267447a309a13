import json

import pytest

from deburn import Box, UsageError
from deburn.training.evaluate_presidio import as_boxes, as_ground_truth, read_presidio
from deburn.training.evaluate_truth import TruthLine, TruthPage, TruthSpan

ENTRY = {"label": "EXAMPLE", "left": 35, "top": 33, "width": 60, "height": 10}


@pytest.fixture
def truth_file(tmp_path):
    def write(content):
        path = tmp_path / "ground_truth.json"
        path.write_text(json.dumps(content))
        return path

    return write


def test_boxes_lose_the_padding_of_the_image_that_they_are_drawn_on(truth_file):
    truth = read_presidio(truth_file({"data/IM1.dcm": [ENTRY], "data/IM2.dcm": []}))
    assert [page.name for page in truth.pages] == ["data/IM1.dcm", "data/IM2.dcm"]
    (line,) = truth.pages[0].lines
    assert line.box == Box(frame=0, x0=10, y0=8, x1=70, y1=18)
    assert line.phi == (TruthSpan(start=0, end=7, kind=None),)
    assert not truth.complete
    assert not truth.pages[1].text_free  # nothing identifies; there may be text


def test_another_padding_can_be_named(truth_file):
    assert read_presidio(truth_file({"IM1": [ENTRY]}), padding=0).pages[0].lines[0].box.x0 == 35


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ([], "the top is a list; expected an object"),
        ({"IM1": {}}, "entry 1 is an object; expected a list"),
        ({"IM1": [], "IM2": [{}]}, "entry 2[0].left is missing"),
        ({"IM1": [ENTRY | {"left": 1.5}]}, "entry 1[0].left is a number; expected a whole number"),
        ({"IM1": [ENTRY | {"width": 0}]}, "entry 1[0].width is less; expected 1 or more"),
        ({"IM1": [ENTRY | {"label": 7}]}, "entry 1[0].label is a number; expected a text"),
        (
            {"IM1": [ENTRY | {"left": 0, "width": 20}]},
            "entry 1[0] is one in its padding; expected a box in the image, which begins at 25, 25",
        ),
        ({"../IM1": []}, "entry 1 is under a name that is none; expected a relative file name"),
    ],
)
def test_what_is_wrong_is_said_by_entry_and_field(truth_file, content, message):
    with pytest.raises(UsageError) as error:
        read_presidio(truth_file(content))
    assert str(error.value) == f"ground_truth.json: {message}"


def page(**line):
    shape = Box(frame=0, x0=10, y0=8, x1=110, y1=18)
    spans = (TruthSpan(start=0, end=4, kind="name"), TruthSpan(start=6, end=10, kind="date"))
    return TruthPage(name="IM1.dcm", lines=(TruthLine(box=shape, text="ANNE: 1960", kind="name", phi=spans, **line),))


def test_truth_that_is_written_is_read_again(truth_file):
    written = as_ground_truth([page()], with_text=True)
    assert written == {
        "IM1.dcm": [
            {"label": "ANNE", "left": 35, "top": 33, "width": 40, "height": 10},
            {"label": "1960", "left": 95, "top": 33, "width": 40, "height": 10},
        ]
    }
    again = read_presidio(truth_file(written)).pages[0]
    assert [line.box for line in again.lines] == [
        Box(frame=0, x0=10, y0=8, x1=50, y1=18),
        Box(frame=0, x0=70, y0=8, x1=110, y1=18),
    ]


def test_labels_are_kinds_unless_text_is_asked_for():
    assert [entry["label"] for entry in as_ground_truth([page()])["IM1.dcm"]] == ["NAME", "DATE"]


def test_placeholders_are_no_truth():
    assert as_ground_truth([page(ignore=True)]) == {"IM1.dcm": []}


def test_found_boxes_are_in_the_image_s_own_pixels():
    assert as_boxes([(Box(frame=0, x0=10, y0=8, x1=70, y1=18), "name")]) == [
        {"left": 10, "top": 8, "width": 60, "height": 10, "entity_type": "NAME"}
    ]
