"""Damage sound DICOM files in every way, put them through open, read, mask and write, and count what comes out.

    python benchmarks/fuzz.py [--count 20000] [--seed 1] [--only NUMBER] [--keep FOLDER]

A file may be refused, or delivered with its boxes filled and everything else as in the damaged input. Anything else
is a fault: an exception that is no refusal, a dead or endless process, more memory than allowed, a sample that should
be masked and is not. Every file is made from the seed and its number alone, so that a fault can be had again with
--only. Exit status 1 if there was any.
"""

import argparse
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

from fuzz_seeds import make_seeds
from fuzz_worker import Result, damaged_file, work

# Seconds of wall clock after which a file counts as endless, on a busy machine.
PATIENCE = 120.0
# A worker is replaced after so many files, so that nothing adds up.
LIFETIME = 2000


@dataclass(slots=True, kw_only=True)
class Tally:
    """What became of the files of a run."""

    states: Counter[str] = field(default_factory=Counter)
    details: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[int, Result]] = field(default_factory=list)
    slowest: float = 0.0
    told: int = 0

    def add(self, number: int, result: Result) -> None:
        """Count one file."""
        self.states[result.state] += 1
        self.slowest, self.told = max(self.slowest, result.seconds), self.told + result.told
        if result.state in ("refused", "delivered"):
            self.details[f"{result.state}: {result.detail}"] += 1
        else:
            self.faults.append((number, result))


class Crew:
    """One worker process at a time, replaced when it is old, dead or stuck."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.seed, self.folder = seed, folder
        self.process: multiprocessing.process.BaseProcess | None = None
        self.pipe: Connection
        self.age = 0

    def ask(self, number: int) -> Result:
        """Return what becomes of one file."""
        if self.process is None or self.age >= LIFETIME:
            self.stop()
            self._start()
        self.age += 1
        try:
            self.pipe.send(number)
            if self.pipe.poll(PATIENCE):
                result: Result = self.pipe.recv()
                return result
            words = f"no answer after {PATIENCE:.0f} s"
        except (EOFError, OSError):
            words = "the process died"
        self.stop()
        return Result(state="crashed", detail=words, seconds=PATIENCE, told=0)

    def stop(self) -> None:
        """End the worker, whatever it is doing."""
        if self.process is not None:
            self.process.kill()
            self.process.join()
            self.pipe.close()
        self.process = None

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=work, args=(theirs, self.seed, self.folder), daemon=True)
        self.process.start()
        theirs.close()
        # Fails where the worker cannot even make its seeds: that is no finding, but the end.
        assert self.pipe.recv() == "ready"
        self.age = 0


def fuzz(numbers: range, seed: int) -> Iterator[tuple[int, Result]]:
    """Yield each number with what became of its file."""
    with TemporaryDirectory() as folder:
        crew = Crew(seed, Path(folder))
        try:
            for number in numbers:
                yield number, crew.ask(number)
        finally:
            crew.stop()


def run(count: int, seed: int) -> Tally:
    """Fuzz with `count` files and tell of faults as they come."""
    tally = Tally()
    for number, result in fuzz(range(count), seed):
        tally.add(number, result)
        if result.state not in ("refused", "delivered"):
            print(f"{number}: {result.state}: {result.detail}", flush=True)
        if (number + 1) % 1000 == 0:
            print(f"{number + 1} files: {dict(tally.states)}", flush=True)
    return tally


def main() -> int:
    """Run as a command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the number of one file, to see what becomes of it")
    parser.add_argument("--keep", type=Path, help="with --only: a folder to write the damaged file to")
    options = parser.parse_args()
    if options.only is not None:
        return _only(options.only, options.seed, options.keep)
    started = time.monotonic()
    tally = run(options.count, options.seed)
    for words, number in tally.details.most_common():
        print(f"{number:7d} {words}")
    seconds = time.monotonic() - started
    print(f"{options.count} files in {seconds:.0f} s; the slowest took {tally.slowest:.1f} s of processor time")
    print(f"{len(tally.faults)} faults, {tally.told} warnings and log records")
    return 1 if tally.faults else 0


def _only(number: int, seed: int, keep: Path | None) -> int:
    data, words, _ = damaged_file(number, seed, make_seeds())
    print(words)
    if keep is not None:
        (keep / f"{seed}-{number}.dcm").write_bytes(data)
    ((_, result),) = fuzz(range(number, number + 1), seed)
    print(f"{result.state}: {result.detail}")
    return 0 if result.state in ("refused", "delivered") else 1


if __name__ == "__main__":
    sys.exit(main())
