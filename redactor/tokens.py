"""Say of each word of a line what it is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from .folding import digitised, lettered, small_l_for_capital_i, unaccented
from .name_words import ALSO_NAMES, NEAR_NAMES
from .near_words import by_length, within
from .vocabulary import NAMES, TERMS, familiar_words, plain_words, term_kinds, words

_UNITS = TERMS["unit"]
_EDGES = " ()[]{}<>*:;,.'\"|!?#=~^/\\-+&_@"
# Between spaces; a label's colon or equals sign ends a token too, that of a time does not.
_TOKEN = re.compile(r"(?:[^\s:=]|(?<=\d)[:=](?=\S))+[:=]*|[:=]+")
_NUMBER = re.compile(r"[<>=~+±-]*\d{1,3}(?:[.,:/xX*×-]+\d{1,4})*\.?")
# Numbers that settings have and nobody's number is.
ROUND = re.compile(r"[+-]?[1-9]\d?00|1024|2048|[+-]?\d{1,3}0{3}")
_DECIMAL = re.compile(r"[<>=~+±-]*\d{1,5}[.,]\d{1,4}")
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
# A zero before its unit, read as a letter: OBPM
_ZERO = re.compile(r"^O(?=(?:bpm|[km]?hz|db|[cm]m)$)", re.I)
# Of two letters or one, of which the second may be read as a digit, and its share: AO=100%
_SHARE = re.compile(r"[A-Z][A-Z0]?[=:<>]{1,2}\d{1,3}(?:[.,]\d)?%")
# Weeks and days: 24w3d
_PREGNANCY = re.compile(r"\d{1,2}w ?[0-6]d", re.I)
# Two values about one unit, as mirrored displays have: 630P630
_TWICE = re.compile(r"(\d{1,2})\d?[A-Z]{1,2}\1\d?")
# One value twice without the space, as both sides of a display: 3cm3cm
_REPEATED = re.compile(r"(?P<value>\d{1,3}(?:[.,]\d{1,2})?(?P<unit>[^\W\d]{1,4}))(?P=value)")
# Settings of one character each: 2/0/E/B/B, whose strokes may be read as signs
SETTINGS = re.compile(r"(?=.*\d)(?=.*[A-Z])[A-Z\d](?:[/^]{1,2}[A-Z\d]){3,7}")
_SIDED = re.compile(r"[+-]?[A-Za-z]?\d{1,3}[A-Za-z]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word between spaces: its range, and what it is.

    `kind` is a keep-kind of `vocabulary.TERMS`, "number", "value", "model", "word" or "symbol"; or one that is
    masked unless its neighbours explain it: "unknown" (letters), "short" (2 to 4 letters) or "code". `near` says of
    such a word of four or five letters that it is a known one but for a letter, and that the reader doubts one.
    """

    start: int
    end: int
    text: str
    kind: str
    near: bool = False


def tokens_of(text: str, scores: tuple[float, ...]) -> list[Token]:
    """Cut a line into tokens and classify each by itself; `scores` are the reader's, one per character."""
    tokens = []
    for match in _TOKEN.finditer(text):
        raw = match.group()
        core = raw.strip(_EDGES)
        if core[:-1].isalpha() and core[-1] == "°":
            core = core[:-1]  # a dot beside a letter, a rivet of a marker: L°
        start = match.start() + (raw.find(core) if core else 0)
        end = start + len(core or raw)
        doubts = sum([score < 0.95 for score in scores[start:end]])
        kind = _kind(core, raw, min(doubts, _MOST_DOUBTS))
        near = doubts > 0 and kind in ("short", "unknown") and _near(core)
        tokens.append(Token(start=start, end=end, text=core, kind=kind, near=near))
    return tokens


# Letters of a word that may have been read wrongly, at most.
_MOST_DOUBTS = 2
# From so many letters on a name is seldom a known word but for one of them, or for two; nor is it two known words.
_LONG, _LONGER = 6, 10


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
    core = _ZERO.sub("0", core)
    if kind := _numeric_kind(digitised(core)) or _numeric_kind(core) or _compound(low):
        return kind
    letters = lettered(core).lower()
    if small_l_for_capital_i(core).lower() in plain_words():
        return "word"
    if letters in plain_words() or _nearly(letters, doubts) or _joined(letters) or _humped(core):
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
    # Two letters that are no term are initials, whatever joins them.
    if low not in _PAIRS and all(part.isalpha() and len(part) == 1 for part in parts):
        return None
    known = any(part in plain_words() or _VALUE_PART.fullmatch(part) for part in parts)
    return "word" if known or len(low) < 4 else None


# Orientations, windows, ventilation and perfusion, without, not applicable.
_PAIRS = words("a/p p/a a.p p.a a-p p-a r/l l/r r-l l-r h/f f/h s/i i/s w/l w/w v/q w/o n/a")


def _known_part(part: str) -> bool:
    if (value := _VALUE.fullmatch(part)) and _unit(value["unit"]):
        return True
    return part in plain_words() or len(part) == 1 or (part.isdigit() and len(part) < 5) or bool(_SIDED.fullmatch(part))


