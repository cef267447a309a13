"""What looks like text and is none: rulers, grids, traces, calipers, screws, wires, edges."""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw

from .backgrounds import Plane, as_plane

Draw = ImageDraw.ImageDraw


def draw_clutter(rng: np.random.Generator, plane: Plane, count: int) -> Plane:
    """Return the frame with `count` pieces of clutter drawn into it, ``float32[h, w, c]``."""
    for _ in range(count):
        rows, columns = plane.shape[:2]
        image = Image.new("L", (columns, rows))
        CLUTTER[int(rng.integers(len(CLUTTER)))](rng, ImageDraw.Draw(image), rows, columns)
        ink = np.asarray(image, np.float32)[..., None] / 255
        shade = np.float32(rng.uniform(0.5, 1) if rng.random() < 0.8 else rng.uniform(0, 0.5))
        grey = plane.shape[2] == 1 or rng.random() < 0.4
        colour = shade * (np.ones(1, np.float32) if grey else rng.random(3, np.float32))
        plane = as_plane(plane * (1 - ink) + colour * ink)
    return plane


def _ruler(rng: np.random.Generator, draw: Draw, rows: int, columns: int) -> None:
    step, long, short = rng.uniform(3, 40), int(rng.integers(4, 16)), int(rng.integers(2, 5))
    upright, at = rng.random() < 0.6, int(rng.integers(min(rows, columns)))
    width = int(rng.integers(1, 3))
    for index in range(int(max(rows, columns) / step)):
        reach = long if index % 5 == 0 else short
        place = int(index * step)
        draw.line([(at, place), (at + reach, place)] if upright else [(place, at), (place, at + reach)], 255, width)
    if rng.random() < 0.5:
        draw.line([(at, 0), (at, rows)] if upright else [(0, at), (columns, at)], 255, 1)


def _scale_bar(rng: np.random.Generator, draw: Draw, rows: int, columns: int) -> None:
    """Draw short scales as slices have them: a bar, its ends higher than the few ticks between; or a bare bracket."""
    steps, step = int(rng.integers(1, 11)), rng.uniform(4, 24)
    high, low, width = int(rng.integers(4, 14)), int(rng.integers(2, 5)), int(rng.integers(1, 4))
    if rng.random() < 0.25:
        steps, high = 1, int(rng.integers(8, 50))
    upright, side = rng.random() < 0.5, int(rng.choice([-1, 1]))
    x, y = float(rng.integers(columns)), float(rng.integers(rows))

    def line(along: float, across: float, to_along: float, to_across: float) -> None:
        ends = [(x + along, y + side * across), (x + to_along, y + side * to_across)]
        if upright:
            ends = [(x + side * across, y + along), (x + side * to_across, y + to_along)]
        draw.line(ends, 255, width)

    line(0, 0, steps * step, 0)
    for index in range(steps + 1):
        line(index * step, 0, index * step, high if index in (0, steps) else low)


def _grid(rng: np.random.Generator, draw: Draw, rows: int, columns: int) -> None:
    step = rng.uniform(8, 50)
    x0, y0 = rng.integers(columns), rng.integers(rows)
    x1, y1 = x0 + step * rng.integers(2, 8), y0 + step * rng.integers(2, 8)
    for x in np.arange(x0, x1 + 1, step).tolist():
        draw.line([(float(x), float(y0)), (float(x), float(y1))], 255)
    for y in np.arange(y0, y1 + 1, step).tolist():
        draw.line([(float(x0), float(y)), (float(x1), float(y))], 255)


def _trace(rng: np.random.Generator, draw: Draw, rows: int, columns: int) -> None:
    """Draw an ECG or a Doppler outline."""
    x = np.arange(0, columns, 2)
    beat = rng.uniform(20, 90)
    phase = (x % beat) / beat
    wave = np.exp(-(((phase - 0.5) / 0.03) ** 2)) - 0.3 * np.exp(-(((phase - 0.58) / 0.02) ** 2))
    wave = wave + 0.2 * np.exp(-(((phase - 0.8) / 0.06) ** 2)) + rng.standard_normal(x.size) * 0.03
    y = rng.uniform(0.1, 0.9) * rows - wave * rng.uniform(5, 40)
    draw.line(list(zip(x.tolist(), y.tolist(), strict=True)), 255, int(rng.integers(1, 3)))


