"""The header beside a synthetic page: the patient's own, nobody's, an anonymised one, or somebody else's."""

from functools import cache
from typing import Literal

import numpy as np
from pydicom import DataElement, Dataset
from pydicom.datadict import dictionary_VR, tag_for_keyword

from ..redactor.dicom import Identity, identity_of
from .draws import chance, digits, pick, weighted
from .strings import Patient, draw_patient

Header = Literal["own", "empty", "anonymised", "other"]
# How often each stands beside a page: half of what identifies agrees with the header.
_SHARES: tuple[tuple[float, Header], ...] = ((60, "own"), (20, "empty"), (10, "anonymised"), (10, "other"))
# Of a header that agrees, each attribute is there with this probability.
_PRESENT = 0.85
_DATES = ("StudyDate", "StudyTime", "DeviceSerialNumber", "StationName", "InstitutionName")


def draw_identity(rng: np.random.Generator, patient: Patient, header: Header | None = None) -> Identity:
    """Return what a page's header says about people; by default of a kind that is drawn."""
    header = header or weighted(rng, _SHARES)
    if header == "own":
        values = {name: value for name, value in patient.header().items() if chance(rng, _PRESENT)}
    elif header == "other":
        values = draw_patient(rng).header()
    elif header == "anonymised":
        values = _anonymised(rng, patient)
    else:
        values = {}
    return identity_of(_dataset(values))


def _anonymised(rng: np.random.Generator, patient: Patient) -> dict[str, str]:
    name = pick(rng, ("ANONYMOUS", "Anonymized", f"ANON{digits(rng, 4)}", f"SUBJ-{digits(rng, 3)}", "", "NONAME"))
    values = {"PatientName": name, "PatientID": digits(rng, pick(rng, (3, 5, 8))), "PatientSex": patient.sex}
    kept = {name: patient.header()[name] for name in _DATES if chance(rng, 0.3)}
    return values | kept


def _dataset(values: dict[str, str]) -> Dataset:
    dataset = Dataset()
    dataset.SpecificCharacterSet = "ISO_IR 192"
    for keyword, value in values.items():
        tag, vr = _element(keyword)
        # Consoles write longer values than the Standard allows; checking them here would only warn.
        dataset[tag] = DataElement(tag, vr, value, validation_mode=0)
    return dataset


@cache
def _element(keyword: str) -> tuple[int, str]:
    tag = tag_for_keyword(keyword)
    assert tag is not None
    return tag, dictionary_VR(tag)
