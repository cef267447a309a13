import json

import pytest

from deburn import Box, UsageError
from deburn.training.evaluate_read import read_truth
from deburn.training.evaluate_truth import TruthLine, TruthSpan, span_box

SECRET = "EXAMPLE, ANNE"
LINE = {"x": 10, "y": 8, "w": 60, "h": 10, "text": SECRET, "kind": "name", "phi": [[0, 13]]}
# A value that must not come up in a message.
NOISE = "Q7731"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "truth").mkdir()
    return tmp_path / "truth"


def write(folder, name, boxes, **more):
    (folder / f"{name}.json").write_text(json.dumps({"frame": 0, "boxes": boxes, **more}))


def index(folder, *rows, columns="name,class,split,variant_of"):
    (folder.parent / "index.csv").write_text("\n".join((columns, *rows)) + "\n")


def read(folder, **options):
    return read_truth(folder, folder.parent, **options)


def test_gives_lines_with_their_boxes_and_spans(folder):
    write(folder, "IM1", [LINE | {"phi": [[0, 7], [9, 13, "person"]], "ignore": True}], frame=3)
    (page,) = read(folder).pages
    (line,) = page.lines
    assert (page.name, page.frame, page.text_free) == ("IM1", 3, False)
    assert line.box == Box(frame=3, x0=10, y0=8, x1=70, y1=18)
    assert line.phi == (TruthSpan(start=0, end=7, kind="name"), TruthSpan(start=9, end=13, kind="person"))
    assert line.ignore


def test_fractions_of_pixels_widen_the_box(folder):
    write(folder, "IM1", [LINE | {"x": 10.6, "w": 5.5, "y": -2, "h": 4.2}])
    box = read(folder).pages[0].lines[0].box
    assert (box.x0, box.x1, box.y0, box.y1) == (10, 17, 0, 3)


def test_reviewed_files_count_and_others_do_not(folder):
    write(folder, "IM1", [LINE], reviewed=True)
    write(folder, "IM2", [LINE], reviewed=False)
    truth = read(folder)
    assert [page.name for page in truth.pages] == ["IM1"]
    assert truth.skipped == 1


def test_only_lines_of_the_judged_frame_count(folder):
    write(folder, "IM1", [LINE | {"frame": 2}, LINE | {"frame": 4, "x": 20}], frame=4, reviewed=True)
    write(folder, "IM2", [], frame=4, reviewed=True, text_free=False)
    one, other = read(folder).pages
    assert [line.box for line in one.lines] == [Box(frame=4, x0=20, y0=8, x1=80, y1=18)]
    assert not other.text_free  # its other frames may hold text


def test_lines_that_nobody_read_are_judged_by_their_kind(folder):
    unknown = LINE | {"text": None, "phi": None}
    write(folder, "IM1", [unknown, unknown | {"kind": "scale"}, unknown | {"kind": None}])
    name, scale, doubt = read(folder).pages[0].lines
    assert (name.phi, name.ignore) == ((TruthSpan(start=0, end=1, kind="name"),), False)
    assert span_box(name, name.phi[0]) == name.box
    assert (scale.phi, scale.ignore) == ((), False)
    assert (doubt.phi, doubt.ignore) == ((), True)


def test_without_an_index_every_file_counts_also_in_folders(folder):
    (folder / "a").mkdir()
    write(folder / "a", "IM1", [LINE])
    write(folder, "IM2", [])
    truth = read(folder)
    assert [(page.name, page.text_free) for page in truth.pages] == [("IM2", True), ("a/IM1", False)]
    assert truth.complete


def test_index_names_text_free_images_variants_and_the_split(folder):
    write(folder, "IM1", [LINE])
    write(folder, "IM1_jpeg", [LINE])
    index(folder, "IM1,b,dev,", "IM1_jpeg,b,dev,IM1", "IM2,c,dev,", "IM3,c,test,", "IM4,a,dev,")
    truth = read(folder, split="dev")
    assert [(page.name, page.variant, page.text_free) for page in truth.pages] == [
        ("IM1", False, False),
        ("IM1_jpeg", True, False),
        ("IM2", False, True),
    ]
    assert truth.skipped == 1  # IM4 has text, but nobody wrote down which


