"""What is asked of the classifier, and how its answer comes back to the lines."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
from test_classifier_features import CHARACTERS, NAME, line

from deburn.model.categories import CATEGORIES
from deburn.redactor import opinions as module
from deburn.redactor.dicom import Identity
from deburn.redactor.opinions import opinions


class Recorder:
    """Answers each character with its class as the probability, and notes what it was asked."""

    def __init__(self) -> None:
        self.spec = SimpleNamespace(classifier=SimpleNamespace(characters=CHARACTERS, categories=CATEGORIES))
        self.asked = []

    def classify(self, pages):
        self.asked.append(pages)
        return np.repeat(pages.characters[:, None], len(CATEGORIES), axis=1).astype(np.float32)


def on_frame(text: str, frame: int, y0: int = 10):
    given = line(text, y0=y0)
    return replace(given, box=replace(given.box, frame=frame))


def test_there_is_no_opinion_without_a_classifier() -> None:
    runner = SimpleNamespace(spec=SimpleNamespace(classifier=None))
    assert opinions([line("A")], Identity(), runner) is None


def test_every_line_gets_its_own_characters_back_in_order() -> None:
    lines = [on_frame("AB", 1), on_frame("CDE", 0), on_frame("F", 1, 40)]
    found = opinions(lines, Identity(entries=(NAME,)), Recorder())
    assert [part.shape for part in found] == [(2, 20), (3, 20), (1, 20)]
    assert [part[:, 0].tolist() for part in found] == [[1, 2], [3, 4, 5], [6]]
    assert {part.dtype for part in found} == {np.dtype(np.float32)}


def test_lines_of_different_frames_are_different_pages_of_one_call() -> None:
    runner = Recorder()
    opinions([on_frame("AB", 4), on_frame("C", 7), on_frame("D", 4, 40)], Identity(), runner)
    (asked,) = runner.asked
    assert asked.pages.tolist() == [0, 0, 1]


def test_a_line_of_which_nothing_was_read_has_an_empty_opinion() -> None:
    runner = Recorder()
    found = opinions([line("A"), line("", y0=40)], Identity(), runner)
    assert found[1].shape == (0, 20)
    assert opinions([line("")], Identity(), runner)[0].shape == (0, 20)
    assert opinions([], Identity(), runner) == ()
    assert len(runner.asked) == 1


def test_the_frames_of_a_cine_go_in_a_few_at_a_time(monkeypatch) -> None:
    monkeypatch.setattr(module, "BATCH_LINES", 5)
    runner = Recorder()
    lines = [on_frame("AB", frame, y0) for frame in range(7) for y0 in (10, 40)]
    found = opinions(lines, Identity(), runner)
    assert len(found) == 14
    assert [len(asked.lines) for asked in runner.asked] == [4, 4, 4, 2]
