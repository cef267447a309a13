"""Pages on which nothing but one name identifies, and nothing points at it: the hardest that a classifier is asked."""

import numpy as np

from ..redactor.vocabulary import term_kinds
from .borne_names import spared_names
from .console_layout import Placed, draw_line, intruded, placed_at
from .draws import chance, pick, whole
from .held_out_names import FAMILIES, GIVEN
from .strings import Patient, Script
from .worlds import World, in_known_letters

_KINDS = ("technique", "technique", "technique", "interface", "position", "device", "anatomy", "measurement")
_HEIGHT = 16  # pixels


def lone_name(rng: np.random.Generator, patient: Patient, world: World) -> list[Placed]:
    """Draw four to eleven technical lines in a column and, in one of its rows, a name that training never drew."""
    return _among_others(rng, patient, world, pick(rng, FAMILIES if chance(rng, 0.6) else GIVEN))


def lone_borne_name(rng: np.random.Generator, patient: Patient, world: World) -> list[Placed]:
    """Draw the same with any of thousands of names from all over the world, that are no terms."""
    return _among_others(rng, patient, world, _spared(rng))


def name_among_words(rng: np.random.Generator, patient: Patient, world: World) -> list[Placed]:
    """Draw the same with one or two such names between the words of a technical line, or before or behind them."""
    name = _spared(rng) + (pick(rng, (" ", ", ")) + _spared(rng) if chance(rng, 0.4) else "")
    host = draw_line(rng, patient, world, pick(rng, _KINDS))
    return _column(rng, patient, world, intruded(rng, host, _written(rng, name)))


def _spared(rng: np.random.Generator) -> str:
    while (name := pick(rng, in_known_letters(spared_names))).casefold() in term_kinds():
        pass
    return name


def _among_others(rng: np.random.Generator, patient: Patient, world: World, name: str) -> list[Placed]:
    text = _written(rng, name)
    stranger = Script(text=text, kind="person", phi=((0, len(text)),), categories=("person",))
    return _column(rng, patient, world, stranger)


def _written(rng: np.random.Generator, name: str) -> str:
    return name.upper() if chance(rng, 0.5) else name


def _column(rng: np.random.Generator, patient: Patient, world: World, odd: Script) -> list[Placed]:
    """Put a line anywhere into a column of technical ones."""
    scripts = [draw_line(rng, patient, world, pick(rng, _KINDS)) for _ in range(whole(rng, 4, 11))]
    scripts.insert(int(rng.integers(len(scripts) + 1)), odd)
    x, step = whole(rng, 5, 600), _HEIGHT * float(rng.uniform(1.1, 1.8))
    return [placed_at(script, x, 20 + index * step, _HEIGHT) for index, script in enumerate(scripts)]
