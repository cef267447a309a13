"""Invent whole patients: everything about one examination that a console may burn into its pixels."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from .draws import chance, digits, pick, weighted, whole
from .names import Culture, culture_of, given_name, place, plain, surname

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_INSTITUTIONS: tuple[str, ...] = (
    "{city} General Hospital", "{city} Hospital", "St. {saint} Hospital", "{saint} Memorial Hospital",
    "{city} Med Ctr", "{city} Medical Center", "University Hospital {city}", "{city} University Medical Centre",
    "{name} Clinic", "{name} Medical Clinic", "{city} Imaging", "{city} Imaging Center",
    "{name} & {other} Radiology", "{city} Health", "{city} Children's Hospital", "Royal {city} Infirmary",
    "{city} Community Clinic", "{name}, {other} and {saint} Clinic", "{city} Veterinary Hospital",
    "{name} Vet Clinic", "{city} Womens Health", "{city} Cancer Centre", "{city} Radiology", "Klinikum {city}",
    "Universitätsklinikum {city}", "Krankenhaus {city}", "{saint}-Hospital {city}", "Uniklinik {city}",
    "Praxis Dr. {name}", "Gemeinschaftspraxis {name}/{other}", "MVZ {city}", "Radiologie {city}",
    "Herzzentrum {city}", "Frauenklinik {city}", "Tierklinik {city}", "Kantonsspital {city}",
    "Marien-Krankenhaus {city}", "Inselspital {city}", "CHU {city}", "CHU de {city}", "CH {city}",
    "Hôpital {saint}", "Clinique {saint}", "Centre Hospitalier {city}", "Polyclinique de {city}",
    "Cardiologie {name}", "Cabinet Dr {name}", "Centre d'imagerie {city}", "Institut {name}", "Hospital {city}",
    "Hospital Universitario {city}", "Clínica {name}", "Hospital San {saint}", "Centro Médico {city}",
    "Clínica {saint}", "Santa Casa {city}", "Hospital das Clínicas {city}", "Ospedale {city}", "Policlinico {city}",
    "Casa di Cura {name}", "AO {city}", "Szpital {city}", "SPZOZ {city}", "Nemocnice {city}",
    "Magyar {city} Kozpont", "{city} Sykehus", "{city} Sjukhus", "{city} Universitetssjukhus",
    "Rigshospitalet {city}", "{city} Sairaala", "Ziekenhuis {city}", "{city} MC", "UZ {city}", "AZ {saint}",
    "{city} Devlet Hastanesi", "Ozel {city} Tip Merkezi", "Benh vien {city}", "BV {city}", "{city} Renmin Hospital",
    "{city} Daigaku Byoin", "Rumah Sakit {city}", "{name} Diagnostics", "Al {city} Hospital", "{city} Nursing Home",
    "{name} Scan Centre", "{city} Heart Institute", "{acronym}", "{acronym} {city}", "{name} MRI",
    "{city} Ultrasound", "{name} Health Care", "{name} Labs", "{city} Echo Lab", "{name} Healthcare",
)  # fmt: skip

_STREETS: tuple[str, ...] = (
    "{n} {name} St", "{n} {name} Street", "{n} {name} Ave", "{n} N {name} Rd", "{name}str. {n}", "{name}straße {n}",
    "{name}weg {n}", "{n} rue de {name}", "{n}, rue {name}", "{n} av. {name}", "Calle {name} {n}", "Via {name} {n}",
    "ul. {name} {n}", "{name}gatan {n}", "{n} {name} Lane", "PO Box {n}", "{n} {name} Blvd", "Rua {name}, {n}",
)  # fmt: skip

_PHONES: tuple[str, ...] = (
    "({3}) {3}-{4}", "{3}-{3}-{4}", "+49 {3} {6}", "0{3}/{6}", "+33 {1} {2} {2} {2} {2}", "0{3} {3} {4}",
    "{3}.{3}.{4}", "+{2} {2} {3} {4}", "{4}-{4}", "+1 {3} {3} {4}", "{3}-{4}", "0{2} {2} {2} {2} {2}",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """An invented patient with one examination; `header` gives the DICOM attributes that agree."""

    family: str
    given: str
    middle: str
    sex: str
    birth: date
    study: datetime
    patient_id: str
    other_id: str
    accession: str
    study_id: str
    institution: str
    department: str
    street: str
    city: str
    phone: str
    email: str
    url: str
    physician_family: str
    physician_given: str
    operator_family: str
    operator_given: str
    station: str
    serial: str

    @property
    def age(self) -> int:
        """Age in whole years on the day of the study."""
        before = (self.study.month, self.study.day) < (self.birth.month, self.birth.day)
        return self.study.year - self.birth.year - before

    @property
    def initials(self) -> str:
        """Initials of the operator."""
        return (plain(self.operator_given)[0] + plain(self.operator_family)[0]).upper()

    def header(self) -> dict[str, str]:
        """Return the DICOM attributes that agree with this patient, keyword to value."""
        return {
            "PatientName": f"{self.family}^{self.given}^{self.middle}".rstrip("^"),
            "PatientID": self.patient_id,
            "OtherPatientIDs": self.other_id,
            "PatientBirthDate": f"{self.birth:%Y%m%d}",
            "PatientSex": self.sex,
            "PatientAge": f"{self.age:03d}Y",
            "PatientAddress": f"{self.street}, {self.city}",
            "PatientTelephoneNumbers": self.phone,
            "AccessionNumber": self.accession,
            "StudyID": self.study_id,
            "StudyDate": f"{self.study:%Y%m%d}",
            "StudyTime": f"{self.study:%H%M%S}",
            "InstitutionName": self.institution,
            "InstitutionAddress": self.city,
            "InstitutionalDepartmentName": self.department,
            "ReferringPhysicianName": f"{self.physician_family}^{self.physician_given}",
            "OperatorsName": f"{self.operator_family}^{self.operator_given}",
            "StationName": self.station,
            "DeviceSerialNumber": self.serial,
        }


def draw_patient(rng: np.random.Generator) -> Patient:
    """Invent a patient; the same generator state gives the same patient."""
    culture = culture_of(rng)
    # Staff and towns share the patient's culture more often than not.
    staff = culture if chance(rng, 0.6) else culture_of(rng)
    study = datetime(1988, 1, 1) + timedelta(seconds=int(rng.random() * 40 * 365.25 * 86400))
    family, city = surname(rng, culture), place(rng, staff)
    return Patient(
        family=family,
        given=_given(rng, culture),
        middle=given_name(rng, culture) if chance(rng, 0.2) else "",
        sex=weighted(rng, ((48, "M"), (48, "F"), (4, "O"))),
        birth=(study - timedelta(days=int(_age(rng) * 365.25))).date(),
        study=study,
        patient_id=draw_id(rng),
        other_id=draw_id(rng),
        accession=draw_accession(rng, study),
        study_id=digits(rng, whole(rng, 1, 6)),
        institution=_institution(rng, staff, city),
        department=pick(
            rng, ("Radiology", "Radiologie", "Cardiology", "Echo Lab", "Ultraschall", "OB/GYN", "Imaging", "ICU")
        ),
        street=pick(rng, _STREETS).format(n=whole(rng, 1, 9999 if chance(rng, 0.3) else 199), name=surname(rng, staff)),
        city=f"{_postcode(rng)} {city}" if chance(rng, 0.6) else f"{city}, {digits(rng, 5)}",
        phone=draw_phone(rng),
        email=_email(rng, family),
        url=_url(rng, city),
        physician_family=surname(rng, staff),
        physician_given=given_name(rng, staff),
        operator_family=surname(rng, staff),
        operator_given=given_name(rng, staff),
        station=_station(rng),
        serial=_serial(rng),
    )


def draw_id(rng: np.random.Generator) -> str:
    """Invent a patient's number as hospitals give them: digits, prefixes, dashes, check letters."""
    shape = rng.random()
    if shape < 0.45:
        return digits(rng, whole(rng, 4, 11))
    if shape < 0.60:
        return letters(rng, whole(rng, 1, 4)) + digits(rng, whole(rng, 3, 9))
    if shape < 0.70:
        return letters(rng, whole(rng, 1, 4)) + "-" + digits(rng, whole(rng, 3, 8))
    if shape < 0.78:
        return "-".join(digits(rng, whole(rng, 2, 4)) for _ in range(whole(rng, 2, 5)))
    if shape < 0.83:
        return digits(rng, whole(rng, 3, 7)) + pick(rng, "/-.") + digits(rng, whole(rng, 1, 4))
    if shape < 0.88:
        return digits(rng, whole(rng, 3, 8)) + letters(rng, whole(rng, 1, 3))
    if shape < 0.92:
        return f"{digits(rng, 3)}-{digits(rng, 2)}-{digits(rng, 4)}"
    if shape < 0.96:
        return digits(rng, 6) + pick(rng, ("-", "+", "/", " ")) + digits(rng, 4)
    return "".join(pick(rng, "0123456789" * 2 + _LETTERS) for _ in range(whole(rng, 5, 12)))


