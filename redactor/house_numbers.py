"""Find the numbers of houses: next to a word that is masked since it may be a name, as a street's is."""

import re
from collections.abc import Sequence
from dataclasses import replace

from .spans import Span
from .tokens import namelike
from .vocabulary import TERMS

# Of a house, a floor or a room: 208, 9/9, 12a, Nr. 264
_NUMBER = re.compile(r"\s*(?:nr\.? ?|no\.? ?|# ?)?\d{1,5}(?:[ /-]?\d{1,3})?[a-z]?[.,]?\s*", re.IGNORECASE)
# What a unit stands behind measures something.
_UNIT = re.compile(rf"\s*(?:{'|'.join(sorted(map(re.escape, TERMS['unit']), key=len, reverse=True))})(?![^\W_])", re.I)
_NAMING = ("name", "person", "address", "institution")


def house_numbers(kept: Sequence[Span], masked: Sequence[Span], text: str) -> list[Span]:
    """Return the spans of `kept` that are numbers next to a masked word which may be a name, with nothing between.

    Before the name the number must begin the line: what stands behind a word is its value.
    """
    names = [span for span in masked if span.category in _NAMING and namelike(text, span.start, span.end)]
    return [
        replace(span, category="address", reason="a number beside what may be a name")
        for span in kept
        if _NUMBER.fullmatch(text, span.start, span.end)
        and not _UNIT.match(text, span.end)
        and any(_next_to(span, name, text) for name in names)
    ]


def _next_to(number: Span, name: Span, text: str) -> bool:
    if name.end <= number.start:
        return not text[name.end : number.start].strip(" ,")
    return not text[: number.start].strip() and not text[number.end : name.start].strip()
