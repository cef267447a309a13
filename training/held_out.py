"""The world that the classifier is measured in: names, institutions, templates and formats that it never learnt."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np

from .draws import chance, digits, pick, weighted, whole
from .held_out_names import FAMILIES, GIVEN
from .held_out_text import HELD_OUT_IDENTIFYING, HELD_OUT_INSTITUTIONS, HELD_OUT_KEPT
from .identities import letters
from .strings import Patient, draw_patient, split_templates
from .worlds import World, listed, readable
from .writing import IDENTIFYING, Writer

_TOWNS = listed(
    """
Ashbourne Brackley Cheltenham Dunmore Eastleigh Farnham Glenrock Harlow Ipsley Kendal Ludlow Malvern Northwich Otley
Pickering Ripley Stamford Tewkesbury Uppingham Wexford Amberg Bielefeld Coburg Detmold Einbeck Fulda Gifhorn Husum
Itzehoe Kassel Lemgo Minden Nordhorn Olten Passau Rheine Soest Thun Uelzen Vechta Wismar Zwickau Annecy Beaune Cahors
Dijon Evreux Foix Gap Issoire Lens Macon Niort Orange Pau Quimper Rodez Saumur Tulle Vannes Almansa Burgos Caceres
Denia Elche Gandia Huesca Jaca Lugo Merida Ourense Palencia Reus Soria Teruel Utrera Viseu Braga Faro Asti Biella
Cuneo Empoli Faenza Gaeta Imola Lecco Matera Novara Pavia Rieti Siena Trani Udine Varese Bytom Elblag Gniezno Kielce
Lomza Opole Plock Radom Torun Zamosc Boras Falun Kiruna Lund Molde Narvik Odense Skien Turku Vaasa Bursa Izmir Konya
Nagpur Mysore Surat Indore Hanoi Hue Nagoya Sendai Osaka Ibadan Kumasi Mombasa
"""
)
_DEPARTMENTS = ("Nuclear Medicine", "Röntgen", "Senology", "Endoskopie", "Dentistry", "Gastroenterology")
_STREETS = (
    "{n} {name} Crescent", "{n} {name} Drive", "{n} {name} Close", "{name}allee {n}", "{name}gasse {n}",
    "{n} place {name}", "{n}, allée {name}", "Avenida {name} {n}", "Corso {name} {n}", "Piazza {name} {n}",
    "os. {name} {n}", "{name}vägen {n}", "{name}laan {n}", "{n} {name} Court", "{n}/{m} {name} Road",
)  # fmt: skip
_MONTHS = (
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC",
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
)
# None of these is among the forms of training, nor can its free forms make them: mixed signs, and signs of their own.
_DATES = (
    "{Y}_{m}_{d}", "{d}:{m}:{Y}", "{Y}:{m}:{d}", "{d}_{m}_{Y}", "{D} {b}, {Y}", "{b}.{D},{Y}", "{d}{b}'{y}",
    "{d}. {b} {y}", "{b} {D}. {Y}", "{d}/{b} {Y}", "{d}.{m}-{Y}", "{d}|{m}|{Y}", "{Y} {b}-{d}", "{d}/{m}'{y}",
)  # fmt: skip
_TIMES = (
    "T{H}:{M}:{S}", "{H}:{M} hrs", "{H}h {M}m", "{H}:{M}'{S}", "({H}:{M})", "{H}h{M}:{S}", "{H};{M};{S}", "{h}.{M}{p}",
    "{H}:{M} CEST", "{H}_{M}_{S}", "@{H}:{M}", "{H}:{M}/{S}",
)  # fmt: skip
_NAMES = (
    "{F}, {G}, {T}", "{F}; {G}", "{F}~{G}", "{G} {g}. {F}", "{F} ({G})", "{F} {G} ({T})", "{g}.{g}. {F}",
    "{F}, {g}. {g}.", "{F} | {G}", "{T}{F}, {G}", "{F}:{G}", "{F}^^{G}", "{G}|{F}", "{F} // {G}", "{F}^{G}^^{T}",
)  # fmt: skip
_INITIALS = (
    "{0}{1}", "{0}{1}{2}", "{0} {1}", "<{0}{1}>", "{0}{1}{2}{3}", "{0}-{1}", "{0}{1}+{2}{3}", "{0}{1}|{2}{3}",
    "({0}.{1})", "{0}{1};",
)  # fmt: skip
# A digit stands for so many digits, L for a letter.
_NUMBERS = ("4", "4", "L4", "3.3.3-1", "LL 2 2-2 L", "4|4", "4-3/2", "L:5", "5_2", "3 3-3", "L3L3", "7=1", "0008")
_TITLES = ("Mr", "Mrs", "Dr.", "PhD", "Sr", "Jr.", "MISS", "Fr.", "Hr")


def held_out_world() -> World:
    """Return the world of the benchmark."""
    writers: dict[str, Writer] = IDENTIFYING | {
        "name": lambda rng, p: _person(rng, p.family, p.given),
        "physician": lambda rng, p: _person(rng, p.physician_family, p.physician_given),
        "stranger": lambda rng, p: _person(rng, pick(rng, FAMILIES), pick(rng, GIVEN)),
        "operator": lambda rng, p: (
            _initials(rng, p) if chance(rng, 0.5) else _person(rng, p.operator_family, p.operator_given)
        ),
        "initials": _initials,
        "letters": lambda rng, p: letters(rng, pick(rng, (2, 3, 3))),
        "date": lambda rng, p: _date(rng, p.study.date()),
        "birth": lambda rng, p: _date(rng, p.birth),
        "otherdate": lambda rng, p: _date(rng, date.fromordinal(p.study.toordinal() - whole(rng, 1, 3000))),
        "time": lambda rng, p: _time(rng, p.study),
        "otherid": lambda rng, p: _number(rng),
        "shortid": lambda rng, p: digits(rng, 4) if chance(rng, 0.7) else letters(rng, 1) + digits(rng, 4),
        "accession": lambda rng, p: p.accession,
        "phone": lambda rng, p: p.phone,
        "age": lambda rng, p: pick(rng, ("{}", "{} y/o", "{} Y.", "{} yr.", "{} años")).format(p.age),
    }
    return World(
        patient=draw_stranger,
        identifying={kind: readable(lines) for kind, lines in split_templates(HELD_OUT_IDENTIFYING).items()},
        kept={kind: readable(lines) for kind, lines in split_templates(HELD_OUT_KEPT).items()},
        writers=writers,
    )


def draw_stranger(rng: np.random.Generator) -> Patient:
    """Invent a patient of whom nothing but sex and dates is drawn as in training."""
    family, town, name = pick(rng, FAMILIES), pick(rng, _TOWNS), pick(rng, FAMILIES)
    institution = pick(rng, HELD_OUT_INSTITUTIONS).format(
        city=town, name=name, other=pick(rng, FAMILIES), saint=pick(rng, GIVEN)
    )
    street = pick(rng, _STREETS).format(n=whole(rng, 1, 240), m=whole(rng, 1, 9), name=pick(rng, FAMILIES))
    host = town.lower() + pick(rng, ("-clinic", "rad", "imaging"))
    patient = draw_patient(rng)
    # Ages that identify are rare among patients, and have to be counted too.
    days = whole(rng, 32_900, 38_000) if chance(rng, 0.1) else (patient.study.date() - patient.birth).days
    return replace(
        patient,
        birth=(patient.study - timedelta(days=days)).date(),
        family=family,
        given=pick(rng, GIVEN),
        middle="",
        patient_id=_number(rng),
        other_id=_number(rng),
        accession=pick(rng, ("{}{}/{}", "{}.{}.{}", "{}-{}-{}")).format(
            letters(rng, 2), digits(rng, 4), digits(rng, 3)
        ),
        institution=institution,
        department=pick(
            rng, ("Nuclear Medicine", "Röntgen", "Senology", "Endoskopie", "Gastroenterology", "Dentistry")
        ),
        street=street,
        city=f"{town} {digits(rng, 5)}" if chance(rng, 0.5) else f"{letters(rng, 1)}-{digits(rng, 4)} {town}",
        phone=pick(rng, ("+{} ({}) {}", "{} {}-{}", "00{} {}/{}")).format(
            digits(rng, 2), digits(rng, 3), digits(rng, 6)
        ),
        email=f"{family.lower()}.{letters(rng, 1).lower()}@{host}.health",
        url=f"{host}.health/{digits(rng, 3)}" if chance(rng, 0.5) else f"https://{host}.health",
        physician_family=pick(rng, FAMILIES),
        physician_given=pick(rng, GIVEN),
        operator_family=pick(rng, FAMILIES),
        operator_given=pick(rng, GIVEN),
        station=f"{pick(rng, ('SCAN', 'RM', 'BUCKY', 'PACS', 'MOD'))}{pick(rng, ('.', '-', ''))}{digits(rng, 3)}",
        serial=pick(rng, ("{}/{}", "{}.{}", "{}-{}")).format(digits(rng, 3), digits(rng, 5)),
    )


def _number(rng: np.random.Generator) -> str:
    shape = pick(
        rng, ("4", "4", "L4", "3.3.3-1", "LL 2 2 2 L", "4/4", "4-3-2", "L.5", "5_2", "3 3 3", "L3L3", "7.1", "0008")
    )
    return "".join(
        digits(rng, int(part)) if part.isdigit() and part != "0" else letters(rng, 1) if part == "L" else part
        for part in shape
    )


def _person(rng: np.random.Generator, family: str, given: str) -> str:
    text = pick(rng, _NAMES).format(F=family, G=given, g=given[0], T=pick(rng, _TITLES))
    return weighted(rng, ((4, text), (4, text.upper()), (1, text.lower())))


def _initials(rng: np.random.Generator, patient: Patient) -> str:
    first, last = patient.operator_given[0], patient.operator_family[0]
    return pick(rng, _INITIALS).format(first, last, letters(rng, 1), letters(rng, 1))


def _date(rng: np.random.Generator, day: date) -> str:
    month = pick(rng, _MONTHS).split()[day.month - 1]
    return pick(rng, _DATES).format(
        Y=day.year, y=f"{day:%y}", m=f"{day:%m}", d=f"{day:%d}", M=day.month, D=day.day, b=month
    )  # fmt: skip


def _time(rng: np.random.Generator, moment: datetime) -> str:
    return pick(rng, _TIMES).format(
        H=f"{moment:%H}", h=moment.hour % 12 or 12, M=f"{moment:%M}", S=f"{moment:%S}", f=digits(rng, 2),
        p="AM" if moment.hour < 12 else "PM",
    )  # fmt: skip
