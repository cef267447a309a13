"""Write the tutorial's "new device": ``python -m deburn.training.new_device --output FOLDER``.

DICOM files of a device that the shipped networks were not trained on, and their truth: dot-matrix letters, wide
apart and faint, labels above their values, in a strip across the image. Everybody in them is invented.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydicom import Dataset
from pydicom.uid import ExplicitVRLittleEndian, SecondaryCaptureImageStorage, generate_uid

from ..errors import UsageError
from ..model import Box
from ..model.categories import CATEGORIES
from ..redactor.demo_encode import write_sample
from ..redactor.dicom import Frames, PixelFormat
from .dot_matrix import covers, draw_dots
from .evaluate_truth import TruthSpan
from .identities import Patient, draw_patient
from .strings import Script, fill
from .truth_file import save_truth, writing
from .truth_page import LocalLine, LocalPage

ROWS, COLUMNS, BITS = 480, 640, 12
# Of the stored range: how much brighter the dots are than their ground.
CONTRAST = (0.07, 0.16)
# Pixels from dot to dot, a dot's side, and dark columns between letters: one console has one setting.
PITCH, DOT, SPACING = 3, 1, 2
_IDENTIFYING = (
    ("name", "<name>"), ("id", "<id>"), ("date", "<birth>"), ("date", "<date>"), ("time", "<time>"),
    ("accession", "<accession>"), ("institution", "<institution>"),
)  # fmt: skip
_KEPT = (
    ("technique", "kV {2}"), ("technique", "mA {3}"), ("technique", "SL {f} mm"), ("measurement", "DIST {f} cm"),
    ("interface", "PAGE {1}/{1}"), ("position", "SUPINE"), ("laterality", "L"),
)  # fmt: skip
_LABELS = ("NAME", "PAT NO", "BORN", "EXAM", "AT", "ORDER", "SITE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A frame of the device.

    Attributes
    ----------
    stored : ndarray
        uint16[rows, columns], 12 bits.
    lines : tuple of LocalLine
        All that stands on it.
    """

    stored: NDArray[np.uint16]
    lines: tuple[LocalLine, ...]


