"""The boxes of a JP2 file around a JPEG 2000 codestream (ISO/IEC 15444-1 annex I).

DICOM wants the bare codestream (PS3.5 A.4.4), but scanners exist that send the file.
"""

from dataclasses import dataclass

from ...errors import MalformedError, UnsupportedError

SIGNATURE = b"\0\0\0\x0cjP  \r\n\x87\n"
# What tells how to decode; every other box is metadata, and may hold anything.
NEEDED = frozenset({b"jP  ", b"ftyp", b"jp2h", b"jp2c"})
_HEADER_BOXES = frozenset({b"ihdr", b"bpcc", b"colr", b"res "})


@dataclass(frozen=True, slots=True, kw_only=True)
class FileBox:
    """One box: its four-character kind and where its content lies."""

    kind: bytes
    body: int
    end: int


def read_boxes(data: bytes, start: int = 0, end: int | None = None) -> tuple[FileBox, ...]:
    """Return the boxes in `data[start:end]`, which they must fill, but for a padding byte.

    Raises
    ------
    MalformedError
        If a box does not fit.
    """
    boxes: list[FileBox] = []
    position, limit = start, len(data) if end is None else end
    while position + 1 < limit:
        size, kind = int.from_bytes(data[position : position + 4], "big"), data[position + 4 : position + 8]
        body = position + (16 if size == 1 else 8)
        size = int.from_bytes(data[position + 8 : body], "big") if size == 1 else size
        stop = limit if size == 0 else position + size
        if not body <= stop <= limit:
            raise MalformedError(f"JP2 box at byte {position} of the frame does not fit")
        boxes.append(FileBox(kind=kind, body=body, end=stop))
        position = stop
    return tuple(boxes)


def find_codestream(data: bytes) -> tuple[int, int]:
    """Return begin and end of the codestream in a frame: all of it, or the one that its JP2 boxes hold.

    Raises
    ------
    MalformedError
        If there is not exactly one codestream.
    UnsupportedError
        If a JP2 header maps or reorders components, as decoders disagree on what that means in DICOM.
    """
    if not data.startswith(SIGNATURE):
        return 0, len(data)
    boxes = read_boxes(data)
    for header in (box for box in boxes if box.kind == b"jp2h"):
        if any(box.kind not in _HEADER_BOXES for box in read_boxes(data, header.body, header.end)):
            raise UnsupportedError("JP2 header maps or reorders components; expected a bare JPEG 2000 codestream")
    streams = [box for box in boxes if box.kind == b"jp2c"]
    if len(streams) != 1:
        raise MalformedError(f"JP2 file holds {len(streams)} codestreams; expected 1")
    return streams[0].body, streams[0].end
