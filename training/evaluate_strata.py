"""How many lines were found, by what makes finding them hard: modality, height, contrast, polarity, length."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .evaluate_scores import LineScore, PageScore
from .evaluate_statistics import Rate, rate

# A line is found from this share of its box on.
FOUND = 0.9
_HEIGHTS = (8, 10, 13, 20, 40, 80)  # pixels
_CONTRASTS = (0.1, 0.2, 0.4, 0.7)
_LENGTHS = (3, 6, 12)  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """Lines that have something in common, and how many of them were found.

    Attributes
    ----------
    group, name : str
        By what they are told apart, and which of those they are.
    every, phi : Rate
        Of all lines; of those that identify someone.
    """

    group: str
    name: str
    every: Rate
    phi: Rate


def strata_of(pages: Sequence[PageScore]) -> tuple[Stratum, ...]:
    """Give line recall by group; nothing where it is not known what was found."""
    lines = [
        (page.modality, line)
        for page in pages
        if page.reason is None and not page.variant
        for line in page.lines
        if line.covered is not None
    ]
    if not lines:
        return ()
    modalities = sorted({modality for modality, _ in lines})
    groups: list[tuple[str, Sequence[str], Callable[[str, LineScore], str]]] = [
        ("all", ("all lines",), lambda _, line: "all lines"),
        ("modality", modalities, lambda modality, _: modality),
        ("height", _names(_HEIGHTS, "px"), lambda _, line: _class_of(line.height, _HEIGHTS, "px")),
        ("contrast", _names(_CONTRASTS, ""), lambda _, line: _class_of(line.contrast, _CONTRASTS, "")),
        ("polarity", ("bright", "dark"), lambda _, line: line.polarity),
        ("length", _names(_LENGTHS, ""), lambda _, line: _class_of(line.characters, _LENGTHS, "")),
    ]
    strata = []
    for group, names, name_of in groups:
        for name in names:
            inside = [line for modality, line in lines if name_of(modality, line) == name]
            if inside:
                strata.append(Stratum(group=group, name=name, every=_recall(inside), phi=_recall(_identifying(inside))))
    return tuple(strata)


def markdown_of(strata: Sequence[Stratum]) -> str:
    """Give the strata as a table for a model card: shares in percent with 95 % Wilson intervals and counts."""
    head = "| | lines | found | identifying lines | found |\n|---|---|---|---|---|\n"
    return head + "".join(
        f"| {title_of(stratum)} | {stratum.every.total} | {_cell(stratum.every)} "
        f"| {stratum.phi.total} | {_cell(stratum.phi)} |\n"
        for stratum in strata
    )


def title_of(stratum: Stratum) -> str:
    """Name a stratum in a few words."""
    return stratum.name if stratum.group == "all" else f"{stratum.group} {stratum.name}"


def _recall(lines: Sequence[LineScore]) -> Rate:
    return rate(sum((line.covered or 0.0) >= FOUND for line in lines), len(lines))


def _identifying(lines: Sequence[LineScore]) -> list[LineScore]:
    return [line for line in lines if line.phi]


def _cell(share: Rate) -> str:
    if share.value is None:
        return "–"
    return f"{share.value:.1%} ({share.low:.1%}–{share.high:.1%})"


def _names(limits: Sequence[float], unit: str) -> list[str]:
    return [_class_of(value, limits, unit) for value in (limits[0] - 1, *limits)]


def _class_of(value: float, limits: Sequence[float], unit: str) -> str:
    """Name the class of a value: below the first limit, between two, or from the last one on."""
    low = max((limit for limit in limits if limit <= value), default=None)
    high = min((limit for limit in limits if limit > value), default=None)
    unit = f" {unit}" if unit else ""
    if low is None:
        return f"below {high:g}{unit}"
    if high is None:
        return f"{low:g}{unit} and more"
    return f"{low:g} to {high if isinstance(high, float) else high - 1:g}{unit}"
