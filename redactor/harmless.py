"""Find forms that identify nobody, whatever a classifier makes of the words in them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from .labelled import label_alone
from .spans import Span
from .tokens import SETTINGS, Token

# A date written in numbers, and the sex behind it, as the headlines of ultrasound scanners have it: "DOB: 04/05/1961 M"
_SEX = re.compile(r"(?<!\d)\d{1,4}[./-]\d{1,2}[./-]\d{2,4}[ ,;]+(?P<sex>[([]?[MFO][)\]]?)(?=[\s,;]|$)")
# Mechanical and thermal index (of soft tissue, bone, skull), English, French, Spanish, as IEC 60601-2-37 wants them
# shown: "TIB 0.2". Beside the clock they look like a part of it.
_INDEX = re.compile(r"(?<!\S)(?:MI|IM|TI[SBC]?|IT[SMOC]?)(?: *[=:<] *| +)\d\.\d{1,2}(?=\s|$)", re.IGNORECASE)
_EXPLAINS = frozenset({"technique", "interface", "word", "unit", "symbol"})


def harmless(tokens: Sequence[Token], text: str) -> Iterator[Span]:
    """Yield a span for a label without a value, a sex behind a date, an acoustic index, settings of single characters.

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
    for match in _SEX.finditer(text):
        yield _span(match.start("sex"), match.end("sex"), "other", "a sex behind a date")
    for match in _INDEX.finditer(text):
        yield _span(match.start(), match.end(), "measurement", "an acoustic index")
    if tokens and SETTINGS.fullmatch(tokens[-1].text) and all(token.kind in _EXPLAINS for token in tokens[:-1]):
        yield _span(0, tokens[-1].end, "technique", "single characters between strokes")


def without(span: Span, clear: Sequence[Span], text: str) -> Span:
    """Return a span of a line's text without a harmless one, and the space behind it, that it begins with."""
    for other in clear:
        if other.start <= span.start < other.end < span.end:
            rest = text[other.end : span.end]
            return replace(span, start=span.end - len(rest.lstrip()))
    return span


def _span(start: int, end: int, category: str, reason: str) -> Span:
    return Span(start=start, end=end, category=category, score=1.0, reason=reason)
