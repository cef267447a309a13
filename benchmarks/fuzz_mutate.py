"""Ways to damage a file: anywhere, in its element headers, and in its codestreams."""

from collections.abc import Callable
from random import Random

from deburn.redactor.dicom.gate import Element, Structure, check_structure

Mutation = Callable[[bytearray, Structure, Random, bytes], None]
_LENGTHS = (
    0,
    1,
    2,
    4,
    7,
    8,
    0x7F,
    0xFF,
    0x4141,
    0x7FFF,
    0xFFFF,
    0x10000,
    0x7FFFFFFF,
    0xFFFFFFF0,
    0xFFFFFFFE,
    0xFFFFFFFF,
)
_VRS = (b"OB", b"OW", b"SQ", b"UN", b"US", b"SS", b"SH", b"IS", b"UT", b"FD", b"ZZ", b"\0\0")
# Rows, columns, frames, samples, bits, sign, photometric interpretation, planes, offsets.
_IMAGE = (0x00280002, 0x00280004, 0x00280006, 0x00280008, 0x00280010, 0x00280011, 0x00280100, 0x00280101, 0x00280102)
_IMAGE += (0x00280103, 0x7FE00001, 0x7FE00002, 0x7FE00010)
_MOST = 4
# What is shorter has nothing left to damage.
_SHORTEST = 400


def mutate(data: bytes, other: bytes, rng: Random) -> tuple[bytes, str]:
    """Return a damaged copy of a sound file, and in words what was done to it.

    Parameters
    ----------
    data : bytes
        A file that passes the gate.
    other : bytes
        Another, to take pieces from.
    rng : random.Random
    """
    structure = check_structure(data)
    damaged, done = bytearray(data), []
    for _ in range(rng.choice((1, 1, 1, 2, _MOST))):
        mutation = rng.choice(_MUTATIONS)
        mutation(damaged, structure, rng, other)
        done.append(mutation.__name__.lstrip("_"))
        if len(damaged) < _SHORTEST:
            break
    return bytes(damaged), ", ".join(done)


def _flip_bits(data: bytearray, structure: Structure, rng: Random, other: bytes) -> None:
    for _ in range(rng.choice((1, 1, 2, 8, 64))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def _flip_header(data: bytearray, structure: Structure, rng: Random, other: bytes) -> None:
    end = structure.pixels.start if structure.pixels is not None and structure.inflated is None else len(data)
    end = min(end + 12, len(data))
    for _ in range(rng.choice((1, 2, 4))):
        # Behind the preamble, if there is more than that.
        data[rng.randrange(128 if end > 128 else 0, end)] = rng.randrange(256)


def _truncate(data: bytearray, structure: Structure, rng: Random, other: bytes) -> None:
    del data[rng.randrange(len(data)) if rng.random() < 0.7 else len(data) - rng.randrange(1, 20) :]


def _append(data: bytearray, structure: Structure, rng: Random, other: bytes) -> None:
    data += rng.choice((b"\0", b"\0" * 8, rng.randbytes(20), other[rng.randrange(len(other)) :][:300]))


def _edit_length(data: bytearray, structure: Structure, rng: Random, other: bytes) -> None:
    element = _element(structure, rng)
    size = 4 if structure.implicit or element.value - element.start == 12 else 2
    value = rng.choice((*_LENGTHS, element.length + rng.randint(-8, 8))) % (1 << 8 * size)
    _put(data, element.value - size, value.to_bytes(size, "little" if structure.little_endian else "big"))


def _edit_vr(data: bytearray, structure: Structure, rng: Random, other: bytes) -> None:
    _put(data, _element(structure, rng).start + 4, rng.choice(_VRS))


def _edit_tag(data: bytearray, structure: Structure, rng: Random, other: bytes) -> None:
    _put(data, _element(structure, rng).start + rng.randrange(4), rng.randbytes(1))


def _edit_image(data: bytearray, structure: Structure, rng: Random, other: bytes) -> None:
    elements = [element for element in structure.elements if element.tag in _IMAGE]
    element = rng.choice(elements)
    length = min(element.end - element.value, 16)
    value = rng.choice((rng.randbytes(length), b"\xff" * length, bytes(length), b"\1" + bytes(max(length - 1, 0))))
    _put(data, element.value, value[:length])


def _duplicate(data: bytearray, structure: Structure, rng: Random, other: bytes) -> None:
    element = _element(structure, rng)
    data[element.start : element.start] = data[element.start : element.end]


def _delete(data: bytearray, structure: Structure, rng: Random, other: bytes) -> None:
    element = _element(structure, rng)
    del data[element.start : element.end]


def _move(data: bytearray, structure: Structure, rng: Random, other: bytes) -> None:
    element, place = _element(structure, rng), _element(structure, rng)
    piece = data[element.start : element.end]
    data[place.start : place.start] = piece


def _splice(data: bytearray, structure: Structure, rng: Random, other: bytes) -> None:
    start, size = rng.randrange(len(other)), rng.choice((4, 16, 64, 512))
    place = rng.randrange(len(data))
    data[place : place + rng.choice((0, size))] = other[start : start + size]


def _nest(data: bytearray, structure: Structure, rng: Random, other: bytes) -> None:
    depth = rng.choice((1, 31, 32, 33, 200, 2000))
    header = b"\x08\0\x40\x11" + (b"" if structure.implicit else b"SQ\0\0") + b"\xff" * 4
    opened = header + b"\xfe\xff\0\xe0" + b"\xff" * 4
    closed = b"\xfe\xff\x0d\xe0" + bytes(4) + b"\xfe\xff\xdd\xe0" + bytes(4)
    place = _element(structure, rng).start
    data[place:place] = opened * depth + closed * depth


def _damage_frames(data: bytearray, structure: Structure, rng: Random, other: bytes) -> None:
    """Change bytes in a fragment, mostly near its start, where codestreams have their headers."""
    if not structure.fragments:
        return _flip_bits(data, structure, rng, other)
    fragment = rng.choice(structure.fragments)
    for _ in range(rng.choice((1, 2, 8, 40))):
        reach = rng.choice((60, 200, fragment.length))
        _put(data, fragment.start + rng.randrange(max(1, min(reach, fragment.length))), rng.randbytes(1))


def _cut_frame(data: bytearray, structure: Structure, rng: Random, other: bytes) -> None:
    """Overwrite a frame's end with padding, or with its own end marker brought forward."""
    if not structure.fragments:
        return _truncate(data, structure, rng, other)
    fragment = rng.choice(structure.fragments)
    cut = rng.randrange(fragment.length + 1)
    rest = fragment.length - cut
    _put(data, fragment.start + cut, (rng.choice((b"", b"\xff\xd9")) + bytes(rest))[:rest])


_MUTATIONS: tuple[Mutation, ...] = (
    _flip_bits,
    _flip_header,
    _truncate,
    _append,
    _edit_length,
    _edit_vr,
    _edit_tag,
    _edit_image,
    _edit_image,
    _duplicate,
    _delete,
    _move,
    _splice,
    _nest,
    _damage_frames,
    _damage_frames,
    _cut_frame,
)


def _element(structure: Structure, rng: Random) -> Element:
    return rng.choice((*structure.meta, *structure.elements))


def _put(data: bytearray, start: int, value: bytes) -> None:
    """Overwrite what is there; an earlier mutation may have shortened the file."""
    end = min(start + len(value), len(data))
    data[start:end] = value[: max(end - start, 0)]
