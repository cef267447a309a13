"""Write a file with boxes masked: same syntax, every other byte kept, checked before it gets its name."""

import os
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from struct import pack
from typing import BinaryIO

from pydicom import Dataset
from pydicom.dataelem import DataElement
from pydicom.dataset import FileMetaDataset
from pydicom.uid import UID

from ...model import Box
from ..policy import Policy
from .atomic import atomic_file
from .attributes import mark_deidentified
from .carriers import clean_carriers
from .decoded_header import mark_decoded, name_colours
from .encapsulated import SEQUENCE_END, item, offset_table
from .header import Spliced, splice
from .masking import Plan, plan
from .opening import open_dataset
from .recode import kept_codestream, mask_codestream
from .reopen import reopen
from .source import Source
from .syntaxes import DEFLATED
from .uncompressed import Sink, write_uncompressed
from .verify import verify_pixels

_EXTENDED_OFFSETS, _EXTENDED_LENGTHS = 0x7FE00001, 0x7FE00002
_ITEM_HEADER = 8


def mask_to_file(source: Source, boxes: Sequence[Box], target: Path, *, policy: Policy) -> None:
    """Write a file with boxes masked, other carriers of text removed and attributes set.

    Parameters
    ----------
    source : Source
        From `open_file`.
    boxes : sequence of Box
        Margins included; parts outside of the frame are ignored. Without any, pixel bytes are copied.
    target : pathlib.Path
        Replaced if it exists; its folder must.
    policy : Policy

    Raises
    ------
    RefusedError
        If something cannot be decoded, encoded or written, or the result does not pass its check.
    OSError
        If the disk is full, the folder cannot be written to, and so on.
    """
    assert source.header is not None, "a source from open_file"
    todo = plan(source, boxes, policy)
    spliced = splice(source.header, lambda dataset: _edit(source, todo, dataset))
    mode = os.stat(source.header.path).st_mode & 0o666
    with atomic_file(target, mode) as part:
        before = _write(source, todo, spliced, part.file)
        part.settle()
        verify_pixels(source, todo, reopen(part.path, source, todo, replace(spliced, before=before)))


def mask_dataset(source: Source, boxes: Sequence[Box], *, policy: Policy) -> None:
    """Do the same to a data set in memory, in place; nothing is changed if it fails.

    Parameters
    ----------
    source : Source
        From `open_dataset`.
    boxes : sequence of Box
    policy : Policy

    Raises
    ------
    RefusedError
        If something cannot be decoded or encoded, or the result does not pass its check.
    """
    todo = plan(source, boxes, policy)
    target = BytesIO()
    if source.pixels.frames is None:
        write_uncompressed(source, todo, target)
        value = target.getvalue() if source.video is None else source.dataset[source.keyword].value
    elif todo.native:
        _write_decoded(source, todo, target)
        value = target.getvalue()
    else:
        tables = _write_frames(source, todo, target)
        value = target.getvalue()[: -len(SEQUENCE_END)]
    trial = _with_pixels(source, todo, value)
    verify_pixels(source, todo, open_dataset(trial))
    _edit(source, todo, source.dataset)
    source.dataset[source.keyword] = trial[source.keyword]
    if source.pixels.frames is not None and "ExtendedOffsetTable" in source.dataset and not todo.native:
        source.dataset.ExtendedOffsetTable, source.dataset.ExtendedOffsetTableLengths = tables


def _edit(source: Source, todo: Plan, dataset: Dataset) -> None:
    """Change a header, in place, to what holds for the result."""
    clean_carriers(dataset)
    mark_deidentified(dataset, masked=bool(todo.boxes))
    if todo.syntax != source.transfer_syntax:
        mark_decoded(source, dataset, todo.syntax)
    elif dataset.get("PhotometricInterpretation") == "YBR_ICT" and len(todo.boxes) == source.frame_count:
        # What was an irreversible colour transform in every frame is a reversible one now (PS3.3 C.7.6.3.1.2).
        dataset.PhotometricInterpretation = "YBR_RCT"


def _with_pixels(source: Source, todo: Plan, value: bytes) -> Dataset:
    """Return a data set that shares all but the pixel data with the source, to be checked."""
    trial = Dataset()
    for tag in source.dataset.keys():  # noqa: SIM118 -- iterating a data set yields elements
        if tag >> 16 == 0x0028:
            trial[tag] = source.dataset[tag]
    before = source.dataset[source.keyword]
    decoded = todo.native and source.pixels.frames is not None
    element = DataElement(before.tag, _vr(todo) if decoded else before.VR, value)
    element.is_undefined_length = before.is_undefined_length and not decoded
    trial[source.keyword] = element
    if todo.syntax != source.transfer_syntax:
        name_colours(trial, todo.syntax, source.pixel_format.samples)
    trial.file_meta = FileMetaDataset()
    trial.file_meta.TransferSyntaxUID = UID(todo.syntax)
    return trial


