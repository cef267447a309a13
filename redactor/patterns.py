"""Find what identifies by its form alone: dates, times, long numbers, telephones, addresses, labelled values."""

import re
from collections.abc import Iterator

from .folding import digitised, lettered, unaccented
from .spans import Span
from .vocabulary import LABELS, MONTHS, TERMS, TITLES, plain_words, term_kinds

_MONTH = r"(?:" + "|".join(sorted({unaccented(month) for month in MONTHS}, key=len, reverse=True)) + r")[a-z]*"
_DAY_NAME = r"(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim)[a-z]*"
# Character classes in place of word bounds: a digit may not continue, a letter may (OCR joins words).
_NO_DIGIT_BEFORE, _NO_DIGIT_AFTER = r"(?<![\d])(?<!\d[.,])", r"(?![\d])(?![.,]\d)"


def _numeric(body: str) -> re.Pattern[str]:
    return re.compile(_NO_DIGIT_BEFORE + body + _NO_DIGIT_AFTER)


# Matched on text whose mostly numeric tokens were read as digits.
_ZONE = r"(?: ?(?:h\b|Uhr\b|UTC\b|GMT\b|CES?T\b|[ECMP][SD]T\b))?"
_NUMERIC: tuple[tuple[str, float, re.Pattern[str]], ...] = (
    ("date", 0.97, _numeric(r"'?\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})")),
    ("date", 0.97, _numeric(r"\d{4}([./-])\d{1,2}\1\d{1,2}")),
    ("date", 0.85, _numeric(r"\d{1,2}[./ -]{1,2}\d{1,2}[./ -]{1,2}(?:19|20)\d\d")),
    ("date", 0.85, _numeric(r"(?:19|20)\d\d[./ -]{1,2}\d{1,2}[./ -]{1,2}\d{1,2}")),
    ("date", 0.85, _numeric(r"\d{1,2} / \d{1,2} / \d{2,4}")),
    ("date", 0.85, _numeric(r"\d{1,2}([./-]) \d{1,2}\1 (?:\d{4}|\d{2})")),
    ("date", 0.80, _numeric(r"(?:0?[1-9]|1[0-2])/(?:19|20)\d\d")),
    ("date", 0.85, re.compile(r"\*\s*\d{1,4}[ ./-]\d{1,2}[ ./-]\d{1,4}(?!\d)")),
    # three groups of which one was misread: "202R.12.11", "0X:41:14", "25.2.196+"
    (
        "date",
        0.75,
        re.compile(
            r"(?<!\S)[+@'*(]?(?=(?:\D*\d){4})(?!\S*[A-Za-z]{2})[^\s.,/:-]{1,4}([./-])[^\s./:-]{1,2}\1\S{1,4}(?!\S)"
        ),
    ),
    (
        "time",
        0.95,
        re.compile(rf"(?<![\d.])[+@]?\d{{1,2}}[:;]\d{{2}}(?:[:;.]\d{{2}}(?:[.,]\d{{1,6}})?)?(?!\d){_ZONE}", re.I),
    ),
    # a separator that the reader lost: "10:4217", "1042:17"; and whatever digits follow a date
    ("time", 0.80, re.compile(r"(?<![\d.])(?:\d{1,2}[:;]\d{3,4}|\d{3,4}[:;]\d{2})(?![\d:;])")),
    ("date", 0.80, re.compile(r"(?<!\d)\d{1,4}([./-])\d{1,2}\1\d{2,4} +\d[\d:;.,]{2,8}(?![\d%])")),
    ("time", 0.90, re.compile(r"(?<![\d.])\d{1,2}[:;. ]?\d{2}(?:[:;. ]\d{2})? ?[ap]\.?m\b\.?", re.I)),
    ("time", 0.80, _numeric(r"(?:[01]\d|2[0-3])([.-])[0-5]\d\1[0-5]\d")),
    ("time", 0.80, re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])(?:[hH][0-5]\d(?!\d)|[.][0-5]\d ?(?:h|Uhr)\b)")),
    ("time", 0.60, _numeric(r"(?:[01]\d|2[0-3]) [0-5]\d [0-5]\d")),
    (
        "time",
        0.75,
        re.compile(r"(?<!\S)(?=(?:\S*\d){3})\S{1,2}[:;.]{1,2}\S{1,3}[:;]{1,2}\S{1,3}(?: ?[ap]\.?m\b\.?)?", re.I),
    ),
    ("time", 0.70, re.compile(r"(?<!\S)(?=(?:\S*\d){3})(?=\S*\d\S?[:;])[^\sA-Za-z=][^\s=]?[:;]\.?\S{2}(?!\S)")),
    (
        "phone",
        0.92,
        re.compile(
            r"(?<![\w.])(?=(?:[^\d]{0,3}\d){7})(?:\+\d{1,3}|\(\d{2,5}\)|0\d{1,4})(?:[ ./-]{1,2}\d{1,8}){1,5}(?!\d)"
        ),
    ),
    ("id", 0.85, re.compile(r"(?<![\w.,])[A-Za-z]{0,4}\d{2,}(?:[-/+]\d{1,}){1,5}[A-Za-z]{0,2}(?![\w%])")),
    ("id", 0.90, re.compile(r"(?<!\d)(?<!\d[.,])[A-Za-z]{0,5}[-_#]?\d{5,}[A-Za-z0-9]*")),
    ("id", 0.80, re.compile(r"\b\d{6}[ +]\d{4}\b|\b\d{5,} \d{3,}\b")),
    ("id", 0.75, re.compile(r"\b[A-Za-z]{1,4}[-_]?\d{4}[A-Za-z]?\b")),
)
_DAY = r"(?<!\d)(?:\d[\dOIlSZ]?|[OIlSZ]\d)(?:st|nd|rd|th)?"
_WEEK = rf"(?:\b{_DAY_NAME}[ ,.;]+)?"
# Matched on text without accents, as it stands and with its mostly alphabetic tokens read as letters.
_WORDED: tuple[tuple[str, float, re.Pattern[str]], ...] = (
    ("date", 0.97, re.compile(rf"{_WEEK}{_DAY}[ ./-]{{0,2}}{_MONTH}[ .,;/'-]{{0,2}}\d{{2,4}}(?!\d)", re.I)),
    (
        "date",
        0.95,
        re.compile(
            rf"{_WEEK}\b{_MONTH}[ ./-]{{1,2}}{_DAY}"
            r"(?:[ ,;./-]{1,2}(?:\d\d:\d\d(?::\d\d)? )?\d{4}|[ /-]'?\d\d)(?!\d)",
            re.I,
        ),
    ),
    ("date", 0.95, re.compile(rf"(?<!\d)(?:19|20)\d\d[ ./-]{{1,2}}[^\W\d]{{3,9}}[ ./-]{{1,2}}{_DAY}(?!\d)", re.I)),
    ("date", 0.80, re.compile(rf"\b{_MONTH}[ ./-]{{1,2}}(?:19|20)\d\d(?!\d)", re.I)),
    # a month that was misread, between a day and a year
    ("date", 0.75, re.compile(rf"{_WEEK}{_DAY}[ ./-]{{1,2}}[^\W\d]{{3,9}}[ .,;/'-]{{1,2}}(?:19|20)\d\d(?!\d)", re.I)),
    ("date", 0.75, re.compile(rf"{_WEEK}\b[^\W\d]{{3,9}}[ ./-]{{1,2}}{_DAY}[,;]? (?:19|20)\d\d(?!\d)", re.I)),
    (
        "date",
        0.75,
        re.compile(r"(?<!\S)\d{1,2}[ ./-]?(?!(?:mhz|khz)\b)[A-Za-z]{3}[ ./-]?(?:\d\d|(?:19|20)\d\d)(?!\S)", re.I),
    ),
    ("phone", 0.97, re.compile(r"[\w.+-]+ ?@ ?[\w-]+(?:\.[\w-]+)+")),
    (
        "phone",
        0.97,
        re.compile(
            r"(?:https?[:;]//?|www\.)\S+|\b[\w-]{3,}\.(?:com|org|net|edu|gov|de|fr|it|es|ch|at|nl|uk|pl|tr|vn|in)\b",
            re.I,
        ),
    ),
)
_AGE = re.compile(
    r"(?<![\d.])(?:0?9\d|1[01]\d)[ ]?(?:y|yr|yrs|years?|yo|j|jahre?|ans?|años|a)\b\.?"
    r"|\bage ?[:=]? ?(?:0?9\d|1[01]\d)\b",
    re.I,
)
_AXIAL = re.compile(r"\b1?\d:[03]0\b(?=.*\b(?:cm|fn|breast|o'?clock)\b)|(?<=breast )\s*\b1?\d:[03]0\b", re.I)
# A number that is followed by a unit is a measurement, and one in front of a colon and a digit a ratio.
_UNIT_AFTER = re.compile(r"\s?(?:mm|cm|hz|khz|ms|cts|counts|kcts|px|pixels?|mhz|mbq|ml|mm²|cm²)\b", re.I)
_TAG = re.compile(r"\([0-9A-Fa-f]{4},\s?[0-9A-Fa-f]{4}\)")

