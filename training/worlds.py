"""What a synthetic console may write: the world that the classifier learns from; evaluation has another one."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

import numpy as np

from ..redactor.vocabulary import term_kinds
from .borne_names import borne_families, borne_given
from .classifier_text import MORE_IDENTIFYING, MORE_KEPT
from .console_text import IDENTIFYING_LINES, KEPT_LINES
from .draws import chance, digits, pick, weighted, whole
from .formats import free_date, free_initials, free_name, free_number, free_time
from .identities import letters
from .kept_text import KEPT_COMPOUNDS, KEPT_RARER, KEPT_SENTENCES
from .names import Culture, culture_of, given_name, plain, surname
from .strings import ALPHABET, Patient, Script, draw_patient, split_templates
from .writing import IDENTIFYING, Writer, write_person

# Share of the names that people bear; the others are invented, so that none is learned by heart.
_BORNE = 0.5
_KNOWN = frozenset(ALPHABET)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Patients, templates, and how what identifies is written.

    Attributes
    ----------
    patient : callable
        Draws a patient.
    identifying, kept : mapping of str to tuple of str
        Templates by the kind of line.
    writers : mapping of str to callable
        What each placeholder writes.
    restyle : float
        Share of the lines that are kept in which the signs before values are changed.
    intruders : float
        Share of the lines that are kept in which somebody's name stands between two words, or before or behind them.
    """

    patient: Callable[[np.random.Generator], Patient]
    identifying: Mapping[str, tuple[str, ...]]
    kept: Mapping[str, tuple[str, ...]]
    writers: Mapping[str, Writer]
    restyle: float = 0.0
    intruders: float = 0.0

    def ambiguous(self, script: Script) -> bool:
        """Tell whether nobody could say from the page whether a line identifies: such lines teach and test nothing.

        Initials that spell a known term ("LA", "PA"), times that are written as a decimal stands for itself,
        ages and years without a word beside them; and, among what is kept, long numbers without unit or label.
        """
        text = script.text
        if not script.phi:
            return re.fullmatch(r"\D?\d{4,}\D?", text) is not None and script.kind != "scale"
        if any(text[start:end].strip(" .()[]/-").lower() in term_kinds() for start, end in script.phi):
            return True
        return re.fullmatch(r"\d{1,3}([.,]\d{1,3})?[A-Za-z]?|\d \d", text) is not None


# Kinds of which one line to so many others is a phrase of the Standard and nothing else.
_PHRASED, _PHRASES = ("position", "technique", "measurement", "interface", "anatomy", "other"), 8


