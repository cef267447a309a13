"""Words that are a known one but for a letter or two, as readers misread them."""

from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein


def within(word: str, known: Mapping[int, Sequence[str]], distance: int) -> bool:
    """Tell whether a known word of four letters or more is so few edits away; `known` are words by their length."""
    lengths = range(max(4, len(word) - distance), len(word) + distance + 1)
    return any(
        process.extractOne(word, known[length], scorer=Levenshtein.distance, score_cutoff=distance) is not None
        for length in lengths
        if length in known
    )


def by_length(known: Iterable[str]) -> Mapping[int, Sequence[str]]:
    """Return words by their length, as `within` takes them."""
    lengths: dict[int, list[str]] = {}
    for word in known:
        lengths.setdefault(len(word), []).append(word)
    return lengths
