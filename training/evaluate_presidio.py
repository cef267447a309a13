"""The files of Presidio's DICOM image redactor: its ground truth, read and written, and the boxes that it saves.

The formats are those of its documentation, "Evaluating DICOM de-identification": the ground truth is an object of
file names, each with a list of ``{"label", "left", "top", "width", "height"}`` in pixels of the *padded* image; the
boxes of a redacted file are a list of ``{"left", "top", "width", "height", "entity_type"}`` in the image's own.
"""

from collections.abc import Sequence
from pathlib import Path

from ..model import Box
from .evaluate_fields import Field, read_json
from .evaluate_scores import PageScore
from .evaluate_truth import Truth, TruthLine, TruthPage, TruthSpan, span_box

# Presidio pads images by so many pixels on each side before it looks at them, and its truth is drawn on that.
PADDING = 25
_SIDES = ("left", "top", "width", "height")


def read_presidio(path: Path, *, padding: int = PADDING) -> Truth:
    """Give the truth of a ground truth file: every box identifies someone, nothing is said of other text.

    Raises
    ------
    UsageError
        The file is not in the format.
    """
    pages = []
    for name, entries in read_json(path).members():
        if not name or Path(name).is_absolute() or ".." in Path(name).parts:
            entries.wrong("a relative file name", "under a name that is none")
        lines = tuple(_line(entry, padding) for entry in entries.items())
        pages.append(TruthPage(name=Path(name).as_posix(), lines=lines))
    return Truth(format="presidio", pages=tuple(pages), complete=False)


def as_ground_truth(
    pages: Sequence[TruthPage], *, padding: int = PADDING, with_text: bool = False
) -> dict[str, list[dict[str, object]]]:
    """Give truth as Presidio's ground truth: a word box per span that identifies someone.

    Parameters
    ----------
    pages : sequence of TruthPage
    padding : int
        Added to left and top, as Presidio expects it.
    with_text : bool
        Whether labels are the text; otherwise they are what it is, e.g. "NAME".
    """
    return {
        page.name: [
            _entry(span_box(line, span), _label(line, span, with_text), padding)
            for line in page.lines
            if not line.ignore
            for span in line.phi
        ]
        for page in pages
    }


def as_boxes(spans: Sequence[tuple[Box, str]]) -> list[dict[str, object]]:
    """Give boxes and their categories as Presidio saves them beside a redacted file."""
    return [
        dict(zip((*_SIDES, "entity_type"), (*_corners(box, 0), category.upper()), strict=True))
        for box, category in spans
    ]


def presidio_files(
    truth: Truth, pages: Sequence[PageScore], *, padding: int, with_text: bool, findings: bool
) -> dict[str, object]:
    """Give the files of Presidio's: ``ground_truth.json`` and, where findings are known, ``boxes/NAME.json``."""
    measured = {page.name: page for page in pages if page.reason is None}
    known = [page for page in truth.pages if page.name in measured]
    files: dict[str, object] = {"ground_truth.json": as_ground_truth(known, padding=padding, with_text=with_text)}
    if findings:
        for name, page in measured.items():
            files[f"boxes/{name}.json"] = as_boxes([(mask.box, mask.category) for mask in page.masks])
    return files


def _line(entry: Field, padding: int) -> TruthLine:
    left, top = (entry.get(name).whole() - padding for name in _SIDES[:2])
    width, height = (entry.get(name).whole(1) for name in _SIDES[2:])
    text = entry.get("label").text()
    box = Box(frame=0, x0=max(left, 0), y0=max(top, 0), x1=max(left + width, 0), y1=max(top + height, 0))
    if box.x0 >= box.x1 or box.y0 >= box.y1:
        entry.wrong(f"a box in the image, which begins at {padding}, {padding}", "one in its padding")
    # A box without a label is still to be masked.
    return TruthLine(box=box, text=text or " ", kind=None, phi=(TruthSpan(start=0, end=max(len(text), 1), kind=None),))


def _label(line: TruthLine, span: TruthSpan, with_text: bool) -> str:
    return line.text[span.start : span.end] if with_text else (span.kind or "phi").upper()


def _entry(box: Box, label: str, padding: int) -> dict[str, object]:
    return {"label": label, **dict(zip(_SIDES, _corners(box, padding), strict=True))}


def _corners(box: Box, padding: int) -> tuple[int, int, int, int]:
    return box.x0 + padding, box.y0 + padding, box.x1 - box.x0, box.y1 - box.y0
