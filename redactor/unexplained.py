"""Mask the words of a line that are no word that we know, and the numbers that measure nothing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from .folding import digitised, lettered, unaccented
from .initials import spaced_initials
from .near_words import by_length, within
from .spans import Span
from .tokens import ROUND, Token
from .vocabulary import INSTITUTIONS, LABELS, NAMES, TERMS, TITLES, WEAK_INSTITUTIONS, plain_words, words

_UNITS = TERMS["unit"]
_MASKED = frozenset({"unknown", "short", "code", "named"})
_NAMELIKE = frozenset({"unknown", "short", "named"})
_MEASURING = frozenset({"technique", "measurement", "symbol", "position", "laterality"})


def unexplained(tokens: list[Token], text: str, *, identified: bool) -> list[Span]:
    """Return spans for the tokens that no rule keeps.

    Parameters
    ----------
    identified : bool
        Something else in the line identifies: numbers behind technical terms are explained by these no more.
    """
    if not tokens:
        return []
    if initials := spaced_initials(tokens):
        return initials
    # Of running text, words in small letters are words, known or not; names have capitals.
    sentence = _sentence(tokens)
    if not (sentence and _running(tokens)) and (span := _institution(tokens, text)):
        return [span]
    tokens = _bridged(tokens)
    masked = [_masked(token) for token in tokens if token.kind in _MASKED and not (sentence and token.text.islower())]
    numbers = [
        _number(token)
        for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False)
        if token.kind == "number" and _long(token) and not _explained(None if identified else before, after)
    ]
    return _with_neighbours([span for span in masked if span] + numbers, tokens, text)


def _masked(token: Token) -> Span | None:
    if token.kind == "named" and len(token.text) < 3:
        return None
    category, score, reason = {
        "unknown": ("name", 0.6, "a word that is no term we know"),
        "named": ("name", 0.8, "a frequent name"),
        "short": ("person", 0.6, "letters that are no term we know"),
        "code": ("id", 0.6, "letters and digits that are no term we know"),
    }[token.kind]
    return Span(start=token.start, end=token.end, category=category, score=score, reason=reason, near=token.near)


def _long(token: Token) -> bool:
    number = digitised(token.text)
    return number.isdigit() and len(number) > 3 and not ROUND.fullmatch(number)


def _explained(before: Token | None, after: Token | None) -> bool:
    """Tell whether a number stands behind a technical term or a sign, or before a unit."""
    return (before is not None and (before.kind in _MEASURING)) or (
        after is not None and after.text.lower() in _UNITS and len(after.text) > 1
    )


def _number(token: Token) -> Span:
    return Span(start=token.start, end=token.end, category="id", score=0.6, reason="a number that measures nothing")


def _sentence(tokens: list[Token]) -> bool:
    """Tell whether most words are known, as in running text."""
    words = _words_of(tokens)
    plain = sum(token.kind not in _MASKED for token in words)
    return len(words) >= 5 and plain >= 0.8 * len(words) and not any(token.kind == "named" for token in words)


def _words_of(tokens: list[Token]) -> list[Token]:
    return [token for token in tokens if token.kind not in ("symbol", "number", "value")]


def _running(tokens: list[Token]) -> bool:
    """Tell whether a sentence is running text that names no institution: all known words, half in small letters."""
    words = _words_of(tokens)
    return all(token.kind not in _MASKED for token in words) and 2 * sum(w.text.islower() for w in words) >= len(words)


def _institution(tokens: list[Token], text: str) -> Span | None:
    words = [token for token in tokens if token.kind != "symbol"]
    lows = [unaccented(token.text).lower() for token in words]
    strong = [low for low in lows if low not in WEAK_INSTITUTIONS and _institutional(low)]
    weak = [low for low in lows if low in WEAK_INSTITUTIONS]
    odd = [token for token in words if token.kind in _MASKED]
    devices = [token for token in words if token.kind == "device" and token.text.lower() not in WEAK_INSTITUTIONS]
    if not (strong or (weak and (odd or len(weak) > 1) and not devices)):
        return None
    if len(words) == len(strong) == 1 and text.rstrip().endswith(":"):
        return None
    return Span(
        start=words[0].start,
        end=len(text.rstrip()),
        category="institution",
        score=0.85,
        reason="holds an institution's word",
    )


def _with_neighbours(spans: list[Span], tokens: list[Token], text: str) -> list[Span]:
    """Stretch names over what stands beside them: initials, particles, a name that is an ordinary word too."""
    return [_stretched(span, tokens, text) if span.category in ("name", "person") else span for span in spans]


def _stretched(span: Span, tokens: list[Token], text: str) -> Span:
    inside = [index for index, token in enumerate(tokens) if token.start < span.end and span.start < token.end]
    first, last = inside[0], inside[-1]
    while first > 0 and _joins(tokens[first - 1], text, tokens[first].start, span.category):
        first -= 1
    while last + 1 < len(tokens) and _joins(tokens[last + 1], text, tokens[last].end, span.category):
        last += 1
    start, end = min(span.start, tokens[first].start), max(span.end, tokens[last].end)
    if before := _INITIALS_BEFORE.search(text[:start]):
        start = before.start()
    if behind := _INITIALS_BEHIND.match(text, end):
        end = behind.end()
    return replace(span, start=start, end=end, near=span.near and (start, end) == (span.start, span.end))


# With full stops: C.C. beside a name is no view.
_INITIALS_BEFORE = re.compile(r"(?<![^\W_])(?:[^\W\d_]\. ?){1,3}$")
_INITIALS_BEHIND = re.compile(r"\.?(?:,? ?[^\W\d_]\.(?![^\W_]))*")


@cache
def _label_words() -> frozenset[str]:
    return frozenset(word for phrases in LABELS.values() for phrase in phrases for word in phrase.split())


@cache
def _institutions() -> frozenset[str]:
    return frozenset(unaccented(word) for word in INSTITUTIONS)


@cache
def _institutions_by_length() -> Mapping[int, Sequence[str]]:
    return by_length(_institutions())


@lru_cache(maxsize=4096)
def _institutional(word: str) -> bool:
    if word in _institutions():
        return True
    letters = lettered(word).lower()
    if len(letters) < 6 or letters in plain_words():
        return False
    return within(letters, _institutions_by_length(), 1 if len(letters) < 9 else 2)


_PARTICLES = words("de da do dos das del della di la le les van von vom der den ter ten zu zur bin ben al el abu st mc")
# What belongs to a name beside it.
_JOINING = _PARTICLES | TITLES | NAMES


def _bridged(tokens: list[Token]) -> list[Token]:
    """Take a term between two unknown words for a part of their name: MIRA TEST QUOST."""
    kinds = [token.kind for token in tokens]
    inner = {
        index
        for index in range(1, len(tokens) - 1)
        if kinds[index - 1] in _NAMELIKE and kinds[index + 1] in _NAMELIKE and tokens[index].text.isalpha()
    }
    return [replace(token, kind="unknown") if index in inner else token for index, token in enumerate(tokens)]


def _joins(token: Token, text: str, edge: int, category: str) -> bool:
    """Tell whether a token belongs to the name that begins or ends at `edge`."""
    between = text[min(token.end, edge) : max(token.start, edge)]
    if between != ":" and (between.strip(" ,.'-&()") or len(between) > 3 or text[token.end : token.end + 1] == ":"):
        return False
    if token.text.lower() in _JOINING or token.kind in _MASKED:
        return True
    if len(token.text) > 1 and token.text.lower() in _label_words():
        return False
    if category == "person" and text[token.end : token.end + 1] != ".":
        return False  # a side marker stands beside a technologist's initials
    return (
        token.text[:1].isupper()
        and re.sub("['/]" if between == ":" else "'", "", token.text).isalpha()
        and (token.kind == "word" or len(token.text) == 1)
    )
