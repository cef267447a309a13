import pytest
from fakes import text_line as _line

from deburn import Policy
from deburn.redactor.decision import classify
from deburn.redactor.dicom import Identity


def _masked(*lines):
    return {finding.line.text for finding in classify(lines, Identity(), Policy()) if finding.mask}


HOSPITAL = _line("Hospital Ostwig", 100, 100)


@pytest.mark.parametrize(
    ("text", "x0", "y0"),
    [
        ("Community", 100, 82),  # above, edges in line
        ("Community", 124, 118),  # below, middles in line
        ("Community", 235, 100),  # behind it in its row
        ("General Community", 100, 118),
    ],
)
def test_plain_words_beside_an_institution_belong_to_its_name(text, x0, y0):
    line = _line(text, x0, y0)
    assert _masked(line) == set()
    assert _masked(HOSPITAL, line) == {HOSPITAL.text, text}


def test_names_of_institutions_may_have_several_such_lines():
    assert _masked(HOSPITAL, _line("Community", 100, 118), _line("General", 100, 136)) == {
        "Hospital Ostwig",
        "Community",
        "General",
    }


@pytest.mark.parametrize(
    "line",
    [
        _line("Community", 100, 160),
        _line("Community", 400, 100),
        _line("Community", 300, 82),
        _line("Community", 100, 118, height=40),
        _line("Community", 100, 118, frame=1),
        _line("Community: 3", 100, 118),
        _line("Abdomen", 100, 118),
        _line("FROZEN", 100, 118),
        _line("kV 120", 100, 118),
        _line("Name:", 100, 118),
    ],
)
def test_what_stands_apart_or_is_technical_continues_nothing(line):
    assert line.text not in _masked(HOSPITAL, line)
