"""Find text in frames that are in memory: arrays or tensors, of one shape or many, at once or as a stream."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydicom import Dataset

from ..errors import UsageError
from ..model import Runner, TextLine, detect, transcribe_each
from .dicom import Frames, PixelFormat, identity_of, visible
from .dicom.tensors import Tensor, visible_tensor
from .findings import Finding
from .pipeline import BATCH_PIXELS, judge, shipped_runner, within_31_bits
from .policy import Policy
from .scenes import judge_scenes

Values: TypeAlias = NDArray[Any] | Tensor


def find(
    frames: Values | Sequence[Values],
    pixel_format: PixelFormat,
    *,
    header: Dataset | None = None,
    policy: Policy | None = None,
    runner: Runner | None = None,
) -> tuple[Finding, ...]:
    """Find, read and judge the text of frames that are in memory; nothing is changed.

    Parameters
    ----------
    frames : array, tensor, or a sequence of them
        Stored values at native depth, [n, rows, columns] or [n, rows, columns, samples]; one frame may come as
        [rows, columns] or, in colour, [rows, columns, samples]. Those of a sequence may differ in shape. Tensors
        on the runner's GPU stay there.
    pixel_format : PixelFormat
        What the values mean, e.g. ``PixelFormat(photometric="MONOCHROME2", bits_stored=12)``.
    header : pydicom.Dataset, optional
        Whose names, numbers and dates the text is compared with.
    policy, runner : optional
        As for `redact_file`.

    Returns
    -------
    tuple of Finding
        Those that the policy masks and those that it keeps, frame by frame; `finding.box.frame` counts the frames
        from 0, through all of a sequence.

    Raises
    ------
    UsageError
        A shape does not fit the pixel format.
    """
    several = [frames] if hasattr(frames, "ndim") else frames
    found = find_stream(several, pixel_format, header=header, policy=policy, runner=runner)
    return tuple(finding for findings in found for finding in findings)


def find_stream(
    frames: Iterable[Values],
    pixel_format: PixelFormat,
    *,
    header: Dataset | None = None,
    policy: Policy | None = None,
    runner: Runner | None = None,
) -> Iterator[tuple[Finding, ...]]:
    """Yield the findings of each frame of a stream, in its order; as many frames are held as the networks take at once.

    Parameters
    ----------
    frames : iterable of arrays or tensors
        Each as for `find`.
    pixel_format, header, policy, runner : optional
        As for `find`.

    Raises
    ------
    UsageError
        A shape does not fit the pixel format.
    """
    runner, policy = runner or shipped_runner(), policy or Policy()
    identity = identity_of(header if header is not None else Dataset())
    first = 0
    for batch in _batches(frames, pixel_format.samples):
        lines = sorted(_read(batch, pixel_format, runner), key=lambda line: line.box.frame)
        count = sum(len(part) for part in batch)
        by_frame: list[list[Finding]] = [[] for _ in range(count)]
        for finding in judge_scenes(lines, partial(judge, identity=identity, policy=policy, runner=runner)):
            by_frame[finding.box.frame].append(_numbered(finding, first))
        yield from (tuple(findings) for findings in by_frame)
        first += count


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Group:
    """Parts of a batch that go through the networks together, and the number of each one's first frame in it."""

    parts: list[Values]
    first: list[int]


def _read(batch: Sequence[Values], pixel_format: PixelFormat, runner: Runner) -> Iterator[TextLine]:
    for group in _groups(batch):
        numbers = [start + k for start, part in zip(group.first, group.parts, strict=True) for k in range(len(part))]
        handle = runner.upload(_shown(group.parts, pixel_format, runner))
        for line in chain.from_iterable(transcribe_each(runner, handle, detect(runner, handle))):
            yield replace(line, box=replace(line.box, frame=numbers[line.box.frame]))


def _groups(batch: Sequence[Values]) -> Iterable[_Group]:
    """Return the parts of one shape and type together."""
    groups: dict[tuple[object, ...], _Group] = {}
    first = 0
    for part in batch:
        kind = (tuple(part.shape[1:]), part.dtype, getattr(part, "device", None))
        group = groups.setdefault(kind, _Group(parts=[], first=[]))
        group.parts.append(part)
        group.first.append(first)
        first += len(part)
    return groups.values()


def _shown(parts: list[Values], pixel_format: PixelFormat, runner: Runner) -> Any:
    """Return what can be seen of frames of one shape, where the runner wants them."""
    if not _is_tensor(parts[0]):
        stored = np.concatenate(parts) if len(parts) > 1 else np.asarray(parts[0])
        return within_31_bits(visible(Frames(stored=stored, pixel_format=pixel_format)))
    shown = visible_tensor(_joined(parts), pixel_format)
    from ..model.torch_runner import TorchRunner

    # Other runners compute on the host.
    return shown if isinstance(runner, TorchRunner) else shown.cpu().numpy()


def _joined(parts: list[Any]) -> Any:
    if len(parts) == 1:
        return parts[0]
    joined = parts[0].new_empty((sum(len(part) for part in parts), *parts[0].shape[1:]))
    start = 0
    for part in parts:
        joined[start : start + len(part)] = part
        start += len(part)
    return joined


def _batches(frames: Iterable[Values], samples: int) -> Iterator[list[Values]]:
    """Yield frames, [n, rows, columns, samples] each, as many together as the networks take at once."""
    batch, pixels = list[Values](), 0
    for values in frames:
        stored = _as_frames(values, samples)
        size = int(stored.shape[1]) * int(stored.shape[2])
        step = max(1, BATCH_PIXELS // max(1, size))
        for start in range(0, len(stored), step):
            part = stored[start : start + step]
            if batch and pixels + len(part) * size > BATCH_PIXELS:
                yield batch
                batch, pixels = [], 0
            batch.append(part)
            pixels += len(part) * size
    if batch:
        yield batch


def _as_frames(values: Values, samples: int) -> Any:
    stored: Any = values if _is_tensor(values) else np.asarray(values)
    if stored.ndim == 2 and samples == 1:
        stored = stored[None, :, :, None]
    elif stored.ndim == 3 and samples == 1:
        stored = stored[..., None]
    elif stored.ndim == 3 and stored.shape[2] == samples:
        stored = stored[None]
    if stored.ndim != 4 or stored.shape[3] != samples or 0 in stored.shape:
        raise UsageError(
            f"frames have shape {tuple(stored.shape)}; expected [n, rows, columns, {samples}] for this pixel format"
        )
    return stored


def _is_tensor(values: object) -> bool:
    """Tell whether these are a tensor of torch, without loading torch for those who have none."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(values, torch.Tensor)


def _numbered(finding: Finding, first: int) -> Finding:
    frame = finding.box.frame + first
    line = replace(finding.line, box=replace(finding.line.box, frame=frame))
    return replace(finding, line=line, box=replace(finding.box, frame=frame))
