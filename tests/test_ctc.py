from itertools import pairwise

import numpy as np

from deburn.model.ctc import Reading, collapse


def read(classes: list[int], scores: list[float] | None = None, alphabet: str = "AB") -> Reading:
    """Read one crop."""
    certain = np.ones(len(classes)) if scores is None else np.array(scores)
    (reading,) = collapse(np.array([classes]), certain[None], np.array([len(classes)]), alphabet)
    return reading


def test_collapses_repeats_and_drops_blanks() -> None:
    reading = read([0, 1, 1, 0, 1, 2, 2, 0], [0.9, 0.6, 0.8, 0.9, 0.7, 0.5, 0.4, 0.9])
    assert reading.text == "AAB"
    assert reading.scores == (0.8, 0.7, 0.5)
    assert reading.spans[0][0] == 0.0
    assert reading.spans[-1][1] == 1.0
    assert all(a[1] == b[0] for a, b in pairwise(reading.spans))


def test_nothing_but_blanks_is_no_text() -> None:
    assert read([0, 0, 0, 0, 0]) == Reading()


def test_a_character_of_the_last_step_is_kept() -> None:
    assert read([0, 0, 2]).text == "B"


def test_places_characters_half_way_between_their_neighbours() -> None:
    # Middles at 1 and 4 of 8 steps: the border lies at 2.5.
    assert read([1, 1, 0, 2, 2, 0, 0, 0]).spans == ((0.0, 2.5 / 8), (2.5 / 8, 1.0))


def test_reads_each_crop_of_a_batch_as_if_alone() -> None:
    rng = np.random.default_rng(5)
    classes, scores = rng.choice(4, (40, 30), p=(0.5, 0.2, 0.2, 0.1)), rng.random((40, 30))
    steps = rng.integers(1, 31, 40)
    together = collapse(classes, scores, steps, "ABC")
    for index, reading in enumerate(together):
        used = slice(0, steps[index])
        alone = read(classes[index, used].tolist(), scores[index, used].tolist(), "ABC")
        assert reading == alone
        assert len(reading.text) == len(reading.scores) == len(reading.spans)


def test_what_lies_beyond_a_crops_steps_is_not_read() -> None:
    assert collapse(np.array([[1, 0, 2, 2]]), np.ones((1, 4)), np.array([2]), "AB")[0].text == "A"