def _caliper(rng: np.random.Generator, draw: Draw, rows: int, columns: int) -> None:
    arm = int(rng.integers(2, 9))
    ends = [(int(rng.integers(columns)), int(rng.integers(rows))) for _ in range(2)]
    kind = int(rng.integers(3))
    for x, y in ends:
        if kind != 1:
            draw.line([(x - arm, y), (x + arm, y)], 255)
            draw.line([(x, y - arm), (x, y + arm)], 255)
        if kind != 0:
            draw.line([(x - arm, y - arm), (x + arm, y + arm)], 255)
            draw.line([(x - arm, y + arm), (x + arm, y - arm)], 255)
    if rng.random() < 0.6:
        for t in np.arange(0, 1, rng.uniform(0.02, 0.1)):
            x, y = (a + (b - a) * t for a, b in zip(*ends, strict=True))
            draw.rectangle([x, y, x + 1, y + 1], 255)


def _screw(rng: np.random.Generator, draw: Draw, rows: int, columns: int) -> None:
    x, y, length = rng.integers(columns), rng.integers(rows), rng.integers(20, 120)
    angle, wide = rng.uniform(0, np.pi), rng.uniform(2, 7)
    dx, dy = np.cos(angle), np.sin(angle)
    draw.line([(x, y), (x + dx * length, y + dy * length)], 220, int(wide))
    for t in range(0, int(length), max(3, int(wide))):
        cx, cy = x + dx * t, y + dy * t
        draw.line([(cx - dy * wide, cy + dx * wide), (cx + dy * wide, cy - dx * wide)], 255, 2)


def _wire(rng: np.random.Generator, draw: Draw, rows: int, columns: int) -> None:
    points = [(float(rng.uniform(0, columns)), float(rng.uniform(0, rows))) for _ in range(int(rng.integers(3, 7)))]
    draw.line(points, 255, int(rng.integers(1, 5)), joint="curve")


def _shapes(rng: np.random.Generator, draw: Draw, rows: int, columns: int) -> None:
    """Draw triangles, rings, boxes and arrows of about a letter's size."""
    for _ in range(int(rng.integers(1, 6))):
        x, y, size = int(rng.integers(columns)), int(rng.integers(rows)), int(rng.integers(3, 24))
        fill = 255 if rng.random() < 0.5 else None
        kind = int(rng.integers(4))
        if kind == 0:
            turn = rng.integers(4)
            corner = [(x, y), (x + size, y), (x + size, y + size), (x, y + size)]
            draw.polygon([corner[k] for k in range(4) if k != turn], fill, 255)
        elif kind == 1:
            draw.ellipse([x, y, x + size, y + size], fill, 255, int(rng.integers(1, 3)))
        elif kind == 2:
            draw.rectangle([x, y, x + size * int(rng.integers(1, 5)), y + size], fill, 255)
        else:
            draw.line([(x, y), (x + size, y + size // 2), (x, y + size)], 255, int(rng.integers(1, 4)))


def _bar(rng: np.random.Generator, draw: Draw, rows: int, columns: int) -> None:
    """Draw a grey or colour bar with a frame."""
    x, y = int(rng.integers(columns)), int(rng.integers(rows))
    width, height = int(rng.integers(4, 20)), int(rng.integers(30, 200))
    for k in range(height):
        draw.line([(x, y + k), (x + width, y + k)], 255 - int(255 * k / height))
    draw.rectangle([x, y, x + width, y + height], None, 255)


def _dots(rng: np.random.Generator, draw: Draw, rows: int, columns: int) -> None:
    step, size = rng.uniform(4, 30), int(rng.integers(0, 3))
    x, y, upright = rng.uniform(0, columns), rng.uniform(0, rows), rng.random() < 0.5
    for index in range(int(rng.integers(4, 40))):
        cx, cy = (x, y + index * step) if upright else (x + index * step, y)
        draw.rectangle([cx, cy, cx + size, cy + size], 255)


CLUTTER: tuple[Callable[[np.random.Generator, Draw, int, int], None], ...] = (
    _ruler, _ruler, _scale_bar, _scale_bar, _grid, _trace, _caliper, _caliper, _screw, _wire, _wire, _shapes, _shapes,
    _bar, _dots,
)  # fmt: skip
