"""What can still be read: the measure of leakage, on pixels alone.

A line, or a part of it, is cut into windows about as wide as it is high. A window is legible while what is left of it
follows what was there: regressed on the original, the redacted window has a slope of `SLOPE` or more, either way, and
a correlation of `FOLLOWS` or more. The legible share of a part weighs its windows by their ink. It does not matter how
text was made unreadable: boxes, blur and inpainting are judged alike, and no box that a redactor reports is believed.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Literal

import imagecodecs
import numpy as np
import numpy.typing as npt
from pydicom import Dataset, dcmread
from pydicom.encaps import get_frame
from pydicom.pixels.processing import apply_color_lut
from pydicom.pixels.utils import pixel_array
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

from ..errors import UndecodableError
from .evaluate_truth import TruthLine, TruthSpan, runs_upright

Values = npt.NDArray[np.float32]
State = Literal["removed", "kept", "damaged", "unjudged"]

SLOPE, FOLLOWS = 0.3, 0.5
# Legible shares up to which a text is removed, and from which it is kept; between them it is damaged.
REMOVED, KEPT = 0.10, 0.95
# Of a character at an inner end of a span, this much does not count: characters are only proportionally wide, and a
# label's last letter is nobody's identity.
INNER_END = 0.7
_BINS = 64


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Picture:
    """One frame as it is judged, and what its header says of it.

    Attributes
    ----------
    values : float32[rows, columns]
        Before any window; of colour the brightest channel.
    frame : int
    dataset : pydicom.Dataset
    """

    values: Values
    frame: int
    dataset: Dataset = field(repr=False)

    @property
    def modality(self) -> str:
        """(0008,0060), a code of PS3.3 C.7.3.1.1.1; "?" where there is none or it is no code."""
        code = str(self.dataset.get("Modality") or "")
        return code if code.isalnum() and len(code) <= 16 else "?"

    @property
    def inverted(self) -> bool:
        """Whether larger values are shown darker."""
        return bool(self.dataset.get("PhotometricInterpretation") == "MONOCHROME1")

    @property
    def subject(self) -> str:
        """A name without meaning for who it is of, the same for all images of a patient; "" where nothing says."""
        known = [str(self.dataset.get(keyword) or "") for keyword in ("PatientID", "PatientName", "StudyInstanceUID")]
        # The study counts only where the patient has no name and no number.
        told = known[:2] if any(known[:2]) else known[2:]
        return sha256("\0".join(told).encode()).hexdigest()[:16] if any(told) else ""

    @property
    def black(self) -> float:
        """The value of what is masked black, as the redactor chooses it."""
        signed = bool(self.dataset.get("PixelRepresentation"))
        if self.inverted:
            return float((1 << int(self.dataset.get("BitsStored") or 8) - signed) - 1)
        return float(self.values.min()) if signed else 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reel:
    """A file whose frames can be looked at one by one.

    Attributes
    ----------
    dataset : pydicom.Dataset
    count : int
        Of its frames.
    """

    dataset: Dataset = field(repr=False)
    count: int

    def picture(self, frame: int | None) -> Picture:
        """Decode one frame; None is the middle one.

        Raises
        ------
        UndecodableError
            There is no such frame, or nothing here decodes it.
        """
        index = self.count // 2 if frame is None else frame
        with _refusing():
            return Picture(
                values=_brightest(_decode(self.dataset, index, self.count)), frame=index, dataset=self.dataset
            )


def open_reel(path: Path) -> Reel:
    """Read a file by pydicom, and not by our own reader, whose mistakes would hide here.

    Raises
    ------
    UndecodableError
        It is no image. No value of the header is quoted.
    """
    with _refusing():
        dataset = _read(path)
        return Reel(dataset=dataset, count=int(dataset.get("NumberOfFrames", 1) or 1))


def judge_span(before: Values, after: Values, line: TruthLine, span: TruthSpan | None) -> tuple[State, float | None]:
    """Say what became of a span, or of a whole line, and how much of it is legible.

    Parameters
    ----------
    before, after : float32[rows, columns]
        The frame, original and redacted.
    line : TruthLine
    span : TruthSpan or None
        None: all of the line.

    Returns
    -------
    state : {"removed", "kept", "damaged", "unjudged"}
        The last one where there is no ink to judge by.
    legible : float or None
        Share in [0, 1]; None where it is unjudged.
    """
    share = legible_share(before, after, line, inner_range(line, span) if span else (0.0, 1.0))
    return state_of(share), share


def state_of(legible: float | None) -> State:
    """Give the state of a text of which so much is legible."""
    if legible is None:
        return "unjudged"
    if legible <= REMOVED:
        return "removed"
    return "kept" if legible >= KEPT else "damaged"


def inner_range(line: TruthLine, span: TruthSpan) -> tuple[float, float]:
    """Give a span's range as fractions of the line's length, without most of a character at each inner end."""
    length = max(len(line.text), 1)
    begin = span.start + (INNER_END if span.start > 0 else 0)
    end = span.end - (INNER_END if span.end < length else 0)
    return begin / length, end / length


def legible_share(before: Values, after: Values, line: TruthLine, part: tuple[float, float]) -> float | None:
    """Give the ink-weighted share of a line's windows that can be read; `part` is a range of its length in [0, 1]."""
    box = line.box
    old, new = (values[box.y0 : box.y1, box.x0 : box.x1] for values in (before, after))
    if runs_upright(line):
        old, new = old.T, new.T
    length = old.shape[1]
    first, last = int(part[0] * length), int(np.ceil(part[1] * length))
    old, new = old[:, first:last], new[:, first:last]
    ink = ink_of(old)
    if not ink.any() or ink.all():
        return None
    windows = max(1, round(old.shape[1] / old.shape[0]))
    legible = 0
    for columns in np.array_split(np.arange(old.shape[1]), windows):
        if _follows(old[:, columns], new[:, columns]):
            legible += int(ink[:, columns].sum())
    return legible / int(ink.sum())


