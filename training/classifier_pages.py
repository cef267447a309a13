"""Pages that teach the classifier: what a reader makes of a synthetic console, beside a header, with the truth."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..model import Box, TextLine
from ..model.categories import CATEGORIES, HARMLESS, Category
from ..redactor.dicom import Identity
from .console_layout import Placed, draw_console, sliced
from .draws import chance, weighted
from .headers import Header, draw_identity
from .reader_noise import draw_error_rate, read
from .strings import Patient, Script
from .worlds import World

Console = Callable[[np.random.Generator, Patient, World], list[Placed]]
_INDEX = {category: index for index, category in enumerate(CATEGORIES)}
# Share of lines that the detector cuts at a space, and of neighbours in a row that it takes for one line.
_CUT, _GROWN = 0.03, 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPage:
    """Lines as they were read, the header's identity, and what each character is.

    Attributes
    ----------
    labels : tuple of ndarray
        int64[len(text)] per line, index of the category.
    spans : tuple of tuple of (int, int, str)
        Per line: the ranges of `text` that identify, with their categories.
    kinds : tuple of str
        Per line, as `Script.kind`.
    """

    lines: tuple[TextLine, ...]
    identity: Identity
    labels: tuple[NDArray[np.int64], ...]
    spans: tuple[tuple[tuple[int, int, str], ...], ...]
    kinds: tuple[str, ...]


def draw_labelled_page(
    rng: np.random.Generator, world: World, header: Header | None = None, console: Console = draw_console
) -> LabelledPage:
    """Draw a patient, the console's page, its header, and what the reader makes of it."""
    patient, rate = world.patient(rng), draw_error_rate(rng)
    identity = draw_identity(rng, patient, header)
    placed = list(_grown(rng, list(_cut(rng, console(rng, patient, world)))))
    # The order of the lines is the detector's and says nothing.
    order = np.argsort([line.box.y0 for line in placed], kind="stable")
    parts = [_read(rng, placed[index], rate) for index in order]
    lines, labels, spans = zip(*parts, strict=True)
    kinds = tuple(placed[index].script.kind for index in order)
    return LabelledPage(lines=lines, identity=identity, labels=labels, spans=spans, kinds=kinds)


def _cut(rng: np.random.Generator, placed: list[Placed]) -> Iterator[Placed]:
    for line in placed:
        spaces = [index for index, character in enumerate(line.script.text) if character == " "]
        if line.angle or not spaces or not chance(rng, _CUT):
            yield line
            continue
        cut = spaces[int(rng.random() * len(spaces))]
        middle = line.box.x0 + round((line.box.x1 - line.box.x0) * cut / len(line.script.text))
        for start, end, x0, x1 in (
            (0, cut, line.box.x0, middle),
            (cut, len(line.script.text), middle + 2, max(line.box.x1, middle + 4)),
        ):
            part = sliced(line.script, start, end)
            if part.text:
                box = Box(frame=0, x0=x0, y0=line.box.y0, x1=max(x1, x0 + 2), y1=line.box.y1)
                yield Placed(script=part, box=box)


def _grown(rng: np.random.Generator, placed: list[Placed]) -> Iterator[Placed]:
    """Take some neighbours in a row for one line, as a detector does where the gap is small."""
    last: Placed | None = None
    for line in placed:
        if last and _touching(last.box, line.box) and not (last.angle or line.angle) and chance(rng, _GROWN):
            last = _together(rng, last, line)
            continue
        if last:
            yield last
        last = line
    if last:
        yield last


def _touching(left: Box, right: Box) -> bool:
    height = left.y1 - left.y0
    return left.y0 == right.y0 and -height < right.x0 - left.x1 < 3 * height


def _together(rng: np.random.Generator, left: Placed, right: Placed) -> Placed:
    space = weighted(rng, ((6, " "), (3, "  "), (1, "")))
    start = len(left.script.text) + len(space)
    script = Script(
        text=left.script.text + space + right.script.text,
        kind=left.script.kind if left.script.phi else right.script.kind,
        phi=(*left.script.phi, *((a + start, b + start) for a, b in right.script.phi)),
        categories=(*left.script.categories, *right.script.categories),
    )
    box = Box(frame=0, x0=left.box.x0, y0=left.box.y0, x1=max(left.box.x1, right.box.x1), y1=left.box.y1)
    return Placed(script=script, box=box)


def _read(
    rng: np.random.Generator, placed: Placed, rate: float
) -> tuple[TextLine, NDArray[np.int64], tuple[tuple[int, int, str], ...]]:
    script = placed.script
    truth = np.full(len(script.text), _INDEX[_rest(script)], np.int64)
    for (start, end), category in zip(script.phi, script.categories, strict=True):
        truth[start:end] = next(index for name, index in _INDEX.items() if name == category)
    # Of few characters a reader is wrong more often: nothing around them says what they are.
    reading = read(rng, script.text, rate * (1.3 if len(script.text) < 4 else 1.0))
    sources, length = np.array(reading.sources), len(reading.text)
    line = TextLine(
        box=placed.box,
        angle=placed.angle,
        score=float(1 - rng.beta(0.6, 12)),
        text="".join(reading.text),
        character_scores=tuple(reading.scores),
        character_spans=tuple((index / length, (index + 1) / length) for index in range(length)),
    )
    spans = []
    for (start, end), category in zip(script.phi, script.categories, strict=True):
        inside = np.flatnonzero((sources >= start) & (sources < end))
        if len(inside):
            spans.append((int(inside[0]), int(inside[-1]) + 1, category))
    return line, truth[sources], tuple(spans)


def _rest(script: Script) -> Category:
    """Return what the characters are that do not identify: in lines that do, the labels of fields."""
    return next((kind for kind in HARMLESS if kind == script.kind), "interface")
