"""Find a header's names, numbers and dates in a line of text, through OCR confusions and other writings."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import attrgetter

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from .dicom import Identity, Known
from .dicom.identity import Kind
from .folding import Folded, fold, skeleton, unaccented
from .spans import Span
from .vocabulary import INSTITUTIONS, TITLES, plain_words, term_kinds, words

# Similarity, 0 to 100, from which a whole value counts as found; lower for long ones, which chance cannot hit.
_WHOLE = {6: 92.0, 9: 86.0, 14: 80.0}
_SHORTEST, _LEAST = min(_WHOLE), min(_WHOLE.values()) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Needle:
    """A folded piece of a header value. `whole` needles may hide in running text, others match words."""

    text: str
    known: Known
    whole: bool


class Needles:
    """A header's values, prepared for `matches`; empty where there are none.

    Parameters
    ----------
    needles : iterable of Needle
        In the order in which what they match is reported.
    """

    def __init__(self, needles: Iterable[Needle]) -> None:
        self._all = tuple(needles)
        texts = [needle.text for needle in self._all]
        whole = np.array([needle.whole for needle in self._all], bool)
        short = np.array([len(text) < _SHORTEST for text in texts], bool)
        self._long, self._short, self._words = (
            np.flatnonzero(kind) for kind in (whole & ~short, whole & short, ~whole)
        )
        self._long_texts, self._word_texts = ([texts[at] for at in places] for places in (self._long, self._words))
        # Scores come as float32 there: what is nearer than they can tell is compared again.
        self._cutoffs = np.array([_cutoff(len(text)) - 0.01 for text in self._long_texts], np.float32)
        self._edits = np.array([int(_allowed(len(text)) / _CONFUSED) for text in self._word_texts], np.uint8)
        self._found: dict[str, tuple[Span, ...]] = {}

    def __bool__(self) -> bool:
        return bool(self._all)

    def near(self, folded: str, words: list[str]) -> list[Needle]:
        """Return the needles that may be in a folded line with these folded words; no other is."""
        places = [at for at in self._short.tolist() if self._all[at].text in folded]
        if folded and self._long_texts:
            scores = process.cdist([folded], self._long_texts, scorer=fuzz.partial_ratio, score_cutoff=_LEAST)[0]
            places += self._long[scores >= self._cutoffs].tolist()
        if words and self._word_texts:
            edits = process.cdist(words, self._word_texts, scorer=Levenshtein.distance, dtype=np.uint8)
            places += self._words[(edits <= self._edits).any(axis=0)].tolist()
        return [self._all[at] for at in sorted(places)]

    def found_in(self, text: str) -> tuple[Span, ...]:
        """Return what is found in a line; lines come again, in the files of a study and from caller to caller."""
        found = self._found.get(text)
        if found is None:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            found = self._found[text] = tuple(_found_in(text, self))
        return found


# Lines whose spans are remembered with the values that they are compared with.
_REMEMBERED = 1024


def needles_of(identity: Identity) -> Needles:
    """Prepare the header's values for `matches`."""
    # Any time of day is masked by its pattern; comparing it would only add chance hits.
    return _prepared(tuple(_EXACTLY(known) for known in identity.entries if known.kind != "time"))


# All of a value: two that are equal may be from different elements.
_EXACTLY = attrgetter("kind", "text", "day", "keyword", "tag", "origin")


@lru_cache(maxsize=4)
def _prepared(entries: tuple[tuple[Kind, str, date | None, str, str, str], ...]) -> Needles:
    """Prepare values; those of one file are asked for more than once, and its study's other files may have the same."""
    return Needles(
        Needle(text=writing, known=known, whole=whole)
        for kind, text, day, keyword, tag, origin in entries
        for known in [Known(kind=kind, text=text, day=day, keyword=keyword, tag=tag, origin=origin)]
        for writing, whole in _writings(kind, text, day)
    )


def matches(text: str, needles: Needles) -> list[Span]:
    """Find header values in one line."""
    return list(needles.found_in(text))


def _found_in(text: str, needles: Needles) -> Iterator[Span]:
    words = [
        (match.start(), match.end(), skeleton(match.group())) for match in re.finditer(r"[^\W_]+(?:'[^\W_]+)?", text)
    ]
    near = needles.near(skeleton(text), [word for _, _, word in words])
    folded = fold(text) if any(needle.whole for needle in near) else None
    for needle in near:
        if needle.whole and folded is not None:
            found = _whole(needle, folded, text)
        else:
            found = (_span(needle, start, end, text) for start, end, word in words if _same(word, needle.text))
        yield from (span for span in found if not _harmless(span, text))


@lru_cache(maxsize=4096)
def _writings(kind: Kind, text: str, day: date | None) -> tuple[tuple[str, bool], ...]:
    """Return the folded writings of a value, each with whether it is `whole`: a study's files know the same values."""
    return tuple(dict.fromkeys(_written(kind, text, day)))


