import pytest
from pydicom import Dataset

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