def draw_accession(rng: np.random.Generator, study: datetime) -> str:
    """Invent an accession number."""
    shape = rng.random()
    if shape < 0.4:
        return digits(rng, whole(rng, 5, 10))
    if shape < 0.6:
        return f"{study:%Y}{digits(rng, whole(rng, 4, 8))}"
    if shape < 0.8:
        return f"{study:%y}-{digits(rng, whole(rng, 4, 7))}"
    return pick(rng, ("A", "ACC", "RAD", "US", "CT", "E", "X", "MR", "EX")) + digits(rng, whole(rng, 4, 9))


def draw_phone(rng: np.random.Generator) -> str:
    """Invent a telephone number."""
    shape = pick(rng, _PHONES)
    for count in "123456":
        while "{" + count + "}" in shape:
            shape = shape.replace("{" + count + "}", digits(rng, int(count)), 1)
    return shape


def letters(rng: np.random.Generator, count: int) -> str:
    """Draw `count` capital letters."""
    return "".join(pick(rng, _LETTERS) for _ in range(count))


def _given(rng: np.random.Generator, culture: Culture) -> str:
    name = given_name(rng, culture)
    return f"{name} {given_name(rng, culture)}" if chance(rng, 0.08) else name


def _age(rng: np.random.Generator) -> float:
    return weighted(rng, ((75, 18 + 70 * rng.random()), (15, 18 * rng.random()), (10, 88 + 15 * rng.random())))


