"""Write uncompressed pixel data with boxes masked, in parts that fit any memory."""

from collections.abc import Iterator
from typing import Protocol

from .masking import Plan, mask_frame
from .patches import Patch, has_runs, patches
from .source import Source

# Small enough for a processor's cache, large enough that calls do not count.
_BLOCK = 1 << 20
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
    _write_patched(source, patches(source, plan), sink)


def _write_patched(source: Source, waiting: Iterator[Patch], sink: Sink) -> None:
    """Copy the pixel data block by block, each patched in memory before any of it is written."""
    pixels = source.pixels
    patch = next(waiting, None)
    for begin in range(0, pixels.length, _BLOCK):
        end = min(begin + _BLOCK, pixels.length)
        block: bytes | bytearray = pixels.stored.read(pixels.start + begin, pixels.start + end)
        while patch is not None and patch.start < end:
            block = block if isinstance(block, bytearray) else bytearray(block)
            first, last = max(patch.start, begin), min(patch.start + len(patch.data), end)
            block[first - begin : last - begin] = patch.data[first - patch.start : last - patch.start]
            if patch.start + len(patch.data) > end:
                break  # the next block has the rest of it
            patch = next(waiting, None)
        sink.write(block)
    assert patch is None, "a patch behind the pixel data"


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
