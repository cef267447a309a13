"""Find dates, times of day and ages over 89 by their form, in any order and through the reader's errors."""

import re
from collections.abc import Iterator
from itertools import chain

from .folding import digitised, lettered, same_length, unaccented
from .spans import Span
from .vocabulary import AGE_LABEL, AGE_LABEL_IN_YEARS, MONTHS, UNITS_AFTER_NUMBERS, plain_words, term_kinds

_MONTH = r"(?:" + "|".join(sorted({unaccented(month) for month in MONTHS}, key=len, reverse=True)) + r")[a-z]*"
_DAY_NAME = r"(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim)[a-z]*"
# Character classes in place of word bounds: a digit may not continue, a letter may (OCR joins words).
_NO_DIGIT_BEFORE, _NO_DIGIT_AFTER = r"(?<![\d])(?<!\d[.,])", r"(?![\d])(?![.,]\d)"
_YEAR = r"(?:19|20)\d\d"
_HOUR = r"(?:[01]?\d|2[0-3])"
_ZONE = r"(?:h\b|Uhr\b|UTC\b|GMT\b|CES?T\b|[ECMP][SD]T\b|MES?Z\b|Z\b)"
# a.m. and p.m., before or after
_HALF = r"[ap]\.? ?m\b\.?"


def _numeric(body: str) -> re.Pattern[str]:
    return re.compile(_NO_DIGIT_BEFORE + body + _NO_DIGIT_AFTER)


