"""Blank what a compressed frame carries besides its image: comments, application segments, thumbnails, XML.

An EXIF or JFIF thumbnail is an unmasked copy; a comment may hold a name. They are overwritten with zeros where they
stand, so that no length, offset table or tile-part moves. Encoders' own signatures stay: a frame that holds nothing
else keeps its bytes.
"""

import re
from collections.abc import Iterator

from .jp2 import NEEDED, SIGNATURE, find_codestream, read_boxes
from .jpegxl import CONTAINER
from .jpegxl import NEEDED as NEEDED_XL
from .markers import COM, COM_2000, SOFS, SOI, Segment, read_jpeg, read_jpeg_2000
from .syntaxes import JPEG_2000, JPEG_BASELINE, JPEG_EXTENDED, JPEG_LOSSLESS, JPEG_LS, JPEG_XL

Span = tuple[int, int]

# What encoders write of themselves, seen in files of many vendors; a version is at most twelve digits and dots.
_SIGNATURES = re.compile(
    rb"(Created by (GDCM/)?OpenJPEG version|OpenJPH Ver|Kakadu-v?|Creator: JasPer Version|LEAD Technologies Inc\. V|"
    rb"Compressed by DicomObjects|Pegasus Imaging Corp|JPEG Pro|MITRA_DICOM_STANDARD) ?[0-9.]{0,14}\0?"
    rb"|Kdu-Layer-Info: log_2\{Delta-D\(MSE\)/\[2\^16\*Delta-L\(bytes\)\]\}, L\(bytes\)\n"
    rb"( *-?[0-9]{1,3}\.[0-9], *[0-9]\.[0-9]e[+-][0-9]{2,3}\n)*\0?"
)
# Application segments that tell how to decode, or nothing: JFIF without thumbnail, LEAD's likeness of it, Adobe's
# transform, an ICC profile, the SPIFF header of JPEG-LS and the end of its directory, Hewlett-Packard's transform.
_APPLICATION = {
    0xFFE0: re.compile(rb"JFIF\0.{7}\0\0|LJIF\0\x01\0{7}", re.DOTALL),
    0xFFE2: re.compile(rb"ICC_PROFILE\0.*", re.DOTALL),
    0xFFE8: re.compile(rb"SPIFF\0.{24}|\0\0\0\x01\xff\xd8|mrfx.", re.DOTALL),
    0xFFEE: re.compile(rb"Adobe.{5,7}", re.DOTALL),
}
_JFIF_HEADER = 14
# Tables, scans, restarts (T.81 table B.1), JPEG-LS frame and parameters.
_NEEDED = SOFS | frozenset({SOI, 0xFF01, 0xFFC4, 0xFFCC, *range(0xFFD0, 0xFFE0), 0xFFF7, 0xFFF8})
# T.800 table A.2, T.801 table A.2, T.814 table A.1.
_NEEDED_2000 = frozenset(
    {0xFF4F, *range(0xFF50, 0xFF54), 0xFF55, *range(0xFF56, 0xFF5A), 0xFF5C, 0xFF5D, 0xFF5E, 0xFF5F}
)
_NEEDED_2000 |= frozenset({0xFF60, 0xFF61, 0xFF63, *range(0xFF70, 0xFF7A), 0xFF90, 0xFF91, 0xFF92, 0xFF93, 0xFFD9})


def blank_segments(codestream: bytes, transfer_syntax: str) -> bytes:
    """Return the frame with all that may name or show someone besides its image zeroed; the same object if nothing is.

    Parameters
    ----------
    codestream : bytes
        One whole frame.
    transfer_syntax : str
        UID; syntaxes without segments are returned as they are.

    Raises
    ------
    MalformedError
        If the codestream is cut off or its segments do not fit.
    """
    blanks = [(start, end) for start, end in _blanks(codestream, transfer_syntax) if any(codestream[start:end])]
    if not blanks:
        return codestream
    cleaned = bytearray(codestream)
    for start, end in blanks:
        cleaned[start:end] = bytes(end - start)
    return bytes(cleaned)


def _blanks(codestream: bytes, transfer_syntax: str) -> Iterator[Span]:
    if transfer_syntax in JPEG_LOSSLESS | JPEG_LS | {JPEG_BASELINE, JPEG_EXTENDED}:
        yield from _blanks_jpeg(codestream)
    elif transfer_syntax in JPEG_2000:
        yield from _blanks_jp2(codestream)
    elif transfer_syntax in JPEG_XL and codestream.startswith(CONTAINER):
        yield from ((box.body, box.end) for box in read_boxes(codestream) if box.kind not in NEEDED_XL)


def _blanks_jpeg(codestream: bytes) -> Iterator[Span]:
    segments = read_jpeg(codestream)
    for segment in segments:
        if segment.marker not in _NEEDED:
            yield _blank_jpeg(codestream, segment)
    yield _after(segments[-1].end, len(codestream))


def _blank_jpeg(codestream: bytes, segment: Segment) -> Span:
    """Return the part of a COM, APPn or reserved segment that goes; an empty span where it may stay."""
    body = codestream[segment.body : segment.end]
    allowed = _SIGNATURES if segment.marker == COM else _APPLICATION.get(segment.marker)
    if allowed is not None and allowed.fullmatch(body):
        return segment.end, segment.end
    if segment.marker == 0xFFE0 and body.startswith(b"JFIF\0"):
        return min(segment.body + _JFIF_HEADER, segment.end), segment.end
    return segment.body, segment.end


def _blanks_jp2(data: bytes) -> Iterator[Span]:
    """Blank the boxes around a codestream, if any, that do not help to decode it, and then within it."""
    start, end = find_codestream(data)
    if data.startswith(SIGNATURE):
        yield from ((box.body, box.end) for box in read_boxes(data) if box.kind not in NEEDED)
    codestream = data[start:end]
    segments = read_jpeg_2000(codestream)
    for segment in segments:
        first = start + segment.body + 2 * (segment.marker == COM_2000)  # after Rcom, which tells text from binary
        comment = data[first : start + segment.end]
        if segment.marker not in _NEEDED_2000 and not _SIGNATURES.fullmatch(comment):
            yield first, start + segment.end
    yield _after(start + segments[-1].end, end)


def _after(last: int, end: int) -> Span:
    """Return what follows the codestream, unless it is a single byte of padding."""
    return (last, end) if end - last > 1 else (end, end)
