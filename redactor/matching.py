"""Find a header's names, numbers and dates in a line of text, through OCR confusions and other writings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from .dicom import Identity, Known
from .folding import Folded, fold, skeleton, unaccented
from .spans import Span
from .vocabulary import INSTITUTIONS, TITLES, plain_words, term_kinds, words

# Similarity, 0 to 100, from which a whole value counts as found; lower for long ones, which chance cannot hit.
_WHOLE = {6: 92.0, 9: 86.0, 14: 80.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Needle:
    """A folded piece of a header value. `whole` needles may hide in running text, others match words."""

    text: str
    known: Known
    whole: bool


def needles_of(identity: Identity) -> tuple[Needle, ...]:
    """Prepare the header's values for `matches`, once for a whole file."""
    return tuple(dict.fromkeys(needle for known in identity.entries for needle in _needles(known)))


def matches(text: str, needles: tuple[Needle, ...]) -> list[Span]:
    """Find header values in one line."""
    folded = fold(text)
    words = [
        (match.start(), match.end(), skeleton(match.group())) for match in re.finditer(r"[^\W_]+(?:'[^\W_]+)?", text)
    ]
    found: list[Span] = []
    for needle in needles:
        if needle.whole:
            found += _whole(needle, folded, text)
        else:
            found += (_span(needle, start, end, text) for start, end, word in words if _same(word, needle.text))
    return [span for span in found if not _harmless(span, text)]


def _needles(known: Known) -> Iterator[Needle]:
    if known.kind == "date" and known.day:
        for writing in _compact(known.day):
            yield Needle(text=skeleton(writing), known=known, whole=True)
        return
    if known.kind == "time":
        return  # any time of day is masked by its pattern; comparing it would only add chance hits
    parts = [skeleton(part) for part in re.split(r"[\s^,;/]+", known.text)]
    for text in {"".join(parts), "".join(reversed(parts)), "".join(parts[:2]), "".join(reversed(parts[:2]))}:
        if len(text) >= 4:
            yield Needle(text=text, known=known, whole=True)
    if known.kind in ("name", "person"):
        # A long part may have come apart: QUAS TEL MANN.
        for part in parts:
            if len(part) >= 7:
                yield Needle(text=part, known=known, whole=True)
        for word, part in zip(re.split(r"[\s^,;/]+", known.text), parts, strict=True):
            if len(part) >= 2 and unaccented(word).lower().strip(".") not in TITLES:
                yield Needle(text=part, known=known, whole=False)
    elif known.kind in ("institution", "address"):
        for word, part in zip(re.split(r"[\s^,;/]+", known.text), parts, strict=True):
            if len(part) >= 4 and word.lower() not in plain_words() | INSTITUTIONS:
                yield Needle(text=part, known=known, whole=False)
    elif len(parts[0]) in (1, 2, 3):
        yield Needle(text="".join(parts), known=known, whole=False)


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
    length = len(needle)
    allowed = 0.0 if length < 4 else 0.5 if length == 4 else 1.0 if length < 8 else 2.0
    most = int(allowed / _CONFUSED)  # edits, were all of them cheap
    if len(word) < 4 or abs(len(word) - length) > allowed:
        return False
    return Levenshtein.distance(word, needle, score_cutoff=most) <= most and _cost(word, needle) <= allowed


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
    if length < 6:
        for match in re.finditer(re.escape(needle.text), folded.text):
            span = _span(needle, folded.starts[match.start()], folded.ends[match.end() - 1], text)
            if _stands_alone(span, text):
                yield span
        return
    cutoff = next(score for size, score in reversed(_WHOLE.items()) if length >= size)
    hit = fuzz.partial_ratio_alignment(needle.text, folded.text, score_cutoff=cutoff)
    if hit and hit.dest_end - hit.dest_start >= 0.7 * length:
        yield _span(needle, folded.starts[hit.dest_start], folded.ends[hit.dest_end - 1], text)


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
