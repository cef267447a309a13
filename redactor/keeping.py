"""Name what may stay: the words of a line that the rules know, each with its harmless category."""

from collections.abc import Sequence

from ..model.categories import HARMLESS, Category
from .spans import Span
from .tokens import Token
from .vocabulary import label_words

_NUMERIC = frozenset({"number", "value", "unit", "symbol"})
_CATEGORY: dict[str, Category] = {"unit": "measurement", "value": "measurement", "number": "scale", "model": "device"}


def known_words(tokens: Sequence[Token], doubts: Sequence[Span]) -> tuple[Span, ...]:
    """Return a span for each word that no doubt covers.

    A number is what the word before it is ("W 400" is technique), a measurement before a unit, and a scale's
    where it stands alone.
    """
    spans: list[Span] = []
    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index else None
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        if any(doubt.start < token.end and token.start < doubt.end for doubt in doubts):
            continue
        category = _category(token, after)
        if token.kind in _NUMERIC and before and spans and spans[-1].end == before.end:
            earlier = spans[-1].category
            category = category if earlier in ("other", "interface") and token.kind != "symbol" else earlier
        spans.append(
            Span(start=token.start, end=token.end, category=category, score=1.0, reason=f"a known {_WORDS[category]}")
        )
    return tuple(spans)


_WORDS = {category: category for category in HARMLESS} | {
    "position": "view or position",
    "technique": "technical term",
    "scale": "number of a scale",
    "device": "device",
    "interface": "label or menu word",
    "anatomy": "word of anatomy",
    "other": "word",
}


def _category(token: Token, after: Token | None) -> str:
    if token.kind == "number" and after is not None and after.kind == "unit":
        return "measurement"
    if token.kind == "word" and token.text.lower() in label_words():
        return "interface"
    category = _CATEGORY.get(token.kind, token.kind)
    return category if category in HARMLESS else "other"
