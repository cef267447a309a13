"""What stands together on a page: blocks, rows of fields, scales, scattered labels, markers."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from .canvas import Canvas
from .degrade import READABLE
from .fonts import Ink
from .page import PageLine
from .page_style import Style, draw_height
from .signs import cube, legend, plate, put
from .strings import Script

# Degrees by which a mark of a few letters may be turned and still be read as it lies.
LEGIBLE = 40.0
# Of each pixel, in radii of a disc.
Radii = NDArray[np.float64]


def block(canvas: Canvas) -> None:
    """Put lines one below the other, at their left or right ends in line."""
    style = canvas.style()
    scripts = [canvas.script() for _ in range(int(canvas.rng.integers(1, 7)))]
    block_of = canvas.texts.block if canvas.rng.random() < 0.3 else None
    if block_of is not None and (groups := block_of(canvas.rng, canvas.patient)):
        scripts = groups[int(canvas.rng.integers(len(groups)))][:7] or scripts
    inks = [(script, ink) for script in scripts if (ink := canvas.render(script, style))]
    if not inks:
        return
    height = max(int(style.height), 5)
    pitch = int(max(height * style.spacing, *(ink.mask.shape[0] * 1.02 + 1 for _, ink in inks)))
    wide = max(ink.mask.shape[1] for _, ink in inks)
    y, x = canvas.place(pitch * len(inks), wide, style)
    right = canvas.rng.random() < 0.25
    for index, (script, ink) in enumerate(inks):
        offset = wide - ink.mask.shape[1] if right else 0
        canvas.put(script, ink, style, y, x, index * pitch, offset)


def row(canvas: Canvas) -> None:
    """Put fields side by side, more than two characters apart, as status lines do."""
    style = replace(canvas.style(), angle=0)
    y, x = canvas.place(int(style.height * 1.5), canvas.plane.shape[1] // 2, style)
    for _ in range(int(canvas.rng.integers(2, 6))):
        script = canvas.script(short=canvas.rng.random() < 0.6)
        ink = canvas.render(script, style)
        if ink is None:
            continue
        canvas.put(script, ink, style, y, x, 0, 0)
        x += ink.mask.shape[1] + int(style.height * canvas.rng.uniform(1.8, 6))


def axis(canvas: Canvas) -> None:
    """Put numbers at even steps beside ticks, as rulers, scales and diagrams have them."""
    rng = canvas.rng
    style = replace(canvas.style(draw_height(rng, 24)), angle=0)
    step = style.height * rng.uniform(1.4, 6)
    upright = rng.random() < 0.6
    if not upright:
        step = style.height * rng.uniform(4, 10)
    y0, x0 = int(rng.integers(canvas.plane.shape[0])), int(rng.integers(canvas.plane.shape[1]))
    first, stride = int(rng.integers(-5, 6)), float(rng.choice([1, 1, 2, 5, 10, 20, 50, 0.5, 0.2, 100]))
    for index in range(int(rng.integers(2, 9))):
        number = (first + index) * stride
        text = f"{number:g}" if rng.random() < 0.93 else str(rng.choice(["cm/s", "m/s", "dB", "cm", "mmHg", "Hz"]))
        script = Script(text=text, kind="scale", phi=())
        ink = canvas.render(script, style)
        y, x = (int(y0 + index * step), x0) if upright else (y0, int(x0 + index * step))
        if ink is None or not canvas.put(script, ink, style, y, x, 0, 0):
            continue
        if rng.random() < 0.7:
            tick = (
                np.s_[y : y + 1, max(0, x - 8) : max(0, x - 4)]
                if upright
                else np.s_[max(0, y - 7) : max(0, y - 3), x : x + 1]
            )
            canvas.plane[tick] = style.value


def scatter(canvas: Canvas) -> None:
    """Put short labels anywhere."""
    style = canvas.style()
    for _ in range(int(canvas.rng.integers(1, 7))):
        script = canvas.script(short=True)
        ink = canvas.render(script, style)
        if ink is not None:
            y, x = canvas.place(ink.mask.shape[0], ink.mask.shape[1], style)
            canvas.put(script, ink, style, y, x, 0, 0)


def marker(canvas: Canvas) -> None:
    """Put one large mark: a lead letter, plain, blurred, on a plate, tilted, from behind, or a big caption."""
    rng = canvas.rng
    edge = "box" if rng.random() < 0.15 else "none"
    style = replace(canvas.style(float(np.exp(rng.uniform(np.log(18), np.log(60))))), edge=edge)
    script = canvas.script(short=rng.random() < 0.8)
    if rng.random() < 0.6:
        text = str(
            rng.choice(["L", "R", "L", "R", "LT", "RT", "AP", "PA", "LAT", "MLO", "RCC", "LCC", "RMLO", "R-1", "L-2"])
        )
        script = Script(text=text if rng.random() < 0.7 else script.text[:5].strip() or "L", kind="laterality", phi=())
    ink = canvas.render(script, replace(style, tilt=float(rng.uniform(-12, 12)) if rng.random() < 0.4 else 0.0))
    if ink is not None:
        behind = rng.random() < 0.12
        if behind:
            ink = Ink(mask=ink.mask[:, ::-1], centres=ink.centres)
        at = canvas.place(ink.mask.shape[0], ink.mask.shape[1], style)
        put(canvas, script, ink, style, at, readable=not behind)


def screen(canvas: Canvas) -> None:
    """Put lines one below the other with three pixels between them at most and wide letters, as text modes do."""
    rng = canvas.rng
    style = replace(canvas.style(draw_height(rng, 44)), angle=0, tilt=0.0, stretch=float(rng.uniform(1.0, 1.7)))
    scripts = [canvas.script(short=rng.random() < 0.3) for _ in range(int(rng.integers(2, 9)))]
    inks = [(script, ink) for script in scripts if (ink := canvas.render(script, style))]
    if not inks:
        return
    pitch = max(ink.mask.shape[0] for _, ink in inks) + int(rng.integers(1, 4))
    column = max(ink.mask.shape[1] for _, ink in inks) + int(style.height * rng.uniform(1.3, 4))
    across = int(rng.integers(1, 3))
    y, x = canvas.place(pitch * -(-len(inks) // across), column * across, style)
    for index, (script, ink) in enumerate(inks):
        canvas.put(script, ink, style, y + index // across * pitch, x + index % across * column, 0, 0)


def stacked(canvas: Canvas) -> None:
    """Put single letters one below the other, as the units of scales stand: each is a line of its own."""
    rng = canvas.rng
    style = replace(canvas.style(draw_height(rng, 24)), angle=0, tilt=0.0)
    units = ("CM/S", "cm/s", "M/S", "m/s", "dB", "kHz", "mmHg", "kPa", "LEFT", "POWER", "HU")
    text = str(rng.choice(units)) if rng.random() < 0.6 else canvas.script(short=True).text.replace(" ", "")
    scripts = [Script(text=letter, kind="scale", phi=()) for letter in text[:6]]
    inks = [(script, ink) for script in scripts if (ink := canvas.render(script, style))]
    if not inks or len(inks) < len(scripts):
        return
    pitch = int(style.height * rng.uniform(1.05, 1.5)) + 1
    y, x = canvas.place(pitch * len(inks), int(style.height), style)
    for index, (script, ink) in enumerate(inks):
        canvas.put(script, ink, style, y + index * pitch, x + int(style.height - ink.mask.shape[1]) // 2, 0, 0)


def slanted(canvas: Canvas) -> None:
    """Put a mark of a few letters that lies across the rows, as lead letters fall: to be read where that is possible.

    A detector says nothing of how so short a mark is turned, so it is read as it lies.
    """
    rng = canvas.rng
    style = replace(canvas.style(float(np.exp(rng.uniform(np.log(8), np.log(60))))), angle=0, tilt=0.0)
    # One stroke alone would be a line like any other.
    letters = "".join(letter for letter in canvas.script(short=True).text if letter.isalnum() and letter not in "1Il")
    text = "L" if rng.random() < 0.3 else letters[: int(rng.integers(1, 4))]
    script = Script(text=text or "R", kind="laterality", phi=())
    tilt = float(rng.choice([-1, 1]) * rng.uniform(14, 60))
    ink = canvas.render(script, replace(style, tilt=tilt))
    if ink is not None:
        at = canvas.place(ink.mask.shape[0], ink.mask.shape[1], style)
        put(canvas, script, ink, style, at, readable=abs(tilt) <= LEGIBLE)


def badge(canvas: Canvas) -> None:
    """Put a letter or two on a shaded disc or in a ring, as the sides of a probe are marked: found with what it is on.

    The disc belongs to the mark as its letter does, so its box is the line's.
    """
    rng = canvas.rng
    style = replace(canvas.style(draw_height(rng, 30)), angle=0, tilt=0.0, edge="none")
    letters = ("P", "V", "L", "R", "A", "H", "F", "S", "I", "M", "N", "T", "X", "1", "2", "GE", "HP", "PH")
    text = str(rng.choice(letters)) if rng.random() < 0.7 else canvas.script(short=True).text[:2].strip()
    script = Script(text=text or "P", kind="position", phi=())
    ink = canvas.render(script, style)
    if ink is None:
        return
    high, wide = ink.mask.shape
    y, x = canvas.place(high, wide, style)
    radius = int(max(high, wide) * rng.uniform(0.65, 1.4)) + 1
    middle = y + high // 2, x + wide // 2
    around = _square(middle, radius, canvas.plane.shape)
    if canvas.taken[around].any():
        return
    place, kind = _polar(canvas, middle, radius), rng.random()
    if kind < 0.75:
        _disc(canvas, *place, against=float(style.value.mean() < 0.5))
    if kind > 0.65:
        _ring(canvas, place[0], radius, style)
    if canvas.put(script, ink, style, y, x, 0, 0):
        canvas.lines[-1] = _grown(canvas.lines[-1], around)
    canvas.taken[around] = -1


def _square(middle: tuple[int, int], radius: int, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """Return the rows and columns around a disc, within the frame."""
    (y, x), (rows, columns) = middle, shape[:2]
    return (
        slice(max(0, y - radius), min(rows, max(0, y + radius + 1))),
        slice(max(0, x - radius), min(columns, max(0, x + radius + 1))),
    )


def _grown(line: PageLine, area: tuple[slice, slice]) -> PageLine:
    """Return a level line with the box of what it stands on."""
    rows, columns = area
    left, right = min(line.box[0], columns.start), max(line.box[2], columns.stop)
    box = left, min(line.box[1], rows.start), right, max(line.box[3], rows.stop)
    centres = (line.box[0] + line.centres * (line.box[2] - line.box[0]) - left) / (right - left)
    # What is seen of a disc is no letter; `judge` would take the one for the other.
    readable = line.readable and line.contrast > READABLE
    return replace(line, box=box, centres=centres.astype(np.float32), readable=readable)


def _disc(canvas: Canvas, away: Radii, down: Radii, along: Radii, *, against: float) -> None:
    """Draw a disc lit from one side, or a ball with a highlight, of a grey between the middle and `against`."""
    rng = canvas.rng
    turn, strength = rng.uniform(0, 2 * np.pi), rng.uniform(0, 0.25)
    shade = abs(against - rng.uniform(0, 0.5)) + strength * (down * np.sin(turn) + along * np.cos(turn))
    if rng.random() < 0.5:
        shade = shade - rng.uniform(0.1, 0.4) * away**2 + _highlight(rng, down, along)
    tint = np.ones(canvas.plane.shape[2]) if rng.random() < 0.6 else rng.uniform(0.5, 1, canvas.plane.shape[2])
    inside = away <= 1
    canvas.plane[inside] = np.clip(shade[inside], 0, 1)[:, None] * tint


def _highlight(rng: np.random.Generator, down: Radii, along: Radii) -> Radii:
    """Return what a lamp adds to a ball: a bright spot, mostly in its upper left."""
    y, x = rng.normal(-0.4, 0.2), rng.normal(-0.35, 0.25)
    spread, strength = rng.uniform(0.15, 0.45), rng.uniform(0.1, 0.5)
    spot: Radii = strength * np.exp(-((down - y) ** 2 + (along - x) ** 2) / (2 * spread**2))
    return spot


def _ring(canvas: Canvas, away: Radii, radius: int, style: Style) -> None:
    """Draw a ring in the line's own colour."""
    thick = max(1.0, style.height * canvas.rng.uniform(0.05, 0.15))
    canvas.plane[(away <= 1) & (away >= 1 - thick / radius)] = style.value


def _polar(canvas: Canvas, middle: tuple[int, int], radius: int) -> tuple[Radii, Radii, Radii]:
    """Return how far pixels are from the middle, and how far below and right of it, in radii."""
    rows, columns = np.ogrid[: canvas.plane.shape[0], : canvas.plane.shape[1]]
    down, along = (rows - middle[0]) / radius, (columns - middle[1]) / radius
    return np.hypot(down, along), down, along


GROUPS: tuple[Callable[[Canvas], None], ...] = (
    block, row, axis, scatter, marker, screen, stacked, badge, slanted, plate, cube, legend,
)  # fmt: skip
SHARES = (0.28, 0.13, 0.12, 0.1, 0.08, 0.09, 0.04, 0.045, 0.035, 0.03, 0.02, 0.03)


def add_group(canvas: Canvas) -> None:
    """Put one group on the canvas."""
    canvas.group += 1
    GROUPS[int(canvas.rng.choice(len(GROUPS), p=SHARES))](canvas)
