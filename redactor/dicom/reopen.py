"""Open what was written, from the disk, through the gate, and hold it against what was meant."""

from dataclasses import replace
from itertools import accumulate, pairwise
from pathlib import Path

from ...errors import RefusedError, UnverifiedError
from .fragments import Fragment
from .gate import Structure
from .header import Spliced
from .masking import Plan
from .opening import open_stored, structure_of
from .source import PixelBytes, Source
from .stored_bytes import MemoryBytes, StoredBytes


def reopen(path: Path, source: Source, plan: Plan, spliced: Spliced) -> Source:
    """Return the written file as a source, whose pixels are still to be compared.

    Parameters
    ----------
    path : pathlib.Path
    source : Source
        What it was made from.
    plan : Plan
    spliced : Spliced
        The header as written.

    Raises
    ------
    UnverifiedError
        If the gate refuses it, or a byte outside of the pixel data is not the one that was written.
    """
    stored = open_stored(path)
    try:
        structure = structure_of(stored)
    except RefusedError as error:
        raise UnverifiedError(f"the written file is not well-formed: {error}") from error
    body: StoredBytes = stored if structure.inflated is None else MemoryBytes(data=structure.inflated)
    pixels = structure.pixels
    if pixels is None:
        raise UnverifiedError("the written file has no pixel data")
    found = (
        stored.read(0, structure.start),
        body.read(structure.first, pixels.start),
        body.read(pixels.end, body.length),
    )
    if found != (spliced.start, spliced.before, spliced.after):
        raise UnverifiedError("the written header is not the one that was meant")
    written = PixelBytes(
        stored=body,
        start=pixels.value,
        length=pixels.end - pixels.value,
        layout=source.pixels.layout if plan.syntax == source.transfer_syntax else plan.layout,
        frames=_frames(source, plan, structure),
        offsets=structure.offsets,
    )
    return replace(source, path=path, transfer_syntax=structure.transfer_syntax, pixels=written, header=None)


def _frames(source: Source, plan: Plan, structure: Structure) -> tuple[tuple[Fragment, ...], ...] | None:
    """Return the fragments of each frame: one of a masked frame, as many as there were of the others."""
    if source.pixels.frames is None or plan.native or not structure.fragments:
        return None
    counts = [
        1 if plan.recoded or frame in plan.boxes else len(fragments)
        for frame, fragments in enumerate(source.pixels.frames)
    ]
    if sum(counts) != len(structure.fragments):
        raise UnverifiedError(f"the written file has {len(structure.fragments)} fragments; expected {sum(counts)}")
    cuts = list(accumulate(counts, initial=0))
    return tuple(structure.fragments[begin:end] for begin, end in pairwise(cuts))
