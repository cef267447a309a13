import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import fakes
import pytest
from test_run import LATERALITY, NAME, SCRIPT, Watcher, files, lines, redact

from deburn import Policy, UsageError
from deburn.redactor import lock
from deburn.redactor.lock import Lock
from deburn.redactor.shard import Shard


@pytest.fixture
def source(tmp_path, write_file):
    write_file("in/IM1", NAME)
    write_file("in/deep/er/.hidden", LATERALITY)
    write_file("in/clean.dcm")
    return tmp_path / "in"


@pytest.fixture
def output(tmp_path):
    return tmp_path / "out"


def done_again(source, output, **more):
    """Which files a further run does, and which it leaves as they are."""
    before = {name: (output / name).stat().st_mtime_ns for name in files(output)}
    summary = redact([source], output, **more)
    after = {name: (output / name).stat().st_mtime_ns for name in files(output)}
    done = {name for name in after if after[name] != before.get(name) and not name.endswith("jsonl")}
    assert summary.standing == summary.files - len(done) - summary.states["quarantined"]
    return done


def test_the_same_command_again_does_nothing_twice(source, output):
    redact([source], output)
    before = (output / "manifest.jsonl").read_bytes()
    assert done_again(source, output) == set()
    assert (output / "manifest.jsonl").read_bytes() == before


def test_a_run_over_a_part_goes_on_with_the_rest(source, output, write_file):
    redact([source], output)
    write_file("in/later", NAME)
    assert done_again(source, output) == {"later"}
    assert [line["path"] for line in lines(output / "manifest.jsonl")] == [
        "IM1",
        "clean.dcm",
        "deep/er/.hidden",
        "later",
    ]


def change_source(source, output):
    path = source / "IM1"
    path.write_bytes((source / "clean.dcm").read_bytes())


def change_target(source, output):
    target = bytearray((output / "IM1").read_bytes())
    target[-1] ^= 1
    (output / "IM1").write_bytes(target)


def remove_target(source, output):
    (output / "IM1").unlink()


def tear_manifest(source, output):
    manifest = output / "manifest.jsonl"
    kept = [line for line in manifest.read_text().splitlines(keepends=True) if '"IM1"' not in line]
    manifest.write_text("".join(kept) + '{"kind": "file", "path": "IM1", "sta')


@pytest.mark.parametrize("damage", [change_source, change_target, remove_target, tear_manifest])
def test_what_no_longer_holds_is_done_again(source, output, damage):
    redact([source], output)
    damage(source, output)
    assert done_again(source, output) == {"IM1"}
    assert sorted(line["path"] for line in lines(output / "manifest.jsonl")) == ["IM1", "clean.dcm", "deep/er/.hidden"]
    assert done_again(source, output) == set()


def test_a_source_that_was_only_touched_still_holds(source, output):
    redact([source], output)
    os.utime(source / "IM1", ns=(1, 1))
    assert done_again(source, output) == set()


@pytest.mark.parametrize(
    "change",
    [
        {"policy": Policy(mode="text")},
        {"policy": Policy(drop=("A",))},
        {"policy": Policy(drop=("B",))},
        {"open_runner": fakes.open_other_fake},
    ],
)
def test_another_policy_or_model_does_everything_again(source, output, change):
    redact([source], output, policy=Policy(drop=("C",)))
    assert done_again(source, output, **change) == {"IM1", "clean.dcm", "deep/er/.hidden"}


def test_the_manifest_names_no_pattern_of_the_policy(source, output):
    redact([source], output, policy=Policy(drop=("SOMEBODY",)))
    assert "SOMEBODY" not in (output / "manifest.jsonl").read_text()


def test_what_was_quarantined_is_tried_again(source, output, write_file):
    (source / "odd").write_bytes(b"no DICOM")
    redact([source], output)
    assert [line["path"] for line in lines(output / "quarantine.jsonl")] == ["odd"]
    write_file("in/odd", NAME)
    assert done_again(source, output) == {"odd"}
    assert lines(output / "quarantine.jsonl") == []


def test_a_source_that_is_gone_keeps_its_line_and_its_result(source, output):
    redact([source], output)
    (source / "IM1").unlink()
    assert done_again(source, output) == set()
    assert [line["path"] for line in lines(output / "manifest.jsonl")] == ["clean.dcm", "deep/er/.hidden", "IM1"]
    assert (output / "IM1").exists()