BROKEN = {
    "boxes is missing": {"frame": 0},
    "boxes is an object; expected a list": {"frame": 0, "boxes": {}},
    "frame is a text; expected a whole number": {"frame": NOISE, "boxes": []},
    "frame is less; expected 0 or more": {"frame": -1, "boxes": []},
    "boxes[0] is a text; expected an object": {"boxes": [NOISE]},
    "boxes[0].w is missing": {"boxes": [{"x": 1, "y": 2, "h": 3}]},
    "boxes[0].x is a text; expected a number": {"boxes": [LINE | {"x": NOISE}]},
    "boxes[0].x is true or false; expected a number": {"boxes": [LINE | {"x": True}]},
    "boxes[0].h is 0 or less; expected more than 0": {"boxes": [LINE | {"h": 0}]},
    "boxes[0].text is a number; expected a text": {"boxes": [LINE | {"text": 7}]},
    "boxes[0].ignore is a text; expected true or false": {"boxes": [LINE | {"ignore": NOISE}]},
    "boxes[1].phi is missing": {"boxes": [LINE, {key: LINE[key] for key in LINE if key != "phi"}]},
    "boxes[0].phi[0] is a list of 1; expected [start, end] or [start, end, kind]": {"boxes": [LINE | {"phi": [[1]]}]},
    "boxes[0].phi[0] is none; expected a range of the text's 13 characters": {"boxes": [LINE | {"phi": [[2, 14]]}]},
    "boxes[0].phi[0][2] is a number; expected a text": {"boxes": [LINE | {"phi": [[0, 1, 2]]}]},
}


@pytest.mark.parametrize("message", BROKEN)
def test_what_is_wrong_is_said_by_file_and_field_and_never_by_value(folder, message):
    (folder / "IM1.json").write_text(json.dumps(BROKEN[message]))
    with pytest.raises(UsageError) as error:
        read(folder)
    assert str(error.value) == f"IM1.json: {message}"
    assert NOISE not in str(error.value)
    assert SECRET not in str(error.value)


@pytest.mark.parametrize(
    ("rows", "columns", "message"),
    [
        (["IM1,b"], "name,kind", "index.csv: column class is missing"),
        (["IM1,d"], "name,class", "index.csv: row 2: column class is none of a, b, c"),
        (["../IM1,c"], "name,class", "index.csv: row 2: column name is no file name"),
        (["IM1,c"], "name,class", "index.csv: row 2: column class says that there is no text, but IM1.json lists some"),
    ],
)
def test_a_wrong_index_is_refused_by_row_and_column(folder, rows, columns, message):
    write(folder, "IM1", [LINE])
    index(folder, *rows, columns=columns)
    with pytest.raises(UsageError) as error:
        read(folder)
    assert str(error.value) == message


def test_a_split_that_is_not_there_is_refused(folder):
    write(folder, "IM1", [LINE])
    with pytest.raises(UsageError, match="--split needs an index"):
        read(folder, split="dev")
    index(folder, "IM1,b,dev,")
    with pytest.raises(UsageError, match="no row is of the split"):
        read(folder, split="test")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{", b"no truth"])
def test_what_is_no_truth_is_refused(folder, content):
    (folder / "IM1.json").write_bytes(content)
    with pytest.raises(UsageError, match=r"IM1\.json: .* no "):
        read(folder)
    (folder.parent / "notes.txt").write_bytes(b"no truth" + content)
    with pytest.raises(UsageError, match=r"notes\.txt: is no truth that we know"):
        read_truth(folder.parent / "notes.txt", folder)


def test_an_empty_folder_is_refused(folder):
    with pytest.raises(UsageError, match="holds no truth"):
        read(folder)


def test_span_box_is_the_span_s_part_of_the_line():
    level = TruthLine(box=Box(frame=1, x0=10, y0=0, x1=110, y1=12), text="0123456789", kind=None, phi=())
    assert span_box(level, TruthSpan(start=2, end=5, kind=None)) == Box(frame=1, x0=30, y0=0, x1=60, y1=12)
    upright = TruthLine(box=Box(frame=1, x0=0, y0=10, x1=12, y1=110), text="0123456789", kind=None, phi=())
    assert span_box(upright, TruthSpan(start=2, end=5, kind=None)) == Box(frame=1, x0=0, y0=30, x1=12, y1=60)


def test_text_stays_out_of_repr():
    line = TruthLine(box=Box(frame=0, x0=0, y0=0, x1=1, y1=1), text=SECRET, kind=None, phi=())
    assert SECRET not in repr(line)
