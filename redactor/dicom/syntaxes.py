"""The transfer syntaxes that the gate lets in, and how each lays out its data set (PS3.5 section 10, annex A)."""

from typing import Final

IMPLICIT: Final = "1.2.840.10008.1.2"
EXPLICIT: Final = "1.2.840.10008.1.2.1"
DEFLATED: Final = "1.2.840.10008.1.2.1.99"
BIG_ENDIAN: Final = "1.2.840.10008.1.2.2"
NATIVE: Final = frozenset({IMPLICIT, EXPLICIT, DEFLATED, BIG_ENDIAN})

RAW_FRAMES: Final = "1.2.840.10008.1.2.1.98"  # Encapsulated Uncompressed Explicit VR Little Endian
DEFLATED_FRAMES: Final = "1.2.840.10008.1.2.8.1"  # Deflated Image Frame Compression
RLE: Final = "1.2.840.10008.1.2.5"

_JPEG = "1.2.840.10008.1.2.4."
JPEG_BASELINE: Final = _JPEG + "50"
JPEG_EXTENDED: Final = _JPEG + "51"
JPEG_LOSSLESS: Final = frozenset({_JPEG + "57", _JPEG + "70"})
JPEG_LS: Final = frozenset({_JPEG + "80", _JPEG + "81"})
JPEG_2000: Final = frozenset(_JPEG + number for number in ("90", "91", "92", "93", "201", "202", "203"))
JPEG_XL: Final = frozenset(_JPEG + number for number in ("110", "111", "112"))
# MPEG2 and H.264, each also ".1", fragmentable; H.265.
VIDEO: Final = frozenset(f"{_JPEG}{number}" for number in range(100, 109)) | frozenset(
    f"{_JPEG}{number}.1" for number in range(100, 107)
)
# All of them explicit little endian (PS3.5 A.4).
ENCAPSULATED: Final = (
    frozenset({RAW_FRAMES, DEFLATED_FRAMES, RLE, JPEG_BASELINE, JPEG_EXTENDED})
    | JPEG_LOSSLESS
    | JPEG_LS
    | JPEG_2000
    | JPEG_XL
    | VIDEO
)
