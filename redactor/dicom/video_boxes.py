"""The boxes of an MP4 file (ISO/IEC 14496-12): those that say where frames are may stay.

What may hold a text is refused.
"""

import re
from collections.abc import Iterator

from ...errors import MalformedError, UnsupportedError
from .jp2 import read_boxes
from .stored_bytes import StoredBytes

# All that describes frames; they are held in memory.
_LONGEST = 64 << 20
_FOLDERS = frozenset({b"moov", b"trak", b"edts", b"mdia", b"minf", b"dinf", b"stbl"})
_NUMBERS = frozenset(
    {b"mvhd", b"tkhd", b"elst", b"mdhd", b"vmhd", b"dref", b"stts", b"ctts", b"stsc", b"stsz", b"stco", b"co64"}
    | {b"stss", b"sdtp", b"sgpd", b"sbgp", b"cslg", b"iods", b"ftyp"}
)
_EMPTY = frozenset({b"free", b"skip", b"wide"})
# Names that writers give to everything, and FFmpeg's note of itself.
_HANDLER = re.compile(rb".{8}vide.{12}(VideoHandler|Core Media Video|)\0*", re.DOTALL)
_WRITER = re.compile(
    rb".{4}meta.{4}.{4}hdlr.{8}mdirappl\0{9}.{4}ilst.{4}\xa9too.{4}data.{8}Lavf[0-9.]{3,12}", re.DOTALL
)
# Behind the header of a sample entry: 42 bytes of numbers, then 32 for the name.
_NAME = slice(42, 74)
_ENTRY = 78
_PARAMETERS = frozenset({b"avcC", b"hvcC", b"btrt", b"pasp", b"fiel"})
_COMPRESSOR = re.compile(rb"\0{32}|.(Lavc[0-9.]{0,12} (libx264|libx265)|AVC Coding|HEVC Coding|H\.264)?\0*", re.DOTALL)


def check_boxes(stored: StoredBytes) -> int:
    """Return the number of bytes that are for frames.

    Parameters
    ----------
    stored : StoredBytes
        The file.

    Raises
    ------
    UnsupportedError
        If a box is none of those that describe frames, or holds a text.
    MalformedError
        If boxes do not fit.
    """
    frames = 0
    for kind, begin, end in _top(stored):
        if kind == b"mdat":
            frames += end - begin
        elif end - begin > _LONGEST:
            raise UnsupportedError(f"a box of the video has {end - begin >> 20} MB; expected {_LONGEST >> 20} or less")
        else:
            _check(kind, stored.read(begin, end))
    return frames


def _top(stored: StoredBytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, begin and end of the content of each box of the file."""
    position = 0
    while position + 1 < stored.length:  # a byte may pad the last fragment
        head = stored.read(position, min(position + 16, stored.length))
        size, begin = int.from_bytes(head[:4], "big"), 8
        if size == 1:
            size, begin = int.from_bytes(head[8:16], "big"), 16
        end = stored.length if size == 0 else position + size
        if not position + begin <= end <= stored.length:
            raise MalformedError(f"a box at byte {position} of the video does not fit")
        yield head[4:8], position + begin, end
        position = end


def _check(kind: bytes, body: bytes) -> None:
    if kind in _FOLDERS:
        for box in read_boxes(body):
            _check(box.kind, body[box.body : box.end])
    elif kind in _NUMBERS or (kind in _EMPTY and not any(body)):
        return
    elif kind == b"hdlr":
        _expect(_HANDLER.fullmatch(body), "a name of its own")
    elif kind == b"udta":
        _expect(not body or _WRITER.fullmatch(body), "notes of its user")
    elif kind == b"stsd":
        entries = read_boxes(body, 8)
        _expect(len(entries) == 1, "a second description of its frames")
        _check_entry(body[entries[0].body : entries[0].end])
    else:
        shown = kind.decode("latin-1") if kind.isalnum() else "(no letters)"
        raise UnsupportedError(f"the video holds a box {shown}, which is not examined")


def _check_entry(entry: bytes) -> None:
    """Check a sample entry: the compressor's name, and how its parameters and colours are described."""
    _expect(_COMPRESSOR.fullmatch(entry[_NAME]), "a name of its own")
    for box in read_boxes(entry, _ENTRY):
        described = entry[box.body : box.end]
        numbers = box.kind in _PARAMETERS or (box.kind == b"colr" and described[:4] in (b"nclx", b"nclc"))
        _expect(numbers, "a description of its own")


def _expect(fine: object, what: str) -> None:
    if not fine:
        raise UnsupportedError(f"the video holds {what}, which may be a text; expected none")
