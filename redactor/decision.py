"""Decide which spans of the text that was read identify someone: the first version, by rules."""

from collections.abc import Sequence

from ..model import TextLine
from .dicom import Identity
from .findings import Finding
from .matching import Needle, matches, needles_of
from .neighbours import Neighbours, neighbours_of
from .patterns import patterns
from .policy import Policy
from .spans import Span, box_of, gaps, merged
from .tokens import tokens_of, unexplained
from .vocabulary import term_kinds

# Letters beyond Latin-1 are in scripts that the reader was not taught.
_LAST_KNOWN = 0xFF


def classify(lines: Sequence[TextLine], identity: Identity, policy: Policy) -> tuple[Finding, ...]:
    """Judge every line: one finding or more for each, together covering all of its text, masked or kept.

    A span is masked if it matches the header, has the form of something that identifies, or is no word, number
    or term that is known to identify nobody; and wherever the reader was not sure. The mode "text" masks all.

    Parameters
    ----------
    lines : sequence of TextLine
        Of one file; lines of one frame explain one another.
    identity : Identity
        What the header knows; may be empty.
    policy : Policy
        `mode` and `read_score` are used here.

    Returns
    -------
    tuple of Finding
        In the order of the lines, and of the text in each.
    """
    if policy.mode == "text":
        return tuple(_whole(line, "text", line.score, "the policy masks all text") for line in lines)
    needles, beside = needles_of(identity), neighbours_of(lines)
    return tuple(
        finding for line, around in zip(lines, beside, strict=True) for finding in _judge(line, around, needles, policy)
    )


def _judge(line: TextLine, around: Neighbours, needles: tuple[Needle, ...], policy: Policy) -> list[Finding]:
    if reason := unreadable(line, policy.read_score):
        return [_whole(line, "unreadable", 1.0, reason)]
    spans = merged(_spans(line, around, needles, policy), line.text)
    kept = [_kept(line, start, end) for start, end in gaps(spans, len(line.text)) if line.text[start:end].strip()]
    return sorted([*(_finding(line, span) for span in spans), *kept], key=lambda finding: finding.start)


def unreadable(line: TextLine, read_score: float) -> str | None:
    """Say why a line cannot be trusted to have been read, or return None."""
    if not line.text.strip():
        return "nothing could be read"
    if len(line.character_scores) != len(line.text) or len(line.character_spans) != len(line.text):
        return "the reader's scores do not fit its text"
    if any(ord(character) > _LAST_KNOWN or not character.isprintable() for character in line.text):
        return "holds characters that the reader does not know"
    inked = [score for score, character in zip(line.character_scores, line.text, strict=True) if character != " "]
    return "read with too little confidence" if sum(inked) < read_score * len(inked) else None


def _spans(line: TextLine, around: Neighbours, needles: tuple[Needle, ...], policy: Policy) -> list[Span]:
    text = line.text
    tokens = tokens_of(text, line.character_scores)
    found = [*matches(text, needles), *patterns(text)]
    if around.label and not _kept_label(text):
        found.append(_all(text, around.label, 0.8, f"stands beside a label for {around.label}"))
    found += unexplained(tokens, text, measured=around.value, identified=bool(found))
    for token in tokens:
        # One token that could not be read makes the line no safer for the others.
        part = line.character_scores[token.start : token.end]
        if len(part) > 3 and sum(part) < policy.read_score * len(part):
            found.append(_span(token.start, token.end, "unreadable", 1.0, "read with too little confidence"))
    return found


def _kept_label(text: str) -> bool:
    """Tell whether what stands beside a label is no value of it: another label, or an orientation."""
    return text.rstrip().endswith((":", "=")) or term_kinds().get(text.strip().lower()) in ("laterality", "unit")


def _all(text: str, category: str, score: float, reason: str) -> Span:
    return _span(0, len(text), category, score, reason)


def _span(start: int, end: int, category: str, score: float, reason: str) -> Span:
    return Span(start=start, end=end, category=category, score=score, reason=reason)


def _whole(line: TextLine, category: str, score: float, reason: str) -> Finding:
    return Finding(
        line=line,
        start=0,
        end=len(line.text),
        box=line.box,
        category=category,
        score=score,
        reason=reason,
        element=None,
        mask=True,
    )


def _finding(line: TextLine, span: Span) -> Finding:
    return Finding(
        line=line,
        start=span.start,
        end=span.end,
        box=box_of(line, span.start, span.end),
        category=span.category,
        score=span.score,
        reason=span.reason,
        element=span.element,
        mask=True,
    )


def _kept(line: TextLine, start: int, end: int) -> Finding:
    words = [word.strip(" .:;,()[]").lower() for word in line.text[start:end].split()]
    kind = next((term_kinds()[word] for word in words if word in term_kinds()), "other")
    return Finding(
        line=line,
        start=start,
        end=end,
        box=box_of(line, start, end),
        category=kind,
        score=min(line.character_scores[start:end], default=line.score),
        reason="known terms and values only",
        element=None,
        mask=False,
    )
