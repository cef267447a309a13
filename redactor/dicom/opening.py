"""Open a file or a data set: the gate, the header, and where the frames are. Nothing is decoded yet."""

import mmap
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydicom import Dataset
from pydicom.config import disable_value_validation

from ...errors import MalformedError, NotDicomError, RefusedError, UnsupportedError
from .carriers import refuse_unsafe
from .codecs import check_frame, decoded_format, ends_codestream
from .encapsulated import SEQUENCE_END, extended_starts, group_fragments
from .fragments import Fragment, read_fragments, read_offsets
from .frames import PixelFormat
from .gate import Structure, check_structure
from .header import Header, dataset_of, read_header
from .native import Layout
from .pixel_format import PIXEL_KEYWORDS, Announced, read_announced
from .source import PixelBytes, Source
from .stored_bytes import FileBytes, JoinedBytes, MemoryBytes, StoredBytes
from .syntaxes import BIG_ENDIAN, ENCAPSULATED, EXPLICIT, IMPLICIT, NATIVE, VIDEO
from .video import Video, open_video

# Below this a file is read in one go: mapping it costs more.
_SMALL = 1 << 20
# Some writers fill the last block of a disk or tape.
_LONGEST_PADDING = 1 << 20


def open_file(path: Path) -> Source:
    """Return a file whose structure and header are understood; no pixel is decoded yet.

    Raises
    ------
    RefusedError
        With the reason why the file must not be passed on.
    """
    stored = open_stored(path)
    structure = structure_of(stored)
    body: StoredBytes = stored if structure.inflated is None else MemoryBytes(data=structure.inflated)
    pixels = structure.pixels
    header = read_header(
        path,
        structure,
        meta=stored.read(structure.meta[0].start, structure.meta[-1].end) if structure.meta else b"",
        before=body.read(structure.first, pixels.start if pixels else body.length),
        after=body.read(pixels.end, body.length) if pixels else b"",
    )
    dataset = dataset_of(header)
    refuse_unsafe(dataset)  # first: that it is a DICOMDIR or a report is the truer reason
    if pixels is None:
        raise UnsupportedError("there are no pixel data in it")
    encapsulated = structure.fragments if pixels.length == 0xFFFFFFFF else None
    return _source(
        dataset,
        keyword=PIXEL_KEYWORDS[(0x7FE00010, 0x7FE00008, 0x7FE00009).index(pixels.tag)],
        syntax=structure.transfer_syntax,
        little_endian=structure.little_endian,
        vr=pixels.vr,
        place=_Place(stored=body, start=pixels.value, length=pixels.end - pixels.value),
        fragments=encapsulated,
        offsets=structure.offsets,
        header=header,
    )


