"""The units of a video stream: those that make pictures may stay, what may hold text or other pictures is refused.

A decoder shows one view and skips what it does not know; so that nothing passes unexamined, only units that are known
to be parts of that view are let in (H.222/H.262 table 6-1, H.264 table 7-1, H.265 table 7-1).
"""

import re
from collections.abc import Iterator

from ...errors import UnsupportedError

_START = re.compile(rb"\x00\x00\x01")
# Slices, parameter sets, delimiters and ends; not: data partitions, auxiliary pictures, further views.
_H264 = frozenset({1, 5, 7, 8, 9, 10, 11})
_H265 = frozenset({*range(10), *range(16, 22), 32, 33, 34, 35, 36, 37})
_H264_SEI, _H264_FILLER = frozenset({6}), 12
_H265_SEI, _H265_FILLER = frozenset({39, 40}), 38
# Supplemental information of numbers only: timing, recovery, orientation, colours, hashes of pictures.
_NUMBERS = frozenset({0, 1, 2, 6, 7, 45, 47, 56, 129, 130, 132, 136, 137, 144, 147})
_UNREGISTERED = 5
# What x264 and x265 write of themselves, after a UUID of their own: their version and settings.
_SIGNATURES = re.compile(
    rb".{16}x26[45] (- core |\(build )[0-9]{2,4}[-+:.()/\[\] 0-9A-Za-z]{0,120}codec - "
    rb"(Copyleft 2003-[0-9]{4}|Copyright 2013-[0-9]{4} \(c\) Multicoreware, Inc) - "
    rb"https?://[a-z0-9./]{5,40} - options:( [a-z0-9-][A-Za-z0-9_-]*(=[-0-9a-z.,:/x]*)?)* ?\0?",
    re.DOTALL,
)
_PICTURE_EXTENSIONS = frozenset({1, 2, 3, 4, 7, 8})  # H.262 table 6-2, those of one layer
_SLICES = range(0x01, 0xB0)
_PICTURE, _SEQUENCE, _EXTENSION, _SEQUENCE_END, _GROUP = 0x00, 0xB3, 0xB5, 0xB7, 0xB8


def check_units(data: bytes, codec: str) -> None:
    """Refuse a piece of a stream that holds anything but pictures of one view.

    Parameters
    ----------
    data : bytes
        Whole units, each behind a start code.
    codec : {"mpeg2video", "h264", "hevc"}

    Raises
    ------
    UnsupportedError
        With the number of the unit's type.
    """
    check = {"mpeg2video": _check_mpeg2, "h264": _check_h264, "hevc": _check_h265}[codec]
    for unit in _units(data):
        check(unit)


def _units(data: bytes) -> Iterator[bytes]:
    """Yield what stands between start codes, without the zeros that may end it."""
    starts = [found.end() for found in _START.finditer(data)]
    if data[: starts[0] - 3 if starts else len(data)].strip(b"\0"):
        raise UnsupportedError("the video holds bytes that belong to no unit; expected none")
    if not starts:
        return
    for begin, end in zip(starts, [*(start - 3 for start in starts[1:]), len(data)], strict=True):
        yield data[begin:end].rstrip(b"\0") if end - begin > 1 else data[begin:end]


def _check_mpeg2(unit: bytes) -> None:
    kind = unit[0] if unit else _PICTURE
    if kind == _EXTENSION and len(unit) > 1 and unit[1] >> 4 in _PICTURE_EXTENSIONS:
        return
    if kind not in (_PICTURE, _SEQUENCE, _SEQUENCE_END, _GROUP) and kind not in _SLICES:
        raise UnsupportedError(f"the video holds units of type {kind:02X}, which are not examined")


def _check_h264(unit: bytes) -> None:
    kind = unit[0] & 31 if unit else -1
    if kind in _H264_SEI:
        _check_supplement(unit[1:])
    elif kind not in _H264 and not (kind == _H264_FILLER and not unit[1:-1].strip(b"\xff")):
        raise UnsupportedError(f"the video holds units of type {kind}, which are not examined")


def _check_h265(unit: bytes) -> None:
    kind = unit[0] >> 1 & 63 if unit else -1
    layer = (unit[0] & 1) << 5 | unit[1] >> 3 if len(unit) > 1 else 0
    if layer:
        raise UnsupportedError(f"the video holds a layer {layer}, which is not examined; expected one view")
    if kind in _H265_SEI:
        _check_supplement(unit[2:])
    elif kind not in _H265 and not (kind == _H265_FILLER and not unit[2:-1].strip(b"\xff")):
        raise UnsupportedError(f"the video holds units of type {kind}, which are not examined")


def _check_supplement(data: bytes) -> None:
    """Refuse supplemental information that may be text (H.264 annex D, H.265 annex D)."""
    data = data.replace(b"\0\0\3", b"\0\0")  # emulation prevention
    position = 0
    while position < len(data) and data[position:].rstrip(b"\0") != b"\x80":
        kind, position = _number(data, position)
        size, position = _number(data, position)
        payload, position = data[position : position + size], position + size
        known = kind in _NUMBERS or (kind == _UNREGISTERED and _SIGNATURES.fullmatch(payload))
        if not known:
            raise UnsupportedError(f"the video holds supplemental information of type {kind}, which is not examined")


def _number(data: bytes, position: int) -> tuple[int, int]:
    """Return a number that is written as a row of FF and a rest, and where it ends."""
    number = 0
    while position < len(data) and data[position] == 0xFF:
        number, position = number + 255, position + 1
    return number + (data[position] if position < len(data) else 0), position + 1
