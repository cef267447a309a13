import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deburn.training.evaluate_statistics import least_sample, mean, rate, upper_bound

COUNTS = st.integers(1, 400).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998) 857, table I: method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_interval_is_that_of_published_examples(hits, total, low, high):
    measured = rate(hits, total)
    assert (round(measured.low, 4), round(measured.high, 4)) == (low, high)
    assert measured.value == hits / total


def test_nothing_counted_says_nothing():
    assert rate(0, 0).value is None
    assert (rate(0, 0).low, rate(0, 0).high) == (0.0, 1.0)
    assert mean([]) is None
    assert upper_bound(0, 0) == 1.0


@given(COUNTS)
def test_intervals_hold_the_share_and_stay_within_0_and_1(counts):
    hits, total = counts
    measured = rate(hits, total)
    assert 0 <= measured.low <= hits / total <= measured.high <= 1
    assert hits / total <= upper_bound(hits, total) <= 1


@given(COUNTS)
def test_upper_bound_is_where_so_few_hits_have_a_chance_of_1_in_20(counts):
    hits, total = counts
    bound = upper_bound(hits, total)
    if hits == total:
        assert bound == 1
        return
    chance = sum(math.comb(total, k) * bound**k * (1 - bound) ** (total - k) for k in range(hits + 1))
    assert chance == pytest.approx(0.05, rel=1e-6)


@pytest.mark.parametrize("total", [30, 100, 300, 3000])
def test_no_hit_gives_nearly_the_rule_of_three(total):
    assert upper_bound(0, total) == pytest.approx(1 - 0.05 ** (1 / total), rel=1e-9)
    assert upper_bound(0, total) == pytest.approx(3 / total, rel=0.06)


def test_sample_to_show_a_recall_is_the_least_that_does():
    assert least_sample(0.99) == 299  # log(0.05) / log(0.99) = 298.07
    assert least_sample(0.95) == 59
    for recall in (0.9, 0.97, 0.99, 0.999):
        needed = least_sample(recall)
        assert 1 - upper_bound(0, needed) >= recall > 1 - upper_bound(0, needed - 1)


def test_bootstrap_is_repeatable_and_near_the_normal_interval():
    values = np.random.default_rng(3).normal(5, 2, 400).tolist()
    first, again = mean(values), mean(values)
    assert first == again
    assert first.value == pytest.approx(np.mean(values))
    assert first.worst == max(values)
    half = 1.96 * np.std(values) / 20
    assert first.low == pytest.approx(first.value - half, abs=0.25 * half)
    assert first.high == pytest.approx(first.value + half, abs=0.25 * half)


def test_more_hits_than_things_is_our_own_mistake():
    with pytest.raises(ValueError, match="3 hits of 2"):
        rate(3, 2)
    with pytest.raises(ValueError, match="3 hits of 2"):
        upper_bound(3, 2)
