"""Initials: of the people whom a header names, and letters alone beside the markers of radiographs."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import permutations

from .dicom import Identity
from .folding import unaccented
from .spans import Span
from .tokens import Token
from .vocabulary import TERMS, TITLES

# Where technologists put their own letters of lead beside the side marker (PS3.3 C.7.3.1.1.1). Without a header
# it may be one of these.
_RADIOGRAPHS = frozenset({"", "CR", "DX", "RG", "MG", "PX", "IO", "RF", "XA", "OT", "SC"})
# Sides and ends of the body, the sexes, and signs that stand alone on any image.
_LETTERS = frozenset("LRAPHFISMX")
# Terms that a header's initials never turn into a person; nor do views, and orientations such as RAI.
_TERMS = frozenset({"laterality", "device", "unit"})
_VIEWS = frozenset(["CC", "ML", "LM", "MLO", "LMO", "XCC", "AT", "CV", "LAT", "OBL", "DEC"])
_ORIENTATION = frozenset("LRAPHFSI")
# Carotids: a side stands beside them on ultrasound images.
_VESSELS = frozenset(["CCA", "ICA", "ECA"])


def initials_of(identity: Identity) -> Mapping[str, str]:
    """Return the initials of the header's people, upper case, each with its element."""
    found: dict[str, str] = {}
    for known in identity.of("name", "person"):
        words = [word for word in re.findall(r"[^\W\d_]+", unaccented(known.text)) if word.lower() not in TITLES]
        letters = [word[0].upper() for word in words[:3]]
        for count in (2, 3):
            for order in permutations(letters, count):
                found.setdefault("".join(order), known.element)
    return found


def matched_initials(tokens: Sequence[Token], initials: Mapping[str, str]) -> list[Span]:
    """Find the header's initials among a line's words.

    In capitals, with or without full stops. A word that is a term as well counts only where it is alone in its
    line, and not at all where it says a side, a view, a unit or a device.
    """
    spans = []
    for token in tokens:
        letters = token.text.replace(".", "")
        element = initials.get(letters)
        if element is None or token.kind in _TERMS or (token.kind == "position" and _view(letters)):
            continue
        if token.kind not in ("short", "unknown") and len(tokens) > 1:
            continue
        spans.append(_person(token, 0.85, "initials of a person in the header", element))
    return spans


def _view(letters: str) -> bool:
    return letters in _VIEWS or _ORIENTATION.issuperset(letters)


def lead_letters(tokens: Sequence[Token], text: str, modality: str) -> list[Span]:
    """Doubt letters with which technologists sign radiographs, though they may be terms elsewhere.

    One letter alone in its line that is no orientation, and two or three capitals alone beside a side.
    """
    if modality not in _RADIOGRAPHS or not re.fullmatch(r"[\s.,:()]*[^\W\d_]+[\s.,:()]*(?:[^\W\d_]+[\s.,:()]*)?", text):
        return []
    if len(tokens) == 1 and len(tokens[0].text) == 1 and tokens[0].text.upper() not in _LETTERS:
        return [_person(tokens[0], 0.5, "a letter alone that is no orientation")]
    sides = [token.kind == "laterality" for token in tokens]
    if len(tokens) == 2 and sides.count(True) == 1:
        other = tokens[sides.index(False)]
        if (
            re.fullmatch(r"[A-Z]{2,3}", other.text)
            and other.kind in _SIGNED
            and not _view(other.text)
            and other.text not in _VESSELS
        ):
            return [_person(other, 0.5, "letters beside a side marker that are no view")]
    return []


def is_setting(text: str, modality: str) -> bool:
    """Tell whether a line is two or three capitals and a small number, with its unit or without: PST 4.

    On images that nobody signs in lead.
    """
    setting = _SETTING.fullmatch(text.strip())
    return modality not in _RADIOGRAPHS and setting is not None and (setting["unit"] or "%").lower() in TERMS["unit"]


_SETTING = re.compile(r"[A-Z%][A-Z/]{1,2}[ :=]{1,2}-?\d{1,3}(?:[.,]\d{1,2})? ?(?P<unit>[^\W\d_]+(?:/[^\W\d_]+)?|%)?")


def bracketed_initials(text: str) -> list[Span]:
    """Find two or three capitals in angle brackets that are no view: people sign so, and consoles name nothing so."""
    return [
        Span(start=match.start(), end=match.end(), category="person", score=0.6, reason="letters in angle brackets")
        for match in re.finditer(r"<([A-Z]{2,3})>", text)
        if match[1].lower() not in TERMS["position"] | TERMS["laterality"]
    ]


def spaced_initials(tokens: Sequence[Token]) -> list[Span]:
    """Doubt two to four capitals that are a line, with spaces between them, unless all of them are orientations."""
    letters = [token.text for token in tokens]
    if not 2 <= len(letters) <= 4 or not all(len(letter) == 1 and letter.isupper() for letter in letters):
        return []
    if _ORIENTATION.issuperset(letters):
        return []
    whole = replace(tokens[0], end=tokens[-1].end)
    return [_person(whole, 0.5, "letters alone, not all of them orientations")]


# Kinds of which a word of two or three capitals says little beside a side marker.
_SIGNED = frozenset({"unit", "technique", "measurement", "interface", "device", "other"})


def _person(token: Token, score: float, reason: str, element: str | None = None) -> Span:
    return Span(start=token.start, end=token.end, category="person", score=score, reason=reason, element=element)
