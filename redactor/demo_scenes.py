"""Images for the demo: pixels of the files inside pydicom's own wheel, and drawn ones."""

from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from pydicom import Dataset
from pydicom.data import get_testdata_file
from pydicom.uid import (
    DigitalXRayImageStorageForPresentation,
    SecondaryCaptureImageStorage,
    UltrasoundMultiFrameImageStorage,
    generate_uid,
)

from ..errors import UsageError
from .demo_burn import Burned
from .demo_font import draw
from .dicom import Frames, PixelFormat, open_file, read_frames

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scene:
    """An image without identity.

    Attributes
    ----------
    header : pydicom.Dataset
    frames : Frames
    marks : tuple of Burned
        Text that belongs to the image and identifies nobody.
    """

    header: Dataset
    frames: Frames
    marks: tuple[Burned, ...] = ()


def from_pydicom(
    name: str,
    *,
    cut: tuple[int, int, int, int] | None = None,
    factor: int = 1,
    canvas: tuple[int, int] | None = None,
    most: int = 1,
) -> Scene:
    """Take the pixels and header of a file that pydicom's wheel ships.

    Parameters
    ----------
    name : str
        Of the file.
    cut : (top, bottom, left, right), optional
        The part without text of its own; all by default.
    factor : int
        How many times larger it is drawn: some are too small to hold text.
    canvas : (rows, columns), optional
        Of the frame that it is laid into the middle of.
    most : int
        Frames to take.

    Raises
    ------
    UsageError
        pydicom was installed without its sample files.
    """
    path = get_testdata_file(name, download=False)
    if not isinstance(path, str):
        raise UsageError(f"pydicom's sample file {name} is not installed; reinstall pydicom from its wheel")
    source = open_file(Path(path))
    frames = read_frames(source, 0, min(most, source.frame_count))
    top, bottom, left, right = cut or (0, source.rows, 0, source.columns)
    stored = enlarge(frames.stored[:, top:bottom, left:right], factor)
    if canvas:
        stored = _laid_into(stored, canvas, _background(frames))
    return Scene(header=deepcopy(source.dataset), frames=replace(frames, stored=stored))


def radiograph(rows: int = 1500, columns: int = 1200) -> Scene:
    """Draw a 12-bit MONOCHROME1 radiograph: a collimated field with two lungs, ribs, noise and a lead marker."""
    random = np.random.default_rng(12)
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    y, x = y / rows, x / columns
    light = 0.35 + 0.3 * np.exp(-(((x - 0.5) / 0.1) ** 2)) + 0.12 * np.sin(y * 38 + 2.5 * np.abs(x - 0.5)) ** 8
    for centre in (0.3, 0.7):
        light -= 0.28 * np.exp(-((((x - centre) / 0.13) ** 2 + ((y - 0.48) / 0.26) ** 2) ** 2))
    field = (np.abs(x - 0.5) < 0.43) & (np.abs(y - 0.52) < 0.4)
    light = np.where(field, light, 0.03) + random.normal(0, 0.008, light.shape)
    marker = draw("L", 64, weight=11)
    mark = Burned(text="L (lead)", secret=False, x0=960, y0=240, ink=marker > 0.5)
    light[240 : 240 + marker.shape[0], 960 : 960 + marker.shape[1]] += 0.55 * marker
    stored = ((1 - np.clip(light, 0, 1)) * 4095).round().astype(np.uint16)
    header = _header(DigitalXRayImageStorageForPresentation, "DX", "radiograph")
    return Scene(header=header, frames=_frames(stored[None, ..., None], "MONOCHROME1", 12), marks=(mark,))


def fan(frames: int = 6, rows: int = 600, columns: int = 800) -> Scene:
    """Draw a cine of 8-bit ultrasound: speckle in a sector that changes from frame to frame, and a depth scale."""
    random = np.random.default_rng(7)
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    depth, angle = np.hypot(x - columns / 2, y - 60), np.arctan2(x - columns / 2, y - 60)
    sector = (np.abs(angle) < 0.7) & (depth > 40) & (depth < 480)
    tissue = 0.45 + 0.3 * np.sin(depth / 37) * np.cos(angle * 6)
    tissue -= 0.3 * np.exp(-(((depth - 260) / 60) ** 2 + (angle / 0.2) ** 2))  # a cyst
    speckle = random.rayleigh(0.55, (frames, rows, columns)).astype(np.float32)
    stored = np.where(sector, np.clip(tissue * speckle, 0, 1) * 200, 0).round().astype(np.uint8)
    for tick in range(80, 521, 44):
        stored[:, tick : tick + 2, columns - 60 : columns - 50] = 180
    header = _header(UltrasoundMultiFrameImageStorage, "US", "fan")
    return Scene(header=header, frames=_frames(stored[..., None], "MONOCHROME2", 8))


def page(rows: int = 520, columns: int = 760) -> Scene:
    """Draw a bright colour page with a table, as consoles store dose reports."""
    stored = np.full((1, rows, columns, 3), 244, np.uint8)
    stored[:, 150:190, 60:700] = (196, 212, 236)
    for line in range(150, 391, 40):
        stored[:, line : line + 1, 60:700] = 120
    for column in (60, 270, 485, 699):
        stored[:, 150:391, column : column + 1] = 120
    return Scene(header=_header(SecondaryCaptureImageStorage, "OT", "page"), frames=_frames(stored, "RGB", 8))


def enlarge(stored: Array, factor: int) -> Array:
    """Give frames [n, rows, columns, samples] `factor` times as large, interpolated linearly."""
    if factor == 1:
        return stored
    values = stored.astype(np.float32)
    for axis in (1, 2):
        length = values.shape[axis]
        place = np.clip((np.arange(length * factor) + 0.5) / factor - 0.5, 0, length - 1)
        low = np.minimum(place.astype(int), length - 2)
        share = (place - low).reshape([-1 if a == axis else 1 for a in range(4)]).astype(np.float32)
        values = values.take(low, axis) * (1 - share) + values.take(low + 1, axis) * share
    return values.round().astype(stored.dtype)


def _laid_into(stored: Array, canvas: tuple[int, int], background: Array) -> Array:
    count, rows, columns, samples = stored.shape
    laid = np.empty((count, *canvas, samples), stored.dtype)
    laid[...] = background
    top, left = (canvas[0] - rows) // 2, (canvas[1] - columns) // 2
    laid[:, top : top + rows, left : left + columns] = stored
    return laid


def _background(frames: Frames) -> Array:
    """Give the stored value that is shown black, one number per sample."""
    pixel_format = frames.pixel_format
    if pixel_format.palette is not None:
        return np.array([pixel_format.palette.darkest(pixel_format.lowest, pixel_format.highest)])
    if pixel_format.photometric.startswith("YBR"):
        return np.array([0, 128, 128])
    return np.array([0] * 3 if pixel_format.samples == 3 else [frames.stored.min()])


def _frames(stored: Array, photometric: str, bits: int) -> Frames:
    return Frames(stored=stored, pixel_format=PixelFormat(photometric=photometric, bits_stored=bits))


def _header(sop_class: str, modality: str, seed: str) -> Dataset:
    header = Dataset()
    header.SOPClassUID = sop_class
    for keyword in ("SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID"):
        setattr(header, keyword, generate_uid(entropy_srcs=[seed, keyword]))
    header.Modality = modality
    header.Manufacturer = "deburn demo"
    header.StudyID, header.SeriesNumber, header.InstanceNumber = "1", 1, 1
    header.PatientOrientation = ""
    return header
