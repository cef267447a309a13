import os
import threading
import time
from functools import partial

import fakes
import pytest

from deburn import DeburnError, ModelError
from deburn.redactor.workers import Crew, Lost


def patient(task: int) -> float:
    return 60.0


def test_does_every_task_once_in_processes_of_its_own():
    with Crew(fakes.hire_counter, count=2, patience=patient) as crew:
        results = dict(crew.each(range(20)))
    assert {task: result[0] for task, result in results.items()} == {n: n * n for n in range(20)}
    assert os.getpid() not in {result[1] for result in results.values()}


def test_loses_only_the_task_whose_worker_dies():
    with Crew(fakes.hire_counter, count=2, patience=patient) as crew:
        results = dict(crew.each([1, 2, -1, 3, 4, -2, 5]))
    assert results.pop(-1) == Lost(reason="processing ended by signal SIGABRT")
    assert results.pop(-2) == Lost(reason="processing ended by signal SIGABRT")
    assert {task: result[0] for task, result in results.items()} == {1: 1, 2: 4, 3: 9, 4: 16, 5: 25}


def test_tries_a_lost_task_once_more(tmp_path):
    with Crew(partial(fakes.hire_forgetful, str(tmp_path)), count=2, patience=patient) as crew:
        results = dict(crew.each([3, 4]))
    assert {task: result[0] for task, result in results.items()} == {3: 9, 4: 16}


def test_gives_up_a_task_that_hangs():
    with Crew(fakes.hire_counter, count=2, patience=lambda task: 0.5 if task == 1000 else 60.0) as crew:
        results = dict(crew.each([1000, 7]))
    assert results[1000] == Lost(reason="processing took too long and was stopped")
    assert results[7][0] == 49


def test_passes_on_what_keeps_a_worker_from_starting():
    with pytest.raises(ModelError, match="damaged"), Crew(fakes.hire_broken, count=2, patience=patient):
        pytest.fail("it started")


def test_does_not_start_workers_for_ever_when_they_die_at_once():
    with pytest.raises(DeburnError, match="while it started"), Crew(fakes.hire_dead, count=2, patience=patient):
        pytest.fail("it started")


def test_ends_its_workers_when_the_block_is_left():
    with Crew(fakes.hire_counter, count=1, patience=patient) as crew:
        ((_, (_, pid)),) = list(crew.each([1]))
        results = crew.each([1, 2])
        _, (_, pid) = next(results)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
    pytest.fail("the worker lives on")


def test_two_threads_that_end_one_worker_close_its_pipe_once(monkeypatch):
    with Crew(fakes.hire_counter, count=1, patience=patient) as crew:
        (worker,) = crew._workers
        closed, close = [], worker.pipe.close

        def slowly() -> None:
            time.sleep(0.2)
            closed.append(worker.pipe.fileno())
            close()

        monkeypatch.setattr(worker.pipe, "close", slowly)
        threads = [threading.Thread(target=worker.end) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(closed) == 1
