"""Say of each word of a line what it is, and mask those that are no word that we know."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from .folding import digitised, lettered, unaccented
from .spans import Span
from .vocabulary import INSTITUTIONS, LABELS, NAMES, TERMS, TITLES, WEAK_INSTITUTIONS, plain_words, term_kinds, words

_UNITS = TERMS["unit"]
_EDGES = " ()[]{}<>*:;,.'\"|!?#=~^/\\-+&_@"
# Between spaces; a label's colon or equals sign ends a token too, that of a time does not.
_TOKEN = re.compile(r"(?:[^\s:=]|(?<=\d)[:=](?=\S))+[:=]*|[:=]+")
_NUMBER = re.compile(r"[<>=~+±-]*\d{1,3}(?:[.,:/xX*×-]+\d{1,4})*\.?")
_DECIMAL = re.compile(r"[<>=~+±-]*\d{1,5}[.,]\d{1,4}")
_ROUND = re.compile(r"[+-]?[1-9]\d?00|1024|2048|[+-]?\d{1,3}0{3}")
_VALUE = re.compile(r"(?P<number>[<>=~+±-]*\d{1,5}(?:[.,:/x*-]\d{1,5})*)(?P<unit>[^\d\s]{1,7}\d?)")
_LABELLED = re.compile(
    r"(?P<label>[^\W\d]{1,8}[#%'’]?)[:=<>#.]*(?P<number>[+-]?\d{1,4}(?:[.,/:-]\d{1,4})*)(?P<unit>[^\d\s]{0,7})"
)
# Probes, boards and models: L12-5, 3D9-3v, RAB6-RS, C1-5-D, 12L-RS, SSA-770A, X300, V8
_MODEL = re.compile(
    r"(?:\d{0,2}[A-Z]{1,4}\d{1,3}[A-Za-z]{0,2}|\d{1,2}[A-Z]{1,3}\d?)(?:[-/][A-Z]{0,3}\d{0,3}[A-Za-z]{0,2}){0,2}|[A-Z]{2,4}-[A-Z]?\d{1,3}[A-Z]{0,2}|[A-Z][a-z]\d{2}[a-z]?|[A-Z]\d{2}[a-z](?:\\\d)?"
)
# Reconstruction kernels, whose letters would be read as digits: B63s
_KERNEL = re.compile(r"[BHDTUIJQ][rf]?\d{2}[a-z](?:\\\d)?")
_VALUE_PART = re.compile(r"\d{1,5}(?:hz|mm|cm|khz|sp|ms|s)")
# Weeks and days: 24w3d
_PREGNANCY = re.compile(r"\d{1,2}w ?[0-6]d", re.I)
# Two values about one unit, as mirrored displays have: 630P630
_TWICE = re.compile(r"(\d{1,2})\d?[A-Z]{1,2}\1\d?")
_SIDED = re.compile(r"[+-]?[A-Za-z]?\d{1,3}[A-Za-z]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word between spaces: its range, and what it is.

    `kind` is a keep-kind of `vocabulary.TERMS`, "number", "value", "model", "word" or "symbol"; or one that is
    masked unless its neighbours explain it: "unknown" (letters), "short" (2 to 4 letters) or "code".
    """

    start: int
    end: int
    text: str
    kind: str


def tokens_of(text: str, scores: tuple[float, ...]) -> list[Token]:
    """Cut a line into tokens and classify each by itself; `scores` are the reader's, one per character."""
    tokens = []
    for match in _TOKEN.finditer(text):
        raw = match.group()
        core = raw.strip(_EDGES)
        start = match.start() + (raw.find(core) if core else 0)
        end = start + len(core or raw)
        doubts = sum([score < 0.95 for score in scores[start:end]])
        tokens.append(Token(start=start, end=end, text=core, kind=_kind(core, raw, min(doubts, _MOST_DOUBTS))))
    return tokens


# Letters of a word that may have been read wrongly, at most.
_MOST_DOUBTS = 2


