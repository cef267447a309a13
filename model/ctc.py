"""From the reader's steps to characters."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the reader made of one crop.

    Attributes
    ----------
    text : str
        Its characters.
    scores : tuple of float
        The best probability of each.
    spans : tuple of (float, float)
        Begin and end of each as fractions of the steps. A character reaches half-way to its neighbours, the outer
        ones to the ends.
    """

    text: str = ""
    scores: tuple[float, ...] = ()
    spans: tuple[tuple[float, float], ...] = ()


def collapse(
    classes: NDArray[np.integer], scores: NDArray[np.floating], steps: NDArray[np.integer], alphabet: str
) -> list[Reading]:
    """Return what a batch of crops reads (greedy CTC decoding), all at once.

    Parameters
    ----------
    classes : ndarray
        int[k, t], best class per step; 0 is the blank.
    scores : ndarray
        float[k, t], its probability.
    steps : ndarray
        int[k], how many of the t steps belong to the crop, at least 1.
    alphabet : str
        Character of class 1, 2, and so on.
    """
    # A blank at either end of each row: characters neither begin nor end outside of it.
    padded = np.zeros((len(classes), classes.shape[1] + 2), np.int64)
    padded[:, 1:-1] = np.where(np.arange(classes.shape[1]) < steps[:, None], classes, 0)
    change = np.diff(padded, axis=1) != 0
    row, start = np.nonzero(change & (padded[:, 1:] != 0))
    stop = np.nonzero(change & (padded[:, :-1] != 0))[1]
    if not row.size:
        return [Reading()] * len(classes)
    edges = np.stack((start, stop), axis=1) + (row * (classes.shape[1] + 1))[:, None]
    flat = np.append(scores, np.zeros((len(scores), 1), scores.dtype), axis=1).ravel()
    best = np.maximum.reduceat(flat, edges.ravel())[::2]
    characters = np.array(list(alphabet))[padded[row, start + 1] - 1].tolist()
    begin, end = _borders(row, (start + stop) / 2 / steps[row])
    spans, certain = list(zip(begin.tolist(), end.tolist(), strict=True)), best.tolist()
    ends = np.searchsorted(row, np.arange(len(classes) + 1)).tolist()
    return [
        Reading(text="".join(characters[a:b]), scores=tuple(certain[a:b]), spans=tuple(spans[a:b]))
        for a, b in pairwise(ends)
    ]


def _borders(row: NDArray[np.intp], middles: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where each character begins and ends."""
    between = (middles[1:] + middles[:-1]) / 2
    same = row[1:] == row[:-1]
    begin, end = np.zeros(row.size), np.ones(row.size)
    begin[1:][same], end[:-1][same] = between[same], between[same]
    return begin, end
