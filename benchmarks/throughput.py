"""Images and megabytes a second, stage by stage and end to end.

    python benchmarks/throughput.py [--device cuda] [--batches 1,4,16,64] [--kinds all] [--images 24]
        [--files FOLDER] [--rival PYTHON ...] [--folder FOLDER_ON_THE_DISK_TO_MEASURE]

Prints, for each kind of file, every stage alone, one process from disk to disk and the command with all its processes,
and how that compares with the slowest stage; then the sizes of batches, the cines, and with ``--rival`` other tools on
the same files. On a machine that does other work, compare processor time, and ratios within one run.
"""

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import compress
from pathlib import Path

import numpy as np
from throughput_engine import print_engine, utilisation
from throughput_files import SYNTAXES, Kind, console_cine, page, write_file, write_files
from throughput_stages import Timed, settle, time_cine, time_stages, time_whole

from deburn.errors import RefusedError
from deburn.model import Runner, detect, open_runner, transcribe
from deburn.redactor.dicom import open_file, read_frames, visible

SIZES = ((512, 512, 16), (1024, 1024, 16), (2048, 2500, 12))
# Stages that run where the networks do; the others are shared by all cores.
ON_DEVICE = ("host to device", "detect", "read")


def main() -> None:
    """Print everything that was asked for."""
    options = _options()
    runner = open_runner(device=options.device, threads=options.threads)
    print(_machine(runner))
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        for kind in _kinds(options.kinds):
            _measure_kind(kind, folder, runner, options)
        if options.files:
            _measure_real(folder / "real", runner, options)
        for rows, columns, bits in _sweeps(options.kinds):
            _sweep(rows, columns, bits, runner, options)
            if _on_gpu(runner) or options.kinds == "small":
                device = "cuda:0" if _on_gpu(runner) else "cpu"
                print_engine(rows, columns, bits, device=device, images=options.images, together=options.together)
        _measure_cines(folder, runner, small=options.kinds == "small")
        if options.rival:
            _compare(folder, runner, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--device", choices=["auto", "cpu", "cuda"], default="cpu")
    parser.add_argument("--threads", type=int, default=1, help="of the networks on a CPU, in this process")
    parser.add_argument("--batches", default="1,4,16", help="sizes of batches to compare")
    parser.add_argument("--at-once", type=int, default=1, help="batches in flight while sizes are compared; 3 on a GPU")
    parser.add_argument("--kinds", choices=["some", "all", "small"], default="some")
    parser.add_argument("--images", type=int, default=16, help="files of each kind")
    parser.add_argument("--together", type=int, default=4, help="frames that a worker hands in at a time, on a GPU")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--files", type=Path, help="real files for the comparison with other tools")
    parser.add_argument("--rival", action="append", default=[], help="Python that has other tools; may be repeated")
    parser.add_argument("--folder", type=Path, help="where files are written; default: a temporary folder")
    return parser.parse_args()


def _kinds(which: str) -> list[Kind]:
    if which == "small":
        return [Kind(rows=96, columns=160, bits=16, syntax="JPEG-LS")]
    if which == "some":
        return [
            Kind(rows=512, columns=512, bits=16, syntax=SYNTAXES[0]),
            *(Kind(rows=1024, columns=1024, bits=16, syntax=syntax) for syntax in SYNTAXES[:2]),
        ]
    return [
        Kind(rows=rows, columns=columns, bits=8 if syntax == "JPEG baseline" else bits, syntax=syntax)
        for rows, columns, bits in SIZES
        for syntax in SYNTAXES
    ]


def _sweeps(which: str) -> Sequence[tuple[int, int, int]]:
    return {"small": ((96, 160, 16),), "some": SIZES[:2], "all": SIZES}[which]


def _measure_real(folder: Path, runner: Runner, options: argparse.Namespace) -> None:
    """Print the stages over real files of single frames, of as many shapes as there are, one at a time."""
    paths = _comparable(folder, options)
    (folder / "stages").mkdir()
    (folder / "whole").mkdir()
    pixels = sum(np.load(path.with_suffix(".npy")).size for path in paths)
    print(f"\nreal files: {len(paths)}, {pixels / 1e6:.1f} megasamples (MB/s: megasamples a second)")
    stages = time_stages(paths, runner, 1, folder / "stages")
    for timed in (*stages, time_whole(paths, runner, folder / "whole")):
        print(timed.row(len(paths), pixels / 1e6))
    print(f"  stages together          {sum(stage.processor for stage in stages) / len(paths) * 1e3:.1f} ms")
    shutil.rmtree(folder)


def _on_gpu(runner: Runner) -> bool:
    return getattr(getattr(runner, "device", None), "type", "cpu") == "cuda"


def _machine(runner: Runner) -> str:
    where = f"{len(os.sched_getaffinity(0))} cores, {_processor()}"
    if _on_gpu(runner):
        import torch

        where = f"{torch.cuda.get_device_name()}, torch {torch.__version__}; {where}"
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False).stdout
    return f"{where}; load {os.getloadavg()[0]:.1f}; model {runner.spec.name}; commit {commit.strip() or 'unknown'}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _measure_kind(kind: Kind, folder: Path, runner: Runner, options: argparse.Namespace) -> None:
    paths = write_files(folder / "in", kind, options.images)
    for name in ("stages", "whole"):
        (folder / name).mkdir()
    images, megabytes = len(paths), len(paths) * kind.rows * kind.columns * (1 if kind.bits <= 8 else 2) / 1e6
    batch = max(int(size) for size in options.batches.split(","))
    print(f"\n{kind}; {images} files, {sum(path.stat().st_size for path in paths) / 1e6:.1f} MB on disk")
    stages = time_stages(paths, runner, batch, folder / "stages")
    whole = time_whole(paths, runner, folder / "whole")
    for timed in (*stages, whole):
        print(timed.row(images, megabytes))
    total = sum(stage.processor for stage in stages)
    print(f"  stages together          {total / images * 1e3:.1f} ms of processor time an image")
    with utilisation("cuda" if _on_gpu(runner) else "cpu") as busy:
        seconds, processor, peak = _command(folder, options)
    rates = f"{images / seconds:10.1f} images/s {megabytes / seconds:10.1f} MB/s"
    print(f"  {f'command, {options.workers} processes':24s} {rates}, with its start; largest process {peak:.0f} MB")
    print(
        f"  the same                 {processor / images * 1e3:.1f} ms of processor time an image, its start included"
    )
    _print_limit(stages, images / seconds, images, options.workers, device=_on_gpu(runner))
    if busy:
        print(f"  device utilisation while it ran: {np.mean(busy):.0f} %")
    for name in ("in", "stages", "whole", "out"):
        shutil.rmtree(folder / name)


