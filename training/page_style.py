"""How text on synthetic pages looks: font, height, colour, edge, turn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .finish import draw_finish
from .fonts import Font


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How the lines of a group look.

    Attributes
    ----------
    font : Font
    height : float
        Of a capital, in pixels.
    smooth : bool
        With grey edges, or hard.
    stretch : float
        Width over what is usual.
    spacing : float
        From one line to the next, in heights.
    angle : int
        0, 90 or 270 degrees counter-clockwise.
    tilt : float
        In degrees, beside `angle`.
    blur : float
        Sigma, in pixels.
    edge : str
        "none", "shadow", "outline", "box" or "rule": beneath, above, across or around the line.
    value : ndarray
        float32[samples], of the ink, in [0, 1].
    finish : str
        See `finish`.
    opacity : float
        Of the ink.
    """

    font: Font
    height: float
    smooth: bool
    stretch: float
    spacing: float
    angle: int
    tilt: float
    blur: float
    edge: str
    value: NDArray[np.float32]
    finish: str = "none"
    opacity: float = 1.0


def draw_style(
    rng: np.random.Generator, fonts: Mapping[str, Sequence[Font]], samples: int, height: float | None = None
) -> Style:
    """Draw the style of one group, of capitals `height` pixels high if that is given."""
    family = rng.choice(list(fonts), p=_shares(list(fonts)))
    chosen = fonts[family]
    height = height or draw_height(rng)
    bright = rng.random() < 0.82
    if rng.random() < 0.75:
        value = rng.uniform(0.75, 1.0) if bright else rng.uniform(0.0, 0.15)
    else:
        value = rng.uniform(0.0, 1.0)
    colour = np.full(samples, value, np.float32)
    if samples == 3 and rng.random() < 0.5:
        colour = _colour(rng) * np.float32(value)
    angle = 0 if rng.random() < 0.84 else int(rng.choice([90, 270]))
    return Style(
        font=chosen[int(rng.integers(len(chosen)))],
        height=height,
        smooth=rng.random() < 0.75,
        stretch=float(np.exp(rng.uniform(np.log(0.65), np.log(1.6)))) if rng.random() < 0.3 else 1.0,
        spacing=float(rng.uniform(1.0, 1.7)),
        angle=angle,
        tilt=float(rng.uniform(-13, 13)) if rng.random() < 0.17 else 0.0,
        blur=float(rng.uniform(0.3, 0.08 * height + 0.4)) if rng.random() < 0.2 else 0.0,
        edge=str(rng.choice(["none", "shadow", "outline", "box", "rule"], p=[0.69, 0.12, 0.08, 0.07, 0.04])),
        value=colour,
        finish=draw_finish(rng, height),
        opacity=float(rng.uniform(0.3, 0.9)) if rng.random() < 0.1 else 1.0,
    )


def _shares(families: list[str]) -> list[float]:
    share = {"outline": 0.55, "pixel": 0.38, "stroke": 0.07}
    total = sum(share[family] for family in families)
    return [share[family] / total for family in families]


def draw_height(rng: np.random.Generator, most: float = 52) -> float:
    """Return a capital's height in pixels: mostly 6 to 16, seldom 5 or up to `most`."""
    kind = rng.random()
    if kind < 0.08:
        return float(rng.uniform(4.6, 6.5))
    if kind < 0.72:
        return float(np.exp(rng.uniform(np.log(6.5), np.log(16))))
    return float(np.exp(rng.uniform(np.log(14), np.log(most))))


def _colour(rng: np.random.Generator) -> NDArray[np.float32]:
    named = [
        (1, 1, 0),
        (0, 1, 0),
        (0, 1, 1),
        (1, 0.6, 0),
        (1, 0.2, 0.2),
        (0.4, 0.6, 1),
        (1, 0, 1),
        (0.6, 1, 0.6),
        (1, 1, 0.6),
    ]
    return (
        np.asarray(named[int(rng.integers(len(named)))], np.float32)
        if rng.random() < 0.7
        else rng.random(3, np.float32)
    )
