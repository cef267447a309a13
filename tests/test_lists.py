import pytest

from deburn.redactor.lists import keeps_anything, listed


def _fitting(text, *patterns):
    return [text[start:end] for start, end in listed(text, patterns)]


@pytest.mark.parametrize(
    ("text", "pattern", "fitting"),
    [
        ("ROOM 7", "room ?", ["ROOM 7"]),
        (" ROOM 7 ", "ROOM 7", ["ROOM 7"]),
        ("ROOM 77", "ROOM ?", []),
        ("XPROT 12", "PROT*", []),
        ("use (PROT12), then PROT9.", "PROT*", ["PROT12", "PROT9"]),
        ("PROT12", "re:prot[0-9]+", ["PROT12"]),
        ("PROT12a", "re:prot[0-9]+", []),
        ("a.b", "a.b", ["a.b"]),
        ("axb", "a.b", []),
        ("", "a", []),
        ("...", "a", []),
    ],
)
def test_patterns_fit_whole_lines_or_whole_words(text, pattern, fitting):
    assert _fitting(text, pattern) == fitting


def test_no_list_fits_nothing():
    assert listed("ROOM 7", ()) == []


@pytest.mark.parametrize(("pattern", "anything"), [("*", True), ("re:.*", True), ("??", True), ("ROOM *", False)])
def test_tells_patterns_that_would_keep_anything(pattern, anything):
    assert keeps_anything(pattern) is anything
