"""Combine what the rules know of a line with the classifier's opinion of it, so that doubt masks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..model.categories import CATEGORIES, Category
from .folding import unaccented
from .house_numbers import house_numbers
from .name_words import ALSO_NAMES
from .policy import Mode, Policy
from .spans import Span
from .tokens import namelike
from .vocabulary import INSTITUTIONS, MONTHS, NAMES, WEAK_INSTITUTIONS, plain_words

# So sure must the classifier be before it masks a word that the rules know and that is no name: it has seen too few.
SURE = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the rules say about one line.

    Attributes
    ----------
    certain : tuple of Span
        Matches of the header, things with an identifying form, and what could not be read.
    doubts : tuple of Span
        Words that no rule explains, with the category that they most resemble.
    known : tuple of Span
        Words that the rules explain, with their harmless categories. Doubts and known words cover the line.
    """

    certain: tuple[Span, ...]
    doubts: tuple[Span, ...]
    known: tuple[Span, ...]

    def with_all(self, text: str, *, category: Category, score: float, reason: str) -> "Evidence":
        """Return the same with a certain span over all of the line's text."""
        span = Span(start=0, end=len(text), category=category, score=score, reason=reason)
        return replace(self, certain=(*self.certain, span))


def combine(
    evidence: Evidence, opinion: NDArray[np.float32] | None, policy: Policy, text: str
) -> tuple[list[Span], list[Span]]:
    """Return what is masked of a line and what is kept of it; they may overlap, and masked wins.

    What the rules are certain of is masked whatever the classifier says. Doubts are masked unless the classifier
    is sure that they are harmless. Of those that may be names it must be surer, and surer still where no known word
    stands in the line: of a name alone it knows little more than of the name of a protocol; but not of settings, nor of
    words that may be known ones, misread, among others that are known. Known words are kept unless
    it is sure that they are not, or the policy masks their category. Without a classifier every doubt is masked.
    Numbers beside a masked word that may be a street's name are those of houses.

    Parameters
    ----------
    evidence : Evidence
        What the rules say.
    opinion : float32[characters, categories] or None
        Probabilities in the order of `CATEGORIES`; None without a classifier.
    policy : Policy
        Its categories and the thresholds `suspect`, `suspect_words`, `suspect_alone` and `overrule`.
    text : str
        Of the line.
    """
    masked = [span for span in evidence.certain if policy.masks(span.category)]
    kept = [span for span in evidence.certain if not policy.masks(span.category)]
    # What a category that is kept covers, is explained by it.
    doubts = [span for span in evidence.doubts if not _inside(span, kept)]
    known = [span for span in evidence.known if not _inside(span, kept)]
    # Most lines hold no doubt, and are not looked through for words.
    among_words = bool(doubts) and _among_words(known, text)
    names_from = policy.suspect_words if among_words else policy.suspect_alone
    for span in doubts:
        harmless = span.setting or (span.near and among_words) or not namelike(text, span.start, span.end)
        threshold = policy.suspect if harmless else names_from
        verdict = span if opinion is None else _verdict(span, opinion, policy, threshold)
        (masked if opinion is None or policy.masks(verdict.category) else kept).append(verdict)
    thresholds = _overrules(known, text, policy)
    for span, threshold in zip(known, thresholds, strict=True):
        if policy.masks(span.category):
            masked.append(replace(span, reason="the policy masks this category"))
            continue
        verdict = span if opinion is None else _verdict(span, opinion, policy, threshold)
        if policy.masks(verdict.category):
            masked.append(verdict)
        else:
            kept.append(span)
    if policy.masks("address"):
        masked += house_numbers(kept, masked, text)
    return masked, kept


def _among_words(known: Sequence[Span], text: str) -> bool:
    """Tell whether a line holds a known word of two letters that is nobody's name, and no institution's word."""
    if not INSTITUTIONS.isdisjoint(re.findall(r"[^\W\d_]+", text.lower())):
        return False
    words = (unaccented(text[span.start : span.end]).lower() for span in known)
    return any(sum(map(str.isalpha, word)) >= 2 and word not in ALSO_NAMES and word not in NAMES for word in words)


