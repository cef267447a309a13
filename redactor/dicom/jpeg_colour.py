"""Which colours a JPEG codestream holds, whatever the header says, and how they are shown.

The order of trust: Adobe's transform, component identifiers, JFIF, and only then Photometric Interpretation.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from .markers import SOFS, read_jpeg

Array = npt.NDArray[Any]
_APP0, _APP14 = 0xFFE0, 0xFFEE
_ADOBE = 12
_RGB_NAMES = (b"RGB", b"rgb")
# PS3.3 C.7.6.3.1.2, inverse of YBR_FULL. Written out like this, every reader that follows the standard gets the
# same numbers.
_TO_RGB = np.array(
    [[1.0, 1.0, 1.0], [0.0, -0.114 * 1.772 / 0.587, 1.772], [1.402, -0.299 * 1.402 / 0.587, 0.0]], np.float32
)
_CHUNK_ROWS = 256


def is_rgb(codestream: bytes, photometric: str) -> bool:
    """Return whether three components are red, green and blue; otherwise they are Y, Cb and Cr."""
    segments = read_jpeg(codestream)
    for segment in segments:
        body = codestream[segment.body : segment.end]
        if segment.marker == _APP14 and body.startswith(b"Adobe") and len(body) >= _ADOBE:
            return body[_ADOBE - 1] == 0
    for segment in segments:
        if segment.marker in SOFS and _names(codestream[segment.body : segment.end]) in _RGB_NAMES:
            return True
    if any(s.marker == _APP0 and codestream[s.body : s.body + 4] == b"JFIF" for s in segments):
        return False
    return photometric == "RGB"


def _names(frame_header: bytes) -> bytes:
    """Return the component identifiers (T.81 B.2.2)."""
    return frame_header[6::3]


def to_rgb(ybr: Array) -> Array:
    """Return RGB as it is displayed: uint8[rows, columns, 3] of full-range Y, Cb and Cr of the same shape."""
    rgb = np.empty_like(ybr)
    for top in range(0, len(ybr), _CHUNK_ROWS):
        part = ybr[top : top + _CHUNK_ROWS].astype(np.float32)
        part -= np.array([0, 128, 128], np.float32)
        part = np.floor(part @ _TO_RGB + np.float32(0.5))
        rgb[top : top + _CHUNK_ROWS] = np.clip(part, 0, 255)
    return rgb