def _write(source: Source, todo: Plan, spliced: Spliced, target: BinaryIO) -> bytes:
    """Write the whole file; return the data set up to the pixel data, with its offset tables filled in."""
    assert source.header is not None
    pixels, stored = source.header.structure.pixels, source.pixels.stored
    assert pixels is not None
    target.write(spliced.start)
    start = len(spliced.start)
    deflater = _Deflater(target) if source.transfer_syntax == DEFLATED else None
    sink: Sink = deflater if deflater is not None else target
    sink.write(spliced.before)
    before = bytearray(spliced.before)
    if source.pixels.frames is not None and todo.native:
        sink.write(_pixel_header(source, todo))
        _write_decoded(source, todo, sink)
        sink.write(spliced.after)
        return bytes(before)
    sink.write(stored.read(pixels.start, pixels.value))
    if source.pixels.frames is None:
        write_uncompressed(source, todo, sink)
    else:
        tables = _write_frames(source, todo, target)
        for tag, table in zip((_EXTENDED_OFFSETS, _EXTENDED_LENGTHS), tables, strict=True):
            if tag in spliced.values:
                before[spliced.values[tag] : spliced.values[tag] + len(table)] = table
        _overwrite(target, start, before)
    sink.write(spliced.after)
    if deflater is not None:
        deflater.finish()
    return bytes(before)


def _pixel_header(source: Source, todo: Plan) -> bytes:
    """Return tag, VR and length of frames that are uncompressed now, explicit little endian (PS3.5 A.2)."""
    length = todo.layout.span(0, source.frame_count)[1]
    return pack("<HH2sHI", 0x7FE0, 0x0010, _vr(todo).encode(), 0, length + length % 2)


def _vr(todo: Plan) -> str:
    return "OB" if todo.layout.pixel_format.bits_allocated <= 8 else "OW"


def _write_decoded(source: Source, todo: Plan, sink: Sink) -> None:
    """Write compressed frames uncompressed, one after the other, and a zero where their length is odd."""
    for frame in range(source.frame_count):
        sink.write(mask_codestream(source, todo, frame))
    if todo.layout.span(0, source.frame_count)[1] % 2:
        sink.write(b"\0")


def _overwrite(target: BinaryIO, position: int, data: bytes | bytearray) -> None:
    end = target.tell()
    target.seek(position)
    target.write(data)
    target.seek(end)


class _Deflater:
    """A sink that deflates what is written to it (PS3.5 A.5)."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        self._length = 0

    def write(self, data: bytes | bytearray, /) -> None:
        """Append bytes to the data set."""
        self._append(self._stream.compress(data))

    def finish(self) -> None:
        """End the stream, on an even number of bytes."""
        self._append(self._stream.flush())
        self._append(b"\0" * (self._length % 2))

    def _append(self, data: bytes) -> None:
        self._target.write(data)
        self._length += len(data)


def _write_frames(source: Source, todo: Plan, target: BinaryIO) -> tuple[bytes, bytes]:
    """Write encapsulated frames with their offset table; return the two extended offset tables that fit them."""
    assert source.pixels.frames is not None
    table = target.tell()
    has_table = bool(source.pixels.offsets)
    target.write(item(bytes(4 * source.frame_count)) if has_table else item(b""))
    sizes = []
    for frame in range(source.frame_count):
        begin = target.tell()
        for value in _fragments(source, todo, frame):
            target.write(item(value))
        sizes.append(target.tell() - begin)
    if has_table:
        _overwrite(target, table, offset_table(sizes))
    target.write(SEQUENCE_END)
    offsets = list(accumulate(sizes[:-1], initial=0))
    lengths = [size - _ITEM_HEADER for size in sizes]
    return pack(f"<{len(sizes)}Q", *offsets), pack(f"<{len(sizes)}Q", *lengths)


def _fragments(source: Source, todo: Plan, frame: int) -> Iterator[bytes]:
    """Yield a frame's fragments: as they were, or one of the masked frame."""
    assert source.pixels.frames is not None
    if todo.recoded or frame in todo.boxes:
        yield mask_codestream(source, todo, frame)
        return
    codestream = kept_codestream(source, frame)
    begin = 0
    for fragment in source.pixels.frames[frame]:
        yield codestream[begin : begin + fragment.length]
        begin += fragment.length
