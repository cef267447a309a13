"""Find names by how names are written: behind titles, with carets and commas, before a sex or a birth date."""

import re
from collections.abc import Iterator

from .folding import unaccented
from .spans import Span
from .vocabulary import TITLES, plain_words, term_kinds

_TITLE = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(sorted(TITLES, key=len, reverse=True))
    + r")\b\.?[\s*]+(?P<name>[^\W\d_][\w'.-]*(?:[ ,^*]+[^\W\d_][\w'.-]*){0,2})",
    re.I,
)
_DEGREE = re.compile(r"(?P<name>[^\W\d_][\w'.-]+(?:[ ,^]+[^\W\d_][\w'.-]*){0,2}),?\s+M\.?D\b\.?", re.I)
# Two words and a comma between them, alone in their line or before a title.
_COMMA = re.compile(
    r"\s*(?P<name>[^\W\d_][\w'-]+, ?[^\W\d_][\w'-]+(?: [^\W\d_]\.?)?)(?:,? (?:" + "|".join(TITLES) + r")\.?)?\s*", re.I
)
_CARET = re.compile(r"[^\W_][\w' .-]*\^[\w'^ .-]*")
_BEFORE_SEX = re.compile(r"^(?P<name>[^\W\d_][\w'^,. -]{3,}?)\s*(?:[\[(][MFUXO][\])]|\s[MFWO]\s+\d)")
_STARRED = re.compile(r"^(?P<name>[^\W\d_][\w'^,. -]{3,}?)\s*\*\s*(?=\d|$)")
# Kinds of terms of which people bear some as names: Stone, Page, Hand. None: no term at all.
_NAMES_TOO = (None, "anatomy", "interface")


def names(text: str) -> Iterator[Span]:
    """Find what is written as names are; a title goes with its name."""
    for match in _TITLE.finditer(text):
        if _holds_unknown(match["name"]):
            yield _span(match.start(), match.end("name"), 0.85, "stands after a title")
    for match in _DEGREE.finditer(text):
        if _holds_unknown(match["name"]):
            yield _span(match.start("name"), match.end("name"), 0.85, "stands before a degree")
    if (listed := _COMMA.fullmatch(text)) and _no_term(listed["name"]):
        yield _span(listed.start("name"), len(text.rstrip()), 0.75, "has the form of a name with a comma")
    for match in _CARET.finditer(text):
        if sum(map(str.isalpha, match.group())) > 3:
            yield _span(match.start(), match.end(), 0.95, "has the form of a DICOM name")
    for pattern in (_BEFORE_SEX, _STARRED):
        before = pattern.match(text)
        if before and _holds_unknown(before["name"]):
            yield _span(before.start("name"), before.end("name"), 0.9, "stands before a sex or a birth date")


def _no_term(text: str) -> bool:
    words = re.findall(r"[^\W\d_]{2,}", unaccented(text).lower())
    kinds = [term_kinds().get(word) for word in words]
    return any(kind is None for kind in kinds) and all(kind in _NAMES_TOO for kind in kinds)


def _holds_unknown(text: str) -> bool:
    words = re.findall(r"[^\W\d_]{2,}", text)
    return any(unaccented(word).lower() not in plain_words() for word in words)


def _span(start: int, end: int, score: float, reason: str) -> Span:
    return Span(start=start, end=end, category="name", score=score, reason=reason)
