"""What screens make of letters changes how they look, and never where they stand."""

import numpy as np
import pytest

from deburn.training.finish import SHARES, draw_finish, finished
from deburn.training.fonts import Ink


def blocks() -> Ink:
    """Two letters: blocks of 24 by 20 pixels, 30 apart."""
    mask = np.zeros((24, 50), np.float32)
    mask[:, :20] = mask[:, 30:] = 1
    return Ink(mask=mask, centres=np.array([0.2, 0.8], np.float32))


@pytest.mark.parametrize("name", SHARES)
def test_a_finish_changes_the_ink_and_keeps_the_letters_in_their_places(name: str) -> None:
    ink = blocks()
    for seed in range(20):
        done = finished(np.random.default_rng(seed), ink, name, 24)
        assert done.mask.dtype == np.float32
        assert done.mask.min() >= 0
        assert done.mask.max() <= 1
        assert done.mask.shape != ink.mask.shape or not np.array_equal(done.mask, ink.mask)
        assert np.abs(done.centres - ink.centres).max() < 0.05
        left, right = np.array_split(done.mask, 2, axis=1)
        assert left.sum() == pytest.approx(right.sum(), rel=0.2)
        gap = done.mask[:, int(0.45 * done.mask.shape[1]) : int(0.55 * done.mask.shape[1])]
        assert not gap.any()


def test_without_a_finish_the_ink_stays() -> None:
    ink = blocks()
    assert finished(np.random.default_rng(0), ink, "none", 24) is ink


def test_low_letters_have_no_finish_that_would_make_them_illegible() -> None:
    rng = np.random.default_rng(1)
    assert {draw_finish(rng, 8.0) for _ in range(2000)} == {"spread", "none"}
    assert {draw_finish(rng, 20.0) for _ in range(2000)} == {*SHARES, "none"}
