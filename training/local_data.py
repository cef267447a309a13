"""A site's own truth as pages to learn from: what is reviewed, who is held back, and parts of its frames."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ..errors import RefusedError, UsageError
from ..redactor.dicom import Source, open_file, read_frames, visible
from ..redactor.page import shown
from ..redactor.pipeline import within_31_bits
from .page import Page, PageLine
from .strings import ALPHABET, Script
from .truth_file import SUFFIX, load_truth
from .truth_page import LocalLine, LocalPage

Group = Literal["patient", "device"]
# What tells patients apart, the most telling first: the first that a header has.
_PATIENT = ("PatientID", "PatientName", "StudyInstanceUID")
_DEVICE = ("Manufacturer", "ManufacturerModelName", "StationName", "DeviceSerialNumber")
# Parts that are laid on a line; the others fall anywhere, so that ground without text is seen too.
_ON_TEXT = 0.75
# A line whose end is cut off is still to be found if so many times its height is left.
_ENOUGH = 1.5
# Parts are changed lightly: contrast by so much, and noise of so much of their range.
_GAIN, _NOISE = (0.8, 1.25), 0.004


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalFrame:
    """A frame all of whose text is known.

    Attributes
    ----------
    name : str
        Of its truth file, without ".json", as `LocalPage` has it.
    patient, device : str
        Digests of whom it shows and what made it.
    page : Page
        The whole frame and its lines.
    """

    name: str
    patient: str
    device: str
    page: Page


def load_frames(folder: Path) -> list[LocalFrame]:
    """Return the frames whose text a reviewed file lists in full; all others are skipped, as negatives too.

    Raises
    ------
    UsageError
        A truth file or its image is wrong, or nothing is reviewed.
    """
    frames = [frame for page in load_truth(folder) if page.reviewed for frame in _frames(page)]
    if not frames:
        raise UsageError(f"{shown(folder.name)}: nothing of it is reviewed; do that with deburn review")
    return frames


def _frames(page: LocalPage) -> list[LocalFrame]:
    try:
        source = open_file(page.image)
        # Where no frame holds text one is enough: those of a cine resemble one another.
        listed = page.frames or (page.frame_count // 2,)
        drawn = [_page(source, page, frame) for frame in listed]
    except RefusedError as error:
        raise UsageError(f"{shown(page.name)}{SUFFIX}: image cannot be used: {error}") from None
    patient, device = _patient(source, page.name), _digest("\0".join(_values(source, _DEVICE)))
    return [LocalFrame(name=page.name, patient=patient, device=device, page=one) for one in drawn]


def _page(source: Source, page: LocalPage, frame: int) -> Page:
    stored = within_31_bits(visible(read_frames(source, frame, frame + 1)))[0]
    lines = tuple(_line(line) for line in page.lines if line.box.frame == frame)
    return Page(stored=np.asarray(stored, np.int32), lines=lines)


def _line(line: LocalLine) -> PageLine:
    box, text = line.box, (line.text or "").strip()
    upright = (box.y1 - box.y0) > 1.5 * (box.x1 - box.x0) and len(text) != 1
    count = max(len(text), 1)
    return PageLine(
        box=(box.x0, box.y0, box.x1, box.y1),
        angle=90 if upright else 0,
        script=Script(text=text or "-", kind="random", phi=()),
        # Only estimated: nobody writes down where each character stands.
        centres=((np.arange(count) + 0.5) / count).astype(np.float32),
        findable=True,
        # Nor does anybody write down whether an upright line runs up or down.
        readable=bool(text) and not upright and set(text) <= set(ALPHABET),
    )


def _patient(source: Source, name: str) -> str:
    return _digest(next((value for value in _values(source, _PATIENT) if value), name))


def _values(source: Source, keywords: Sequence[str]) -> list[str]:
    return [str(source.dataset.get(keyword, "")).strip() for keyword in keywords]


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def split(
    frames: Sequence[LocalFrame], share: float, group: Group = "patient"
) -> tuple[list[LocalFrame], list[LocalFrame]]:
    """Return what to learn from and what to hold back; no patient is on both sides.

    Parameters
    ----------
    frames : sequence of LocalFrame
    share : float
        Of the patients, or devices, that are held back.
    group : {"patient", "device"}
        Hold back a share of each device's patients, or all frames of a share of the devices; patients of these are
        not learned from on other devices either.

    Raises
    ------
    UsageError
        All frames are of one patient, or of one device, or of patients who were on the devices held back.
    """
    held = _held_devices(frames, share) if group == "device" else _held_patients(frames, share)
    patients = {one.patient for one in held}
    learnt = [one for one in frames if one.patient not in patients]
    if not learnt:
        raise UsageError("every patient was on the devices held back too; take --split patient, or review more")
    return learnt, held


def _held_patients(frames: Sequence[LocalFrame], share: float) -> list[LocalFrame]:
    if len({frame.patient for frame in frames}) < 2:
        raise UsageError(
            "the truth is of one patient only, so nobody can be held back; review images of others, or name truth of "
            "others with --held-back"
        )
    held: set[str] = set()
    for device in sorted({frame.device for frame in frames}):
        # By digest: the same patients are held back in whatever order the files come.
        patients = sorted({frame.patient for frame in frames if frame.device == device})
        held.update(patients[: max(1, round(share * len(patients))) if len(patients) > 1 else 0])
    everybody = sorted({frame.patient for frame in frames})
    held = held or {everybody[0]}  # as many devices as patients
    if len(held) == len(everybody):
        held.remove(max(held))
    return [one for one in frames if one.patient in held]


def _held_devices(frames: Sequence[LocalFrame], share: float) -> list[LocalFrame]:
    devices = sorted({frame.device for frame in frames})
    if len(devices) < 2:
        raise UsageError("the truth is of one device only, so none can be held back; take --split patient")
    held = devices[: min(len(devices) - 1, max(1, round(share * len(devices))))]
    return [one for one in frames if one.device in held]


def check_apart(learnt: Sequence[LocalFrame], held: Sequence[LocalFrame]) -> None:
    """Check that no patient is in both of two given parts.

    Raises
    ------
    UsageError
        One is; the message names a truth file of either part.
    """
    names = {frame.patient: frame.name for frame in learnt}
    for frame in held:
        if frame.patient in names:
            raise UsageError(
                f"{shown(frame.name)}{SUFFIX} is held back and is of the same patient as "
                f"{shown(names[frame.patient])}{SUFFIX}; keep each patient in one part"
            )


def cut(rng: np.random.Generator, page: Page, rows: int, columns: int) -> Page:
    """Return a random part of a frame at its own scale and depth, lightly changed."""
    top, left = _corner(rng, page, rows, columns)
    part = page.stored[top : top + rows, left : left + columns]
    missing = rows - part.shape[0], columns - part.shape[1]
    part = np.pad(part, ((0, missing[0]), (0, missing[1]), (0, 0)), mode="edge")
    lines = (_within(line, top, left, rows, columns) for line in page.lines)
    return Page(stored=_vary(rng, part), lines=tuple(line for line in lines if line is not None))


def _corner(rng: np.random.Generator, page: Page, rows: int, columns: int) -> tuple[int, int]:
    most = max(0, page.stored.shape[0] - rows), max(0, page.stored.shape[1] - columns)
    if not page.lines or rng.random() >= _ON_TEXT:
        return int(rng.integers(most[0] + 1)), int(rng.integers(most[1] + 1))
    x0, y0, x1, y1 = page.lines[int(rng.integers(len(page.lines)))].box
    top, left = rng.uniform(y0, y1) - rng.uniform(0, rows), rng.uniform(x0, x1) - rng.uniform(0, columns)
    return int(np.clip(top, 0, most[0])), int(np.clip(left, 0, most[1]))


def _vary(rng: np.random.Generator, part: NDArray[np.int32]) -> NDArray[np.int32]:
    middle = float(np.median(part))
    noise = rng.standard_normal(part.shape) * np.ptp(part) * rng.uniform(0, _NOISE)
    varied = middle + (part - middle) * rng.uniform(*_GAIN) + noise
    limits = np.iinfo(np.int32)
    return varied.round().clip(limits.min, limits.max).astype(np.int32)


def _within(line: PageLine, top: int, left: int, rows: int, columns: int) -> PageLine | None:
    """Return a line as a part shows it; one that is cut cannot be read, and perhaps not be found."""
    x0, y0, x1, y1 = line.box[0] - left, line.box[1] - top, line.box[2] - left, line.box[3] - top
    box = max(x0, 0), max(y0, 0), min(x1, columns), min(y1, rows)
    if box[0] >= box[2] or box[1] >= box[3]:
        return None
    whole = box == (x0, y0, x1, y1)
    if line.angle:
        along, across, uncut = box[3] - box[1], x1 - x0, (box[0], box[2]) == (x0, x1)
    else:
        along, across, uncut = box[2] - box[0], y1 - y0, (box[1], box[3]) == (y0, y1)
    return replace(
        line,
        box=box,
        findable=whole or (uncut and along >= _ENOUGH * across),
        readable=line.readable and whole,
    )