def _written(kind: Kind, text: str, day: date | None) -> Iterator[tuple[str, bool]]:
    if kind == "date" and day:
        yield from ((skeleton(writing), True) for writing in _compact(day))
        return
    words = re.split(r"[\s^,;/]+", text)
    parts = [skeleton(word) for word in words]
    for joined in ("".join(parts), "".join(reversed(parts)), "".join(parts[:2]), "".join(reversed(parts[:2]))):
        if len(joined) >= 4:
            yield joined, True
    if kind in ("name", "person"):
        # A long part may have come apart: QUAS TEL MANN.
        yield from ((part, True) for part in parts if len(part) >= 7)
        for word, part in zip(words, parts, strict=True):
            if len(part) >= 2 and unaccented(word).lower().strip(".") not in TITLES:
                yield part, False
    elif kind in ("institution", "address"):
        for word, part in zip(words, parts, strict=True):
            if len(part) >= 4 and word.lower() not in plain_words() and word.lower() not in INSTITUTIONS:
                yield part, False
    elif len(parts[0]) in (1, 2, 3):
        yield "".join(parts), False


def _compact(day: date) -> tuple[str, ...]:
    """Return a date in every order, with years of four digits and two, without separators and padding."""
    padded = [f"{day:{form}}" for form in ("%Y%m%d", "%d%m%Y", "%m%d%Y", "%y%m%d", "%d%m%y", "%m%d%y")]
    plain = [f"{day.year}{day.month}{day.day}", f"{day.day}{day.month}{day.year}", f"{day.month}{day.day}{day.year}"]
    return tuple(dict.fromkeys((*padded, *plain)))


# What readers confuse beyond what folding makes equal; these cost less than other substitutions.
_ALIKE = frozenset(
    pair.upper() for pair in words("6g 4a 7t 9g ce co cg ou uv uy vy nh nm ae ft fe fp pr gq yj hb kx ij it ar wm")
)
_CONFUSED = 0.4


def _same(word: str, needle: str) -> bool:
    """Tell whether a word is a needle but for what a reader confuses, and a letter or two of a long one."""
    if word == needle:
        return True
    allowed = _allowed(len(needle))
    return len(word) >= 4 and abs(len(word) - len(needle)) <= allowed and _cost(word, needle) <= allowed


def _allowed(length: int) -> float:
    """Return what the edits of a word that long may cost together."""
    return 0.0 if length < 4 else 0.5 if length == 4 else 1.0 if length < 8 else 2.0


def _cost(word: str, needle: str) -> float:
    """Add up the edits between two folded words, cheap ones where the letters look alike."""
    total = 0.0
    for edit in Levenshtein.editops(word, needle):
        if edit.tag == "replace" and _look_alike(word[edit.src_pos], needle[edit.dest_pos]):
            total += _CONFUSED
        else:
            total += 1.0
    return total


def _look_alike(one: str, other: str) -> bool:
    return one + other in _ALIKE or other + one in _ALIKE


def _whole(needle: Needle, folded: Folded, text: str) -> Iterator[Span]:
    length = len(needle.text)
    if len(folded.text) < length * 0.7:
        return
    if length < _SHORTEST:
        for match in re.finditer(re.escape(needle.text), folded.text):
            span = _span(needle, folded.starts[match.start()], folded.ends[match.end() - 1], text)
            if _stands_alone(span, text):
                yield span
        return
    hit = fuzz.partial_ratio_alignment(needle.text, folded.text, score_cutoff=_cutoff(length))
    if hit and hit.dest_end - hit.dest_start >= 0.7 * length:
        yield _span(needle, folded.starts[hit.dest_start], folded.ends[hit.dest_end - 1], text)


def _cutoff(length: int) -> float:
    return next(score for size, score in reversed(_WHOLE.items()) if length >= size)


def _stands_alone(span: Span, text: str) -> bool:
    return not text[span.start - 1 : span.start].isalnum() and not text[span.end : span.end + 1].isalnum()


def _span(needle: Needle, start: int, end: int, text: str) -> Span:
    # A hit that begins or ends inside a word takes the whole word: half a name is a name.
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return Span(
        start=start,
        end=end,
        category=needle.known.kind,
        score=0.99 if needle.whole else 0.9,
        reason="matches the header",
        element=needle.known.element,
    )


def _harmless(span: Span, text: str) -> bool:
    """Tell whether a hit is a term like L, PA or a maker's name, or a number too short to say anything."""
    hit = text[span.start : span.end]
    kind = term_kinds().get(hit.lower())
    if kind:
        # A patient called "TEST": the whole line is what the header says, and no orientation or unit.
        return kind in ("laterality", "position", "unit") or span.category != "name" or hit != text.strip()
    if hit.isdigit():
        return len(hit) < 4
    if span.score < 0.99 and hit.lower() in plain_words():
        # Of a name that is an ordinary word too, running text says nothing.
        return len(re.findall(r"[^\W\d_]{2,}", text)) >= 5
    # One letter is an initial or an orientation; the rules for initials decide.
    return len(hit) < 2 or (len(hit) == 2 and span.category != "id" and hit.islower())
