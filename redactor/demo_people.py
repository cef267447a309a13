"""People who do not exist, for the demo: in a header, and as a console burns them in."""

from dataclasses import dataclass
from datetime import date, time

from pydicom import Dataset


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An invented patient at an invented hospital.

    Attributes
    ----------
    family, given, patient_id, sex, hospital, accession, doctor : str
    born, examined : date
    at : time
        Of the examination.
    """

    family: str
    given: str
    patient_id: str
    sex: str
    hospital: str
    accession: str
    doctor: str
    born: date
    examined: date
    at: time


PEOPLE = (
    Person(
        family="Kowalter",
        given="Mirela",
        patient_id="ZQ4471902",
        sex="F",
        hospital="St. Brenda Hospital",
        accession="AC7730418",
        doctor="Ostrander",
        born=date(1958, 3, 14),
        examined=date(2021, 9, 27),
        at=time(10, 42, 17),
    ),
    Person(
        family="Ferrandi",
        given="Tomas",
        patient_id="PX8820365",
        sex="M",
        hospital="Lakeview Clinic",
        accession="AC5519027",
        doctor="Whitlock",
        born=date(1971, 11, 5),
        examined=date(2022, 2, 8),
        at=time(15, 6, 48),
    ),
    Person(
        family="Abernath",
        given="Ruth",
        patient_id="MN3094417",
        sex="F",
        hospital="Northgate Imaging",
        accession="AC2048861",
        doctor="Delacour",
        born=date(1944, 7, 30),
        examined=date(2020, 5, 19),
        at=time(8, 21, 3),
    ),
)


def fill_header(dataset: Dataset, person: Person) -> None:
    """Put the person into a header, so that it agrees with what is burned in."""
    dataset.PatientName = f"{person.family}^{person.given}"
    dataset.PatientID = person.patient_id
    dataset.PatientBirthDate = person.born.strftime("%Y%m%d")
    dataset.PatientSex = person.sex
    dataset.InstitutionName = person.hospital
    dataset.AccessionNumber = person.accession
    dataset.ReferringPhysicianName = person.doctor
    dataset.StudyDate = dataset.SeriesDate = dataset.ContentDate = person.examined.strftime("%Y%m%d")
    dataset.StudyTime = dataset.SeriesTime = dataset.ContentTime = person.at.strftime("%H%M%S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A line to burn in.

    Attributes
    ----------
    text : str
    secret : str
        The part of it that identifies; empty where nothing does.
    corner : {"nw", "ne", "sw", "se"}
        Where it is stacked.
    """

    text: str
    secret: str
    corner: str


def identifying(person: Person, style: int) -> tuple[Words, ...]:
    """Give the lines that name the person, as one of three kinds of console writes them."""
    name = f"{person.family.upper()}, {person.given.upper()}"
    day, clock, number = person.examined, person.at.strftime("%H:%M:%S"), person.patient_id
    if style == 0:
        born, when = f"{person.born:%d.%m.%Y}", f"{day:%d.%m.%Y}"
        lines = [(name, name), (f"ID: {number}", number), (f"DOB: {born}", born)]
    elif style == 1:
        born, when = f"{person.born:%m/%d/%Y}", f"{day:%m/%d/%Y}"
        name = f"{person.given} {person.family}"
        lines = [(name, name), (number, number), (f"Born {born} {person.sex}", born)]
    else:
        born, when = f"{person.born:%Y-%m-%d}", f"{day:%Y-%m-%d}"
        lines = [(f"Name: {name}", name), (f"Acc {person.accession}", person.accession), (born, born)]
    left = tuple(Words(text=text, secret=secret, corner="nw") for text, secret in lines)
    right = tuple(Words(text=text, secret=text, corner="ne") for text in (person.hospital, f"{when} {clock}"))
    return left + right


def harmless(*texts: str, corner: str = "sw") -> tuple[Words, ...]:
    """Give lines that identify nobody and should stay."""
    return tuple(Words(text=text, secret="", corner=corner) for text in texts)
