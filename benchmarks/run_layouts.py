"""Compare ways to use the cores of a machine: threads, workers, and one process with all networks.

    python benchmarks/run_layouts.py FOLDER [--rounds 3]

Each runs over the same files in turn, so that other work on the machine meets them alike; printed is the best of
the rounds, and how often as fast as one worker with one thread that is. Wall time needs an idle machine. CPU time does
not: where N workers take the CPU time of one, N idle cores take an Nth of its time.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from deburn.redactor.workers import cores

RUN = """
import sys
from functools import partial
from pathlib import Path
from deburn import Policy
from deburn.model import open_runner
from deburn.redactor.engine import Workforce
from deburn.redactor.job import Orders
from deburn.redactor.run import redact_folder

class Silent:
    def begin(self, files, size):
        pass

    def file(self, line, size, summary):
        pass

def opened(wanted, *, threads, device="cpu"):
    return open_runner(device=device, threads=wanted)

if __name__ == "__main__":
    folder, output, workers, devices, threads = sys.argv[1:]
    orders = Orders(policy=Policy(), open_runner=partial(opened, int(threads)), output=Path(output))
    workforce = Workforce(workers=int(workers), devices=("cpu",) * int(devices))
    redact_folder([Path(folder)], orders=orders, workforce=workforce, overwrite=False, report=False, watcher=Silent())
"""


_ONE = "one worker, one thread"


def measure(script: Path, folder: Path, *layout: int) -> tuple[float, float]:
    """Run once with so many workers, devices and threads; return wall and CPU seconds, those of all processes."""
    with TemporaryDirectory() as output:
        began, before = time.monotonic(), os.times()
        subprocess.run([sys.executable, script, folder, output, *map(str, layout)], check=True)
        after = os.times()
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        return time.monotonic() - began, cpu


def main() -> None:
    """Run in turn, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    layouts = {
        _ONE: (1, 0, 1),
        f"one worker, {cores()} threads": (1, 0, cores()),
        f"{cores()} workers, one thread each": (cores(), 0, 1),
        f"{cores()} workers, networks in one process": (cores(), 1, cores()),
    }
    best: dict[str, tuple[float, float]] = {}
    with TemporaryDirectory() as folder:
        script = Path(folder) / "run.py"
        script.write_text(RUN)
        for _ in range(arguments.rounds):
            for name, layout in layouts.items():
                wall, cpu = measure(script, arguments.folder, *layout)
                best[name] = tuple(map(min, best.get(name, (wall, cpu)), (wall, cpu)))  # type: ignore[assignment]
    for name, (wall, cpu) in best.items():
        faster = best[_ONE][0] / wall
        print(f"{name:42s} {wall:7.1f} s wall, {faster:4.2f} x; {cpu:7.1f} s CPU, {cpu / wall:4.2f} cores busy")


if __name__ == "__main__":
    main()
