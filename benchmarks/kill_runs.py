"""Kill runs at random moments, again and again, and prove that nothing is lost and nothing is there twice.

    python benchmarks/kill_runs.py FOLDER [--rounds 3] [--seed 1] [--device cpu]

runs ``deburn redact`` over FOLDER once undisturbed. In each round it then starts the same command into a new output
again and again and kills it, with everything that it started, at a random moment, until one comes to its end. Every
file of that output and its manifest must be the undisturbed run's, byte for byte, and every file must be there once.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

COMMAND = [sys.executable, "-c", "from deburn.redactor.cli import main; main()", "redact"]


def content(output: Path) -> dict[str, bytes]:
    """Return what lies in an output, by name."""
    return {str(path.relative_to(output)): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def undisturbed(folder: Path, output: Path, options: list[str]) -> float:
    """Run once to the end; return the seconds."""
    began = time.monotonic()
    done = subprocess.run([*COMMAND, folder, "--output", output, *options], stdout=subprocess.DEVNULL, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"deburn redact ended with {done.returncode}")
    return time.monotonic() - began


def disturbed(folder: Path, output: Path, options: list[str], longest: float, moments: random.Random) -> int:
    """Run until one run comes to its end; return how many were killed.

    Half of the runs are killed some time after their start, the others as soon as they have recorded some files.
    """
    kills = 0
    while True:
        process = subprocess.Popen(
            [*COMMAND, folder, "--output", output, *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        if moments.random() < 0.5:
            _wait(process, moments.uniform(0, longest / 2))
        else:
            _wait_for_lines(process, output / "manifest.jsonl", moments.randint(1, 10))
        if process.poll() is not None:
            if process.returncode not in (0, 1):
                raise SystemExit(f"a run that nobody killed ended with {process.returncode}")
            return kills
        # The parent alone, or the whole group at once, as an operator or a scheduler would.
        (os.kill if moments.random() < 0.5 else os.killpg)(process.pid, signal.SIGKILL)
        process.wait()
        kills += 1


def _wait(process: subprocess.Popen[bytes], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)


def _wait_for_lines(process: subprocess.Popen[bytes], manifest: Path, more: int) -> None:
    def count() -> int:
        return manifest.read_bytes().count(b"\n") if manifest.exists() else 0

    goal = count() + more
    while process.poll() is None and count() < goal:
        time.sleep(0.002)


def compare(expected: dict[str, bytes], found: dict[str, bytes]) -> list[str]:
    """Return what is wrong, one line each."""
    faults = [f"missing: {name}" for name in expected.keys() - found.keys()]
    faults += [f"too much: {name}" for name in found.keys() - expected.keys()]
    faults += [f"different: {name}" for name in expected.keys() & found.keys() if expected[name] != found[name]]
    paths = Counter(json.loads(line)["path"] for line in found["manifest.jsonl"].splitlines())
    return faults + [f"recorded {count} times: {path}" for path, count in paths.items() if count != 1]


def main() -> None:
    """Run, kill, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cpu")
    arguments = parser.parse_args()
    options, moments = ["--device", arguments.device], random.Random(arguments.seed)
    with TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole"
        seconds = undisturbed(arguments.folder, whole, options)
        expected = content(whole)
        print(f"undisturbed: {len(expected)} files in the output, {seconds:.0f} s", flush=True)
        for number in range(arguments.rounds):
            output = Path(scratch) / str(number)
            kills = disturbed(arguments.folder, output, options, seconds, moments)
            faults = compare(expected, content(output))
            print(f"round {number + 1}: {kills} runs killed, {len(faults)} faults", *faults, sep="\n  ", flush=True)
            if faults:
                raise SystemExit(1)


if __name__ == "__main__":
    main()
