"""Compare two models on the same images: a paired difference with its interval, and a verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .evaluate_statistics import CONFIDENCE

Verdict = Literal["better", "equal", "worse"]
_RESAMPLES = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What one image, or page, adds to a measure; of each measure more is better.

    Attributes
    ----------
    cluster : str
        Images of one patient vary together, and are drawn together.
    hits, total : float
        Of the things counted.
    """

    cluster: str
    hits: float
    total: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Something that both models were measured by.

    Attributes
    ----------
    name : str
    leaks : bool
        Whether less of it is identifying text left in the pixels.
    old, new : tuple of Tally
    """

    name: str
    leaks: bool
    old: tuple[Tally, ...]
    new: tuple[Tally, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a measure says of two models, in shares of 1.

    Attributes
    ----------
    name : str
    leaks : bool
    count : int
        Of the things counted, by the old model.
    clusters : int
        Patients, or pages.
    old, new : float
    gain, low, high : float
        Of the new one, with its 95 % interval.
    """

    name: str
    leaks: bool
    count: int
    clusters: int
    old: float
    new: float
    gain: float
    low: float
    high: float

    @property
    def verdict(self) -> Verdict:
        """Better or worse only where the interval leaves out zero."""
        if self.low > 0:
            return "better"
        return "worse" if self.high < 0 else "equal"

    def regresses(self, margin: float) -> bool:
        """Tell whether the new model is worse by more than a margin.

        Where less means a leak the figure alone decides, however few the images; elsewhere the interval has to show
        it, for one box more or less on a handful of images says nothing.
        """
        return self.gain < -margin and (self.leaks or self.verdict == "worse")


def compare(measure: Measure, *, seed: int = 0) -> Comparison | None:
    """Give a measure's difference with the percentile interval of 2,000 paired bootstrap resamples of the clusters.

    Both models' counts of a drawn cluster go in together, so that what makes an image hard for both cancels (Efron
    and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 8). None where nothing was counted.
    """
    clusters = sorted({tally.cluster for tally in (*measure.old, *measure.new)})
    old, new = (_by_cluster(tallies, clusters) for tallies in (measure.old, measure.new))
    if not (old[1].sum() and new[1].sum()):
        return None
    rng = np.random.default_rng(seed)
    draws = rng.multinomial(len(clusters), np.full(len(clusters), 1 / len(clusters)), size=_RESAMPLES)
    gains = _shares(draws, new) - _shares(draws, old)
    low, high = np.nanpercentile(gains, [100 * (1 - CONFIDENCE) / 2, 100 * (1 + CONFIDENCE) / 2])
    was, now = (float(hits.sum() / total.sum()) for hits, total in (old, new))
    return Comparison(
        name=measure.name,
        leaks=measure.leaks,
        count=round(float(old[1].sum())),
        clusters=len(clusters),
        old=was,
        new=now,
        gain=now - was,
        low=float(low),
        high=float(high),
    )


def _by_cluster(tallies: Sequence[Tally], clusters: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    place: Mapping[str, int] = {cluster: index for index, cluster in enumerate(clusters)}
    where = [place[tally.cluster] for tally in tallies]
    hits, total = np.zeros(len(clusters)), np.zeros(len(clusters))
    np.add.at(hits, where, [tally.hits for tally in tallies])
    np.add.at(total, where, [tally.total for tally in tallies])
    return hits, total


def _shares(draws: NDArray[np.int64], counts: tuple[NDArray[np.float64], NDArray[np.float64]]) -> NDArray[np.float64]:
    """Give the share of each resample; not-a-number where it drew nothing that counts."""
    hits, total = (draws @ part for part in counts)
    shares: NDArray[np.float64] = np.divide(hits, total, out=np.full(len(draws), np.nan), where=total > 0)
    return shares
