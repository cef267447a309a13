"""What anatomy draws where it looks like letters: bones and vessels end on, rows of teeth, loops of wire, tubes."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from .backgrounds import Plane, as_plane, smooth_noise

Ink = NDArray[np.float32]
# Shapes are drawn so many times larger and shrunk: their edges are as smooth as a scanner makes them.
FINER = 4
FLAT = 0.01  # standard deviation


def draw_anatomy(rng: np.random.Generator, plane: Plane, count: int) -> Plane:
    """Return the frame with `count` such shapes or rows of them, ``float32[h, w, c]`` in [0, 1].

    Their edges are soft and their greys uneven, which is how they differ from letters; so does that they never stand on
    flat ground.
    """
    rows, columns = plane.shape[:2]
    for _ in range(count):
        high, wide = min(rows, int(rng.integers(40, 241))), min(columns, int(rng.integers(40, 241)))
        y, x = int(rng.integers(rows - high + 1)), int(rng.integers(columns - wide + 1))
        patch = plane[y : y + high, x : x + wide]
        if patch.std() < FLAT:
            continue
        ink = SHAPES[int(rng.integers(len(SHAPES)))](rng, high, wide)[..., None]
        ground = float(np.clip(patch.mean(), 0, 1))
        shade = rng.uniform(min(1.0, ground + 0.2), 1.0) if rng.random() < 0.85 else rng.uniform(0, ground)
        plane = plane.copy()
        plane[y : y + high, x : x + wide] = as_plane(patch * (1 - ink) + np.float32(shade) * ink)
    return plane


def _end_on(rng: np.random.Generator, rows: int, columns: int) -> Ink:
    """Draw a rib, a vessel or an airway across: a ring, its core darker."""
    radius = float(np.exp(rng.uniform(np.log(3), np.log(18))))
    with_core = rng.random() < 0.85
    return _softened(rng, _ring(rng, _blank(rows, columns), (columns / 2, rows / 2), radius, with_core=with_core))


def _teeth(rng: np.random.Generator, rows: int, columns: int) -> Ink:
    """Draw a row or an arch of rings and blobs."""
    radius = float(np.exp(rng.uniform(np.log(3), np.log(20))))
    step, bend, lean = radius * rng.uniform(1.9, 2.8), rng.uniform(0, 2.5), rng.uniform(-0.3, 0.3)
    image = _blank(rows, columns)
    half = int(rng.integers(1, 9))
    for index in range(-half, half + 1):
        x = columns / 2 + index * step
        y = rows / 2 + (bend * (index / half) ** 2 + lean * index) * step
        image = _ring(rng, image, (x, y), radius * rng.uniform(0.8, 1.2), with_core=rng.random() < 0.7)
    turned = image.rotate(float(rng.choice([0, 0, 90, 180, 270]))) if rows == columns else image
    return _softened(rng, turned)


def _loops(rng: np.random.Generator, rows: int, columns: int) -> Ink:
    """Draw loops of wire and rims of calcium, closed and open."""
    image = _blank(rows, columns)
    draw = ImageDraw.Draw(image)
    for _ in range(int(rng.integers(1, 4))):
        a, b = rng.uniform(3, 20) * FINER, rng.uniform(3, 20) * FINER
        x, y = rng.uniform(0.2, 0.8) * columns * FINER, rng.uniform(0.2, 0.8) * rows * FINER
        begin = rng.uniform(0, 360)
        draw.arc(
            [x - a, y - b, x + a, y + b], begin, begin + rng.uniform(120, 360), 255, round(rng.uniform(1, 3) * FINER)
        )
    return _softened(rng, image)


def _tubes(rng: np.random.Generator, rows: int, columns: int) -> Ink:
    """Draw short thick strokes, alone, forked or side by side: vessels, clips, ends of bones."""
    image = _blank(rows, columns)
    draw = ImageDraw.Draw(image)
    x, y = columns * FINER / 2, rows * FINER / 2
    angle, width = rng.uniform(0, np.pi), rng.uniform(1.5, 6) * FINER
    for _ in range(int(rng.integers(1, 5))):
        length = rng.uniform(2, 7) * width
        end = (x + np.cos(angle) * length, y + np.sin(angle) * length)
        draw.line([(x, y), end], 255, round(width))
        for cx, cy in ((x, y), end):
            draw.ellipse([cx - width / 2, cy - width / 2, cx + width / 2, cy + width / 2], 255)
        angle += rng.uniform(-1.5, 1.5)
        if rng.random() < 0.6:
            x, y = end
        else:
            x, y = x + rng.uniform(-3, 3) * width, y + rng.uniform(-3, 3) * width
    return _softened(rng, image)


SHAPES: tuple[Callable[[np.random.Generator, int, int], Ink], ...] = (_end_on, _end_on, _teeth, _loops, _tubes)


def _blank(rows: int, columns: int) -> Image.Image:
    return Image.new("L", (columns * FINER, rows * FINER))


def _ring(
    rng: np.random.Generator, image: Image.Image, centre: tuple[float, float], radius: float, *, with_core: bool
) -> Image.Image:
    """Return the image with an ellipse, leaning at random, and its core; `radius` in pixels of the result."""
    side = int(4 * radius * FINER)
    stamp = Image.new("L", (side, side))
    draw = ImageDraw.Draw(stamp)
    a, b = radius * FINER, radius * FINER * rng.uniform(0.4, 1)
    draw.ellipse([side / 2 - a, side / 2 - b, side / 2 + a, side / 2 + b], 255)
    if with_core:
        rim = rng.uniform(0.2, 0.7) * b
        dim = int(rng.uniform(0, 160))
        draw.ellipse([side / 2 - a + rim, side / 2 - b + rim, side / 2 + a - rim, side / 2 + b - rim], dim)
    leaning = stamp.rotate(float(rng.choice([0, 90]) + rng.normal(0, 12)), Image.Resampling.BILINEAR)
    at = (int(centre[0] * FINER - side / 2), int(centre[1] * FINER - side / 2))
    image.paste(leaning, at, leaning.point(lambda value: 255 if value else 0))
    return image


def _softened(rng: np.random.Generator, image: Image.Image) -> Ink:
    """Return the shapes' ink at the size of the frame, ``float32[h, w]`` in [0, 1], blurred and uneven."""
    columns, rows = image.width // FINER, image.height // FINER
    blurred = image.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.5, 2)) * FINER))
    ink = np.asarray(blurred.resize((columns, rows), Image.Resampling.BOX), np.float32) / 255
    uneven = 1 - rng.uniform(0, 0.5) * smooth_noise(rng, rows, columns, rng.uniform(3, 12))
    return np.asarray(ink * uneven, np.float32)
