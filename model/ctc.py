"""From the reader's steps to characters."""

import numpy as np
from numpy.typing import NDArray


def collapse(
    classes: NDArray[np.integer], scores: NDArray[np.floating], alphabet: str
) -> tuple[str, tuple[float, ...], tuple[tuple[float, float], ...]]:
    """Return the text of one line, a score per character and where it stands (greedy CTC decoding).

    Parameters
    ----------
    classes : ndarray
        int[steps], best class per step; 0 is the blank.
    scores : ndarray
        float[steps], its probability.
    alphabet : str
        Character of class 1, 2, and so on.

    Returns
    -------
    str, tuple of float, tuple of (float, float)
        Characters; the best probability of each; begin and end of each as fractions of the steps. A character
        reaches half-way to its neighbours, the outer ones to the ends.
    """
    starts = np.flatnonzero((classes != 0) & (np.diff(classes, prepend=0) != 0))
    if not starts.size:
        return "", (), ()
    change = np.flatnonzero(np.diff(classes, append=-1) != 0) + 1
    stops = change[np.searchsorted(change, starts, side="right")]
    text = "".join(alphabet[classes[start] - 1] for start in starts)
    best = tuple(float(scores[a:b].max()) for a, b in zip(starts, stops, strict=True))
    middles = (starts + stops) / 2 / len(classes)
    borders = np.concatenate(([0.0], (middles[1:] + middles[:-1]) / 2, [1.0]))
    return text, best, tuple(zip(borders[:-1].tolist(), borders[1:].tolist(), strict=True))
