"""Compare the memory of a run over many small files with that of one over few.

    python benchmarks/run_memory.py [--few 100] [--many 10000] [--side 128] [--workers 2]

The files are links to a hundred small images with two lines of text made here, in folders of a thousand; the networks
are the shipped ones. A run's memory is the sum over all of its processes of what each has for itself and its share of
what they have in common (PSS), sampled through /proc thirty times a second; its peak is the mean of the ten
highest samples. Beside it stand the highest resident sizes that the system noted (VmHWM) of the parent and of any
other process.
"""

import argparse
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from pydicom import Dataset
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, SecondaryCaptureImageStorage, generate_uid

from deburn.redactor.demo_font import draw

COMMAND = [sys.executable, "-c", "from deburn.redactor.cli import main; main()", "redact", "--device", "cpu"]
KINDS, FOLDER = 100, 1000
PAUSE, HIGHEST = 0.03, 10


def make(folder: Path, count: int, side: int) -> None:
    """Fill a folder with `count` images, each of some of the hundred that differ."""
    kinds = folder.parent / "kinds"
    kinds.mkdir(exist_ok=True)
    for number in range(KINDS):
        if not (kinds / str(number)).exists():
            image(number, side).save_as(kinds / str(number), enforce_file_format=True)
    for number in range(count):
        path = folder / f"{number // FOLDER:03d}" / f"{number:06d}.dcm"
        path.parent.mkdir(parents=True, exist_ok=True)
        os.link(kinds / str(number % KINDS), path)


def image(seed: int, side: int) -> Dataset:
    """Return a square secondary capture, 8 bit, with two lines of text, one of which identifies."""
    dataset = Dataset()
    dataset.SOPClassUID, dataset.SOPInstanceUID = SecondaryCaptureImageStorage, generate_uid()
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = f"1.2.3.{seed}", f"1.2.3.{seed}.1"
    dataset.PatientName, dataset.PatientID, dataset.Modality = f"EXAMPLE^{seed}", f"TEST-{seed:04d}", "OT"
    dataset.Rows = dataset.Columns = side
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation, dataset.PixelRepresentation = 1, "MONOCHROME2", 0
    dataset.BitsAllocated = dataset.BitsStored = 8
    dataset.HighBit = 7
    pixels = np.random.default_rng(seed).integers(20, 60, (side, side), np.uint8)
    for row, text in enumerate((f"ID TEST-{seed:04d}", "KVP 120")):
        ink = (draw(text, 9.0) * 230).astype(np.uint8)[: side // 4, : side - 4]
        place = pixels[4 + row * side // 2 :, 4:][: ink.shape[0], : ink.shape[1]]
        np.maximum(place, ink, out=place)
    dataset.PixelData = pixels.tobytes()
    dataset["PixelData"].VR = "OB"
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    return dataset


def measure(folder: Path, output: Path, workers: int) -> tuple[float, float, float, float]:
    """Run once; return the peak memory of all processes in MB, the largest of the parent and of others, the seconds."""
    command = [*COMMAND, str(folder), "--output", str(output), "--workers", str(workers)]
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    samples: list[tuple[float, float, float]] = []
    watch = threading.Thread(target=_sample, args=(process, samples))
    watch.start()
    if process.wait() != 0:
        raise SystemExit(f"deburn redact ended with {process.returncode}")
    watch.join()
    sums, parents, others = zip(*samples, strict=True)
    return float(np.mean(sorted(sums)[-HIGHEST:])), max(parents), max(others), time.monotonic() - began


def _sample(process: subprocess.Popen[bytes], samples: list[tuple[float, float, float]]) -> None:
    while process.poll() is None:
        children = _children(process.pid)
        together = sum(_megabytes(pid, "smaps_rollup", "Pss:") for pid in (process.pid, *children))
        others = max((_megabytes(pid, "status", "VmHWM:") for pid in children), default=0.0)
        samples.append((together, _megabytes(process.pid, "status", "VmHWM:"), others))
        time.sleep(PAUSE)


def _children(pid: int) -> list[int]:
    """Return all processes under one."""
    found: list[int] = []
    try:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                found += [int(child), *_children(int(child))]
    except (FileNotFoundError, ProcessLookupError):
        return found
    return found


def _megabytes(pid: int, file: str, name: str) -> float:
    """Return a figure of a process that /proc has in units of 1,024 bytes; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith(name)) * 1024 / 1e6


def main() -> None:
    """Make the files, run over both, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--few", type=int, default=100)
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--side", type=int, default=128)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    peaks = []
    with TemporaryDirectory() as scratch:
        for count in (arguments.few, arguments.many):
            folder = Path(scratch) / f"in{count}"
            make(folder, count, arguments.side)
            output = Path(scratch) / f"out{count}"
            together, parent, others, seconds = measure(folder, output, arguments.workers)
            peaks.append(together)
            print(
                f"{count:7,d} files: {together:6.0f} MB together; peaks: {parent:.0f} MB the parent, "
                f"{others:.0f} MB the largest other; {seconds:.0f} s, {count / seconds:.0f} files a second",
                flush=True,
            )
    print(f"ratio {peaks[1] / peaks[0]:.3f}")


if __name__ == "__main__":
    main()
