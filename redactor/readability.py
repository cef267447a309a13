"""What of a line was read surely enough to be judged by its words; the rest is masked."""

import re
from collections.abc import Sequence
from functools import lru_cache

from ..model import TextLine
from ..model.boxes import extents
from .folding import lettered, unaccented
from .policy import Policy
from .spans import Span
from .tokens import Token
from .vocabulary import TERMS, plain_words, term_kinds

# Nothing is written so wide, in heights of its line: where one character takes more, something beside it was not read.
_WIDEST = 2.0
# Letters beyond Latin-1 are in scripts that the reader was not taught.
_LAST_KNOWN = "\xff"


def unreadable(line: TextLine, policy: Policy) -> str | None:
    """Say why a line as a whole cannot be trusted to have been read, or return None."""
    if not line.text.strip():
        return "nothing could be read"
    if len(line.character_scores) != len(line.text) or len(line.character_spans) != len(line.text):
        return "the reader's scores do not fit its text"
    if not line.text.isprintable() or max(line.text) > _LAST_KNOWN:
        return "holds characters that the reader does not know"
    _, height = extents(line.box, line.angle)
    if not policy.smallest <= height <= policy.largest:
        return "is smaller or larger than the reader can be trusted with"
    return None


def poorly_read(line: TextLine, tokens: Sequence[Token], policy: Policy) -> list[Span]:
    """Return a span for each word that was not read surely enough; the whole line where that is most of it.

    A word needs the policy's mean probability; in a line that was read well as a whole, one of three characters
    or fewer is taken with it. A known term needs less: that a misread name spells a long term letter by letter
    is far less likely than that a term was read with doubt. A word in which one character takes the room of several was
    not read whole.
    """
    inked = [score for score, character in zip(line.character_scores, line.text, strict=True) if character != " "]
    well = sum(inked) >= policy.read_score * len(inked)
    poor = [
        token
        for token in tokens
        if _holds_unread(line, token) or (not _sure(line, token, policy) and not (well and _short(token)))
    ]
    if 2 * sum(token.end - token.start for token in poor) > sum(token.end - token.start for token in tokens):
        return [_span(0, len(line.text))]
    return [_span(token.start, token.end) for token in poor]


def _holds_unread(line: TextLine, token: Token) -> bool:
    length, height = extents(line.box, line.angle)
    widest = _WIDEST * height / max(1, length)
    return any(end - begin > widest for begin, end in line.character_spans[token.start : token.end])


def _short(token: Token) -> bool:
    return token.end - token.start <= 3


def _sure(line: TextLine, token: Token, policy: Policy) -> bool:
    scores = line.character_scores[token.start : token.end]
    return sum(scores) >= policy.read_score * needed(token.text) * len(scores)


@lru_cache(maxsize=4096)
def needed(text: str) -> float:
    """Return the share of the policy's threshold that a word needs, by how much its spelling says already."""
    word = unaccented(text).lower()
    word = word if word in term_kinds() else lettered(word).lower()  # DF0V
    letters = sum(map(str.isalpha, word))
    if word in term_kinds():
        return _BY_LETTERS.get(letters, 0.5)
    if word in plain_words() and letters >= 6:
        return 0.6
    value = _VALUE.fullmatch(word)
    return 0.75 if value and value["unit"] in TERMS["unit"] else 1.0


_VALUE = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?(?P<unit>%|[a-z]{2,4})")
# A single letter, two and three letters; longer terms need half.
_BY_LETTERS = {0: 1.0, 1: 1.0, 2: 0.85, 3: 0.7}


def _span(start: int, end: int) -> Span:
    return Span(start=start, end=end, category="unreadable", score=1.0, reason="read with too little confidence")
