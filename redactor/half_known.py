"""Complete words that the reader read but for one character: it says of a letter that it is none it knows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from ..model import TextLine
from .near_words import by_length
from .vocabulary import NAMES, plain_words, term_kinds

# What the reader writes for a letter of another script, or one too spoilt to be told.
UNKNOWN = "\ufffd"
# Letters of a word, that one among them, from which on the others say which word it is.
LETTERS = 5
_WORD = re.compile(rf"[^\W\d_]*{UNKNOWN}[^\W\d_{UNKNOWN}]*")


def completed(line: TextLine) -> TextLine:
    """Return a line with the terms in it whose only unknown character the other letters settle.

    A word is completed if it has five letters or more, one of them unknown, and exactly one word of the vocabulary,
    names included, has the others where they stand, and that is a term of images: LYMP and an unknown letter become
    LYMPH. SM-TH stays unreadable, and so does TOPI- that may be a surname whose last letter the reader was not taught.
    Scores and places remain the reader's.
    """
    if UNKNOWN not in line.text:
        return line
    return replace(line, text=_WORD.sub(lambda match: _completed(match.group()), line.text))


@lru_cache(maxsize=4096)
def _completed(word: str) -> str:
    at = word.find(UNKNOWN)
    if len(word) < LETTERS or word.count(UNKNOWN) > 1:
        return word
    before, after = word[:at].lower(), word[at + 1 :].lower()
    known = [
        other
        for other in _words().get(len(word), ())
        if other.startswith(before) and other.endswith(after) and other[at].isalpha()
    ]
    if len(known) != 1 or known[0] not in term_kinds():
        return word
    letter = known[0][at]
    return word[:at] + (letter.upper() if (word[:at] + word[at + 1 :]).isupper() else letter) + word[at + 1 :]


@cache
def _words() -> Mapping[int, Sequence[str]]:
    return by_length(plain_words() | NAMES)
