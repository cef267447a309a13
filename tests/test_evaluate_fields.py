import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deburn import UsageError
from deburn.training.evaluate_fields import Field, parse_json, read_json
from deburn.training.evaluate_midi import _pixel_checks
from deburn.training.evaluate_presidio import read_presidio
from deburn.training.evaluate_read import _page
from deburn.training.evaluate_truth import TruthPage

# A value that must not come up in any message: digits and letters that no message has.
NOISE = "Zq7731"
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.just(NOISE)
WORDS = [
    "frame",
    "boxes",
    "x",
    "y",
    "w",
    "h",
    "text",
    "kind",
    "phi",
    "ignore",
    "label",
    "left",
    "top",
    "width",
    "height",
]
NAMES = st.sampled_from([*WORDS, "action", "action_text", "top_left", "bottom_right"])
LINE = {"x": 1, "y": 2, "w": 30, "h": 9, "text": NOISE, "kind": "name", "phi": [[0, 3]]}
ENTRY = {"label": NOISE, "left": 30, "top": 30, "width": 9, "height": 9}
DOCUMENTS = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=12,
)


def spoiled(good):
    """A good object in which one value is something else."""
    return st.tuples(st.sampled_from(sorted(good)), DOCUMENTS).map(lambda change: good | {change[0]: change[1]})


def refused_or_read(read, document, folder):
    path = folder / "truth.json"
    path.write_text(json.dumps(document))
    try:
        return read(path)
    except UsageError as error:
        message = str(error)
    assert NOISE not in message
    assert message.startswith("truth.json: ")
    assert "\n" not in message
    return None


@given(DOCUMENTS | spoiled(LINE).map(lambda line: {"boxes": [line]}))
def test_own_truth_is_read_or_refused_without_quoting_it(tmp_path_factory, document):
    page = refused_or_read(lambda path: _page(path, "truth"), document, tmp_path_factory.getbasetemp())
    assert page is None or isinstance(page, TruthPage)


@given(DOCUMENTS | spoiled(ENTRY).map(lambda entry: {"IM1": [entry]}))
def test_presidio_s_truth_is_read_or_refused_without_quoting_it(tmp_path_factory, document):
    truth = refused_or_read(read_presidio, document, tmp_path_factory.getbasetemp())
    assert truth is None or all(isinstance(page, TruthPage) for page in truth.pages)


@given(DOCUMENTS)
def test_answers_of_midi_b_are_read_or_refused_without_quoting_them(document):
    answers = json.dumps({"0": {"action": "<pixels_hidden>", "action_text": document}, "1": document})
    message = ""
    try:
        list(_pixel_checks(answers, "row 1"))
    except UsageError as error:
        message = str(error)
    assert NOISE not in message


def test_places_lead_to_the_value_that_is_wrong():
    top = Field(file="f", place="", value={"a": [{"b": "x"}]})
    (item,) = top.get("a").items()
    with pytest.raises(UsageError, match=r"^f: a\[0\]\.b is a text; expected a whole number$"):
        item.get("b").whole()


@pytest.mark.parametrize("text", ["", "{", "nul", "[" * 100_000, '{"a": 1} x'])
def test_what_is_no_json_is_refused(text):
    with pytest.raises(UsageError, match=r"^f: the top.* is no JSON$"):
        parse_json(text, "f")


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e999"])
def test_numbers_are_finite(value):
    with pytest.raises(UsageError, match="the top is a number; expected a number that is finite"):
        parse_json(value, "f").number()


def test_values_stay_out_of_repr():
    assert NOISE not in repr(Field(file="f", place="", value=NOISE))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"^missing\.json: cannot be read: No such file or directory$"):
        read_json(tmp_path / "missing.json")
