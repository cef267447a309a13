import pytest
from pydicom import Dataset

from deburn.redactor import matching
from deburn.redactor.dicom import identity_of
from deburn.redactor.matching import matches, needles_of


@pytest.fixture
def needles():
    dataset = Dataset()
    dataset.PatientName = "Quastelmann^Mirabo^T"
    dataset.PatientID = "QX-448812"
    dataset.PatientBirthDate = "19610312"
    dataset.InstitutionName = "Klinikum Ostwig"
    dataset.AccessionNumber = "77"
    return needles_of(identity_of(dataset))


@pytest.mark.parametrize(
    ("text", "hit", "element"),
    [
        ("QUASTELMANN MIRABO", "QUASTELMANN MIRABO", "(0010,0010) PatientName"),
        ("Mirabo Quastelmann", "Mirabo Quastelmann", "(0010,0010) PatientName"),
        ("Quaste1rnann", "Quaste1rnann", "(0010,0010) PatientName"),
        ("QUASTELMANNMIRABO", "QUASTELMANNMIRABO", "(0010,0010) PatientName"),
        ("X448B12", "X448B12", "(0010,0020) PatientID"),
        ("12031961", "12031961", "(0010,0030) PatientBirthDate"),
        ("610312", "610312", "(0010,0030) PatientBirthDate"),
        ("QUAS TEL MANN", "QUAS TEL MANN", "(0010,0010) PatientName"),
        ("QUACTFLMAHN", "QUACTFLMAHN", "(0010,0010) PatientName"),
        ("M1RAB0", "M1RAB0", "(0010,0010) PatientName"),
        ("12. 03. 1961", "12. 03. 1961", "(0010,0030) PatientBirthDate"),
        ("1961/3/12", "1961/3/12", "(0010,0030) PatientBirthDate"),
        ("3-12-1961", "3-12-1961", "(0010,0030) PatientBirthDate"),
        ("12 03 61", "12 03 61", "(0010,0030) PatientBirthDate"),
        ("KLINIKUM 0STWIG", "KLINIKUM 0STWIG", "(0008,0080) InstitutionName"),
    ],
)
def test_finds_header_values(needles, text, hit, element):
    found = [span for span in matches(text, needles) if span.element == element]
    assert found
    assert text[min(s.start for s in found) : max(s.end for s in found)] == hit


@pytest.mark.parametrize("text", ["kV 120", "LIVER", "Depth 14 cm", "77", "Portable", "T", "0 5 10", "Manual"])
def test_leaves_other_text_alone(needles, text):
    assert matches(text, needles) == []


def test_no_header_matches_nothing():
    assert matches("Quastelmann", needles_of(identity_of(Dataset()))) == []


@pytest.mark.parametrize(
    ("word", "name", "same"),
    [
        ("ZANDT", "ZANDT", True),
        ("ZAHDT", "ZANDT", True),
        ("ZHNDT", "ZANDT", True),  # any one letter of five
        ("ZHMOT", "ZANDT", False),
        ("RUEN", "RVEN", True),  # only what looks alike in four
        ("REEN", "RVEN", False),
        ("ABF", "ABE", False),  # nothing in three
        ("QVAGTEI", "QUASTEI", False),
        ("QVACTFLMAHN", "QUASTELMANN", False),
    ],
)
def test_letters_that_look_alike_count_less_than_others(word, name, same):
    dataset = Dataset()
    dataset.PatientName = name
    assert bool(matches(word, needles_of(identity_of(dataset)))) is same


def test_equal_values_of_two_files_keep_each_its_own_element():
    named, referred, other = Dataset(), Dataset(), Dataset()
    named.PatientName = referred.ReferringPhysicianName = other.OtherPatientNames = "Quastelmann"
    found = [matches("QUASTELMANN", needles_of(identity_of(dataset))) for dataset in (named, referred, other)]
    assert [{span.element for span in spans} for spans in found] == [
        {"(0010,0010) PatientName"},
        {"(0008,0090) ReferringPhysicianName"},
        {"(0010,1001) OtherPatientNames"},
    ]


def test_remembers_no_more_lines_than_it_says(needles, monkeypatch):
    monkeypatch.setattr(matching, "_REMEMBERED", 3)
    for number in range(10):
        assert matches(f"QX-448812 {number}", needles)
    assert len(needles._found) <= 3
