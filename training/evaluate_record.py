"""An evaluation as a JSON object: figures and places, and text only where it was asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from .. import __version__
from ..model import Box
from ..redactor.policy import Policy, policy_record
from .evaluate_measures import Measures
from .evaluate_scores import PageScore
from .evaluate_statistics import Mean, Rate
from .evaluate_strata import Stratum
from .evaluate_truth import Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """A set of files, measured.

    Attributes
    ----------
    truth : Truth
    pages : tuple of PageScore
        By name.
    measures : Measures
    strata : tuple of Stratum
    policy : Policy or None
        That the redactor was run with; None where redacted files were given.
    """

    truth: Truth
    pages: tuple[PageScore, ...]
    measures: Measures
    strata: tuple[Stratum, ...]
    policy: Policy | None

    @property
    def explained(self) -> bool:
        """Whether it is known what was masked, and not only what is left."""
        return self.policy is not None or self.measures.recall.total > 0 or any(page.masks for page in self.pages)


def evaluation_record(evaluation: Evaluation, *, with_text: bool = False) -> dict[str, object]:
    """Give an evaluation as a JSON object; shares are objects of hits, total, value, low and high.

    Parameters
    ----------
    evaluation : Evaluation
    with_text : bool
        Whether the truth's text stands beside each line: it identifies patients.
    """
    truth = evaluation.truth
    texts = {page.name: _texts(page.lines) for page in truth.pages} if with_text else {}
    return {
        "kind": "evaluation",
        "deburn": __version__,
        "truth": {
            "format": truth.format,
            "files": len(truth.pages),
            "complete": truth.complete,
            "skipped": truth.skipped,
        },
        "policy": policy_record(evaluation.policy) if evaluation.policy is not None else None,
        "measures": _plain(evaluation.measures),
        "strata": [_plain(stratum) for stratum in evaluation.strata],
        "files": [_file(page, texts.get(page.name)) for page in evaluation.pages],
    }


def _texts(lines: Sequence[Any]) -> list[str]:
    """Give what stands in each span, in the order in which spans are scored."""
    texts = []
    for line in lines:
        if not line.ignore:
            texts += [line.text[span.start : span.end] for span in line.phi] or [line.text]
    return texts


def _file(page: PageScore, texts: Sequence[str] | None) -> dict[str, object]:
    if page.reason is not None:
        return {"path": page.name, "reason": page.reason}
    spans = [
        {
            "box": _corners(span.box),
            "kind": span.kind,
            "phi": span.phi,
            "state": span.state,
            "legible": None if span.legible is None else round(span.legible, 4),
            "found": span.found,
            "agreed": span.agreed,
        }
        for span in page.spans
    ]
    if texts is not None:
        spans = [{"text": text, **span} for text, span in zip(texts, spans, strict=True)]
    return {
        "path": page.name,
        "reason": None,
        "modality": page.modality,
        "frame": page.frame,
        "variant": page.variant,
        "text_free": page.text_free,
        "collateral": page.collateral,
        "touched": page.touched,
        "retained": page.retained,
        "spans": spans,
        "masks": [
            {
                "box": _corners(mask.box),
                "category": mask.category,
                "score": round(mask.score, 4),
                "right": mask.right,
                "agreed": mask.agreed,
            }
            for mask in page.masks
        ],
    }


def _corners(box: Box) -> list[int]:
    """Give a box as in the manifest."""
    return [box.frame, box.x0, box.y0, box.x1, box.y1]


def _plain(value: Any) -> Any:
    if isinstance(value, Rate):
        return asdict(value) | {"value": value.value}
    if isinstance(value, Mean):
        return asdict(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping | str | int | float) or value is None:
        return value
    return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