def ink_of(patch: Values) -> npt.NDArray[np.bool_]:
    """Find the strokes: the side of Otsu's threshold (IEEE Trans. SMC 9 (1979) 62) that covers less of the patch."""
    if patch.size == 0:
        return np.zeros(patch.shape, bool)
    low, high = np.percentile(patch, (1, 99))
    if not low < high:
        return np.zeros(patch.shape, bool)
    counts, edges = np.histogram(patch.clip(low, high), bins=_BINS)
    levels = (edges[1:] + edges[:-1]) / 2
    dark = np.cumsum(counts)
    light = patch.size - dark
    weighted = np.cumsum(counts * levels)
    gap = (weighted[-1] - weighted) / np.maximum(light, 1) - weighted / np.maximum(dark, 1)
    bright: npt.NDArray[np.bool_] = patch > edges[1:][np.argmax(dark * light * gap**2)]
    return ~bright if bright.mean() > 0.5 else bright


def changed_outside(before: Values, after: Values, lines: tuple[TruthLine, ...]) -> float:
    """Give the share of the frame that changed outside of every line, each grown by half its height and 4 pixels."""
    changed = before != after
    for line in lines:
        box = line.box
        grow = 4 + (box.y1 - box.y0) // 2
        changed[max(box.y0 - grow, 0) : box.y1 + grow, max(box.x0 - grow, 0) : box.x1 + grow] = False
    return float(changed.mean())


def _follows(old: Values, new: Values) -> bool:
    """Tell whether what is left of a window still follows the original."""
    old_part, new_part = (window.ravel().astype(np.float64) for window in (old, new))
    old_part, new_part = old_part - old_part.mean(), new_part - new_part.mean()
    power, left = float(old_part @ old_part), float(new_part @ new_part)
    if power == 0 or left == 0:
        return False
    common = abs(float(old_part @ new_part))
    return common >= SLOPE * power and common >= FOLLOWS * float(np.sqrt(power * left))


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn whatever pydicom and the decoders raise into an error that quotes nothing; silence what quotes values."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except OSError as error:
            raise UndecodableError(f"cannot be read: {error.strerror or type(error).__name__}") from None
        except Exception as error:
            raise UndecodableError(f"cannot be decoded ({type(error).__name__})") from None


def _read(path: Path) -> Dataset:
    dataset = dcmread(path, force=True)
    if "TransferSyntaxUID" not in dataset.file_meta:  # a file without meta information
        implicit, little = dataset.original_encoding
        explicit = ExplicitVRLittleEndian if little else ExplicitVRBigEndian
        dataset.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian if implicit else explicit
    return dataset


def _decode(dataset: Dataset, index: int, count: int) -> npt.NDArray[np.generic]:
    """Give one frame's samples as shown before any window: RGB where there is colour."""
    if not 0 <= index < count:
        raise IndexError("no such frame")
    try:
        array: npt.NDArray[np.generic] = pixel_array(dataset, index=index)
    except Exception:
        if not dataset["PixelData"].is_undefined_length:
            raise
        # What pydicom has no decoder for, or refuses: 12-bit JPEG, JPEG XL, and all of JPEG in a light install.
        array = imagecodecs.imread(get_frame(dataset.PixelData, index, number_of_frames=count))
    return apply_color_lut(array, dataset) if dataset.PhotometricInterpretation == "PALETTE COLOR" else array


def _brightest(array: npt.NDArray[np.generic]) -> Values:
    values = array.astype(np.float32)
    return values.max(axis=-1) if values.ndim == 3 else values