# Consoles write the same words on every image, and both rules and classifier ask for those of a line.
@lru_cache(maxsize=4096)
def _kind(core: str, raw: str, doubts: int) -> str:
    if not core or re.fullmatch(r"[A-Z]{1,4}-{2,}\d?", core):
        return "symbol"
    low = unaccented(core).lower()
    if kind := _term(core, raw):
        return kind
    if low in NAMES:
        return "named"
    if low in plain_words():
        return "word"
    if _KERNEL.fullmatch(core):
        return "model"
    if kind := _numeric_kind(digitised(core)) or _numeric_kind(core) or _compound(low):
        return kind
    letters = lettered(core).lower()
    if letters in plain_words() or _nearly(letters, doubts) or _joined(letters):
        return "word"
    if all(character.isalpha() or character in "'’-./" for character in core):
        return "short" if len(core) <= 4 else "unknown"
    return "code"


def _term(core: str, raw: str) -> str | None:
    kinds = term_kinds()
    return kinds.get(core.lower()) or kinds.get(raw.lower()) or ("symbol" if len(core) == 1 else None)


def _compound(low: str) -> str | None:
    """Judge what slashes, hyphens and the like join: a word if its parts are known, one of them by more than form."""
    parts = [part for part in re.split(r"[-/+&.,:;()'_=#*\\]+", low) if part]
    if len(parts) < 2 or not all(_known_part(part) for part in parts):
        return None
    return (
        "word" if any(part in plain_words() or _VALUE_PART.fullmatch(part) for part in parts) or len(low) < 4 else None
    )


def _known_part(part: str) -> bool:
    if (value := _VALUE.fullmatch(part)) and _unit(value["unit"]):
        return True
    return part in plain_words() or len(part) == 1 or (part.isdigit() and len(part) < 5) or bool(_SIDED.fullmatch(part))


def _numeric_kind(core: str) -> str | None:
    if core.isdigit() or _DECIMAL.fullmatch(core) or _NUMBER.fullmatch(core) or _ROUND.fullmatch(core):
        return "number"
    if _PREGNANCY.fullmatch(core):
        return "value"
    if (value := _VALUE.fullmatch(core)) and _unit(value["unit"]) and (len(re.sub(r"\D", "", core)) < 7):
        return "value"
    if (label := _LABELLED.fullmatch(core)) and (not label["unit"] or _unit(label["unit"]) or len(label["unit"]) == 1):
        short = len(label["label"]) == 1 and len(label["number"]) < 4
        if short or label["label"].rstrip("#%'’").lower() in plain_words():
            return "value"
    digits = sum(map(str.isdigit, core))
    return "model" if (_MODEL.fullmatch(core) and digits < 4) or (_TWICE.fullmatch(core) and digits < 7) else None


def _unit(unit: str) -> bool:
    parts = [part for part in re.split(r"[/.]", unit.lower()) if part]
    return unit.lower() in _UNITS or (bool(parts) and all(part in _UNITS or part in term_kinds() for part in parts))


def _nearly(word: str, doubts: int) -> bool:
    """Tell whether a word is a known one but for letters that the reader doubts.

    Without doubt only the names of the kinds of terms ("position", "technique") may differ by a letter: to clear what
    is near any term would clear names.
    """
    if len(word) < 5 or word in NAMES:
        return False
    allowed = min(doubts, 1 if len(word) < 8 else 2)
    if allowed and _within(word, _plain_by_length(), allowed):
        return True
    return len(word) >= 7 and _within(word, _kinds_by_length(), 1)


def namelike(text: str, start: int, end: int) -> bool:
    """Tell whether the words [start, end) of a line, which no rule explains, may be a name for all that one sees.

    A name holds three letters or more and no digit, and what stands before a number or at the end of a line with a
    colon is a label.
    """
    if any(map(str.isdigit, text[start:end])) or _LABELLING.match(text, end):
        return False
    return re.search(r"[^\W\d_]{3}", text[start:end]) is not None


_LABELLING = re.compile(r"[ .]*[:=]\s*(?:$|[-+]?\d)")


