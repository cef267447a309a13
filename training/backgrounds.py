"""What text is burned into: real text-free frames, and procedural ones that training can always draw."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..errors import RefusedError
from ..redactor.dicom import open_file, read_frames, visible

Plane = NDArray[np.float32]
# Longer sides are halved until they fit: a crop of a whole film would be of one grey.
LONGEST = 2048


def load_backgrounds(folder: Path) -> list[Plane]:
    """Return the middle frame of every DICOM file below a folder, ``float32[rows, columns, 1|3]`` in [0, 1]."""
    planes = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            try:
                planes.append(_load(path))
            except RefusedError:
                continue  # a folder of backgrounds holds its own notes too
    return planes


def _load(path: Path) -> Plane:
    source = open_file(path)
    middle = source.frame_count // 2
    frame = visible(read_frames(source, middle, middle + 1))[0].astype(np.float32)
    while max(frame.shape[:2]) > LONGEST:
        rows, columns = frame.shape[0] // 2 * 2, frame.shape[1] // 2 * 2
        frame = frame[:rows, :columns].reshape(rows // 2, 2, columns // 2, 2, -1).mean(axis=(1, 3))
    low, high = frame.min(), np.percentile(frame, 99.95)
    return as_plane((frame - low) / max(high - low, 1.0))


def draw_background(rng: np.random.Generator, rows: int, columns: int, real: Sequence[Plane]) -> Plane:
    """Return a text-free frame, ``float32[rows, columns, 1|3]`` in [0, 1]."""
    kind = rng.random() if real else 1.0
    if kind < 0.06:
        # Beside its share of the procedural ones: no ground hides text as well, and real frames seldom have it.
        plane = _texture(rng, rows, columns)[..., None]
    elif kind < 0.26:
        plane = _mosaic(rng, real, rows, columns)
    elif kind < 0.68:
        plane = _crop_of(rng, real[int(rng.integers(len(real)))], rows, columns)
    else:
        plane = PROCEDURAL[int(rng.integers(len(PROCEDURAL)))](rng, rows, columns)[..., None]
    if rng.random() < 0.22:
        plane = _on_console(rng, plane)
    if rng.random() < 0.1:
        plane = 1.0 - plane
    gain = rng.uniform(0.35, 1.0) if rng.random() < 0.6 else 1.0
    return np.ascontiguousarray(plane * gain, np.float32)


def as_plane(values: NDArray[np.floating]) -> Plane:
    """Return values as a frame's, ``float32`` in [0, 1]."""
    return np.asarray(values, np.float32).clip(0, 1)


def resize(plane: Plane, rows: int, columns: int, how: Image.Resampling = Image.Resampling.BILINEAR) -> Plane:
    """Return the plane at another size, ``float32[h, w, c] -> float32[rows, columns, c]``."""
    layers = [
        np.asarray(Image.fromarray(np.ascontiguousarray(plane[..., c])).resize((columns, rows), how))
        for c in range(plane.shape[2])
    ]
    return np.stack(layers, axis=2)


def _mosaic(rng: np.random.Generator, real: Sequence[Plane], rows: int, columns: int) -> Plane:
    """Return whole frames side by side, shrunk: what the detector's quarter scale sees of small images."""
    cell = int(np.exp(rng.uniform(np.log(32), np.log(160))))
    whole = np.zeros((rows, columns, 1), np.float32)
    for y in range(0, rows, cell):
        for x in range(0, columns, cell):
            plane = real[int(rng.integers(len(real)))]
            if min(plane.shape[:2]) > 4 * cell:
                plane = _crop_of(rng, plane, cell, cell, 0.25)
            shrunk = resize(plane.mean(axis=2, keepdims=True), cell, cell, Image.Resampling.BOX)
            whole[y : y + cell, x : x + cell] = shrunk[: rows - y, : columns - x]
    return whole


