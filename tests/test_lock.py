import subprocess
import sys
from multiprocessing import get_context
from pathlib import Path

import pytest

from deburn import UsageError
from deburn.redactor import lock
from deburn.redactor.lock import Inherited, Lock
from deburn.redactor.shard import Shard


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(lock, "PATIENCE", 0.1)


def test_two_runs_never_share_an_output(tmp_path):
    with Lock(tmp_path), pytest.raises(UsageError, match="another run"), Lock(tmp_path):
        pytest.fail("it was entered")


def test_is_free_again_and_leaves_nothing(tmp_path):
    for _ in range(2):
        with Lock(tmp_path / "out"):
            assert (tmp_path / "out/.deburn.lock").exists()
    assert not (tmp_path / "out").exists()


def test_keeps_a_folder_in_which_something_was_written(tmp_path):
    with Lock(tmp_path / "out"):
        (tmp_path / "out/x").touch()
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["x"]


def test_shards_go_side_by_side_but_no_shard_twice(tmp_path):
    one, two = Shard.parse("1/2"), Shard.parse("2/2")
    with Lock(tmp_path, one), Lock(tmp_path, two):
        with pytest.raises(UsageError, match="another run"), Lock(tmp_path, one):
            pytest.fail("it was entered")
        with pytest.raises(UsageError, match="another run"), Lock(tmp_path):
            pytest.fail("it was entered")
    with Lock(tmp_path), pytest.raises(UsageError, match="another run"), Lock(tmp_path, two):
        pytest.fail("it was entered")
    assert list(tmp_path.iterdir()) == []


HOLD = "import sys, time, pathlib; from deburn.redactor.lock import Lock\n"
HOLD += "with Lock(pathlib.Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(60)\n"


def test_ends_with_the_process_however_that_ends(tmp_path):
    with subprocess.Popen([sys.executable, "-c", HOLD, tmp_path], stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        with pytest.raises(UsageError, match="another run"), Lock(tmp_path):
            pytest.fail("it was entered")
        process.kill()
    with Lock(tmp_path):
        pass


def _sleep(hold, pipe):
    pipe.send("started")
    pipe.recv()


def test_a_worker_holds_it_on(tmp_path):
    context = get_context("spawn")
    pipe, theirs = context.Pipe()
    held = Lock(tmp_path)
    with held:
        process = context.Process(target=_sleep, args=(Inherited(held.descriptors()), theirs))
        process.start()
        assert pipe.recv() == "started"
        # As a kill would: the parent's own descriptors go, nothing is tidied up.
        for descriptor in held.descriptors():
            lock.os.close(descriptor)
        held._held = []
    with pytest.raises(UsageError, match="another run"), Lock(tmp_path):
        pytest.fail("it was entered")
    pipe.send("end")
    process.join()
    with Lock(tmp_path):
        pass


def test_says_where_a_file_system_cannot_lock(tmp_path, monkeypatch):
    def refuse(descriptor, operation):
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(lock.fcntl, "flock", refuse)
    with pytest.raises(UsageError, match="cannot lock files"), Lock(Path(tmp_path)):
        pytest.fail("it was entered")


def test_knows_whether_another_shard_is_at_work(tmp_path):
    one, two = Shard.parse("1/2"), Shard.parse("2/2")
    with Lock(tmp_path, one) as first:
        assert first.alone()
        with Lock(tmp_path, two) as second:
            assert not first.alone()
            assert not second.alone()
        (tmp_path / two.name(".deburn.lock")).touch()  # of a shard that was killed
        assert first.alone()
        with pytest.raises(UsageError, match="another run"), Lock(tmp_path, one):
            pytest.fail("the look let go of the lock")
