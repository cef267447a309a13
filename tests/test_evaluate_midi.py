import csv
import json
import sqlite3
from hashlib import md5

import pytest

from deburn import Box, UsageError
from deburn.training.evaluate_midi import read_midi

HIDDEN = {"text": "ANNE EXAMPLE [F] DOB:01.02.1960", "top_left": [10, 8], "bottom_right": [70, 18]}
DIGEST = md5(b"pixels").hexdigest()


def check(action, action_text):
    return {"tag": "<(7fe0,0010)>", "action": f"<{action}>", "action_text": f"<{action_text}>", "value": "<>"}


def answers(*checks):
    return json.dumps({str(number): one for number, one in enumerate(checks)})


@pytest.fixture
def files(write_file, tmp_path):
    write_file("in/a/IM1", SOPInstanceUID="1.2.3.1", SeriesInstanceUID="1.2.3")
    write_file("in/a/IM2", SOPInstanceUID="1.2.3.2", SeriesInstanceUID="1.2.3")
    (tmp_path / "in/notes.txt").write_text("no DICOM")
    return tmp_path / "in"


@pytest.fixture(params=["key.db", "key.csv"])
def key(request, tmp_path):
    """Write an answer key in both of its forms."""

    def write(*rows):
        path = tmp_path / request.param
        columns = list(rows[0])
        if path.suffix == ".csv":
            with path.open("w", newline="") as file:
                table = csv.DictWriter(file, columns)
                table.writeheader()
                table.writerows(rows)
            return path
        with sqlite3.connect(path) as database:
            database.execute(f"CREATE TABLE answer_data ({', '.join(columns)})")
            places = ", ".join("?" * len(columns))
            database.executemany(f"INSERT INTO answer_data VALUES ({places})", [tuple(row.values()) for row in rows])
        database.close()
        return path

    return write


def test_gives_the_boxes_to_hide_and_the_pixels_to_retain(key, files):
    truth = read_midi(
        key(
            {"SOPInstanceUID": "1.2.3.1", "AnswerData": answers(check("pixels_hidden", json.dumps(HIDDEN)))},
            {
                "SOPInstanceUID": "1.2.3.2",
                "AnswerData": answers(check("text_removed", "x"), check("pixels_retained", DIGEST)),
            },
        ),
        files,
    )
    hidden, retained = truth.pages
    assert (hidden.name, retained.name) == ("a/IM1", "a/IM2")
    assert hidden.lines[0].box == Box(frame=0, x0=10, y0=8, x1=70, y1=18)
    assert retained.pixels_md5 == DIGEST
    assert not truth.complete


def test_labels_within_a_region_are_nobody_s_identity(key, files):
    truth = read_midi(
        key({"SOPInstanceUID": "1.2.3.1", "AnswerData": answers(check("pixels_hidden", json.dumps(HIDDEN)))}), files
    )
    (line,) = truth.pages[0].lines
    assert [line.text[span.start : span.end] for span in line.phi] == ["ANNE EXAMPLE", "01.02.1960"]


def test_a_series_scope_counts_for_each_of_its_images(key, files):
    row = {
        "scope": "<Series>",
        "SeriesInstanceUID": "1.2.3",
        "SOPInstanceUID": "",
        "AnswerData": answers(check("pixels_retained", DIGEST)),
    }
    assert sorted(page.name for page in read_midi(key(row), files).pages) == ["a/IM1", "a/IM2"]


def test_an_instance_that_is_not_there_is_named_by_its_row(key, files):
    truth = read_midi(key({"SOPInstanceUID": "9.9", "AnswerData": answers(check("pixels_retained", DIGEST))}), files)
    assert truth.pages[0].name.startswith("row 1 of key.")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"SOPInstanceUID": "1"}, "row 1: column AnswerData is missing"),
        ({"SOPInstanceUID": "1", "AnswerData": ""}, "row 1: column AnswerData is empty or no text"),
        ({"SOPInstanceUID": "1", "AnswerData": "{"}, "row 1: AnswerData (line 1) is no JSON"),
        ({"SOPInstanceUID": "1", "AnswerData": '{"0": {}}'}, "row 1: AnswerData entry 1.action is missing"),
        (
            {"SOPInstanceUID": "1", "AnswerData": answers(check("pixels_retained", "ANNE"))},
            "row 1: AnswerData entry 1.action_text is none; expected an MD5 of 32 hexadecimal digits",
        ),
        (
            {"SOPInstanceUID": "1", "AnswerData": answers(check("pixels_hidden", '{"text": "ANNE"}'))},
            "row 1: AnswerData entry 1.action_text.top_left is missing",
        ),
        (
            {"SOPInstanceUID": "", "AnswerData": answers(check("pixels_retained", DIGEST))},
            "row 1: column SOPInstanceUID is empty or no text",
        ),
        (
            {"scope": "<All>", "SOPInstanceUID": "1", "AnswerData": answers(check("pixels_retained", DIGEST))},
            "row 1: column scope is none of Instance, Series, Study, Patient",
        ),
    ],
)
def test_what_is_wrong_is_said_by_row_and_column_and_never_by_value(key, files, row, message):
    path = key(row)
    with pytest.raises(UsageError) as error:
        read_midi(path, files)
    assert str(error.value) == f"{path.name}: {message}"
    assert "ANNE" not in str(error.value)


def test_a_key_without_pixels_or_table_is_refused(key, files, tmp_path):
    path = key({"SOPInstanceUID": "1", "AnswerData": answers(check("text_removed", "x"))})
    with pytest.raises(UsageError, match="says nothing of pixels"):
        read_midi(path, files)
    sqlite3.connect(tmp_path / "other.db").close()
    with pytest.raises(UsageError, match=r"other\.db: is no SQLite database with a table answer_data"):
        read_midi(tmp_path / "other.db", files)


def test_rows_of_several_scopes_about_one_image_are_one_page(key, files):
    rows = [
        {
            "scope": "<Instance>",
            "SOPInstanceUID": "1.2.3.1",
            "SeriesInstanceUID": "1.2.3",
            "AnswerData": answers(check("pixels_hidden", json.dumps(HIDDEN))),
        },
        {
            "scope": "<Series>",
            "SOPInstanceUID": "",
            "SeriesInstanceUID": "1.2.3",
            "AnswerData": answers(check("pixels_hidden", json.dumps(HIDDEN | {"top_left": [0, 0]}))),
        },
    ]
    pages = {page.name: len(page.lines) for page in read_midi(key(*rows), files).pages}
    assert pages == {"a/IM1": 2, "a/IM2": 1}
