"""Find addresses, telephones, e-mail addresses, URLs and long numbers by their form."""

import re
from collections.abc import Iterator

from .folding import digitised, same_length
from .spans import Span
from .vocabulary import COUNTERS, TERMS, UNITS_AFTER_NUMBERS

_PHONE = re.compile(
    r"(?<![\w.])(?=(?:[^\d]{0,3}\d){7})(?:\+\d{1,4}|\(\d{2,5}\)|0\d{1,4})(?:[ ./-]{1,2}\d{1,8}){1,5}(?!\d)"
)
_NUMBERS: tuple[tuple[float, re.Pattern[str]], ...] = (
    (0.85, re.compile(r"(?<![\w.,])[A-Za-z]{0,4}\d{2,}(?:[-/+]\d{1,}){1,5}[A-Za-z]{0,2}(?![\w%])")),
    (0.90, re.compile(r"(?<!\d)(?<!\d[.,])[A-Za-z]{0,5}[-_#]?\d{5,}[A-Za-z0-9]*(?: [/-] ?\d{1,4}\b)?")),
    (0.80, re.compile(r"\b\d{6}[ +]\d{4}\b|\b\d{5,} \d{3,}\b|\b\d{3} \d{3} \d{3,4}\b")),
    # but for b-values of diffusion
    (0.75, re.compile(r"\b(?!b\d\d[05]0\b)[A-Za-z]{1,4}[-_]?\d{4}[A-Za-z]?\b")),
    # In groups with full stops, as Brazil and Switzerland have them; versions have shorter ones, UIDs more of them
    (0.85, re.compile(r"(?<![\w.])\d{2,3}\.\d{3}\.\d{2,3}(?:[-.]\d{1,2})?(?![\w.]\d|\w)")),
    # British national insurance
    (0.90, re.compile(r"\b[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-Z]\b")),
)
# What image counters stand behind.
_COUNTED = re.compile(rf"(?<![^\W_])(?:{COUNTERS}|fr|bild|coupe|imagen|immagine)[ .:#]*$", re.I)
_NET = (
    re.compile(r"[\w.+-]+ ?@ ?[\w-]+(?:\.[\w-]+)+"),
    re.compile(
        r"(?:https?[:;]//?|www\.)\S+|\b[\w-]{3,}\.(?:com|org|net|edu|gov|de|fr|it|es|ch|at|nl|uk|pl|tr|vn|in)\b", re.I
    ),
)
_WORD = r"[^\W\d_][\w'.-]*"
_STREET = r"(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|court|ct|square|sq|terrace|highway|hwy)\b\.?"
_ADDRESSES = (
    re.compile(rf"(?<![\w.,])\d{{1,5}}[a-z]?,? (?:{_WORD} ){{1,3}}{_STREET}", re.I),
    re.compile(rf"(?:{_WORD} ){{1,2}}(?:street|avenue|road) \d{{1,5}}\b", re.I),
    re.compile(
        r"[^\W\d_]{2,}(?:-? ?stra(?:ss|ß)e|-? ?str\.|weg|platz|gasse|allee|laan|straat|vägen|gatan) \d{1,4}\b", re.I
    ),
    re.compile(
        r"(?<!\w)(?:rue|via|calle|avenida|rua|piazza|viale|boulevard|ul\.|aleja|os\.)"
        rf" (?:{_WORD} ?){{1,4}},? ?\d{{1,4}}\b",
        re.I,
    ),
    re.compile(rf"\b\d{{1,4}},? (?:bis |ter )?(?:rue|avenue|boulevard|place) (?:{_WORD} ?){{1,4}}", re.I),
    re.compile(r"\bP\.?O\.? ?Box \d{1,6}\b|\bPostfach \d{1,6}\b", re.I),
    # post codes before or after their town
    re.compile(r"\b(?:[A-Z]-)?\d{4,5} [A-ZÄÖÜ][^\W\d_]{3,}(?![\w.])|\b[A-Z]{2},? \d{5}(?:-\d{4})?\b"),
    re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"),
)
# Units of one letter are no sign of a measurement in "12 N Quast Road".
_UNITS = frozenset(unit for unit in TERMS["unit"] if len(unit) > 1)


def contacts(text: str) -> Iterator[Span]:
    """Find where somebody lives or is reached, and numbers that are long enough to be somebody's."""
    plain = same_length(text)
    for pattern in _NET:
        for match in pattern.finditer(plain):
            yield _span("phone", match.start(), match.end(), 0.97)
    if not any(map(str.isdigit, text)):
        return  # all that follows has digits
    numbers = digitised(text)
    for match in _PHONE.finditer(numbers):
        yield _span("phone", match.start(), match.end(), 0.92)
    for score, pattern in _NUMBERS:
        for match in pattern.finditer(numbers):
            if not _measures(match, numbers):
                yield _span("id", match.start(), match.end(), score)


def addresses(text: str) -> Iterator[Span]:
    """Find streets and post codes, and what follows them up to the next label."""
    for pattern in _ADDRESSES:
        for match in pattern.finditer(text):
            if _UNITS.isdisjoint(match.group().lower().split()):
                rest = re.match(r"[^:=]*$", text[match.end() :])
                yield _span("address", match.start(), len(text.rstrip()) if rest else match.end(), 0.8)


def _measures(match: re.Match[str], text: str) -> bool:
    digits = sum(map(str.isdigit, match.group()))
    if digits <= 6 and UNITS_AFTER_NUMBERS.match(text, match.end()):
        return True
    if _COUNTED.search(text[: match.start()]) and re.fullmatch(r"\d{1,4}/\d{1,4}", match.group()):
        return True
    # "12/40", "290/14", "1-3": image counters, windows and ranges
    return digits < (7 if re.fullmatch(r"\d{1,4}/\d{1,4}", match.group()) else 5 - match.group()[0].isalpha())


def _span(category: str, start: int, end: int, score: float) -> Span:
    return Span(start=start, end=end, category=category, score=score, reason=f"has the form of a {category}")
