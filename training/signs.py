"""Letters as things carry them: lead marks on plates and rulers, sides of a wire cube, names of colour bars."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from .backgrounds import smooth_noise
from .canvas import Canvas
from .fonts import Ink
from .page_style import Style, draw_height
from .strings import Script

Point = tuple[float, float]


def plate(canvas: Canvas) -> None:
    """Put a lead mark on a plate or a ruler that lies as it fell: to be found, and to be read where it lies level."""
    rng = canvas.rng
    tilt = float(rng.uniform(-12, 12) if rng.random() < 0.6 else rng.choice([-1, 1]) * rng.uniform(12, 60))
    height = float(np.exp(rng.uniform(np.log(12), np.log(60))))
    style = replace(canvas.style(height), angle=0, tilt=tilt, edge="none", opacity=1.0)
    text = canvas.script(short=True).text.strip()[: int(rng.integers(1, 5))]
    script = Script(text=text if rng.random() < 0.6 and text else str(rng.choice(["L", "R"])), kind="other", phi=())
    level = canvas.render(script, replace(style, tilt=0.0))
    ink = canvas.render(script, style)
    if level is None or ink is None:
        return
    high, wide = ink.mask.shape
    y, x = canvas.place(high, wide, style)
    pads = height * rng.uniform(0.15, 0.9), height * rng.uniform(0.15, 1.5)
    half = level.mask.shape[1] / 2 + pads[1], level.mask.shape[0] / 2 + pads[0]
    corners = _turned(half, tilt, (x + wide / 2, y + high / 2))
    around = _around(corners)
    if canvas.taken[around].any():
        return
    _lay(canvas, corners, against=float(style.value.mean() < 0.5), ticks=rng.random() < 0.3)
    put(canvas, script, ink, style, (y, x), readable=abs(tilt) <= 12)
    canvas.taken[around] = -1


def cube(canvas: Canvas) -> None:
    """Put a letter on the side of a wire cube, sheared as the side is: to be found, not to be read."""
    rng = canvas.rng
    style = replace(canvas.style(float(rng.uniform(10, 36))), angle=0, tilt=0.0, edge="none", finish="none")
    script = Script(text=str(rng.choice(list("APLRHFSI"))), kind="laterality", phi=())
    ink = canvas.render(script, style)
    if ink is None:
        return
    sheared, corners = _on_side(rng, ink)
    rows, columns = np.flatnonzero(sheared.max(axis=1) > 0.2), np.flatnonzero(sheared.max(axis=0) > 0.2)
    if not rows.size:
        return
    y, x = canvas.place(sheared.shape[0], sheared.shape[1], style)
    edges = [(a + x, b + y) for a, b in corners]
    around = _around(edges)
    if canvas.taken[around].any():
        return
    depth = rng.uniform(0.3, 0.9) * ink.mask.shape[0] * rng.choice([-1.0, 1.0], 2)
    back = [(a + float(depth[0]), b + float(depth[1])) for a, b in edges]
    _wires(canvas, [*zip(edges, edges[1:] + edges[:1], strict=True), *zip(edges, back, strict=True)], style)
    letter = np.ascontiguousarray(sheared[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
    at = y + int(rows[0]), x + int(columns[0])
    put(canvas, script, Ink(mask=letter, centres=ink.centres), style, at, readable=False)
    canvas.taken[around] = -1


def legend(canvas: Canvas) -> None:
    """Put a bar of greys or colours with what names it and its ends, three pixels away at most."""
    rng = canvas.rng
    style = replace(canvas.style(draw_height(rng, 20)), angle=0, tilt=0.0)
    if rng.random() < 0.4:
        style = replace(style, edge="outline")
    high, wide = int(rng.integers(20, 140)), int(rng.integers(4, 26))
    y, x = canvas.place(high, wide, style)
    area = np.s_[max(0, y) : max(0, y + high), max(0, x) : max(0, x + wide)]
    if canvas.taken[area].any() or not canvas.plane[area].size:
        return
    canvas.plane[area] = _steps(canvas, canvas.plane[area].shape)
    canvas.taken[area] = -1
    gap = int(rng.integers(0, 4))
    names = ("PWR", "VEL", "dB", "cm/s", "m/s", "CD", "CFM", "HU", "MAX", "MIN", "Hz", "kPa", "Col", "2D")
    for end in (0, 1):
        for kind in ("name", "number"):
            if rng.random() < 0.4:
                continue
            text = str(rng.choice(names)) if kind == "name" else f"{rng.choice(['', '-', '+'])}{rng.integers(200)}"
            script = Script(text=text, kind="scale", phi=())
            ink = canvas.render(script, style)
            if ink is None:
                continue
            rows, columns = ink.mask.shape
            if kind == "name":
                at = (y + high + gap, y - gap - rows)[end], x + wide - columns if rng.random() < 0.3 else x
            else:
                at = (y, y + high - rows)[end], x + wide + gap if rng.random() < 0.5 else x - gap - columns
            canvas.put(script, ink, style, *at, 0, 0)


def put(canvas: Canvas, script: Script, ink: Ink, style: Style, at: tuple[int, int], *, readable: bool) -> None:
    """Put one line at a corner, and say whether a reader can be asked for it."""
    if canvas.put(script, ink, style, *at, 0, 0) and not readable:
        canvas.lines[-1] = replace(canvas.lines[-1], readable=False)


def _turned(half: Point, tilt: float, middle: Point) -> list[Point]:
    """Return the corners of a rectangle of such half sides, turned counter-clockwise by `tilt` degrees."""
    angle = np.deg2rad(tilt)
    along, down = (np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle))
    signs = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    return [
        (middle[0] + a * half[0] * along[0] + b * half[1] * down[0],
         middle[1] + a * half[0] * along[1] + b * half[1] * down[1])
        for a, b in signs
    ]  # fmt: skip


def _around(corners: list[Point]) -> tuple[slice, slice]:
    """Return the rows and columns that hold the corners."""
    columns, rows = zip(*corners, strict=True)
    return _reach(rows), _reach(columns)


def _reach(sides: tuple[float, ...]) -> slice:
    return slice(max(0, int(min(sides)) - 1), max(0, int(max(sides)) + 2))


def _lay(canvas: Canvas, corners: list[Point], *, against: float, ticks: bool) -> None:
    """Draw a plate of a grey near `against`, unevenly; with ticks along its edge it is a ruler."""
    rng = canvas.rng
    rows, columns = canvas.plane.shape[:2]
    image = Image.new("L", (columns, rows))
    draw = ImageDraw.Draw(image)
    draw.polygon(corners, 255)
    if ticks:
        (ax, ay), (bx, by), *_, (dx, dy) = corners
        depth = rng.uniform(0.1, 0.3)
        for share in np.arange(0.03, 1, rng.uniform(0.05, 0.15)).tolist():
            begin = ax + (bx - ax) * share, ay + (by - ay) * share
            draw.line([begin, (begin[0] + (dx - ax) * depth, begin[1] + (dy - ay) * depth)], 0, int(rng.integers(1, 3)))
    cover = (np.asarray(image, np.float32) / 255 * np.float32(rng.uniform(0.6, 1)))[..., None]
    shade = abs(against - rng.uniform(0, 0.35)) + 0.1 * smooth_noise(rng, rows, columns, 40)[..., None]
    canvas.plane[:] = np.clip(canvas.plane * (1 - cover) + shade * cover, 0, 1)


def _on_side(rng: np.random.Generator, ink: Ink) -> tuple[NDArray[np.float32], list[Point]]:
    """Return the ink turned and sheared, ``float32[h, w]``, and the corners of a side around it, in its pixels."""
    high, wide = ink.mask.shape
    pad = rng.uniform(0.15, 0.6) * high
    side = np.array([[-pad, -pad], [wide + pad, -pad], [wide + pad, high + pad], [-pad, high + pad]])
    turn, shear = rng.uniform(-0.8, 0.8), rng.uniform(-0.6, 0.6)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]) @ [[1, shear], [0, 1]]
    moved = side @ matrix.T
    corner = moved.min(axis=0) - 2
    size = np.ceil(moved.max(axis=0) - corner + 3).astype(int)
    inverse = np.linalg.inv(matrix)
    offset = inverse @ corner
    data = (*inverse[0].tolist(), float(offset[0]), *inverse[1].tolist(), float(offset[1]))
    image = Image.fromarray((ink.mask * 255).astype(np.uint8))
    turned = image.transform((int(size[0]), int(size[1])), Image.Transform.AFFINE, data, Image.Resampling.BILINEAR)
    return np.asarray(turned, np.float32) / np.float32(255), [(float(a), float(b)) for a, b in moved - corner]


def _wires(canvas: Canvas, wires: list[tuple[Point, Point]], style: Style) -> None:
    rows, columns = canvas.plane.shape[:2]
    image = Image.new("L", (columns, rows))
    draw = ImageDraw.Draw(image)
    for wire in wires:
        draw.line(wire, 255, int(canvas.rng.integers(1, 3)))
    ink = np.asarray(image, np.float32)[..., None] / 255
    canvas.plane[:] = canvas.plane * (1 - ink) + style.value * ink


def _steps(canvas: Canvas, shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Return a bar that runs from dark to bright, ``float32[h, w, c]``; in colour, through several hues."""
    rng = canvas.rng
    ramp = np.linspace(1, 0, shape[0])
    if rng.random() < 0.3:
        steps = int(rng.integers(4, 16))
        ramp = np.floor(ramp * steps) / steps
    stops = rng.random((int(rng.integers(2, 5)), shape[2]), np.float32)
    stops = np.sort(stops, axis=0) if shape[2] == 1 or rng.random() < 0.3 else stops
    places = np.linspace(0, 1, len(stops))
    layers = [np.interp(ramp, places, stops[:, channel]) for channel in range(shape[2])]
    return np.broadcast_to(np.stack(layers, axis=1)[:, None], shape).astype(np.float32)
