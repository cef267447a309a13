from pathlib import Path

import pytest

from deburn.redactor import siblings
from deburn.redactor.discovery import Entry
from deburn.redactor.job import Task
from deburn.redactor.siblings import ORIGIN, with_siblings


def _tasks(*paths):
    return [Task(entry=Entry(name=path.name, path=path)) for path in paths]


def _learned(tasks):
    return [{(known.kind, known.text) for known in task.siblings} for task in with_siblings(tasks)]


def test_each_file_learns_what_the_others_of_its_study_know(write_file):
    first = write_file("1", PatientName="QUASTEL^MIRABO", PatientID="TEST-0001")
    second = write_file("2", PatientName="ANON", PatientID="TEST-0001", OperatorsName="ZANDT^INA")
    other = write_file("3", PatientName="OSTWIG^LU", StudyInstanceUID="1.2.3.9")
    assert _learned(_tasks(first, second, other)) == [
        {("person", "ZANDT^INA")},
        {("name", "QUASTEL^MIRABO")},
        set(),
    ]


def test_what_was_learned_says_so(write_file):
    first, second = write_file("1", PatientName="ANON"), write_file("2")
    (task, _) = with_siblings(_tasks(first, second))
    assert [known.element for known in task.siblings] == [f"(0010,0010) PatientName in {ORIGIN}"]


def test_a_bad_file_contributes_nothing_and_stops_nothing(write_file, tmp_path):
    bad, gone = tmp_path / "bad", tmp_path / "gone"
    bad.write_bytes(b"damaged" * 100)
    good, other = write_file("1", PatientName="ANON"), write_file("2")
    assert _learned(_tasks(bad, good, gone, other)) == [set(), {("name", "EXAMPLE^ANNE")}, set(), set()]


def test_files_without_a_study_are_no_siblings(write_file):
    paths = [write_file(name, PatientName=f"QUASTEL^{name}", StudyInstanceUID="") for name in "12"]
    assert _learned(_tasks(*paths)) == [set(), set()]


def test_memory_is_bounded_and_what_lies_ahead_is_not_read(write_file, monkeypatch):
    monkeypatch.setattr(siblings, "AHEAD", 2)
    monkeypatch.setattr(siblings, "MOST_VALUES", 3)
    read = []

    def endless():
        for number in range(1000):
            read.append(number)
            path = write_file(str(number), PatientName=f"QUASTEL^{number:04}", PatientID="TEST-0001")
            yield from _tasks(path)

    found = with_siblings(endless())
    learned = [next(found).siblings for _ in range(6)]
    assert len(read) == 6
    assert max(map(len, learned)) == 2  # and its own number


@pytest.fixture
def clueless(write_file):
    return write_file("1", PatientName="", PatientID="")


def test_a_study_is_remembered_over_the_stretch_that_named_it(write_file, clueless, monkeypatch):
    monkeypatch.setattr(siblings, "AHEAD", 1)
    knowing = write_file("0")
    assert _learned(_tasks(knowing, clueless))[1] == {("name", "EXAMPLE^ANNE"), ("id", "TEST-0001")}


def test_studies_long_past_are_forgotten(write_file, clueless, monkeypatch):
    monkeypatch.setattr(siblings, "AHEAD", 1)
    monkeypatch.setattr(siblings, "STUDIES", 1)
    others = [write_file(f"x{number}", StudyInstanceUID=f"1.2.9.{number}") for number in range(3)]
    assert _learned(_tasks(write_file("0"), *others, clueless))[-1] == set()


def test_the_order_and_the_tasks_stay(write_file):
    tasks = _tasks(*(write_file(name) for name in "abc"), Path("none"))
    assert [task.entry for task in with_siblings(tasks)] == [task.entry for task in tasks]