def _institution(rng: np.random.Generator, culture: Culture, city: str) -> str:
    name = pick(rng, _INSTITUTIONS).format(
        city=city,
        name=surname(rng, culture),
        other=surname(rng, culture),
        saint=given_name(rng, culture),
        acronym=letters(rng, whole(rng, 2, 5)),
    )
    return name if chance(rng, 0.6) else plain(name)


def _postcode(rng: np.random.Generator) -> str:
    return pick(
        rng,
        (digits(rng, 5), f"D-{digits(rng, 5)}", digits(rng, 4), f"{digits(rng, 2)}-{digits(rng, 3)}",
         f"{letters(rng, 2)}{digits(rng, 1)} {digits(rng, 1)}{letters(rng, 2)}"),
    )  # fmt: skip


def _email(rng: np.random.Generator, family: str) -> str:
    user = "".join(character for character in plain(family).lower() if character.isalnum())
    return f"{pick(rng, ('', 'dr.', 'info.', letters(rng, 1).lower()))}{user}@{_domain(rng)}"


def _domain(rng: np.random.Generator) -> str:
    return f"{given_name(rng, culture_of(rng)).lower()}{pick(rng, ('', '-clinic', 'med', 'hospital'))}".encode(
        "ascii", "ignore"
    ).decode() + pick(rng, (".org", ".com", ".de", ".fr", ".net", ".edu", ".co.uk", ".nhs.uk"))


def _url(rng: np.random.Generator, city: str) -> str:
    host = "".join(character for character in plain(city).lower() if character.isalnum())
    return (
        pick(rng, ("www.", "http://", "https://"))
        + host
        + pick(rng, ("", "-klinik", "hospital"))
        + pick(rng, (".org", ".com", ".de", ".fr", ".net"))
    )


def _station(rng: np.random.Generator) -> str:
    return (
        pick(rng, ("US", "CT", "MR", "DX", "ROOM", "ECHO", "WS", "AWP", "MED", "XA"))
        + pick(rng, ("", "-", "_"))
        + digits(rng, whole(rng, 1, 6))
    )


def _serial(rng: np.random.Generator) -> str:
    return (
        pick(rng, ("", letters(rng, 1), letters(rng, 2), letters(rng, 3)))
        + digits(rng, whole(rng, 4, 10))
        + pick(rng, ("", "", letters(rng, 1), letters(rng, 2) + digits(rng, 1)))
    )