_PHRASES = sorted(
    ((phrase, kind) for kind, phrases in LABELS.items() for phrase in phrases),
    key=lambda pair: len(pair[0]),
    reverse=True,
)
_LABEL = re.compile(
    r"(?<![^\W_])(?P<label>"
    + "|".join(r"[ .]{0,2}".join(re.escape(word) for word in phrase.split()) for phrase, _ in _PHRASES)
    + r")(?P<mark>\.?\s?[-]?(?:no|nr|num)?\.?\s*[:#=;]+\s*|\.\s+|\s+|#\s*)(?=\S)",
    re.I,
)
_NUMBERED = re.compile(r"\w\W*\b(?:no|nr)\.\s*$", re.I)
_KINDS = {re.sub(r"[ .]", "", phrase): kind for phrase, kind in _PHRASES}
# Labels that are ordinary words too: without a colon they announce only what is no word itself.
_TITLE = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(sorted(TITLES, key=len, reverse=True))
    + r")\b\.?\s+(?P<name>[^\W\d_][\w'.-]*(?:[ ,^]+[^\W\d_][\w'.-]*){0,2})",
    re.I,
)
_DEGREE = re.compile(r"(?P<name>[^\W\d_][\w'.-]+(?:[ ,^]+[^\W\d_][\w'.-]*){0,2}),?\s+M\.?D\b\.?", re.I)
_WORD = r"[^\W\d_][\w'.-]*"
_STREET = r"(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|court|ct|square|sq|terrace|highway|hwy)\b\.?"
_ADDRESSES = (
    re.compile(rf"(?<![\w.,])\d{{1,5}}[a-z]?,? (?:{_WORD} ){{1,3}}{_STREET}", re.I),
    re.compile(rf"(?:{_WORD} ){{1,2}}(?:street|avenue|road) \d{{1,5}}\b", re.I),
    re.compile(
        r"[^\W\d_]{2,}(?:-? ?stra(?:ss|ß)e|-? ?str\.|weg|platz|gasse|allee|laan|straat|vägen|gatan) \d{1,4}\b", re.I
    ),
    re.compile(rf"\b(?:rue|via|calle|avenida|rua|piazza|viale|boulevard) (?:{_WORD} ?){{1,4}},? ?\d{{1,4}}\b", re.I),
    re.compile(rf"\b\d{{1,4}},? (?:bis |ter )?(?:rue|avenue|boulevard|place) (?:{_WORD} ?){{1,4}}", re.I),
    # post codes before or after their town
    re.compile(r"\b(?:[A-Z]-)?\d{4,5} [A-ZÄÖÜ][^\W\d_]{3,}(?![\w.])|\b[A-Z]{2},? \d{5}(?:-\d{4})?\b"),
)
# Two words and a comma between them, alone in their line.
_COMMA = re.compile(r"\s*(?P<name>[^\W\d_][\w'-]+, ?[^\W\d_][\w'-]+(?: [^\W\d_]\.?)?)\s*")
_CARET = re.compile(r"[^\W_][\w' .-]*\^[\w'^ .-]*")
_BEFORE_SEX = re.compile(r"^(?P<name>[^\W\d_][\w'^,. -]{3,}?)\s*[\[(][MFUXO][\])]")
_STARRED = re.compile(r"^(?P<name>[^\W\d_][\w'^,. -]{3,}?)\s*\*\s*(?=\d|$)")


