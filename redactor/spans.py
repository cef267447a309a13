"""Spans of a line's text: merged where they overlap, and cut out of the line's box."""

from dataclasses import dataclass, replace
from math import ceil, floor

from ..model import Box, TextLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A character range and what it was taken for; the score says how sure that is.

    `near` says of a doubt that it is a known word but for a letter, and that the reader doubts one; `setting`, that its
    line has the form of a setting.
    """

    start: int
    end: int
    category: str
    score: float
    reason: str
    element: str | None = None
    near: bool = False
    setting: bool = False


def merged(spans: list[Span], text: str) -> list[Span]:
    """Return disjoint spans in order: overlapping ones become one, named after the surest.

    Spans with nothing but spaces and punctuation between them are joined where they are of one category,
    so that a name of two parts is one finding and no letter is left between them.
    """
    result: list[Span] = []
    for span in sorted((_grown(span, text) for span in spans), key=lambda span: (span.start, span.end)):
        last = result[-1] if result else None
        if last and (
            span.start < last.end or (span.category == last.category and not _words(text[last.end : span.start]))
        ):
            best = max(last, span, key=lambda item: item.score)
            element = best.element or last.element or span.element
            result[-1] = Span(
                start=last.start,
                end=max(last.end, span.end),
                category=best.category,
                score=best.score,
                reason=best.reason,
                element=element,
            )
        else:
            result.append(span)
    return result


def _grown(span: Span, text: str) -> Span:
    """Stretch a span to the spaces around it, or to the colon or equals sign of a label before it.

    What touches a name or a number belongs to it: brackets, dots that cut it short, a letter misread as a sign.
    """
    start, end = span.start, span.end
    while (
        start > 0
        and not text[start - 1].isspace()
        and not (text[start - 1] in ":=" and not text[start - 2 : start - 1].isdigit())
    ):
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return span if (start, end) == (span.start, span.end) else replace(span, start=start, end=end)


def gaps(spans: list[Span], length: int) -> list[tuple[int, int]]:
    """Return the character ranges that disjoint, ordered spans leave."""
    edges = [0, *(edge for span in spans for edge in (span.start, span.end)), length]
    return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]


def box_of(line: TextLine, start: int, end: int) -> Box:
    """Cut the pixels of characters [start, end) out of a line's box.

    A span reaches half-way to its neighbours, since character positions are only as good as the reader's
    strides, and to the edge of the box where it begins or ends the line.
    """
    spans = line.character_spans
    if (start <= 0 and end >= len(line.text)) or len(spans) != len(line.text):
        return line.box
    first = 0.0 if start <= 0 else (spans[start - 1][1] + spans[start][0]) / 2
    last = 1.0 if end >= len(line.text) else (spans[end - 1][1] + spans[end][0]) / 2
    first, last = min(first, spans[start][0], 1.0), max(last, spans[end - 1][1])
    first, last = max(0.0, first), min(1.0, last)
    return _cut(line.box, line.angle, *((1 - last, 1 - first) if line.mirrored else (first, last)))


def _cut(box: Box, angle: int, first: float, last: float) -> Box:
    """Cut the share [first, last] of a box along its reading direction, whole pixels, rounded outwards."""
    if angle in (180, 90):
        # 180: from right to left; 90 counter-clockwise: from bottom to top.
        first, last = 1 - last, 1 - first
    if angle in (0, 180):
        width = box.x1 - box.x0
        x0, x1 = box.x0 + floor(first * width), box.x0 + ceil(last * width)
        return Box(frame=box.frame, x0=x0, y0=box.y0, x1=max(x1, x0 + 1), y1=box.y1)
    height = box.y1 - box.y0
    y0, y1 = box.y0 + floor(first * height), box.y0 + ceil(last * height)
    return Box(frame=box.frame, x0=box.x0, y0=y0, x1=box.x1, y1=max(y1, y0 + 1))


def _words(text: str) -> bool:
    return any(character.isalnum() for character in text)
