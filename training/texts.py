"""What is written on synthetic pages: for training one set, for measuring another."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .strings import Patient, Script, draw_page, draw_patient, draw_script


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Where the lines of a page come from.

    Attributes
    ----------
    patient : callable
        Draws whom the page is about.
    line : callable
        Draws one line; the last argument is the share of those that identify.
    block : callable or None
        Draws groups of lines as consoles put them one below the other.
    """

    patient: Callable[[np.random.Generator], Patient]
    line: Callable[[np.random.Generator, Patient, float], Script]
    block: Callable[[np.random.Generator, Patient], list[list[Script]]] | None


def _line(rng: np.random.Generator, patient: Patient, share: float) -> Script:
    return draw_script(rng, patient, phi_share=share)


TEXTS = Texts(patient=draw_patient, line=_line, block=draw_page)
