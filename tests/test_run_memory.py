"""What the run itself keeps must not grow with the number of files."""

import gc
import tracemalloc

import pytest
from test_run import Watcher

from deburn import Outcome, Policy
from deburn.redactor import run
from deburn.redactor.job import Done, Orders


class Nothing:
    """An engine that does nothing, and headers that say nothing."""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def each(self, tasks):
        for task in tasks:
            outcome = Outcome(state="clean", frames=1, source_sha256="0" * 64, target_sha256="0" * 64)
            yield task, Done(outcome=outcome, model="none-v1", model_sha256="f" * 64)

    def stretches(self, tasks):
        for task in tasks:
            yield [(task, ("", ()))]


class Idle:
    def engine(self, orders, *, files, hold=()):
        return Nothing()

    def headers(self, *, hold=()):
        return Nothing()


class Forgetful(Watcher):
    def file(self, line, size, summary):
        if summary.files % 100 == 0:
            gc.collect()  # empties the interpreter's own stores of up to 2,000 free tuples of each length


def peak(inputs, output):
    orders = Orders(policy=Policy(), open_runner=None, output=output)
    tracemalloc.start()
    run.redact_folder([inputs], orders=orders, workforce=Idle(), overwrite=False, report=True, watcher=Forgetful())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


@pytest.fixture
def folder(tmp_path):
    def make(count):
        for number in range(count):
            path = tmp_path / f"in{count}/{number // 100:03d}/{number:06d}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        return tmp_path / f"in{count}"

    return make


def test_ten_times_the_files_take_less_than_300_bytes_each(folder, tmp_path):
    few, many = folder(50), folder(500)
    peak(few, tmp_path / "warm")  # what is imported and cached the first time is not counted
    small, large = peak(few, tmp_path / "few"), peak(many, tmp_path / "many")
    assert large - small < 450 * 300
    assert peak(many, tmp_path / "many") - small < 450 * 300
