"""Lines in scripts that the reader does not know: it learns to say so, letter by letter, instead of guessing."""

import unicodedata
from collections.abc import Sequence
from functools import cache

import numpy as np

from .draws import chance, digits, pick, weighted, whole
from .fonts import Font
from .strings import FOREIGN, Script

# Letters that stand alone: marks that share a letter's column would be two characters at one place.
_RANGES: dict[str, tuple[tuple[int, int], ...]] = {
    "Cyrillic": ((0x410, 0x44F), (0x410, 0x44F), (0x404, 0x407), (0x454, 0x457)),
    "Greek": ((0x391, 0x3A1), (0x3A3, 0x3A9), (0x3B1, 0x3C9), (0x3AC, 0x3AF)),
    "Hebrew": ((0x5D0, 0x5EA),),
    "Arabic": ((0xFE8D, 0xFEF4),),  # the forms by place in the word, so that no shaping is needed
    "Armenian": ((0x531, 0x556), (0x561, 0x586)),
    "Georgian": ((0x10D0, 0x10F0),),
    "Devanagari": ((0x905, 0x914), (0x915, 0x939)),
    "Thai": ((0xE01, 0xE2E), (0xE40, 0xE44)),
    "kana": ((0x3042, 0x3093), (0x30A2, 0x30F3)),
    "Hangul": ((0xAC00, 0xD7A3),),
}
_SHARES = (
    (30, "Cyrillic"), (11, "Greek"), (9, "Hebrew"), (11, "Arabic"), (4, "Armenian"), (5, "Georgian"), (6, "Devanagari"),
    (6, "Thai"), (7, "kana"), (11, "Han"), (8, "Hangul"),
)  # fmt: skip
# Letters of those scripts that look like Latin ones: a word of nothing else may be Latin.
_ALIKE = frozenset("АВЕЅІЈКМНОРСТУХаеорсухіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧοικνυρתוסאסון๐เ")
_FREQUENT = {"Cyrillic": "оеаинтсрвлкм" * 8, "Greek": "αοιετσνηυρπκμλς" * 3}
_CASED = ("Cyrillic", "Greek", "Armenian")
_DENSE = ("kana", "Han", "Hangul")
# A font is asked for so many letters of a script before it is taken to hold it.
_PROBES = 12


@cache
def letters_of(script: str) -> str:
    """Return the letters of a script, frequent ones more than once; of the Han characters those that all fonts have."""
    if script == "Han":
        return "".join(sorted(set(_plane("gb2312", 0xB0, 0xD7)) & set(_plane("euc_jp", 0xB0, 0xCF))))
    codes = (chr(code) for first, last in _RANGES[script] for code in range(first, last + 1))
    letters = "".join(c for c in codes if unicodedata.category(c) in ("Lu", "Ll", "Lo"))
    return letters + _FREQUENT.get(script, "")


def _plane(encoding: str, first: int, last: int) -> str:
    """Return the characters of a double-byte set's rows."""
    cells = bytes(byte for row in range(first, last + 1) for cell in range(0xA1, 0xFF) for byte in (row, cell))
    return cells.decode(encoding, "ignore")


def draw_foreign(rng: np.random.Generator) -> Script:
    """Draw words of another script, perhaps a number beside them; what is read is `FOREIGN` for each letter."""
    script = weighted(rng, _SHARES)
    words = [_word(rng, script) for _ in range(weighted(rng, ((5, 1), (5, 2), (2, 3))))]
    if chance(rng, 0.2):
        number = pick(rng, ("{}", "{}:{}", "{}.{}", "{}/{}"))
        words.append(number.format(*(digits(rng, whole(rng, 1, 4)) for _ in range(2))))
    joint = "" if script in _DENSE and chance(rng, 0.6) else pick(rng, (" ", " ", " ", ", ", ": "))
    drawn = joint.join(words)
    return Script(text=as_read(drawn), kind="foreign", phi=(), drawn=drawn)


def as_read(drawn: str) -> str:
    """Return what the reader is to make of a line."""
    return "".join(FOREIGN if ord(character) > 0xFF else character for character in drawn)


def font_of(rng: np.random.Generator, script: Script, fonts: Sequence[Font]) -> Font | None:
    """Return a font that holds a foreign line, or None where none does."""
    system = next(name for name, letters in _letters().items() if not letters.isdisjoint(script.drawn))
    able = [font for font in _able(system, tuple(fonts)) if font.covers(script.drawn)]
    return pick(rng, able) if able else None


def _word(rng: np.random.Generator, script: str) -> str:
    letters, count = letters_of(script), whole(rng, 1, 4) if script in _DENSE else whole(rng, 2, 10)
    while True:
        word = "".join(pick(rng, letters) for _ in range(count))
        if script in _CASED:
            word = pick(rng, (word.upper(), word.capitalize(), word.capitalize(), word.lower()))
        telling = [character for character in word if character not in _ALIKE]
        if len(telling) * 5 >= len(word):
            return word
        count = max(count, 3)


@cache
def _letters() -> dict[str, frozenset[str]]:
    """Return the letters of each script, those among them that only capitals have: ``ά`` is drawn, ``Ά`` too."""
    return {name: frozenset(letters_of(name) + letters_of(name).upper()) for _, name in _SHARES}


@cache
def _able(script: str, fonts: tuple[Font, ...]) -> list[Font]:
    letters = letters_of(script)
    probes = letters[:: max(1, len(letters) // _PROBES)]
    return [font for font in fonts if font.covers(probes)]