# Matched on text whose mostly numeric tokens were read as digits.
_NUMERIC: tuple[tuple[str, float, re.Pattern[str]], ...] = (
    ("date", 0.97, _numeric(r"'?\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})")),
    ("date", 0.97, _numeric(r"\d{4}([./-])\d{1,2}\1\d{1,2}")),
    ("date", 0.85, _numeric(rf"\d{{1,2}}[./ -]{{1,3}}\d{{1,2}}[./ -]{{1,3}}{_YEAR}")),
    ("date", 0.85, _numeric(rf"{_YEAR}[./ -]{{1,3}}\d{{1,2}}[./ -]{{1,3}}\d{{1,2}}")),
    ("date", 0.85, _numeric(r"\d{1,2} ?([./-]) ?\d{1,2} ?\1 ?\d{2}")),
    ("date", 0.80, _numeric(rf"(?:0?[1-9]|1[0-2])/{_YEAR}")),
    ("date", 0.75, re.compile(r"(?<![\d,])\d\d,\d\d,\d\d(?![\d,]\d)")),
    ("date", 0.85, re.compile(r"\*\s*\d{1,4}[ ,./-]\d{1,2}[ ,./-]\d{1,4}(?!\d)")),
    # three groups of which one was misread: "202R.12.11", "0X:41:14", "25.2.196+"
    (
        "date",
        0.75,
        re.compile(
            r"(?<!\S)[+@'*(]?(?=(?:\D*\d){4})(?!\S*[A-Za-z]{2})[^\s.,/:-]{1,4}([./-])[^\s./:-]{1,2}\1\S{1,4}(?!\S)"
        ),
    ),
    # whatever digits follow a date
    ("date", 0.80, re.compile(r"(?<!\d)\d{1,4}([./-])\d{1,2}\1\d{2,4} +\d[\d:;.,]{2,8}(?![\d%])")),
    (
        "time",
        0.95,
        re.compile(
            rf"(?<![\d.])[+@]?\d{{1,2}}[:;]\d{{2}}(?:[:;.]\d{{2}}(?:[.,]\d{{1,6}})?)?(?!\d)(?: ?{_ZONE})?", re.I
        ),
    ),
    # a separator that the reader lost: "10:4217", "1042:17"
    ("time", 0.80, re.compile(r"(?<![\d.])(?:\d{1,2}[:;]\d{3,4}|\d{3,4}[:;]\d{2})(?![\d:;])")),
    ("time", 0.90, re.compile(rf"(?<![\d.])\d{{1,2}}(?:[:;. -]?\d{{2}}){{0,2}} ?{_HALF}", re.I)),
    ("time", 0.90, re.compile(rf"\b{_HALF} ?{_HOUR}(?:[:;. -]\d{{2}}){{1,2}}(?!\d)", re.I)),
    ("time", 0.85, re.compile(rf"(?<![\d.,]){_HOUR}[:;. -]?[0-5]\d(?:[:;. -][0-5]\d)? ?{_ZONE}", re.I)),
    ("time", 0.80, _numeric(r"(?:[01]\d|2[0-3])([.-])[0-5]\d\1[0-5]\d(?:\.\d{1,6})?")),
    ("time", 0.80, re.compile(rf"(?<!\d){_HOUR} ?h ?[0-5]\d(?!\d)", re.I)),
    ("time", 0.60, _numeric(r"(?:[01]\d|2[0-3]) [0-5]\d [0-5]\d(?:\.\d{1,6})?")),
    (
        "time",
        0.75,
        # but for the pitch of a helix
        re.compile(
            r"(?<!\S)(?!\d\.\d{1,3}:1(?!\S))(?=(?:\S*\d){3})"
            r"\S{1,2}[:;.]{1,2}\S{1,3}[:;]{1,2}\S{1,3}(?: ?[ap]\.?m\b\.?)?",
            re.I,
        ),
    ),
    ("time", 0.70, re.compile(r"(?<!\S)(?=(?:\S*\d){3})(?=\S*\d\S?[:;])[^\sA-Za-z=][^\s=]?[:;]\.?\S{2}(?!\S)")),
)
_DAY = r"(?<!\d)(?:\d[\dOIlSZ]?|[OIlSZ]\d)(?:st|nd|rd|th)?"
_PLAIN_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|okt(?:ober)?|dez(?:ember)?|maerz|marz|mai|avr(?:il)?|juin|juil(?:let)?|aout)"
)
_WEEK = rf"(?:\b{_DAY_NAME}[ ,.;]+)?"
# Matched on text without accents, as it stands, with its mostly alphabetic tokens read as letters, and with its
# mostly numeric ones read as digits.
_WORDED: tuple[tuple[float, re.Pattern[str]], ...] = (
    (0.97, re.compile(rf"{_WEEK}{_DAY}[ ./-]{{0,3}}{_MONTH}[ .,;/'-]{{0,3}}\d{{2,4}}(?!\d)", re.I)),
    (
        0.95,
        re.compile(
            rf"{_WEEK}\b{_MONTH}[ ./-]{{1,3}}{_DAY}"
            r"(?:[ ,;./-]{1,3}(?:\d\d:\d\d(?::\d\d)? )?\d{4}|[ /-]{1,3}'?\d\d)(?!\d)",
            re.I,
        ),
    ),
    (0.95, re.compile(rf"(?<!\d){_YEAR}[ ./-]{{1,3}}[^\W\d]{{3,9}}[ ./-]{{1,3}}{_DAY}(?!\d)", re.I)),
    (0.90, re.compile(rf"(?<!\d)(?:{_YEAR}|'?\d\d)[ ./-]{{1,3}}{_DAY}[ ./-]{{1,3}}{_MONTH}\b\.?", re.I)),
    (0.85, re.compile(rf"(?<!\d)'?\d\d[ ./-]{{1,3}}{_MONTH}[ ./-]{{1,3}}{_DAY}(?!\d)", re.I)),
    (0.80, re.compile(rf"\b{_MONTH}[ ./-]{{1,3}}{_YEAR}(?!\d)", re.I)),
    # without a year, which another line may hold; months that are no word of a console
    (0.75, re.compile(rf"(?<![^\s(*]){_DAY}[ ./-]{{1,2}}{_PLAIN_MONTH}\.?(?![^\s,;)])", re.I)),
    # a month that was misread, between a day and a year
    (0.75, re.compile(rf"{_WEEK}{_DAY}[ ./-]{{1,2}}[^\W\d]{{3,9}}[ .,;/'-]{{1,2}}{_YEAR}(?!\d)", re.I)),
    (0.75, re.compile(rf"{_WEEK}\b[^\W\d]{{3,9}}[ ./-]{{1,2}}{_DAY}[,;]? {_YEAR}(?!\d)", re.I)),
    (0.75, re.compile(rf"(?<!\S)\d{{1,2}}[ ./-]?(?!(?:mhz|khz)\b)[A-Za-z]{{3}}[ ./-]?(?:\d\d|{_YEAR})(?!\S)", re.I)),
)
# A time without a sign of one, behind a word that announces it: "Inj: 14.16", "Start 03-04".
_ANNOUNCED = re.compile(
    r"(?<![^\W_])(?:inj|start|end|scan|exposed|acq|time|zeit|uhrzeit|heure|ora|hora|taken|stored|printed)\b\W{0,3}"
    rf"(?P<time>{_HOUR}[ .-][0-5]\d(?:[ .-][0-5]\d(?:\.\d{{1,6}})?)?)(?!\d|[.,]\d)",
    re.I,
)
# A time whose hour, or the letters behind it, were read badly: "A:28PH".
_HALVED = re.compile(r"(?<![^\W_])[^\W_]{1,2}:[0-5]\d ?[AP][MHN](?![^\W_])", re.I)
_OLD, _YEARS = r"(?:0?9\d|1[01]\d)", r" ?(?:y|yr|yrs|years?|yo|j|jahre?|ans?|años|a)\b\.?"
_AGE = (
    re.compile(rf"(?<![\d.])(?P<age>{_OLD}{_YEARS})", re.I),
    re.compile(rf"\b{AGE_LABEL}\W{{0,3}}(?P<age>{_OLD}(?:{_YEARS})?)(?!\d)", re.I),
)
# What stands behind a label for an age, and what of it is certainly one below 90, or a sex.
_AGE_VALUE = re.compile(rf"\b{AGE_LABEL_IN_YEARS}(?:\s*[:=]\s*|\s+(?=\S+{_YEARS}))(?P<age>[^\s:=]{{1,4}})(?!\S)", re.I)
_YOUNG = re.compile(r"[(<~]?0*[1-8]?\d(?:[jamwdy]|yo|yrs?|ans)?[).,;?]?|[(]?[MFO][),;]?|\W*", re.I)
# Day, month and year of two digits with spaces between them, alone in their line: "4 17 19".
_SPACED = re.compile(r"\s*(?:[MFWmfw*]\s+)?(\d{1,2}) {1,2}(\d{1,2}) {1,2}(\d{2})[\s.,]*")
_AXIAL = re.compile(r"\b1?\d:[03]0\b(?=.*\b(?:cm|fn|breast|o'?clock)\b)|(?<=breast )\s*\b1?\d:[03]0\b", re.I)


