"""Find what stands behind a label: "Name: …", "Acc# …", "MRN …"."""

import re
from collections.abc import Iterator

from .folding import same_length, unaccented
from .spans import Span
from .vocabulary import COUNTERS, LABELS, UNITS_AFTER_NUMBERS, UNMISTAKABLE, plain_words

_PHRASES = sorted(
    ((phrase, kind) for kind, phrases in LABELS.items() for phrase in phrases),
    key=lambda pair: len(pair[0]),
    reverse=True,
)
# Letters that stand wide apart are read with spaces between them: "I D: …"; only before a colon, or words would fit.
_APART = (r" ?".join(phrase) + r"(?=\s?[:#=])" for phrase, _ in _PHRASES if phrase.isalpha() and 2 <= len(phrase) <= 4)
_LABEL = re.compile(
    r"(?<![^\W_])(?P<label>"
    + "|".join((*(r"[ .]{0,2}".join(re.escape(word) for word in phrase.split()) for phrase, _ in _PHRASES), *_APART))
    + r")(?P<mark>\.?\s?[-]?(?:no|nr|num)?\.?\s*[:#=;]+\s*|\.\s+|\s+|#\s*)(?=\S)",
    re.I,
)
_MEASURED = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?(?:" + UNITS_AFTER_NUMBERS.pattern + ")", re.I)
_NUMBERED = re.compile(r"\w\W*\b(?:no|nr)\.\s*$", re.I)
_KINDS = {re.sub(r"[ .]", "", phrase): kind for phrase, kind in _PHRASES}
# Of these "no" is a counter's, and no number of anybody.
_COUNTED = re.compile(rf"(?<![^\W_])(?:{COUNTERS}|series|view)[ .]*$", re.I)
_ALONE = {unaccented(phrase): kind for phrase, kind in _KINDS.items()}
_COUNTS = frozenset(("no", "nr"))
_SURE = frozenset(re.sub(r"[ .]", "", phrase) for phrase in UNMISTAKABLE)


def label_alone(text: str) -> str | None:
    """Return the kind of a line that is a label with a colon and nothing else."""
    stripped = text.strip()
    if not stripped.endswith((":", "#", "=")):
        return None
    return _ALONE.get(re.sub(r"[ .:#=]", "", unaccented(stripped)).lower())


def labels_of(text: str) -> list[tuple[int, int]]:
    """Return where labels stand that cannot be other words: ranges of characters, with their colons."""
    if label_alone(text):
        return [(0, len(text))]
    return [label.span() for label in _LABEL.finditer(same_length(text)) if _strong(label)]


def labelled(text: str) -> Iterator[Span]:
    """Find the values of labels; the labels themselves stay."""
    if label_alone(text):
        return
    labels = list(_LABEL.finditer(same_length(text)))
    strong = [_strong(label) for label in labels]
    for index, label in enumerate(labels):
        kind = _KINDS.get(_bare(label))
        if kind is None or (_bare(label) in _COUNTS and _COUNTED.search(text[: label.start()])):
            continue
        # as far as the next label that has a colon
        stop = next((labels[other].start() for other in range(index + 1, len(labels)) if strong[other]), len(text))
        start = label.end()
        end = start + _extent(text[start:stop], kind)
        if not strong[index] and _within_sentence(text, label.start(), start):
            continue
        if end > start and _announced(text[start:end], kind, strong[index]):
            score = 0.93 if strong[index] else 0.7
            yield Span(start=start, end=end, category=kind, score=score, reason=f"stands after a label for {kind}")


def _within_sentence(text: str, start: int, end: int) -> bool:
    """Tell whether two known words stand on either side of [start, end): what is there is a part of the sentence."""
    before, after = (re.findall(r"[^\W\d_]+", part) for part in (text[:start], text[end:]))
    return all(
        len(words) == 2 and all(len(word) >= 4 and unaccented(word).lower() in plain_words() for word in words)
        for words in (before[-2:], after[:2])
    )


def _bare(label: re.Match[str]) -> str:
    return re.sub(r"[ .]", "", label["label"].lower())


def _strong(label: re.Match[str]) -> bool:
    """Tell whether a label is no mere word: by its colon, a "No.", or because it means nothing else."""
    marked = any(mark in label["mark"] for mark in ":#=;") or bool(_NUMBERED.search(label.group()))
    return marked or _bare(label) in _SURE


def _extent(value: str, kind: str) -> int:
    """Return how many characters a label's value has; a number or a date ends where other words begin."""
    if kind in ("id", "accession", "date", "time"):
        first = re.match(r"\S+(?:[ -/]+[\d./:-]*\d[\w./:-]*)*", value)
        value = first.group() if first else value
    return len(value.rstrip(" ,;|([-"))


def _announced(value: str, kind: str, strong: bool) -> bool:
    words = re.findall(r"[^\W\d_]+", value)
    numbers = re.findall(r"\d+", value)
    unknown = [word for word in words if unaccented(word).lower() not in plain_words()]
    if kind in ("id", "accession"):
        return bool(strong and (numbers or unknown)) or sum(map(len, numbers)) > 3 or bool(numbers and unknown)
    if kind in ("date", "time", "phone"):
        return bool(numbers) if strong else sum(map(len, numbers)) >= 4
    if kind == "person" and _MEASURED.fullmatch(value):
        return False  # "DR 60dB" is a dynamic range
    if kind == "person" and words and (strong or value.isupper()) and sum(map(len, words)) < 6:
        return True
    return bool(unknown) if not strong else any(len(word) > 1 for word in words) or bool(unknown)
