"""Write names, dates and times as consoles do: every order, separator, case and language that we know of."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import numpy as np

from ..model.categories import Category
from .draws import chance, digits, pick, weighted, whole
from .identities import Patient, draw_accession, draw_id, draw_phone, letters

_MONTHS = tuple(
    tuple(line.split())
    for line in (
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC",
        "January February March April May June July August September October November December",
        "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "janv févr mars avr mai juin juil août sept oct nov déc",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "ene feb mar abr may jun jul ago sep oct nov dic",
        "gen feb mar apr mag giu lug ago set ott nov dic",
        "jan fev mar abr mai jun jul ago set out nov dez",
        "sty lut mar kwi maj cze lip sie wrz paz lis gru",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
        "jan feb mars apr maj juni juli aug sept okt nov dec",
        "Oca Sub Mar Nis May Haz Tem Agu Eyl Eki Kas Ara",
    )
)
_DAYS = tuple(
    tuple(line.split())
    for line in (
        "Mon Tue Wed Thu Fri Sat Sun",
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "Mo Di Mi Do Fr Sa So",
        "lun mar mer jeu ven sam dim",
    )
)

# {Y} four-digit year, {y} two digits, {m} {d} padded, {M} {D} not, {b} month's name, {a} day's name, {s} a separator.
_DATES: tuple[tuple[float, str], ...] = (
    (10, "{Y}-{m}-{d}"), (8, "{Y}{m}{d}"), (6, "{Y}/{m}/{d}"), (4, "{Y}.{m}.{d}"), (2, "{Y} {m} {d}"),
    (2, "{Y} {b} {d}"), (16, "{d}{s}{m}{s}{Y}"), (14, "{m}{s}{d}{s}{Y}"), (6, "{D}{s}{M}{s}{Y}"),
    (6, "{M}{s}{D}{s}{Y}"), (6, "{d}{s}{m}{s}{y}"), (6, "{m}{s}{d}{s}{y}"), (2, "{D}{s}{M}{s}{y}"),
    (2, "{M}{s}{D}{s}{y}"), (2, "{y}{s}{m}{s}{d}"), (6, "{d} {b} {Y}"), (6, "{d}-{b}-{Y}"), (4, "{d}-{b}-{y}"),
    (3, "{d} {b} {y}"), (3, "{d}{b}{Y}"), (2, "{d}{b}{y}"), (5, "{b} {d}, {Y}"), (3, "{b} {D} {Y}"),
    (2, "{b}.{d}.{Y}"), (3, "{D}. {b} {Y}"), (2, "{a} {b} {D} {Y}"), (2, "{a}, {d} {b} {Y}"),
    (2, "{a} {d}.{m}.{Y}"), (2, "{Y}-{b}-{d}"), (1, "{b} {Y}"), (1, "{m}/{Y}"), (1, "{d} / {m} / {Y}"),
    (1, "{d}{m}{Y}"), (1, "{d}{m}{y}"), (1, "'{y}/{m}/{d}"),
)  # fmt: skip
_TIMES: tuple[tuple[float, str], ...] = (
    (28, "{H}:{M}:{S}"), (18, "{H}:{M}"), (8, "{h}:{M}:{S} {p}"), (6, "{h}:{M} {p}"), (4, "{i}:{M}:{S}{p}"),
    (4, "{i}:{M}{p}"), (3, "{h}:{M}:{S}"), (3, "{H}.{M}.{S}"), (2, "{H}.{M}"), (3, "{H}{M}{S}"),
    (2, "{H}:{M}:{S}.{f}"), (2, "{H}:{M} Uhr"), (2, "{H}h{M}"), (1, "{H}:{M}:{S} {z}"), (1, "+{h}:{M}:{S}"),
    (1, "{H} {M} {S}"), (1, "{H}:{M}h"), (1, "{H}-{M}-{S}"),
)  # fmt: skip
# {F} family, {G} given, {f} {g} {m} their initials, {N} middle name, {T} a title.
_NAMES: tuple[tuple[float, str], ...] = (
    (14, "{F}^{G}"), (4, "{F}^{G}^{N}"), (18, "{F}, {G}"), (6, "{F},{G}"), (16, "{F} {G}"), (14, "{G} {F}"),
    (4, "{g}. {F}"), (3, "{F} {g}"), (3, "{F}, {g}."), (3, "{F}, {G} {m}."), (3, "{G} {m}. {F}"),
    (2, "{F} {G} {N}"), (3, "{T} {F}"), (3, "{T} {G} {F}"), (3, "{F}"), (1, "{G}"), (1, "{F}_{G}"), (1, "{F}-{G}"),
    (1, "{F}/{G}"), (1, "{F}.{G}"), (2, "{F}, {T} {G}"), (1, "{F}  {G}"), (1, "{F}{G}"), (1, "{F}^{G}^{N}^{T}"),
    (1, "{F} , {G}"), (1, "({F}, {G})"), (1, "{F} *{G}"), (1, "{g} {F}"),
)  # fmt: skip
_TITLES = (
    "Mr",
    "Mrs",
    "Ms",
    "Mr.",
    "Mrs.",
    "Dr",
    "Dr.",
    "Prof.",
    "Herr",
    "Frau",
    "Hr.",
    "Fr.",
    "M.",
    "Mme",
    "Sr.",
    "Sra.",
    "BABY",
    "Baby of",
)


def write_date(rng: np.random.Generator, day: date) -> str:
    """Write a date in one of the formats that consoles use."""
    months, names = pick(rng, _MONTHS), pick(rng, _DAYS)
    month = months[day.month - 1]
    if chance(rng, 0.3):
        month = month.upper()
    return weighted(rng, _DATES).format(
        Y=day.year, y=f"{day.year % 100:02d}", m=f"{day.month:02d}", d=f"{day.day:02d}", M=day.month, D=day.day,
        b=month, a=names[day.weekday()], s=pick(rng, "././.-/ "),
    )  # fmt: skip


def write_time(rng: np.random.Generator, moment: datetime) -> str:
    """Write a time of day in one of the formats that consoles use."""
    half = moment.hour % 12 or 12
    meridiem = "AM" if moment.hour < 12 else "PM"
    return weighted(rng, _TIMES).format(
        H=f"{moment.hour:02d}", h=half, i=f"{half:02d}", M=f"{moment.minute:02d}", S=f"{moment.second:02d}",
        p=pick(rng, (meridiem, meridiem, meridiem.lower(), f"{meridiem[0].lower()}.m.")),
        f=digits(rng, pick(rng, (1, 2, 3, 6))), z=pick(rng, ("UTC", "CET", "EST", "GMT+1")),
    )  # fmt: skip


def write_person(rng: np.random.Generator, family: str, given: str, middle: str = "") -> str:
    """Write a person's name in one of the orders and cases that consoles use; long ones may be cut."""
    text = weighted(rng, _NAMES).format(
        F=family,
        G=given,
        N=middle or letters(rng, 1),
        f=family[0],
        g=given[0],
        m=(middle or letters(rng, 1))[0],
        T=pick(rng, _TITLES),
    )
    text = weighted(rng, ((50, text.upper()), (42, text), (5, text.lower()), (3, text.title())))
    if len(text) > 14 and chance(rng, 0.12):
        text = text[: whole(rng, 10, len(text) - 1)] + pick(rng, ("", "..", "...", ".", "~", "*"))
    return text.strip().strip("^")


