"""Truth and findings as COCO's object detection files (https://cocodataset.org/#format-data, #format-results).

An image is the measured frame of a file; ``file_name`` is the DICOM file's. Boxes are ``[x, y, width, height]``.
"""

from collections.abc import Sequence

from .. import __version__
from ..model import Box
from ..model.categories import CATEGORIES
from .evaluate_judge import alias
from .evaluate_scores import PageScore
from .evaluate_truth import Truth, TruthPage, span_box

# What findings can be besides, and truth that does not say what a span is.
_MORE = ("unreadable", "text", "unnamed")


def as_dataset(truth: Truth, pages: Sequence[PageScore], *, with_text: bool = False) -> dict[str, object]:
    """Give the truth of the files that were measured as COCO's dataset.

    Parameters
    ----------
    truth : Truth
    pages : sequence of PageScore
        Images get their numbers, from 1, in this order.
    with_text : bool
        Whether annotations have a member ``text``: it identifies patients.
    """
    known = {page.name: page for page in truth.pages}
    numbers = category_numbers(truth, pages)
    measured = _measured(pages)
    annotations = [
        {"image_id": image, **annotation}
        for image, page in measured
        for annotation in _annotations(known[page.name], numbers, with_text)
    ]
    return {
        "info": {"description": "burned-in text", "version": __version__},
        "licenses": [],
        "images": [
            {"id": image, "file_name": page.name, "width": page.columns, "height": page.rows, "frame": page.frame}
            for image, page in measured
        ],
        "annotations": [{"id": number, **annotation} for number, annotation in enumerate(annotations, start=1)],
        "categories": [
            {"id": number, "name": name, "supercategory": "text"}
            for name, number in sorted(numbers.items(), key=_second)
        ],
    }


def as_results(truth: Truth, pages: Sequence[PageScore]) -> list[dict[str, object]]:
    """Give the masked findings as COCO's results, with the numbers that `as_dataset` gives."""
    numbers = category_numbers(truth, pages)
    return [
        {
            "image_id": image,
            "category_id": numbers[mask.category],
            "bbox": _sides(mask.box),
            "score": mask.score,
        }
        for image, page in _measured(pages)
        for mask in page.masks
    ]


def category_numbers(truth: Truth, pages: Sequence[PageScore]) -> dict[str, int]:
    """Give each category its number, from 1: those of `deburn.model.categories` always the same."""
    fixed = (*CATEGORIES, *_MORE)
    kinds = {alias(line.kind) for page in truth.pages for line in page.lines}
    kinds |= {alias(span.kind) for page in truth.pages for line in page.lines for span in line.phi}
    kinds |= {mask.category for page in pages for mask in page.masks}
    return {name: number for number, name in enumerate((*fixed, *sorted(kinds - set(fixed))), start=1)}


def coco_files(truth: Truth, pages: Sequence[PageScore], *, with_text: bool, findings: bool) -> dict[str, object]:
    """Give the files of COCO's: ``instances.json`` and, where findings are known, ``results.json``."""
    files: dict[str, object] = {"instances.json": as_dataset(truth, pages, with_text=with_text)}
    return files | ({"results.json": as_results(truth, pages)} if findings else {})


def _measured(pages: Sequence[PageScore]) -> list[tuple[int, PageScore]]:
    return list(enumerate((page for page in pages if page.reason is None), start=1))


def _annotations(page: TruthPage, numbers: dict[str, int], with_text: bool) -> list[dict[str, object]]:
    """Give a page's spans that identify, and its other lines, each as an annotation without number and image."""
    found = []
    for line in page.lines:
        for span in line.phi or (None,):
            box = span_box(line, span) if span else line.box
            text = line.text[span.start : span.end] if span else line.text
            kind = span.kind if span else line.kind
            found.append(
                {
                    "category_id": numbers[alias(kind)],
                    "bbox": _sides(box),
                    "area": (box.x1 - box.x0) * (box.y1 - box.y0),
                    "segmentation": [[box.x0, box.y0, box.x1, box.y0, box.x1, box.y1, box.x0, box.y1]],
                    "iscrowd": 0,
                    "phi": span is not None,
                    "ignore": int(line.ignore),
                }
                | ({"text": text} if with_text else {})
            )
    return found


def _sides(box: Box) -> list[int]:
    return [box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0]


def _second(item: tuple[str, int]) -> int:
    return item[1]
