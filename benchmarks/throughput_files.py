"""The files that throughput is measured on: pages of noise and shading with fifteen lines, in several syntaxes."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import imagecodecs
import numpy as np
from pydicom import Dataset
from pydicom.dataset import FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import (
    UID,
    ExplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGLSLossless,
    SecondaryCaptureImageStorage,
)

from deburn.redactor.demo_font import draw

LINES = (
    "VOSKAMP JELLE", "ID QX-004117", "12.03.1987 M", "22.11.2026", "14:03:11", "ST ELIN KLINIK", "ACC 7731902",
    "CHEST PA", "KVP 120", "MAS 3.2", "W 4095 L 2047", "SE 3 IM 12", "ZOOM 100 %", "TECH: MK", "L",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of file."""

    rows: int
    columns: int
    bits: int
    syntax: str

    def __str__(self) -> str:
        return f"{self.rows} x {self.columns}, {self.bits} bit, {self.syntax}"


def page(rows: int, columns: int, bits: int, seed: int) -> np.ndarray:
    """Return one page, ``uint8|uint16[rows, columns]``: shading, grain and the fifteen lines at native depth."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:rows, :columns]
    shown = 0.35 + 0.2 * np.sin(x / 150 + seed) * np.cos(y / 200) + rng.normal(0, 0.01, (rows, columns))
    step = max(12, rows // 8)
    for number, text in enumerate(LINES):
        ink = draw(text, (11.0, 14.0, 18.0)[number % 3])[:rows, :columns]
        top = min(8 + number // 3 * step, rows - ink.shape[0])
        left = min(8 + number % 3 * (columns // 3), columns - ink.shape[1])
        patch = shown[top : top + ink.shape[0], left : left + ink.shape[1]]
        np.maximum(patch, ink, out=patch)
    return (shown.clip(0, 1) * ((1 << bits) - 1)).astype(np.uint8 if bits <= 8 else np.uint16)


_SYNTAXES: dict[str, tuple[UID, Callable[[np.ndarray], bytes]]] = {
    "uncompressed": (ExplicitVRLittleEndian, np.ndarray.tobytes),
    "JPEG-LS": (JPEGLSLossless, lambda one: bytes(imagecodecs.jpegls_encode(one))),
    "JPEG 2000": (
        JPEG2000Lossless,
        lambda one: bytes(imagecodecs.jpeg2k_encode(one, level=0, codecformat="j2k", reversible=True)),
    ),
    "JPEG baseline": (JPEGBaseline8Bit, lambda one: bytes(imagecodecs.jpeg8_encode(one, level=92))),
}
SYNTAXES = tuple(_SYNTAXES)


def write_files(folder: Path, kind: Kind, count: int) -> list[Path]:
    """Write so many files of a kind; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number:05d}.dcm" for number in range(count)]
    for number, path in enumerate(paths):
        write_file(path, page(kind.rows, kind.columns, kind.bits, number % 16)[None], kind)
    return paths


def write_file(path: Path, frames: np.ndarray, kind: Kind) -> None:
    """Write grey frames ``[n, rows, columns]`` as a file."""
    uid, encode = _SYNTAXES[kind.syntax]
    dataset = Dataset()
    dataset.SOPClassUID, dataset.SOPInstanceUID = SecondaryCaptureImageStorage, UID(f"2.25.{crc32(path.name.encode())}")
    dataset.PatientName, dataset.PatientID, dataset.Modality = "VOSKAMP^JELLE", "QX-004117", "OT"
    dataset.Rows, dataset.Columns, dataset.SamplesPerPixel = kind.rows, kind.columns, 1
    dataset.PhotometricInterpretation, dataset.PixelRepresentation = "MONOCHROME2", 0
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = frames.itemsize * 8, kind.bits, kind.bits - 1
    if len(frames) > 1:
        dataset.NumberOfFrames = len(frames)
    coded = [encode(frame) for frame in frames]
    if uid.is_compressed:
        dataset.add_new(0x7FE00010, "OB", encapsulate(coded))
        dataset["PixelData"].is_undefined_length = True
    else:
        data = b"".join(coded)
        dataset.add_new(0x7FE00010, "OW", data + b"\0" * (len(data) % 2))
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = uid
    dataset.save_as(path, enforce_file_format=True)


def console_cine(frames: int, rows: int, columns: int, *, moving: float) -> np.ndarray:
    """Return a cine, ``uint8[n, rows, columns]``: a console that stands still around a picture that moves.

    Parameters
    ----------
    moving : float
        Share of rows and of columns that the moving picture takes in the middle; 0 for none.
    """
    rng = np.random.default_rng(4)
    still = np.full((rows, columns), 6, np.uint8)
    edge = max(1, int(columns * (1 - moving) / 2))
    for number, text in enumerate(LINES):
        ink = (draw(text, 13.0) * 235).astype(np.uint8)[: rows // 2, :edge]
        top = 8 + number // 2 * 34
        left = 4 if number % 2 else columns - 4 - ink.shape[1]
        patch = still[top : top + ink.shape[0], left : left + ink.shape[1]]
        np.maximum(patch, ink[: patch.shape[0], : patch.shape[1]], out=patch)
    film = np.repeat(still[None], frames, axis=0)
    high, wide = int(rows * moving), int(columns * moving)
    if not (high and wide):
        return film
    grain = rng.gamma(1.5, 30.0, (high, wide))
    top, left = (rows - high) // 2, (columns - wide) // 2
    for number, frame in enumerate(film):
        frame[top : top + high, left : left + wide] = np.roll(grain, 3 * number, axis=0).clip(0, 200)
    return film
