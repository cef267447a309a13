"""Words with one character that the reader does not know: terms are completed, names stay unreadable."""

import pytest
from fakes import text_line

from deburn.redactor.half_known import completed


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("LYMP� NODE", "LYMPH NODE"),
        ("P�ILIPS", "PHILIPS"),
        ("�hilips", "philips"),
        ("Left �idney, long.", "Left kidney, long."),
    ],
)
def test_terms_are_completed(read: str, meant: str) -> None:
    line = text_line(read, 10, 10)
    whole = completed(line)
    assert whole.text == meant
    assert whole.character_scores == line.character_scores
    assert whole.character_spans == line.character_spans


@pytest.mark.parametrize(
    "read",
    [
        "SM�TH",  # a name
        "Topi�",  # a word, and a surname with a letter beyond Latin-1
        "Musi� A",
        "��LIPS",  # two letters
        "LI�E",  # too short: line, life, like
        "J�5Gson",
        "�",
    ],
)
def test_what_may_be_a_name_stays_as_it_was_read(read: str) -> None:
    line = text_line(read, 10, 10)
    assert completed(line) == line
