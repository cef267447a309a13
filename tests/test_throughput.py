"""The benchmark of throughput, over a few small files."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pydicom
import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "benchmarks"
sys.path.insert(0, str(FOLDER))

from throughput import compared  # noqa: E402
from throughput_files import LINES, SYNTAXES, Kind, console_cine, page, write_file, write_files  # noqa: E402

STAGES = (
    "disk read", "gate and header", "decode", "host to device", "detect", "post-process", "read", "decide",
    "mask, write, verify", "one process, end to end",
)  # fmt: skip


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> str:
    real = tmp_path_factory.mktemp("real")
    for rows, syntax in ((96, "JPEG 2000"), (128, "uncompressed")):
        shown = page(rows, 200, 12, 0)[None]
        write_file(real / f"{rows}.dcm", shown, Kind(rows=rows, columns=200, bits=12, syntax=syntax))
    command = [sys.executable, str(FOLDER / "throughput.py"), "--kinds", "small", "--images", "3", "--batches", "1,2"]
    command += ["--files", str(real)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("stage", STAGES)
def test_tells_the_rate_and_cost_of_each_stage(printed: str, stage: str) -> None:
    row = re.search(rf"^  {re.escape(stage)} +([\d.]+) images/s +([\d.]+) MB/s +([\d.]+) ms", printed, re.MULTILINE)
    assert row is not None, printed
    assert float(row[1]) > 0


def test_tells_the_stages_over_real_files_of_any_shape(printed: str) -> None:
    part = printed.partition("real files: ")[2].partition("frames in memory")[0]
    assert part.startswith("2, 0.0 megasamples"), printed
    assert [stage for stage in STAGES if f"  {stage} " in part] == list(STAGES)


def test_compares_the_command_with_the_slowest_stage(printed: str) -> None:
    assert re.search(r"slowest stage alone: [a-z ,]+, [\d.]+ images/s; the command \d+%", printed)
    assert re.search(r"command, \d+ processes +[\d.]+ images/s .* largest process [1-9]\d+ MB", printed)


def test_sweeps_the_sizes_of_batches_and_the_cines(printed: str) -> None:
    assert re.findall(r"batches of +(\d+) +[\d.]+ images/s", printed) == ["1", "2"]
    still = re.search(r"stands still +read .* \((\d+) lines for (\d+)\); detect .* s, +([\d.]+) x;", printed)
    assert still is not None
    assert still[1] == still[2]


def test_sweeps_the_workers_around_a_device(printed: str) -> None:
    rates = re.findall(
        r"^ +\d+ workers +([\d.]+) images/s +[\d.]+ MB/s, ([\d.]+) lines an image$", printed, re.MULTILINE
    )
    assert len(rates) >= 2, printed
    assert all(float(rate) > 0 and float(lines) > 0 for rate, lines in rates)


def test_another_tool_is_compared_on_what_it_did_too() -> None:
    files = [(1.0, 4.0, True), (0.1, 0.2, False), (2.0, 5.0, True)]
    ours = [0.5, 3.0, 0.5]
    assert compared(files, ours) == (
        "     3.1 s      9.2 s of processor time, 2.3 x ours; failed on 1 of 3 files, 9.0 x on the others"
    )
    assert compared(files[::2], ours[::2]) == "     3.0 s      9.0 s of processor time, 9.0 x ours"
    assert compared(files[1:2], ours[1:2]).endswith("0.1 x ours; failed on 1 of 1 files")


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_its_files_hold_what_they_say(tmp_path: Path, syntax: str) -> None:
    kind = Kind(rows=120, columns=200, bits=8 if syntax == "JPEG baseline" else 12, syntax=syntax)
    (path,) = write_files(tmp_path / "in", kind, 1)
    stored = pydicom.dcmread(path).pixel_array
    wanted = page(kind.rows, kind.columns, kind.bits, 0)
    most = 40 if syntax == "JPEG baseline" else 0
    assert np.abs(stored.astype(int) - wanted).max() <= most


def test_its_pages_hold_fifteen_lines_and_its_console_stands_still() -> None:
    assert len(LINES) == 15
    film = console_cine(4, 96, 160, moving=0.5)
    changed = (film[1:] != film[:1]).any(axis=0)
    assert 0 < changed.mean() <= 0.25
    assert not changed[:20].any()
