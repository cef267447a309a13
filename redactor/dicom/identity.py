"""Who a dataset is about: names, numbers, dates and places from every element at any nesting level."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from pydicom import Dataset
from pydicom.charset import python_encoding
from pydicom.datadict import dictionary_has_tag, dictionary_keyword, dictionary_VR
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.tag import BaseTag
from pydicom.valuerep import PersonName

from ...errors import MalformedError

Kind = Literal["name", "person", "id", "accession", "date", "time", "institution", "address", "phone", "serial"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One value of the header that identifies someone; its text stays out of `repr`.

    Attributes
    ----------
    kind : str
        "name" is the patient, "person" anyone else.
    keyword : str
        Of the element, e.g. "PatientName"; "" for private ones.
    text : str
        As it stands in the header; the components of a name are separated by "^".
    day : date or None
        Of a date.
    tag : str
        Of the element, e.g. "(0010,0010)"; "" where the value is from no header.
    origin : str
        Where it was learned, if not in this file's header: "another file of the study", "the list of identities".
    """

    kind: Kind
    keyword: str = field(compare=False)
    text: str = field(repr=False)
    day: date | None = field(default=None, repr=False)
    tag: str = field(default="", compare=False)
    origin: str = field(default="", compare=False)

    @property
    def element(self) -> str:
        """Say which element it is, and where: "(0010,0010) PatientName in another file of the study"."""
        words = f"{self.tag} {self.keyword or 'private'}".strip()
        return f"{words} in {self.origin}" if self.origin else words


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What a header knows about the people in it; empty where there is no header.

    Attributes
    ----------
    entries : tuple of Known
        Each value once.
    modality : str
        (0008,0060), e.g. "DX"; "" if unknown. Consoles of one modality have habits in common.
    """

    entries: tuple[Known, ...] = ()
    modality: str = ""

    def joined(self, others: Iterable[Known]) -> "Identity":
        """Return this identity with what others know besides; what both know keeps this one's element."""
        return replace(self, entries=tuple(dict.fromkeys((*self.entries, *others))))

    def of(self, *kinds: Kind) -> tuple[Known, ...]:
        """Return the entries of some kinds."""
        return tuple(entry for entry in self.entries if entry.kind in kinds)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Attributes of PS3.15 table E.1-1 (and their kin) whose VR does not say what they are. Numbers first.
_IDS = _words(
    """
PatientID OtherPatientIDs StudyID AdmissionID ServiceEpisodeID MedicalRecordLocator FilmSessionLabel
RequestedProcedureID ScheduledProcedureStepID PerformedProcedureStepID PlacerOrderNumberImagingServiceRequest
FillerOrderNumberImagingServiceRequest PlacerOrderNumberProcedure FillerOrderNumberProcedure InsurancePlanIdentification
ClinicalTrialSubjectID ClinicalTrialSubjectReadingID ClinicalTrialProtocolID ClinicalTrialSiteID SpecimenIdentifier
ContainerIdentifier SpecimenAccessionNumber SlideIdentifier InterpretationID ResultsID RouteID BarcodeValue LabelText
"""
)
_SERIALS = _words(
    """
DeviceSerialNumber DetectorID GantryID PlateID CassetteID GeneratorID StationName ScheduledStationName
PerformedStationName ScheduledStationAETitle PerformedStationAETitle DeviceID LensID XRaySourceID AcquisitionDeviceID
SourceSerialNumber SourceManufacturerSerialNumber DeviceLabel
"""
)
_INSTITUTIONS = _words(
    """
InstitutionName InstitutionalDepartmentName ClinicalTrialSponsorName ClinicalTrialSiteName RequestingService
ClinicalTrialCoordinatingCenterName CurrentPatientLocation PatientInstitutionResidence
ScheduledPatientInstitutionResidence
ScheduledProcedureStepLocation PerformedLocation ResponsibleOrganization
"""
)
_ADDRESSES = _words(
    """
PatientAddress InstitutionAddress ReferringPhysicianAddress PersonAddress RegionOfResidence CountryOfResidence
"""
)
_PHONES = _words(
    """
PatientTelephoneNumbers ReferringPhysicianTelephoneNumbers PersonTelephoneNumbers OrderCallbackPhoneNumber
PatientTelecomInformation PersonTelecomInformation OrderCallbackTelecomInformation EmailAddress
"""
)
_PATIENTS = _words(
    """
PatientName OtherPatientNames PatientBirthName PatientMotherBirthName ResponsiblePerson PatientNames
"""
)
# An institution's or a person's code sequence says its name in CodeMeaning.
_CODED: dict[str, Kind] = {
    "InstitutionCodeSequence": "institution",
    "InstitutionalDepartmentTypeCodeSequence": "institution",
    "PersonIdentificationCodeSequence": "person",
}
_TEXTS = frozenset({"LO", "SH", "ST", "LT", "UT", "UC", "UN"})
_READ = _TEXTS | {"PN", "DA", "TM", "DT"}
# Words that stand in a name's or number's place in anonymised or unnamed files; they would identify nobody.
_PLACEHOLDERS = _words(
    """
ANON ANONYMOUS ANONYMIZED ANONYMISED ANONYM ANONYMIZE UNKNOWN UNNAMED NONAME NONE NULL NA NOTAVAILABLE
DEIDENTIFIED REMOVED REDACTED PATIENT SUBJECT DOCTOR PHYSICIAN OPERATOR FIRSTLAST LASTFIRST FIRSTNAME LASTNAME
PATIENTNAME PATIENTID X XX XXX XXXX XXXXX XXXXXX
"""
)


