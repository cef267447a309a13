"""The main job on real files, scored by what is left in the pixels.

    python benchmarks/redaction.py ../shared/eval/real ../shared/eval/score.py [--rival PYTHON] [--model PACKAGE]

runs ``deburn redact`` with both policies on FOLDER/dicom, scores each output, and times it. With ``--rival``, an
interpreter in which rapidocr-onnxruntime (and pytesseract, if its times are wanted too) is installed, those run
over the same frames in the same minutes, alternating with ours, so that their ratio means something.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from deburn.errors import RefusedError
from deburn.model import detect, open_runner, transcribe
from deburn.redactor.dicom import open_file, read_frames, visible

# Frames timed against the rivals: enough for a stable ratio, few enough that the slowest takes minutes.
TIMED = 24
RIVAL = Path(__file__).with_name("rival.py")


def redact(folder: Path, output: Path, policy: str, model: str | None) -> tuple[float, int]:
    """Run the command; return its seconds and its exit status."""
    command = [
        sys.executable,
        "-c",
        "from deburn.redactor.cli import main; main()",
        "redact",
        str(folder),
        "--output",
        str(output),
    ]
    command += ["--policy", policy, "--json"]
    command += ["--model", model] if model else []
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"deburn redact ended with {done.returncode}: {done.stderr.strip()}")
    return time.perf_counter() - began, done.returncode


def megapixels(folder: Path) -> float:
    """Return the size of all frames that can be opened, in megapixels."""
    total = 0
    for path in folder.iterdir():
        try:
            source = open_file(path)
        except RefusedError:
            continue
        total += source.rows * source.columns * source.frame_count
    return total / 1e6


def frames_to_time(folder: Path) -> list[np.ndarray]:
    """Return the middle frames of files spread over the folder, as the networks see them."""
    paths = sorted(path for path in folder.iterdir() if "__" not in path.name)
    frames = []
    for path in paths[:: max(1, len(paths) // TIMED)]:
        try:
            source = open_file(path)
            middle = source.frame_count // 2
            frames.append(visible(read_frames(source, middle, middle + 1)))
        except RefusedError:
            continue
    return frames


def against_rivals(frames: list[np.ndarray], python: str, model: str | None) -> None:
    """Time ours and each rival over the same frames, three rounds in turn, and print the best of each."""
    size = sum(frame.shape[1] * frame.shape[2] for frame in frames) / 1e6
    runner, ours = open_runner(model, device="cpu", threads=2), []
    with TemporaryDirectory() as folder:
        for index, frame in enumerate(frames):
            np.save(Path(folder) / f"{index:03d}.npy", rendered(frame[0]))
        best: dict[str, float] = {}
        for _ in range(3):
            began = time.perf_counter()
            for frame in frames:
                handle = runner.upload(frame)
                transcribe(runner, handle, detect(runner, handle))
            ours.append(time.perf_counter() - began)
            done = subprocess.run([python, str(RIVAL), folder], capture_output=True, text=True, check=True)
            for name, result in json.loads(done.stdout).items():
                best[name] = min(best.get(name, np.inf), result["seconds"])
    print(f"detect and read, {len(frames)} frames, {size:.1f} megapixels, two threads, best of three in turn")
    print(f"  deburn       {min(ours) / size:.3f} s per megapixel")
    for name, seconds in best.items():
        print(f"  {name:12s} {seconds / size:.3f} s per megapixel; deburn takes {min(ours) / seconds:.2f} of it")


def rendered(frame: np.ndarray) -> np.ndarray:
    """Return the 8-bit picture that document engines want, ``uint8[rows, columns, 3]``."""
    low, high = float(frame.min()), float(frame.max())
    grey = ((frame - low) / max(high - low, 1.0) * 255).astype(np.uint8)
    return np.ascontiguousarray(np.broadcast_to(grey, (*grey.shape[:2], 3)))


def main() -> None:
    """Run, score, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("score", type=Path)
    parser.add_argument("--model")
    parser.add_argument("--rival", help="Python interpreter with rapidocr-onnxruntime")
    parser.add_argument("--keep", type=Path, help="folder for the outputs; thrown away without")
    options = parser.parse_args()
    size = megapixels(options.folder / "dicom")
    with TemporaryDirectory() as scratch:
        for policy in ("text", "phi"):
            output = (options.keep or Path(scratch)) / policy
            seconds, status = redact(options.folder / "dicom", output, policy, options.model)
            print(
                f"--policy {policy}: {seconds:.0f} s, {seconds / size:.3f} s per megapixel, exit status {status}",
                flush=True,
            )
            score = [sys.executable, str(options.score), str(options.folder / "dicom"), str(output)]
            subprocess.run([*score, str(options.folder / "truth")], check=True)
    if options.rival:
        against_rivals(frames_to_time(options.folder / "dicom"), options.rival, options.model)


if __name__ == "__main__":
    main()
