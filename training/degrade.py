"""What becomes of a page after its text was burned in, and what can still be asked of its lines."""

from dataclasses import replace
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .backgrounds import Plane
from .page import PageLine

# Ink that differs less than this from its ground, or from the noise of it, is nobody's to find or to read.
FINDABLE, READABLE = 0.045, 0.06
# Around ink the ground itself may vary; of what is measured there, so many times the ink's own contrast counts.
OWN = 1.5


def degrade(rng: np.random.Generator, plane: Plane) -> Plane:
    """Return the page after a camera, a scanner, a codec: blurred, noisy, compressed, rescaled in value."""
    if rng.random() < 0.15:
        plane = _soften(rng, plane)
    if rng.random() < 0.25:
        plane = plane + rng.standard_normal(plane.shape, np.float32) * np.float32(
            np.exp(rng.uniform(np.log(0.004), np.log(0.06)))
        )
    plane = plane.clip(0, 1)
    return _through_jpeg(rng, plane) if rng.random() < 0.25 else plane


def _soften(rng: np.random.Generator, plane: Plane) -> Plane:
    weight = np.float32(rng.uniform(0.05, 0.25))
    padded = np.pad(plane, ((1, 1), (1, 1), (0, 0)), mode="edge")
    plane = padded[1:-1] * (1 - 2 * weight) + (padded[:-2] + padded[2:]) * weight
    return plane[:, 1:-1] * (1 - 2 * weight) + (plane[:, :-2] + plane[:, 2:]) * weight


def _through_jpeg(rng: np.random.Generator, plane: Plane) -> Plane:
    pixels = (plane * 255).astype(np.uint8)
    image = Image.fromarray(pixels[..., 0] if plane.shape[2] == 1 else pixels)
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=int(rng.integers(45, 96)))
    decoded = np.asarray(Image.open(buffer), np.float32) / 255
    return np.asarray(decoded.reshape(plane.shape), np.float32)


def quantise(rng: np.random.Generator, plane: Plane) -> NDArray[np.int32]:
    """Return the page as stored values of 8 to 16 bits, some signed, some not using their range."""
    if plane.shape[2] == 3:
        return (plane * 255).round().astype(np.int32)
    bits = int(rng.choice([8, 10, 12, 14, 16], p=[0.5, 0.1, 0.25, 0.05, 0.1]))
    top = (1 << bits) - 1
    if rng.random() < 0.3:
        top = int(top * np.exp(rng.uniform(np.log(0.1), 0)))
    stored = (plane * max(top, 60)).round().astype(np.int32)
    return stored - (1 << (bits - 1)) if bits > 8 and rng.random() < 0.4 else stored


def judge(plane: Plane, line: PageLine) -> PageLine:
    """Return the line with what contrast leaves of it: a line that nobody could see is not asked for."""
    x0, y0, x1, y1 = line.box
    inside = plane[y0:y1, x0:x1].reshape(-1, plane.shape[2])
    pad = 3
    around = plane[max(0, y0 - pad) : y1 + pad, max(0, x0 - pad) : x1 + pad].reshape(-1, plane.shape[2])
    ground = np.median(around, axis=0)
    contrast = float(np.abs(np.percentile(inside, [3, 97], axis=0) - ground).max())
    noise = float(np.abs(around - ground).mean(axis=0).max())
    return replace(
        line,
        findable=line.findable and min(contrast, OWN * line.contrast) > max(FINDABLE, 0.6 * noise),
        readable=line.readable and contrast > READABLE and min(x1 - x0, y1 - y0) >= 3 and noise < 2 * contrast,
    )
