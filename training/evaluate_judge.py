"""Measure one file: what its pixels still show, and what the findings say where they are known."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from hashlib import md5

import numpy as np

from ..errors import MalformedError, UndecodableError
from ..model import Box
from ..redactor.explain import Explanation, explain
from ..redactor.findings import Finding
from .evaluate_overlap import covered_share, padded
from .evaluate_pixels import Picture, Values, changed_outside, ink_of, judge_span
from .evaluate_scores import LineScore, MaskScore, PageScore, SpanScore
from .evaluate_truth import TruthLine, TruthPage, TruthSpan, runs_upright, span_box

# From this share on a span counts as covered.
HALF = 0.5
# Kinds of this project's truth that the redactor calls otherwise.
_ALIASES = {"person_other": "person"}


def judge_files(
    page: TruthPage, original: Picture, redacted: Picture, why: Sequence[Explanation] | None = None
) -> PageScore:
    """Measure a file against its redacted one: leakage by pixels alone, and what a manifest explains.

    Raises
    ------
    UndecodableError
        The redacted frame has another shape.
    MalformedError
        The truth is about another image.
    """
    if original.values.shape != redacted.values.shape:
        found, expected = redacted.values.shape, original.values.shape
        raise UndecodableError(f"the frame is {found} after redaction; expected {expected}")
    score = _judge(page, original, redacted.values, why, None)
    return replace(score, retained=_retained(page, redacted))


def judge_findings(page: TruthPage, original: Picture, findings: Sequence[Finding], boxes: Sequence[Box]) -> PageScore:
    """Measure a file as if the boxes of its frame were masked black, and its findings against the truth."""
    found = {finding.line.box for finding in findings if finding.box.frame == original.frame}
    score = _judge(page, original, masked(original, boxes), explain(findings), found)
    untouched = None if page.pixels_md5 is None else not boxes and bool(_retained(page, original))
    return replace(score, retained=untouched)


def masked(original: Picture, boxes: Sequence[Box]) -> Values:
    """Give a copy of the frame with its boxes filled as the redactor fills them."""
    values = original.values.copy()
    for box in boxes:
        if box.frame == original.frame:
            values[box.y0 : box.y1, box.x0 : box.x1] = original.black
    return values


def placed(page: TruthPage, frame: int) -> tuple[TruthLine, ...]:
    """Give a page's lines with the frame that is measured in their boxes."""
    return tuple(replace(line, box=replace(line.box, frame=frame)) for line in page.lines)


def alias(kind: str | None) -> str:
    """Give the redactor's name for what the truth calls a kind."""
    return "unnamed" if kind is None else _ALIASES.get(kind, kind)


def agrees(kind: str | None, category: str) -> bool:
    """Tell whether a finding's category is what the truth says; any is, where it says nothing."""
    return kind is None or alias(kind) == category


def _judge(
    page: TruthPage,
    original: Picture,
    after: Values,
    why: Sequence[Explanation] | None,
    found: Collection[Box] | None,
) -> PageScore:
    _check_lines(page.lines, original)
    lines, frame = placed(page, original.frame), original.frame
    here = None if why is None else [one for one in why if one.box.frame <= frame <= one.last]
    rows, columns = original.values.shape
    return PageScore(
        name=page.name,
        text_free=page.text_free,
        variant=page.variant,
        modality=original.modality,
        subject=original.subject,
        rows=rows,
        columns=columns,
        frame=frame,
        spans=tuple(span for line in lines if not line.ignore for span in _spans(line, original.values, after, here)),
        masks=tuple(_masks(lines, here or ())),
        lines=tuple(_line(line, original, found) for line in lines if not line.ignore),
        collateral=changed_outside(original.values, after, lines),
        touched=bool((original.values != after).any()),
    )


def _check_lines(lines: Sequence[TruthLine], original: Picture) -> None:
    """Refuse truth that is about another image; a few pixels over the edge are nobody's mistake."""
    rows, columns = original.values.shape
    for number, line in enumerate(lines, start=1):
        box = line.box
        if not (box.x0 < columns and box.y0 < rows and 0 < box.x1 < 2 * columns and 0 < box.y1 < 2 * rows):
            raise MalformedError(f"line {number} of its truth lies outside of the frame, which is {rows} x {columns}")


def _spans(line: TruthLine, before: Values, after: Values, why: Sequence[Explanation] | None) -> Iterator[SpanScore]:
    for span in line.phi or (None,):
        state, legible = judge_span(before, after, line, span)
        box = span_box(line, span) if span else line.box
        kind = span.kind if span else line.kind
        found, agreed = (None, None) if span is None or why is None else _matched(box, span, why)
        yield SpanScore(
            box=box, kind=kind, phi=span is not None, state=state, legible=legible, found=found, agreed=agreed
        )


def _matched(box: Box, span: TruthSpan, why: Sequence[Explanation]) -> tuple[bool, bool]:
    """Say whether masked findings cover half of a span, and whether those of its category do."""
    alike = [one.box for one in why if agrees(span.kind, one.category)]
    return covered_share(box, (one.box for one in why)) >= HALF, covered_share(box, alike) >= HALF


def _masks(lines: Sequence[TruthLine], why: Sequence[Explanation]) -> Iterator[MaskScore]:
    secret = [(span_box(line, span), span.kind) for line in lines if not line.ignore for span in line.phi]
    either = [line.box for line in lines if line.ignore]
    for one in why:
        free = covered_share(one.box, either) >= HALF
        alike = [box for box, kind in secret if agrees(kind, one.category)]
        yield MaskScore(
            box=one.box,
            category=one.category,
            score=one.score,
            right=None if free else covered_share(one.box, (box for box, _ in secret)) >= HALF,
            agreed=None if free else covered_share(one.box, alike) >= HALF,
        )


def _line(line: TruthLine, original: Picture, found: Collection[Box] | None) -> LineScore:
    box = line.box
    contrast, bright = _contrast(original.values[box.y0 : box.y1, box.x0 : box.x1], float(original.values.min()))
    return LineScore(
        phi=bool(line.phi),
        characters=len(line.text),
        height=box.x1 - box.x0 if runs_upright(line) else box.y1 - box.y0,
        contrast=contrast,
        polarity="bright" if bright != original.inverted else "dark",
        covered=None if found is None else covered_share(box, map(padded, found)),
    )


def _contrast(patch: Values, floor: float) -> tuple[float, bool]:
    """Give strokes' Michelson contrast against their ground, (a - b) / (a + b), and whether they are the larger."""
    ink = ink_of(patch)
    if not ink.any() or ink.all():
        return 0.0, True
    stroke, ground = (float(np.mean(patch[side])) - floor for side in (ink, ~ink))
    return (abs(stroke - ground) / (stroke + ground) if stroke + ground > 0 else 0.0), stroke > ground


def _retained(page: TruthPage, picture: Picture) -> bool | None:
    """Say whether a file's Pixel Data have the digest that they must have; None where they need none."""
    if page.pixels_md5 is None:
        return None
    return md5(picture.dataset.PixelData, usedforsecurity=False).hexdigest() == page.pixels_md5
