"""Pages on which nothing but one name identifies, and nothing points at it: the hardest that a classifier is asked."""

import numpy as np

from ..redactor.vocabulary import term_kinds
from .borne_names import spared_names
from .console_layout import Placed, draw_line, placed_at
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
    while (name := pick(rng, in_known_letters(spared_names))).casefold() in term_kinds():
        pass
    return _among_others(rng, patient, world, name)


def _among_others(rng: np.random.Generator, patient: Patient, world: World, name: str) -> list[Placed]:
    scripts = [draw_line(rng, patient, world, pick(rng, _KINDS)) for _ in range(whole(rng, 4, 11))]
    text = name.upper() if chance(rng, 0.5) else name
    stranger = Script(text=text, kind="person", phi=((0, len(text)),), categories=("person",))
    scripts.insert(int(rng.integers(len(scripts) + 1)), stranger)
    x, step = whole(rng, 5, 600), _HEIGHT * float(rng.uniform(1.1, 1.8))
    return [placed_at(script, x, 20 + index * step, _HEIGHT) for index, script in enumerate(scripts)]
