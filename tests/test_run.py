import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import fakes
import pydicom
import pytest
from pydicom.data import get_testdata_file

from deburn import ModelError, Policy, UsageError
from deburn.redactor import engine, run
from deburn.redactor.engine import Workforce
from deburn.redactor.job import Orders, Task

NAME, LATERALITY = (10, 8, 70, 18), (10, 30, 14, 44)


class Watcher:
    def __init__(self):
        self.lines, self.announced = [], None

    def begin(self, files, size):
        self.announced = files, size

    def file(self, line, size, summary):
        self.lines.append(line)


def redact(inputs, output, *, workers=2, overwrite=False, report=False, watcher=None, shard=None, **orders):
    orders = Orders(
        **{"policy": Policy(), "open_runner": fakes.open_fake, "output": output, "pictures": report} | orders
    )
    return run.redact_folder(
        inputs,
        orders=orders,
        workforce=Workforce(workers=workers),
        overwrite=overwrite,
        report=report,
        watcher=watcher or Watcher(),
        shard=shard,
    )


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def source(tmp_path, write_file):
    write_file("in/IM1", NAME)
    write_file("in/deep/er/.hidden", LATERALITY)
    write_file("in/clean.dcm")
    return tmp_path / "in"


@pytest.fixture
def output(tmp_path):
    return tmp_path / "out"


def test_every_file_ends_in_the_output_under_its_relative_name(source, output):
    summary = redact([source], output)
    assert files(output) == ["IM1", "clean.dcm", "deep/er/.hidden", "manifest.jsonl", "quarantine.jsonl"]
    assert dict(summary.states) == {"redacted": 1, "clean": 2}
    assert (output / "quarantine.jsonl").read_text() == ""


def test_manifest_says_what_was_done_with_what_and_holds_no_text(source, output):
    redact([source], output)
    records = {line["path"]: line for line in lines(output / "manifest.jsonl")}
    record = records["IM1"]
    assert record["state"] == "redacted"
    assert record["boxes"] == [[0, 7, 5, 73, 21]]
    assert record["masked"] == {"name": 1}
    assert (record["model"], record["model_sha256"]) == ("fake-v1", "f" * 64)
    assert record["policy"]["mode"] == "phi"
    assert len(record["source_sha256"]) == len(record["target_sha256"]) == 64
    assert set(records) == {"IM1", "clean.dcm", "deep/er/.hidden"}
    assert "EXAMPLE" not in (output / "manifest.jsonl").read_text().upper()


BAD = {
    "empty": b"",
    "text.txt": b"no DICOM at all\n" * 40,
    "preamble-only": bytes(128) + b"DICM",
}


def test_bad_input_is_quarantined_with_a_reason_and_the_run_goes_on(source, output, write_file):
    for name, content in BAD.items():
        (source / name).write_bytes(content)
    whole = (source / "IM1").read_bytes()
    (source / "truncated").write_bytes(whole[:-500])
    (source / "DICOMDIR").write_bytes(Path(get_testdata_file("DICOMDIR", download=False)).read_bytes())
    no_pixels = pydicom.dcmread(source / "IM1")
    del no_pixels.PixelData
    no_pixels.save_as(source / "no-pixels", enforce_file_format=True)
    write_file("in/absurd", Rows=65535, Columns=65535)
    summary = redact([source], output)
    refused = {line["path"]: line["reason"] for line in lines(output / "quarantine.jsonl")}
    assert "DICOMDIR" in refused["DICOMDIR"]
    assert set(refused) == {*BAD, "truncated", "DICOMDIR", "no-pixels", "absurd"}
    assert all(reason and "\n" not in reason and "EXAMPLE" not in reason.upper() for reason in refused.values())
    assert summary.states["quarantined"] == len(refused)
    assert files(output) == ["IM1", "clean.dcm", "deep/er/.hidden", "manifest.jsonl", "quarantine.jsonl"]


def test_a_worker_that_dies_costs_one_file(source, output, write_file):
    write_file("in/deadly", NAME, first=fakes.CRASH)
    redact([source], output)
    assert lines(output / "quarantine.jsonl") == [{"path": "deadly", "reason": "processing ended by signal SIGABRT"}]
    assert files(output) == ["IM1", "clean.dcm", "deep/er/.hidden", "manifest.jsonl", "quarantine.jsonl"]


def test_a_file_that_never_ends_is_given_up(source, output, write_file, monkeypatch):
    write_file("in/endless", NAME, first=fakes.HANG)
    monkeypatch.setattr(engine, "PATIENCE", 3.0)
    redact([source], output)
    assert [line["path"] for line in lines(output / "quarantine.jsonl")] == ["endless"]


def test_an_unforeseen_error_tells_its_type_and_not_its_message(source, output, write_file):
    write_file("in/odd", NAME, first=fakes.RAISE)
    redact([source], output)
    assert lines(output / "quarantine.jsonl") == [
        {"path": "odd", "reason": "processing failed unexpectedly: ValueError"}
    ]
    assert fakes.NAME not in (output / "manifest.jsonl").read_text()


def test_nothing_recognised_is_told_unless_asked_for(source, output, tmp_path):
    silent, open_ = Watcher(), Watcher()
    redact([source], output, watcher=silent)
    redact([source], tmp_path / "out2", watcher=open_, text=True)
    assert fakes.NAME not in json.dumps(silent.lines)
    assert fakes.NAME in json.dumps(open_.lines)
    assert fakes.NAME not in (tmp_path / "out2/manifest.jsonl").read_text()


def test_links_out_of_the_input_are_quarantined(source, output, tmp_path, write_file):
    (source / "link").symlink_to(write_file("elsewhere/x", NAME))
    redact([source], output)
    assert [line["path"] for line in lines(output / "quarantine.jsonl")] == ["link"]
    assert not (output / "link").exists()