def _placeholder(text: str) -> bool:
    """Tell whether a value says only that there is none: ANON, Anonymous^Patient, 0000000."""
    words = re.findall(r"[^\W\d_]+", text.upper())
    # A pseudonym such as ANON4711 stands for one person, so it is none.
    said = _PLACEHOLDERS.issuperset(words) or "".join(words) in _PLACEHOLDERS
    return said and not re.search(r"[1-9]", text)


def identity_of(dataset: Dataset) -> Identity:
    """Collect what identifies people from all elements of a dataset, at any nesting level.

    Values of attributes that are known to identify count whole. Of other text only what looks like a number
    of five or more digits, a date, or an e-mail address counts. Values that do not decode in their declared
    character set are read as far as they do.

    Raises
    ------
    MalformedError
        A sequence does not parse.
    """
    found = dict.fromkeys(_entries(dataset, _codec(dataset, "latin-1"), None))
    return Identity(entries=tuple(found), modality=_modality(dataset))


def _modality(dataset: Dataset) -> str:
    element = dataset.get_item("Modality") if "Modality" in dataset else None
    value = element.value if element is not None else ""
    return _decoded(value, "ascii").strip(" \0").upper() if isinstance(value, (str, bytes)) else ""


def _entries(dataset: Dataset, codec: str, coded: Kind | None) -> Iterator[Known]:
    codec = _codec(dataset, codec)
    for tag in list(dataset.keys()):
        element = dataset.get_item(tag)
        keyword = dictionary_keyword(tag) if dictionary_has_tag(tag) else ""
        vr = _representation(tag, element.VR)
        if vr == "SQ":
            for item in _items(dataset, tag):
                yield from _entries(item, codec, _CODED.get(keyword, coded))
        elif vr in _READ and element.value is not None:
            name = f"({tag.group:04X},{tag.element:04X})"
            for text in _texts(element, vr, codec):
                yield from (replace(known, tag=name) for known in _known(keyword, vr, text, coded))


def _representation(tag: BaseTag, vr: str | None) -> str:
    # Implicit VR files and UN elements of known tags: the dictionary says what they are.
    if (vr in (None, "UN")) and dictionary_has_tag(tag):
        return str(dictionary_VR(tag))
    return vr or "UN"


def _items(dataset: Dataset, tag: BaseTag) -> Iterable[Dataset]:
    try:
        value = dataset[tag].value
    except Exception as error:
        raise MalformedError(f"{tag} sequence does not parse; expected items as PS3.5 section 7.5 has them") from error
    return value if value is not None else ()


