"""Write dates, times, names, numbers and initials in forms that nobody listed, so that no form is learnt by heart."""

import re
from datetime import date, datetime
from itertools import permutations

import numpy as np

from .draws import chance, digits, pick, weighted, whole
from .identities import letters
from .names import plain
from .strings import Script

_MONTHS = tuple(
    tuple(line.split())
    for line in (
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "January February March April May June July August September October November December",
        "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "ene feb mar abr may jun jul ago sep oct nov dic",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
        "led uno bre dub kve cer cvc srp zar rij lis pro",
        "ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik",
    )
)
_DATE_SIGNS = (".", "-", "/", " ", " - ", ". ", " / ", "/ ", "", " .", ",")
_TIME_FORMS = (
    "{H}{s}{M}{s}{S}", "{H}{s}{M}", "{H}h{M}min", "{H} h {M}", "{H}h {M}", "{h}{s}{M} {p}", "{h}{p}",
    "{H}{s}{M}{s}{S} {z}", "{H}{s}{M} {z}", "{H}{s}{M}{s}{S}.{f}", "{p} {h}{s}{M}", "{h}.{M} {p}", "{H}{M}h",
    "{H}h{M}'",
    "{H}h{M}m", "{H}{s}{M}{s}{S}{z}", "{H}{s}{M}{z}",
)  # fmt: skip
_ZONES = ("hs", "h", "Uhr", "hr", "GMT", "UTC", "EST", "PST", "JST", "MESZ", "uur", "ora", "Z", "klo")
_NAME_SIGNS = (", ", " ", "^", "/", " - ", ",", "_", " , ", "  ", ".", "*", "+")
_TITLES = ("Mr", "Mrs", "Dr", "Dr.", "Prof", "Jr", "II", "MD", "RN", "BSc", "Hr.")
_INITIALS = (
    "{a}{b}", "{a}{b}", "{a}{b}{c}", "{a}.{b}", "{a}.{b}.", "{a}/{b}", "({a}{b})", "[{a}{b}]", "{a}{b}/{c}{d}",
    "{a}{b},{c}{d}", "{a}{b}&{c}{d}", "{a}{b} {c}{d}", "{a}{b}.", "*{a}{b}", "{a}. {b}.", "{a}{b}{n}", "{a}{b}-{c}{d}",
    "{a}{b}{c}{d}", "-{a}{b}-", "{a}&{b}", "#{a}{b}", "{a}_{b}", "{a}{b}:{c}{d}", "{a},{b}",
)  # fmt: skip


def free_date(rng: np.random.Generator, day: date) -> str:
    """Write a date in any order of its parts, with any separator."""
    month = pick(rng, (f"{day:%m}", f"{day:%m}", str(day.month), pick(rng, _MONTHS)[day.month - 1]))
    year = weighted(rng, ((5, str(day.year)), (2, f"{day:%y}"), (1, f"'{day:%y}" if month.isalpha() else f"{day:%y}")))
    dates = (pick(rng, (f"{day:%d}", str(day.day))), month.upper() if chance(rng, 0.3) else month, year)
    sign = pick(rng, _DATE_SIGNS)
    # Year in the middle is no date that anybody writes.
    order = pick(rng, tuple(order for order in permutations(range(3)) if order[1] != 2))
    text = sign.join(dates[index] for index in order)
    return pick(rng, ("{}", "{}", "{}", "({})", "{}.", "[{}]", "{},")).format(text)


def free_time(rng: np.random.Generator, moment: datetime) -> str:
    """Write a time of day with any separator."""
    return pick(rng, _TIME_FORMS).format(
        H=f"{moment:%H}", h=moment.hour % 12 or 12, M=f"{moment:%M}", S=f"{moment:%S}", s=pick(rng, "::::.- "),
        f=digits(rng, whole(rng, 1, 3)), p=pick(rng, ("AM", "PM", "am", "pm", "a.m.", "p.m.")), z=pick(rng, _ZONES),
    )  # fmt: skip


def free_name(rng: np.random.Generator, family: str, given: str) -> str:
    """Write a person's name in any order, with any separator, with initials and titles anywhere."""
    short = pick(rng, (f"{given[0]}.", given[0], f"{given} {letters(rng, 1)}.", f"{given[0]} {letters(rng, 1)}"))
    first = given if chance(rng, 0.6) else short
    parts = [family, first] if chance(rng, 0.5) else [first, family]
    if chance(rng, 0.15):
        parts.insert(pick(rng, (0, 2)), pick(rng, _TITLES))
    text = pick(rng, _NAME_SIGNS).join(parts)
    text = plain(text) if chance(rng, 0.5) else text
    return weighted(rng, ((5, text.upper()), (5, text), (1, text.lower())))


def free_number(rng: np.random.Generator) -> str:
    """Write a number as any office may give them: one to four groups, of digits mostly."""
    sign = pick(rng, ("", "-", "/", ".", " ", "-", "*", "~"))
    groups = [_group(rng) for _ in range(whole(rng, 1, 4))]
    text = sign.join(groups)
    while sum(character.isdigit() for character in text) < 4:
        text += digits(rng, whole(rng, 2, 4))
    return text[:18].strip()


def _group(rng: np.random.Generator) -> str:
    shape = rng.random()
    if shape < 0.7:
        return digits(rng, whole(rng, 1, 5))
    text = letters(rng, whole(rng, 1, 2))
    return text if shape < 0.8 else text + digits(rng, whole(rng, 1, 4)) if shape < 0.95 else text.lower()


def free_initials(rng: np.random.Generator, first: str, last: str) -> str:
    """Write initials, alone or of two people, in any form."""
    text = pick(rng, _INITIALS).format(
        a=first, b=last, c=letters(rng, 1), d=letters(rng, 1), n=digits(rng, 1)
    )  # fmt: skip
    return text.lower() if chance(rng, 0.08) else text


_BEFORE_VALUE = re.compile(r"(?<=[^\W\d])(?:: ?| ?= ?| )(?=[<+-]?\d)")


def restyled(rng: np.random.Generator, script: Script) -> Script:
    """Return a line that is kept with another sign between its labels and values."""
    if script.phi or not _BEFORE_VALUE.search(script.text):
        return script
    sign = pick(rng, ("=", ":", ": ", " : ", " = ", "", "  ", " =", "= ", " :", ".", ". ", "-"))
    return Script(text=_BEFORE_VALUE.sub(sign, script.text), kind=script.kind, phi=())
