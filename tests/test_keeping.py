import pytest

from deburn.redactor.keeping import known_words
from deburn.redactor.spans import Span
from deburn.redactor.tokens import tokens_of


def _known(text, doubts=()):
    return [span.category for span in known_words(tokens_of(text, (1.0,) * len(text)), doubts)]


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        ("W 400", ["technique", "technique"]),
        ("10", ["scale"]),
        ("3.42 cm", ["measurement", "measurement"]),
        ("LIVER", ["anatomy"]),
        ("L", ["laterality"]),
        ("LOGIQ", ["device"]),
        ("birthdate:", ["interface"]),
        ("whether", ["other"]),
    ],
)
def test_names_what_may_stay(text, categories):
    assert _known(text) == categories


def test_leaves_out_what_is_in_doubt():
    doubt = Span(start=0, end=5, category="name", score=0.6, reason="test")
    assert _known("Quast LIVER", [doubt]) == ["anatomy"]
