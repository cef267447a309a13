"""Write uncompressed pixel data with boxes masked, in parts that fit any memory."""

from collections.abc import Iterator
from typing import Protocol

from .masking import Plan, mask_frame
from .patches import has_runs, patches
from .source import Source

# Small enough for a processor's cache, large enough that calls do not count.
_BLOCK = 1 << 18
_CHUNK = 16 << 20


class Sink(Protocol):
    """Something that bytes are written to, one after the other."""

    def write(self, data: bytes | bytearray, /) -> object:
        """Append bytes."""


def write_uncompressed(source: Source, plan: Plan, sink: Sink) -> None:
    """Write the value of the pixel data element; of masked samples, not a bit reaches the sink."""
    if not has_runs(plan):
        _write_chunks(source, plan, sink)
        return
    position = 0
    for patch in patches(source, plan):
        _copy(source, position, patch.start, sink)
        sink.write(patch.data)
        position = patch.start + len(patch.data)
    _copy(source, position, source.pixels.length, sink)


def _copy(source: Source, start: int, stop: int, sink: Sink) -> None:
    """Copy the bytes [start, stop) of the pixel data."""
    base, stored = source.pixels.start, source.pixels.stored
    for begin in range(start, stop, _BLOCK):
        sink.write(stored.read(base + begin, base + min(begin + _BLOCK, stop)))


def _write_chunks(source: Source, plan: Plan, sink: Sink) -> None:
    """Write layouts in which a box is no run of bytes: unpacked, masked and packed again."""
    for start, stop, begin, end in chunks(source):
        data = source.pixels.stored.read(source.pixels.start + begin, source.pixels.start + end)
        touched = plan.cleared or any(frame in plan.boxes for frame in range(start, stop))
        sink.write(_mask_chunk(plan, bytearray(data), start, stop) if touched else data)


def _mask_chunk(plan: Plan, data: bytearray, start: int, stop: int) -> bytearray:
    frames = plan.layout.unpack(data, stop - start).copy()
    for index in range(stop - start):
        mask_frame(plan, frames[index], start + index)
    packed = plan.layout.pack(frames)
    data[: len(packed)] = packed
    return data


def chunks(source: Source) -> Iterator[tuple[int, int, int, int]]:
    """Yield (first frame, last + 1, first byte, last + 1) of parts of uncompressed pixel data."""
    layout, pixels = source.pixels.layout, source.pixels
    frames = max(layout.step, _CHUNK * 8 // layout.frame_bits // layout.step * layout.step)
    for start in range(0, source.frame_count, frames):
        stop = min(start + frames, source.frame_count)
        begin, end = layout.span(start, stop)
        # What pads the last frame travels with it.
        yield start, stop, begin, pixels.length if stop == source.frame_count else end
