"""Keep and drop lists: patterns of whole lines or whole words, as a policy writes them."""

import re
from collections.abc import Sequence
from fnmatch import translate
from functools import cache

_REGEX = "re:"
_EDGES = " ()[]{}<>:;,.'\"|!?#=*"
# What no list of exceptions can mean to keep; a pattern that fits it would switch masking off.
_ANYTHING = "Qx 4711-Zu"


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a glob, or a regular expression behind "re:"; case does not count.

    Raises
    ------
    ValueError
        It is empty or no regular expression; the message does not quote it, since patterns may name people.
    """
    body = pattern.removeprefix(_REGEX) if pattern.startswith(_REGEX) else translate(pattern)
    if not pattern.removeprefix(_REGEX).strip():
        raise ValueError("is empty")
    try:
        return re.compile(body, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error.msg} at character {error.pos}") from None


def keeps_anything(pattern: str) -> bool:
    """Tell whether a pattern would fit any line, or any word of it."""
    return any(compiled(pattern).fullmatch(probe) for probe in ("", _ANYTHING, *_ANYTHING.split()))


def listed(text: str, patterns: Sequence[str]) -> list[tuple[int, int]]:
    """Return the character ranges that a list fits: the whole line, or each fitting word of it.

    Words are what stands between spaces, without the punctuation at their edges.
    """
    if not patterns:
        return []
    expressions = [compiled(pattern) for pattern in patterns]
    ranges = [(match.start(), match.end()) for match in re.finditer(r"\S(?:.*\S)?", text, re.DOTALL)]
    words = [_core(match) for match in re.finditer(r"\S+", text)]
    return [
        (start, end)
        for start, end in dict.fromkeys([*ranges, *words])
        if any(expression.fullmatch(text, start, end) for expression in expressions)
    ]


def _core(match: re.Match[str]) -> tuple[int, int]:
    word = match.group()
    core = word.strip(_EDGES)
    start = match.start() + (word.find(core) if core else 0)
    return (start, start + len(core)) if core else match.span()