@cache
def training_world() -> World:
    """Return the world that the classifier learns from."""
    basic, more = split_templates(IDENTIFYING_LINES), split_templates(MORE_IDENTIFYING)
    identifying = {kind: readable((*basic.get(kind, ()), *more.get(kind, ()))) for kind in basic | more}
    # A line that is a number and nothing else is no age that anyone could tell.
    identifying["age"] = tuple(line for line in identifying["age"] if line != "<age>")
    identifying["person"] = _PERSONS
    sources = [split_templates(lines) for lines in (KEPT_LINES, MORE_KEPT, KEPT_RARER, KEPT_COMPOUNDS, KEPT_SENTENCES)]
    kept = {kind: readable(tuple(line for lines in sources for line in lines.get(kind, ()))) for kind in sources[0]}
    # An invented word alone is as good as a name.
    kept = {kind: tuple(line for line in lines if "{w}" not in line) for kind, lines in kept.items()}
    kept |= {kind: kept[kind] + ("{p}",) * (len(kept[kind]) // _PHRASES) for kind in _PHRASED}
    return World(patient=_patient, identifying=identifying, kept=kept, writers=_writers(), restyle=0.25, intruders=0.03)


def _writers() -> dict[str, Writer]:
    """Return writers of which a third know no list of forms."""
    own: dict[str, Writer] = {"stranger": _stranger, "letters": _initials, "operator": _operator, "initials": _initials}
    free: dict[str, Writer] = {
        "name": lambda rng, p: free_name(rng, p.family, p.given),
        "physician": lambda rng, p: free_name(rng, p.physician_family, p.physician_given),
        "date": lambda rng, p: free_date(rng, p.study.date()),
        "birth": lambda rng, p: free_date(rng, p.birth),
        "otherdate": lambda rng, p: free_date(rng, p.study.date() - timedelta(days=whole(rng, 1, 3000))),
        "time": lambda rng, p: free_time(rng, p.study),
        "otherid": lambda rng, p: free_number(rng),
        "serial": lambda rng, p: free_number(rng),
        "station": _station,
    }
    return IDENTIFYING | own | {name: _either(IDENTIFYING[name], writer) for name, writer in free.items()}


def _either(listed: Writer, free: Writer) -> Writer:
    return lambda rng, patient: (free if chance(rng, 0.35) else listed)(rng, patient)


def _patient(rng: np.random.Generator) -> Patient:
    """Draw a patient; the very old and numbers of any form more often than they come."""
    patient = draw_patient(rng)
    patient = replace(
        patient,
        family=_family(rng, patient.family), given=_given(rng, patient.given),
        physician_family=_family(rng, patient.physician_family), physician_given=_given(rng, patient.physician_given),
        operator_family=_family(rng, patient.operator_family), operator_given=_given(rng, patient.operator_given),
    )  # fmt: skip
    if chance(rng, 0.35):
        patient = replace(patient, patient_id=free_number(rng), accession=free_number(rng))
    if chance(rng, 0.06):
        patient = replace(patient, family=pick(rng, ORDINARY))
    if chance(rng, 0.1):
        patient = replace(patient, birth=(patient.study - timedelta(days=whole(rng, 32_900, 38_000))).date())
    return patient


def _family(rng: np.random.Generator, other: str) -> str:
    """Return a family name that somebody bears, or the other one."""
    return pick(rng, in_known_letters(borne_families)) if chance(rng, _BORNE) else other


def _given(rng: np.random.Generator, other: str) -> str:
    return pick(rng, in_known_letters(borne_given)) if chance(rng, _BORNE) else other


@cache
def in_known_letters(names: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    """Return names as the reader reads them, without those in other scripts."""
    return tuple(name for name in readable(names()) if _KNOWN.issuperset(name))


def _station(rng: np.random.Generator, patient: Patient) -> str:
    return letters(rng, whole(rng, 2, 5)) + pick(rng, ("", "-", "_", ".", " ")) + digits(rng, whole(rng, 1, 4))


def readable(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Write templates with the letters that the reader knows: it reads an accent that it does not know as none."""
    return tuple("".join(_LETTERS.get(letter, letter) for letter in line) for line in lines)


_LETTERS = dict(zip("łŁęąśźżćńőűıİğĞşŞčřěžůαθ©ºª", "lLeaszzcnouiIgGsScrezua0cao", strict=True))


def listed(words: str) -> tuple[str, ...]:
    """Return the words of a list."""
    return tuple(words.split())


# Names that are words too, so that a page teaches to look at what stands beside them.
ORDINARY = listed(
    """
Bishop Cook Carter Mason Reed Cross Bush Rich Power Major Ward Frank Short Small Best Good Case Banks Lane Street Moon
Star Knight Noble English French Holland London Paris Jordan Austin Iris Ruby Hope Dawn Angel Christian Norma Regina
Victor Marina Rod Bill Jack Nick Guy Norm Max Art Sue Dale Drew Summer April June August Earl Ray Faith Joy Rose Grant
Wood Green Black White Fisher Butler Potter Miller Glass Steel Stern Bone Tongue Foot Head Blood Waters Rivers Brooks
Pool Ford Bridges Gates Wall Barr Temple Church Abbott Pope Monk Friend Love Swift Sharp Strong Wise Blunt Darling
Lung Back Still Post Light Field Tube Chin Bronze Silver Gold Diamond Snow Frost Rain Storm Winters Sommer Herbst Kurz
Lang Klein Gross Herz Kopf Fuss Bein Leber Haupt Zahn Blum Fuchs Hase Vogel Blanc Petit Grand Bras Coeur Pied Rey Luna
Sol Mar Rosa Cruz Santos Iglesias Cabeza Delgado Blanco Rojo Moreno Prado Campo Bravo Leon
"""
)
# People that no header knows: who stood by, who wrote the note, whose baby it is.
_PERSONS = (
    *("<stranger>",) * 10, "<letters>", "<letters>", "by <stranger>", "c/o <stranger>",
    "cc: <stranger>", "Dr <stranger>", "Dr. <stranger>", "{v} {v}, <stranger>", "<stranger> ({v})",
    "Contact <stranger>", "Mother <stranger>", "Mrs <stranger>", "Resident: <stranger>", "<stranger>, MD",
    "<stranger> RN", "w/ <stranger>", "Seen by <stranger>", "<stranger> {v}", "{v} <stranger>", "Prof. <stranger>",
)  # fmt: skip


def _stranger(rng: np.random.Generator, patient: Patient) -> str:
    culture = culture_of(rng)
    if chance(rng, 0.3):
        return _alone(rng, culture)
    write = free_name if chance(rng, 0.35) else write_person
    family = pick(rng, ORDINARY) if chance(rng, 0.12) else _family(rng, surname(rng, culture))
    given = pick(rng, ORDINARY) if chance(rng, 0.06) else _given(rng, given_name(rng, culture))
    return write(rng, family, given)


def _alone(rng: np.random.Generator, culture: Culture) -> str:
    """Write one name and nothing that would tell that it is one."""
    family = chance(rng, 0.6)
    name = _family(rng, surname(rng, culture)) if family else _given(rng, given_name(rng, culture))
    name = plain(name) if chance(rng, 0.5) else name
    return weighted(rng, ((5, name.upper()), (5, name), (1, name.lower())))


def _initials(rng: np.random.Generator, patient: Patient) -> str:
    """Write initials; of the operator as often as of somebody that the header does not know."""
    both = patient.initials if chance(rng, 0.5) else letters(rng, 2)
    return free_initials(rng, both[0], both[1])


def _operator(rng: np.random.Generator, patient: Patient) -> str:
    return _stranger(rng, patient) if chance(rng, 0.2) else IDENTIFYING["operator"](rng, patient)