def write_operator(rng: np.random.Generator, patient: Patient) -> str:
    """Write the operator as initials, login or name."""
    shape = rng.random()
    if shape < 0.35:
        return patient.initials
    if shape < 0.5:
        return patient.initials[0] + letters(rng, 1) + patient.initials[1] if shape < 0.43 else patient.initials.lower()
    if shape < 0.58:
        return "/".join([patient.initials, *(letters(rng, 2) for _ in range(whole(rng, 1, 2)))])
    if shape < 0.66:
        return f"{patient.initials[0]}.{patient.initials[1]}."
    if shape < 0.72:
        return pick(rng, ("[{}]", "({})", "- {} -", "/{}/")).format(patient.initials)
    if shape < 0.76:
        return letters(rng, 1) + digits(rng, 1) if chance(rng, 0.5) else letters(rng, whole(rng, 3, 4))
    return write_person(rng, patient.operator_family, patient.operator_given)


def write_age(rng: np.random.Generator, patient: Patient) -> str:
    """Write the patient's age."""
    return pick(
        rng,
        (
            "{:03d}Y",
            "{}Y",
            "{} Y",
            "{} yrs",
            "{} years",
            "{}yo",
            "{} J",
            "{} Jahre",
            "{} ans",
            "{}",
            "{}y",
            "{} yr",
            "{} a",
        ),
    ).format(patient.age)


