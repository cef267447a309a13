"""Draw synthetic pages: text burned into frames at native bit depth, with the truth of every line."""

from collections.abc import Sequence

import numpy as np

from .anatomy import draw_anatomy
from .backgrounds import Plane, draw_background
from .canvas import Canvas
from .clutter import draw_clutter
from .degrade import degrade, judge, quantise
from .flow import draw_flow
from .fonts import Font
from .groups import add_group
from .page import Page, PageLine
from .texts import TEXTS, Texts


def draw_synthetic_page(
    rng: np.random.Generator,
    fonts: Sequence[Font],
    real: Sequence[Plane],
    rows: int,
    columns: int,
    texts: Texts = TEXTS,
) -> Page:
    """Return a page drawn from `rng` alone: the same seed gives the same page."""
    plane = draw_background(rng, rows, columns, real)
    if plane.shape[2] == 1 and rng.random() < 0.35:
        plane = plane.repeat(3, axis=2)
    plane = draw_clutter(rng, plane, int(rng.choice([0, 0, 1, 2, 4])))
    plane = draw_anatomy(rng, plane, int(rng.choice([0, 0, 0, 1, 4])))
    if rng.random() < (0.25 if plane.shape[2] == 3 else 0.18):
        plane = draw_flow(rng, plane)
    lines: list[PageLine] = []
    if rng.random() < 0.78:
        canvas = Canvas(rng, plane, fonts, texts)
        for _ in range(int(rng.choice([2, 4, 7]))):
            add_group(canvas)
        plane, lines = canvas.plane, canvas.lines
    plane = degrade(rng, plane)
    return Page(stored=quantise(rng, plane), lines=tuple(judge(plane, line) for line in lines))