def patterns(text: str) -> list[Span]:
    """Find everything whose form identifies."""
    if _TAG.search(text):
        return list(_dates_and_numbers(_TAG.sub(lambda tag: " " * len(tag.group()), text)))
    return [*_dates_and_numbers(text), *_labelled(text), *_named(text)]


def _dates_and_numbers(text: str) -> Iterator[Span]:
    numbers, words = digitised(text), _same_length(lettered(text))
    for category, score, pattern in _NUMERIC:
        for match in pattern.finditer(numbers):
            if not _measures(category, match, numbers):
                yield _span(category, match.start(), match.end(), score, f"has the form of a {category}")
    for source in dict.fromkeys((_same_length(text), words)):
        for category, score, pattern in _WORDED:
            for match in pattern.finditer(source):
                yield _span(category, match.start(), match.end(), score, f"has the form of a {category}")
    yield from _spaced_date(numbers)
    for match in _AGE.finditer(numbers):
        yield _span("age", match.start(), match.end(), 0.9, "an age over 89")


# Day, month and year of two digits with spaces between them, alone in their line: "4 17 19".
_SPACED = re.compile(r"\s*(?:[MFWmfw*]\s+)?(\d{1,2}) {1,2}(\d{1,2}) {1,2}(\d{2})\s*")


