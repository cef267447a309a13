"""What the measured files come to: shares with intervals, over all and by category."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .evaluate_judge import alias
from .evaluate_scores import PageScore, SpanScore
from .evaluate_statistics import Mean, Rate, mean, rate, upper_bound
from .evaluate_truth import Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryMeasure:
    """One category of what identifies someone.

    Attributes
    ----------
    name : str
    removed : Rate
        Spans of it whose pixels are gone, of those that can be judged.
    found, agreed : Rate
        Spans of it of which masked findings cover half; of which masked findings of this category do. Recall.
    right, exact : Rate
        Masked findings of this category of which half lies on what identifies; on what is of this category.
        Precision.
    """

    name: str
    removed: Rate
    found: Rate
    agreed: Rate
    right: Rate
    exact: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What a set of files comes to. Pages that show another page's picture once more count only as files.

    Attributes
    ----------
    delivered : Rate
        Files that could be measured, of all that the truth names.
    phi_removed : Rate
        Identifying spans that are gone, of those that can be judged.
    phi_missed_at_most : float
        Exact upper 95 % bound of the share that is not gone.
    phi_damaged, phi_left, unjudged : int
        Spans that can partly be read, that stand as they were, and that cannot be judged.
    images_cleared : Rate
        Images of which every identifying span is gone, of those that have any.
    others_kept : Rate or None
        Lines that identify nobody and are whole; None where the truth does not list them.
    others_damaged, others_removed : int
    lines_removed : Rate
        Spans and lines of all sorts that are gone.
    recall, precision : Rate
        Of masked findings, whatever their category; nothing counted where findings are not known.
    collateral : Mean or None
        Share of the frame that changed outside of all listed text, per file.
    text_free_touched : Rate
        Images without text in which anything changed.
    text_free_area : Mean or None
        Share of those that changed.
    retained : Rate
        Files whose Pixel Data had to stay as they are and did.
    categories : tuple of CategoryMeasure
    kept_kinds : tuple of (str, Rate)
        Lines that are whole, by kind.
    """

    delivered: Rate
    phi_removed: Rate
    phi_missed_at_most: float
    phi_damaged: int
    phi_left: int
    unjudged: int
    images_cleared: Rate
    others_kept: Rate | None
    others_damaged: int
    others_removed: int
    lines_removed: Rate
    recall: Rate
    precision: Rate
    collateral: Mean | None
    text_free_touched: Rate
    text_free_area: Mean | None
    retained: Rate
    categories: tuple[CategoryMeasure, ...]
    kept_kinds: tuple[tuple[str, Rate], ...]


def measure(pages: Sequence[PageScore], truth: Truth) -> Measures:
    """Add up what was measured of each file."""
    done = [page for page in pages if page.reason is None]
    counted = [page for page in done if not page.variant]
    spans = [span for page in counted for span in page.spans]
    phi, others = [span for span in spans if span.phi], [span for span in spans if not span.phi]
    phi_states, other_states = _states(phi), _states(others)
    free = [page for page in done if page.text_free]
    cleared = [_cleared(page) for page in counted if any(span.phi for span in page.spans)]
    retained = [page.retained for page in done if page.retained is not None]
    masks = [mask for page in counted for mask in page.masks]
    return Measures(
        delivered=rate(len(done), len(pages)),
        phi_removed=_share(phi, "removed"),
        phi_missed_at_most=_missed_at_most(_share(phi, "removed")),
        phi_damaged=phi_states["damaged"],
        phi_left=phi_states["kept"],
        unjudged=phi_states["unjudged"],
        images_cleared=rate(sum(cleared), len(cleared)),
        others_kept=_share(others, "kept") if truth.complete else None,
        others_damaged=other_states["damaged"],
        others_removed=other_states["removed"],
        lines_removed=_share(spans, "removed"),
        recall=_told([span.found for span in phi]),
        precision=_told([mask.right for mask in masks]),
        collateral=mean([page.collateral for page in done]),
        text_free_touched=rate(sum(page.touched for page in free), len(free)),
        text_free_area=mean([page.collateral for page in free]),
        retained=rate(sum(retained), len(retained)),
        categories=_categories(counted),
        kept_kinds=_kept_kinds(others) if truth.complete else (),
    )


def _states(spans: Sequence[SpanScore]) -> Counter[str]:
    return Counter(span.state for span in spans)


def _share(spans: Sequence[SpanScore], state: str) -> Rate:
    states = _states(spans)
    return rate(states[state], states.total() - states["unjudged"])


def _missed_at_most(removed: Rate) -> float:
    return upper_bound(removed.total - removed.hits, removed.total)


def _told(answers: Sequence[bool | None]) -> Rate:
    """Give the share of the answers that are yes, of those that are given."""
    given = [answer for answer in answers if answer is not None]
    return rate(sum(given), len(given))


def _cleared(page: PageScore) -> bool:
    return all(span.state in ("removed", "unjudged") for span in page.spans if span.phi)


def _categories(pages: Sequence[PageScore]) -> tuple[CategoryMeasure, ...]:
    spans = [span for page in pages for span in page.spans if span.phi]
    masks = [mask for page in pages for mask in page.masks]
    names = sorted({alias(span.kind) for span in spans} | {mask.category for mask in masks})
    measures = []
    for name in names:
        own = [span for span in spans if alias(span.kind) == name]
        given = [mask for mask in masks if mask.category == name]
        measures.append(
            CategoryMeasure(
                name=name,
                removed=_share(own, "removed"),
                found=_told([span.found for span in own]),
                agreed=_told([span.agreed for span in own]),
                right=_told([mask.right for mask in given]),
                exact=_told([mask.agreed for mask in given]),
            )
        )
    return tuple(measures)


def _kept_kinds(others: Sequence[SpanScore]) -> tuple[tuple[str, Rate], ...]:
    kinds = sorted({alias(span.kind) for span in others})
    return tuple((kind, _share([span for span in others if alias(span.kind) == kind], "kept")) for kind in kinds)
