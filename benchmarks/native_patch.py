"""Time masking one box in uncompressed files, as a ratio to a plain copy that is synced; and memory for 2 GB.

    python benchmarks/native_patch.py [--folder FOLDER] [--runs 9] [--large]

Both write to the same folder, a new file each time, and end with fsync. What is timed is the way of a file whose boxes
are known: the gate, parsing, editing the header, writing, opening the result again, comparing every byte of it with
the original, rename, and fsync of the folder; no networks, no hashes. The two take turns, and the medians of the
times and of the ratios are printed. With --large, a file of 2 GB (1000 frames) is
masked in every frame by a process of its own, and its peak memory is printed.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from pydicom import Dataset
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian

from deburn.model import Box
from deburn.redactor.dicom import mask_to_file, open_file
from deburn.redactor.policy import Policy

# Megabytes, and what the ratio should stay below.
_SIZES = ((0.5, 2.0), (8.0, 1.5), (200.0, 1.5))
_COLUMNS = 2048


def make_file(path: Path, megabytes: float, frames: int = 1) -> None:
    """Write a grey file of 16 bits with a header of some hundred elements."""
    rows = int(megabytes * 2**20 / 2 / _COLUMNS / frames)
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = UID("1.2.840.10008.5.1.4.1.1.7"), UID("2.25.1")
    dataset = FileDataset("", Dataset(), preamble=bytes(128), file_meta=meta)
    dataset.SOPClassUID, dataset.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
    dataset.PatientName, dataset.PatientID = "Pavlova^Ines", "QX-004117"
    block = dataset.private_block(0x0029, "BENCHMARK", create=True)
    for number in range(100):
        block.add_new(number, "LO", f"value {number}")
    dataset.Rows, dataset.Columns, dataset.NumberOfFrames = rows, _COLUMNS, frames
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit, dataset.PixelRepresentation = 16, 12, 11, 0
    noise = np.random.default_rng(1).integers(0, 4096, (min(rows, 512), _COLUMNS), dtype=np.uint16)
    frame = np.resize(noise, (rows, _COLUMNS)).tobytes()
    dataset.add_new(0x7FE00010, "OW", frame)
    if frames == 1:
        dataset.save_as(path, enforce_file_format=True)
        return
    dataset.save_as(path, enforce_file_format=True)
    with path.open("r+b") as file:
        file.seek(-len(frame) - 4, os.SEEK_END)
        file.write((len(frame) * frames).to_bytes(4, "little"))
        for _ in range(frames):
            file.write(frame)


def copy(source: Path, target: Path) -> None:
    """Copy a file and wait until it is on the disk."""
    with source.open("rb") as reader, target.open("wb") as writer:
        shutil.copyfileobj(reader, writer, 1 << 20)
        writer.flush()
        os.fsync(writer.fileno())


def redact(source: Path, target: Path) -> None:
    """Mask one box in every frame."""
    opened = open_file(source)
    boxes = [Box(frame=frame, x0=100, y0=50, x1=400, y1=80) for frame in range(opened.frame_count)]
    mask_to_file(opened, boxes, target, policy=Policy())


def compare(source: Path, folder: Path, runs: int) -> tuple[float, float, float]:
    """Return the median times of copying and redacting, in seconds, and the median of their ratios.

    They take turns, so that whatever else the machine does slows both.
    """
    pairs = [(_time(copy, source, folder), _time(redact, source, folder)) for _ in range(runs)]
    plain, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
    return plain, ours, statistics.median(mine / other for other, mine in pairs)


def _time(action: Callable[[Path, Path], None], source: Path, folder: Path) -> float:
    target = folder / "target.dcm"
    target.unlink(missing_ok=True)
    began = time.perf_counter()
    action(source, target)
    return time.perf_counter() - began


def measure_large(folder: Path) -> None:
    """Mask every frame of a 2 GB file in a process of its own."""
    source = folder / "large.dcm"
    make_file(source, 2048, frames=1024)
    began = time.perf_counter()
    subprocess.run([sys.executable, __file__, "--one", str(source), str(folder / "target.dcm")], check=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"2048 MB, 1024 frames: {time.perf_counter() - began:.1f} s, peak memory {peak:.0f} MB (limit 1024)")


def main() -> None:
    """Print a line per size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, help="on the disk to be measured; default a temporary one")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--one", type=Path, nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        redact(*arguments.one)
        return
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        folder = Path(name)
        for megabytes, limit in _SIZES:
            source = folder / "source.dcm"
            make_file(source, megabytes)
            plain, ours, ratio = compare(source, folder, arguments.runs)
            print(
                f"{megabytes:6.1f} MB: copy {plain * 1e3:8.1f} ms, redact {ours * 1e3:8.1f} ms, "
                f"ratio {ratio:.2f} (aim {limit})"
            )
        if arguments.large:
            measure_large(folder)


if __name__ == "__main__":
    main()
