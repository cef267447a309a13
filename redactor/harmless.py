"""Find forms that identify nobody, whatever a classifier makes of the words in them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..model.categories import Category
from .labelled import label_alone
from .spans import Span
from .tokens import SETTINGS, Token
from .vocabulary import AGE_LABEL_IN_YEARS, plain_words, words

# A date written in numbers, and the sex behind it, as the headlines of ultrasound scanners have it: "DOB: 04/05/1961 M"
_SEX = re.compile(r"(?<!\d)\d{1,4}[./-]\d{1,2}[./-]\d{2,4}[ ,;]+(?P<sex>[([]?[MFO][)\]]?)(?=[\s,;]|$)")
# Mechanical and thermal index (of soft tissue, bone, skull), English, French, Spanish, as IEC 60601-2-37 wants them
# shown: "TIB 0.2". Beside the clock they look like a part of it.
_INDEX = re.compile(r"(?<!\S)(?:MI|IM|TI[SBC]?|IT[SMOC]?)(?: *[=:<] *| +)\d\.\d{1,2}(?=\s|$)", re.IGNORECASE)
# Sides joined by an x: "24 x 30", "20x20x20 mm".
_SIDE = r"\d{1,4}(?:[.,]\d{1,2})?"
_SIZE = re.compile(
    rf"(?<![\w.,:/-])(?P<sides>{_SIDE}(?: ?[x×] ?{_SIDE}){{1,2}})(?: ?(?:mm|cm|px))?(?![\w/:-]|[.,]\d)", re.IGNORECASE
)
# Ages below 90 (45 CFR 164.514(b)(2)(i)(C)), and what stands behind them.
_AGE, _YEARS = r"0?[1-8]?\d", r"(?:y|yrs?|years?|y/o|yo|jahre|ans|años|anos|anni)\.?"
# Of windows, in stored values.
_LEVEL = r"-?\d{1,5}"
# Lines that have such a form as a whole: the form, category and reason.
_FORMS: tuple[tuple[str, Category, str], ...] = (
    (r"(?:sex|gender|geschlecht|sexe|sexo|sesso)[ :=/.]*[([]?[MFO][)\]]?", "other", "a sex behind its label"),
    (rf"{AGE_LABEL_IN_YEARS}[ :=]+{_AGE}(?: ?{_YEARS})?", "other", "an age below 90"),
    (rf"[MFO] ?/ ?{_AGE}(?: ?{_YEARS})?", "other", "a sex and an age below 90"),
    (rf"[MFO][ ,]+{_AGE} ?{_YEARS}", "other", "a sex and an age below 90"),
    (rf"{_AGE} ?{_YEARS}[ ,/]+[MFO]", "other", "a sex and an age below 90"),
    (r"DR[ :=]*\d{1,3} ?dB", "technique", "a dynamic range"),
    (r"(?:PAT|PT|TEE)\.? ?T(?:EMP)?\.?[ :=<]*\d{2}[.,]\d ?°?C", "measurement", "a temperature"),
    (r"(?-i:[\[(]{1,2}hp[\])]{0,2}|hp[\])]{1,2})", "device", "a maker's mark"),
    (rf"WW?[ :=]*{_LEVEL}[ ,/]+(?:C|W?L|WC)[ :=]*{_LEVEL}", "technique", "a window"),
    (rf"(?:C|W?L|WC)[ :=]*{_LEVEL}[ ,/]+WW?[ :=]*{_LEVEL}", "technique", "a window"),
)
_WHOLE = tuple((re.compile(form, re.IGNORECASE), category, reason) for form, category, reason in _FORMS)
# Projections (PS3.16 CID 4009 to 4015), with or without a side, joined as on radiographs and in menus: R-MLO, AP/PA.
_PROJECTIONS = words("ap pa lat mlo cc ml lm lmo xcc xccl rcc lcc rmlo lmlo lao rao obl cran caud")
_SIDES = words("l r lt rt left right")
# What joins words in several languages; names have some of them too, and two of these letters may be initials.
_LINKS = words(
    """
a al and at au aux by con d da das de del della der des di die do dos du e el en et for from im in la le les mit nach
of on or oder ou per pour sans the to und van vom von with y zu zum zur à
"""
)
_EXPLAINS = frozenset({"technique", "interface", "word", "unit", "symbol"})


def harmless(tokens: Sequence[Token], text: str) -> Iterator[Span]:
    """Yield a span for each form that identifies nobody.

    A label without a value, a sex, an age below 90, a window, a dynamic range, a temperature, a
    maker's mark, an acoustic index, a size, projections, settings of single characters, what joins two known words.

    What matches the header, or has an identifying form, is masked all the same: of overlapping spans the masked win.

    Parameters
    ----------
    tokens : sequence of Token
        Of the line.
    text : str
        Of the line.
    """
    if label_alone(text):
        yield _span(0, len(text), "interface", "a label without a value")
    stripped = text.strip()
    for form, category, reason in _WHOLE:
        if form.fullmatch(stripped):
            yield _span(0, len(text), category, reason)
    if _projections(stripped):
        yield _span(0, len(text), "position", "a projection")
    for match in _SEX.finditer(text):
        yield _span(match.start("sex"), match.end("sex"), "other", "a sex behind a date")
    for match in _INDEX.finditer(text):
        yield _span(match.start(), match.end(), "measurement", "an acoustic index")
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token.text.lower() in _LINKS and _known(before) and _known(after):
            yield _span(token.start, token.end, "other", "joins two known words")
    for match in filter(_no_date, _SIZE.finditer(text)):
        yield _span(match.start(), match.end(), "measurement", "a size")
    if tokens and SETTINGS.fullmatch(tokens[-1].text) and all(token.kind in _EXPLAINS for token in tokens[:-1]):
        yield _span(0, tokens[-1].end, "technique", "single characters between strokes")


def _known(token: Token) -> bool:
    return len(token.text) >= 4 and token.text.lower() in plain_words()


def _no_date(size: re.Match[str]) -> bool:
    """Tell whether the sides of a size cannot be a day, a month and a year between strokes that were misread."""
    sides = re.split(r" ?[x×] ?", size["sides"], flags=re.IGNORECASE)
    return len(sides) == 2 or not all(map(str.isdigit, sides)) or all(int(side) > 12 for side in sides)


def _projections(text: str) -> bool:
    """Tell whether a text is two or three words joined, sides and projections."""
    parts = re.split(r"[-/ ]", text.lower())
    return 2 <= len(parts) <= 3 and not _PROJECTIONS.isdisjoint(parts) and set(parts) <= _PROJECTIONS | _SIDES


def without(span: Span, clear: Sequence[Span], text: str) -> Span:
    """Return a span of a line's text without a harmless one, and the space behind it, that it begins with."""
    for other in clear:
        if other.start <= span.start < other.end < span.end:
            rest = text[other.end : span.end]
            return replace(span, start=span.end - len(rest.lstrip()))
    return span


def _span(start: int, end: int, category: Category, reason: str) -> Span:
    return Span(start=start, end=end, category=category, score=1.0, reason=reason)
