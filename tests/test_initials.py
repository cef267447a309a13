import pytest
from pydicom import Dataset

from deburn.redactor.dicom import identity_of
from deburn.redactor.initials import bracketed_initials, initials_of, is_setting, lead_letters, matched_initials
from deburn.redactor.tokens import tokens_of


def _tokens(text):
    return tokens_of(text, (1.0,) * len(text))


@pytest.fixture
def initials():
    dataset = Dataset()
    dataset.OperatorsName = ["Berolt^Mira^Ina", "Dr. Ranzen^Tor", "Ast^Ilo^Ram"]
    dataset.PatientName = "Ostwig^Anna"
    return initials_of(identity_of(dataset))


def test_initials_come_in_any_order_and_without_titles(initials):
    assert {"BM", "MB", "MIB", "BMI", "TR", "RT", "AO"} <= set(initials)
    assert "DR" not in initials
    assert initials["MIB"] == "(0008,1070) OperatorsName"


@pytest.mark.parametrize("text", ["MIB", "M.I.B.", "TR", "BM", "R MIB", "MIB 12"])
def test_finds_the_headers_initials(initials, text):
    (span,) = matched_initials(_tokens(text), initials)
    assert (span.category, span.element) == ("person", "(0008,1070) OperatorsName")


@pytest.mark.parametrize("text", ["RT", "RAI", "AO view", "TR 500", "mib", "MI 0.9", "L", "MIBX"])
def test_sides_views_and_terms_in_context_are_nobodys_initials(initials, text):
    assert matched_initials(_tokens(text), initials) == []


@pytest.mark.parametrize("text", ["D", "k", "W"])
@pytest.mark.parametrize(("modality", "doubted"), [("DX", True), ("", True), ("US", False), ("MR", False)])
def test_a_letter_alone_is_a_technologists_on_radiographs(text, modality, doubted):
    assert bool(lead_letters(_tokens(text), text, modality)) is doubted


@pytest.mark.parametrize("text", ["L", "R", "A", "P", "H", "F", "S", "I", "M", "5", "D 5", "+", "DD", "+C", "C--"])
def test_orientations_and_letters_with_company_are_kept(text):
    assert lead_letters(_tokens(text), text, "DX") == []


@pytest.mark.parametrize(("text", "initials"), [("R CG", "CG"), ("SD L", "SD"), ("L: CO", "CO"), ("RT. UM", "UM")])
def test_capitals_beside_a_side_marker_are_a_technologists(text, initials):
    (span,) = lead_letters(_tokens(text), text, "DX")
    assert text[span.start : span.end] == initials


@pytest.mark.parametrize(
    "text", ["R CC", "L MLO", "R LAT", "RT AP", "L KNEE", "R OV", "L R", "CG SD", "L CG 5", "L cm", "ECA LEFT"]
)
def test_views_beside_a_side_marker_are_kept(text):
    assert lead_letters(_tokens(text), text, "DX") == []


@pytest.mark.parametrize(
    ("text", "found"), [("AP <FS>", ["<FS>"]), ("<TVX>", ["<TVX>"]), ("<LAT> <R> <RAI> <Menu>", [])]
)
def test_capitals_in_angle_brackets_are_initials_unless_they_are_a_view(text, found):
    assert [text[span.start : span.end] for span in bracketed_initials(text)] == found


@pytest.mark.parametrize(
    ("text", "modality", "setting"),
    [("PST 4", "US", True), ("R/S: 12", "US", True), ("%FS 34", "US", True), ("KAL 12", "CR", False),
     ("KAL 12", "", False), ("KAL 1234", "US", False), ("KALE 12", "US", False), ("Kal 12", "US", False),
     ("MPV 12 cm/s", "US", True), ("AK: 24.5 mGy", "XA", False), ("AK: 24.5 mGy", "CT", True),
     ("KAL 12 Ony", "US", False), ("K 12", "CT", False)],
)  # fmt: skip
def test_capitals_and_a_small_number_are_a_setting_but_where_technologists_sign_in_lead(text, modality, setting):
    assert is_setting(text, modality) is setting
