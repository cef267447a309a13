from itertools import pairwise

import numpy as np

from deburn.model.ctc import collapse


def test_collapses_repeats_and_drops_blanks() -> None:
    classes = np.array([0, 1, 1, 0, 1, 2, 2, 0])
    scores = np.array([0.9, 0.6, 0.8, 0.9, 0.7, 0.5, 0.4, 0.9])
    text, best, spans = collapse(classes, scores, "AB")
    assert text == "AAB"
    assert best == (0.8, 0.7, 0.5)
    assert spans[0][0] == 0.0
    assert spans[-1][1] == 1.0
    assert all(a[1] == b[0] for a, b in pairwise(spans))


def test_nothing_but_blanks_is_no_text() -> None:
    assert collapse(np.zeros(5, int), np.ones(5), "AB") == ("", (), ())


def test_a_character_of_the_last_step_is_kept() -> None:
    assert collapse(np.array([0, 0, 2]), np.ones(3), "AB")[0] == "B"