def _cased(rng: np.random.Generator, text: str) -> str:
    return text.upper() if chance(rng, 0.35) else text


def _institution(rng: np.random.Generator, patient: Patient) -> str:
    text = _cased(rng, patient.institution)
    if len(text) > 14 and chance(rng, 0.12):
        text = text[: whole(rng, 9, len(text) - 1)] + pick(rng, ("", "..", "...", "."))
    return text


def _shifted(rng: np.random.Generator, patient: Patient) -> datetime:
    # The clock on the screen runs some minutes before or behind StudyTime.
    return patient.study + timedelta(seconds=whole(rng, -1200, 3600)) if chance(rng, 0.7) else patient.study


Writer = Callable[[np.random.Generator, Patient], str]
# What a placeholder in angle brackets writes; everything here identifies.
IDENTIFYING: dict[str, Writer] = {
    "name": lambda rng, p: write_person(rng, p.family, p.given, p.middle),
    "family": lambda rng, p: _cased(rng, p.family),
    "given": lambda rng, p: _cased(rng, p.given),
    "id": lambda rng, p: p.patient_id,
    "otherid": lambda rng, p: p.other_id if chance(rng, 0.5) else draw_id(rng),
    "shortid": lambda rng, p: digits(rng, whole(rng, 4, 6)),
    "accession": lambda rng, p: p.accession if chance(rng, 0.8) else draw_accession(rng, p.study),
    "study": lambda rng, p: p.study_id,
    "birth": lambda rng, p: write_date(rng, p.birth),
    "date": lambda rng, p: write_date(rng, p.study.date()),
    "otherdate": lambda rng, p: write_date(rng, p.study.date() - timedelta(days=whole(rng, 0, 4000))),
    "time": lambda rng, p: write_time(rng, _shifted(rng, p)),
    "institution": _institution,
    "department": lambda rng, p: _cased(rng, p.department),
    "street": lambda rng, p: _cased(rng, p.street),
    "city": lambda rng, p: _cased(rng, p.city),
    "phone": lambda rng, p: p.phone if chance(rng, 0.5) else draw_phone(rng),
    "email": lambda rng, p: p.email,
    "url": lambda rng, p: p.url,
    "physician": lambda rng, p: write_person(rng, p.physician_family, p.physician_given),
    "operator": write_operator,
    "initials": lambda rng, p: p.initials,
    "station": lambda rng, p: p.station,
    "serial": lambda rng, p: p.serial,
    "age": write_age,
}
# What each of them is, in the words of `deburn.model.categories`.
CATEGORY: dict[str, Category] = {
    "name": "name", "family": "name", "given": "name",
    "id": "id", "otherid": "id", "shortid": "id", "study": "id", "accession": "accession",
    "birth": "date", "date": "date", "otherdate": "date", "time": "time",
    "institution": "institution", "department": "institution", "street": "address", "city": "address",
    "phone": "phone", "email": "phone", "url": "phone",
    "physician": "person", "operator": "person", "initials": "person", "stranger": "person", "letters": "person",
    "station": "serial", "serial": "serial", "age": "age",
}  # fmt: skip
