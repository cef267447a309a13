"""Fold text so that what a reader confuses becomes equal, without losing where each character stood."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

# What looks alike in console fonts, upper case; both sides of every comparison are folded.
_ALIKE = str.maketrans("0QD1L|!5$82", "OOOIIIISSBZ")
_LIGATURES = {"ß": "ss", "æ": "ae", "ø": "o", "Æ": "AE", "Ø": "O"}
_PAIRS = {"RN": "M", "VV": "W"}
# Of ASCII: what each character becomes, nothing where it is no letter or digit.
_PLAIN = {code: plain if (plain := chr(code).upper().translate(_ALIKE)).isalnum() else "" for code in range(128)}
_AS_DIGITS = str.maketrans("OoQDØøIil|!SsBZq", "0000001111155829")
# Digits with a unit in lower case behind them are a value: "16s" is no 165.
_VALUE = re.compile(r"[\d.,]{1,5}[a-z%°]{1,3}")
_TOKEN = re.compile(r"[^\s:=,;()\[\]]+")
_AS_LETTERS = str.maketrans("0158|", "OlSBl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """Folded characters, and for each the range of the source that it stands for."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def fold(text: str) -> Folded:
    """Fold to upper case without accents, spaces, punctuation and OCR confusions; "rn" counts as "m"."""
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for index, character in enumerate(text):
        for plain in unaccented(character).upper().translate(_ALIKE):
            if not plain.isalnum():
                continue
            pair = _PAIRS.get(folded[-1] + plain) if folded else None
            if pair is None:
                folded.append(plain)
                starts.append(index)
                ends.append(index + 1)
            else:
                folded[-1], ends[-1] = pair, index + 1
    return Folded(text="".join(folded), starts=tuple(starts), ends=tuple(ends))


def skeleton(text: str) -> str:
    """Return only the folded text."""
    if not text.isascii():
        return fold(text).text
    # Pairs from left to right, none of which begins with what another one makes.
    plain = text.translate(_PLAIN)
    return plain.replace("RN", "M").replace("VV", "W")


def unaccented(text: str) -> str:
    """Return `text` without accents and ligatures."""
    if text.isascii():
        return text
    parts = (_LIGATURES.get(character) or unicodedata.normalize("NFD", character) for character in text)
    return "".join(plain for part in parts for plain in part if not unicodedata.combining(plain))


def same_length(text: str) -> str:
    """Strip accents where that keeps the length, so that matches have the positions of the source."""
    if text.isascii():
        return text
    return "".join(plain if len(plain := unaccented(character)) == 1 else character for character in text)


def digitised(text: str) -> str:
    """Read letters as the digits they look like, in tokens that are mostly digits; the length stays."""
    if not any(map(str.isdigit, text)):
        return text
    return _by_token(text, str.isdigit, _AS_DIGITS)


def small_l_for_capital_i(text: str) -> str:
    """Return a word of small letters with I and l, which most faces draw alike, where spelling wants them."""
    if not text[1:].replace("I", "l").islower():
        return text
    return text[:1].replace("l", "I") + text[1:].replace("I", "l")


def lettered(text: str) -> str:
    """Read digits as the letters they look like, in tokens that are mostly letters; the length stays."""
    if text.isalpha():
        return text
    return _by_token(text, str.isalpha, _AS_LETTERS)


def _by_token(text: str, wanted: Callable[[str], bool], table: dict[int, int]) -> str:
    def translated(match: re.Match[str]) -> str:
        token = match.group()
        odd = [character for character in token if (character.isalnum() or character == "|") and not wanted(character)]
        if not odd or _VALUE.fullmatch(token):
            return token
        count = sum(map(wanted, token))
        readable = count >= len(odd) and all(ord(character) in table for character in odd)
        return token.translate(table) if count > len(odd) or (count and readable) else token

    return _TOKEN.sub(translated, text)