def dates(text: str) -> Iterator[Span]:
    """Find every date, time and age over 89 in a line, and what may be such an age, read badly."""
    for match in _AGE_VALUE.finditer(text):
        value = match["age"]
        if not _YOUNG.fullmatch(value) and not (len(value) > 2 and value.lower() in plain_words()):
            start, end = match.span("age")
            yield Span(start=start, end=end, category="age", score=0.7, reason="an age that was read badly")
    if not any(map(str.isdigit, text)):
        return  # every form of them has one, and no letter is read as one where there is none
    numbers, plain = digitised(text), same_length(text)
    for category, score, pattern in _NUMERIC:
        for match in pattern.finditer(numbers):
            if category != "time" or not (_clock_face(match, numbers) or _measured(numbers, match.end())):
                yield _span(category, match.start(), match.end(), score)
    for source in dict.fromkeys((plain, same_length(lettered(text)), same_length(numbers))):
        for score, pattern in _WORDED:
            for match in pattern.finditer(source):
                if not _technical(match.group()):
                    yield _span("date", match.start(), match.end(), score)
    for match in _ANNOUNCED.finditer(numbers):
        if not _measured(numbers, match.end("time")):
            yield _span("time", match.start("time"), match.end("time"), 0.75)
    for match in _HALVED.finditer(numbers):
        yield _span("time", match.start(), match.end(), 0.75)
    yield from _spaced_date(numbers)
    for source in dict.fromkeys((numbers, text)):
        for match in chain.from_iterable(pattern.finditer(source) for pattern in _AGE):
            start, end = match.span("age")
            yield Span(start=start, end=end, category="age", score=0.9, reason="an age over 89")


def _technical(text: str) -> bool:
    """Tell whether the word between two numbers is a term, as in "73 mas 11", and no month that was misread."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return len(words) == 1 and not _MONTHLY.fullmatch(words[0]) and words[0] in term_kinds()


_MONTHLY = re.compile(_MONTH)


def _measured(text: str, end: int) -> bool:
    return bool(UNITS_AFTER_NUMBERS.match(text, end))


def _spaced_date(text: str) -> Iterator[Span]:
    if match := _SPACED.fullmatch(text):
        first, second, year = map(int, match.groups())
        low, high = sorted((first, second))
        # Numbers in equal steps label a scale.
        if 1 <= low <= 12 and high <= 31 and second - first != year - second:
            yield _span("date", match.start(1), match.end(3), 0.7)


def _clock_face(match: re.Match[str], text: str) -> bool:
    """Tell whether what looks like a time says where in a breast something lies."""
    return any(clock.start() <= match.start() < clock.end() for clock in _AXIAL.finditer(text))


def _span(category: str, start: int, end: int, score: float) -> Span:
    return Span(start=start, end=end, category=category, score=score, reason=f"has the form of a {category}")
