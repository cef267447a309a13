import pickle
from pathlib import Path

import pytest

from deburn import MissingExtraError, Policy
from deburn.redactor import engine_ray
from deburn.redactor.discovery import Entry
from deburn.redactor.engine import Workforce
from deburn.redactor.engine_ray import UNACCOUNTED, Share, accounted, share_of
from deburn.redactor.job import Orders, Task, quarantined
from deburn.redactor.workers import Lost


def task(number):
    return Task(entry=Entry(name=str(number), path=Path(str(number))))


def row(number):
    return {"number": number, "result": pickle.dumps(quarantined(f"result {number}"))}


def test_every_file_is_accounted_for_exactly_once():
    tasks = [task(number) for number in range(4)]
    given = list(accounted(tasks, [row(2), row(0), row(2), row(0)]))
    assert [one.entry.name for one, _ in given] == ["2", "0", "1", "3"]
    assert [result.outcome.reason for _, result in given[:2]] == ["result 2", "result 0"]
    assert [result for _, result in given[2:]] == [Lost(reason=UNACCOUNTED)] * 2


@pytest.mark.parametrize(
    ("cores", "gpus", "share"),
    [
        (12, 0, Share(actors=12, cores=1, gpus=0, batch=16)),
        (64, 4, Share(actors=4, cores=8, gpus=1, batch=256)),
        (4, 8, Share(actors=8, cores=1, gpus=1, batch=256)),
        (0, 0, Share(actors=1, cores=1, gpus=0, batch=16)),
    ],
)
def test_divides_a_cluster(cores, gpus, share):
    assert share_of(cores, gpus) == share


def test_without_ray_names_the_pip_command(monkeypatch):
    monkeypatch.setattr(engine_ray, "find_spec", lambda name: None)
    orders = Orders(policy=Policy(), open_runner=None, output=None)
    with pytest.raises(MissingExtraError, match=r"pip install 'deburn\[ray\]'"):
        Workforce(workers=1, cluster=True).engine(orders, files=1)
