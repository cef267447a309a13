import numpy as np
import pytest

from deburn.training.validate_compare import Measure, Tally, compare


def tallies(hits: list[float], total: float = 10) -> tuple[Tally, ...]:
    return tuple(Tally(cluster=f"p{index}", hits=hit, total=total) for index, hit in enumerate(hits))


def measured(old: list[float], new: list[float], *, leaks: bool = False) -> Measure:
    return Measure(name="lines", leaks=leaks, old=tallies(old), new=tallies(new))


def test_the_same_is_equal_without_an_interval() -> None:
    found = compare(measured([9, 3, 10], [9, 3, 10]))
    assert found is not None
    assert (found.gain, found.low, found.high, found.verdict) == (0, 0, 0, "equal")


def test_what_is_better_on_every_image_is_better_though_images_differ_far_more() -> None:
    """Unpaired, the spread between the images would hide it."""
    hard = list(np.random.default_rng(0).integers(0, 9, 40))
    found = compare(measured(hard, [one + 1 for one in hard]))
    assert found is not None
    assert found.verdict == "better"
    assert found.low == pytest.approx(0.1)
    assert found.high == pytest.approx(0.1)


def test_a_fall_on_one_image_of_many_is_shown_to_be_nothing() -> None:
    found = compare(measured([10] * 30, [10] * 29 + [9]))
    assert found is not None
    assert found.gain == pytest.approx(-1 / 300)
    assert found.verdict == "equal"
    assert not found.regresses(0.003)


def test_where_less_is_a_leak_the_figure_alone_decides() -> None:
    found = compare(measured([10] * 30, [10] * 29 + [9], leaks=True))
    assert found is not None
    assert found.regresses(0.003)
    assert not found.regresses(0.004)


def test_what_is_shown_to_be_worse_regresses_only_beyond_the_margin() -> None:
    found = compare(measured([9] * 30, [8] * 30))
    assert found is not None
    assert found.verdict == "worse"
    assert found.regresses(0.05)
    assert not found.regresses(0.15)


def test_images_of_one_patient_are_drawn_together() -> None:
    many = [Tally(cluster="one patient", hits=hits, total=1) for hits in (1, 0) * 20]
    fewer = [Tally(cluster="one patient", hits=0, total=1) for _ in many]
    found = compare(Measure(name="lines", leaks=False, old=tuple(many), new=tuple(fewer)))
    assert found is not None
    assert found.clusters == 1
    assert (found.low, found.high) == (-0.5, -0.5)


def test_the_same_seed_gives_the_same_interval() -> None:
    given = measured([1, 5, 9, 2], [2, 4, 9, 5])
    assert compare(given, seed=3) == compare(given, seed=3)


def test_nothing_counted_is_no_comparison() -> None:
    assert compare(Measure(name="lines", leaks=False, old=tallies([0], 0), new=tallies([0], 0))) is None