def test_refuses_an_output_with_files_that_no_run_recorded(source, output):
    redact([source], output)
    (output / "manifest.jsonl").unlink()
    before = {name: (output / name).read_bytes() for name in files(output)}
    with pytest.raises(UsageError, match=r"3 of the files.*--overwrite"):
        redact([source], output)
    assert {name: (output / name).read_bytes() for name in files(output)} == before


def test_refuses_an_output_with_the_results_of_other_inputs(source, output, tmp_path, write_file):
    redact([source], output)
    write_file("other/IM1")
    before = {name: (output / name).read_bytes() for name in files(output)}
    with pytest.raises(UsageError, match=r"other inputs.*--overwrite"):
        redact([tmp_path / "other"], output)
    assert {name: (output / name).read_bytes() for name in files(output)} == before


def test_overwriting_leaves_no_older_file_where_a_newer_one_was_refused(source, output):
    redact([source], output)
    (source / "IM1").write_bytes(b"broken since")
    redact([source], output, overwrite=True)
    assert "IM1" not in files(output)
    assert [line["path"] for line in lines(output / "quarantine.jsonl")] == ["IM1"]


def test_overwriting_never_reaches_the_inputs_through_a_link(source, output):
    output.mkdir()
    (output / "deep").symlink_to(source / "deep")
    before = (source / "deep/er/.hidden").read_bytes()
    with pytest.raises(UsageError, match="link"):
        redact([source], output, overwrite=True)
    assert (source / "deep/er/.hidden").read_bytes() == before


def test_sweeps_up_what_a_killed_run_left(source, output):
    stale = output / "deep/.0123456789abcdef.part"
    stale.parent.mkdir(parents=True)
    stale.write_bytes(b"masked, but unfinished")
    mine = output / "mine.part"
    mine.write_bytes(b"not ours")
    redact([source], output)
    assert not stale.exists()
    assert mine.exists()


def test_a_damaged_model_ends_the_run_before_it_begins(source, output):
    with pytest.raises(ModelError, match="damaged"):
        redact([source], output, open_runner=fakes.hire_broken)
    assert not output.exists()


def test_a_damaged_model_removes_nothing_of_an_earlier_run(source, output):
    redact([source], output)
    before = files(output)
    with pytest.raises(ModelError, match="damaged"):
        redact([source], output, open_runner=fakes.hire_broken, overwrite=True)
    assert files(output) == before


def test_few_files_get_all_threads(source, output, monkeypatch):
    monkeypatch.setattr(engine, "cores", lambda: 12)
    monkeypatch.setattr(engine, "Crew", lambda hire, **more: pytest.fail(str(hire.args[2])))
    with pytest.raises(pytest.fail.Exception, match="4"):
        redact([source], output, workers=8)


def test_announces_how_much_there_is_to_do(source, output):
    watcher = Watcher()
    summary = redact([source], output, watcher=watcher)
    assert watcher.announced == (3, sum(path.stat().st_size for path in source.rglob("*") if path.is_file()))
    assert summary.size == watcher.announced[1]
    assert summary.images == 3


def test_scan_writes_nothing(source, tmp_path):
    before = files(tmp_path)
    watcher = Watcher()
    orders = Orders(policy=Policy(), open_runner=fakes.open_fake, output=None)
    summary = run.scan_folder([source], orders=orders, workforce=Workforce(workers=1), watcher=watcher)
    assert files(tmp_path) == before
    assert {line["path"]: line["state"] for line in watcher.lines} == {
        "IM1": "found",
        "clean.dcm": "clean",
        "deep/er/.hidden": "clean",
    }
    assert dict(summary.states) == {"found": 1, "clean": 2}


SCRIPT = """
import sys
from pathlib import Path
import fakes
from deburn import Policy
from deburn.redactor import cli, run
from deburn.redactor.engine import Workforce
from deburn.redactor.job import Orders
from test_run import Watcher

if __name__ == "__main__":
    orders = Orders(policy=Policy(), open_runner=fakes.open_fake, output=Path(sys.argv[2]))
    workforce = Workforce(workers=2)
    run.redact_folder(
        [Path(sys.argv[1])], orders=orders, workforce=workforce, overwrite=False, report=True, watcher=Watcher()
    )
"""


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_killed_leaves_only_whole_masked_files(tmp_path, output, write_file, blow):
    for number in range(40):
        write_file(f"in/{number:02}", NAME, frames=20)
    write_file("in/99", NAME, first=fakes.HANG)
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    path = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    command, environment = [sys.executable, script, tmp_path / "in", output], os.environ | {"PYTHONPATH": path}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    _wait_for(lambda: len(files(output)) > 8 if output.exists() else False)
    process.send_signal(blow)
    process.wait(timeout=60)
    _wait_for(lambda: not _holds_open(output))
    for name in files(output):
        if name.endswith((".jsonl", ".part", ".lock")):
            assert not (name.endswith(".part") and blow == signal.SIGINT), "swept up behind itself"
            continue
        array = pydicom.dcmread(output / name).pixel_array
        assert array.shape == (20, 96, 128)
        assert not array[:, 5:21, 7:73].any()
    assert "99" not in files(output)
    assert "report.html" not in files(output)


def _wait_for(condition, seconds=300):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _holds_open(output):
    """Whether a worker of the killed run is still at its file; the hanging one holds none in the output."""
    before = files(output)
    time.sleep(0.5)
    return files(output) != before


def test_patience_grows_with_the_file():
    entry = partial(run.Entry, name="x", path=Path("x"))
    large, small = (Task(entry=entry(size=size)) for size in (10_000_000, 0))
    assert engine.patience(large) - engine.patience(small) == 1000.0