def draw_screen(rng: np.random.Generator, patient: Patient) -> Screen:
    """Return a frame with what the device says of a patient: label over value, in two columns that reach mid-image."""
    plane = _tissue(rng)
    contrast = rng.uniform(*CONTRAST)
    lines: list[LocalLine] = []
    entries = [(label, _script(rng, patient, kind, form)) for label, (kind, form) in
               zip(_LABELS, _IDENTIFYING, strict=True)]  # fmt: skip
    entries = [entries[index] for index in rng.permutation(len(entries))]
    for index, (label, script) in enumerate(entries):
        x, y = 14 + 310 * (index % 2), 110 + 78 * (index // 2) + int(rng.integers(-6, 7))
        if script is None:
            continue
        _burn(plane, lines, Script(text=label, kind="interface", phi=()), x, y, contrast)
        _burn(plane, lines, script, x + 14, y + 32, contrast)
    for index, (kind, form) in enumerate(_KEPT[int(rng.integers(3)) :][:3]):
        script = _script(rng, patient, kind, form, 9)
        if script is not None:
            _burn(plane, lines, script, 14 + 205 * index, 436, contrast)
    return Screen(stored=(plane.clip(0, 1) * ((1 << BITS) - 1)).round().astype(np.uint16), lines=tuple(lines))


def _tissue(rng: np.random.Generator) -> NDArray[np.float32]:
    """Return a smooth grey picture with grain: nothing in it looks like letters."""
    y, x = np.mgrid[0:ROWS, 0:COLUMNS].astype(np.float32)
    plane = np.full((ROWS, COLUMNS), 0.15, np.float32)
    for _ in range(5):
        cy, cx, spread = rng.uniform(0, ROWS), rng.uniform(0, COLUMNS), rng.uniform(60, 220)
        plane += rng.uniform(-0.1, 0.3) * np.exp(-((y - cy) ** 2 + (x - cx) ** 2) / (2 * spread**2)).astype(np.float32)
    return plane.clip(0.02, 0.75) + rng.normal(0, 0.008, plane.shape).astype(np.float32)


def _script(rng: np.random.Generator, patient: Patient, kind: str, form: str, most: int = 13) -> Script | None:
    """Return a line that the font can write and that fits into its column, or nothing where no form of it does."""
    for _ in range(400):
        script = fill(rng, patient, form, kind)
        if covers(script.text) and script.text.strip() and len(script.text) <= most:
            return script
    return None


def _burn(plane: NDArray[np.float32], lines: list[LocalLine], script: Script, x: int, y: int, contrast: float) -> None:
    ink = draw_dots(script.text, pitch=PITCH, dot=DOT, spacing=SPACING)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    plane[y : y + ink.shape[0], x : x + ink.shape[1]][ink] += contrast
    box = Box(
        frame=0,
        x0=x + int(columns[0]) - 1,
        y0=y + int(rows[0]) - 1,
        x1=x + int(columns[-1]) + 2,
        y1=y + int(rows[-1]) + 2,
    )
    spans = tuple(
        TruthSpan(start=start, end=end, kind=category)
        for (start, end), category in zip(script.phi, script.categories, strict=True)
    )
    kind = script.categories[0] if script.categories else script.kind
    known = next((category for category in CATEGORIES if category == kind), None)
    lines.append(LocalLine(box=box, text=script.text, kind=known, phi=spans))


def write_device(folder: Path, *, count: int, seed: int, text_free: int = 0) -> None:
    """Write files to ``images`` and their truth to ``truth``; the last `text_free` hold no text.

    Raises
    ------
    UsageError
        The folder holds something already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder.name} is not empty; choose another --output")
    images, truth = folder / "images", folder / "truth"
    images.mkdir(parents=True)
    with writing(truth):
        for number in range(count):
            rng = np.random.default_rng([seed, number])
            patient = _patient(rng)
            free = number >= count - text_free
            screen = _empty(rng) if free else draw_screen(rng, patient)
            path = images / f"screen{number:03d}.dcm"
            _write(screen, patient, path, f"{seed} {number}")
            page = LocalPage(
                name=path.name, image=path, rows=ROWS, columns=COLUMNS, frame_count=1, frames=() if free else (0,),
                lines=screen.lines, text_free=free, reviewed=True,
            )  # fmt: skip
            save_truth(truth, page)


def _empty(rng: np.random.Generator) -> Screen:
    return Screen(stored=(_tissue(rng).clip(0, 1) * ((1 << BITS) - 1)).round().astype(np.uint16), lines=())


def _patient(rng: np.random.Generator) -> Patient:
    """Return a patient whose name the font can write in one column."""
    while True:
        patient = draw_patient(rng)
        if covers(patient.family + patient.given) and len(patient.family) <= 10:
            return patient


def _write(screen: Screen, patient: Patient, path: Path, seed: str) -> None:
    header = Dataset()
    header.SpecificCharacterSet = "ISO_IR 192"
    header.SOPClassUID = SecondaryCaptureImageStorage
    for keyword in ("SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID"):
        setattr(header, keyword, generate_uid(entropy_srcs=[seed, keyword]))
    header.Modality, header.Manufacturer, header.ManufacturerModelName = "OT", "deburn", "dot matrix"
    header.SeriesNumber = header.InstanceNumber = 1
    header.PatientOrientation = ""
    for keyword in ("PatientName", "PatientID", "PatientBirthDate", "PatientSex", "AccessionNumber", "StudyDate",
                    "StudyTime", "InstitutionName", "StudyID"):  # fmt: skip
        setattr(header, keyword, patient.header()[keyword])
    stored = screen.stored[None, ..., None]
    frames = Frames(stored=stored, pixel_format=PixelFormat(photometric="MONOCHROME2", bits_stored=BITS))
    write_sample(header, frames, ExplicitVRLittleEndian, path)


def arguments() -> argparse.ArgumentParser:
    """Return the command's options."""
    parser = argparse.ArgumentParser(prog="python -m deburn.training.new_device", description=__doc__)
    parser.add_argument("--output", type=Path, required=True, help="folder, new or empty")
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--text-free", type=int, default=0, help="how many of them hold no text")
    parser.add_argument("--seed", type=int, default=1)
    return parser


def main(argv: list[str] | None = None) -> None:
    """Write the files."""
    options = arguments().parse_args(argv)
    write_device(options.output, count=options.count, seed=options.seed, text_free=options.text_free)
    print(f"{options.count} files in {options.output / 'images'}, their truth in {options.output / 'truth'}")


if __name__ == "__main__":
    main()
