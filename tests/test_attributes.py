"""What a redacted file says of itself."""

import pytest
from pydicom import Dataset

from deburn import __version__
from deburn.redactor.dicom.attributes import mark_deidentified

MASKED = f"deburn {__version__}: burned-in text masked"


def test_states_that_burned_in_text_was_cleaned() -> None:
    dataset = Dataset()
    dataset.BurnedInAnnotation = "YES"
    mark_deidentified(dataset, masked=True)
    assert dataset.BurnedInAnnotation == "NO"
    assert dataset.DeidentificationMethod == MASKED
    assert len(MASKED) <= 64
    (code,) = dataset.DeidentificationMethodCodeSequence
    assert (code.CodeValue, code.CodingSchemeDesignator) == ("113101", "DCM")
    assert "PatientIdentityRemoved" not in dataset
    assert "RecognizableVisualFeatures" not in dataset


@pytest.mark.parametrize("before", [None, "", "CTP", ["CTP", "by hand"]])
def test_appends_to_what_is_there_and_only_once(before: object) -> None:
    dataset = Dataset()
    if before is not None:
        dataset.DeidentificationMethod = before
    other = Dataset()
    other.CodeValue, other.CodingSchemeDesignator, other.CodeMeaning = "113100", "DCM", "Basic Profile"
    dataset.DeidentificationMethodCodeSequence = [other]
    for _ in range(3):
        mark_deidentified(dataset, masked=True)
        mark_deidentified(dataset, masked=False)
    kept = [before] if isinstance(before, str) and before else list(before or [])  # type: ignore[call-overload]
    methods = dataset.DeidentificationMethod
    assert ([methods] if isinstance(methods, str) else list(methods)) == [*kept, MASKED]
    assert [code.CodeValue for code in dataset.DeidentificationMethodCodeSequence] == ["113100", "113101"]


def test_does_not_claim_a_mask_where_there_is_none() -> None:
    dataset = Dataset()
    mark_deidentified(dataset, masked=False)
    assert dataset.DeidentificationMethod == f"deburn {__version__}: burned-in text not found"
    mark_deidentified(dataset, masked=True)
    assert dataset.DeidentificationMethod[1] == MASKED


def described() -> Dataset:
    dataset = Dataset()
    dataset.add_new(0x00280106, "US", 3)
    dataset.add_new(0x00280107, "US", 900)
    dataset.add_new(0x00603000, "SQ", [Dataset()])
    dataset.LossyImageCompression = "01"
    dataset.PatientIdentityRemoved = "NO"
    return dataset


def test_keeps_recorded_extremes_that_still_hold() -> None:
    dataset = described()
    mark_deidentified(dataset, masked=True, extremes=(0, 900))
    assert "SmallestImagePixelValue" not in dataset
    assert dataset.LargestImagePixelValue == 900
    assert "HistogramSequence" not in dataset


def test_deletes_extremes_that_nobody_checked() -> None:
    dataset = described()
    mark_deidentified(dataset, masked=True)
    assert "SmallestImagePixelValue" not in dataset
    assert "LargestImagePixelValue" not in dataset


def test_leaves_all_else() -> None:
    dataset = described()
    mark_deidentified(dataset, masked=False)
    assert dataset.SmallestImagePixelValue == 3
    assert "HistogramSequence" in dataset
    assert dataset.LossyImageCompression == "01"
    assert dataset.PatientIdentityRemoved == "NO"