def _print_limit(stages: Sequence[Timed], reached: float, images: int, workers: int, *, device: bool) -> None:
    """Print the rate that the slowest stage alone allows, and on a CPU what all cores allow for all stages together."""
    rates = {
        stage.name: images / stage.wall * (1 if device and stage.name in ON_DEVICE else workers) for stage in stages
    }
    slowest = min(rates, key=lambda name: rates[name])
    print(
        f"  slowest stage alone: {slowest}, {rates[slowest]:.1f} images/s; the command {reached / rates[slowest]:.0%}"
    )
    if not device:
        bound = workers * images / sum(stage.processor for stage in stages)
        print(f"  all stages on the same {workers} cores: {bound:.1f} images/s; the command {reached / bound:.0%}")


def _command(folder: Path, options: argparse.Namespace) -> tuple[float, float, float]:
    """Return the seconds of the whole command, of processor time too, and its largest process's memory in MB."""
    command = [sys.executable, "-c", "from deburn.redactor.cli import main; main()", "redact", str(folder / "in")]
    command += ["--output", str(folder / "out"), "--workers", str(options.workers), "--device", options.device]
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise SystemExit(f"the command ended with status {done.returncode}: {done.stdout[-500:]} {done.stderr[-500:]}")
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, processor, after.ru_maxrss / 1024


