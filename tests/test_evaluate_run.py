import json
from pathlib import Path

import fakes
import pytest

from deburn import Policy, UsageError
from deburn.redactor.dicom import open_file
from deburn.training.evaluate_run import Job, Knowledge, Task, identity_for, score_task, tasks_of, with_studies
from deburn.training.evaluate_truth import Truth, TruthPage


def truth(*names):
    return Truth(format="deburn", pages=tuple(TruthPage(name=name) for name in names), complete=True)


@pytest.mark.parametrize("name", ["a/IM1.dcm", "a/IM1", "IM1.dcm", "IM1", "elsewhere/IM1.dcm", "elsewhere/IM1"])
def test_a_file_is_found_by_its_path_its_name_or_what_it_is_called_elsewhere(tmp_path, write_file, name):
    path = write_file("in/a/IM1.dcm")
    write_file("in/IM2")
    (task,) = tasks_of(truth(name), tmp_path / "in", None)
    assert task.original == path.resolve()
    assert task.page.name == "a/IM1.dcm"


def test_a_path_that_fits_wins_over_namesakes(tmp_path, write_file):
    write_file("in/a/IM1.dcm")
    path = write_file("in/IM1.dcm")
    (task,) = tasks_of(truth("IM1"), tmp_path / "in", None)
    assert task.original == path.resolve()
    with pytest.raises(UsageError, match="fits several files"):
        tasks_of(truth("b/IM1"), tmp_path / "in", None)


def test_redacted_files_have_their_original_s_name_with_or_without_ending(tmp_path, write_file):
    for name in ("in/a/IM1.dcm", "in/a/IM2.dcm", "in/a/IM3.dcm", "out/a/IM1.dcm", "out/a/IM2"):
        write_file(name)
    tasks = tasks_of(truth("a/IM1", "a/IM2", "a/IM3"), tmp_path / "in", tmp_path / "out")
    assert [task.redacted and task.redacted.relative_to(tmp_path.resolve()) for task in tasks] == [
        Path("out/a/IM1.dcm"),
        Path("out/a/IM2"),
        None,
    ]


def test_names_of_the_same_study_are_known_and_forgotten_without_headers(tmp_path, write_file):
    write_file("in/IM1", PatientName="", PatientID="")
    write_file("in/IM2", PatientName="EXAMPLE^ANNE")
    write_file("in/IM3", PatientName="OTHER^EVE", StudyInstanceUID="1.2.9")
    tasks = with_studies(tasks_of(truth("IM1"), tmp_path / "in", None), tmp_path / "in")
    source = open_file(tasks[0].original)
    known = {entry.text for entry in identity_for(source, tasks[0], Knowledge()).of("name")}
    assert known == {"EXAMPLE^ANNE"}
    nameless = identity_for(source, tasks[0], Knowledge(headers=False))
    assert not nameless.entries
    assert nameless.modality == "OT"


def test_an_unforeseen_error_tells_only_its_type(write_file, monkeypatch):
    from deburn.training import evaluate_run

    def quote(*arguments, **options):
        raise ValueError(f"a message that quotes {fakes.NAME}")

    monkeypatch.setattr(evaluate_run, "examine", quote)
    task = Task(page=TruthPage(name="IM1"), original=write_file("IM1"), redacted=None)
    score = score_task(task, job=Job(policy=Policy(), open_runner=None), runner=fakes.FakeRunner())
    assert score.reason == "measuring failed unexpectedly: ValueError"


MASK = {"box": [0, 10, 8, 70, 18], "last": 0, "category": "name", "score": 0.9, "reason": "form", "element": None}


def test_a_manifest_beside_redacted_files_explains_their_masks(tmp_path, write_file):
    for folder in ("in", "out"):
        write_file(f"{folder}/IM1")
        write_file(f"{folder}/IM2")
    line = {"kind": "file", "path": "IM1", "state": "redacted", "why": [MASK]}
    (tmp_path / "out/manifest.jsonl").write_text(json.dumps(line) + "\n")
    tasks = tasks_of(truth("IM1", "IM2"), tmp_path / "in", tmp_path / "out")
    assert [task.why and task.why[0].category for task in tasks] == ["name", None]


def test_a_manifest_of_another_version_is_refused(tmp_path, write_file):
    write_file("in/IM1")
    write_file("out/IM1")
    (tmp_path / "out/manifest.jsonl").write_text(json.dumps({"kind": "file", "path": "IM1"}) + "\n")
    with pytest.raises(UsageError, match=r"manifest\.jsonl in REDACTED is not one that this version writes"):
        tasks_of(truth("IM1"), tmp_path / "in", tmp_path / "out")
