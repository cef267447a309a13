"""Mask a box in every frame of a large compressed cine, and print the time and the peak memory.

    python benchmarks/encapsulated_memory.py [--folder FOLDER] [--megabytes 2048]

The cine is RLE of noise, so that the file is as large as its samples; frames are of 1 MB.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from struct import pack

import imagecodecs
import numpy as np
import pydicom
from native_patch import make_file, redact

_ROWS, _COLUMNS = 512, 2048


def make_cine(path: Path, frames: int) -> None:
    """Write an RLE file of so many frames of 512 x 2048 pixels of 8 bits."""
    make_file(path, 2, frames=1)
    dataset = pydicom.dcmread(path)
    dataset.file_meta.TransferSyntaxUID = pydicom.uid.RLELossless
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 8, 8, 7
    dataset.Rows, dataset.Columns, dataset.NumberOfFrames = _ROWS, _COLUMNS, frames
    del dataset.PixelData
    dataset.save_as(path)
    noise = np.random.default_rng(1).integers(0, 256, (_ROWS, _COLUMNS), dtype=np.uint8)
    packed = bytes(imagecodecs.packbits_encode(noise, axis=-1))
    frame = pack("<16I", 1, 64, *[0] * 14) + packed + b"\0" * (len(packed) % 2)
    with path.open("ab") as file:
        file.write(b"\xe0\x7f\x10\x00OB\0\0\xff\xff\xff\xff\xfe\xff\x00\xe0\0\0\0\0")
        for _ in range(frames):
            file.write(b"\xfe\xff\x00\xe0" + pack("<I", len(frame)) + frame)
        file.write(b"\xfe\xff\xdd\xe0\0\0\0\0")


def main() -> None:
    """Make the cine, and mask it in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--megabytes", type=int, default=2048)
    parser.add_argument("--one", type=Path, nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        redact(*arguments.one)
        return
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        source = Path(name) / "cine.dcm"
        make_cine(source, arguments.megabytes)
        began = time.perf_counter()
        command = [sys.executable, __file__, "--one", str(source), str(Path(name) / "target.dcm")]
        subprocess.run(command, check=True)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        megabytes = source.stat().st_size >> 20
        print(f"{megabytes} MB RLE: {time.perf_counter() - began:.1f} s, peak memory {peak:.0f} MB (limit 1024)")


if __name__ == "__main__":
    main()
