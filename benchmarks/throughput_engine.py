"""Decoded frames in host memory to boxes and text, through the process of a device and the workers around it."""

import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import numpy as np
from throughput_files import page

from deburn.model import detect, open_runner, transcribe
from deburn.redactor.engine_devices import Devices
from deburn.redactor.engine_remote import OpenRemote
from deburn.redactor.lock import Inherited
from deburn.redactor.workers import CONTEXT, Crew, Lost, cores

PATIENCE = 600.0


def print_engine(rows: int, columns: int, bits: int, *, device: str, images: int, together: int) -> None:
    """Print images a second by number of workers, each of which hands in some frames at a time, as a file has them."""
    print(f"\nthe same through the process of one device, workers around it, {together} frames handed in at a time")
    for workers in sorted({1, max(1, cores() // 2), cores(), 2 * cores()}):
        with utilisation(device) as busy:
            rate, lines = _measure(rows, columns, bits, device, workers, images, together)
        used = f", device utilisation {np.mean(busy):.0f} %" if busy else ""
        megabytes = rows * columns * (1 if bits <= 8 else 2) / 1e6
        print(
            f"  {workers:3d} workers {rate:10.1f} images/s {rate * megabytes:10.1f} MB/s, "
            f"{lines:.1f} lines an image{used}"
        )


def _measure(
    rows: int, columns: int, bits: int, device: str, workers: int, images: int, together: int
) -> tuple[float, float]:
    """Return images a second once everything has started, and the lines of an image."""
    calls = max(2 * workers, -(-images // together))
    opened = partial(open_runner, device=device)
    with Devices((device,), open_runner=opened, threads=cores(), hold=Inherited([])) as devices:
        remote = OpenRemote(addresses=devices.addresses, turn=CONTEXT.Value("i", 0))
        hire = partial(_hire, remote, rows, columns, bits, together)
        with Crew(hire, count=workers, patience=lambda _: PATIENCE) as crew:
            _all_of(crew, 2 * workers)  # what a device sets up for a shape is no part of the rate
            began = time.perf_counter()
            lines = _all_of(crew, calls)
            seconds = time.perf_counter() - began
    return calls * together / seconds, lines / (calls * together)


def _all_of(crew: Crew[int, int], calls: int) -> int:
    results = [result for _, result in crew.each(range(calls))]
    if lost := [result.reason for result in results if isinstance(result, Lost)]:
        raise SystemExit(f"a worker was lost: {lost[0]}")
    return sum(result for result in results if isinstance(result, int))


def _hire(remote: OpenRemote, rows: int, columns: int, bits: int, together: int) -> Callable[[int], int]:
    runner = remote()
    pages = np.stack([page(rows, columns, bits, seed) for seed in range(together)])[..., None]

    def find(_: int) -> int:
        handle = runner.upload(pages)
        return len(transcribe(runner, handle, detect(runner, handle)))

    return find


@contextmanager
def utilisation(device: str) -> Iterator[list[float]]:
    """Give the list that fills with the utilisation of the first GPU in per cent; it stays empty without one."""
    values: list[float] = []
    if not device.startswith("cuda"):
        yield values
        return
    query = ["nvidia-smi", "--id=0", "--query-gpu=utilization.gpu", "--format=csv,noheader,nounits", "--loop-ms=200"]
    with subprocess.Popen(query, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = process.stdout
        reader = threading.Thread(target=lambda: values.extend(float(line) for line in lines if line.strip().isdigit()))
        reader.start()
        try:
            yield values
        finally:
            process.terminate()
            reader.join()