def _numeric_kind(core: str) -> str | None:
    if core.isdigit() or _DECIMAL.fullmatch(core) or _NUMBER.fullmatch(core) or ROUND.fullmatch(core):
        return "number"
    if _PREGNANCY.fullmatch(core) or _SHARE.fullmatch(core):
        return "value"
    if (value := _VALUE.fullmatch(core)) and _unit(value["unit"]) and (len(re.sub(r"\D", "", core)) < 7):
        return "value"
    if ((pair := _REPEATED.fullmatch(core)) and _unit(pair["unit"])) or SETTINGS.fullmatch(core):
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
    if len(word) < _LONG or word in NAMES or unaccented(word) in NEAR_NAMES:
        return False
    allowed = min(doubts, 1 if len(word) < _LONGER else 2)
    if allowed and within(word, _plain_by_length(), allowed):
        return True
    return len(word) >= 7 and within(word, _kinds_by_length(), 1)


@lru_cache(maxsize=4096)
def _near(core: str) -> bool:
    """Tell whether a short word is a known one but for a letter: so are too many names for that to settle it."""
    letters = lettered(core).lower()
    return len(letters) in (4, 5) and letters not in NAMES and within(letters, _plain_by_length(), 1)


def namelike(text: str, start: int, end: int) -> bool:
    """Tell whether the words [start, end) of a line, which no rule explains, may be a name for all that one sees.

    A name, or somebody's initials, hold two letters or more, and few digits, that were letters before they were read;
    what stands before a number or at the end of a line with a colon is a label, and so are a few letters of which the
    line holds nothing but a number with decimals; what strokes join to two technical terms is a sequence.
    """
    letters, digits = (sum(map(kind, text[start:end])) for kind in (str.isalpha, str.isdigit))
    if digits * _LETTERS_PER_DIGIT > letters or _LABELLING.match(text, end):
        return False
    alone = not text[:start].strip() and text[start:end].isupper()
    if alone and letters <= _LETTERS_OF_INITIALS and _MEASURING.fullmatch(text, end):
        return False
    return letters >= 2 and not _sequence(text[start:end])


def _sequence(word: str) -> bool:
    """Tell whether strokes join two or more technical terms with something short, as for sequences: t1_se_tra_x."""
    parts = word.strip().lower().split("_")
    terms = sum(term_kinds().get(part) in ("technique", "position") for part in parts)
    return terms >= 2 and all(len(part) <= 4 or part in plain_words() for part in parts)


# Of so many letters of a name one may have been read as a digit.
_LETTERS_PER_DIGIT = 3
_LETTERS_OF_INITIALS = 3
_MEASURING = re.compile(r" *-?\d{1,3}[.,]\d{1,3}(?: ?[^\s\d]{1,6})?\s*")
_LABELLING = re.compile(r"[ .]*[:=]\s*(?:$|[-+]?\d)")


@cache
def _plain_by_length() -> Mapping[int, Sequence[str]]:
    return by_length(familiar_words())


@cache
def _kinds_by_length() -> Mapping[int, Sequence[str]]:
    return by_length(TERMS)


def _joined(word: str) -> bool:
    """Tell whether a word is two known ones without the space; shorter names are too: REINHOLD."""
    if unaccented(word) in NEAR_NAMES:
        return False
    known = familiar_words()
    rests = [word[len(link) :] for link in _LINKS if word.startswith(link)]
    return any(len(rest) >= _LINKED and rest in known for rest in rests) or (
        len(word) >= _LONGER and any(word[:cut] in known and word[cut:] in known for cut in range(4, len(word) - 3))
    )


def _humped(core: str) -> bool:
    """Tell whether a word is known ones with capitals inside, as makers name what they sell: SmartMetal, eSpacing.

    Capitals behind a word of the body may be somebody's initials: KneeKW.
    """
    match = _HUMPED.fullmatch(core)
    if match is None:
        return False
    parts = [part.lower() for part in _HUMP.findall(core)]
    if match["behind"] and parts[0] not in _HUMPS:
        return False
    return any(len(part) >= 4 for part in parts) and all(len(part) >= 3 and _is_hump(part) for part in parts)


def _is_hump(part: str) -> bool:
    return part not in ALSO_NAMES and (part in _HUMPS or part in plain_words())


_HUMP = re.compile(r"[A-Z][a-z]+")
# A small letter before them, or a few capitals or a digit behind: eSpacing, AutoOP, SmartView2
_HUMPED = re.compile(
    r"(?:[a-z](?:[A-Z][a-z]+)+|(?:[A-Z][a-z]+){2,}|[A-Z][a-z]+(?=[A-Z]))(?:(?P<behind>[A-Z]{1,4})|\d)?\+?"
)
# Parts of such names that are no known words by themselves.
_HUMPS = words(
    """
audio auto beam boost brain cam care clear core cross dark deep easy elasto ever fast fine fluid hyper intelli link
live lumi mach max mega metal metrix micro multi nano neo omni optima panda plus pro pulse pure quick quant radiant
relax safe silent slow smart sono space sure swift tech thera tone touch trac tru true turbo ultra vario vue wave wise
xtra
"""
)


# Words that a reader runs together with one of so many letters or more behind them: ISCALIBRATED.
_LINKS, _LINKED = ("at", "is", "of", "in", "to", "on", "by", "the", "and", "for", "not"), 7
