"""Decide which spans of the text that was read identify someone: the rules, and a classifier's opinion if any."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..model import TextLine
from .combination import Evidence, combine
from .dicom import Identity
from .findings import Finding
from .fragments import with_fragments
from .harmless import harmless, without
from .initials import bracketed_initials, initials_of, is_setting, lead_letters, matched_initials
from .keeping import known_words
from .labelled import labels_of
from .lists import listed
from .matching import Needles, matches, needles_of
from .neighbours import labels_beside
from .patterns import patterns
from .policy import Policy
from .readability import poorly_read, unreadable
from .spans import Span, box_of, gaps, merged
from .split_dates import with_split_dates
from .tokens import tokens_of
from .too_short import with_too_short
from .unexplained import unexplained
from .vocabulary import term_kinds


def classify(
    lines: Sequence[TextLine],
    identity: Identity,
    policy: Policy,
    opinions: Sequence[NDArray[np.float32]] | None = None,
) -> tuple[Finding, ...]:
    """Judge every line: one finding or more for each, together covering all of its text, masked or kept.

    Parameters
    ----------
    lines : sequence of TextLine
        Of one file; lines of one frame explain one another.
    identity : Identity
        What the header knows; may be empty.
    policy : Policy
        What to mask.
    opinions : sequence of float32[characters, categories], optional
        The classifier's, one for each line; without them the rules decide alone.

    Returns
    -------
    tuple of Finding
        In the order of the lines, and of the text in each.
    """
    if policy.mode == "text":
        return tuple(_whole(line, "text", line.score, "the policy masks all text") for line in lines)
    context = Context(needles=needles_of(identity), initials=initials_of(identity), modality=identity.modality)
    evidence = [
        None if unreadable(line, policy) else evidence_of(line, label, context, policy)
        for line, label in zip(lines, labels_beside(lines), strict=True)
    ]
    votes = opinions if opinions is not None else [None] * len(lines)
    evidence = with_too_short(lines, with_split_dates(lines, with_fragments(lines, evidence)), policy)
    return tuple(
        finding
        for line, what, opinion in zip(lines, evidence, votes, strict=True)
        for finding in _judge(line, what, opinion, policy)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a file's identity comes to, prepared once for all of its lines.

    Attributes
    ----------
    needles : Needles
        Values to look for.
    initials : mapping of str to str
        Of people, with the element that names them.
    modality : str
        Of the file.
    """

    needles: Needles
    initials: Mapping[str, str]
    modality: str


def _judge(
    line: TextLine, evidence: Evidence | None, opinion: NDArray[np.float32] | None, policy: Policy
) -> list[Finding]:
    if evidence is None:
        return [_whole(line, "unreadable", 1.0, unreadable(line, policy) or "")]
    masked, kept = combine(evidence, opinion, policy, line.text)
    spans = merged(masked, line.text)
    findings = [_finding(line, span, mask=True) for span in spans]
    for start, end in gaps(spans, len(line.text)):
        findings += [_finding(line, span, mask=False) for span in _kept_runs(kept, start, end, line.text)]
    return sorted(findings, key=lambda finding: finding.start)


def evidence_of(line: TextLine, label: str | None, context: Context, policy: Policy) -> Evidence:
    """Collect what the rules say about one line that could be read, with a label of some kind beside it or none."""
    text = line.text
    tokens = tokens_of(text, line.character_scores)
    found = [
        *matches(text, context.needles),
        *matched_initials(tokens, context.initials),
        *patterns(text),
        *lead_letters(tokens, text, context.modality),
        *bracketed_initials(text),
    ]
    clear = list(harmless(tokens, text))
    if label and not _kept_label(text):
        found.append(_span(0, len(text), label, 0.8, f"stands beside a label for {label}"))
    unknown = unexplained(tokens, text, identified=bool(found))
    found = [*(without(span, clear, text) for span in found), *clear]
    unknown = [without(span, clear, text) for span in unknown if not _covered(span, labels_of(text))]
    found += [span for span in unknown if span.category == "institution"]
    doubts = [span for span in unknown if span.category != "institution"]
    if doubts and is_setting(text, context.modality):
        doubts = [replace(span, setting=True) for span in doubts]
    if keep := listed(text, policy.keep):
        found = [span for span in found if span.element or not _covered(span, keep)]
        doubts = [span for span in doubts if not _covered(span, keep)]
    found += [_span(start, end, "listed", 1.0, "the policy's drop list") for start, end in listed(text, policy.drop)]
    found += poorly_read(line, tokens, policy)
    return Evidence(certain=tuple(found), doubts=tuple(doubts), known=known_words(tokens, doubts))


def _covered(span: Span, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span.start and span.end <= end for start, end in ranges)


def _kept_label(text: str) -> bool:
    """Tell whether what stands beside a label is no value of it: another label, or an orientation."""
    return text.rstrip().endswith((":", "=")) or term_kinds().get(text.strip().lower()) in ("laterality", "unit")


def _kept_runs(kept: Sequence[Span], start: int, end: int, text: str) -> list[Span]:
    """Cover the characters [start, end), which nothing masks, with one span for each run of a category."""
    inside = sorted((span for span in kept if span.start < end and start < span.end), key=lambda span: span.start)
    runs: list[Span] = []
    for span in inside:
        first, last = max(span.start, start), min(span.end, end)
        if runs and runs[-1].category == span.category:
            runs[-1] = _span(runs[-1].start, max(last, runs[-1].end), span.category, runs[-1].score, runs[-1].reason)
        elif last > (runs[-1].end if runs else start):
            runs.append(
                _span(max(first, runs[-1].end if runs else start), last, span.category, span.score, span.reason)
            )
    if not runs:
        return [_span(start, end, "other", 1.0, "punctuation")] if text[start:end].strip() else []
    # What stands between two runs, and at the ends, is space or punctuation.
    edges = [start, *(run.start for run in runs[1:]), end]
    return [
        _span(left, right, run.category, run.score, run.reason)
        for left, right, run in zip(edges[:-1], edges[1:], runs, strict=True)
    ]


def _span(start: int, end: int, category: str, score: float, reason: str) -> Span:
    return Span(start=start, end=end, category=category, score=score, reason=reason)


def _whole(line: TextLine, category: str, score: float, reason: str) -> Finding:
    return _finding(line, _span(0, len(line.text), category, score, reason), mask=True)


def _finding(line: TextLine, span: Span, *, mask: bool) -> Finding:
    turned = "; read from behind" if line.mirrored else "; read upside down" if line.angle == 180 else ""
    return Finding(
        line=line,
        start=span.start,
        end=span.end,
        box=box_of(line, span.start, span.end),
        category=span.category,
        score=span.score,
        reason=span.reason + turned,
        element=span.element,
        mask=mask,
    )