def open_dataset(dataset: Dataset) -> Source:
    """Return a pydicom data set in memory as a source; nothing is decoded or changed yet.

    Raises
    ------
    RefusedError
        With the reason why it cannot be redacted.
    """
    found = [keyword for keyword in PIXEL_KEYWORDS if keyword in dataset]
    if len(found) != 1:
        raise UnsupportedError(f"the data set has {len(found)} elements of pixel data; expected 1")
    element = dataset[found[0]]
    if not isinstance(element.value, bytes) or not element.value:
        raise MalformedError(f"{found[0]} holds no bytes")
    refuse_unsafe(dataset)
    syntax = _syntax_of(dataset)
    if syntax not in NATIVE | ENCAPSULATED:
        raise UnsupportedError("(0002,0010) Transfer Syntax UID is none that we know; expected one of PS3.5")
    data, fragments = element.value, None
    offsets: tuple[int, ...] = ()
    if syntax in ENCAPSULATED:
        data += b"" if data.endswith(SEQUENCE_END) else SEQUENCE_END
        items, _ = read_fragments(data, 0, len(data))
        fragments, offsets = tuple(items[1:]), read_offsets(data, items)
    return _source(
        dataset,
        keyword=found[0],
        syntax=syntax,
        little_endian=syntax != BIG_ENDIAN,
        vr=element.VR,
        place=_Place(stored=MemoryBytes(data=data), start=0, length=len(data)),
        fragments=fragments,
        offsets=offsets,
        header=None,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Place:
    """The value of the pixel data element."""

    stored: StoredBytes
    start: int
    length: int


def open_stored(path: Path) -> FileBytes:
    """Return the bytes of a regular file that is not empty.

    Raises
    ------
    NotDicomError
        If it is none, or cannot be read.
    """
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise NotDicomError("not a regular file")
        stored = FileBytes(path)
    except OSError as error:
        raise NotDicomError(f"cannot be read: {error.strerror}") from error
    if stored.length == 0:
        raise NotDicomError("file is empty")
    return stored


def structure_of(stored: FileBytes) -> Structure:
    """Return what the gate sees in a file.

    Raises
    ------
    RefusedError
        If it does not let it in.
    """
    if stored.length <= _SMALL:
        return check_structure(stored.read(0, stored.length))
    with mmap.mmap(stored.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return check_structure(data)


def _syntax_of(dataset: Dataset) -> str:
    """Return the transfer syntax of a data set in memory; one made in code has none, and is little endian."""
    meta = getattr(dataset, "file_meta", None)
    if meta is not None and meta.get("TransferSyntaxUID"):
        return str(meta.TransferSyntaxUID)
    implicit, little = dataset.original_encoding
    if little is False:
        return BIG_ENDIAN
    return IMPLICIT if implicit else EXPLICIT


def _source(
    dataset: Dataset,
    *,
    keyword: str,
    syntax: str,
    little_endian: bool,
    vr: str,
    place: _Place,
    fragments: Sequence[Fragment] | None,
    offsets: tuple[int, ...],
    header: Header | None,
) -> Source:
    announced = _announced(dataset, keyword, little_endian)
    video = _video(place, fragments or (), announced, syntax) if syntax in VIDEO else None
    pixel_format = announced.pixel_format
    if video is not None:
        pixel_format = PixelFormat(photometric="RGB", bits_stored=video.bits)
    layout = Layout(
        pixel_format=pixel_format,
        rows=announced.rows,
        columns=announced.columns,
        little_endian=little_endian,
        swapped=not little_endian and vr == "OW" and pixel_format.bits_allocated <= 8,
    )
    frames = None
    if video is not None:
        pass  # its bytes are never touched
    elif fragments is None:
        _check_rest(place, layout.check_length(place.length, announced.frame_count))
    else:
        frames = _group(dataset, place, fragments, offsets, announced.frame_count, syntax)
    pixels = PixelBytes(
        stored=place.stored, start=place.start, length=place.length, layout=layout, frames=frames, offsets=offsets
    )
    return Source(
        path=header.path if header is not None else None,
        pixel_format=_decoded_format(pixels, syntax) if frames else pixel_format,
        rows=announced.rows,
        columns=announced.columns,
        frame_count=announced.frame_count,
        dataset=dataset,
        transfer_syntax=syntax,
        keyword=keyword,
        pixels=pixels,
        header=header,
        video=video,
    )


def _video(place: _Place, fragments: Sequence[Fragment], announced: Announced, syntax: str) -> Video:
    pieces = [(item.start, item.start + item.length) for item in fragments]
    return open_video(
        JoinedBytes(place.stored, pieces),
        syntax,
        announced.rows,
        announced.columns,
        announced.frame_count,
        announced.pixel_format.bits_stored,
    )


def _decoded_format(pixels: PixelBytes, syntax: str) -> PixelFormat:
    """Return the format that frames decode to, as the first one tells."""
    codestream = pixels.codestream(0)
    check_frame(codestream, syntax, pixels.layout)
    return decoded_format(pixels.layout.pixel_format, syntax, codestream)


def _announced(dataset: Dataset, keyword: str, little_endian: bool) -> Announced:
    try:
        with disable_value_validation():  # its warnings quote values
            return read_announced(dataset, keyword=keyword, little_endian=little_endian)
    except RefusedError:
        raise
    except Exception as error:  # pydicom converts values when they are asked for, and raises what it likes
        raise MalformedError(f"an attribute of the image cannot be read ({type(error).__name__})") from error


def _check_rest(place: _Place, rest: int) -> None:
    """Refuse bytes behind the last frame, which nobody would see nor examine, unless they are mere padding."""
    if rest > _LONGEST_PADDING:
        raise MalformedError(f"(7FE0,0010) Pixel Data has {rest} bytes more than its frames; expected none")
    end = place.start + place.length
    if rest > 1 and any(place.stored.read(end - rest, end)):
        raise MalformedError(f"(7FE0,0010) Pixel Data has {rest} bytes behind its last frame; expected none, or zeros")


def _group(
    dataset: Dataset,
    place: _Place,
    fragments: Sequence[Fragment],
    offsets: Sequence[int],
    frame_count: int,
    syntax: str,
) -> tuple[tuple[Fragment, ...], ...]:
    """Return which fragments make which frame."""
    starts = extended_starts(dataset.get("ExtendedOffsetTable")) or tuple(offsets)
    many = 1 < frame_count < len(fragments) and not starts
    ends = [ends_codestream(_tail(place, fragment), syntax) for fragment in fragments] if many else []
    return group_fragments(fragments, frame_count, starts=starts, ends_frame=ends)


def _tail(place: _Place, fragment: Fragment) -> bytes:
    """Return a fragment's last bytes, where a codestream ends with a marker."""
    end = fragment.start + fragment.length
    return place.stored.read(max(fragment.start, end - 4), end)