def _sweep(rows: int, columns: int, bits: int, runner: Runner, options: argparse.Namespace) -> None:
    """Print images a second from decoded frames in host memory to boxes and text, by size of batch."""
    flight = f"{options.at_once} batches in flight"
    print(f"\nframes in memory to boxes and text, {rows} x {columns}, {bits} bit, 15 lines each, {flight}")
    pages = np.stack([page(rows, columns, bits, seed) for seed in range(4)])[..., None]
    for size in (int(text) for text in options.batches.split(",")):
        batch = np.concatenate([pages] * -(-size // 4))[:size]
        count = max(options.at_once + 1, -(-options.images // size))
        _find(runner, batch)
        settle(runner)
        began, processor = time.perf_counter(), time.process_time()
        with ThreadPoolExecutor(options.at_once) as pool:
            lines = sum(pool.map(partial(_find, runner), [batch] * count))
        settle(runner)
        seconds, spent, images = time.perf_counter() - began, time.process_time() - processor, count * size
        rates = f"{images / seconds:10.1f} images/s {batch[0].nbytes * images / seconds / 1e6:10.1f} MB/s"
        print(
            f"  batches of {size:3d} {rates} {spent / images * 1e3:8.1f} ms of processor time an image, "
            f"{lines / images:.1f} lines{_device_memory(runner)}"
        )


def _device_memory(runner: Runner) -> str:
    """Say how much of a GPU's memory this process held at most so far; nothing without one."""
    if not _on_gpu(runner):
        return ""
    import torch

    return f", at most {torch.cuda.max_memory_allocated() / 1e6:.0f} MB of the device"


def _find(runner: Runner, batch: np.ndarray) -> int:
    handle = runner.upload(batch)
    return len(transcribe(runner, handle, detect(runner, handle)))


def _measure_cines(folder: Path, runner: Runner, *, small: bool) -> None:
    """Print what a cine costs against one of its frames, in processor time."""
    frames = 12 if small else 100
    size = (96, 160) if small else (768, 1024)
    print(f"\ncines of {frames} frames, {size[0]} x {size[1]}, 8 bit, uncompressed; processor seconds")
    for name, moving in (("stands still", 0.0), ("a third of each side moves", 0.34), ("two thirds move", 0.67)):
        film = console_cine(frames, *size, moving=moving)
        kind = Kind(rows=size[0], columns=size[1], bits=8, syntax="JPEG baseline")
        paths = folder / "one.dcm", folder / "cine.dcm"
        for path, shown in zip(paths, (film[:1], film), strict=True):
            # Uncompressed: lossy coding would let the console flicker along with the picture, or not, by chance.
            write_file(path, shown, Kind(rows=kind.rows, columns=kind.columns, bits=8, syntax="uncompressed"))
        one, whole = (time_cine(path, runner) for path in paths)
        write_file(paths[1], film, kind)
        decoded = time_decoding(paths[1])
        print(
            f"  {name:28s} read {whole['read']:6.2f} s, {whole['read'] / max(one['read'], 1e-9):5.1f} x one frame "
            f"({whole['lines read']:.0f} lines for {one['lines read']:.0f}); "
            f"detect {whole['detect']:6.2f} s, {whole['detect'] / one['detect']:5.1f} x; compare and follow "
            f"{whole['other']:5.2f} s, judge {whole['judge']:5.2f} s; decode {whole['decode']:5.2f} s uncompressed, "
            f"{decoded:5.2f} s JPEG"
        )


def time_decoding(path: Path) -> float:
    """Return the processor seconds of decoding each frame once."""
    source = open_file(path)
    began = time.process_time()
    for frame in range(source.frame_count):
        read_frames(source, frame, frame + 1)
    return time.process_time() - began


def _compare(folder: Path, runner: Runner, options: argparse.Namespace) -> None:
    """Print the same files through other tools; pictures in memory for those that read none."""
    paths = sorted(_comparable(folder / "compared", options))
    megapixels = sum(np.load(path.with_suffix(".npy")).size for path in paths) / 1e6
    (folder / "ours").mkdir()
    each = [time_whole([path], runner, folder / "ours") for path in paths]
    ours = [one.processor for one in each]
    print(
        f"\nother tools on the same {len(paths)} files, {megapixels:.1f} megapixels; ours from disk to disk, one thread"
    )
    print(f"  {'deburn':12s} {sum(one.wall for one in each):8.1f} s {sum(ours):8.1f} s of processor time")
    for python in options.rival:
        script = Path(__file__).with_name("throughput_rival.py")
        command = [python, str(script), str(folder / "compared")]
        finished = subprocess.run(command, capture_output=True, text=True, check=True)
        for name, files in json.loads(finished.stdout.splitlines()[-1]).items():
            print(f"  {name:12s} {compared(files, ours)}")


def compared(files: Sequence[tuple[float, float, bool]], ours: Sequence[float]) -> str:
    """Return another tool's part of the table.

    Parameters
    ----------
    files : sequence of (float, float, bool)
        Of each file the tool's seconds by the clock, of processor time, and whether it did it.
    ours : sequence of float
        Our processor seconds for each.
    """
    walls, seconds, done = zip(*files, strict=True)
    row = f"{sum(walls):8.1f} s {sum(seconds):8.1f} s of processor time, {sum(seconds) / sum(ours):.1f} x ours"
    if all(done):
        return row
    row += f"; failed on {done.count(False)} of {len(done)} files"
    if not any(done):
        return row
    # What a tool cannot do it is soon finished with.
    theirs, same = (sum(compress(all_of_them, done)) for all_of_them in (seconds, ours))
    return f"{row}, {theirs / same:.1f} x on the others"


def _comparable(folder: Path, options: argparse.Namespace) -> list[Path]:
    """Put files of single frames, and 8-bit pictures of them, in a folder; return the files."""
    folder.mkdir()
    paths = sorted(options.files.glob("**/*.dcm")) if options.files else []
    paths = paths[:: max(1, len(paths) // max(1, options.images))]  # of all kinds of devices, not the first ones only
    if not paths:
        kind = Kind(rows=768, columns=1024, bits=12, syntax="uncompressed")
        paths = write_files(folder.parent / "made", kind, options.images)
    kept = []
    for path in paths:
        try:
            source = open_file(path)
            if source.frame_count > 1:
                continue
            seen = visible(read_frames(source, 0, 1))[0].astype(np.float64)
        except RefusedError:
            continue
        span = max(float(seen.max() - seen.min()), 1.0)
        picture = ((seen - seen.min()) / span * 255).astype(np.uint8)
        kept.append(folder / path.name)
        shutil.copyfile(path, kept[-1])
        np.save(kept[-1].with_suffix(".npy"), picture if picture.shape[2] == 3 else picture[..., 0])
        if len(kept) == options.images:
            break
    return kept


if __name__ == "__main__":
    main()