def _within(word: str, known: Mapping[int, Sequence[str]], distance: int) -> bool:
    """Tell whether a known word of four letters or more is so few edits away; `known` are words by their length."""
    lengths = range(max(4, len(word) - distance), len(word) + distance + 1)
    return any(
        process.extractOne(word, known[length], scorer=Levenshtein.distance, score_cutoff=distance) is not None
        for length in lengths
        if length in known
    )


def _by_length(known: Iterable[str]) -> Mapping[int, Sequence[str]]:
    lengths: dict[int, list[str]] = {}
    for word in known:
        lengths.setdefault(len(word), []).append(word)
    return lengths


@cache
def _plain_by_length() -> Mapping[int, Sequence[str]]:
    return _by_length(plain_words())


@cache
def _kinds_by_length() -> Mapping[int, Sequence[str]]:
    return _by_length(TERMS)


@cache
def _institutions_by_length() -> Mapping[int, Sequence[str]]:
    return _by_length(_institutions())


def _joined(word: str) -> bool:
    """Tell whether a word is two known ones without the space."""
    return any(word[:cut] in plain_words() and word[cut:] in plain_words() for cut in range(4, len(word) - 3))


_MASKED = frozenset({"unknown", "short", "code", "named"})
_NAMELIKE = frozenset({"unknown", "short", "named"})
_MEASURING = frozenset({"technique", "measurement", "symbol", "position", "laterality"})
_VALUES = frozenset({"number", "value", "unit"})


def unexplained(tokens: list[Token], text: str, *, measured: bool, identified: bool) -> list[Span]:
    """Return spans for the tokens that no rule keeps.

    Parameters
    ----------
    measured : bool
        A measured value stands on the right of the line: unknown words in it name the measurement.
    identified : bool
        Something else in the line identifies: unknown words in it are no measurement's.
    """
    if not tokens or _sentence(tokens):
        return []
    if span := _institution(tokens, text):
        return [span]
    named = identified or any(token.kind == "named" for token in tokens)
    if not named and (measured or _measurement(tokens, text)):
        return []
    tokens = _bridged(tokens)
    masked = [_masked(token) for token in tokens if token.kind in _MASKED]
    numbers = [
        _number(token)
        for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False)
        if token.kind == "number" and _long(token) and not _explained(None if identified else before, after)
    ]
    return _with_neighbours([span for span in masked if span] + numbers, tokens, text)


def _masked(token: Token) -> Span | None:
    if token.kind == "named" and len(token.text) < 3:
        return None
    category, score, reason = {
        "unknown": ("name", 0.6, "a word that is no term we know"),
        "named": ("name", 0.8, "a frequent name"),
        "short": ("person", 0.6, "letters that are no term we know"),
        "code": ("id", 0.6, "letters and digits that are no term we know"),
    }[token.kind]
    return Span(start=token.start, end=token.end, category=category, score=score, reason=reason)


def _long(token: Token) -> bool:
    number = digitised(token.text)
    return number.isdigit() and len(number) > 3 and not _ROUND.fullmatch(number)


def _explained(before: Token | None, after: Token | None) -> bool:
    """Tell whether a number stands behind a technical term or a sign, or before a unit."""
    return (before is not None and (before.kind in _MEASURING)) or (
        after is not None and after.text.lower() in _UNITS and len(after.text) > 1
    )


def _number(token: Token) -> Span:
    return Span(start=token.start, end=token.end, category="id", score=0.6, reason="a number that measures nothing")


def _sentence(tokens: list[Token]) -> bool:
    """Tell whether the words around are those of running text in lower case."""
    words = [token for token in tokens if token.kind not in ("symbol", "number", "value")]
    plain = sum(token.kind not in _MASKED for token in words)
    return len(words) >= 5 and plain >= 0.8 * len(words) and not any(token.kind == "named" for token in words)


def _measurement(tokens: list[Token], text: str) -> bool:
    """Tell whether a line is a label of one or two words with a value and its unit, as tables of measurements have."""
    if re.search(r"[,^@]\s", text):
        return False
    odd = [index for index, token in enumerate(tokens) if token.kind in _MASKED]
    if not odd or len(odd) > 2 or any(tokens[index].kind in ("code", "named") for index in odd):
        return False
    rest = tokens[max(odd) + 1 :]
    valued = any(token.kind == "value" and token.text[-1:].isalpha() for token in rest) or any(
        left.kind == "number" and right.text.lower() in _UNITS for left, right in pairwise(rest)
    )
    return valued and all(token.kind not in ("word",) or token.kind in _VALUES for token in rest)


