"""JPEG 2000 and High-Throughput JPEG 2000 frames (PS3.5 A.4.4, A.4.6)."""

from typing import Any

import imagecodecs
import numpy as np
import numpy.typing as npt

from .jp2 import find_codestream
from .markers import read_jpeg_2000

Array = npt.NDArray[Any]
_HIGH_THROUGHPUT = ("201", "202", "203")
_RPCL = "202"
_COD = 0xFF52
# Where the first component's depth lies: SOC, SIZ, its length, capabilities, eight numbers, the component count.
_DEPTH = 42
# The lowest resolution of an RPCL stream is at most this wide (PS3.5 A.4.6).
_LOWEST = 64


def decode_jpeg_2000(codestream: bytes) -> tuple[Array, int]:
    """Return a frame, by pixel, as the codec yields it (colour transforms undone), and its precision in bits.

    OpenJPEG decodes both kinds. Of high-throughput ones OpenJPH would be faster, but its binding swallows errors,
    and of irreversible frames it rounds otherwise than what most readers use.
    """
    start, end = find_codestream(codestream)
    bare = codestream[start:end]
    return imagecodecs.jpeg2k_decode(bare), _depth(bare)[0]


def encode_jpeg_2000(frame: Array, original: bytes, syntax: str) -> bytes:
    """Return a reversible codestream of stored values [rows, columns, samples].

    Precision, sign and colour transform are those of the original codestream, whatever the header says of them,
    so that a decoder does with the new one what it did with the old one.
    """
    start, end = find_codestream(original)
    bare = original[start:end]
    precision, signed = _depth(bare)
    return encode_reversible(frame, syntax, precision=precision, signed=signed, transform=_transforms_colour(bare))


def encode_reversible(frame: Array, syntax: str, *, precision: int, signed: bool, transform: bool) -> bytes:
    """Return a reversible codestream of stored values [rows, columns, samples].

    Parameters
    ----------
    frame : ndarray
    syntax : str
        Transfer syntax UID.
    precision, signed : int, bool
        Of the samples in the codestream.
    transform : bool
        Whether colours go through the reversible transform (T.800 annex G.2).
    """
    samples = _as_coded(frame, precision, signed)
    squeezed = samples[..., 0] if samples.shape[-1] == 1 else samples
    if syntax.split(".")[-1] not in _HIGH_THROUGHPUT:
        return bytes(
            imagecodecs.jpeg2k_encode(
                squeezed, level=0, codecformat="j2k", reversible=True, mct=transform, bitspersample=precision
            )
        )
    levels = _levels(frame.shape[0], frame.shape[1]) if syntax.endswith(_RPCL) else None
    return bytes(
        imagecodecs.htj2k_encode(
            squeezed,
            reversible=True,
            rgb=transform if squeezed.ndim == 3 else None,
            resolutions=levels,
            tlm=True if syntax.endswith(_RPCL) else None,
        )
    )


def precision_of(codestream: bytes) -> int:
    """Return the bits per sample of a codestream, perhaps within a JP2 file."""
    start, end = find_codestream(codestream)
    return _depth(codestream[start:end])[0]


def _as_coded(frame: Array, precision: int, signed: bool) -> Array:
    """Return stored words as numbers of the codestream: `precision` bits, signed or not."""
    size = 1 if precision <= 8 else 2
    spare = 8 * frame.dtype.itemsize - precision
    kind = "i" if signed else "u"
    lifted = np.left_shift(frame.view(f"u{frame.dtype.itemsize}"), spare).view(f"{kind}{frame.dtype.itemsize}")
    return np.ascontiguousarray(np.right_shift(lifted, spare), dtype=f"{kind}{size}")


def _depth(bare: bytes) -> tuple[int, bool]:
    """Return precision and sign of the first component (T.800 A.5.1)."""
    return (bare[_DEPTH] & 0x7F) + 1, bool(bare[_DEPTH] & 0x80)


def _transforms_colour(bare: bytes) -> bool:
    """Return whether the first three components went through a colour transform (T.800 A.6.1)."""
    coding = next(segment for segment in read_jpeg_2000(bare) if segment.marker == _COD)
    return bool(bare[coding.body + 4])


def _levels(rows: int, columns: int) -> int:
    """Return as many decomposition levels as make the lowest resolution small enough."""
    levels = 5
    while max(rows, columns) >> levels > _LOWEST:
        levels += 1
    return levels