def _crop_of(rng: np.random.Generator, plane: Plane, rows: int, columns: int, least: float = 0.4) -> Plane:
    """Return a piece of a frame, turned and mirrored at random, at `least` to twice its scale."""
    scale = float(np.exp(rng.uniform(np.log(least), np.log(2.0))))
    high, wide = max(8, int(rows / scale)), max(8, int(columns / scale))
    y = int(rng.integers(max(1, plane.shape[0] - high + 1)))
    x = int(rng.integers(max(1, plane.shape[1] - wide + 1)))
    piece = plane[y : y + high, x : x + wide]
    turned = np.rot90(piece, int(rng.integers(4))) if rng.random() < 0.5 else piece
    mirrored = turned[:, ::-1] if rng.random() < 0.5 else turned
    if piece.shape[:2] == (high, wide) and high == wide:
        return resize(mirrored, rows, columns)
    fitting = (min(rows, round(mirrored.shape[0] * scale) or 1), min(columns, round(mirrored.shape[1] * scale) or 1))
    return _padded(rng, resize(mirrored, *fitting), rows, columns)


def _padded(rng: np.random.Generator, plane: Plane, rows: int, columns: int) -> Plane:
    """Return the plane somewhere on a black frame where it is too small."""
    whole = np.zeros((rows, columns, plane.shape[2]), np.float32)
    y, x = int(rng.integers(rows - plane.shape[0] + 1)), int(rng.integers(columns - plane.shape[1] + 1))
    whole[y : y + plane.shape[0], x : x + plane.shape[1]] = plane
    return whole


def _on_console(rng: np.random.Generator, plane: Plane) -> Plane:
    """Return the plane as an inset of an empty console: a rectangle of it, the rest flat."""
    rows, columns = plane.shape[:2]
    ground = 0.0 if rng.random() < 0.7 else float(rng.uniform(0, 0.35))
    whole = np.full_like(plane, ground)
    y, x = int(rng.integers(rows)), int(rng.integers(columns))
    area = np.s_[y:, x:] if rng.random() < 0.5 else np.s_[:y, :x]
    whole[area] = plane[area]
    return whole


def smooth_noise(rng: np.random.Generator, rows: int, columns: int, grain: float) -> Plane:
    """Return blobs about `grain` pixels wide, ``float32[rows, columns]`` in [0, 1]."""
    small = rng.random((max(2, int(rows / grain) + 2), max(2, int(columns / grain) + 2)), np.float32)
    image = Image.fromarray(small).resize((columns, rows), Image.Resampling.BICUBIC)
    return np.asarray(image, np.float32).clip(0, 1)


def _flat(rng: np.random.Generator, rows: int, columns: int) -> Plane:
    level = 0.0 if rng.random() < 0.6 else rng.random()
    plane = np.full((rows, columns), level, np.float32)
    return plane if rng.random() < 0.5 else plane + rng.standard_normal((rows, columns), np.float32) * 0.02


def _gradient(rng: np.random.Generator, rows: int, columns: int) -> Plane:
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    angle = rng.uniform(0, 2 * np.pi)
    ramp = (np.cos(angle) * x / columns + np.sin(angle) * y / rows) * rng.uniform(0.2, 1) + rng.random()
    return as_plane(ramp + smooth_noise(rng, rows, columns, 60) * 0.4)


def _fan(rng: np.random.Generator, rows: int, columns: int) -> Plane:
    """Return an ultrasound sector: speckle between two radii and two angles."""
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    cx, cy = rng.uniform(0, columns), rng.uniform(-0.3, 0.1) * rows
    radius, angle = np.hypot(x - cx, y - cy), np.abs(np.arctan2(x - cx, y - cy))
    inside = (
        (radius > rng.uniform(0, 0.3) * rows) & (radius < rng.uniform(0.7, 1.3) * rows) & (angle < rng.uniform(0.4, 1))
    )
    speckle = smooth_noise(rng, rows, columns, rng.uniform(1.5, 5)) ** rng.uniform(1, 3)
    return as_plane(inside * speckle * smooth_noise(rng, rows, columns, rows / 4))