def _overrules(known: Sequence[Span], text: str, policy: Policy) -> list[float]:
    """Return for each known word from which probability on the classifier's opinion counts more than the rules.

    More is needed for a word that is no name, a value with its unit and signs alone, and, where such a word is in the
    line, for views and organs of three letters, for what is measured where the line ends with a value, and for one or
    two digits that are all the digits of the line; but not in lines with an institution's word, whose name may be of
    such words, or with a month.
    """
    words = [text[span.start : span.end] for span in known]
    no_names = [_no_name(word) for word in words]
    sure = [bool(_SAYS_NOTHING.fullmatch(word)) for word in words]
    if any(no_names) and WEAK_INSTITUTIONS.isdisjoint(text.lower().split()):
        few_digits = 1 <= sum(map(str.isdigit, text)) <= 2 and not _MONTH.search(text)
        measured = _MEASURED.search(text) is not None
        sure = [
            one
            or no_name
            or (len(word) == 3 and span.category in ("position", "anatomy"))
            or (measured and len(word) in (2, 3) and span.category in ("anatomy", "measurement"))
            or (few_digits and word.isdigit())
            for one, no_name, word, span in zip(sure, no_names, words, known, strict=True)
        ]
    return [max(policy.overrule, SURE) if one else policy.overrule for one in sure]


# A value with its unit; a zero may have been read as a letter.
MEASURE = r"[O\d]\d{0,2}(?:[.,]\d{1,2})? ?(?:bpm|[km]?hz|db|[cm]?m/s|[cm]m|ms|mmhg|%)"
_SAYS_NOTHING = re.compile(rf"{MEASURE}|[^\w\s]+", re.IGNORECASE)
_MEASURED = re.compile(rf"{MEASURE}\s*$", re.IGNORECASE)
_MONTH = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(MONTHS)})", re.IGNORECASE)


def _no_name(word: str) -> bool:
    """Tell whether a word is known, of four letters or more, nobody's name; the space before a number may be lost."""
    low = re.sub(r"(?<=[^\W\d_])\d{1,2}$", "", unaccented(word).lower())
    return len(low) >= 4 and low in plain_words() and low not in ALSO_NAMES


def identifying(opinion: NDArray[np.float32], start: int, end: int, policy: Policy) -> float:
    """Return the probability that characters [start, end) belong to a category that the policy masks.

    The mean over the characters: a word is judged as one.
    """
    masked = _columns(policy.mode, policy.kept)[True]
    sums = np.add.reduce(opinion[start:end, masked], axis=1)
    return float(np.add.reduce(sums) / np.float32(len(sums)))


def _verdict(span: Span, opinion: NDArray[np.float32], policy: Policy, threshold: float) -> Span:
    """Name a span after the classifier: by a masked category unless the probability of one is below the threshold."""
    share = identifying(opinion, span.start, span.end, policy)
    masks = not share < threshold  # written so that no number masks as well
    means = (np.add.reduce(opinion[span.start : span.end], axis=0) / np.float32(span.end - span.start)).tolist()
    candidates = _columns(policy.mode, policy.kept)[masks]
    best = CATEGORIES[max(candidates, key=means.__getitem__, default=-1)]
    if not masks:
        return replace(span, category=best, score=1 - share, reason="the classifier finds it harmless")
    return replace(span, category=best, score=share, reason=f"{span.reason}; the classifier does not clear it")


@lru_cache(maxsize=8)
def _columns(mode: Mode, kept: tuple[Category, ...]) -> tuple[list[int], list[int]]:
    """Return the columns of opinions for the categories that a policy keeps, and for those that it masks."""
    masks = [Policy(mode=mode, kept=kept).masks(category) for category in CATEGORIES]
    keeps, masked = ([index for index, value in enumerate(masks) if value is wanted] for wanted in (False, True))
    return keeps, masked


def _inside(span: Span, others: Sequence[Span]) -> bool:
    return any(other.start <= span.start and span.end <= other.end for other in others)
