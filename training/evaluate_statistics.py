"""How far a measured share or mean can be trusted: intervals and bounds, without any package for statistics."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log, sqrt

import numpy as np

CONFIDENCE = 0.95
# Standard normal deviate of a two-sided interval of 95 %.
_DEVIATE = 1.959963984540054
_RESAMPLES = 2000
# Halvings of [0, 1]: more than a float64 can hold.
_HALVINGS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A share of things counted, in [0, 1], with its 95 % Wilson interval.

    Attributes
    ----------
    hits, total : int
    low, high : float
        The interval's ends; 0 and 1 where nothing was counted.
    """

    hits: int
    total: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        """The share; None where nothing was counted."""
        return self.hits / self.total if self.total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """A mean over images, with its 95 % bootstrap interval and the largest single value."""

    value: float
    low: float
    high: float
    worst: float
    count: int


def rate(hits: int, total: int) -> Rate:
    """Give hits of total with the Wilson score interval.

    Wilson, J. Am. Stat. Assoc. 22 (1927) 209; unlike the normal approximation it stays within [0, 1] and is honest
    at 0 and 100 %.

    Raises
    ------
    ValueError
        If there are more hits than things, or fewer than none.
    """
    if not 0 <= hits <= total:
        raise ValueError(f"{hits} hits of {total}")
    if total == 0:
        return Rate(hits=0, total=0, low=0.0, high=1.0)
    share, square = hits / total, _DEVIATE**2
    centre = (share + square / (2 * total)) / (1 + square / total)
    half = _DEVIATE / (1 + square / total) * sqrt(share * (1 - share) / total + square / (4 * total**2))
    # At the ends rounding would leave a trace on the wrong side.
    low = 0.0 if hits == 0 else max(0.0, centre - half)
    high = 1.0 if hits == total else min(1.0, centre + half)
    return Rate(hits=hits, total=total, low=low, high=high)


def mean(values: Sequence[float], *, seed: int = 0) -> Mean | None:
    """Give the mean with the percentile interval of 2,000 seeded bootstrap resamples; None of nothing.

    Efron, Ann. Stat. 7 (1979) 1. The same values and seed give the same interval.
    """
    if not values:
        return None
    array = np.asarray(values, np.float64)
    draw = np.random.default_rng(seed)
    means = [array[draw.integers(len(array), size=len(array))].mean() for _ in range(_RESAMPLES)]
    low, high = np.percentile(means, [100 * (1 - CONFIDENCE) / 2, 100 * (1 + CONFIDENCE) / 2])
    return Mean(value=float(array.mean()), low=float(low), high=float(high), worst=float(array.max()), count=len(array))


def upper_bound(hits: int, total: int, *, confidence: float = CONFIDENCE) -> float:
    """Give the exact one-sided upper bound of a share of which `hits` of `total` were seen (Clopper and Pearson).

    Biometrika 26 (1934) 404: the largest p with which so few hits still happen with probability 1 - confidence.
    With no hit that is 1 - (1 - confidence) ** (1 / total), nearly 3 / total: the rule of three. 1 of nothing.
    """
    if not 0 <= hits <= total:
        raise ValueError(f"{hits} hits of {total}")
    if hits == total:
        return 1.0
    counts = np.arange(hits + 1)
    # Logarithms of the binomial coefficients, by their recursion.
    ways = np.concatenate([[0.0], np.cumsum(np.log(total - counts[:-1]) - np.log(counts[1:]))])
    low, high = hits / total, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        terms = ways + counts * np.log(middle) + (total - counts) * np.log1p(-middle)
        if np.exp(terms).sum() > 1 - confidence:
            low = middle
        else:
            high = middle
        if middle in (0.0, 1.0):
            break
    return high


def least_sample(recall: float, *, confidence: float = CONFIDENCE) -> int:
    """Give how many spans, none of them missed, it takes to show a recall below 1 with this confidence."""
    # The rounding keeps what is exact in arithmetic, as log(.05) / log(.05) is, from being counted up.
    return max(1, ceil(round(log(1 - confidence) / log(recall), 9)))