def _radiograph(rng: np.random.Generator, rows: int, columns: int) -> Plane:
    """Return a collimated field with soft bodies and straight bright bones, its edges sharp."""
    body = smooth_noise(rng, rows, columns, rng.uniform(40, 120)) * 0.7 + smooth_noise(rng, rows, columns, 12) * 0.15
    for _ in range(int(rng.integers(0, 5))):
        y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
        angle, offset = rng.uniform(0, np.pi), rng.uniform(-rows, rows)
        distance = np.abs(np.cos(angle) * x + np.sin(angle) * y + offset)
        body = body + np.exp(-((distance / rng.uniform(3, 25)) ** 2)) * rng.uniform(0.1, 0.5)
    if rng.random() < 0.5:
        top, left = int(rng.integers(rows // 2)), int(rng.integers(columns // 2))
        mask = np.zeros((rows, columns), np.float32)
        mask[top:, left:] = 1
        body = body * mask + (1 - mask) * rng.choice([0.0, 1.0, 0.9])
    return as_plane(body + rng.standard_normal((rows, columns), np.float32) * rng.uniform(0, 0.05))


def _slice(rng: np.random.Generator, rows: int, columns: int) -> Plane:
    """Return a cross-section: a bright rim, ellipses of several greys, air around it."""
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    plane = np.zeros((rows, columns), np.float32)
    for _ in range(int(rng.integers(2, 12))):
        cy, cx = rng.uniform(0, rows), rng.uniform(0, columns)
        a, b = rng.uniform(4, columns / 2), rng.uniform(4, rows / 2)
        distance = ((x - cx) / a) ** 2 + ((y - cy) / b) ** 2
        plane = np.where(distance < 1, rng.random(), plane)
        plane = np.where(np.abs(distance - 1) < rng.uniform(0.02, 0.3), rng.random(), plane)
    grain = rng.standard_normal((rows, columns), np.float32) * rng.uniform(0.005, 0.08)
    return as_plane(plane + grain + smooth_noise(rng, rows, columns, 3) * rng.uniform(0, 0.1))


def _texture(rng: np.random.Generator, rows: int, columns: int) -> Plane:
    """Return texture as fine as letters: tissue, trabeculae, moving noise."""
    fine = smooth_noise(rng, rows, columns, rng.uniform(1.5, 10))
    coarse = smooth_noise(rng, rows, columns, rng.uniform(8, 50))
    ridges = 1 - np.abs(fine - 0.5) * 2 if rng.random() < 0.5 else fine
    return (ridges ** rng.uniform(1, 5) * (0.3 + coarse)).clip(0, 1).astype(np.float32)


def _blobs(rng: np.random.Generator, rows: int, columns: int) -> Plane:
    """Return islands with hard edges: flow maps, highlights, segmentations."""
    field = smooth_noise(rng, rows, columns, rng.uniform(4, 40))
    level = rng.uniform(0.45, 0.8)
    inside = field > level
    return as_plane(inside * (0.5 + 0.5 * smooth_noise(rng, rows, columns, 6)) + ~inside * rng.uniform(0, 0.3))


def _stripes(rng: np.random.Generator, rows: int, columns: int) -> Plane:
    """Return bars and steps: test patterns, colour bars, grids of detectors."""
    period = rng.uniform(3, 60)
    line = (np.arange(max(rows, columns), dtype=np.float32) % period) / period
    wave = (line > rng.random()).astype(np.float32) if rng.random() < 0.5 else np.floor(line * 8) / 8
    plane = (
        np.broadcast_to(wave[:columns], (rows, columns))
        if rng.random() < 0.5
        else np.broadcast_to(wave[:rows, None], (rows, columns))
    )
    return (plane * rng.uniform(0.1, 1)).astype(np.float32)


PROCEDURAL: tuple[Callable[[np.random.Generator, int, int], Plane], ...] = (
    _flat, _flat, _gradient, _fan, _fan, _radiograph, _radiograph, _slice, _slice, _texture, _texture, _blobs, _stripes,
)  # fmt: skip
