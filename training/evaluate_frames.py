"""The other frames of a file: what identifies someone must be gone from every one on which it stands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from ..errors import UndecodableError
from ..model import Box
from .evaluate_judge import masked, placed
from .evaluate_pixels import FOLLOWS, Picture, Reel, Values, judge_span, state_of
from .evaluate_scores import PageScore
from .evaluate_truth import TruthLine, TruthPage

Pair = tuple[Values, Values]


def worst_of_frames(score: PageScore, page: TruthPage, original: Picture, pairs: Iterable[Pair]) -> PageScore:
    """Let identifying spans count as they are on the frame where most of them can be read.

    Parameters
    ----------
    score : PageScore
        Of the frame that the truth is about.
    page : TruthPage
    original : Picture
        That frame, before redaction.
    pairs : iterable of (float32[rows, columns], float32[rows, columns])
        The other frames, before and after.
    """
    spans = [(line, span) for line in placed(page, score.frame) if not line.ignore for span in line.phi or (None,)]
    if not any(span is not None and not line.moves for line, span in spans):
        return score  # nothing to look for: no frame need be decoded
    legible = [one.legible for one in score.spans]
    for before, after in pairs:
        for number, (line, span) in enumerate(spans):
            if span is None or line.moves or not _stands(line, original.values, before):
                continue
            share = judge_span(before, after, line, span)[1]
            if share is not None:
                legible[number] = max(legible[number] or 0.0, share)
    worst = (
        replace(one, legible=share, state=state_of(share)) for one, share in zip(score.spans, legible, strict=True)
    )
    return replace(score, spans=tuple(worst))


def redacted_frames(original: Reel, redacted: Reel, skip: int) -> Iterator[Pair]:
    """Yield the frames of a file and of its redacted one, but for one of them.

    Raises
    ------
    UndecodableError
        One does not decode, has another shape, or they are not as many.
    """
    if original.count != redacted.count:
        raise UndecodableError(f"there are {redacted.count} frames after redaction; expected {original.count}")
    for frame in range(original.count):
        if frame != skip:
            before, after = original.picture(frame).values, redacted.picture(frame).values
            if before.shape != after.shape:
                raise UndecodableError(f"the frame is {after.shape} after redaction; expected {before.shape}")
            yield before, after


def masked_frames(original: Reel, boxes: Sequence[Box], skip: int) -> Iterator[Pair]:
    """Yield the frames of a file as they are and with their boxes masked black, but for one of them."""
    for frame in range(original.count):
        if frame != skip:
            picture = original.picture(frame)
            yield picture.values, masked(picture, boxes)


def _stands(line: TruthLine, judged: Values, other: Values) -> bool:
    """Tell whether another frame shows a line too: where it does not, anatomy stands there and is no leak."""
    box = line.box
    one, two = (values[box.y0 : box.y1, box.x0 : box.x1].astype(np.float64) for values in (judged, other))
    one, two = one - one.mean(), two - two.mean()
    scale = float(np.sqrt((one**2).sum() * (two**2).sum()))
    return scale > 0 and float((one * two).sum()) >= FOLLOWS * scale
