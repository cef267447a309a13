import pytest

from deburn.redactor.house_numbers import house_numbers
from deburn.redactor.spans import Span


def _spans(text, name, number):
    """Return the span of each word; of the number with spaces around it as well as without."""
    start, first = text.index(name), text.index(number)
    masked = Span(start=start, end=start + len(name), category="person", score=0.6, reason="a rule")
    kept = Span(start=first, end=first + len(number), category="scale", score=1.0, reason="a rule")
    return [kept], [masked]


@pytest.mark.parametrize(
    ("text", "name", "number"),
    [
        ("Quastelvej 208", "Quastelvej", " 208"),
        ("895 Quastel Cliffs", "Quastel Cliffs", "895 "),
        ("Contrada Quastel, 96", "Contrada Quastel", ", 96"[1:]),
        ("Quastelova 9/9", "Quastelova", " 9/9"),
        ("Strada Quastel Nr. 264", "Strada Quastel", " Nr. 264"),
    ],
)
def test_a_number_next_to_what_may_be_a_street_goes_with_it(text, name, number):
    (found,) = house_numbers(*_spans(text, name, number), text)
    assert text[found.start : found.end] == number
    assert found.category == "address"


@pytest.mark.parametrize(
    ("text", "name", "number"),
    [
        ("Quastel 12 fps", "Quastel", " 12 "),
        ("Quastel 5mm", "Quastel", " 5"),
        ("Quastel L 5", "Quastel", " 5"),
        ("Q 12", "Q", " 12"),
        ("Quastel 7.25", "Quastel", " 7.25"),
        ("Power 120 Quastel", "Quastel", " 120 "),
    ],
)
def test_what_measures_or_stands_apart_stays(text, name, number):
    assert house_numbers(*_spans(text, name, number), text) == []
