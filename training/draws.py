"""Small seeded draws; cheaper than the Generator's own `choice` and `integers`, which cost microseconds each."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

Item = TypeVar("Item")


def pick(rng: np.random.Generator, items: Sequence[Item]) -> Item:
    """Draw one of `items`, all equally likely."""
    return items[int(rng.random() * len(items))]


def weighted(rng: np.random.Generator, items: Sequence[tuple[float, Item]]) -> Item:
    """Draw one item from (weight, item) pairs."""
    left = rng.random() * sum(weight for weight, _ in items)
    for weight, item in items:
        left -= weight
        if left < 0:
            return item
    return items[-1][1]


def chance(rng: np.random.Generator, probability: float) -> bool:
    """Draw true with `probability`."""
    return float(rng.random()) < probability


def whole(rng: np.random.Generator, low: int, high: int) -> int:
    """Draw an integer of [low, high]."""
    return low + int(rng.random() * (high - low + 1))


def digits(rng: np.random.Generator, count: int) -> str:
    """Draw `count` digits, leading zeros included."""
    return str(int(rng.random() * 10**count)).zfill(count) if count < 16 else digits(rng, 15) + digits(rng, count - 15)
