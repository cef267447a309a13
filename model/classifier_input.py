"""What the classifier sees: whole pages of read lines, as arrays; numpy, written once for every runner."""

from dataclasses import dataclass, fields
from functools import cache

import numpy as np
from numpy.typing import NDArray

from .categories import IDENTIFYING

# Class of a character that the vocabulary does not hold; those that it holds follow.
UNKNOWN = 0
# Kinds of words by the vocabularies of the redactor; the order is part of published weights.
WORD_KINDS: tuple[str, ...] = (
    "laterality", "position", "technique", "unit", "measurement", "interface", "device", "anatomy", "other",
    "named", "word", "number", "value", "model", "symbol", "short", "unknown", "code",
)  # fmt: skip
# One column each per character: reader's confidence, resemblance to the header's values, kind of the word.
MARKS: tuple[str, ...] = (
    "confidence", *(f"header {category}" for category in IDENTIFYING), *(f"word {kind}" for kind in WORD_KINDS)
)  # fmt: skip
SIDES: tuple[str, ...] = ("left", "right", "above", "below")
# One column each per line; places are relative to what text the page holds.
LINE_MARKS: tuple[str, ...] = (
    "x0", "x1", "y", "height", "relative height", "length", "upright", "reversed", "confidence", "score", "lines",
    "header", *(f"gap {side}" for side in SIDES),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifierInput:
    """Pages of N lines with S characters altogether, the lines one behind the other.

    Attributes
    ----------
    characters : ndarray
        int64[S], classes of characters.
    marks : ndarray
        float32[S, len(MARKS)].
    owner : ndarray
        int64[S], the line of each character; never falls.
    lines : ndarray
        float32[N, len(LINE_MARKS)].
    beside : ndarray
        int64[N, 4], the line on each of `SIDES`, or the line itself where there is none.
    pages : ndarray
        int64[N], the page that each line stands on.
    """

    characters: NDArray[np.int64]
    marks: NDArray[np.float32]
    owner: NDArray[np.int64]
    lines: NDArray[np.float32]
    beside: NDArray[np.int64]
    pages: NDArray[np.int64]

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return the arrays by their names, in the order in which the network takes them."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def joined(parts: list[ClassifierInput]) -> ClassifierInput:
    """Put inputs together into one; none of their pages sees another one."""
    starts = np.cumsum([0, *(len(part.lines) for part in parts)])[:-1]
    first = np.cumsum([0, *(int(part.pages.max(initial=-1)) + 1 for part in parts)])[:-1]
    return ClassifierInput(
        characters=np.concatenate([part.characters for part in parts]),
        marks=np.concatenate([part.marks for part in parts]),
        owner=np.concatenate([part.owner + start for part, start in zip(parts, starts, strict=True)]),
        lines=np.concatenate([part.lines for part in parts]),
        beside=np.concatenate([part.beside + start for part, start in zip(parts, starts, strict=True)]),
        pages=np.concatenate([part.pages + page for part, page in zip(parts, first, strict=True)]),
    )


def classes_of(text: str, characters: str) -> NDArray[np.int64]:
    """Return the classes of a line's characters, int64[len(text)], under a vocabulary."""
    table = _table(characters)
    return np.array([table.get(character, UNKNOWN) for character in text], np.int64)


@cache
def _table(characters: str) -> dict[str, int]:
    return {character: index for index, character in enumerate(characters, start=UNKNOWN + 1)}