def _institution(tokens: list[Token], text: str) -> Span | None:
    words = [token for token in tokens if token.kind != "symbol"]
    lows = [unaccented(token.text).lower() for token in words]
    strong = [low for low in lows if low not in WEAK_INSTITUTIONS and _institutional(low)]
    weak = [low for low in lows if low in WEAK_INSTITUTIONS]
    odd = [token for token in words if token.kind in _MASKED]
    devices = [token for token in words if token.kind == "device" and token.text.lower() not in WEAK_INSTITUTIONS]
    if not (strong or (weak and (odd or len(weak) > 1) and not devices)):
        return None
    if len(words) == len(strong) == 1 and text.rstrip().endswith(":"):
        return None
    return Span(
        start=words[0].start,
        end=len(text.rstrip()),
        category="institution",
        score=0.85,
        reason="holds an institution's word",
    )


def _with_neighbours(spans: list[Span], tokens: list[Token], text: str) -> list[Span]:
    """Stretch names over what stands beside them: initials, particles, a name that is an ordinary word too."""
    return [_stretched(span, tokens, text) if span.category in ("name", "person") else span for span in spans]


def _stretched(span: Span, tokens: list[Token], text: str) -> Span:
    inside = [index for index, token in enumerate(tokens) if token.start < span.end and span.start < token.end]
    first, last = inside[0], inside[-1]
    while first > 0 and _joins(tokens[first - 1], text, tokens[first].start, span.category):
        first -= 1
    while last + 1 < len(tokens) and _joins(tokens[last + 1], text, tokens[last].end, span.category):
        last += 1
    return replace(span, start=min(span.start, tokens[first].start), end=max(span.end, tokens[last].end))


@cache
def _label_words() -> frozenset[str]:
    return frozenset(word for phrases in LABELS.values() for phrase in phrases for word in phrase.split())


@cache
def _institutions() -> frozenset[str]:
    return frozenset(unaccented(word) for word in INSTITUTIONS)


@lru_cache(maxsize=4096)
def _institutional(word: str) -> bool:
    if word in _institutions():
        return True
    letters = lettered(word).lower()
    if len(letters) < 6 or letters in plain_words():
        return False
    return _within(letters, _institutions_by_length(), 1 if len(letters) < 9 else 2)


_PARTICLES = words("de da do dos das del della di la le les van von vom der den ter ten zu zur bin ben al el abu st mc")
# What belongs to a name beside it.
_JOINING = _PARTICLES | TITLES | NAMES


def _bridged(tokens: list[Token]) -> list[Token]:
    """Take a term between two unknown words for a part of their name: MIRA TEST QUOST."""
    kinds = [token.kind for token in tokens]
    inner = {
        index
        for index in range(1, len(tokens) - 1)
        if kinds[index - 1] in _NAMELIKE and kinds[index + 1] in _NAMELIKE and tokens[index].text.isalpha()
    }
    return [replace(token, kind="unknown") if index in inner else token for index, token in enumerate(tokens)]


def _joins(token: Token, text: str, edge: int, category: str) -> bool:
    """Tell whether a token belongs to the name that begins or ends at `edge`."""
    between = text[min(token.end, edge) : max(token.start, edge)]
    if between.strip(" ,.'-&()") or len(between) > 3 or text[token.end : token.end + 1] == ":":
        return False
    if token.text.lower() in _JOINING or token.kind in _MASKED:
        return True
    if len(token.text) > 1 and token.text.lower() in _label_words():
        return False
    if category == "person" and text[token.end : token.end + 1] != ".":
        return False  # a side marker stands beside a technologist's initials
    return (
        token.text[:1].isupper()
        and token.text.replace("'", "").isalpha()
        and (token.kind == "word" or len(token.text) == 1)
    )