def _spaced_date(text: str) -> Iterator[Span]:
    if match := _SPACED.fullmatch(text):
        first, second, year = map(int, match.groups())
        low, high = sorted((first, second))
        # Numbers in equal steps label a scale.
        if 1 <= low <= 12 and high <= 31 and second - first != year - second:
            yield _span("date", match.start(1), match.end(3), 0.7, "has the form of a date")


def _measures(category: str, match: re.Match[str], text: str) -> bool:
    if category == "time" and any(clock.start() <= match.start() < clock.end() for clock in _AXIAL.finditer(text)):
        return True
    digits = sum(map(str.isdigit, match.group()))
    if category == "id" and digits <= 6 and _UNIT_AFTER.match(text, match.end()):
        return True
    # "12/40", "290/14", "1-3": image counters, windows and ranges
    return category == "id" and digits < (
        7 if re.fullmatch(r"\d{1,4}/\d{1,4}", match.group()) else 5 - match.group()[0].isalpha()
    )


def _labelled(text: str) -> Iterator[Span]:
    labels = list(_LABEL.finditer(_same_length(text)))
    # "Film No. 12" announces as much as "Film: 12".
    strong = [any(m in label["mark"] for m in ":#=;") or bool(_NUMBERED.search(label.group())) for label in labels]
    for index, label in enumerate(labels):
        kind = _KINDS.get(re.sub(r"[ .]", "", label["label"].lower()))
        if kind is None:
            continue
        # as far as the next label that has a colon
        stop = next((labels[other].start() for other in range(index + 1, len(labels)) if strong[other]), len(text))
        start = label.end()
        end = start + _extent(text[start:stop], kind)
        if end > start and _announced(text[start:end], kind, strong[index]):
            yield _span(kind, start, end, 0.93 if strong[index] else 0.7, f"stands after a label for {kind}")


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
    if kind == "person" and words and (strong or value.isupper()) and sum(map(len, words)) < 6:
        return True
    return bool(unknown) if not strong else any(len(word) > 1 for word in words) or bool(unknown)


def _named(text: str) -> Iterator[Span]:
    for reason, pattern in (("stands after a title", _TITLE), ("stands before a degree", _DEGREE)):
        for match in pattern.finditer(text):
            if _holds_unknown(match["name"]):
                yield _span("name", match.start("name"), match.end("name"), 0.85, reason)
    for pattern in _ADDRESSES:
        for match in pattern.finditer(text):
            if TERMS["unit"].isdisjoint(match.group().lower().split()):
                yield _span("address", match.start(), match.end(), 0.8, "has the form of an address")
    if (listed := _COMMA.fullmatch(text)) and _no_term(listed["name"]):
        yield _span("name", listed.start("name"), listed.end("name"), 0.75, "has the form of a name with a comma")
    for match in _CARET.finditer(text):
        if sum(map(str.isalpha, match.group())) > 3:
            yield _span("name", match.start(), match.end(), 0.95, "has the form of a DICOM name")
    for pattern in (_BEFORE_SEX, _STARRED):
        before = pattern.match(text)
        if before and _holds_unknown(before["name"]):
            yield _span("name", before.start("name"), before.end("name"), 0.9, "stands before a sex or a birth date")


def _no_term(text: str) -> bool:
    words = re.findall(r"[^\W\d_]{2,}", unaccented(text).lower())
    return any(word not in term_kinds() for word in words) and all(
        term_kinds().get(word) in _NAMES_TOO for word in words
    )


# Kinds of terms of which people bear some as names: Stone, Page, Hand. None: no term at all.
_NAMES_TOO = (None, "anatomy", "interface")


def _holds_unknown(text: str) -> bool:
    words = re.findall(r"[^\W\d_]{2,}", text)
    return any(unaccented(word).lower() not in plain_words() for word in words)


def _same_length(text: str) -> str:
    """Strip accents where that keeps the length, so that matches have the positions of the source."""
    return "".join(plain if len(plain := unaccented(character)) == 1 else character for character in text)


def _span(category: str, start: int, end: int, score: float, reason: str) -> Span:
    return Span(start=start, end=end, category=category, score=score, reason=reason)
