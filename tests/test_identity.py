from dataclasses import replace
from datetime import date

import pytest
from pydicom import Dataset, Sequence
from pydicom.dataelem import RawDataElement
from pydicom.tag import Tag

from deburn.redactor.dicom.identity import Identity, identity_of, parse_day


def _dataset(**values) -> Dataset:
    dataset = Dataset()
    for keyword, value in values.items():
        setattr(dataset, keyword, value)
    return dataset


def _found(dataset: Dataset) -> set[tuple[str, str, str]]:
    return {(entry.kind, entry.keyword, entry.text) for entry in identity_of(dataset).entries}


def test_no_header_knows_nobody():
    assert identity_of(Dataset()) == Identity()
    assert Identity().entries == ()


def test_takes_names_numbers_dates_and_places():
    found = _found(
        _dataset(
            PatientName="Quastel^Mirabo",
            PatientID="QX-448812",
            AccessionNumber="A77120",
            StudyDate="20190417",
            StudyTime="101502",
            InstitutionName="Klinikum Ostwig",
            OperatorsName=["Berolt^Ina", "Zandt"],
            PatientTelephoneNumbers="0551 448812",
            StationName="ROOM7",
        )
    )
    assert found == {
        ("name", "PatientName", "Quastel^Mirabo"),
        ("id", "PatientID", "QX-448812"),
        ("accession", "AccessionNumber", "A77120"),
        ("date", "StudyDate", "20190417"),
        ("time", "StudyTime", "101502"),
        ("institution", "InstitutionName", "Klinikum Ostwig"),
        ("person", "OperatorsName", "Berolt^Ina"),
        ("person", "OperatorsName", "Zandt"),
        ("phone", "PatientTelephoneNumbers", "0551 448812"),
        ("serial", "StationName", "ROOM7"),
    }


def test_finds_names_at_any_depth():
    inner = _dataset(PatientName="Quastel^Mirabo")
    for _ in range(6):
        inner = _dataset(ReferencedStudySequence=Sequence([inner]))
    assert _found(inner) == {("name", "PatientName", "Quastel^Mirabo")}


def test_code_meaning_counts_only_below_institutions_and_persons():
    code = _dataset(CodeValue="1", CodeMeaning="Ostwig North")
    assert _found(_dataset(InstitutionCodeSequence=Sequence([code]))) == {
        ("institution", "CodeMeaning", "Ostwig North")
    }
    assert _found(_dataset(AnatomicRegionSequence=Sequence([code]))) == set()


def test_free_and_private_text_gives_numbers_and_dates_but_no_words():
    dataset = _dataset(StudyDescription="Knee MRN 4488123 left, prior 2019-03-02", ImageComments="Supine view")
    block = dataset.private_block(0x0029, "MAKER", create=True)
    block.add_new(0x01, "LO", "case 998877")
    assert {(kind, text) for kind, _, text in _found(dataset)} == {
        ("id", "4488123"),
        ("id", "998877"),
        ("date", "2019-03-02"),
    }


def test_reads_raw_elements_of_files_in_any_character_set():
    dataset = _dataset(SpecificCharacterSet="ISO_IR 192")
    tag = Tag("PatientName")
    dataset._dict[tag] = RawDataElement(tag, "PN", 8, "Großk^Zoé ".encode(), 0, False, True)
    assert _found(dataset) == {("name", "PatientName", "Großk^Zoé")}
    dataset._dict[tag] = RawDataElement(tag, None, 8, b"Gro\xffk^Zo", 0, True, True)
    assert {kind for kind, _, _ in _found(dataset)} == {"name"}


def test_both_writings_of_a_name_count():
    assert {text for _, _, text in _found(_dataset(PatientName="Tanvo^Ei=谷^映=たに^えい"))} >= {"Tanvo^Ei"}


@pytest.mark.parametrize(
    ("name", "number"), [("ANONYMOUS", "REMOVED"), ("Anonymous^Patient", "0000000"), ("ANON", "000-00"), ("X^X", "N/A")]
)
def test_placeholders_identify_nobody(name, number):
    assert _found(_dataset(PatientName=name, PatientID=number)) == set()


def test_pseudonyms_stand_for_somebody():
    assert len(_found(_dataset(PatientName="ANON4711", PatientID="SUBJECT-0012"))) == 2


def test_says_which_element_it_was_at_any_depth():
    inner = _dataset(ReferencedStudySequence=Sequence([_dataset(OperatorsName="Zandt^Ina")]))
    inner.private_block(0x0029, "MAKER", create=True).add_new(0x01, "LO", "case 998877")
    elements = {known.element for known in identity_of(inner).entries}
    assert elements == {"(0008,1070) OperatorsName", "(0029,1001) private"}


def test_joining_keeps_what_the_file_itself_knows():
    own = identity_of(_dataset(PatientName="Quastel^Mirabo", Modality="DX"))
    other = replace(own.entries[0], origin="another file of the study")
    new = replace(other, text="Zandt^Ina")
    joined = own.joined([other, new])
    assert [known.element for known in joined.entries] == [
        "(0010,0010) PatientName",
        "(0010,0010) PatientName in another file of the study",
    ]
    assert joined.modality == "DX"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20190417", date(2019, 4, 17)),
        ("2019.04.17", date(2019, 4, 17)),
        ("20190417101500.000+0100", date(2019, 4, 17)),
        ("20190431", None),
        ("20190229", None),
        ("2019", None),
        ("00000101", None),
    ],
)
def test_parses_days(text, day):
    assert parse_day(text) == day


def test_values_stay_out_of_repr():
    assert "Quastel" not in repr(identity_of(_dataset(PatientName="Quastel^Mirabo", PatientBirthDate="19700203")))