def test_pictures_of_standing_results_are_in_the_report(source, output):
    redact([source], output)
    redact([source], output, report=True)
    page = (output / "report.html").read_text()
    assert page.count("<figure") == 1
    assert "deep/er/.hidden" in page


def test_the_manifest_is_in_the_order_of_the_folders_whatever_was_done_first(source, output, write_file):
    for number in range(12):
        write_file(f"in/b{number:02}/x", NAME, frames=1 + 10 * (number % 3))
    redact([source], output)
    names = [line["path"] for line in lines(output / "manifest.jsonl")]
    assert names == ["IM1", *(f"b{number:02}/x" for number in range(12)), "clean.dcm", "deep/er/.hidden"]


def test_a_second_run_into_the_same_output_is_refused(source, output, monkeypatch):
    monkeypatch.setattr(lock, "PATIENCE", 0.1)

    class Nosy(Watcher):
        def file(self, line, size, summary):
            with pytest.raises(UsageError, match="another run"):
                redact([source], output)
            super().file(line, size, summary)

    watcher = Nosy()
    redact([source], output, watcher=watcher)
    assert len(watcher.lines) == 3


def content(output):
    """Results and manifest; the manifest's lines as objects."""
    named = {name: (output / name).read_bytes() for name in files(output) if not name.endswith("jsonl")}
    return named, lines(output / "manifest.jsonl"), lines(output / "quarantine.jsonl")


def test_shards_together_make_the_run(source, output, tmp_path, write_file):
    for number in range(9):
        write_file(f"in/more/{number}", NAME)
    (source / "odd").write_bytes(b"no DICOM")
    redact([source], tmp_path / "whole")
    for index in (1, 2, 3):
        redact([source], output, shard=Shard(index=index, count=3))
    parts = sorted(output.glob("manifest-*-of-3.jsonl"))
    assert len(parts) == 3
    gathered = [line for part in parts for line in lines(part)]
    assert sorted(gathered, key=str) == sorted(lines(tmp_path / "whole/manifest.jsonl"), key=str)
    assert done_again(source, output) == set()
    assert content(output) == content(tmp_path / "whole")


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_at_random_moments_it_ends_as_if_undisturbed(tmp_path, output, write_file, seed):
    for number in range(24):
        write_file(f"in/{number % 5}/{number:02}", *[NAME] * (number % 2), frames=1 + 15 * (number % 4))
    (tmp_path / "in/odd").write_bytes(b"no DICOM")
    redact([tmp_path / "in"], tmp_path / "whole")
    script, moments, kills = tmp_path / "script.py", random.Random(seed), 0
    script.write_text(SCRIPT)
    path = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    for _ in range(20):
        process = subprocess.Popen(
            [sys.executable, script, tmp_path / "in", output], env=os.environ | {"PYTHONPATH": path}
        )
        _wait_for_progress(output, moments.randrange(1, 9), process)
        time.sleep(moments.uniform(0, 0.05))
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
            kills += 1
        if process.wait() == 0:
            break
    assert process.returncode == 0
    assert kills >= 2
    named, manifest, refused = content(output)
    named.pop("report.html")
    assert (named, manifest, refused) == content(tmp_path / "whole")


def _wait_for_progress(output, more, process):
    """Wait until a run has recorded some more files, or is done."""
    manifest = output / "manifest.jsonl"

    def count():
        return manifest.read_bytes().count(b"\n") if manifest.exists() else 0

    goal, deadline = count() + more, time.monotonic() + 300
    while count() < goal and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.002)


def test_a_summary_tells_what_stood(source, output):
    redact([source], output)
    summary = redact([source], output)
    assert json.loads(json.dumps(summary.as_line()))["standing"] == 3


def test_a_shard_leaves_alone_what_another_one_is_writing(source, output):
    output.mkdir()
    writing = output / f".{'0' * 16}.part"
    with Lock(output, Shard(index=2, count=2)):
        writing.touch()
        redact([source], output, shard=Shard(index=1, count=2))
        assert writing.exists()
    redact([source], output, shard=Shard(index=1, count=2))
    assert not writing.exists()