def _texts(element: DataElement | RawDataElement, vr: str, codec: str) -> list[str]:
    value = element.value
    if isinstance(value, (str, bytes, PersonName)) or not isinstance(value, Iterable):
        value = [value]
    texts = [_decoded(part, codec) for part in value]
    separators = r"[\\=]" if vr == "PN" else r"\\" if vr not in ("ST", "LT", "UT") else r"[\r\n]+"
    return [piece.strip(" \0\t") for text in texts for piece in re.split(separators, text) if piece.strip(" \0\t")]


def _decoded(value: object, codec: str) -> str:
    if isinstance(value, PersonName):
        value = value.original_string if isinstance(value.original_string, bytes) else str(value)
    return value.decode(codec, errors="replace") if isinstance(value, bytes) else str(value)


def _codec(dataset: Dataset, inherited: str) -> str:
    element = dataset.get_item("SpecificCharacterSet") if "SpecificCharacterSet" in dataset else None
    if element is None or not element.value:
        return inherited
    terms = element.value.decode("ascii", "replace") if isinstance(element.value, bytes) else element.value
    first = (terms if isinstance(terms, str) else str(next(iter(terms), ""))).split("\\")[0].strip(" \0")
    # Escape sequences switch to scripts that the reader does not know; their bytes would not match anyway.
    return "latin-1" if not first or "2022" in first else python_encoding.get(first, "latin-1")


def _known(keyword: str, vr: str, text: str, coded: Kind | None) -> Iterator[Known]:
    if vr == "PN":
        if not _placeholder(text):
            yield Known(kind="name" if keyword in _PATIENTS else "person", keyword=keyword, text=text)
    elif vr in ("DA", "DT"):
        if day := parse_day(text):
            yield Known(kind="date", keyword=keyword, text=text, day=day)
        if vr == "DT" and len(text) > 8:
            yield Known(kind="time", keyword=keyword, text=text[8:])
    elif vr == "TM":
        yield Known(kind="time", keyword=keyword, text=text)
    elif kind := _kind_of(keyword, coded):
        if not _placeholder(text):
            yield Known(kind=kind, keyword=keyword, text=text)
    else:
        yield from _hidden(keyword, text)


def _kind_of(keyword: str, coded: Kind | None) -> Kind | None:
    named: tuple[tuple[frozenset[str], Kind], ...] = (
        (frozenset({"AccessionNumber"}), "accession"),
        (_IDS, "id"),
        (_SERIALS, "serial"),
        (_INSTITUTIONS, "institution"),
        (_ADDRESSES, "address"),
        (_PHONES, "phone"),
        (frozenset({"CodeMeaning"}) if coded else frozenset(), coded or "person"),
    )
    return next((kind for keywords, kind in named if keyword in keywords), None)


# A number of five digits or more that is no part of a UID or a decimal.
_NUMBER = re.compile(r"(?<![\d.])[A-Za-z]{0,3}\d{5,}[A-Za-z]?(?![\d.])")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d([-./]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?!\d)")


def _hidden(keyword: str, text: str) -> Iterator[Known]:
    """Take from free and private text only what cannot be ordinary words."""
    if len(text) > 10_000 or not text.isprintable():
        return
    for match in _DAY.finditer(text):
        if day := parse_day(match.group()):
            yield Known(kind="date", keyword=keyword, text=match.group(), day=day)
    for match in _MAIL.finditer(text):
        yield Known(kind="phone", keyword=keyword, text=match.group())
    for match in _NUMBER.finditer(text):
        yield Known(kind="id", keyword=keyword, text=match.group())


def parse_day(text: str) -> date | None:
    """Parse a DA or the date of a DT (PS3.5 table 6.2-1), also with the separators of ACR-NEMA; None if none."""
    found = re.match(r"(\d{4})[-./]?(\d\d)[-./]?(\d\d)", text)
    if found is None:
        return None
    year, month, day = map(int, found.groups())
    # 1900-01-01 and the like stand for "unknown"; matching them would do no harm, so only nonsense is left out.
    days = (31, 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return date(year, month, day) if year and 1 <= month <= 12 and 1 <= day <= days[month - 1] else None
